"""The shelf rows of the demo library: where they stand and which call numbers each face holds.

A row is a double-sided body 0.6 m deep that runs east to west. Faces are numbered as books run: along the north face
of the first row from east to west, round its end, along the south face back, then on to the next row south. So the
reader always stands on the right-hand side of the line walked from start to end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from shapely.geometry import Polygon

from demo.drawing import block

BAY_M = 0.9
DEPTH_M = 0.6


@dataclass(frozen=True, slots=True)
class Row:
    """One double-sided body. ``faces``: labels of its north and south face."""

    ordinal: int
    shape: Polygon
    bays: int
    faces: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Face:
    """One side of a row: where it runs (metres in the drawing) and what it holds."""

    label: str
    ordinal: int
    scheme: str
    first: str
    last: str
    collection: str
    bays: int
    start: tuple[float, float]
    end: tuple[float, float]
    area: str


@dataclass(frozen=True, slots=True)
class Stack:
    """Rows standing one behind the other. ``west`` and ``ys``: west end and centre lines, north row first."""

    area: str
    ordinal: int
    west: float
    ys: tuple[float, ...]
    bays: int


HALL_YS = (20.0, 17.6, 15.2, 12.8, 10.4, 8.0)
_WEST, _INNER = 2.0, 11.3
_LENGTH = 7 * BAY_M


def _east(west: float) -> float:
    """West end of the stack that mirrors one in a western hall."""
    return round(60 - west - _LENGTH, 3)


STACKS = (
    Stack("1C", 0, 2.0, (18.6, 16.0, 13.4), 5),
    Stack("1C", 0, 11.0, (18.6, 16.0, 13.4), 5),
    Stack("2A", 1, _WEST, HALL_YS, 7),
    Stack("2A", 1, _INNER, HALL_YS, 7),
    Stack("2B", 1, _east(_INNER), HALL_YS, 7),
    Stack("2B", 1, _east(_WEST), HALL_YS, 7),
    Stack("3A", 2, _WEST, HALL_YS, 7),
    Stack("3A", 2, _INNER, HALL_YS, 7),
    Stack("3B", 2, _east(_INNER), HALL_YS, 7),
    Stack("3B", 2, _east(_WEST), HALL_YS, 7),
    Stack("3R", 2, 1.6, (37.8, 35.4), 5),
    Stack("3R", 2, 8.2, (37.8, 35.4), 4),
)

CLC = "clc"
DDC = "ddc"

BREAKS: dict[str, list[tuple[str, str, list[str], str]]] = {
    # area: runs of (scheme, collection, first call number of each face, last call number of the run)
    "1C": [
        (CLC, "CHI", ["A", "I2", "I3", "J", "N", "Q"], "Z"),
        (DDC, "CHI", ["000", "300", "500", "800", "813.6", "823.9"], "999"),
    ],
    "2A": [
        (
            CLC,
            "",
            [
                "A",
                "B",
                "B2",
                "B224",
                "B5",
                "B7",
                "B83",
                "B84",
                "B846",
                "C",
                "C91",
                "D",
                "D3",
                "D7",
                "D9",
                "E",
                "F",
                "F1",
                "F27",
                "F7",
                "G",
                "G25",
                "G5",
                "H",
            ],
            "H",
        ),
    ],
    "2B": [
        (
            CLC,
            "",
            [
                "I",
                "I1",
                "I2",
                "I21",
                "I214",
                "I22",
                "I23",
                "I242",
                "I243",
                "I246",
                "I247",
                "I247.5",
                "I247.57",
                "I247.7",
                "I26",
                "I3",
                "I5",
                "I512",
                "I52",
                "I56",
                "I561.4",
                "I565",
                "I7",
                "J",
            ],
            "J",
        ),
    ],
    "3A": [
        (
            CLC,
            "",
            [
                "K",
                "K1",
                "K2",
                "K22",
                "K25",
                "K5",
                "K8",
                "K82",
                "K83",
                "K9",
                "N",
                "O",
                "O2",
                "O4",
                "P",
                "Q",
                "Q95",
                "R",
                "S",
                "T",
                "TP",
                "TP311",
                "TQ",
                "U",
            ],
            "Z",
        ),
    ],
    "3B": [
        (
            DDC,
            "",
            [
                "000",
                "004",
                "100",
                "150",
                "180",
                "200",
                "300",
                "320",
                "330",
                "400",
                "500",
                "520",
                "540",
                "570",
                "600",
                "640",
                "700",
                "800",
                "813.5",
                "820",
                "823.8",
                "823.912",
                "840",
                "900",
            ],
            "999",
        ),
    ],
    "3R": [
        (CLC, "REF", ["A", "H", "K", "N"], "Z"),
        (DDC, "REF", ["000", "300", "500", "700"], "999"),
    ],
}


def build_rows() -> tuple[Row, ...]:
    """All rows, in the order of their faces' numbers."""
    rows = []
    count: dict[str, int] = {}
    for stack in STACKS:
        for y in stack.ys:
            number = count.get(stack.area, 0)
            count[stack.area] = number + 2
            shape = block(stack.west, y - DEPTH_M / 2, stack.west + stack.bays * BAY_M, y + DEPTH_M / 2)
            labels = (f"{stack.area}-{number + 1:02d}", f"{stack.area}-{number + 2:02d}")
            rows.append(Row(stack.ordinal, shape, stack.bays, labels))
    return tuple(rows)


