"""Shelf faces: which one holds a key, which bay of it, and where a reader stands to take the book.

Keys are opaque and compared as text. A reader facing the books has the face's start on the left, so stands on the
right-hand side of the line walked from start to end.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence

from spatial.plan import XY, Plan, ShelfFace

STAND_OFF_M = 0.6
"""How far from the books a reader stands."""


def find_face(plan: Plan, scheme: str, sort_key: str, location: str) -> ShelfFace | None:
    """The face that holds the key: one with the item's collection before one for any collection.

    Where several ranges hold it, the one that begins last (the most particular) wins, then the narrower one.
    """
    holding = [
        face
        for face in plan.faces
        if face.scheme == scheme and face.collection in ("", location) and face.low_key <= sort_key < face.high_key
    ]
    if not holding:
        return None
    specific = [face for face in holding if face.collection] or holding
    latest = max(face.low_key for face in specific)
    return min((f for f in specific if f.low_key == latest), key=lambda f: (f.high_key, f.range_id))


def locate_bay(
    face: ShelfFace, sort_key: str, keys_on_face: Sequence[str] = (), rank: int | None = None
) -> tuple[int, bool]:
    """Bay of a key, from 1, and whether it is estimated.

    With bay starts it is the last bay that begins at or before the key. Else it is
    1 + ⌊rank × bays ÷ count⌋ among ``keys_on_face`` (the keys of all items on the face, in order). ``rank``, from 0,
    tells items with equal keys apart; without it the first of them counts.
    """
    if face.bay_starts:
        bay = face.bay_starts[0][0]
        for number, low in face.bay_starts:
            if low <= sort_key:
                bay = number
        return bay, False
    count = len(keys_on_face)
    if count == 0:
        return 1, True
    at = bisect_left(keys_on_face, sort_key) if rank is None else rank
    return 1 + min(max(at, 0), count - 1) * face.bays // count, True


def shelf_point(face: ShelfFace, bay: int | None = None) -> XY:
    """The middle of the bay (of the whole face without one), on the line of the face."""
    share = 0.5 if bay is None else (min(max(bay, 1), face.bays) - 0.5) / face.bays
    (x0, y0), (x1, y1) = face.start, face.end
    return x0 + share * (x1 - x0), y0 + share * (y1 - y0)


def standing_point(face: ShelfFace, bay: int | None = None) -> XY:
    """Where the reader stands before the bay: ``STAND_OFF_M`` from the books, on the reader's side."""
    x, y = shelf_point(face, bay)
    east, north = reader_side(face)
    return x + STAND_OFF_M * east, y + STAND_OFF_M * north


def reader_side(face: ShelfFace) -> XY:
    """Unit vector from the books to the reader: to the right of start → end."""
    (x0, y0), (x1, y1) = face.start, face.end
    length = math.hypot(x1 - x0, y1 - y0)
    return (y1 - y0) / length, -(x1 - x0) / length
