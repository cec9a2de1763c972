"""Visits that another server can go on with: their state in Redis, and who holds each.

A connected visit is written ``SAVE_WITHIN_S`` after something that matters changed, and every ``REFRESH_S`` in any
case. To a client that numbers what it gets, a message is sent when it has been written: what one has seen, no server
forgets.

Who resumes a visit that another living server holds asks it to hand over (topic ``visits``): that one ends its
connection, writes the newest state and lets go. A server that has died, or is cut off, is waited for ``HAND_OVER_S``;
when it writes later, it finds that it holds the visit no more, and ends its connection.

The id of a visit is a secret and is not written: keys are made of its hash. What Redis loses is written again
(``RENEWED``). While Redis is away visits go on where they are.
"""

from __future__ import annotations

import asyncio
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from server.hub import RENEWED, Hub
from server.sessions import RESUME_WITHIN_S, Sessions, Visit
from server.telemetry import log
from server.visit_state import from_state, to_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from redis.asyncio import Redis

TOPIC = "visits"
SAVE_WITHIN_S = 0.003
REFRESH_S = 20.0
TRY_AGAIN_S = 0.5
HAND_OVER_S = 0.5
WRITTEN_WITHIN_S = 1.0
ANSWER_WITHIN_S = 2.0

_SAVE = """
local holder = redis.call('HGET', KEYS[1], 'holder')
if holder and holder ~= '' and holder ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'holder', ARGV[2], 'state', ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[4])
return 1
"""
_TAKE = """
local state = redis.call('HGET', KEYS[1], 'state')
if state then redis.call('HSET', KEYS[1], 'holder', ARGV[1]) end
return state
"""


