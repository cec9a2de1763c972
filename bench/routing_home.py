"""Whole routes through a library's own building, steps included: from everywhere to everywhere a reader is led.

    shelfway bench routing --home DIR [--json]

Each route is checked while timing: never shorter than the straight line between its ends.
"""

from __future__ import annotations

import math
import random
import time
from typing import Any

from server.home import Home
from spatial.locate import list_places, place_of_face
from spatial.mesh import build_building
from spatial.route import Position, Route, find_route


def measure(home: Home, count: int = 400, seed: int = 1) -> dict[str, Any]:
    """Building time, and time and length of ``count`` routes between random places and shelves."""
    plan = home.plan
    if plan is None:
        raise ValueError("the home has no building")
    started = time.perf_counter()
    building = build_building(plan)
    places = [*list_places(plan), *(place_of_face(plan, face) for face in plan.faces)]
    stands = [Position(p.point, p.ordinal) for p in places]
    find_route(building, stands[0], stands[-1])
    build_s = time.perf_counter() - started
    chance = random.Random(seed)
    pairs = []
    for _ in range(count):
        start, goal = chance.choice(stands), chance.choice(stands)
        before = time.perf_counter()
        route = find_route(building, start, goal)
        spent = time.perf_counter() - before
        length = route.length_m if isinstance(route, Route) else None
        if isinstance(route, Route) and start.ordinal == goal.ordinal:
            first, last = route.points[0], route.points[-1]
            assert route.length_m >= math.dist(first[:2], last[:2]) - 1e-6, "shorter than a straight line"
        pairs.append({"length_m": length, "time_us": round(spent * 1e6, 1)})
    times = sorted(p["time_us"] for p in pairs)
    return {
        "build_s": round(build_s, 3),
        "median_us": times[len(times) // 2],
        "p99_us": times[int(len(times) * 0.99)],
        "reachable": sum(p["length_m"] is not None for p in pairs),
        "pairs": pairs,
    }
