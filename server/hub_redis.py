"""The hub between servers, over Redis: a stream for what must not be lost, publish/subscribe for what may be.

*Reliable* (``publish``): subscribers of this server get it at once; others read it from one stream, in which every
publication has its server and a number counted there. So a repeated one is known, and a gap is told as ``missed``.
While Redis is away publications wait here; when it comes back empty (its epoch is another one) the last ``KEPT`` are
written again, and the topic ``RENEWED`` tells the parts of this server to announce their state anew.

*Droppable* (``cast``): one message on a channel, never waited for, lost while Redis is away.

A broken connection is no exception to anybody here: it is tried again, at first after 50 ms, at last every second.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from server.hub import RENEWED, Publication
from server.hub_memory import Casts, Subscription
from server.telemetry import log

if TYPE_CHECKING:
    from redis.asyncio import Redis

KEPT = 512
"""Publications of this server that are written again when Redis has lost them."""
WAITING = 10_000
"""Publications that may wait for Redis; beyond it the oldest are given up, which readers are told as ``missed``."""
STREAM_LENGTH = 10_000
READ_AT_ONCE = 200
BLOCK_MS = 500
FIRST_WAIT_S, LONGEST_WAIT_S = 0.05, 1.0
READY_WITHIN_S = 2.0
SETTLED_WITHIN_S = 1.0

_WRITE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
for i = 3, #ARGV do redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[2], '*', 'p', ARGV[i]) end
return 1
"""
"""Write only into the epoch that the writer knows."""