def build_faces() -> tuple[Face, ...]:
    """All faces with their ranges, in the order in which books run."""
    return tuple(_faces())


def _faces() -> Iterator[Face]:
    ranges = {area: list(_ranges(area)) for area in BREAKS}
    for row in build_rows():
        x0, y0, x1, y1 = row.shape.bounds
        for label, start, end in (
            (row.faces[0], (x1, y1), (x0, y1)),
            (row.faces[1], (x0, y0), (x1, y0)),
        ):
            area = label.split("-")[0]
            scheme, collection, first, last = ranges[area].pop(0)
            yield Face(label, row.ordinal, scheme, first, last, collection, row.bays, start, end, area)


def _ranges(area: str) -> Iterator[tuple[str, str, str, str]]:
    """(scheme, collection, from, to) of each face; ``to`` is the last number before the next face begins."""
    for scheme, collection, firsts, last in BREAKS[area]:
        for this, following in pairwise([*firsts, ""]):
            yield scheme, collection, this, _last(scheme, this, following) if following else last


def _last(scheme: str, first: str, following: str) -> str:
    """The last prefix of a face that begins with ``first`` when the next begins with ``following``."""
    if first.startswith("T") and following == "U":
        return "TV"
    last = before(scheme, following)
    while scheme == CLC and len(last) < len(first) and first.startswith(last):
        last += "9"
    return last


def before(scheme: str, number: str) -> str:
    """The prefix that ends where ``number`` begins: TP311 → TP310, I3 → I2, B → A, 813.6 → 813.5, 300 → 299.

    Raises:
        ValueError: no single prefix ends there.
    """
    if scheme == DDC:
        if "." not in number:
            return f"{int(number) - 1:03d}"
        head, digit = number[:-1], int(number[-1])
        if digit == 0:
            raise ValueError(f"{number}: choose a break that does not end in 0")
        return f"{head}{digit - 1}"
    if number[-1].isdigit():
        if number[-1] == "0":
            raise ValueError(f"{number}: choose a break that does not end in 0")
        return f"{number[:-1]}{int(number[-1]) - 1}"
    if len(number) == 1:
        return _LAST_LETTER[number]
    return f"{number[:-1]}{chr(ord(number[-1]) - 1)}"


_CLASSES = "ABCDEFGHIJKNOPQRSTUVXZ"
_LAST_LETTER = dict(zip(_CLASSES[1:], _CLASSES, strict=False))
