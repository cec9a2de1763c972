"""Uvicorn's websocket with a patient end: a client that has sent too much is still told why.

When a frame breaks the rules (over 64 KiB, not UTF-8), uvicorn writes the close frame and closes the connection with
the rest of the frame unread; the kernel then resets the connection, and the reset often overtakes the close code. Here
our half is closed, and what still comes is read and thrown away until the client closes its half.
"""

from __future__ import annotations

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

PAUSE_S = 2.0
"""Silence after which a client that does not close is given up, seconds."""
AT_MOST_S = 10.0


class LingeringProtocol(WebSocketsSansIOProtocol):
    """One connection. Uvicorn's own ``close_timer`` keeps it open after the application has returned."""

    _lingering_until: float | None = None

    def data_received(self, data: bytes) -> None:
        """Read on, or throw away while lingering."""
        if self._lingering_until is None:
            super().data_received(data)
        else:
            self._linger()

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
