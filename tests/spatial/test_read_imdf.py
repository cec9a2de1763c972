from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from spatial.errors import VenueError
from spatial.opening_hours import hours_of
from spatial.plan import Fault
from spatial.read_imdf import read_imdf
from spatial.sections import sections_at, sections_of
from spatial.twin_file import load_twin, save_twin
from tests.spatial.sample_venue import Venue, box, new_id, two_floors


def fault_of(faults: tuple[Fault, ...], name: str) -> Fault:
    return next(f for f in faults if f.feature_id == new_id(name))


def test_a_sound_venue_has_no_faults(tmp_path: Path) -> None:
    read = two_floors().read(tmp_path)
    assert read.faults == ()
    assert read.counts["level"] == 2
    assert read.counts["unit"] == 10
    assert read.plan.name["zh"] == "测试图书馆"
    hall = next(u for u in read.plan.units if u.id == new_id("hall0"))
    assert hall.geometry.bounds == pytest.approx((0, 0, 34, 20), abs=1e-6)
    assert [level.elevation_m for level in read.plan.levels] == [0.0, 4.0]
    assert all(level.elevation_assumed for level in read.plan.levels)
    assert read.plan.revision == two_floors().read(tmp_path / "again").plan.revision


def test_elevations_that_are_told_are_not_assumed(tmp_path: Path) -> None:
    plan = read_imdf(two_floors().write(tmp_path), {1: 5.2}).plan
    assert (plan.levels[1].elevation_m, plan.levels[1].elevation_assumed) == (5.2, False)


def test_real_archive(shared: Path) -> None:
    read = read_imdf(shared / "data/imdf/CPC4")
    assert (read.counts["unit"], read.counts["opening"], read.counts["occupant"]) == (18, 16, 4)
    assert read.faults == ()


def test_zip_with_a_folder_inside_reads_the_same(tmp_path: Path) -> None:
    folder = two_floors().write(tmp_path / "v")
    packed = tmp_path / "v.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as z:
        for path in folder.iterdir():
            z.write(path, f"venue/{path.name}")
        z.writestr("__MACOSX/venue/._unit.geojson", "junk")
    assert read_imdf(packed).plan == read_imdf(folder).plan


def test_missing_manifest_is_a_fault_and_the_rest_is_kept(tmp_path: Path) -> None:
    venue = two_floors()
    venue.manifest = None
    read = venue.read(tmp_path)
    assert [f.file for f in read.faults] == ["manifest.json"]
    assert "add it" in read.faults[0].message
    assert len(read.plan.units) == 10


@pytest.mark.parametrize("manifest", [{"version": "2.0.0", "language": "en"}, {"version": "1.0.0"}, [1]])
def test_odd_manifest(tmp_path: Path, manifest: object) -> None:
    venue = two_floors()
    venue.manifest = manifest  # type: ignore[assignment]
    assert {f.file for f in venue.read(tmp_path).faults} == {"manifest.json"}


def test_dangling_ids_name_what_where_and_what_to_do(tmp_path: Path) -> None:
    venue = two_floors()
    venue.unit("lost", 7, box(0, 0, 1, 1))
    venue.opening("lost door", 7, (0, 0), (1, 0))
    venue.amenity("lost tap", "nowhere", (1, 1), "drinkingfountain")
    venue.occupant("lost shop", "nowhere", (1, 1), {"en": "Lost"})
    venue.relationship("lost link", "stairs", "undirected", "stairs0", "nowhere")
    read = venue.read(tmp_path)
    assert fault_of(read.faults, "lost").file == "unit.geojson"
    assert "level_id" in fault_of(read.faults, "lost").message
    assert "level_id" in fault_of(read.faults, "lost door").message
    assert "unit_ids" in fault_of(read.faults, "lost tap").message
    assert "anchor_id" in fault_of(read.faults, "lost shop").message
    assert new_id("nowhere") in fault_of(read.faults, "lost link").message
    assert len(read.plan.units) == 10
    assert len(read.plan.amenities) == 2


def test_self_touching_polygon_is_repaired_and_named(tmp_path: Path) -> None:
    venue = two_floors()
    venue.unit("bow tie", 0, [(0, 0), (4, 4), (4, 0), (0, 4), (0, 0)])
    venue.unit("no area", 0, [(0, 0), (4, 4), (0, 0), (0, 0)])
    read = venue.read(tmp_path)
    assert "2.00,2.00" in fault_of(read.faults, "bow tie").message
    assert "redraw" in fault_of(read.faults, "bow tie").message
    assert "left out" in fault_of(read.faults, "no area").message
    kept = next(u for u in read.plan.units if u.id == new_id("bow tie"))
    assert kept.geometry.is_valid
    assert kept.geometry.area == pytest.approx(8, abs=0.01)


