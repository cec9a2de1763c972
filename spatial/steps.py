"""A way cut into steps, as values: what to do where. The sentences are made in ``spatial/wording``.

Turns closer together than ``MERGE_M`` are one turn by their sum, and what turns less than ``SLIGHT_DEG`` in all is no
turn: a walker does not follow every corner of the shortest path.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import shapely
from shapely.geometry import LineString

from spatial.frames import heading_between, turn_between
from spatial.legs import Crossing, Leg, length_of
from spatial.locate import Place, unit_at
from spatial.naming import telling_name
from spatial.plan import XY, Labels, Plan
from spatial.shelves import reader_side, shelf_point
from spatial.space import is_shut

StepKind = Literal[
    "depart", "turn", "pass", "enter", "take_stairs", "take_elevator", "take_escalator", "take_ramp", "arrive"
]
Side = Literal["left", "right", "front", "behind", "here"]

MERGE_M = 2.0
SLIGHT_DEG = 30.0
LANDMARK_M = 3.0
SILL_M = 0.6
"""A walk that begins this near to a door begins in the room behind it."""
OFF_M = 2.0
"""A turn this near to the start is no turn: nobody knows which way the walker faces while stepping off."""
LONG_M = 18.0
"""A straight stretch longer than this names something passed on it."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """Something a walker can see. ``kind``: shelf, amenity, kiosk or unit; ``category`` as in the venue."""

    id: str
    kind: Literal["shelf", "amenity", "kiosk", "unit", "occupant"]
    name: Labels
    category: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do at ``point``, after ``at_m`` metres of the way; the next step comes ``distance_m`` later.

    ``angle_deg``: turn, right positive. ``side``: of a landmark passed or of the goal. ``to_level_id`` and
    ``rising``: for a crossing. ``bay``: for a shelf.
    """

    kind: StepKind
    point: XY
    ordinal: int
    level_id: str
    at_m: float
    distance_m: float = 0.0
    angle_deg: float | None = None
    landmark: Landmark | None = None
    side: Side | None = None
    to_level_id: str | None = None
    rising: bool | None = None
    bay: int | None = None


def build_steps(
    plan: Plan, legs: Sequence[Leg], crossings: Sequence[Crossing], goal: Place | None = None, bay: int | None = None
) -> tuple[Step, ...]:
    """Steps from depart to arrive. ``goal`` and ``bay`` say what stands at the end, if that is known."""
    steps: list[Step] = []
    walked = 0.0
    for i, leg in enumerate(legs):
        if i == 0:
            inside = LineString(leg.points).interpolate(min(SILL_M, leg.length_m)) if leg.length_m else None
            here = _unit_landmark(plan, (inside.x, inside.y) if inside else leg.points[0], leg.ordinal)
            steps.append(Step("depart", leg.points[0], leg.ordinal, leg.level_id, walked, landmark=here))
        turns = (t for t in _turns(plan, leg) if i > 0 or t.at_m > OFF_M)
        events = [*turns, *(d for d in _doors(plan, leg) if i > 0 or d.at_m > SILL_M)]
        for step in _merged(sorted(events, key=lambda s: s.at_m), last=i == len(legs) - 1, length=leg.length_m):
            steps.append(replace(step, at_m=step.at_m + walked))
        walked += leg.length_m
        if i < len(crossings):
            steps.append(_crossing(crossings[i], leg, legs[i + 1], walked))
            walked += crossings[i].run_m
    last = legs[-1]
    steps.append(_arrival(plan, last, walked, goal, bay))
    steps = _with_passed(plan, steps, legs)
    measured = [replace(a, distance_m=max(0.0, b.at_m - a.at_m)) for a, b in pairwise(steps)]
    return (*measured, steps[-1])


