from __future__ import annotations

from pathlib import Path

import pytest

from spatial.errors import ShelfListError
from spatial.frames import Frame
from spatial.plan import Plan
from spatial.read_shelves import read_shelves
from tests.spatial.sample_venue import new_id, two_floors

HEAD = "range_id,label,level,scheme,from,to,collection,bays,start_east_m,start_north_m,end_east_m,end_north_m"


def span(scheme: str, first: str, last: str) -> tuple[str, str]:
    if "?" in first + last:
        raise ValueError("no call number")
    if first > last:
        raise ValueError("reversed: the first comes after the last")
    return first, last + "~"


def key(scheme: str, text: str) -> str:
    if "?" in text:
        raise ValueError("no call number")
    return text


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return two_floors().plan(tmp_path / "venue")


def write(tmp_path: Path, *rows: str, head: str = HEAD, name: str = "shelves.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def test_good_rows(tmp_path: Path, plan: Plan) -> None:
    src = write(tmp_path, "R1,A 1,G,clc,A,B,,5,1,2,9,2", "", "R2,,#1,LCC,C,D,ref,2,1,2,9,2,", head="\ufeff" + HEAD)
    read = read_shelves(src, plan, span, key)
    assert read.faults == ()
    assert read.read == 2
    one, two = read.faces
    assert (one.level_id, one.low_key, one.high_key, one.bays, one.start, one.end) == (
        new_id("level0"), "A", "B~", 5, (1, 2), (9, 2),
    )  # fmt: skip
    assert (two.label, two.scheme, two.collection, two.level_id) == ("R2", "lcc", "ref", new_id("level1"))


def test_lonlat_columns_and_further_columns(tmp_path: Path, plan: Plan) -> None:
    frame = Frame(plan.origin)
    (a, b), (c, d) = frame.to_lonlat(1, 2), frame.to_lonlat(9, 2)
    head = "range_id,label,level,scheme,from,to,collection,bays,start_lon,start_lat,end_lon,end_lat,colour"
    read = read_shelves(write(tmp_path, f"R1,L,g,ddc,1,2,,3,{a!r},{b!r},{c!r},{d!r},red", head=head), plan, span, key)
    assert read.faces[0].start == pytest.approx((1, 2), abs=1e-6)
    assert read.faces[0].extra == {"colour": "red"}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("R1,L,9,clc,A,B,,5,1,2,9,2", "level"),
        ("R1,L,G,udc,A,B,,5,1,2,9,2", "scheme"),
        ("R1,L,G,clc,B,A,,5,1,2,9,2", "reversed"),
        ("R1,L,G,clc,?,B,,5,1,2,9,2", "call number"),
        ("R1,L,G,clc,,B,,5,1,2,9,2", "from or to"),
        ("R1,L,G,clc,A,B,,five,1,2,9,2", "bays"),
        ("R1,L,G,clc,A,B,,0,1,2,9,2", "bays"),
        ("R1,L,G,clc,A,B,,5,1,x,9,2", "start_north_m"),
        ("R1,L,G,clc,A,B,,5,1,nan,9,2", "start_north_m"),
        ("R1,L,G,clc,A,B,,5,1,2,1,2", "same place"),
        ("R1,L,G,clc,A,B,,5,,,,", "no coordinates"),
        ("R1,L,G,clc,A,B,,5,501,2,509,2", "outside Ground floor"),
        (",L,G,clc,A,B,,5,1,2,9,2", "range_id"),
        ("R0,L,G,clc,C,D,,5,1,2,9,2", "line 2"),
    ],
)
def test_bad_rows_are_named_and_the_rest_kept(tmp_path: Path, plan: Plan, row: str, says: str) -> None:
    read = read_shelves(write(tmp_path, "R0,L,G,clc,E,F,,5,1,5,9,5", row), plan, span, key)
    assert [f.range_id for f in read.faces] == ["R0"]
    (fault,) = read.faults
    assert says in fault.message
    assert fault.row == 3
    assert read.read == 2


def test_overlapping_ranges_are_reported_and_kept(tmp_path: Path, plan: Plan) -> None:
    src = write(tmp_path, "R1,L,G,clc,A,D,,5,1,2,9,2", "R2,L,G,clc,C,F,,5,1,4,9,4", "R3,L,G,clc,C,F,kids,5,1,6,9,6")
    read = read_shelves(src, plan, span, key)
    assert len(read.faces) == 3
    assert [f.feature_id for f in read.faults] == ["R2"]
    assert "R1" in read.faults[0].message


def test_bays_file(tmp_path: Path, plan: Plan) -> None:
    src = write(tmp_path, "R1,L,G,clc,A,D,,3,1,2,9,2", "R2,L,G,clc,E,F,,3,1,4,9,4")
    rows = ["R1,2,B", "R1,1,A", "R1,3,C", "R9,1,A", "R1,9,A", "R1,2,B", "R2,1,?", "R2,1,F", "R2,2,E"]
    bays = write(tmp_path, *rows, head="range_id,bay,from", name="bays.csv")
    read = read_shelves(src, plan, span, key, bays)
    assert read.faces[0].bay_starts == ((1, "A"), (2, "B"), (3, "C"))
    assert read.faces[1].bay_starts == ()
    assert [f.row for f in read.faults] == [5, 6, 7, 8, None]


def test_files_that_are_no_shelf_list(tmp_path: Path, plan: Plan) -> None:
    for data in (b"\xff\xfe\x00\x01", b"", b"a,b\n1,2\n", (HEAD.replace("bays", "b") + "\n").encode()):
        path = tmp_path / "s.csv"
        path.write_bytes(data)
        with pytest.raises(ShelfListError, match=r"s\.csv"):
            read_shelves(path, plan, span, key)
    with pytest.raises(ShelfListError, match="cannot be read"):
        read_shelves(tmp_path / "absent.csv", plan, span, key)
