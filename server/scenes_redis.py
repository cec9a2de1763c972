"""Worlds painted by workers on other machines: the server's side of the queue in Redis (SAQ).

The same Protocol as the queue in memory (``server/scenes.py: SceneQueue``). One job per brief on all nodes; readers of
several servers wait for it together; the job is called off when nobody waits any more. What Redis tells (progress,
ends) may be lost, so every second each waited-for job is looked up as well; while Redis is away readers wait.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assets.brief import Brief
from assets.errors import PainterError, StoppedError, StoreError
from assets.job import JobSettings, Place, Refused, Ticket
from server.scene_jobs import JOIN, LEAVE, RENEW, TICKET_S, Names, end_tasks, fault_of, open_queue, unpack_progress
from server.telemetry import log

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from saq.job import Job

    from server.scenes import Watcher
    from server.workers import Workers
    from server.worlds import Worlds

JOB_LIMIT_S = 900
RENEW_EVERY = 10
"""Requests are renewed on each tenth look."""


@dataclass(slots=True)
class _Held:
    """A request of one of this server's readers."""

    key: str
    brief: Brief
    watcher: Watcher
    shared: bool
    begun: int = 0
    lost_looks: int = 0
    told: Place | None = None

    def place(self, place: Place) -> None:
        """Tell where it stands, when that has changed."""
        if place != self.told:
            self.told = place
            self.watcher.placed(place)


