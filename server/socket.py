"""One websocket: a task group that feeds the session core and carries out what it says.

Reading, writing, time limits, speaking, answering, hearing and guiding are tasks of one group; when one ends the
connection, all end. The visit stays for 120 s, so that a broken connection can be resumed.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from urllib.parse import urlsplit

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from server import translate
from server.admission import Admitting
from server.connection import Connection
from server.identity import Identity
from server.lane import EXTENSION, Lane
from server.line import Line
from server.outbox import Frame, TooSlowError
from server.parts import Parts
from server.settings import Settings
from server.telemetry import log
from wire.codes import (
    CLOSE_FAULT,
    CLOSE_NORMAL,
    CLOSE_NOT_ALLOWED,
    CLOSE_RESTART,
    CLOSE_TOO_SLOW,
    CLOSE_UNKNOWN,
    SUBPROTOCOL,
)
from wire.messages.session import ErrorMessage, GoAway, Hello
from wire.session import Close, Do, Open, Reply, Session, Take, TakeAudio, TakePose
from wire.text import MessageError, decode_from_client, encode

REST_S = 0.1
"""A client that floods is not read for so long, so that the others notice nothing."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")
CLOSE_WITHIN_S = 1.0


class EndError(Exception):
    """The connection ends with this close code; None when the client is gone."""

    def __init__(self, code: int | None, reason: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


async def serve_socket(socket: WebSocket, parts: Parts) -> None:
    """Serve one client until it leaves or is let go."""
    offered = socket.scope.get("subprotocols", [])
    if offered and SUBPROTOCOL not in offered:
        await socket.close(1002)
        return
    await socket.accept(subprotocol=SUBPROTOCOL if offered else None)
    if not origin_allowed(socket.headers.get("origin"), socket.headers.get("host", ""), parts.settings):
        text = "this web page may not connect; see the setting origins"
        await _refuse(socket, parts, translate.error("not_allowed", "en", None, text), CLOSE_NOT_ALLOWED)
        return
    if parts.draining or len(parts.connections) >= parts.settings.sessions_max:
        await _refuse(socket, parts, translate.error("busy", parts.settings.languages[0]), CLOSE_RESTART)
        return
    by_ticket, ticket = None, socket.query_params.get("ticket")
    if ticket is not None:
        by_ticket = await _spend(parts, ticket)
        if by_ticket is None:
            await _refuse(socket, parts, translate.error("not_authorised", "en"), CLOSE_UNKNOWN)
            return
    await SocketShell(socket, parts, by_ticket).run()


class SocketShell:
    """The shell around the cores of one connection."""

    def __init__(self, socket: WebSocket, parts: Parts, by_ticket: Identity | None = None) -> None:
        self._socket, self._parts = socket, parts
        self.admitting = Admitting(parts, socket.scope.get("address", ""), by_ticket)
        self._core = Session(time.monotonic(), self.admitting.admit, self.admitting.may_send)
        self.line = Line(time.monotonic)
        self._connection: Connection | None = None
        self._lane: Lane | None = socket.scope.get("extensions", {}).get(EXTENSION)
        self._group: asyncio.TaskGroup | None = None
        self._ending: asyncio.Future[EndError] | None = None

    async def run(self) -> None:
        """Until the connection ends, however it ends."""
        parts = self._parts
        self._ending = asyncio.get_running_loop().create_future()
        parts.connections.add(self)
        parts.telemetry.connections.set(len(parts.connections))
        end = EndError(None)
        try:
            async with asyncio.TaskGroup() as group:
                self._group = group
                group.create_task(self.line.carry(self._write))
                group.create_task(self._tick())
                group.create_task(self._read())
                group.create_task(self._await_end())
        except* EndError as ended:
            end = next(e for e in _leaves(ended) if isinstance(e, EndError))
        except* TooSlowError:
            end = EndError(CLOSE_TOO_SLOW, "the client reads too slowly")
        except* Exception as fault:  # the edge of the connection: a fault here must not look like a broken network
            if not all(_is_gone(e) for e in _leaves(fault)):
                log.error("a connection failed", exc_info=fault)
                end = EndError(CLOSE_FAULT, "a fault of the server")
                self._tell_fault()
        finally:
            parts.connections.discard(self)
            parts.telemetry.connections.set(len(parts.connections))
            if self._connection is not None:
                self._connection.leave(self)
                parts.telemetry.visits.set(len(parts.sessions))
            parts.telemetry.dropped.inc(self.line.box.dropped)
        await self._close(end)

    def end(self, code: int, reason: str) -> None:
        """End the connection from outside its task group."""
        if self._ending is not None and not self._ending.done():
            self._ending.set_result(EndError(code, reason))

    def end_unless_known(self) -> None:
        """End the connection of somebody whose key was taken back or whose sign-in is over."""
        if not self.admitting.holds():
            self.end(CLOSE_UNKNOWN, "the key no longer holds; sign in again")

    async def _await_end(self) -> None:
        assert self._ending is not None
        raise await self._ending  # or what went wrong in a frame that came by the lane

    async def _read(self) -> None:
        while True:
            event = await self._socket.receive()
            if event["type"] == "websocket.disconnect":
                raise EndError(None)
            text, data = event.get("text"), event.get("bytes")
            if text is not None and not self._core.opened:
                await self._find_visit(text)
            self._take(text if text is not None else data or b"")
            self._take_lane()

    async def _find_visit(self, text: str) -> None:
        """If this is a hello that resumes a visit of another server, fetch the visit."""
        if self._parts.visits is None:
            return
        try:
            hello = decode_from_client(text)
        except MessageError:
            return
        if isinstance(hello, Hello) and hello.resume and not self._parts.sessions.knows(hello.resume):
            await self._parts.visits.find(hello.resume)

    def _take_lane(self) -> None:
        """Once hello is said and nothing waits, the short way is free."""
        lane, free = self._lane, self._connection is not None and self.line.direct is None
        if lane is not None and free and lane.take_lane(self._receive):
            self.line.direct = lane.write_ready

    def _receive(self, frame: str | bytes) -> None:
        """A frame came by the lane; whatever happens, the caller goes on."""
        assert self._ending is not None
        if self._ending.done():
            return
        try:
            self._take(frame)
        except Exception as fault:
            self._ending.set_exception(fault)

    def _take(self, frame: str | bytes) -> None:
        now = time.monotonic()
        done = self._core.on_text(frame, now) if isinstance(frame, str) else self._core.on_binary(frame, now)
        for do in done:
            self._carry_out(do)
        if not done and self._lane is not None and self._core.flooded:
            self._lane.rest_reading(REST_S)

    def _carry_out(self, do: Do) -> None:
        assert self._group is not None
        if isinstance(do, TakePose):  # first, for there are most of them
            if self._connection is not None:
                self._connection.take_pose(do.level, do.pose)
        elif isinstance(do, Reply):
            self._parts.telemetry.errors.labels(do.message.code).inc()
            self.line.send(do.message)
        elif isinstance(do, Open):
            self._connection = Connection(self._parts, self.line, do.hello, self._group)
            self._connection.visit.reader = self.admitting.identity.reader if self.admitting.identity else None
            self._connection.visit.hold(self, lambda: self.end(CLOSE_NORMAL, "resumed on another connection"))
            self._parts.telemetry.visits.set(len(self._parts.sessions))
        elif isinstance(do, Close):
            raise EndError(do.code, do.reason)
        elif self._connection is not None:
            if isinstance(do, Take):
                self._connection.take(do.message)
            elif isinstance(do, TakeAudio):
                self._connection.take_audio(do.frame)

    async def _tick(self) -> None:
        while self._core.deadline is not None:
            await asyncio.sleep(max(0.0, self._core.deadline - time.monotonic()))
            for do in self._core.tick(time.monotonic()):
                if isinstance(do, Close):
                    raise EndError(do.code, do.reason)

    async def _write(self, frame: Frame) -> None:
        if isinstance(frame, str):
            await self._socket.send_text(frame)
        else:
            await self._socket.send_bytes(frame)

    async def _close(self, end: EndError) -> None:
        if end.code is None or self._socket.client_state is not WebSocketState.CONNECTED:
            return
        self._parts.telemetry.closes.labels(str(end.code)).inc()
        try:
            async with asyncio.timeout(CLOSE_WITHIN_S):
                self.line.end()
                await self.line.carry(self._write)
                await self._socket.close(end.code, end.reason)
        except (TimeoutError, TooSlowError, WebSocketDisconnect, RuntimeError, OSError):
            log.info("a connection could not be closed in order, code %s", end.code)

    def _tell_fault(self) -> None:
        lang = self._connection.visit.lang if self._connection is not None else "en"
        with contextlib.suppress(TooSlowError):
            self.line.send(translate.error("internal", lang))


def origin_allowed(origin: str | None, host: str, settings: Settings) -> bool:
    """May a page of this origin connect? Programs send no origin and may; pages must come from this server.

    On loopback the page's host must be loopback too, so that a foreign name pointing here (DNS rebinding) does not do.
    """
    if origin is None or origin in settings.origins:
        return True
    page, server = urlsplit(origin), urlsplit(f"//{host}")
    if page.hostname in LOOPBACK:
        return page.port == server.port or settings.host in LOOPBACK
    return settings.host not in LOOPBACK and page.netloc == host


async def _spend(parts: Parts, ticket: str) -> Identity | None:
    try:
        return await parts.gate.tickets.spend(ticket)
    except Exception as fault:  # a shell edge: the shared store of tickets may be away
        log.error("a ticket could not be looked up", exc_info=fault)
        return None


async def _refuse(socket: WebSocket, parts: Parts, refusal: ErrorMessage, code: int) -> None:
    parts.telemetry.errors.labels(refusal.code).inc()
    parts.telemetry.closes.labels(str(code)).inc()
    await socket.send_text(encode(refusal))
    if code == CLOSE_RESTART:
        await socket.send_text(encode(GoAway(reconnect_in_s=5.0)))
    await socket.close(code)


def _is_gone(fault: BaseException) -> bool:
    """Did the client vanish while something was being sent? Starlette says so in two ways."""
    return isinstance(fault, WebSocketDisconnect) or (isinstance(fault, RuntimeError) and "websocket" in str(fault))


def _leaves(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    found: list[BaseException] = []
    for fault in group.exceptions:
        found += _leaves(fault) if isinstance(fault, BaseExceptionGroup) else [fault]
    return found