def _turns(plan: Plan, leg: Leg) -> list[Step]:
    points = [leg.points[0]]
    for p in leg.points[1:]:
        if math.dist(p, points[-1]) > 0.05:
            points.append(p)
    found: list[Step] = []
    at, i = 0.0, 1
    while i < len(points) - 1:
        at += math.dist(points[i - 1], points[i])
        first, first_at = i, at
        while i + 1 < len(points) - 1 and math.dist(points[i], points[i + 1]) < MERGE_M:
            i += 1
            at += math.dist(points[i - 1], points[i])
        before = heading_between(points[first - 1], points[first])
        after = heading_between(points[i], points[i + 1])
        angle = turn_between(before, after)
        if abs(angle) >= SLIGHT_DEG:
            where = points[first]
            mark = find_landmark(plan, where, leg.ordinal)
            found.append(Step("turn", where, leg.ordinal, leg.level_id, first_at, angle_deg=angle, landmark=mark))
        i += 1
    return found


def _doors(plan: Plan, leg: Leg) -> list[Step]:
    """Where the leg enters a named unit through an opening."""
    if leg.length_m < 0.1:
        return []
    line = LineString(leg.points)
    floor = {level.id for level in plan.levels if level.ordinal == leg.ordinal}
    found = []
    for door in plan.openings:
        if door.level_id not in floor or is_shut(door) or not line.crosses(door.line):
            continue
        for crossing in shapely.get_coordinates(line.intersection(door.line)):
            at = float(line.project(shapely.Point(crossing)))
            beyond = line.interpolate(min(at + 0.8, line.length))
            before = line.interpolate(max(at - 0.8, 0.0))
            mark = _unit_landmark(plan, (beyond.x, beyond.y), leg.ordinal)
            left = _unit_landmark(plan, (before.x, before.y), leg.ordinal)
            if mark is not None and (left is None or left.id != mark.id):
                where = (float(crossing[0]), float(crossing[1]))
                found.append(Step("enter", where, leg.ordinal, leg.level_id, at, landmark=mark))
    return found


def _merged(events: list[Step], last: bool, length: float) -> list[Step]:
    """A turn just before or at a door and the door are one step; a turn in the last metre before the goal is none."""
    kept: list[Step] = []
    for step in events:
        if step.kind == "turn" and last and length - step.at_m < 1.0:
            continue
        before = kept[-1] if kept else None
        if before is not None and step.at_m - before.at_m < MERGE_M and before.kind != step.kind:
            door, turn = (step, before) if step.kind == "enter" else (before, step)
            if turn.at_m <= door.at_m + 0.5 and door.angle_deg is None:
                kept[-1] = replace(door, angle_deg=turn.angle_deg, at_m=turn.at_m, point=turn.point)
                continue
        kept.append(step)
    return kept


def _crossing(crossing: Crossing, leg: Leg, onto: Leg, at_m: float) -> Step:
    kinds: dict[str, StepKind] = {
        "stairs": "take_stairs",
        "elevator": "take_elevator",
        "escalator": "take_escalator",
        "ramp": "take_ramp",
    }
    return Step(
        kinds[crossing.kind], leg.points[-1], leg.ordinal, leg.level_id, at_m,
        to_level_id=onto.level_id, rising=crossing.to_ordinal > crossing.from_ordinal,
    )  # fmt: skip


def _arrival(plan: Plan, leg: Leg, at_m: float, goal: Place | None, bay: int | None) -> Step:
    end = leg.points[-1]
    step = Step("arrive", end, leg.ordinal, leg.level_id, at_m, bay=bay)
    if goal is None or goal.kind == "point":
        return step
    mark = Landmark(goal.id, goal.kind, goal.name, goal.category)
    back = next((p for p in reversed(leg.points) if math.dist(p, end) > 0.3), None)
    if back is None:
        return replace(step, landmark=mark, side="here")
    coming = heading_between(back, end)
    if goal.kind == "shelf":
        face = plan.get_face(goal.id)
        east, north = reader_side(face)
        return replace(
            step, landmark=mark, side=side_of(turn_between(coming, heading_between((0, 0), (-east, -north))))
        )
    if math.dist(goal.point, end) < 0.5:
        return replace(step, landmark=mark, side="here")
    return replace(step, landmark=mark, side=side_of(turn_between(coming, heading_between(end, goal.point))))