class RedisVisits:
    """One server's visits. All calls from its event loop. ``name`` sets libraries on one Redis apart."""

    def __init__(
        self, url: str, sessions: Sessions, hub: Hub, node: str, clock: Callable[[], float], name: str = "shelfway"
    ) -> None:
        self._url, self._sessions, self._hub, self._name = url, sessions, hub, name
        self._node, self._clock = node, clock
        self._changed: dict[str, Visit] = {}
        self._saved: dict[str, float] = {}
        self._news, self._written = asyncio.Event(), asyncio.Event()
        self._away = False
        self._redis: Redis | None = None

    def touch(self, visit: Visit) -> None:
        """Something of a visit has changed that must not be lost."""
        self._changed[visit.id] = visit
        self._news.set()

    async def find(self, id_: str) -> Visit | None:
        """The visit that another server had; this one holds it from now on. None: nobody has it, or Redis is away."""
        from redis.exceptions import RedisError

        key = self._key(id_)
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                await self._ask_for(key)
                state: Any = await self._connected().eval(_TAKE, 1, key, self._node)
        except (RedisError, OSError, TimeoutError) as fault:
            log.info("a visit could not be looked up (%s)", type(fault).__name__)
            return None
        if state is None:
            return None
        try:
            visit = from_state(id_, state.decode(), self._clock())
        except ValueError:
            log.warning("a visit that another server wrote is not understood here; it begins anew")
            return None
        self._sessions.adopt(visit)
        return visit

    async def written(self, visit: Visit, number: int) -> None:
        """Wait until a numbered message has been written; not while Redis is away, for readers come first."""
        until = self._clock() + WRITTEN_WITHIN_S
        while visit.written < number and not self._away and self._clock() < until:
            self._written.clear()
            try:
                async with asyncio.timeout(WRITTEN_WITHIN_S):
                    await self._written.wait()
            except TimeoutError:
                return

    async def run(self) -> None:
        """Write what changes, and hand over what others go on with, as long as the server runs."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._save_changed())
            group.create_task(self._refresh())
            group.create_task(self._hand_over())

    async def close(self) -> None:
        """Write every visit and let go of it, so that the others need not wait."""
        from redis.exceptions import RedisError

        if self._redis is None and not len(self._sessions):
            return
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                for visit in self._sessions.all():
                    await self._save(visit, holder="")
        except (RedisError, OSError, TimeoutError) as fault:
            log.info("visits could not be left to other servers (%s)", type(fault).__name__)
        if self._redis is not None:
            await self._redis.aclose()

    async def _ask_for(self, key: str) -> None:
        """Wait until nobody else holds the visit, though not for long."""
        redis = self._connected()
        holder: Any = await redis.hget(key, "holder")
        if not holder or holder.decode() == self._node:
            return
        await self._hub.publish(TOPIC, {"wanted": key, "node": self._node})
        until = self._clock() + HAND_OVER_S
        while holder and self._clock() < until:
            await asyncio.sleep(0.01)
            holder = await redis.hget(key, "holder")

    async def _save_changed(self) -> None:
        from redis.exceptions import RedisError

        while True:
            await self._news.wait()
            await asyncio.sleep(SAVE_WITHIN_S)
            self._news.clear()
            await self._hub.settled()  # what a visit has said to others is written before that it has said it
            changed, self._changed = self._changed, {}
            for visit in list(changed.values()):
                try:
                    if not await self._save(visit, self._node):
                        self._lose(visit)
                except (RedisError, OSError, TimeoutError):
                    self._away = True
                    self._written.set()
                    self._changed = {**changed, **self._changed}
                    await asyncio.sleep(TRY_AGAIN_S)
                    self._news.set()
                    break
                del changed[visit.id]
                self._away = False
            self._written.set()

    async def _refresh(self) -> None:
        """Write visits that change without being touched (where the reader is, how far she has spoken)."""
        while True:
            await asyncio.sleep(1.0)
            now = self._clock()
            self._saved = {id_: at for id_, at in self._saved.items() if self._sessions.knows(id_)}
            for visit in self._sessions.all():
                pause_s = 1.0 if visit.unsaid_now() is not None else REFRESH_S
                if visit.holder is not None and now - self._saved.get(visit.id, 0.0) >= pause_s:
                    self.touch(visit)

    async def _hand_over(self) -> None:
        async with self._hub.subscribe(TOPIC, RENEWED) as news:
            async for publication in news:
                if publication.topic == RENEWED or publication.missed:
                    for visit in self._sessions.all():
                        self.touch(visit)
                elif publication.topic == TOPIC and publication.body["node"] != self._node:
                    await self._let_go(publication.body["wanted"])

    async def _let_go(self, key: str) -> None:
        from redis.exceptions import RedisError

        for visit in self._sessions.all():
            if self._key(visit.id) == key:
                visit.end_here()
                await asyncio.sleep(0)  # its connection writes down what was not said
                self._sessions.drop(visit)
                self._changed.pop(visit.id, None)
                try:
                    await self._save(visit, holder="")
                except (RedisError, OSError, TimeoutError):
                    log.info("a visit was handed over without its newest state")

    async def _save(self, visit: Visit, holder: str) -> bool:
        """Write it; False when another server holds it by now."""
        kept_s = round(RESUME_WITHIN_S + 2 * REFRESH_S)
        number = visit.replay.last if visit.replay is not None else 0
        fields = (self._node, holder, to_state(visit), kept_s)
        written: Any = await self._connected().eval(_SAVE, 1, self._key(visit.id), *fields)
        self._saved[visit.id] = self._clock()
        visit.written = number
        return bool(written)

    def _lose(self, visit: Visit) -> None:
        visit.end_here()
        self._sessions.drop(visit)

    def _key(self, id_: str) -> str:
        return f"{self._name}:visit:{sha256(id_.encode()).hexdigest()}"

    def _connected(self) -> Redis:
        if self._redis is None:
            from redis.asyncio import Redis
            from redis.asyncio.retry import Retry
            from redis.backoff import NoBackoff

            self._redis = Redis.from_url(
                self._url, retry=Retry(NoBackoff(), 1), socket_timeout=2.0, socket_connect_timeout=1.0
            )
        return self._redis
