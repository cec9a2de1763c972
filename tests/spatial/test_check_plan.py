from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from spatial.check_plan import check_plan
from spatial.plan import Plan, ShelfFace
from spatial.read_imdf import read_imdf
from spatial.twin_file import with_faces
from tests.spatial.sample_venue import Venue, box, new_id, two_floors

FACE = ShelfFace("R1", "R1", new_id("level0"), "clc", "A", "B", "a", "c", "", 4, (8.0, 10.0), (16.0, 10.0))


def found(plan: Plan) -> dict[str | None, str]:
    return {f.feature_id: f.message for f in check_plan(plan)}


def test_a_sound_building_is_fit(tmp_path: Path) -> None:
    assert check_plan(with_faces(two_floors().plan(tmp_path), (FACE,))) == ()


def test_islands_and_what_stands_in_them(tmp_path: Path) -> None:
    v = two_floors()
    v.unit("cell", 0, box(50, 0, 55, 5), "room", {"en": "Cell"})
    v.amenity("tap", "cell", (52, 2), "drinkingfountain")
    v.unit("annex", 0, box(60, 0, 65, 5), "room", {"en": "Annex"})
    v.unit("annex hall", 0, box(65, 0, 70, 5), "room", {"en": "Annex hall"})
    v.opening("annex door", 0, (65, 2), (65, 3))
    faults = found(v.plan(tmp_path))
    assert "no opening" in faults[new_id("cell")]
    assert "cannot be reached" in faults[new_id("tap")]
    assert "opening(s)" in faults[new_id("annex")]
    assert new_id("annex hall") in faults
    assert new_id("a0") not in faults


def test_a_level_that_nothing_leads_to(tmp_path: Path) -> None:
    v = two_floors()
    v.level(2, "2", "Attic")
    v.unit("attic", 2, box(0, 0, 10, 10))
    faults = found(v.plan(tmp_path))
    assert "Attic" in faults[new_id("level2")]
    assert new_id("attic") in faults


def test_shelves(tmp_path: Path) -> None:
    v = two_floors()
    v.fixture("crates", 0, box(7.9, 6, 16.1, 9.9))
    far = replace(FACE, range_id="far", start=(500.0, 0.0), end=(505.0, 0.0), low_key="x", high_key="y")
    swapped = replace(FACE, range_id="swapped", start=(1.0, 29.9), end=(9.0, 29.9), low_key="k", high_key="l")
    swapped = replace(swapped, start=swapped.end, end=swapped.start)
    double = replace(FACE, range_id="double", start=(8.0, 3.0), end=(16.0, 3.0), low_key="b", high_key="d")
    faults = found(with_faces(v.plan(tmp_path), (FACE, far, swapped, double)))
    assert "blocked" in faults["R1"]
    assert "outside" in faults["far"]
    assert "no unit" in faults["swapped"]
    assert "overlaps" in faults["double"]


def test_the_real_building(shared: Path) -> None:
    faults = check_plan(read_imdf(shared / "data/imdf/CPC4").plan)
    assert all("island" in f.message or "reached" in f.message for f in faults)


def test_the_building_proper_is_where_the_entrance_leads(tmp_path: Path) -> None:
    v = Venue()
    v.level(0, "G", "Ground", box(-1, -1, 61, 41))
    v.unit("hall", 0, box(0, 0, 10, 10), "lobby", {"en": "Entrance Hall"})
    v.unit("annex", 0, box(20, 0, 60, 40), "room", {"en": "Annex"})
    v.opening("in", 0, (0, 4), (0, 6), category="pedestrian.principal")
    assert list(found(v.plan(tmp_path))) == [new_id("annex")]
    v.files["opening"].clear()  # nothing marks the entrance: the larger part counts
    assert list(found(v.plan(tmp_path / "unmarked"))) == [new_id("hall")]