def test_opening_off_its_wall(tmp_path: Path) -> None:
    venue = two_floors()
    venue.opening("in the air", 0, (10, 10), (11, 10))
    venue.opening("sloppy", 0, (10, 20.1), (11, 19.9))
    venue.opening("no width", 0, (10, 20), (10, 20))
    read = venue.read(tmp_path)
    assert "off the edge" in fault_of(read.faults, "in the air").message
    assert "no length" in fault_of(read.faults, "no width").message
    assert new_id("sloppy") in {o.id for o in read.plan.openings}
    assert new_id("in the air") not in {o.id for o in read.plan.openings}


def test_names_categories_and_multipolygons(tmp_path: Path) -> None:
    venue = two_floors()
    odd = venue.unit("odd", 0, box(50, 0, 52, 2), "imdf:extension:acme:pod", None)
    odd["geometry"] = {
        "type": "MultiPolygon",
        "coordinates": [[venue.lonlat(box(50, 0, 52, 2))], [venue.lonlat(box(55, 0, 57, 2))]],
    }
    venue.files["kiosk"] = []
    read = venue.read(tmp_path)
    kept = next(u for u in read.plan.units if u.id == new_id("odd"))
    assert kept.category == "imdf:extension:acme:pod"
    assert kept.name == {}
    assert kept.geometry.area == pytest.approx(8, abs=1e-3)
    assert read.faults == ()


def test_broken_features_do_not_stop_an_import(tmp_path: Path) -> None:
    venue = two_floors()
    for geometry in (None, {"type": "Polygon"}, {"type": "Polygon", "coordinates": [[[200, 1], [1, 1], [2, 2]]]}, 7):
        venue.unit(f"broken {geometry}", 0, box(0, 0, 1, 1))["geometry"] = geometry
    venue.unit("twice", 0, box(0, 0, 1, 1))["id"] = new_id("a0")
    venue.unit("wrong type", 0, box(0, 0, 1, 1))["feature_type"] = "level"
    venue.files["unit"].append("text")  # type: ignore[arg-type]
    venue.files["unit"].append({"type": "Feature", "id": 5, "properties": {}})
    read = venue.read(tmp_path)
    assert len(read.plan.units) == 10
    assert len(read.faults) == 8
    assert all(f.file == "unit.geojson" and f.message for f in read.faults)


def test_files_that_are_no_json_are_left_out(tmp_path: Path) -> None:
    folder = two_floors().write(tmp_path)
    (folder / "amenity.geojson").write_bytes(b"\xff\xfe\x00")
    (folder / "fixture.geojson").write_text("{", encoding="utf-8")
    (folder / "kiosk.geojson").write_text("[]", encoding="utf-8")
    read = read_imdf(folder)
    assert {f.file for f in read.faults} == {"amenity.geojson", "fixture.geojson", "kiosk.geojson"}
    assert len(read.plan.units) == 10


def test_under_construction_becomes_an_obstacle(tmp_path: Path) -> None:
    venue = two_floors()
    venue.add(
        "geofence", "works", venue.area([box(1, 1, 3, 3)]), category="underconstruction", level_ids=[new_id("level0")]
    )
    plan = venue.plan(tmp_path)
    assert [(f.category, f.level_id) for f in plan.fixtures] == [("underconstruction", new_id("level0"))]


def test_nothing_to_keep_is_refused(tmp_path: Path) -> None:
    for name, make in {
        "empty": lambda p: p.mkdir(),
        "text.zip": lambda p: p.write_text("hello"),
        "absent": lambda p: None,
        "cut.zip": lambda p: p.write_bytes(b"PK\x03\x04" + b"\0" * 50),
    }.items():
        path = tmp_path / name
        make(path)
        with pytest.raises(VenueError):
            read_imdf(path)
    venue = Venue()
    venue.unit("u", 0, box(0, 0, 1, 1))
    with pytest.raises(VenueError, match="level") as error:
        venue.read(tmp_path / "no level")
    assert error.value.faults


def test_unsafe_archives_are_refused(tmp_path: Path) -> None:
    for name in ("../unit.geojson", "/etc/unit.geojson", "a/../../unit.geojson", "..\\unit.geojson"):
        path = tmp_path / "evil.zip"
        with zipfile.ZipFile(path, "w") as z:
            z.writestr(name, json.dumps({"type": "FeatureCollection", "features": []}))
        with pytest.raises(VenueError, match="outside"):
            read_imdf(path)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("unit.geojson", b" " * 30_000_000)
    with pytest.raises(VenueError, match="bomb"):
        read_imdf(tmp_path / "bomb.zip")


