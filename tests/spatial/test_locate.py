from __future__ import annotations

from pathlib import Path

import pytest

from spatial.frames import Frame
from spatial.locate import find_places, list_places, place_of_face, principal_entrance, unit_at, why_unknown
from spatial.plan import Plan, ShelfFace
from spatial.twin_file import with_faces
from tests.spatial.sample_venue import box, new_id, two_floors


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    venue = two_floors()
    venue.occupant("reading", "a1", (3, 25), {"en": "Room A1"})
    venue.unit("wc", 0, box(50, 0, 52, 2), "restroom", {"en": "North Toilets", "zh": "北洗手间"})
    venue.amenity("wc amenity", "wc", (51, 1), "restroom", {"en": "north  toilets"})
    face = ShelfFace("R-1", "3-12", new_id("level1"), "clc", "A", "B", "a", "c", "", 2, (1.0, 2.0), (9.0, 2.0))
    return with_faces(venue.plan(tmp_path), (face,))


def kinds(plan: Plan, text: str) -> list[str]:
    return [p.kind for p in find_places(plan, text)]


def test_names_in_any_language_and_case(plan: Plan) -> None:
    for text in ("Café Page", "café page", "CAFE\u0301 PAGE", " 书页咖啡 "):
        (cafe,) = find_places(plan, text)
        assert cafe.id == new_id("cafe")
        assert cafe.ordinal == 0


def test_ids_shelves_and_unknown(plan: Plan) -> None:
    assert find_places(plan, new_id("hall1"))[0].name["en"] == "Hall 1"
    assert kinds(plan, "r-1") == ["shelf"]
    assert kinds(plan, "3-12") == ["shelf"]
    assert find_places(plan, "Atlantis") == ()
    assert find_places(plan, "  ") == ()


def test_occupant_or_amenity_and_its_unit_are_one_place(plan: Plan) -> None:
    assert kinds(plan, "room a1") == ["occupant"]
    assert kinds(plan, "North Toilets") == ["amenity"]
    assert kinds(plan, "北洗手间") == ["unit"]


def test_points(plan: Plan) -> None:
    (point,) = find_places(plan, "3.5, -2@G")
    assert (point.kind, point.point, point.ordinal, point.level_id) == ("point", (3.5, -2.0), 0, new_id("level0"))
    assert find_places(plan, "1e1,+2.@#1")[0].ordinal == 1
    lon, lat = Frame(plan.origin).to_lonlat(10, 12)
    (geo,) = find_places(plan, f"geo:{lat!r},{lon!r}@1")
    assert geo.point == pytest.approx((10, 12), abs=1e-6)
    assert geo.ordinal == 1
    for text in ("1,2@9", "1,2@", "1,2", "geo:91,0@G", "1e999,0@G"):
        assert find_places(plan, text) == ()


def test_ambiguous_names_give_all(plan: Plan, tmp_path: Path) -> None:
    venue = two_floors()
    venue.unit("x1", 0, box(50, 0, 52, 2), "room", {"en": "Study"})
    venue.unit("x2", 1, box(50, 0, 52, 2), "room", {"en": "study"})
    assert len(find_places(venue.plan(tmp_path / "v"), "STUDY")) == 2


def test_list_places_and_unit_at(plan: Plan) -> None:
    ids = {p.id for p in list_places(plan)}
    assert {new_id("cafe"), new_id("toilet0"), new_id("hall0")} <= ids
    assert new_id("stairs0") not in ids
    unit = unit_at(plan, (5, 25), 0)
    assert unit is not None
    assert unit.id == new_id("a0")
    assert unit_at(plan, (500, 25), 0) is None


def test_entrance_and_shelf_place(plan: Plan, tmp_path: Path, shared: Path) -> None:
    from spatial.read_imdf import read_imdf

    assert principal_entrance(plan).point == pytest.approx((0, 10), abs=1e-6)
    venue = two_floors()
    venue.files["opening"] = [o for o in venue.files["opening"] if o["id"] != new_id("entrance")]
    venue.opening("side", 0, (40, 22), (40, 24))
    assert principal_entrance(venue.plan(tmp_path / "w")).id == new_id("side")
    assert principal_entrance(read_imdf(shared / "data/imdf/CPC4").plan).ordinal == 0
    place = place_of_face(plan, plan.faces[0], 1)
    assert place.point == pytest.approx((3, 1.4))
    assert place.ordinal == 1


def test_what_a_chinese_keyboard_and_a_plain_one_type(plan: Plan) -> None:
    (wide,), (plain,) = find_places(plan, "5，9＠G"), find_places(plan, "5,9@G")
    assert (wide.point, wide.level_id) == (plain.point, plain.level_id)
    assert [p.id for p in find_places(plan, "cafe page")] == [new_id("cafe")]


def test_why_a_place_is_unknown(plan: Plan) -> None:
    assert find_places(plan, "1,1@F9") == ()
    assert "no level called “F9”" in why_unknown(plan, "1,1@F9")
    assert "G (#0)" in why_unknown(plan, "geo:31.2,121.4@F9")
    assert "not on Earth" in why_unknown(plan, "geo:99,1@G")
    assert "no place called “Atlantis”" in why_unknown(plan, "Atlantis")
