"""The contract of queues of worlds: the one in memory, the one in Redis; then what only the second can do."""

from __future__ import annotations

import asyncio
import importlib.util
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from assets.errors import AssetError
from assets.painters.scripted import ScriptedPainter
from server.painting import PaintingWorker
from server.scenes import SceneQueue, Scenes
from server.scenes_redis import RedisScenes
from server.workers import Workers
from tests.contract.painting_process import HEARTBEAT_S, make_worlds
from tests.contract.redis_server import PROGRAM, RedisServer, redis_server
from tests.contract.scene_contract import CONTRACT, Reader, Stage

needs_redis = pytest.mark.skipif(
    PROGRAM is None or importlib.util.find_spec("saq") is None, reason="needs redis-server and the extra [redis]"
)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as running:
        yield running


class Gate:
    """A painter that waits at its second step."""

    def __init__(self) -> None:
        self.opened, self.come, self.changed = threading.Event(), 0, threading.Condition()
        self.faults: list[AssetError] = []
        self.painter = ScriptedPainter(before=self.before)
        self.painter._faults = self.faults

    def before(self, step: int) -> None:
        if step == 1:
            self.come += 1
            self.opened.wait(30)

    def stage(self, queue: SceneQueue, called_off: Callable[[], bool]) -> Stage:
        painted = lambda: self.painter.painted  # noqa: E731
        return Stage(queue, self.opened.set, self.begun, painted, self.faults.append, called_off)

    async def begun(self, count: int) -> None:
        while self.come < count:
            await asyncio.sleep(0)


@pytest.mark.parametrize("play", CONTRACT, ids=lambda play: play.__name__)
def test_queue_in_memory(play: Any, tmp_path: Path) -> None:
    async def run() -> None:
        gate, workers = Gate(), Workers()
        queue = Scenes(make_worlds(tmp_path, gate.painter), workers, time.monotonic)
        try:
            await play(gate.stage(queue, lambda: queue._stop is not None and queue._stop()))
        finally:
            gate.opened.set()
            await queue.close()
            workers.close()

    asyncio.run(asyncio.wait_for(run(), 60))


@needs_redis
@pytest.mark.parametrize("play", CONTRACT, ids=lambda play: play.__name__)
def test_queue_in_redis(play: Any, tmp_path: Path, server: RedisServer) -> None:
    async def run() -> None:
        gate, workers, name = Gate(), Workers(), secrets.token_hex(4)
        worker = PaintingWorker(make_worlds(tmp_path, gate.painter), server.url, name, HEARTBEAT_S)
        painting = asyncio.ensure_future(worker.run())
        queue = RedisScenes(
            make_worlds(tmp_path, gate.painter), workers, server.url, name, look_s=0.05, heartbeat_s=HEARTBEAT_S
        )
        try:
            await until_a_worker_lives(queue)
            await play(gate.stage(queue, lambda: any(stop() for stop in worker._stops.values())))
        finally:
            gate.opened.set()
            await queue.close()
            painting.cancel()
            await asyncio.gather(painting, return_exceptions=True)
            workers.close()

    asyncio.run(asyncio.wait_for(run(), 60))


async def until_a_worker_lives(queue: RedisScenes) -> None:
    await queue._start()
    while not await queue._painters():
        await asyncio.sleep(0)


