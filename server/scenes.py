"""The one place of a node where worlds are painted: the queue's shell, shared by all connections.

``SceneQueue`` is what a connection needs of a queue; ``Scenes`` is the one in this process, ``RedisScenes``
(``server/scenes_redis.py``) the one whose worlds are painted by workers anywhere.

Everything here runs in the event loop except ``Worlds.make``, which runs in the thread of the pool "painting". A node's
queue lives in memory: when the process dies, clients that come back ask again, and what was finished is in the store.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assets.brief import Brief
from assets.errors import BlockedError, MemoryShortError, ModelError, PainterError, StoppedError, StoreError
from assets.job import Jobs, Place, Refused, Ticket
from assets.painters import Watch
from assets.store import Entry
from server.telemetry import log
from server.workers import Stop, WorkError, Workers

if TYPE_CHECKING:
    from server.worlds import Worlds


@dataclass(frozen=True, slots=True)
class Watcher:
    """What a waiting client is told. ``preview``: JPEG bytes."""

    placed: Callable[[Place], None]
    progress: Callable[[int, int, bytes | None], None]
    ready: Callable[[Entry], None]
    failed: Callable[[BaseException], None]


class SceneQueue(Protocol):
    """Worlds asked for and waited for. Calls from the event loop; each request ends in ready or failed, once, unless it
    is cancelled. Every implementation passes ``tests/contract/scene_contract.py``."""

    worlds: Worlds

    async def request(self, key: str, brief: Brief, ticket: Ticket, watcher: Watcher) -> Refused | None:
        """Wait for the world of a brief; None when the request is taken."""
        ...

    def cancel(self, ticket: Ticket) -> bool:
        """Withdraw a request; was it waiting?"""
        ...

    def leave(self, owner: str) -> None:
        """Withdraw everything that a client has asked for."""
        ...

    async def close(self) -> None:
        """Stop."""
        ...


class Scenes:
    """``clock``: seconds; all calls from one event loop."""

    def __init__(self, worlds: Worlds, workers: Workers, clock: Callable[[], float], jobs: Jobs | None = None) -> None:
        self.worlds = worlds
        self._workers, self._clock = workers, clock
        self._jobs = jobs or Jobs()
        self._briefs: dict[str, Brief] = {}
        self._watchers: dict[Ticket, Watcher] = {}
        self._stop: Stop | None = None
        self._painting: asyncio.Task[None] | None = None

    async def request(self, key: str, brief: Brief, ticket: Ticket, watcher: Watcher) -> Refused | None:
        """Wait for the world of a brief; None when the request is taken."""
        place = self._jobs.request(key, ticket, self._clock())
        if isinstance(place, Refused):
            return place
        self._briefs[key] = brief
        self._watchers[ticket] = watcher
        watcher.placed(place)
        if self._painting is None or self._painting.done():
            self._painting = asyncio.get_running_loop().create_task(self._paint_all())
        return None

    def cancel(self, ticket: Ticket) -> bool:
        """Withdraw a request; was it waiting?"""
        done = self._jobs.cancel(ticket)
        self._watchers.pop(ticket, None)
        if done == "stop" and self._stop is not None:
            self._stop.set()
        return done != "unknown"

    def leave(self, owner: str) -> None:
        """Withdraw everything that a client has asked for."""
        for ticket in self._jobs.list_tickets(owner):
            self.cancel(ticket)

    async def close(self) -> None:
        """Stop painting."""
        if self._stop is not None:
            self._stop.set()
        if self._painting is not None:
            self._painting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._painting

    async def _paint_all(self) -> None:
        while (job := self._jobs.begin(self._clock())) is not None:
            self._tell_places()
            brief, stop = self._briefs[job.key], Stop()
            self._stop = stop
            watch = Watch(self._teller(job.tickets), stop)
            try:
                entry = await self._workers.run("painting", lambda b=brief, w=watch: self._make(b, w), stop)  # type: ignore[misc]
            except (PainterError, StoreError, BlockedError, WorkError) as fault:
                self._fail(fault)
            except Exception as fault:  # the edge of the queue: one broken world must not stop the others
                log.error("a world could not be made", exc_info=fault)
                self._fail(fault)
            else:
                for ticket in self._jobs.finished(self._clock()):
                    watcher = self._watchers.pop(ticket, None)
                    if watcher is not None:
                        watcher.ready(entry)
            self._stop = None
            waiting = set(self._jobs.list_tickets())
            self._watchers = {t: w for t, w in self._watchers.items() if t in waiting}
            if not waiting:
                self._briefs.clear()

    def _make(self, brief: Brief, watch: Watch) -> Entry:
        kept = self.worlds.find(self.worlds.key(brief))  # another node may have been quicker
        return kept if kept is not None else self.worlds.keep(self.worlds.make(brief, watch))

    def _fail(self, fault: Exception) -> None:
        may_pass = not isinstance(fault, StoppedError | BlockedError | ModelError | MemoryShortError | StoreError)
        if not isinstance(fault, StoppedError):
            log.warning("a world failed: %s", type(fault).__name__)
        for ticket in self._jobs.failed(may_pass):
            watcher = self._watchers.pop(ticket, None)
            if watcher is not None:
                watcher.failed(fault)

    def _teller(self, tickets: list[Ticket]) -> Callable[[int, int, bytes | None], None]:
        loop = asyncio.get_running_loop()

        def tell(done: int, of: int, preview: bytes | None) -> None:
            loop.call_soon_threadsafe(self._progress, tickets, done, of, preview)

        return tell

    def _progress(self, tickets: list[Ticket], done: int, of: int, preview: bytes | None) -> None:
        for ticket in tickets:
            watcher = self._watchers.get(ticket)
            if watcher is not None:
                watcher.progress(done, of, preview)

    def _tell_places(self) -> None:
        for ticket in self._jobs.list_tickets():
            place, watcher = self._jobs.place(ticket, self._clock()), self._watchers.get(ticket)
            if place is not None and watcher is not None:
                watcher.placed(place)
