"""``make cluster``: a whole library on several servers, on this machine: Redis, two servers and a balancer.

python -m demo.cluster [--home DIR] [--port N] [--servers N]

Prints the kiosk's address, then what it starts; Ctrl-C or SIGTERM ends everything. A server that ends on its own is
started again, so that one may be killed (``kill -9``) to see its visitors go on at the other.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from demo.balancer import Backend, Balancer, is_ready

START_WITHIN_S = 180.0
END_WITHIN_S = 15.0
AGAIN_AFTER_S = 1.0


class Cluster:
    """The processes of one cluster."""

    def __init__(self, home: Path, servers: int = 2) -> None:
        self.home = home
        self.redis_port = free_port()
        self.backends = [Backend("127.0.0.1", free_port()) for _ in range(servers)]
        self._running: dict[int, asyncio.subprocess.Process] = {}

    @property
    def hub_url(self) -> str:
        """Where the servers meet."""
        return f"redis://127.0.0.1:{self.redis_port}/0"

    @contextlib.asynccontextmanager
    async def started(self) -> AsyncIterator[None]:
        """Redis and the servers, until the context is left."""
        with tempfile.TemporaryDirectory() as folder:
            redis = await asyncio.create_subprocess_exec(
                "redis-server", "--port", str(self.redis_port), "--bind", "127.0.0.1", "--save", "", "--dir", folder,
                stdout=asyncio.subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
            watching = [asyncio.ensure_future(self._keep(number)) for number in range(len(self.backends))]
            try:
                async with asyncio.timeout(START_WITHIN_S):
                    for backend in self.backends:
                        while not await is_ready(backend.host, backend.port):
                            await asyncio.sleep(0.2)
                yield
            finally:
                for task in watching:
                    task.cancel()
                await asyncio.gather(*watching, return_exceptions=True)
                await asyncio.gather(*(_end(process) for process in self._running.values()))
                await _end(redis)

    async def _keep(self, number: int) -> None:
        """One server, started again whenever it ends."""
        backend = self.backends[number]
        environ = {**os.environ, "SHELFWAY_HUB_URL": self.hub_url}
        command = (sys.executable, "-m", "server", "serve", "--home", str(self.home), "--port", str(backend.port))
        while True:
            process = await asyncio.create_subprocess_exec(
                *command, env=environ, stdout=asyncio.subprocess.DEVNULL, start_new_session=True
            )
            self._running[number] = process
            print(f"server {number + 1}: port {backend.port}, process {process.pid}", flush=True)
            code = await process.wait()
            print(f"server {number + 1} ended ({code}); it is started again", flush=True)
            await asyncio.sleep(AGAIN_AFTER_S)


async def serve(home: Path, host: str, port: int, servers: int) -> None:
    """The cluster, until this task is cancelled."""
    cluster = Cluster(home, servers)
    async with cluster.started():
        balancer, listening = Balancer(cluster.backends), asyncio.get_running_loop().create_future()
        passing = asyncio.ensure_future(balancer.run(host, port, listening))
        done, _ = await asyncio.wait({passing, listening}, return_when=asyncio.FIRST_COMPLETED)
        if passing in done:
            await passing  # says why it cannot listen
        print(f"http://127.0.0.1:{listening.result()}/", flush=True)
        try:
            await passing
        finally:
            passing.cancel()


def main() -> int:
    """Run until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=Path("home"))
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--servers", type=int, default=2, choices=range(1, 9))
    args = parser.parse_args()
    if shutil.which("redis-server") is None:
        print("redis-server is not installed; on Debian: apt-get install redis-server", file=sys.stderr)
        return 1
    from server.demo_home import is_home, make_demo_home

    if not is_home(args.home):
        make_demo_home(args.home, print)
    try:
        asyncio.run(_until_told(args))
    except OSError as fault:
        print(f"cannot listen on port {args.port}: {fault.strerror or fault}", file=sys.stderr)
        return 1
    return 0


async def _until_told(args: argparse.Namespace) -> None:
    serving = asyncio.ensure_future(serve(args.home, args.host, args.port, args.servers))
    loop = asyncio.get_running_loop()
    for told in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(told, serving.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await serving


async def _end(process: asyncio.subprocess.Process) -> None:
    """End one process in order, or in the end without."""
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(END_WITHIN_S):
            await process.wait()
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def free_port() -> int:
    """A TCP port that nobody listens on now; below those that connections going out are given meanwhile."""
    while True:
        port = random.randint(12_000, 32_000)
        with socket.socket() as taken, contextlib.suppress(OSError):
            taken.bind(("127.0.0.1", port))
            return port


if __name__ == "__main__":
    sys.exit(main())
