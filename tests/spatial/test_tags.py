"""The list of tags, and the camera's place from how it stands before one."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.tags import Tag, TagView, place_camera, read_tags
from tests.server.world import PLAN

HEAD = "tag,level,east_m,north_m,height_m,facing_deg,size_m,name_en,name_zh\n"


def read(tmp_path: Path, text: str | bytes) -> tuple[tuple[Tag, ...], list[str]]:
    path = tmp_path / "tags.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    tags, faults = read_tags(path, PLAN)
    return tags, [fault.message for fault in faults]


def test_a_home_without_tags_has_none(tmp_path: Path) -> None:
    assert read_tags(tmp_path / "tags.csv", PLAN) == ((), ())


def test_tags_are_read_with_what_their_rows_tell(tmp_path: Path) -> None:
    tags, faults = read(tmp_path, HEAD + "7,G,3.5,2,1.6,180,0.16,the map,地图\n8,#0,4,2,,,,,\n")
    assert faults == []
    assert tags[0] == Tag(7, "L0", 0, 0.0, (3.5, 2.0), 1.6, 180.0, 0.16, {"en": "the map", "zh": "地图"})
    assert (tags[1].height_m, tags[1].facing_deg, tags[1].size_m, tags[1].name) == (1.5, None, None, {})


def test_degrees_of_the_earth_will_do(tmp_path: Path) -> None:
    tags, faults = read(tmp_path, "tag,level,lon,lat\n1,G,120.0,30.0\n")
    assert faults == []
    assert tags[0].point == pytest.approx((0.0, 0.0), abs=1e-6)


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("x,G,1,1,,,,,", "no number of a tag"),
        ("-1,G,1,1,,,,,", "no number of a tag"),
        ("1,attic,1,1,,,,,", "attic"),
        ("1,G,one,1,,,,,", "east_m"),
        ("1,G,nan,1,,,,,", "east_m"),
        ("1,G,1,1,,,0,,", "size_m"),
        ("1,G,1,1,,,inf,,", "size_m"),
        ("1,G,1,1,,400,,,", "facing_deg"),
        ("1,G", "lon"),
    ],
)
def test_a_wrong_row_is_named_and_the_others_stay(tmp_path: Path, row: str, named: str) -> None:
    tags, faults = read(tmp_path, HEAD + row + "\n9,G,1,1,,,,,\n")
    assert [tag.id for tag in tags] == [9]
    assert len(faults) == 1
    assert named in faults[0]
    assert "line 2" in faults[0]


def test_a_number_hangs_in_one_place(tmp_path: Path) -> None:
    tags, faults = read(tmp_path, HEAD + "1,G,1,1,,,,,\n1,G,2,2,,,,,\n")
    assert [tag.point for tag in tags] == [(1.0, 1.0)]
    assert "one place" in faults[0]


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\x00", b"a,b\n1,2\n", b"tag,level\n1,G\n"])
def test_a_file_that_is_no_list_is_one_fault(tmp_path: Path, text: bytes) -> None:
    tags, faults = read(tmp_path, text)
    assert tags == ()
    assert len(faults) == 1


def tag(facing: float | None) -> Tag:
    return Tag(1, "L0", 0, 0.0, (10.0, 20.0), 1.5, facing, 0.16, {})


def test_straight_before_a_tag_on_the_north_wall() -> None:
    pose = place_camera(tag(180.0), TagView((0.0, 0.2, 2.0), (0.0, 0.0, -1.0), (1.0, 0.0, 0.0)))
    assert pose is not None
    assert pose.point == pytest.approx((10.0, 18.0))
    assert pose.height_m == pytest.approx(1.7)
    assert pose.heading_deg % 360 == pytest.approx(0.0, abs=1e-9)
    assert (pose.pitch_deg, pose.roll_deg) == pytest.approx((0.0, 0.0))


def test_to_its_right_is_east_of_it() -> None:
    pose = place_camera(tag(180.0), TagView((1.0, 0.0, 2.0), (0.0, 0.0, -1.0), (1.0, 0.0, 0.0)))
    assert pose is not None
    assert pose.point == pytest.approx((11.0, 18.0))


def test_nobody_knows_without_the_way_it_looks() -> None:
    assert place_camera(tag(None), TagView((0, 0, 1), (0, 0, -1), (1, 0, 0))) is None


@given(st.floats(0, 359.9), st.floats(-3, 3), st.floats(0.3, 6))
def test_the_camera_is_as_far_from_the_tag_as_it_was_seen(facing: float, right: float, away: float) -> None:
    view = TagView((right, 0.0, away), (0.0, 0.0, -1.0), (1.0, 0.0, 0.0))
    pose = place_camera(tag(facing), view)
    assert pose is not None
    assert math.dist(pose.point, (10.0, 20.0)) == pytest.approx(math.hypot(right, away))
    assert math.cos(math.radians(pose.heading_deg - facing)) == pytest.approx(-1.0)
