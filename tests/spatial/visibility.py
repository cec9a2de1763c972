"""The slow reference: a brute-force visibility graph by shapely that shares nothing with the mesh.

A closed space lets a line slip through a single point where two walls touch. ``thickened`` moves every wall by a hair,
which shuts such points; a test must then allow for the hair.
"""

from __future__ import annotations

import heapq
import math

import shapely
from shapely.geometry import LineString, Polygon

XY = tuple[float, float]


def shortest(space: Polygon, a: XY, b: XY) -> float | None:
    """Length of the shortest path in the closed space, or None. Only for small spaces."""
    if a == b:
        return 0.0
    nodes = [a, b, *map(tuple, shapely.get_coordinates(space).tolist())]
    nodes = list(dict.fromkeys(nodes))
    shapely.prepare(space)
    best = {0: 0.0}
    queue = [(0.0, 0)]
    done = set()
    while queue:
        g, i = heapq.heappop(queue)
        if i in done:
            continue
        done.add(i)
        if i == 1:
            return g
        rest = [j for j in range(len(nodes)) if j not in done]
        lines = shapely.linestrings([[nodes[i], nodes[j]] for j in rest])
        for j, line, inside in zip(rest, lines, shapely.covers(space, lines), strict=True):
            # rounding may put a line along a wall a hair outside
            if inside or line.difference(space).length < 1e-9:
                f = g + math.dist(nodes[i], nodes[j])
                if f < best.get(j, math.inf):
                    best[j] = f
                    heapq.heappush(queue, (f, j))
    return None


HAIR_M = 1e-6


def has_touching_walls(space: Polygon) -> bool:
    """Whether a corner of one ring lies on another ring, so that the space has a passage of no width."""
    rings = [space.exterior, *space.interiors]
    return any(a.distance(b) < 1e-9 for i, a in enumerate(rings) for b in rings[i + 1 :])


def thickened(space: Polygon, inside: XY) -> Polygon:
    """The space with its walls moved inwards by ``HAIR_M``: the piece of it that holds ``inside``."""
    pieces = shapely.get_parts(space.buffer(-HAIR_M, join_style="mitre"))
    return next(p for p in pieces if p.intersects(shapely.Point(inside)))


def outside_m(space: Polygon, points: list[XY]) -> float:
    """Metres of a path that lie outside the space."""
    return float(LineString(points).difference(space).length) if len(points) > 1 else 0.0
