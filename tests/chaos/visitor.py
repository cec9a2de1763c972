"""A visitor who asks and speaks, loses its server again and again, and writes down what happens to it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import random
import time
from collections.abc import Sequence
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.chaos.history import Event
from wire.pose import PoseFrame, PoseRecord, encode_poses

GONE = (WebSocketException, OSError, TimeoutError)
PAUSE_S = 0.25
WAIT_S = 5.0


class Visitor:
    """One visitor. ``ports``: the servers, tried in turn. ``events``: its history."""

    def __init__(self, name: str, ports: Sequence[int], events: list[Event]) -> None:
        self.name, self._ports, self._events = name, itertools.cycle(ports), events
        self._session: str | None = None
        self._seen = 0
        self._open: dict[str, dict[str, Any]] = {}
        self._news = asyncio.Event()
        self._socket: ClientConnection | None = None
        self._ids = itertools.count(1)

    async def run(self, until: asyncio.Event) -> None:
        """Come back whenever the line breaks, until there is nothing open after ``until``."""
        living = asyncio.ensure_future(self._live(until))
        while not living.done():
            with contextlib.suppress(*GONE):
                await self._visit(next(self._ports), living)
            if not living.done():
                await asyncio.sleep(random.uniform(0.05, 0.3))
        await living

    async def _visit(self, port: int, living: asyncio.Future[None]) -> None:
        """One connection, to its end."""
        address = f"ws://127.0.0.1:{port}/v1/ws"
        async with connect(address, subprotocols=["shelfway.v1"], compression=None, open_timeout=WAIT_S) as socket:  # type: ignore[list-item]
            hello = {"type": "hello", "version": 1, "client": "test", "languages": ["en"], "seen": self._seen}
            hello |= {"resume": self._session} if self._session else {}
            await socket.send(json.dumps({**hello, "capabilities": ["speech_out", "poses"]}))
            welcome = json.loads(await asyncio.wait_for(anext(aiter(socket)), WAIT_S))
            if welcome["type"] != "welcome":
                return
            first, self._session = self._session is None, welcome["session"]
            self._note("welcome", resumed=welcome["resumed"], missed=welcome["missed"])
            if first or not welcome["resumed"]:
                await socket.send(json.dumps({"type": "enter", "room": "chaos", "visible": "all", "name": self.name}))
            self._socket = socket
            try:
                for command in self._open.values():  # was it heard?
                    await socket.send(json.dumps(command))
                await self._read(socket, living)
            finally:
                self._socket = None
                self._note("ended" if living.done() else "broke")

    async def _read(self, socket: ClientConnection, living: asyncio.Future[None]) -> None:
        reading = asyncio.ensure_future(self._take_all(socket))
        walking = asyncio.ensure_future(self._walk(socket))
        try:
            await asyncio.wait({reading, walking, living}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (reading, walking):
                task.cancel()
            await asyncio.gather(reading, walking, return_exceptions=True)

    async def _take_all(self, socket: ClientConnection) -> None:
        async for frame in socket:
            if isinstance(frame, str):
                self._take(json.loads(frame))

    async def _walk(self, socket: ClientConnection) -> None:
        while True:
            pose = PoseRecord(0, random.uniform(4, 6), random.uniform(4, 6), 90.0)
            await socket.send(encode_poses(PoseFrame(0, (pose,))))
            await asyncio.sleep(0.1)

    def _take(self, message: dict[str, Any]) -> None:
        if "seq" not in message:
            return
        self._seen = message["seq"]
        kind, of = message["type"], message.get("of") or ""
        by = message.get("name", "") if kind == "said" else ""
        self._note("got", kind=kind, of=of, by=by, seq=self._seen)
        if kind == "error" and message["retryable"] and of in self._open:
            command = self._open[of]
            asyncio.get_running_loop().call_later(1.0, lambda: asyncio.ensure_future(self._send(command)))
        elif kind in ("answer", "said") and of in self._open and by in ("", self.name):
            del self._open[of]
            self._news.set()
        elif kind == "error" and of in self._open:  # not entered yet, or not seen yet: try again
            command = self._open[of]
            asyncio.get_running_loop().call_later(0.3, lambda: asyncio.ensure_future(self._send(command)))

    async def _live(self, until: asyncio.Event) -> None:
        """One command after the other."""
        while self._session is None:
            await asyncio.sleep(0.05)
        await asyncio.sleep(1.0)
        while not until.is_set():
            id_ = f"{self.name}-{next(self._ids)}"
            kind = random.choice(("ask", "chat", "chat"))
            command = {"type": kind, "id": id_, "text": f"{id_}: where is the test book?"}
            self._note("asked", kind=kind, of=id_)
            self._open[id_] = command
            await self._send(command)
            while id_ in self._open:
                self._news.clear()
                await self._news.wait()
            await asyncio.sleep(random.uniform(0.5, 1.5) * PAUSE_S)
        await asyncio.sleep(2.0)  # what others said last still comes

    async def _send(self, command: dict[str, Any]) -> None:
        if self._socket is not None and command["id"] in self._open:
            with contextlib.suppress(*GONE):
                await self._socket.send(json.dumps(command))

    def _note(self, event: Any, **fields: Any) -> None:
        self._events.append(Event(round(time.monotonic(), 4), self.name, event, **fields))
