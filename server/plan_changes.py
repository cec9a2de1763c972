"""Closing and opening while readers are on their way: the home's file, this server's building and the hub kept as one.

The file in the home is the truth. A change made here is written, taken over, and published on the topic ``plan``; one
made by another process of this home (``shelfway plan``) is seen in the file within ``LOOK_EVERY_S``; one made by a
server with a copy of the home comes by the hub and is written here too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from server.hub import RENEWED
from server.telemetry import log
from spatial.changes import FILE, Change, Closed, Closures, change, close_in, compare, load_closed, update_closed
from spatial.errors import TwinError
from spatial.mesh import Building
from spatial.plan import Labels

if TYPE_CHECKING:
    from server.parts import Parts

TOPIC = "plan"
LOOK_EVERY_S = 0.05
_Stamp = tuple[int, int, int] | None


class PlanChanges:
    """What is closed now. ``folder``: the home's twin. ``adopt``: tells others who hold the building.

    All calls from the event loop.
    """

    def __init__(self, parts: Parts, folder: Path, adopt: Callable[[Building], None] = lambda _: None) -> None:
        self._parts, self._folder, self._adopt = parts, folder, adopt
        self.now = Closures()
        self._stamp: _Stamp = None

    async def change(
        self, close: Iterable[str] = (), open_: Iterable[str] = (), reason: Labels | None = None
    ) -> tuple[Change, ...]:
        """Close and open by id, for good; what changed. Raises TwinError."""
        shut, opened = tuple(close), tuple(open_)
        await self._write(lambda now: change(now, shut, opened, reason))
        return await self._look()

    def take(self, body: Mapping[str, Any]) -> tuple[Change, ...]:
        """What a publication says was changed; the building is that one afterwards, whoever reads it first."""
        plan = self._parts.plan
        if plan is None or "closed" not in body:
            return ()
        self._use(Closures(body["number"], body["closed"]))
        return compare(plan, body["before"], body["closed"])

    async def run(self) -> None:
        """Start with what the home says, then follow it and the hub."""
        if self._parts.plan is None:
            return
        await self._look()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._follow_file())
            group.create_task(self._follow_hub())

    async def _follow_file(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            if self._stat() != self._stamp:
                await self._look()

    async def _follow_hub(self) -> None:
        async with self._parts.hub.subscribe(TOPIC, RENEWED) as news:
            async for publication in news:
                if publication.topic == RENEWED or publication.missed:
                    await self._tell(self.now.closed, self.now)
                    continue
                self.take(publication.body)
                mine = self.now
                await self._write(lambda now, mine=mine: mine if mine.number > now.number else now)  # type: ignore[misc]

    async def _look(self) -> tuple[Change, ...]:
        """Take over what the file says now, and tell everybody if that is news."""
        plan = self._parts.plan
        assert plan is not None
        self._stamp = self._stat()
        before = self.now
        try:
            after = await asyncio.to_thread(load_closed, self._folder)
        except TwinError as fault:
            log.error("what is closed cannot be read, it stays as it was: %s", fault)
            return ()
        if after.number <= self.now.number:
            return ()
        self._use(after)
        changes = compare(plan, before.closed, after.closed)
        if changes:
            await self._tell(before.closed, after)
        return changes

    async def _tell(self, before: Closed, after: Closures) -> None:
        """Publish what is closed now, and what was before."""
        told = {"number": after.number, "before": _plain(before), "closed": _plain(after.closed)}
        await self._parts.hub.publish(TOPIC, told)

    async def _write(self, act: Callable[[Closures], Closures]) -> None:
        await asyncio.to_thread(update_closed, self._folder, act)

    def _use(self, closures: Closures) -> None:
        building = self._parts.building
        if building is None or closures.number <= self.now.number:
            return
        self.now = closures
        self._parts.building = close_in(building, closures.closed)
        self._adopt(self._parts.building)

    def _stat(self) -> _Stamp:
        try:
            found = (self._folder / FILE).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino


def _plain(closed: Closed) -> dict[str, dict[str, str]]:
    return {id_: dict(reason) for id_, reason in closed.items()}
