"""The shortest way through a building: exact walks on each floor, joined by stairs, escalators, lifts and ramps.

On one floor the way is the shortest one. Across floors it is the quickest one: Dijkstra over the stops of the
connectors, in seconds, each walk between stops being exact. Not finding a way is a value, ``NoRoute``.

Times: walking speed by profile; stairs by height climbed; lifts by waiting, doors and height (``CLIMB``).
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, cast

import shapely

from spatial.legs import Crossing, Leg, Position
from spatial.locate import Place, unit_at
from spatial.mesh import STAFF_ONLY, Building, Profile
from spatial.naming import telling_name
from spatial.plan import XY, Connector, Labels, Stop, level_text, text_in
from spatial.spacing import join
from spatial.steps import Step, build_steps

__all__ = ["Crossing", "Leg", "NoRoute", "Position", "Profile", "Route", "find_route", "nearest"]

SPEED_M_S: Mapping[Profile, float] = {"walk": 1.3, "step-free": 1.0, "robot": 0.8}

CLIMB: Mapping[str, tuple[float, float, float]] = {
    "stairs": (2.0, 4.0, 3.3),
    "escalator": (3.0, 4.0, 4.0),
    "elevator": (26.0, 1.0, 1.0),
    "ramp": (0.0, 12.0, 12.0),
}
"""Kind → seconds of waiting and boarding, seconds per metre up, seconds per metre down."""

Reason = Literal["start_outside", "goal_outside", "no_way", "no_step_free_way", "no_robot_way", "closed", "too_narrow"]


@dataclass(frozen=True, slots=True)
class Route:
    """A way. ``length_m`` is measured in plan and includes the run of stairs between two legs.

    ``legs`` has one more entry than ``crossings``. ``start_moved_m`` and ``goal_moved_m`` say how far the ends of the
    way lie from what was asked, when that was inside an obstacle or too near a wall.
    """

    length_m: float
    duration_s: float
    legs: tuple[Leg, ...]
    crossings: tuple[Crossing, ...]
    steps: tuple[Step, ...]
    start_moved_m: float = 0.0
    goal_moved_m: float = 0.0

    @property
    def points(self) -> list[tuple[float, float, int]]:
        """East, north and ordinal of every point of the way."""
        return [(x, y, leg.ordinal) for leg in self.legs for x, y in leg.points]

    @property
    def levels(self) -> list[int]:
        """Ordinals in the order in which they are walked."""
        return [leg.ordinal for leg in self.legs]


@dataclass(frozen=True, slots=True)
class NoRoute:
    """There is no way, and why, in words for people (zh, en)."""

    reason_code: Reason
    message: Labels


def find_route(
    building: Building,
    start: Position,
    goal: Position,
    profile: Profile = "walk",
    goal_place: Place | None = None,
    bay: int | None = None,
) -> Route | NoRoute:
    """The way from start to goal. ``goal_place`` and ``bay`` only serve the wording of the arrival.

    A start or goal inside an obstacle or too near a wall is moved to the nearest free point. Staff-only units are
    walked only when start or goal lies in one.
    """
    found = _Search(building, profile, start, goal).run()
    if isinstance(found, NoRoute):
        return _explained(found, building, start, goal, profile, goal_place)
    legs, crossings, duration, moved = found
    length = sum(leg.length_m for leg in legs) + sum(c.run_m for c in crossings)
    steps = build_steps(building.plan, legs, crossings, goal_place, bay)
    return Route(length, duration, legs, crossings, steps, *moved)


def nearest(
    building: Building, start: Position, goals: Sequence[Place], profile: Profile = "walk"
) -> tuple[Place, Route] | NoRoute:
    """The goal that is reached soonest, and the way to it."""
    best: tuple[Place, Route] | None = None
    refusal: NoRoute | None = None

    def at_least(place: Place) -> float:
        return math.dist(place.point, start.point) + 1000.0 * (place.ordinal != start.ordinal)

    for place in sorted(goals, key=lambda p: (at_least(p), p.id)):
        if best is not None and _least_s(building, start, place, profile) >= best[1].duration_s:
            continue
        found = find_route(building, start, Position(place.point, place.ordinal), profile, place)
        if isinstance(found, NoRoute):
            refusal = refusal or found
        elif best is None or found.duration_s < best[1].duration_s:
            best = (place, found)
    if best is not None:
        return best
    return refusal or NoRoute("goal_outside", {"en": "There is no such place here.", "zh": "这里没有这样的地方。"})


def _least_s(building: Building, start: Position, place: Place, profile: Profile) -> float:
    """Seconds that no way to the place can beat."""
    walk = 0.0 if place.ordinal != start.ordinal else math.dist(start.point, place.point)
    return walk / SPEED_M_S[profile] + (2.0 if place.ordinal != start.ordinal else 0.0)


_Found = tuple[tuple[Leg, ...], tuple[Crossing, ...], float, tuple[float, float]]
_Walk = tuple[float, list[XY]]
_START, _GOAL = -1, -2


@dataclass(frozen=True, slots=True)
class _Door:
    """A stop of a usable connector with its place in the free space."""

    connector: Connector
    stop: Stop
    ordinal: int
    height_m: float
    point: XY


class _Search:
    def __init__(self, building: Building, profile: Profile, start: Position, goal: Position) -> None:
        self.building, self.profile, self.start, self.goal = building, profile, start, goal
        self.speed = SPEED_M_S[profile]
        units = [unit_at(building.plan, p.point, p.ordinal) for p in (start, goal)]
        self.staff = any(u is not None and (u.restriction in STAFF_ONLY or u.category == "nonpublic") for u in units)
        self.start_unit, self.goal_unit = (u.id if u else None for u in units)

    def run(self) -> _Found | NoRoute:
        ends: list[XY] = []
        for position, unit, code in ((self.start, self.start_unit, "start"), (self.goal, self.goal_unit, "goal")):
            point = self._snap(position.point, position.ordinal, unit)
            if point is None:
                return NoRoute("start_outside" if code == "start" else "goal_outside", {})
            ends.append(point)
        a, b = ends
        moved = (math.dist(a, self.start.point), math.dist(b, self.goal.point))
        best, best_s = None, math.inf
        if self.start.ordinal == self.goal.ordinal:
            direct = self._walk(a, b, self.start.ordinal)
            if direct is not None:
                best, best_s = direct, direct[0] / self.speed
        other = self._across(a, b, best_s)
        if other is not None:
            legs, crossings, seconds = other
            return legs, crossings, seconds, moved
        if best is not None:
            return (self._leg(best[1], self.start.ordinal),), (), best_s, moved
        return NoRoute("no_way", {})

    def _across(self, a: XY, b: XY, limit_s: float) -> tuple[tuple[Leg, ...], tuple[Crossing, ...], float] | None:
        """The quickest way by connectors, if it takes less than ``limit_s``."""
        doors = self._doors()
        least = min((self._climb_s(p, q) for p, q in self._pairs(doors)), default=math.inf)
        same_floor = self.start.ordinal == self.goal.ordinal
        if least * (2 if same_floor else 1) >= limit_s:
            return None
        seconds: dict[int, float] = {_START: 0.0}
        via: dict[int, tuple[int, _Walk | None]] = {}
        queue: list[tuple[float, int]] = [(0.0, _START)]
        done: set[int] = set()
        while queue:
            now, node = heapq.heappop(queue)
            if node in done:
                continue
            done.add(node)
            if now >= limit_s:
                return None
            if node == _GOAL:
                return self._unrolled(via, doors, seconds[_GOAL])
            for target, cost, walk in self._edges(node, doors, a, b, done):
                if now + cost < seconds.get(target, math.inf) - 1e-9:
                    seconds[target] = now + cost
                    via[target] = (node, walk)
                    heapq.heappush(queue, (now + cost, target))
        return None

    def _edges(
        self, node: int, doors: list[_Door], a: XY, b: XY, done: set[int]
    ) -> Iterator[tuple[int, float, _Walk | None]]:
        here = a if node == _START else doors[node].point
        ordinal = self.start.ordinal if node == _START else doors[node].ordinal
        if ordinal == self.goal.ordinal and node != _START:
            walk = self._walk(here, b, ordinal)
            if walk is not None:
                yield _GOAL, walk[0] / self.speed, walk
        for i, door in enumerate(doors):
            if i in done or i == node:
                continue
            if node >= 0 and door.connector.id == doors[node].connector.id:
                if self._allowed(doors[node], door):
                    yield i, self._climb_s(doors[node], door), None
            elif door.ordinal == ordinal:
                walk = self._walk(here, door.point, ordinal, keep=node != _START)
                if walk is not None:
                    yield i, walk[0] / self.speed, walk

    def _unrolled(
        self, via: dict[int, tuple[int, _Walk | None]], doors: list[_Door], total: float
    ) -> tuple[tuple[Leg, ...], tuple[Crossing, ...], float]:
        chain = [_GOAL]
        while chain[-1] != _START:
            chain.append(via[chain[-1]][0])
        chain.reverse()
        legs: list[Leg] = []
        crossings: list[Crossing] = []
        for before, after in pairwise(chain):
            walk = via[after][1]
            if walk is not None:
                ordinal = self.start.ordinal if before == _START else doors[before].ordinal
                legs.append(self._leg(walk[1], ordinal))
                continue
            one, two = doors[before], doors[after]
            if len(legs) == len(crossings):  # changing from one connector to another at the same stop
                legs.append(self._leg([one.point, one.point], one.ordinal))
            run = math.dist(one.point, two.point)
            crossings.append(
                Crossing(one.connector.id, one.connector.kind, one.ordinal, two.ordinal, run, self._climb_s(one, two))
            )
        return tuple(legs), tuple(crossings), total

    def _doors(self) -> list[_Door]:
        key = ("doors", self.profile, self.staff)
        if key in self.building.walked:
            return cast("list[_Door]", self.building.walked[key])
        levels = {level.id: level for level in self.building.plan.levels}
        doors = []
        for connector in self.building.plan.connectors:
            stepped = connector.kind in ("stairs", "escalator")
            if connector.out_of_service or connector.id in self.building.closed:
                continue
            if connector.doubtful and self._has_better(connector):
                continue
            if stepped and self.profile != "walk":
                continue
            for stop in connector.stops:
                level = levels[stop.level_id]
                if stop.unit_id in self.building.closed:
                    continue
                point = self._snap(stop.point, level.ordinal, stop.unit_id)
                if point is not None and math.dist(point, stop.point) < 3.0:
                    doors.append(_Door(connector, stop, level.ordinal, level.elevation_m, point))
        self.building.walked[key] = doors
        return doors

    def _has_better(self, doubtful: Connector) -> bool:
        """Whether something that surely leads both ways joins the floors of an escalator of unknown direction."""
        ordinals = {level.id: level.ordinal for level in self.building.plan.levels}

        def floors(connector: Connector) -> set[int]:
            return {ordinals[stop.level_id] for stop in connector.stops}

        return any(
            floors(doubtful) <= floors(other)
            for other in self.building.plan.connectors
            if not (other.doubtful or other.one_way or other.out_of_service or other.id in self.building.closed)
        )

    def _pairs(self, doors: list[_Door]) -> Iterator[tuple[_Door, _Door]]:
        return ((p, q) for p in doors for q in doors if p.connector.id == q.connector.id and self._allowed(p, q))

    def _allowed(self, one: _Door, two: _Door) -> bool:
        if one.ordinal == two.ordinal:
            return False
        way = one.connector.one_way
        return way is None or (way == "up") == (two.ordinal > one.ordinal)

    def _climb_s(self, one: _Door, two: _Door) -> float:
        wait, up, down = CLIMB[one.connector.kind]
        height = two.height_m - one.height_m
        return wait + abs(height) * (up if height > 0 else down)

    def _walk(self, a: XY, b: XY, ordinal: int, keep: bool = False) -> _Walk | None:
        mesh = self.building.mesh_for(ordinal, self.profile, self.staff)
        if not keep:
            return mesh.shortest(a, b)
        key = ("walk", ordinal, self.profile, self.staff, a, b)
        if key not in self.building.walked:
            self.building.walked[key] = mesh.shortest(a, b)
        return cast("_Walk | None", self.building.walked[key])

    def _snap(self, point: XY, ordinal: int, unit_id: str | None) -> XY | None:
        if all(level.ordinal != ordinal for level in self.building.plan.levels):
            return None
        mesh = self.building.mesh_for(ordinal, self.profile, self.staff)
        return self.building.snap(mesh, point, ordinal, self.profile, unit_id)

    def _leg(self, points: Sequence[XY], ordinal: int) -> Leg:
        on_floor = [level for level in self.building.plan.levels if level.ordinal == ordinal]
        home = on_floor[0]
        if len(on_floor) > 1:
            home = next((lv for lv in on_floor if shapely.intersects_xy(lv.outline, *points[0])), home)
        return Leg(home.id, ordinal, tuple(points))


def _explained(
    found: NoRoute, building: Building, start: Position, goal: Position, profile: Profile, place: Place | None
) -> NoRoute:
    """The refusal with its reason found out and put in words."""
    code: Reason = found.reason_code
    if code == "no_way":
        whole = Building(building.plan, _bases=building._bases) if building.closed or building.areas else None
        if profile != "walk" and not isinstance(_Search(building, "walk", start, goal).run(), NoRoute):
            code = "no_step_free_way" if profile == "step-free" else "no_robot_way"
        elif whole is not None and not isinstance(_Search(whole, profile, start, goal).run(), NoRoute):
            code = "closed"
        elif profile == "walk" and not isinstance(
            _Search(building.without_width(), profile, start, goal).run(), NoRoute
        ):
            code = "too_narrow"
    here = {lang: _said(building, start, None, lang) for lang in ("zh", "en")}
    there = {lang: _said(building, goal, place, lang) for lang in ("zh", "en")}
    en = {
        "start_outside": f"The start ({here['en']}) is not inside the building or lies in a blocked area.",
        "goal_outside": f"The destination ({there['en']}) is not inside the building or lies in a blocked area.",
        "no_way": f"There is no way from {here['en']} to {there['en']}: no open door, stairs or lift joins them.",
        "no_step_free_way": f"There is no step-free way from {here['en']} to {there['en']}.",
        "no_robot_way": f"The robot cannot get from {here['en']} to {there['en']}: a passage is too narrow or stepped.",
        "closed": f"The way from {here['en']} to {there['en']} is closed at the moment.",
        "too_narrow": f"There is no way from {here['en']} to {there['en']}: a gap or door on it is too narrow to walk.",
    }
    a, b = here["zh"], there["zh"]
    between = join("从", a, "到", b)
    zh = {
        "start_outside": join("起点（", a, "）不在馆内，或位于不可通行的区域。"),
        "goal_outside": join("目的地（", b, "）不在馆内，或位于不可通行的区域。"),
        "no_way": join(between, "没有通路：两处之间没有可通行的门、楼梯或电梯。"),
        "no_step_free_way": join(between, "没有无障碍路线。"),
        "no_robot_way": join("机器人无法", between, "：途中有台阶或通道过窄。"),
        "closed": join(between, "的通路目前已关闭。"),
        "too_narrow": join(between, "没有通路：途中的间隙或门太窄，无法通过。"),
    }
    return NoRoute(code, {"en": en[code], "zh": zh[code]})


def _said(building: Building, position: Position, place: Place | None, lang: str) -> str:
    """A position as the name of its place and level, or as metres on its level."""
    plan = building.plan
    levels = [level for level in plan.levels if level.ordinal == position.ordinal]
    level = level_text(levels[0], lang) if levels else f"#{position.ordinal}"
    name = text_in(place.name, lang) if place is not None else ""
    if not name:
        unit = unit_at(plan, position.point, position.ordinal)
        name = text_in(telling_name(plan, unit), lang) if unit else ""
    if not name:
        east, north = position.point
        name = f"东 {east:.1f} 米、北 {north:.1f} 米处" if lang == "zh" else f"{east:.1f} m E, {north:.1f} m N"
    if lang != "zh":
        return f"{name}, {level}"
    return name if name.startswith(level) else join(level, "的", name)
