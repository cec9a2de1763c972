"""Walls that touch, made to touch exactly.

Whether two rings that meet by calculation leave a gap of 1e-16 m is a matter of rounding, and a triangulator would
decide it by chance. Here a gap narrower than ``TOUCH_M`` is none: a corner that near to another corner becomes that
corner, and one that near to an edge becomes a point of the edge. Nobody passes where walls touch.
"""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.strtree import STRtree

from spatial.plan import XY

TOUCH_M = 1e-9


def join_touching(face: Polygon) -> list[Polygon]:
    """The face with all touches exact; several faces when the touches cut it in pieces. Usually the face itself."""
    rings = [[(float(x), float(y)) for x, y in ring.coords[:-1]] for ring in (face.exterior, *face.interiors)]
    corners = [p for ring in rings for p in ring]
    ends = np.array([(a, b) for ring in rings for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)])
    edges = [LineString(pair) for pair in ends]
    at, on = STRtree(edges).query(shapely.points(corners), predicate="dwithin", distance=TOUCH_M)
    same: dict[XY, XY] = {}
    inserted: dict[int, set[XY]] = {}
    for i, j in zip(at.tolist(), on.tolist(), strict=True):
        p = corners[i]
        a, b = ((float(x), float(y)) for x, y in ends[j])
        if p in (a, b):
            continue
        end = a if math.dist(p, a) <= math.dist(p, b) else b
        if math.dist(p, end) <= 2 * TOUCH_M:
            same[max(p, end)] = min(p, end)
        else:
            inserted.setdefault(j, set()).add(p)
    if not same and not inserted:
        return [face]
    joined, j = [], 0
    for ring in rings:
        points: list[XY] = []
        for a in ring:
            points.append(a)
            points += sorted(inserted.get(j, ()), key=lambda p, a=a: math.dist(a, p))
            j += 1
        joined.append(_without_repeats([_settled(p, same) for p in points]))
    made = Polygon(joined[0], [r for r in joined[1:] if len(r) > 2]) if len(joined[0]) > 2 else Polygon()
    whole = made if made.is_valid else shapely.make_valid(made)
    parts = [p for p in shapely.get_parts(whole) if isinstance(p, Polygon | MultiPolygon)]
    return [p for p in shapely.get_parts(parts).tolist() if isinstance(p, Polygon) and not p.is_empty]


def _settled(point: XY, same: dict[XY, XY]) -> XY:
    while point in same:
        point = same[point]
    return point


def _without_repeats(points: list[XY]) -> list[XY]:
    kept = [p for i, p in enumerate(points) if p != points[i - 1]]
    return kept or points[:1]