class RedisScenes:
    """``look_s``: seconds between looks at the jobs. ``heartbeat_s``: silence after which a worker counts as dead."""

    def __init__(
        self, worlds: Worlds, workers: Workers, url: str, name: str = "shelfway", settings: JobSettings | None = None,
        look_s: float = 1.0, heartbeat_s: float = 10.0,
    ) -> None:  # fmt: skip
        self.worlds = worlds
        self._workers, self._url, self._names = workers, url, Names(name)
        self._settings = settings or JobSettings(attempts=3)
        self._look_s, self._heartbeat_s = look_s, heartbeat_s
        self._node = secrets.token_hex(6)
        self._held: dict[Ticket, _Held] = {}
        self._settling: set[str] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._queue: Any = None
        self._hearing = asyncio.Event()
        self._closed = False

    async def request(self, key: str, brief: Brief, ticket: Ticket, watcher: Watcher) -> Refused | None:
        """Wait for the world of a brief; None when the request is taken. Raises PainterError while Redis is away."""
        from redis.exceptions import RedisError

        try:
            await self._start()
            painters = await self._painters()
            if not painters:
                return Refused("no_painter", 0.0)
            told = await self._join(key, ticket)
            if told == "repeated":
                return Refused("repeated", 0.0)
            if told in ("too_many", "queue_full"):
                ahead = await self._queue.count("queued") if told == "queue_full" else 0
                return Refused("too_many" if told == "too_many" else "queue_full", await self._wait(ahead, painters))
            held = _Held(key, brief, watcher, told == "shared")
            self._held[ticket] = held
            await self._enqueue(held)
            await self._place(ticket, held, painters)
        except (RedisError, OSError) as fault:
            self._held.pop(ticket, None)
            raise PainterError("the queue of paintings cannot be reached") from fault
        return None

    def cancel(self, ticket: Ticket) -> bool:
        """Withdraw a request; was it waiting?"""
        held = self._held.pop(ticket, None)
        if held is not None:
            self._do(self._withdraw(ticket, held.key))
        return held is not None

    def leave(self, owner: str) -> None:
        """Withdraw everything that a client has asked for."""
        for ticket in [one for one in self._held if one[0] == owner]:
            self.cancel(ticket)

    async def close(self) -> None:
        """Wait for nothing any more. Jobs go on: readers who come back, to any server, find what was painted."""
        from redis.exceptions import RedisError

        leaving, self._held = list(self._held.items()), {}
        self._closed = True
        await end_tasks(list(self._tasks))
        if self._queue is None:
            return
        with contextlib.suppress(RedisError, OSError):
            for ticket, held in leaving:
                await self._drop(ticket, held.key)
            await self._queue.disconnect()

    async def _start(self) -> None:
        """Connect when first used, and hear before anything is asked for."""
        if self._queue is None:
            self._queue = open_queue(self._url, self._names)
            self._do(self._again(self._hear))
            self._do(self._again(self._look))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2.0):
                await self._hearing.wait()

    def _do(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _again(self, job: Callable[[Redis], Coroutine[Any, Any, None]]) -> None:
        """Do a job for ever, over every loss of the connection."""
        from redis.exceptions import RedisError

        while not self._closed:
            try:
                await job(self._queue.redis)
            except (RedisError, OSError, TimeoutError) as fault:
                log.info("the queue of paintings has lost Redis (%s), it tries again", type(fault).__name__)
                await asyncio.sleep(min(1.0, self._look_s))

    async def _hear(self, redis: Redis) -> None:
        names = self._names
        ends, told = f"saq:job:{names.queue}:", names.told("")
        async with redis.pubsub() as news:
            await news.psubscribe(f"{told}*", f"{ends}*")
            while True:
                message = await news.get_message(timeout=1.0)
                if message is None:
                    continue
                if message["type"] == "psubscribe":
                    self._hearing.set()
                    continue
                channel = message["channel"].decode()
                if channel.startswith(told):
                    done, of, preview = unpack_progress(message["data"])
                    for held in self._of(channel.removeprefix(told)):
                        held.watcher.progress(done, of, preview)
                elif message["data"] in (b"complete", b"failed", b"aborted"):
                    key = channel.removeprefix(ends)
                    if self._of(key):
                        self._do(self._settle(key))

    async def _look(self, redis: Redis) -> None:
        for number in range(RENEW_EVERY):
            await asyncio.sleep(self._look_s)
            painters = await self._painters() if self._held else 1
            for ticket, held in list(self._held.items()):
                if number == 0:
                    keys = (self._names.wait(held.key), self._names.owner(ticket[0]))
                    await redis.eval(RENEW, 2, *keys, self._member(ticket), self._request(ticket), TICKET_S)
                await self._place(ticket, held, painters)
            for key in {held.key for held in self._held.values()}:
                await self._settle(key)

    async def _settle(self, key: str) -> None:
        """Tell how a job ended, if it did; ask anew where it was called off under those who still wait."""
        from redis.exceptions import RedisError

        if key in self._settling:
            return
        self._settling.add(key)
        try:
            job = await self._queue.job(key)
            status = job.status.value if job is not None else "gone"
            if status == "complete":
                fault = fault_of(job.result)
                if isinstance(fault, StoppedError):
                    await self._renew_all(key)
                elif fault is not None:
                    self._fail(key, fault)
                else:
                    await self._ready(key)
            elif status == "failed" or (status == "aborted" and not job.retryable):
                self._fail(key, PainterError("the world could not be painted; every try failed"))
            elif status == "gone" or (status == "aborted" and job.error == "withdrawn"):
                await self._renew_all(key)
            elif status == "aborted":
                await self._wait_for_sweeper(key)
            elif status == "active" and job.stuck:
                await self._queue.sweep(lock=1, abort=0.2)  # the worker is dead, and perhaps no other lives to see it
        except (RedisError, OSError) as fault:
            log.info("a painting's end could not be read (%s), it is looked up again", type(fault).__name__)
        finally:
            self._settling.discard(key)

    async def _wait_for_sweeper(self, key: str) -> None:
        """Who takes a dead worker's job away puts it back in a moment; if not, he is dead too."""
        for held in self._of(key):
            held.lost_looks += 1
            if held.lost_looks * self._look_s > self._heartbeat_s:
                held.lost_looks = 0
                await self._enqueue(held)

    async def _renew_all(self, key: str) -> None:
        for held in self._of(key):
            await self._enqueue(held)

    async def _ready(self, key: str) -> None:
        try:
            entry = await self._workers.run("thinking", lambda: self.worlds.find(key))
        except Exception as fault:  # the edge of the queue: whoever waits is told
            log.error("a world that was painted elsewhere could not be found", exc_info=fault)
            self._fail(key, fault)
            return
        if entry is None:
            log.error("a worker keeps its worlds where this server does not look; give both the same store_url")
            self._fail(key, StoreError("the world was painted but is not in this server's store"))
            return
        for ticket, held in [(t, h) for t, h in self._held.items() if h.key == key]:
            del self._held[ticket]
            self._do(self._drop(ticket, key))
            held.watcher.ready(entry)

    def _fail(self, key: str, fault: Exception) -> None:
        if not isinstance(fault, StoppedError):
            log.warning("a world failed: %s", type(fault).__name__)
        for ticket, held in [(t, h) for t, h in self._held.items() if h.key == key]:
            del self._held[ticket]
            self._do(self._drop(ticket, key))
            held.watcher.failed(fault)

    async def _enqueue(self, held: _Held) -> None:
        """Put the job into the queue, unless it is there already."""
        await self._queue.enqueue(
            "paint", brief=held.brief.canonical(), key=held.key, timeout=JOB_LIMIT_S, retries=self._settings.attempts,
            heartbeat=self._heartbeat_s, ttl=60,
        )  # fmt: skip

    async def _join(self, key: str, ticket: Ticket) -> str:
        names, queue = self._names, self._queue
        keys = (names.wait(key), names.owner(ticket[0]), queue.namespace("queued"), queue.namespace("incomplete"))
        limits = (self._settings.per_owner, self._settings.waiting_max, TICKET_S)
        told = await queue.redis.eval(
            JOIN, 4, *keys, self._member(ticket), self._request(ticket), *limits, queue.job_id(key)
        )
        return str(told.decode())

    async def _withdraw(self, ticket: Ticket, key: str) -> None:
        """Wait no longer; call the job off when nobody else does."""
        from redis.exceptions import RedisError

        try:
            if await self._drop(ticket, key):
                return
            job: Job | None = await self._queue.job(key)
            if job is not None and job.status.value in ("new", "queued", "active"):
                await self._queue.redis.publish(self._names.stop, key)
                await self._queue.abort(job, "withdrawn")
        except (RedisError, OSError) as fault:
            log.info("a painting could not be called off (%s)", type(fault).__name__)

    async def _drop(self, ticket: Ticket, key: str) -> int:
        keys = (self._names.wait(key), self._names.owner(ticket[0]))
        left: int = await self._queue.redis.eval(LEAVE, 2, *keys, self._member(ticket), self._request(ticket))
        return left

    async def _place(self, ticket: Ticket, held: _Held, painters: int) -> None:
        """Tell where a request stands."""
        queue = self._queue
        at = await queue.redis.lpos(queue.namespace("queued"), queue.job_id(held.key))
        if at is not None:
            busy = await queue.count("active")
            held.place(Place(at + min(busy, painters), await self._wait(at, painters), held.shared))
            return
        job = await queue.job(held.key)
        if job is None or job.status.value != "active":
            return
        typical = await self._typical()
        took = (job.duration("running") or 0) / 1000
        held.place(Place(0, round(max(0.2, typical - took), 1), held.shared))
        if held.begun != job.attempts:  # who comes late sees how far it is
            held.begun = job.attempts
            last = await queue.redis.get(self._names.last(held.key))
            if last is not None:
                held.watcher.progress(*unpack_progress(last))

    async def _wait(self, ahead: int, painters: int) -> float:
        """Seconds until a job with ``ahead`` others before it in the queue is done."""
        busy = await self._queue.count("active")
        rounds = 1 + (ahead + busy) // max(1, painters)
        return float(round(rounds * await self._typical(), 1))

    async def _typical(self) -> float:
        found = await self._queue.redis.get(self._names.typical)
        return float(found) if found is not None else self._settings.guess_s

    async def _painters(self) -> int:
        return len((await self._queue.info())["workers"])

    def _member(self, ticket: Ticket) -> str:
        return f"{self._node} {ticket[0]} {ticket[1]}"

    def _request(self, ticket: Ticket) -> str:
        return f"{self._node} {ticket[1]}"  # a visit that goes on at another server may ask there again

    def _of(self, key: str) -> list[_Held]:
        return [held for held in self._held.values() if held.key == key]
