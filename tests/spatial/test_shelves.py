from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.plan import ShelfFace
from spatial.shelves import find_face, locate_bay, shelf_point, standing_point
from spatial.twin_file import with_faces
from tests.spatial.sample_venue import two_floors

FACE = ShelfFace("R1", "R1", "x", "clc", "A", "C", "a", "d", "", 4, (0.0, 0.0), (8.0, 0.0))


def test_the_reader_stands_on_the_right_of_the_way_the_books_run() -> None:
    assert shelf_point(FACE, 1) == pytest.approx((1, 0))
    assert standing_point(FACE, 4) == pytest.approx((7, -0.6))
    north = replace(FACE, end=(0.0, 8.0))
    assert standing_point(north, 1) == pytest.approx((0.6, 1))
    assert standing_point(replace(FACE, start=(8.0, 0.0), end=(0.0, 0.0)), 1) == pytest.approx((7, 0.6))


def test_bay_by_rank_is_the_house_formula() -> None:
    keys = ["a", "b", "b", "b", "c"]
    assert [locate_bay(FACE, "b", keys, rank) for rank in range(5)] == [(1 + rank * 4 // 5, True) for rank in range(5)]
    assert locate_bay(FACE, "b", keys) == (1, True)
    assert locate_bay(FACE, "b") == (1, True)


def test_bay_starts_make_it_exact() -> None:
    face = replace(FACE, bay_starts=((1, "a"), (2, "b"), (4, "c")))
    assert [locate_bay(face, k)[0] for k in ("a", "b", "bz", "c", "cz")] == [1, 2, 2, 4, 4]
    assert locate_bay(face, "b")[1] is False


@given(st.integers(1, 50), st.lists(st.text("abcd", min_size=1), min_size=1).map(sorted), st.data())
def test_bays_stay_on_the_face(bays: int, keys: list[str], data: st.DataObject) -> None:
    bay, _ = locate_bay(replace(FACE, bays=bays), data.draw(st.sampled_from(keys)), keys)
    assert 1 <= bay <= bays


def test_the_most_particular_face_wins(tmp_path: Path) -> None:
    kids = replace(FACE, range_id="kids", collection="kids")
    narrow = replace(FACE, range_id="narrow", low_key="b", high_key="c")
    plan = with_faces(two_floors().plan(tmp_path), (FACE, kids, narrow))

    def face_id(key: str, location: str, scheme: str = "clc") -> str | None:
        face = find_face(plan, scheme, key, location)
        return face.range_id if face else None

    assert face_id("a", "") == "R1"
    assert face_id("b1", "adult") == "narrow"
    assert face_id("b1", "kids") == "kids"
    assert face_id("d", "") is None
    assert face_id("a", "", "lcc") is None