def test_two_levels_of_one_ordinal(tmp_path: Path) -> None:
    venue = two_floors()
    twin = venue.level(0, "G2", "Second ground floor")
    twin["id"] = new_id("twin level")
    message = fault_of(venue.read(tmp_path / "one").faults, "twin level").message
    assert new_id("level0") in message
    assert "own" in message
    venue.add("building", "other building", None, category="unspecified", name={"en": "Other"})
    twin["properties"]["building_ids"] = [new_id("other building")]
    assert venue.read(tmp_path / "two").faults == ()


@pytest.mark.parametrize(("ordinal", "kept"), [("0", False), (10**30, False), (0.5, False), (2.0, True)])
def test_ordinals(tmp_path: Path, ordinal: object, kept: bool) -> None:
    venue = two_floors()
    venue.files["level"][1]["properties"]["ordinal"] = ordinal
    assert (new_id("level1") in {level.id for level in venue.read(tmp_path).plan.levels}) is kept


def test_an_opening_across_its_wall(tmp_path: Path) -> None:
    venue = two_floors()
    venue.opening("across", 0, (10, 19.8), (10, 20.2))
    read = venue.read(tmp_path)
    assert "across its wall" in fault_of(read.faults, "across").message
    assert new_id("across") not in {o.id for o in read.plan.openings}


def test_names_that_are_no_texts_by_language(tmp_path: Path) -> None:
    venue = two_floors()
    venue.files["unit"][0]["properties"]["name"] = "Hall"
    venue.files["unit"][1]["properties"]["name"] = {"en": 5, "zh": "甲室"}
    venue.files["unit"][2]["properties"]["name"] = {"en": "Room", "zh": None}
    read = venue.read(tmp_path)
    assert "bare text" in fault_of(read.faults, "hall0").message
    assert "no text" not in fault_of(read.faults, "hall0").message
    assert "by language" in fault_of(read.faults, "a0").message
    assert len(read.faults) == 2
    names = {u.id: dict(u.name) for u in read.plan.units}
    assert (names[new_id("hall0")], names[new_id("a0")]) == ({"en": "Hall"}, {"zh": "甲室"})


def test_hours_and_sections_are_kept(tmp_path: Path) -> None:
    venue = two_floors()
    venue.files["venue"][0]["properties"]["hours"] = "Mo-Su 08:00-22:00"
    venue.files["occupant"][0]["properties"]["hours"] = "Mo-Fr 09:00-17:00"
    area = venue.area([box(2, 22, 8, 28)])
    level = new_id("level0")
    venue.add("section", "nook", area, category="seating", level_id=level, name={"en": "Story Corner"}, alt_name=None)
    plan = venue.plan(tmp_path / "venue")
    again = load_twin(save_twin(plan, tmp_path / "twin").parent)
    assert again == plan
    assert again.hours == "Mo-Su 08:00-22:00"
    assert hours_of(again, new_id("cafe")) == hours_of(again, new_id("b0")) == "Mo-Fr 09:00-17:00"
    assert hours_of(again, new_id("toilet0")) is None
    units = {u.id: u for u in again.units}
    assert [s.name["en"] for s in sections_of(again, units[new_id("a0")])] == ["Story Corner"]
    assert sections_of(again, units[new_id("b0")]) == ()
    assert [s.id for s in sections_at(again, (5, 25), 0)] == [new_id("nook")]
    assert sections_at(again, (5, 25), 1) == ()


def test_units_that_share_floor_are_named_and_rooms_within_rooms_are_not(tmp_path: Path) -> None:
    venue = two_floors()
    venue.unit("booth", 0, box(10, 5, 12, 7), "room", {"en": "Booth"})
    venue.unit("pillar", 0, box(19, 19, 21, 21), "column")
    assert venue.read(tmp_path / "fine").faults == ()
    venue.unit("careless", 0, box(30, -4, 38, 4), "room", {"en": "Careless"})
    faults = [f for f in venue.read(tmp_path / "shared").faults if f.feature_id == new_id("careless")]
    assert {f.message.split(":")[0] for f in faults} == {
        f"shares 16.0 m² with unit {new_id('hall0')}",
        f"shares 16.0 m² with unit {new_id('stairs0')}",
    }