def side_of(angle_deg: float) -> Side:
    """The side on which something lies that a walker would turn to by this angle."""
    if abs(angle_deg) <= 45:
        return "front"
    if abs(angle_deg) >= 150:
        return "behind"
    return "right" if angle_deg > 0 else "left"


def find_landmark(plan: Plan, point: XY, ordinal: int, within_m: float = LANDMARK_M) -> Landmark | None:
    """The nearest named or well-known thing in the same unit: an amenity, kiosk or end of a shelf."""
    room = unit_at(plan, point, ordinal)
    floor = {level.id for level in plan.levels if level.ordinal == ordinal}
    best, found = within_m, None
    for amenity in plan.amenities:
        if amenity.level_id in floor and room is not None and room.id in amenity.unit_ids:
            away = math.dist(point, amenity.point)
            if away < best:
                best, found = away, Landmark(amenity.id, "amenity", amenity.name, amenity.category)
    for kiosk in plan.kiosks:
        if kiosk.level_id in floor and kiosk.name:
            away = float(kiosk.geometry.distance(shapely.Point(point)))
            if away < best:
                best, found = away, Landmark(kiosk.id, "kiosk", kiosk.name, "kiosk")
    for face in plan.faces:
        if face.level_id in floor:
            away = min(math.dist(point, face.start), math.dist(point, face.end))
            if away < best:
                best, found = away, Landmark(face.range_id, "shelf", {"und": face.label}, face.scheme)
    return found


def _unit_landmark(plan: Plan, point: XY, ordinal: int) -> Landmark | None:
    unit = unit_at(plan, point, ordinal)
    if unit is None or unit.category in ("elevator", "stairs", "escalator"):
        return None
    occupants = [o for o in plan.occupants if o.unit_id == unit.id and o.name]
    name = telling_name(plan, unit)
    if not name and len(occupants) == 1:
        return Landmark(occupants[0].id, "occupant", occupants[0].name, occupants[0].category)
    return Landmark(unit.id, "unit", name, unit.category) if name else None


def _with_passed(plan: Plan, steps: list[Step], legs: Sequence[Leg]) -> list[Step]:
    """The steps with one landmark passed on each long stretch without any."""
    told = [steps[0]]
    starts, walked = {}, 0.0
    for leg in legs:
        starts[leg.ordinal] = (walked, leg)
        walked += length_of(leg.points)
    for before, after in pairwise(steps):
        stretch = after.at_m - before.at_m
        if stretch > LONG_M and before.kind in ("depart", "turn", "enter") and before.ordinal in starts:
            offset, leg = starts[before.ordinal]
            passed = _passed(plan, leg, before.at_m - offset + 0.3 * stretch, before.at_m - offset + 0.7 * stretch)
            if passed is not None:
                told.append(replace(passed, at_m=passed.at_m + offset))
        told.append(after)
    return told


def _passed(plan: Plan, leg: Leg, low: float, high: float) -> Step | None:
    line = LineString(leg.points)
    marks: list[tuple[XY, Landmark]] = [
        (a.point, Landmark(a.id, "amenity", a.name, a.category)) for a in plan.amenities if a.level_id == leg.level_id
    ]
    marks += [
        (shelf_point(f), Landmark(f.range_id, "shelf", {"und": f.label}, f.scheme))
        for f in plan.faces
        if f.level_id == leg.level_id
    ]
    best, found = 4.0, None
    for point, mark in marks:
        away = float(line.distance(shapely.Point(point)))
        at = float(line.project(shapely.Point(point)))
        here = line.interpolate(at)
        same_room = unit_at(plan, (here.x, here.y), leg.ordinal) == unit_at(plan, point, leg.ordinal)
        if away < best and low <= at <= high and same_room:
            ahead = line.interpolate(min(at + 0.5, line.length))
            turn = turn_between(
                heading_between((here.x, here.y), (ahead.x, ahead.y)), heading_between((here.x, here.y), point)
            )
            side: Side = "right" if turn > 0 else "left"
            best, found = away, Step(
                "pass", (here.x, here.y), leg.ordinal, leg.level_id, at, landmark=mark, side=side
            )  # fmt: skip
    return found