class RedisHub:
    """One server's hub. All calls from its event loop; ``name`` sets libraries on one Redis apart."""

    def __init__(self, url: str, name: str = "shelfway") -> None:
        self._url = url
        self._epoch_key, self._stream, self._channel = f"{name}:epoch", f"{name}:events", f"{name}:cast:"
        self.node = secrets.token_hex(8)
        self._number = 0
        self._waiting: deque[tuple[int, bytes]] = deque(maxlen=WAITING)
        self._kept: deque[tuple[int, bytes]] = deque(maxlen=KEPT)
        self._casting: deque[tuple[str, bytes]] = deque(maxlen=256)
        self._news, self._cast_news, self._ready = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._written, self._away = asyncio.Event(), False
        self._epoch, self._last = b"", b"0-0"
        self._seen: dict[str, int] = {}
        self._subscriptions: set[Subscription] = set()
        self._casts = Casts()
        self._tasks: list[asyncio.Task[None]] = []
        self._redis: Redis | None = None
        self._closed = False

    async def publish(self, topic: str, body: Mapping[str, Any]) -> None:
        """Tell every subscriber of the topic, on every server."""
        self._start()
        self._number += 1
        told = {"node": self.node, "number": self._number, "topic": topic, "body": dict(body)}
        self._waiting.append((self._number, json.dumps(told).encode()))
        self._give(Publication(topic, dict(body)))
        self._news.set()

    @asynccontextmanager
    async def subscribe(self, *topics: str) -> AsyncIterator[AsyncIterator[Publication]]:
        """Publications of these topics from the moment the context is entered, without end."""
        await self._be_ready()
        subscription = Subscription(frozenset(topics))
        self._subscriptions.add(subscription)
        try:
            yield aiter(subscription)
        finally:
            self._subscriptions.discard(subscription)

    def cast(self, topic: str, data: bytes) -> None:
        """Send what may be lost; never waits."""
        self._start()
        self._casts.give(topic, data)
        self._casting.append((topic, self.node.encode() + data))
        self._cast_news.set()

    @asynccontextmanager
    async def listen(self, topic: str) -> AsyncIterator[AsyncIterator[bytes]]:
        """What is cast on a topic."""
        await self._be_ready()
        async with self._casts.listen(topic) as news:
            yield news

    async def settled(self) -> None:
        """Wait until Redis has what was published by now; not while it is away."""
        number = self._number
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SETTLED_WITHIN_S):
                while self._waiting and self._waiting[0][0] <= number and not self._away:
                    self._written.clear()
                    await self._written.wait()

    async def close(self) -> None:
        """Write what waits, if Redis takes it soon; then end every subscription."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(READY_WITHIN_S if self._ready.is_set() else 0.0):
                while self._waiting or self._casting:
                    await asyncio.sleep(0.005)
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._redis is not None:
            await self._redis.aclose()
        for subscription in self._subscriptions:
            subscription.end()
        self._casts.end()

    def _start(self) -> None:
        """Connect when first used, inside the event loop."""
        if self._tasks:
            return
        from redis.asyncio import Redis
        from redis.asyncio.retry import Retry
        from redis.backoff import NoBackoff

        self._redis = Redis.from_url(
            self._url, retry=Retry(NoBackoff(), 0), socket_timeout=5.0, socket_connect_timeout=1.0
        )
        jobs = (self._read, self._write, self._hear, self._send_casts)
        self._tasks = [asyncio.ensure_future(self._again(job)) for job in jobs]

    async def _be_ready(self) -> None:
        """Wait until the place in the stream is known; while Redis is away not for long."""
        self._start()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(READY_WITHIN_S):
                await self._ready.wait()

    async def _again(self, job: Callable[[Redis], Awaitable[None]]) -> None:
        """Do a job for ever, over every loss of the connection."""
        from redis.exceptions import RedisError

        assert self._redis is not None
        wait_s = FIRST_WAIT_S
        while not self._closed:
            try:
                await job(self._redis)
                wait_s = FIRST_WAIT_S
            except (RedisError, OSError, TimeoutError) as fault:
                log.info("the hub has lost Redis (%s), it tries again", type(fault).__name__)
                self._away = True
                self._written.set()
                await asyncio.sleep(wait_s)
                wait_s = min(2 * wait_s, LONGEST_WAIT_S)

    async def _read(self, redis: Redis) -> None:
        await self._find_epoch(redis)
        reply: Any = await redis.xread({self._stream: self._last}, READ_AT_ONCE, BLOCK_MS)
        for _, entries in reply or ():
            for id_, fields in entries:
                self._last = id_
                self._take(json.loads(fields[b"p"]))

    async def _find_epoch(self, redis: Redis) -> None:
        """Learn which stream this is; begin at its end the first time, at its start when it is another one."""
        fresh = secrets.token_hex(8).encode()
        found: Any = await redis.set(self._epoch_key, fresh, nx=True, get=True)
        epoch: bytes = found or fresh
        if epoch == self._epoch:
            return
        first = not self._epoch
        if first:
            newest: Any = await redis.xrevrange(self._stream, count=1)
            self._last = newest[0][0] if newest else b"0-0"
        else:
            self._last = b"0-0"
            self._waiting.extendleft(reversed(self._kept))
            self._kept.clear()
        self._epoch = epoch
        self._ready.set()
        self._news.set()
        if not first:
            self._give(Publication(RENEWED, {}))

    def _take(self, told: dict[str, Any]) -> None:
        node, number = told["node"], told["number"]
        before = self._seen.get(node)
        if node == self.node or (before is not None and number <= before):
            return
        self._seen[node] = number
        missed = number - before - 1 if before is not None else 0
        if missed:
            for subscription in self._subscriptions:
                subscription.missed += missed
        self._give(Publication(told["topic"], told["body"]))

    def _give(self, publication: Publication) -> None:
        for subscription in self._subscriptions:
            if publication.topic in subscription.topics:
                subscription.put(publication)

    async def _write(self, redis: Redis) -> None:
        await self._news.wait()
        if not self._waiting or not self._epoch:
            self._news.clear()
            return
        batch = [self._waiting[i] for i in range(min(READ_AT_ONCE, len(self._waiting)))]
        epoch = self._epoch
        keys = (self._epoch_key, self._stream)
        written: Any = await redis.eval(_WRITE, 2, *keys, epoch, STREAM_LENGTH, *(data for _, data in batch))
        if not written:
            await self._find_epoch(redis)
            return
        if epoch == self._epoch:  # else the reader has put them all in line again
            done = batch[-1][0]
            while self._waiting and self._waiting[0][0] <= done:
                self._kept.append(self._waiting.popleft())
            self._away = False
            self._written.set()

    async def _hear(self, redis: Redis) -> None:
        async with redis.pubsub() as news:
            await news.psubscribe(f"{self._channel}*")
            while True:
                message = await news.get_message(ignore_subscribe_messages=True, timeout=BLOCK_MS / 1000)
                if message is not None and not message["data"].startswith(self.node.encode()):
                    topic = message["channel"].decode().removeprefix(self._channel)
                    self._casts.give(topic, message["data"][len(self.node) :])

    async def _send_casts(self, redis: Redis) -> None:
        await self._cast_news.wait()
        self._cast_news.clear()
        async with redis.pipeline(transaction=False) as pipe:
            while self._casting:
                topic, data = self._casting.popleft()
                pipe.publish(self._channel + topic, data)
            await pipe.execute()
