"""The demo building as pages draw it, and the ways and things that the mock server knows in it."""

from __future__ import annotations

import itertools
from functools import cache
from math import hypot
from pathlib import Path

from library import callnumber
from server.plan_body import build_plan_body
from spatial.read_imdf import read_imdf
from spatial.read_shelves import read_shelves
from wire.messages.base import Point
from wire.messages.guide import RouteBody, StepBody
from wire.messages.plan import PlanBody

DATA = Path(__file__).resolve().parents[2] / "demo" / "data"
SPEED = 1.4
HERE = (1.5, -14.5, 0)
Corner = tuple[float, float, int]

TO_SHELF: tuple[Corner, ...] = (
    (1.5, -14.5, 0), (0.6, 0.5, 0), (-0.6, 3.4, 0), (-1.3, 5.4, 0), (-1.5, 6.5, 0),
    (-1.5, 6.5, 2), (-1.3, 4.6, 2), (-2.2, 3.2, 2), (-6.6, 2.4, 2), (-7.2, 0.8, 2),
    (-8.6, -0.6, 2), (-10.4, -1.4, 2), (-10.6, -10.2, 2), (-11.4, -10.8, 2), (-16.2, -10.7, 2),
)  # fmt: skip
TO_TOILET: tuple[Corner, ...] = (
    (1.5, -14.5, 0), (0.5, 1.5, 0), (0.9, 4.6, 0), (1.0, 5.6, 0), (1.6, 6.0, 0), (3.2, 6.0, 0),
)  # fmt: skip


@cache
def plan_body() -> PlanBody:
    """The demo plan with its shelf faces."""
    plan = read_imdf(DATA / "imdf").plan
    faces = read_shelves(DATA / "shelves.csv", plan, callnumber.span, callnumber.key).faces
    from dataclasses import replace

    return build_plan_body(replace(plan, faces=tuple(faces)))


def point(corner: Corner) -> Point:
    """A corner as the wire has it."""
    return Point(east_m=corner[0], north_m=corner[1], level=corner[2])


def make_route(points: tuple[Corner, ...], lang: str, goal: str) -> RouteBody:
    """A route with a step per change of direction or level."""
    lengths = [0.0]
    for a, b in itertools.pairwise(points):
        lengths.append(lengths[-1] + (hypot(b[0] - a[0], b[1] - a[1]) if a[2] == b[2] else 6.0))
    words = WORDS[lang]
    marks: list[tuple[int, str, str]] = [(0, "depart", words["depart"])]
    for i in range(1, len(points) - 1):
        a, b, c = points[i - 1 : i + 2]
        if b[2] != c[2]:
            marks.append((i, "take_elevator", words["lift"].format(level=c[2] + 1)))
        elif a[2] == b[2]:
            cross = (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
            length = hypot(b[0] - a[0], b[1] - a[1]) * hypot(c[0] - b[0], c[1] - b[1])
            if length and abs(cross) / length > 0.5:
                marks.append((i, "turn", words["left" if cross > 0 else "right"]))
    marks.append((len(points) - 1, "arrive", words["arrive"].format(goal=goal)))
    steps = []
    for (i, kind, text), following in zip(marks, [*marks[1:], None], strict=True):
        until = lengths[following[0]] if following else lengths[-1]
        east, north, level = points[i]
        steps.append(
            StepBody(
                text=text,
                kind=kind,
                level=level,
                at_m=lengths[i],
                distance_m=until - lengths[i],
                east_m=east,
                north_m=north,
            )
        )
    return RouteBody(
        length_m=lengths[-1],
        duration_s=lengths[-1] / SPEED,
        levels=tuple(dict.fromkeys(p[2] for p in points)),
        points=points,
        steps=tuple(steps),
    )


WORDS = {
    "en": {
        "depart": "Walk straight ahead through the Entrance Hall",
        "left": "Turn left",
        "right": "Turn right",
        "lift": "Take the lift to level {level}",
        "arrive": "{goal} is in front of you",
    },
    "zh": {
        "depart": "沿入口大厅直走",
        "left": "左转",
        "right": "右转",
        "lift": "乘电梯到{level}层",
        "arrive": "{goal}就在您面前",
    },
}
