"""A tour through the building: people walk together from stop to stop. Told who comes, goes and moves, and the time.

Led by the librarian, it goes on by itself: when all are at the stop, or ``PATIENCE_S`` after the first, she tells what
there is to tell, and after that leads on. Led by a person, it goes on when that person says so. Without stops the tour
is wherever its leader is, and those who fall behind are led after. A broken line is waited for as long as a visit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final, Literal

from spatial.plan import XY, Labels

NEAR_M: Final = 4.0
"""So near to a stop one is there."""
BEHIND_M: Final = 6.0
"""So far from a leader without stops one is led after."""
AGAIN_S: Final = 3.0
"""A moving leader is a new goal at most so often."""
PATIENCE_S: Final = 60.0
AWAY_S: Final = 120.0
"""So long a tour waits for a leader, or for anybody at all, whose line broke."""

Phase = Literal["walking", "there", "ended"]
Ended = Literal["finished", "asked", "leader_left", "nobody"]
LedBy = Literal["librarian", "person"]
Way = Literal["next", "back", "end"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A place with what is told there. ``place``: as people write it in ``guide.to``; names and texts by language."""

    name: Labels
    point: XY
    ordinal: int
    place: str
    text: Labels = field(default_factory=dict)
    record_id: str | None = None
    stay_s: float = 0.0

    @property
    def lasts_s(self) -> float:
        """How long people stay: as given, else as long as the text takes to be read aloud, and five seconds."""
        spoken = max((len(text) / (4.0 if lang == "zh" else 14.0) for lang, text in self.text.items()), default=0.0)
        return self.stay_s or 5.0 + spoken


@dataclass(frozen=True, slots=True)
class LeadTo:
    """Lead these people to the stop, or (``stop`` is None) after their leader, who is at ``point``."""

    who: tuple[str, ...]
    stop: int | None
    point: XY
    ordinal: int


@dataclass(frozen=True, slots=True)
class Tell:
    """All are at the stop: tell them about it."""

    stop: int


@dataclass(frozen=True, slots=True)
class Changed:
    """The tour stands otherwise than before: tell everybody in the room."""


Event = LeadTo | Tell | Changed


@dataclass(slots=True)
class _Walker:
    at: tuple[XY, int] | None = None
    there: bool = False
    lost_at: float | None = None


