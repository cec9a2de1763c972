"""A painting worker: takes jobs from the queue in Redis (SAQ), one at a time, and puts worlds into the store.

It tells progress while it paints, the newest only; it stops within a step when the job is called off. Dies it in the
middle, its heartbeat ends and another worker paints the job again from the start.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from assets.brief import read_brief
from assets.errors import PainterError, StoppedError
from assets.painters import Watch
from server.scene_jobs import LAST_S, Names, end_tasks, final_name, open_queue, pack_progress
from server.telemetry import log
from server.workers import Stop, Workers

if TYPE_CHECKING:
    from assets.brief import Brief
    from assets.store import Entry
    from server.worlds import Worlds

ALIVE_S = 4
"""How often a worker tells that it lives; servers refuse new worlds when none does."""


class PaintingWorker:
    """``heartbeat_s``: as the servers have it (``RedisScenes``)."""

    def __init__(
        self,
        worlds: Worlds,
        url: str,
        name: str = "shelfway",
        heartbeat_s: float = 10.0,
        workers: Workers | None = None,
    ) -> None:
        self._worlds, self._url, self._names, self._heartbeat_s = worlds, url, Names(name), heartbeat_s
        self._workers = workers or Workers()
        self._stops: dict[str, Stop] = {}
        self._queue: Any = None

    async def run(self) -> None:
        """Until SIGTERM or SIGINT; a job that runs then goes back into the queue."""
        from saq.worker import Worker

        self._queue = open_queue(self._url, self._names)
        sweep = max(1, round(self._heartbeat_s))
        timers: Any = {"abort": 0.2, "sweep": sweep, "worker_info": ALIVE_S}
        worker: Any = Worker(
            self._queue,
            [("paint", self._paint)],
            concurrency=1,
            timers=timers,
        )
        hearing = asyncio.get_running_loop().create_task(self._hear_stops())
        try:
            await worker.start()
        finally:
            await end_tasks([hearing])
            self._workers.close()
            await self._queue.disconnect()

    async def _paint(self, ctx: Any, *, brief: str) -> dict[str, Any]:
        """One job: {"hash"} of a finished world, or {"fault"} where another try would not help."""
        job = ctx["job"]
        made, stop, newest = read_brief(brief), Stop(), _Newest(asyncio.get_running_loop())
        self._stops[job.key] = stop
        beside = [asyncio.ensure_future(self._beat(job)), asyncio.ensure_future(self._tell(job.key, newest))]
        begun = time.monotonic()
        try:
            watch = Watch(newest.put, stop)
            entry = await self._workers.run("painting", lambda: self._make(made, watch), stop)
            await self._learn(time.monotonic() - begun)
        except StoppedError:
            await asyncio.sleep(2 * self._heartbeat_s)  # SAQ ends this task when it sees that the job is called off
            return {"fault": "StoppedError"}
        except Exception as fault:  # the edge of the worker: a fault's words stay here
            name = final_name(fault)
            log.warning("a world failed: %s", type(fault).__name__)
            if name is None:
                raise PainterError(f"{type(fault).__name__} while painting") from None
            return {"fault": name}
        finally:
            self._stops.pop(job.key, None)
            await end_tasks(beside)
        return {"hash": entry.hash}

    def _make(self, brief: Brief, watch: Watch) -> Entry:
        kept = self._worlds.find(self._worlds.key(brief))
        return kept if kept is not None else self._worlds.keep(self._worlds.make(brief, watch))

    async def _beat(self, job: Any) -> None:
        from redis.exceptions import RedisError

        while True:
            await asyncio.sleep(self._heartbeat_s / 4)
            try:
                await job.update()
            except (RedisError, OSError) as fault:
                log.info("a heartbeat was lost (%s)", type(fault).__name__)

    async def _tell(self, key: str, newest: _Newest) -> None:
        from redis.exceptions import RedisError

        while True:
            data = await newest.take()
            try:
                await self._queue.redis.set(self._names.last(key), data, ex=LAST_S)
                await self._queue.redis.publish(self._names.told(key), data)
            except (RedisError, OSError) as fault:
                log.info("progress could not be told (%s)", type(fault).__name__)

    async def _learn(self, took_s: float) -> None:
        """Remember how long paintings take, for honest waits."""
        from redis.exceptions import RedisError

        try:
            before = await self._queue.redis.get(self._names.typical)
            typical = took_s if before is None else 0.6 * float(before) + 0.4 * took_s
            await self._queue.redis.set(self._names.typical, f"{max(0.05, typical):.3f}")
        except (RedisError, OSError) as fault:
            log.info("a painting's time could not be kept (%s)", type(fault).__name__)

    async def _hear_stops(self) -> None:
        from redis.exceptions import RedisError

        while True:
            try:
                async with self._queue.redis.pubsub() as news:
                    await news.subscribe(self._names.stop)
                    while True:
                        message = await news.get_message(ignore_subscribe_messages=True, timeout=1.0)
                        stop = self._stops.get(message["data"].decode()) if message is not None else None
                        if stop is not None:
                            stop.set()
            except (RedisError, OSError) as fault:
                log.info("the worker has lost Redis (%s), it tries again", type(fault).__name__)
                await asyncio.sleep(0.5)


class _Newest:
    """A slot for the newest progress: put from the painting thread, taken in the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop, self._data, self._news = loop, b"", asyncio.Event()

    def put(self, done: int, of: int, preview: bytes | None) -> None:
        self._loop.call_soon_threadsafe(self._set, pack_progress(done, of, preview))

    def _set(self, data: bytes) -> None:
        self._data = data
        self._news.set()

    async def take(self) -> bytes:
        await self._news.wait()
        self._news.clear()
        return self._data
