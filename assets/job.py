"""The queue of paintings, as a core: who waits for what, in which order, and how long it will take.

Equal briefs are painted once, however many wait. A job that nobody waits for any more is dropped, or stopped when it
runs. Told the time (seconds, any epoch); no clock, no threads of its own.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Literal

Ticket = tuple[str, str]
"""Who waits: owner (a visit) and the request's id there."""


@dataclass(frozen=True, slots=True)
class JobSettings:
    """``waiting_max``: jobs in the queue; ``per_owner``: requests of one owner at a time; ``attempts``: tries of a job
    whose fault may pass; ``guess_s``: how long a painting takes before any was measured."""

    waiting_max: int = 24
    per_owner: int = 3
    attempts: int = 2
    guess_s: float = 4.0


@dataclass(slots=True)
class Job:
    """One painting. ``tickets``: who waits, the first one first."""

    key: str
    tickets: list[Ticket] = field(default_factory=list)
    begun_at: float | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request stands. ``position`` 0: it is painted now. ``shared``: others waited already."""

    position: int
    wait_s: float
    shared: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """The request is not taken. ``wait_s``: when to ask again. ``no_painter``: nobody paints at the moment."""

    reason: Literal["too_many", "queue_full", "repeated", "no_painter"]
    wait_s: float


class Jobs:
    """All paintings of one node; one is painted at a time."""

    def __init__(self, settings: JobSettings = JobSettings()) -> None:
        self._settings = settings
        self._waiting: deque[Job] = deque()
        self._running: Job | None = None
        self._typical_s = settings.guess_s

    def request(self, key: str, ticket: Ticket, now: float) -> Place | Refused:
        """Wait for a painting; it is queued unless somebody waits for the same already."""
        owners = Counter(owner for job in self._all() for owner, _ in job.tickets)
        if any(ticket in job.tickets for job in self._all()):
            return Refused("repeated", 0.0)
        if owners[ticket[0]] >= self._settings.per_owner:
            return Refused("too_many", self._typical_s)
        job = next((one for one in self._all() if one.key == key), None)
        shared = job is not None
        if job is None:
            if len(self._waiting) >= self._settings.waiting_max:
                return Refused("queue_full", self._wait(len(self._waiting), now))
            job = Job(key)
            self._waiting.append(job)
        job.tickets.append(ticket)
        place = self.place(ticket, now)
        assert place is not None
        return Place(place.position, place.wait_s, shared)

    def begin(self, now: float) -> Job | None:
        """The job to paint now; None while one is painted or none waits."""
        if self._running is not None or not self._waiting:
            return None
        self._running = self._waiting.popleft()
        self._running.begun_at = now
        self._running.attempts += 1
        return self._running

    def finished(self, now: float) -> tuple[Ticket, ...]:
        """The running job is done: who gets it."""
        job = self._end()
        took = now - (job.begun_at if job.begun_at is not None else now)
        self._typical_s = 0.6 * self._typical_s + 0.4 * max(0.05, took)
        return tuple(job.tickets)

    def failed(self, may_pass: bool) -> tuple[Ticket, ...]:
        """The running job failed: who is told so; none when it is tried again, before all others."""
        job = self._end()
        if may_pass and job.tickets and job.attempts < self._settings.attempts:
            self._waiting.appendleft(job)
            return ()
        return tuple(job.tickets)

    def cancel(self, ticket: Ticket) -> Literal["withdrawn", "stop", "unknown"]:
        """One request is withdrawn; "stop": the running job is wanted by nobody any more and should stop."""
        for job in self._all():
            if ticket in job.tickets:
                job.tickets.remove(ticket)
                if job.tickets:
                    return "withdrawn"
                if job is self._running:
                    return "stop"
                self._waiting.remove(job)
                return "withdrawn"
        return "unknown"

    def list_tickets(self, owner: str | None = None) -> tuple[Ticket, ...]:
        """Everybody who waits, or all requests of one owner."""
        found = (ticket for job in self._all() for ticket in job.tickets)
        return tuple(ticket for ticket in found if owner is None or ticket[0] == owner)

    def place(self, ticket: Ticket, now: float) -> Place | None:
        """Where a request stands; None when it is not waiting."""
        ahead = 0 if self._running is None else 1
        if self._running is not None and ticket in self._running.tickets:
            return Place(0, self._left(now), len(self._running.tickets) > 1)
        for number, job in enumerate(self._waiting):
            if ticket in job.tickets:
                return Place(number + ahead, self._wait(number, now), len(job.tickets) > 1)
        return None

    def _wait(self, before: int, now: float) -> float:
        return round((self._left(now) if self._running else 0.0) + (before + 1) * self._typical_s, 1)

    def _left(self, now: float) -> float:
        job = self._running
        begun = now if job is None or job.begun_at is None else job.begun_at
        return round(max(0.2, self._typical_s - (now - begun)), 1)

    def _end(self) -> Job:
        assert self._running is not None, "no job runs"
        job, self._running = self._running, None
        return job

    def _all(self) -> list[Job]:
        return [*([self._running] if self._running else []), *self._waiting]
