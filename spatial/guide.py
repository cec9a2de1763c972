"""The guidance core: told where the reader is and what time it is, it says what to do. No I/O, no clock of its own.

A reader is off the route when farther than ``OFF_M`` from it for ``OFF_S`` seconds, or at once beyond ``JUMP_M``;
they are back on it below ``BACK_M``. A new route has the next revision and says why it was made. While nothing leads
on, no pose is answered with the same refusal twice.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from spatial.legs import Position
from spatial.locate import Place
from spatial.mesh import Building, Profile
from spatial.plan import XY
from spatial.route import SPEED_M_S, NoRoute, Route, find_route
from spatial.wording import Lang, say_step

OFF_M, BACK_M, JUMP_M = 3.0, 2.0, 8.0
OFF_S = 2.0
AHEAD_S = 4.0
"""A step is spoken this long before it is due, at the profile's speed."""
ARRIVED_M = 1.5
ARRIVED_LEFT_M = 3.0
"""Metres of the route that may be left on arriving: a goal beyond a wall is not near."""
BACKWARD_M, FORWARD_M = 6.0, 15.0
"""How far along the route the reader is looked for, about the last place known."""

Reason = Literal["start", "off_route", "plan_changed", "level_changed"]


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the reader is: map metres, ordinal, and degrees clockwise from map north if known."""

    point: XY
    ordinal: int
    heading_deg: float | None = None


@dataclass(frozen=True, slots=True)
class NewRoute:
    """A route to follow from now on, or why there is none."""

    revision: int
    route: Route | NoRoute
    reason: Reason


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reader is. ``step``: index of the step being carried out. Droppable."""

    revision: int
    along_m: float
    remaining_m: float
    remaining_s: float
    step: int
    off_m: float


@dataclass(frozen=True, slots=True)
class StepDue:
    """A step to be said now; each is said once per revision."""

    revision: int
    step: int
    text: str


@dataclass(frozen=True, slots=True)
class OffRoute:
    """The reader has left the route; a ``NewRoute`` follows."""

    revision: int
    off_m: float


@dataclass(frozen=True, slots=True)
class Arrived:
    """The reader is at the goal; ``range_id`` and ``bay`` when it is a shelf."""

    revision: int
    text: str
    level_id: str
    range_id: str | None = None
    bay: int | None = None


Event = NewRoute | Progress | StepDue | OffRoute | Arrived


@dataclass(frozen=True, slots=True)
class _Segment:
    """A straight piece of the route on one floor, and where on the route it begins."""

    ordinal: int
    a: XY
    b: XY
    at_m: float
    length_m: float


