"""Guiding: a goal and the reader's poses become routes, steps and arrival, by the guidance core of the building.

Poses come faster than they need be looked at: only the newest is. Routes, steps and arrival are reliable messages,
progress is droppable. The guidance belongs to the visit, so a resumed connection goes on with it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from server import translate
from server.journeys.speak import Voice
from server.line import Line
from server.sessions import Lead, Visit
from server.telemetry import log
from spatial import guide as core
from spatial.changes import Change, say_change
from spatial.legs import Position
from spatial.locate import Place
from wire.codes import ErrorCode
from wire.messages import guide as wire
from wire.messages.base import Lang

if TYPE_CHECKING:
    from avatars.values import Located, Reply
    from server.parts import Parts
    from spatial.plan import XY

Ended = Literal["asked", "replaced", "reset"]


@dataclass(frozen=True, slots=True)
class Goal:
    """Where to lead, and what to light up there."""

    place: Place
    range_id: str | None = None
    bay: int | None = None


@dataclass(slots=True)
class Guidance:
    """One journey through the building. ``route``: the newest route as sent, to be sent again on resuming.
    ``told``: an answer has just said the first steps; they are not said again before the reader moves.
    """

    of: str
    goal: Goal
    profile: wire.Profile
    lang: Lang
    core: core.Guide
    route: wire.Route | None = None
    told: bool = False


class RefusedError(Exception):
    """A request for guidance that cannot be carried out; the code says why."""

    def __init__(self, code: ErrorCode) -> None:
        super().__init__(code)
        self.code = code


class Guiding:
    """The guidance of one connection."""

    def __init__(self, parts: Parts, line: Line, visit: Visit, voice: Voice) -> None:
        self._parts, self._line, self._visit, self._voice = parts, line, visit, voice
        self._jobs: deque[Callable[[], Any]] = deque()
        self._pose: core.Pose | None = None
        self._changes: list[Change] | None = None
        self._news = asyncio.Event()

    def begin(self, request: wire.Guide, with_others: bool = False) -> None:
        """Lead to a place, a shelf or a record. ``with_others``: many are led at once, so a few at a time."""

        async def lead() -> None:
            await self._begin(request.id, lambda: self._resolve(request), request.profile)

        async def lead_in_turn() -> None:
            async with self._parts.rerouting:
                await lead()

        self._queue(lead_in_turn if with_others else lead)

    def begin_reply(self, reply: Reply, of: str) -> None:
        """Lead where an answer has just said the way to."""
        if reply.place is None:
            return
        goal = goal_of(reply.place, reply.items)
        self._queue(lambda: self._begin(of, lambda: goal, reply.profile, told=True))

    def begin_anew(self, lead: Lead) -> None:
        """Lead on, on a server that has not led before."""
        self._queue(lambda: self._begin(lead.of, lambda: lead.goal, lead.profile))

    def moved(self, point: XY, ordinal: int, heading_deg: float | None) -> None:
        """The reader is somewhere else now (map metres)."""
        self._pose = core.Pose(point, ordinal, heading_deg)
        self._visit.at = Position(point, ordinal)
        if self._visit.guidance is not None:
            self._news.set()

    def plan_changed(self, changes: Sequence[Change] = ()) -> None:
        """The building is another one now; ``changes``: what was closed or opened, as far as it is known."""
        self._changes = [*(self._changes or ()), *changes]
        self._news.set()

    def stop(self, reason: Ended) -> None:
        """Lead no further; nothing happens when nobody is being led."""
        self._jobs.clear()
        guidance, self._visit.guidance = self._visit.guidance, None
        if guidance is not None:
            self._line.send(wire.GuideStopped(of=guidance.of, reason=reason))

    def resume(self) -> None:
        """The connection is new, the visit is not: send the route again."""
        guidance = self._visit.guidance
        if guidance is not None and guidance.route is not None:
            self._line.send(guidance.route)

    async def run(self) -> None:
        """Guide, for as long as the connection lasts."""
        while True:
            await self._news.wait()
            self._news.clear()
            while self._jobs:
                await self._jobs.popleft()()
            guidance = self._visit.guidance
            if guidance is None:
                self._changes = None
                continue
            if self._changes is not None:
                changes, self._changes = self._changes, None
                why = " ".join(say_change(one, guidance.lang) for one in changes)
                async with self._parts.rerouting:
                    await self._step(guidance, partial(self._change_plan, guidance), why)
            if self._pose is not None:
                pose, self._pose = self._pose, None
                await self._step(guidance, partial(self._move, guidance, pose))

    def _move(self, guidance: Guidance, pose: core.Pose) -> Sequence[core.Event]:
        guidance.told = False
        return guidance.core.moved(pose, self._line.clock())

    def _change_plan(self, guidance: Guidance) -> Sequence[core.Event]:
        assert self._parts.building is not None
        return guidance.core.plan_changed(self._parts.building, self._line.clock())

    def _queue(self, job: Callable[[], Any]) -> None:
        self._jobs.append(job)
        self._news.set()

    async def _begin(self, of: str, resolve: Callable[[], Goal], profile: wire.Profile, told: bool = False) -> None:
        visit, parts = self._visit, self._parts
        start = visit.at or parts.here
        building = parts.building
        if building is None or start is None:
            self._line.send(translate.error("not_ready", visit.lang, of))
            return
        try:
            goal = await parts.workers.run("thinking", resolve)
        except RefusedError as refused:
            self._line.send(translate.error(refused.code, visit.lang, of))
            return
        except Exception as fault:  # a shell edge: the reader gets a sentence
            self._fail(fault, of)
            return
        self.stop("replaced")
        guide = core.Guide(building, goal.place, profile, visit.lang, goal.bay)
        guidance = Guidance(of, goal, profile, visit.lang, guide, told=told)
        visit.guidance = guidance
        pose = core.Pose(start.point, start.ordinal, None)
        await self._step(guidance, lambda: guide.start(pose, self._line.clock()))

    async def _step(self, guidance: Guidance, work: Callable[[], Sequence[core.Event]], why: str = "") -> None:
        """Let the core work, and tell what it says. ``why``: what was changed in the building."""
        try:
            with self._parts.telemetry.timed("route"):
                events = await self._parts.workers.run("thinking", work)
        except Exception as fault:  # a shell edge: guidance ends, the visit goes on
            self._visit.guidance = None
            self._fail(fault, guidance.of)
            return
        unsaid = ""
        for event in events:
            if self._visit.guidance is not guidance:
                return
            if isinstance(event, core.NewRoute):
                unsaid = why
                self._send_route(guidance, event, why)
            elif isinstance(event, core.StepDue):
                self._tell_step(guidance, event, unsaid)
                unsaid = ""
            else:
                self._tell(guidance, event)
        if unsaid:
            self._voice.say(unsaid, guidance.lang, guidance.of, "step", self._line.clock())

    def _tell_step(self, guidance: Guidance, event: core.StepDue, before: str) -> None:
        self._line.send(wire.StepDue(revision=event.revision, step=event.step, text=event.text))
        if not guidance.told or before:
            text = f"{before} {event.text}".strip()
            self._voice.say(text, guidance.lang, guidance.of, "step", self._line.clock())

    def _fail(self, fault: Exception, of: str) -> None:
        log.error("guidance failed", exc_info=fault)
        self._line.send(translate.error_message(fault, self._visit.lang, of, "guide"))

    def _resolve(self, request: wire.Guide) -> Goal:
        """The goal of a request; runs in a worker. Raises RefusedError."""
        if request.record_id is not None:
            located = self._parts.finder.locate(request.record_id)
            if located is None:
                raise RefusedError("unknown_record")
            if located.stand is None:
                raise RefusedError("no_shelf")
            return goal_of(located.stand, (located,))
        places = self._parts.place_of(request.to or "")
        if len(places) != 1:
            raise RefusedError("ambiguous_place" if places else "unknown_place")
        return goal_of(places[0], ())

    def _tell(self, guidance: Guidance, event: core.Event) -> None:
        plan = self._parts.plan
        assert plan is not None
        match event:
            case core.Progress():
                self._line.send_latest("progress", translate.progress(event))
            case core.Arrived():
                self._visit.guidance = None
                arrived = translate.arrived(event, guidance.goal.place, guidance.goal.range_id, guidance.goal.bay)
                self._line.send(arrived)
                self._voice.say(arrived.text, guidance.lang, guidance.of, "step", self._line.clock())

    def _send_route(self, guidance: Guidance, event: core.NewRoute, why: str) -> None:
        plan = self._parts.plan
        assert plan is not None
        body = translate.route_body(event.route, plan, guidance.lang)
        if body.length_m is None:
            self._visit.guidance = None
            self._line.send(wire.NoWay(of=guidance.of, reason=f"{why} {body.reason or ''}".strip()))
            return
        guidance.route = wire.Route(
            revision=event.revision,
            of=guidance.of,
            reason=event.reason,
            goal=translate.goal_name(guidance.goal.place),
            range_id=guidance.goal.range_id,
            bay=guidance.goal.bay,
            route=body,
            why=why,
        )
        self._line.send(guidance.route)


def goal_of(place: Place, items: Sequence[Located]) -> Goal:
    """The goal of a place, with its shelf and bay when an item stands there."""
    for item in items:
        if item.face is not None and item.stand is not None and item.face.range_id == place.id:
            return Goal(place, item.face.range_id, item.bay)
    return Goal(place, place.id if place.kind == "shelf" else None)
