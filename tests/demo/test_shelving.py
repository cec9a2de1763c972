"""The shelf list covers every class once."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import pairwise

import pytest

from demo import data_folder
from demo.shelving import CLC, DDC, before, build_faces
from library.callnumber import key, span


def test_at_least_eighty_faces_with_labels_of_their_own() -> None:
    faces = build_faces()
    assert len(faces) >= 80
    assert len({face.label for face in faces}) == len(faces)


def test_the_file_says_what_the_faces_say() -> None:
    with (data_folder() / "shelves.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["range_id"] for row in rows] == [face.label for face in build_faces()]
    assert {row["level"] for row in rows} == {"L1", "L2", "L3"}


@pytest.mark.parametrize(
    ("scheme", "number", "wanted"),
    [(CLC, "TP311", "TP310"), (CLC, "I3", "I2"), (CLC, "B", "A"), (CLC, "N", "K"), (CLC, "TQ", "TP"),
     (DDC, "813.6", "813.5"), (DDC, "300", "299"), (DDC, "004", "003")],
)  # fmt: skip
def test_before(scheme: str, number: str, wanted: str) -> None:
    assert before(scheme, number) == wanted


def test_a_break_that_ends_in_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="does not end in 0"):
        before(CLC, "B0")


def test_ranges_of_a_collection_never_overlap() -> None:
    groups = defaultdict(list)
    for face in build_faces():
        groups[face.scheme, face.collection].append((*span(face.scheme, face.first, face.last), face.label))
    for spans in groups.values():
        spans.sort()
        for (_, high, one), (low, _, two) in pairwise(spans):
            assert high <= low, (one, two)


CLC_TABLE = """
A1 A84 B B-4 B0 B012 B22 B222.2 B82 B848.4 B9 B99 C C91 C95 C97 D D0 D09 D5 D9 D99 E E0 E9 E99 F F0 F27 F49 F8 F83
G G25 G4 G64 G8 G89 H H1 H31 H9 I I0 I106 I2 I206 I207.4 I210 I217 I22 I239 I242.4 I246 I247 I247.5 I247.55 I247.8
I253 I267 I269 I287 I299 I313 I4 I512 I561.4 I565 I6 I7 I712.45 I8 J J0 J2 J9 J99 K K0 K1 K10 K20 K204 K248 K29 K3
K4 K7 K81 K825.6 K835 K9 K92 K99 N N49 N99 O O1 O1-0 O19 O3 O4 O6 O7 P P1 P5 P9 Q Q1 Q81 Q94 Q95 Q98 R R1 R2 R99 S
S1 S8 S9 T T-1 T-652 TB TB3 TD TF TG TH TJ TK TL TM TM9 TN TN91 TP TP1 TP3 TP309 TP31 TP311 TP391 TP393.08 TP9 TQ
TQ9 TS TS97 TU TU98 TV TV8 U U4 U6 V V1 V4 X X1 X9 Z Z1 Z8 Z89
"""


@pytest.mark.parametrize("collection", ["", "CHI", "REF"])
def test_every_clc_class_has_one_face(collection: str) -> None:
    spans = [span(f.scheme, f.first, f.last) for f in build_faces() if (f.scheme, f.collection) == (CLC, collection)]
    for number in CLC_TABLE.split():
        for text in (number, f"{number}/17"):
            assert sum(low <= key(CLC, text) < high for low, high in spans) == 1, text


@pytest.mark.parametrize("collection", ["", "CHI", "REF"])
def test_every_ddc_class_has_one_face(collection: str) -> None:
    spans = [span(f.scheme, f.first, f.last) for f in build_faces() if (f.scheme, f.collection) == (DDC, collection)]
    for number in range(1000):
        for text in (f"{number:03d}", f"{number:03d}.6 ABC", f"{number:03d}.91 XYZ", f"{number:03d}.9999 ZZZ"):
            assert sum(low <= key(DDC, text) < high for low, high in spans) == 1, text
