"""The slow reference: a brute-force visibility graph that shares nothing with the mesh.

Sight is tested by shapely on the space cut down by a hair, so that neither walls nor single touching points are crossed.
"""

from __future__ import annotations

import heapq
import math

import shapely
from shapely.geometry import LineString, Polygon

XY = tuple[float, float]


def shortest(space: Polygon, a: XY, b: XY) -> float | None:
    """Length of the shortest path in the closed space, or None. Only for small spaces."""
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


def outside_m(space: Polygon, points: list[XY]) -> float:
    """Metres of a path that lie outside the space."""
    return float(LineString(points).difference(space).length) if len(points) > 1 else 0.0