class Guide:
    """One journey to one goal."""

    def __init__(
        self,
        building: Building,
        goal: Place | Position,
        profile: Profile = "walk",
        lang: Lang = "en",
        bay: int | None = None,
    ) -> None:
        self._building, self._profile, self._lang, self._bay = building, profile, lang, bay
        self._place = goal if isinstance(goal, Place) else None
        self._goal = Position(goal.point, goal.ordinal) if isinstance(goal, Place) else goal
        self.revision = 0
        self.route: Route | None = None
        self.arrived = False
        self._segments: list[_Segment] = []
        self._along = 0.0
        self._said = 0
        self._off_since: float | None = None
        self._pose: Pose | None = None
        self._refused = False

    def start(self, pose: Pose, t: float) -> tuple[Event, ...]:
        """Begin at ``pose``. ``t``: seconds on any clock that only moves forward."""
        self.arrived = False
        return self._lead(pose, "start")

    def moved(self, pose: Pose, t: float) -> tuple[Event, ...]:
        """The reader is at ``pose`` at ``t`` seconds."""
        if self.arrived or self._pose is None:
            return ()
        before, self._pose = self._pose, pose
        if self.route is None:
            far = math.dist(pose.point, before.point) > JUMP_M or pose.ordinal != before.ordinal
            return self._lead(pose, "off_route") if far else ()
        found = self._locate(pose)
        if found is None:  # on a floor that the route does not come to
            return (OffRoute(self.revision, 0.0), *self._lead(pose, "level_changed"))
        along, off = found
        if off > OFF_M:
            if self._off_since is None:
                self._off_since = t
            if off > JUMP_M or t - self._off_since >= OFF_S:
                reason: Reason = "off_route" if pose.ordinal == before.ordinal else "level_changed"
                return (OffRoute(self.revision, off), *self._lead(pose, reason))
        elif off < BACK_M:
            self._off_since = None
        if off <= OFF_M:
            self._along = along
        return (*self._tell(off), *self._arrive(pose))

    def plan_changed(self, building: Building, t: float) -> tuple[Event, ...]:
        """The building is another one now. Leads anew only where the way is another one too."""
        self._building = building
        if self.arrived or self._pose is None:
            return ()
        fresh = self._find(self._pose)
        if self.route is not None and isinstance(fresh, Route):
            same_links = [c.connector_id for c in fresh.crossings] == self._links_ahead()
            left = self.route.length_m - self._along
            if same_links and abs(fresh.length_m - left) < OFF_M:
                return ()
        if isinstance(fresh, NoRoute) and self.route is None:
            return ()
        return self._adopt(self._pose, fresh, "plan_changed")

    def _find(self, pose: Pose) -> Route | NoRoute:
        start = Position(pose.point, pose.ordinal)
        return find_route(self._building, start, self._goal, self._profile, self._place, self._bay)

    def _lead(self, pose: Pose, reason: Reason) -> tuple[Event, ...]:
        return self._adopt(pose, self._find(pose), reason)

    def _adopt(self, pose: Pose, found: Route | NoRoute, reason: Reason) -> tuple[Event, ...]:
        self._pose, self._off_since, self._along, self._said = pose, None, 0.0, 0
        if isinstance(found, NoRoute):
            self.route, self._segments = None, []
            if self._refused and reason != "plan_changed":
                return ()
            self._refused = True
            self.revision += 1
            return (NewRoute(self.revision, found, reason),)
        self._refused = False
        self.revision += 1
        self.route, self._segments = found, _segments(found)
        return (NewRoute(self.revision, found, reason), *self._tell(0.0), *self._arrive(pose))

    def _locate(self, pose: Pose) -> tuple[float, float] | None:
        """(metres along the route, metres off it), near the last place known if the reader may be there."""
        on_floor = [s for s in self._segments if s.ordinal == pose.ordinal]
        if not on_floor:
            return None
        near: tuple[float, float] | None = None
        anywhere: tuple[float, float] = (0.0, math.inf)
        for segment in on_floor:
            along, off = _project(segment, pose.point)
            if off < anywhere[1] - 1e-9:
                anywhere = (along, off)
            close = self._along - BACKWARD_M <= along <= self._along + FORWARD_M
            if close and (near is None or off < near[1] - 1e-9):
                near = (along, off)
        # a path may pass one place twice: prefer the stretch at hand, unless the reader is clearly elsewhere on it
        return near if near is not None and near[1] <= OFF_M else anywhere

    def _tell(self, off: float) -> tuple[Event, ...]:
        """Progress, and every step that has come due; of several at once only the last is said."""
        assert self.route is not None
        steps = self.route.steps
        ahead = AHEAD_S * SPEED_M_S[self._profile]
        due = None
        # a floor's steps are not told on the floor before it: one climbs first
        floor = self._pose.ordinal if self._pose else steps[0].ordinal
        while self._said < len(steps) - 1:
            step = steps[self._said]
            if step.at_m > self._along + ahead or (self._said and step.ordinal != floor):
                break
            due = self._said
            self._said += 1
        step_now = max((i for i, s in enumerate(steps) if s.at_m <= self._along + 0.5), default=0)
        left = max(0.0, self.route.length_m - self._along)
        share = left / self.route.length_m if self.route.length_m > 0 else 0.0
        events: list[Event] = [Progress(self.revision, self._along, left, share * self.route.duration_s, step_now, off)]
        if due is not None and off <= OFF_M:
            events.append(StepDue(self.revision, due, say_step(steps[due], self._building.plan, self._lang)))
        return tuple(events)

    def _arrive(self, pose: Pose) -> tuple[Event, ...]:
        assert self.route is not None
        last = self.route.legs[-1]
        left = self.route.length_m - self._along
        near = math.dist(pose.point, last.points[-1]) <= ARRIVED_M
        if pose.ordinal != last.ordinal or not near or left > ARRIVED_LEFT_M:
            return ()
        self.arrived = True
        text = say_step(self.route.steps[-1], self._building.plan, self._lang)
        shelf = self._place.id if self._place is not None and self._place.kind == "shelf" else None
        return (Arrived(self.revision, text, last.level_id, shelf, self._bay),)

    def _links_ahead(self) -> list[str]:
        """Connectors of the present route that are still to be taken."""
        assert self.route is not None
        ids, walked = [], 0.0
        for leg, crossing in zip(self.route.legs, self.route.crossings, strict=False):
            walked += leg.length_m
            if walked + crossing.run_m > self._along or (
                self._pose is not None and self._pose.ordinal == crossing.from_ordinal and walked >= self._along
            ):
                ids.append(crossing.connector_id)
            walked += crossing.run_m
        return ids


def _segments(route: Route) -> list[_Segment]:
    found: list[_Segment] = []
    walked = 0.0
    for i, leg in enumerate(route.legs):
        for a, b in zip(leg.points[:-1], leg.points[1:], strict=True):
            length = math.dist(a, b)
            found.append(_Segment(leg.ordinal, a, b, walked, length))
            walked += length
        if i < len(route.crossings):
            walked += route.crossings[i].run_m
    return found


def _project(segment: _Segment, point: XY) -> tuple[float, float]:
    """(metres along the route, metres off) of the segment's point nearest to ``point``."""
    (ax, ay), (bx, by) = segment.a, segment.b
    ex, ey = bx - ax, by - ay
    size = ex * ex + ey * ey
    share = 0.0 if size == 0 else min(1.0, max(0.0, ((point[0] - ax) * ex + (point[1] - ay) * ey) / size))
    foot = (ax + share * ex, ay + share * ey)
    return segment.at_m + share * segment.length_m, math.dist(foot, point)
