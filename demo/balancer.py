"""A small balancer before several servers: each connection goes whole to one that is ready and has the fewest.

It passes bytes on and reads none of them, so that websockets, HTTP and https all go through. Which servers are ready it
asks them (``GET /ready``); one that cannot be reached is passed over at once.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass

LOOK_EVERY_S = 0.5
ANSWER_WITHIN_S = 2.0
CHUNK = 65_536


@dataclass(slots=True, eq=False)
class Backend:
    """One server. ``carried``: connections that go to it now."""

    host: str
    port: int
    ready: bool = False
    carried: int = 0


def choose(backends: Sequence[Backend]) -> list[Backend]:
    """In which order to try: the ready ones, the least busy first; then the others, which may be ready by now."""
    return sorted(backends, key=lambda one: (not one.ready, one.carried))


class Balancer:
    """Passes connections on for as long as ``run`` runs."""

    def __init__(self, backends: Sequence[Backend]) -> None:
        self.backends = tuple(backends)
        self._passing: set[asyncio.Task[None]] = set()

    async def run(self, host: str, port: int, listening: asyncio.Future[int] | None = None) -> None:
        """Listen and pass on. ``listening`` is told the port."""
        server = await asyncio.start_server(self._pass_on, host, port)
        if listening is not None:
            listening.set_result(server.sockets[0].getsockname()[1])
        try:
            async with asyncio.TaskGroup() as group:
                for backend in self.backends:
                    group.create_task(self._look(backend))
        finally:
            server.close()

    async def _look(self, backend: Backend) -> None:
        while True:
            backend.ready = await is_ready(backend.host, backend.port)
            await asyncio.sleep(LOOK_EVERY_S)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for backend in choose(self.backends):
            try:
                async with asyncio.timeout(ANSWER_WITHIN_S):
                    there, back = await asyncio.open_connection(backend.host, backend.port)
            except (OSError, TimeoutError):
                backend.ready = False
                continue
            backend.carried += 1
            try:
                await asyncio.gather(_copy(reader, back), _copy(there, writer))
            finally:
                backend.carried -= 1
            return
        writer.close()


async def is_ready(host: str, port: int) -> bool:
    """Does this server say that it is ready?"""
    try:
        async with asyncio.timeout(ANSWER_WITHIN_S):
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(f"GET /ready HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
            status = await reader.readline()
            writer.close()
    except (OSError, TimeoutError):
        return False
    return b" 200 " in status


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One direction, to its end; whoever receives is told of the end."""
    with contextlib.suppress(OSError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
    with contextlib.suppress(OSError):
        if writer.can_write_eof():
            writer.write_eof()
    # a peer that is gone does not read on: what it would still send is not waited for
    if reader.at_eof():
        writer.close()
