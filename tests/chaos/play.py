"""Servers and Redis killed while visitors ask and speak: what happened to each visitor, as a history."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from demo.cluster import free_port
from tests.chaos.history import Event
from tests.chaos.visitor import Visitor
from tests.contract.redis_server import RedisServer

ROOT = Path(__file__).resolve().parents[2]
START_WITHIN_S = 60.0


class Node:
    """One server that can be killed and started."""

    def __init__(self, url: str) -> None:
        self.port, self._url = free_port(), url
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.chaos.node", str(self.port), self._url]
        self.process = subprocess.Popen(command, cwd=ROOT)

    def stop(self, how: signal.Signals = signal.SIGKILL) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(30)
            self.process = None

    async def answers(self) -> None:
        """Wait until somebody can connect."""
        until = time.monotonic() + START_WITHIN_S
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.close()
                return
            await asyncio.sleep(0.1)
        raise TimeoutError("a server did not start")


async def play(folder: Path, visitors: int, rounds: int, seed: int = 1) -> list[Event]:
    """The history. In each round something is killed: a server with −9, Redis, a server with SIGTERM, in turn."""
    random.seed(seed)
    redis = RedisServer(folder)
    redis.start()
    nodes = [Node(redis.url) for _ in range(2)]
    events: list[Event] = []
    end = asyncio.Event()
    try:
        for node in nodes:
            node.start()
        await asyncio.gather(*(node.answers() for node in nodes))
        ports = [node.port for node in nodes]
        going = [
            asyncio.ensure_future(Visitor(f"v{n}", ports[n % 2 :] + ports[: n % 2], events).run(end))
            for n in range(visitors)
        ]
        await asyncio.sleep(3.0)
        for act, node in itertools.islice(zip(_acts(), itertools.cycle(nodes), strict=False), rounds):
            if act == "redis":
                await asyncio.to_thread(redis.kill)
                await asyncio.sleep(random.uniform(0.2, 0.8))
                await asyncio.to_thread(redis.start)
            else:
                await asyncio.to_thread(node.stop, signal.SIGKILL if act == "kill" else signal.SIGTERM)
                await asyncio.sleep(0.5)
                node.start()
                await node.answers()
            await asyncio.sleep(random.uniform(1.5, 2.5))
        end.set()
        await asyncio.wait_for(asyncio.gather(*going), 30)
    finally:
        for node in nodes:
            node.stop()
        redis.kill()
    return events


def _acts() -> Iterator[str]:
    return itertools.cycle(("kill", "redis", "kill", "redis", "stop"))