class TourCore:
    """One tour. People are opaque keys that outlive their connections; ``leader``: who began it."""

    def __init__(self, stops: tuple[Stop, ...], led_by: LedBy, leader: str, now: float) -> None:
        self.stops, self.led_by, self.leader = stops, led_by, leader
        self.at = 0
        self.phase: Phase = "walking"
        self.reason: Ended | None = None
        self._walkers: dict[str, _Walker] = {}
        self._lead = _Walker()
        self._goal: tuple[XY, int] | None = None
        self._led_at = -math.inf
        self._first_at: float | None = None
        self._until: float | None = None
        self._alone_since: float | None = now

    @property
    def followers(self) -> tuple[str, ...]:
        """Who follows, the leader of a tour led by a person not counted."""
        return tuple(self._walkers)

    @property
    def gathered(self) -> int:
        """How many followers are at the stop."""
        return sum(walker.there for walker in self._walkers.values())

    def join(self, who: str, now: float) -> tuple[Event, ...]:
        """Somebody follows from now on, or is back after a broken line."""
        if self.phase == "ended" or (self.led_by == "person" and who == self.leader):
            if who == self.leader:
                self._lead.lost_at = None
            return ()
        self._alone_since = None
        back = self._walkers.get(who)
        if back is not None:
            back.lost_at = None
            return ()
        self._walkers[who] = _Walker()
        return (*self._lead_there((who,)), Changed())

    def leave(self, who: str, now: float) -> tuple[Event, ...]:
        """Somebody follows no longer; a leader who goes ends the tour."""
        if self.phase == "ended":
            return ()
        if who == self.leader and self.led_by == "person":
            return self._end("leader_left")
        if self._walkers.pop(who, None) is None:
            return ()
        if not self._walkers:
            if self.led_by == "librarian":
                return self._end("nobody")
            self._alone_since = now
        return (*self._look(now), Changed())

    def lose(self, who: str, now: float) -> None:
        """Somebody's line broke; they may come back."""
        walker = self._lead if who == self.leader and self.led_by == "person" else self._walkers.get(who)
        if walker is not None and walker.lost_at is None:
            walker.lost_at = now

    def move(self, who: str, point: XY, ordinal: int, now: float) -> tuple[Event, ...]:
        """Somebody is at ``point`` (map metres)."""
        if self.phase == "ended":
            return ()
        leads = who == self.leader and self.led_by == "person"
        walker = self._lead if leads else self._walkers.get(who)
        if walker is None:
            return ()
        walker.at = (point, ordinal)
        if not self.stops:
            return self._follow(now) if leads else ()
        stop = self.stops[self.at]
        if walker.there or stop.ordinal != ordinal or math.dist(point, stop.point) > NEAR_M:
            return ()
        walker.there = True
        if self._first_at is None:
            self._first_at = now
        return (*self._look(now), Changed())

    def steer(self, way: Way, now: float) -> tuple[Event, ...]:
        """Go on to the next stop, back to the one before, or end."""
        if self.phase == "ended":
            return ()
        if way == "end":
            return self._end("asked")
        return self._go(self.at + (1 if way == "next" else -1))

    def tick(self, now: float) -> tuple[Event, ...]:
        """Time has passed."""
        if self.phase == "ended":
            return ()
        lost = [who for who, one in self._walkers.items() if one.lost_at is not None and now - one.lost_at > AWAY_S]
        events: tuple[Event, ...] = ()
        for who in lost:
            events += self.leave(who, now)
        if self._lead.lost_at is not None and now - self._lead.lost_at > AWAY_S:
            return self._end("leader_left")
        if self.led_by == "librarian" and self._alone_since is not None and now - self._alone_since > AWAY_S:
            return self._end("nobody")
        if self._until is not None and now >= self._until:
            return events + self._go(self.at + 1)
        return events + self._look(now)

    def _look(self, now: float) -> tuple[Event, ...]:
        """Is it time to tell about the stop?"""
        if self.phase != "walking" or not self.stops or self._first_at is None:
            return ()
        here = [one for one in self._walkers.values() if one.lost_at is None]
        all_there = bool(here) and all(one.there for one in here)
        if self.led_by == "person":
            ready = self._lead.there and (all_there or not here or now - self._first_at >= PATIENCE_S)
        else:
            ready = all_there or (bool(here) and now - self._first_at >= PATIENCE_S)
        if not ready:
            return ()
        self.phase = "there"
        if self.led_by == "librarian":
            self._until = now + self.stops[self.at].lasts_s
        return Tell(self.at), Changed()

    def _go(self, to: int) -> tuple[Event, ...]:
        if to >= max(1, len(self.stops)):
            return self._end("finished")
        self.at, self.phase = max(0, to), "walking"
        self._first_at = self._until = None
        for walker in (*self._walkers.values(), self._lead):
            walker.there = False
        return (*self._lead_there((*self.followers, *((self.leader,) if self.led_by == "person" else ()))), Changed())

    def _lead_there(self, who: tuple[str, ...]) -> tuple[Event, ...]:
        if self.stops:
            stop = self.stops[self.at]
            return (LeadTo(who, self.at, stop.point, stop.ordinal),) if who else ()
        if self._lead.at is None:
            return ()
        return (LeadTo(who, None, *self._lead.at),)

    def _follow(self, now: float) -> tuple[Event, ...]:
        """The leader of a tour without stops has moved: lead those after who fell behind."""
        assert self._lead.at is not None
        (point, ordinal), goal = self._lead.at, self._goal
        if goal is not None and goal[1] == ordinal and math.dist(goal[0], point) < NEAR_M:
            return ()
        if now - self._led_at < AGAIN_S:
            return ()
        behind = tuple(
            who
            for who, one in self._walkers.items()
            if one.at is not None and (one.at[1] != ordinal or math.dist(one.at[0], point) > BEHIND_M)
        )
        if not behind:
            return ()
        self._goal, self._led_at = self._lead.at, now
        return (LeadTo(behind, None, point, ordinal),)

    def _end(self, reason: Ended) -> tuple[Event, ...]:
        self.phase, self.reason, self._until = "ended", reason, None
        return (Changed(),)
