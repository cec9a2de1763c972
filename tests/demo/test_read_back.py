"""The other rooms read the demo library without a fault, and every book has a face that a reader can reach."""

from __future__ import annotations

import dataclasses

import pytest

from demo import data_folder
from library.callnumber import key, span
from library.marc import read_marc
from spatial.plan import Plan
from spatial.read_imdf import VenueRead, read_imdf
from spatial.read_shelves import read_shelves
from spatial.shelves import find_face, standing_point


@pytest.fixture(scope="module")
def venue() -> VenueRead:
    return read_imdf(data_folder() / "imdf", {0: 0.0, 1: 4.8, 2: 9.6})


@pytest.fixture(scope="module")
def plan(venue: VenueRead) -> Plan:
    shelves = read_shelves(data_folder() / "shelves.csv", venue.plan, span, key)
    assert shelves.faults == ()
    assert shelves.read == len(shelves.faces)
    return dataclasses.replace(venue.plan, faces=tuple(shelves.faces))


def test_the_venue_has_no_faults(venue: VenueRead) -> None:
    assert tuple(venue.faults) == ()
    assert len(venue.plan.levels) == 3


def test_connectors_are_two_stairs_a_lift_and_an_escalator_that_goes_up(venue: VenueRead) -> None:
    found = sorted((c.kind, c.one_way, len(c.stops), c.wheelchair) for c in venue.plan.connectors)
    assert found == [
        ("elevator", None, 3, True),
        ("escalator", "up", 2, False),
        ("stairs", None, 3, False),
        ("stairs", None, 3, False),
    ]


@pytest.mark.parametrize("name", ["catalogue.mrc", "synthetic.mrc"])
def test_every_book_has_exactly_one_face(plan: Plan, name: str) -> None:
    for record in read_marc(data_folder() / name).records:
        for item in record.items:
            holding = [
                face
                for face in plan.faces
                if face.scheme == item.scheme
                and face.low_key <= item.sort_key < face.high_key
                and face.collection == (item.location if item.location != "MAIN" else "")
            ]
            assert len(holding) == 1, record.record_id
            assert find_face(plan, item.scheme, item.sort_key, item.location) == holding[0]


def test_synthetic_records_stand_on_the_face_they_name(plan: Plan) -> None:
    for record in read_marc(data_folder() / "synthetic.mrc").records:
        (item,) = record.items
        face = find_face(plan, item.scheme, item.sort_key, item.location)
        assert face is not None
        assert any(title.endswith(f"face {face.label}") for title in record.titles)


@pytest.mark.parametrize("profile", ["walk", "step-free"])
def test_every_face_can_be_reached_from_the_kiosk(plan: Plan, profile: str) -> None:
    route = pytest.importorskip("spatial.route")
    mesh = pytest.importorskip("spatial.mesh")
    building = mesh.build_building(plan)
    kiosk = next(kiosk for kiosk in plan.kiosks if kiosk.name["en"] == "Kiosk")
    ordinals = {level.id: level.ordinal for level in plan.levels}
    start = route.Position(kiosk.display_point, 0)
    for face in plan.faces:
        goal = route.Position(standing_point(face, 1), ordinals[face.level_id])
        found = route.find_route(building, start, goal, profile)
        assert isinstance(found, route.Route), (face.label, found)
