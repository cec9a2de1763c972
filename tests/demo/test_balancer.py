"""The balancer: to the least busy that is ready, past those that are gone, bytes both ways."""

from __future__ import annotations

import asyncio

from demo.balancer import Backend, Balancer, choose


def test_ready_and_least_busy_first() -> None:
    busy, free, gone = Backend("h", 1, True, 5), Backend("h", 2, True, 1), Backend("h", 3, False, 0)
    assert choose([busy, gone, free]) == [free, busy, gone]


class Echo:
    """Says its name, then whatever it is told; answers /ready."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.open: set[asyncio.StreamWriter] = set()

    async def start(self) -> int:
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return int(self.server.sockets[0].getsockname()[1])

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open.add(writer)
        try:
            while line := await reader.readline():
                if line.startswith(b"GET"):
                    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
                    break
                writer.write(self.name.encode() + b":" + line)
        finally:
            self.open.discard(writer)
            writer.close()

    def end(self) -> None:
        self.server.close()
        for writer in self.open:
            writer.transport.abort()


async def say(port: int, text: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(text)
    answer = await reader.readline()
    writer.close()
    return answer


def test_connections_are_passed_on_and_one_that_is_gone_is_passed_over() -> None:
    async def play() -> None:
        one, two = Echo("one"), Echo("two")
        backends = [Backend("127.0.0.1", await echo.start()) for echo in (one, two)]
        balancer, listening = Balancer(backends), asyncio.get_running_loop().create_future()
        passing = asyncio.ensure_future(balancer.run("127.0.0.1", 0, listening))
        port = await listening
        while not all(backend.ready for backend in backends):
            await asyncio.sleep(0)
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
        for _, writer in held:
            writer.write(b"hello\n")
        told = [await reader.readline() for reader, _ in held]
        assert set(told) == {b"one:hello\n", b"two:hello\n"}
        one.end()
        assert await held[told.index(b"one:hello\n")][0].read() == b""  # its client learns that it is gone
        for _ in range(4):
            assert await say(port, b"still there?\n") == b"two:still there?\n"
        for _, writer in held:
            writer.close()
        two.end()
        passing.cancel()
        await asyncio.gather(passing, return_exceptions=True)

    asyncio.run(asyncio.wait_for(play(), 30))