@contextmanager
def worker_process(server: RedisServer, name: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.contract.painting_process", server.url, name, str(folder)]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def until_there(path: Path) -> None:
    while not path.exists():
        await asyncio.sleep(0)


def make_queue(server: RedisServer, name: str, folder: Path, workers: Workers) -> RedisScenes:
    worlds = make_worlds(folder, ScriptedPainter())
    return RedisScenes(worlds, workers, server.url, name, look_s=0.05, heartbeat_s=HEARTBEAT_S)


@needs_redis
def test_two_servers_wait_for_one_painting(server: RedisServer, tmp_path: Path) -> None:
    async def run() -> None:
        name, workers = secrets.token_hex(4), Workers()
        one, two = (make_queue(server, name, tmp_path, workers) for _ in range(2))
        with worker_process(server, name, tmp_path):
            await until_a_worker_lives(one)
            here, there = Reader(one, "a"), Reader(two, "b")
            assert await here.ask(1) is None
            await until_there(tmp_path / "begun-1")
            assert await there.ask(1) is None
            assert there.places[-1].shared
            while not there.steps:  # who comes late is told how far it is
                await asyncio.sleep(0)
            one.cancel(("a", "1"))
            (tmp_path / "open").touch()
            entry = await there.end
            assert entry.facts.title == "The Sea 1"
            assert not here.ends
            assert len(list(tmp_path.glob("begun-*"))) == 1
        await one.close()
        await two.close()
        workers.close()

    asyncio.run(asyncio.wait_for(run(), 60))


@needs_redis
def test_a_worker_killed_in_the_middle_of_a_step_loses_no_world(server: RedisServer, tmp_path: Path) -> None:
    async def run() -> None:
        name, workers = secrets.token_hex(4), Workers()
        queue = make_queue(server, name, tmp_path, workers)
        with ExitStack() as stack:
            first = stack.enter_context(worker_process(server, name, tmp_path))
            await until_a_worker_lives(queue)
            reader, next_one = Reader(queue, "a"), Reader(queue, "b")
            assert await reader.ask(1) is None
            await until_there(tmp_path / "begun-1")
            assert await next_one.ask(2) is None
            first.kill()  # SIGKILL: nothing of it runs any more
            first.wait()
            stack.enter_context(worker_process(server, name, tmp_path))
            (tmp_path / "open").touch()
            assert (await reader.end).facts.title == "The Sea 1"
            assert (await next_one.end).facts.title == "The Sea 2"
            assert (reader.ends, next_one.ends) == (1, 1)
        await queue.close()
        workers.close()

    asyncio.run(asyncio.wait_for(run(), 60))


@needs_redis
def test_a_world_that_kills_every_worker_is_given_up(server: RedisServer, tmp_path: Path) -> None:
    async def run() -> None:
        name, workers = secrets.token_hex(4), Workers()
        queue = make_queue(server, name, tmp_path, workers)
        with ExitStack() as stack:
            reader = Reader(queue, "a")
            for number in range(1, 4):
                process = stack.enter_context(worker_process(server, name, tmp_path))
                if number == 1:
                    await until_a_worker_lives(queue)
                    assert await reader.ask(1) is None
                await until_there(tmp_path / f"begun-{number}")
                process.kill()
                process.wait()
            with pytest.raises(AssetError):
                await reader.end
            assert reader.ends == 1
        await queue.close()
        workers.close()

    asyncio.run(asyncio.wait_for(run(), 60))


@needs_redis
def test_without_a_worker_readers_are_told_at_once(server: RedisServer, tmp_path: Path) -> None:
    async def run() -> None:
        workers = Workers()
        queue = make_queue(server, secrets.token_hex(4), tmp_path, workers)
        refused = await Reader(queue, "a").ask(1)
        assert refused is not None
        assert refused.reason == "no_painter"
        await queue.close()
        workers.close()

    asyncio.run(asyncio.wait_for(run(), 30))


@needs_redis
def test_a_redis_that_goes_away_and_comes_back_empty_loses_no_request(tmp_path: Path) -> None:
    async def run() -> None:
        name, workers = secrets.token_hex(4), Workers()
        with redis_server(tmp_path) as server:
            queue = make_queue(server, name, tmp_path, workers)
            with worker_process(server, name, tmp_path) as process:
                await until_a_worker_lives(queue)
                reader = Reader(queue, "a")
                assert await reader.ask(1) is None
                await until_there(tmp_path / "begun-1")
                process.kill()
                process.wait()
                server.kill()
                with pytest.raises(AssetError):
                    await Reader(queue, "b").ask(2)
                server.start()
            with worker_process(server, name, tmp_path):
                (tmp_path / "open").touch()
                assert (await reader.end).facts.title == "The Sea 1"
            await queue.close()
        workers.close()

    asyncio.run(asyncio.wait_for(run(), 60))
