"""Signs over the amenities: a small lantern with the pictogram on its four sides, seen from wherever one stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from assets.twin_parts import Part
from assets.twin_pictograms import COLUMNS, FILE, ROWS, find_icon
from assets.twin_surface import quads
from spatial.plan import Amenity

LOW_M, SIZE_M = 2.05, 0.46
TRIANGLES_EACH = 8
"""Triangles of one sign: number of a picked triangle ÷ this = the sign's place in ``extras.amenity_ids``."""

_INSET = 0.5 / 64


@cache
def read_signs() -> bytes:
    """The PNG with every pictogram."""
    return FILE.read_bytes()


def build_signs(ordinal: int, amenities: Sequence[Amenity]) -> list[Part]:
    """All signs of a level as one part."""
    if not amenities:
        return []
    h, corners, uvs = SIZE_M / 2, [], []
    ring = [(-h, -h), (h, -h), (h, h), (-h, h)]
    for amenity in amenities:
        east, north = amenity.point
        row, column = divmod(find_icon(amenity.category), COLUMNS)
        left, right = (column + _INSET) / COLUMNS, (column + 1 - _INSET) / COLUMNS
        top, bottom = (row + _INSET) / ROWS, (row + 1 - _INSET) / ROWS
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
            a, b = (east + ax, north + ay), (east + bx, north + by)
            corners.append([(*a, LOW_M), (*b, LOW_M), (*b, LOW_M + SIZE_M), (*a, LOW_M + SIZE_M)])
            uvs.append([(left, bottom), (right, bottom), (right, top), (left, top)])
    surface = quads(corners, [(1.0, 1.0, 1.0, 1.0)], uvs=np.array(uvs))
    names = {"kind": "signs", "triangles_each": TRIANGLES_EACH, "amenity_ids": [a.id for a in amenities]}
    return [Part(f"{ordinal}/signs", ordinal, "sign", surface, extras=names)]
