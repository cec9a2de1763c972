"""Signs over the amenities: a small lantern with the pictogram on its four sides, seen from wherever one stands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assets.twin_parts import Part
from assets.twin_pictograms import CELL, find_icon, pick_signs, places_of
from assets.twin_surface import quads
from spatial.plan import Amenity

LOW_M, SIZE_M = 2.05, 0.46
TRIANGLES_EACH = 8
"""Triangles of one sign: number of a picked triangle ÷ this = the sign's place in ``extras.amenity_ids``."""

_INSET = 0.5 / CELL


def icons_of(amenities: Sequence[Amenity]) -> tuple[int, ...]:
    """The pictograms that a building needs, in the order in which they stand in its picture."""
    return tuple(sorted({find_icon(amenity.category) for amenity in amenities}))


def draw_signs_of(amenities: Sequence[Amenity]) -> bytes:
    """The PNG with the pictograms of a building."""
    return pick_signs(icons_of(amenities))


def build_signs(ordinal: int, amenities: Sequence[Amenity], icons: Sequence[int]) -> list[Part]:
    """All signs of a level as one part. ``icons``: those of the whole building, see ``icons_of``."""
    if not amenities:
        return []
    h, corners, uvs = SIZE_M / 2, [], []
    places = places_of(len(icons))
    ring = [(-h, -h), (h, -h), (h, h), (-h, h)]
    for amenity in amenities:
        east, north = amenity.point
        row = icons.index(find_icon(amenity.category))
        left, right = 0.0, 1.0  # both edges are the same frame
        top, bottom = (row + _INSET) / places, (row + 1 - _INSET) / places
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
            a, b = (east + ax, north + ay), (east + bx, north + by)
            corners.append([(*a, LOW_M), (*b, LOW_M), (*b, LOW_M + SIZE_M), (*a, LOW_M + SIZE_M)])
            uvs.append([(left, bottom), (right, bottom), (right, top), (left, top)])
    surface = quads(corners, [(1.0, 1.0, 1.0, 1.0)], uvs=np.array(uvs))
    names = {"kind": "signs", "triangles_each": TRIANGLES_EACH, "amenity_ids": [a.id for a in amenities]}
    return [Part(f"{ordinal}/signs", ordinal, "sign", surface, extras=names)]
