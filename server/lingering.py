"""Uvicorn's websocket with a short way in and out (``server/lane.py``) and a patient end.

When a frame breaks the rules (over 64 KiB, not UTF-8), uvicorn writes the close frame and closes the connection with
the rest of the frame unread; the kernel then resets the connection, and the reset often overtakes the close code. Here
our half is closed, and what still comes is read and thrown away until the client closes its half.
"""

from __future__ import annotations

from asyncio import BaseTransport
from collections.abc import Callable

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request

from server.lane import EXTENSION, FrameCutter, unmask

PAUSE_S = 2.0
"""Silence after which a client that does not close is given up, seconds."""
AT_MOST_S = 10.0


class LingeringProtocol(WebSocketsSansIOProtocol):
    """One connection. Uvicorn's own ``close_timer`` keeps it open after the application has returned."""

    _lingering_until: float | None = None
    _receive: Callable[[str | bytes], None] | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        """Somebody has connected."""
        super().connection_made(transport)
        self._cutter = FrameCutter()

    def data_received(self, data: bytes) -> None:
        """Read on, or throw away while lingering."""
        if self._lingering_until is not None:
            self._linger()
        elif not self.handshake_initiated:
            super().data_received(data)
        elif self._receive is not None and (message := self._cutter.whole(data)) is not None:
            if not self.close_sent:
                self._receive(message)
        else:
            for start, piece in self._cutter.cut(data):
                if not start or self._receive is None:
                    super().data_received(piece)
                elif not self.close_sent:
                    self._receive(unmask(piece, start))
                if self._lingering_until is not None:
                    return

    def handle_connect(self, event: Request) -> None:
        """The client asks for a websocket: offer the lane."""
        super().handle_connect(event)
        if not self.close_sent:  # else the request was refused
            self.scope["extensions"][EXTENSION] = self  # type: ignore[assignment]

    def take_lane(self, receive: Callable[[str | bytes], None]) -> bool:
        """From now on messages go to ``receive``; False while some wait in the queue."""
        if not self.queue.empty():
            return False
        self._receive = receive
        return True

    def write_ready(self, frame: bytes) -> bool:
        """Write a frame that is made already; False when what was written before has not been taken."""
        if self.close_sent or self.disconnected or self.transport.get_write_buffer_size():
            return False
        self.transport.write(frame)
        return True

    def rest_reading(self, seconds: float) -> None:
        """Read nothing for a while."""
        if not self.read_paused and not self.transport.is_closing():
            self.read_paused = True
            self.transport.pause_reading()
            self.loop.call_later(seconds, self._read_on)

    def _read_on(self) -> None:
        if self.read_paused and not self.transport.is_closing():
            self.read_paused = False
            self.transport.resume_reading()

    def send_receive_event_to_app(self) -> None:
        """A message came the long way: hand it over as the others, or to the queue."""
        if self._receive is None or self.close_sent:
            super().send_receive_event_to_app()
            return
        data = b"".join(self.frames)
        self.frames = []
        if self.curr_msg_data_type == "bytes":
            self._receive(data)
            return
        try:
            text = data.decode()
        except UnicodeDecodeError:
            self.conn.fail(1007, "text is not UTF-8")
            self.handle_parser_exception()
            return
        self._receive(text)

    def handle_parser_exception(self) -> None:
        """The close frame goes out and the application is told; the connection stays to drain."""
        if self._lingering_until is not None:
            return
        sent = self.conn.close_sent
        assert sent is not None
        self.queue.put_nowait({"type": "websocket.disconnect", "code": sent.code, "reason": sent.reason})
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.stop_keepalive()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self._lingering_until = self.loop.time() + AT_MOST_S
        self._linger()

    def handle_text(self, event: Frame) -> None:
        """A frame: nothing, where it came in one piece with what ended the connection; so it is with the others."""
        if self._lingering_until is None:
            super().handle_text(event)

    def handle_bytes(self, event: Frame) -> None:
        """A frame."""
        if self._lingering_until is None:
            super().handle_bytes(event)

    def handle_cont(self, event: Frame) -> None:
        """A fragment."""
        if self._lingering_until is None:
            super().handle_cont(event)

    def handle_ping(self) -> None:
        """A ping."""
        if self._lingering_until is None:
            super().handle_ping()

    def handle_close(self, event: Frame) -> None:
        """The client closes."""
        if self._lingering_until is None:
            super().handle_close(event)

    def _linger(self) -> None:
        assert self._lingering_until is not None
        if self.close_timer is not None:
            self.close_timer.cancel()
        left_s = self._lingering_until - self.loop.time()
        self.close_timer = self.loop.call_later(max(0.0, min(PAUSE_S, left_s)), self.transport.close)
