"""A websocket client that may break every rule: frames made by hand on a plain socket."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import socket
import struct
from dataclasses import dataclass
from typing import Any

CONTINUED, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
KEY = base64.b64encode(b"0123456789abcdef").decode()
ACCEPT = base64.b64encode(hashlib.sha1(f"{KEY}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()).decode()


@dataclass(frozen=True, slots=True)
class Got:
    """A frame from the server."""

    fin: bool
    opcode: int
    payload: bytes


def frame(
    opcode: int, payload: bytes = b"", fin: bool = True, rsv: int = 0, masked: bool = True, length: int | None = None
) -> bytes:
    """A frame as bytes. ``length``: the length that is told, if not the true one."""
    told = len(payload) if length is None else length
    head = bytes([(0x80 if fin else 0) | rsv << 4 | opcode])
    mark = 0x80 if masked else 0
    if told < 126:
        head += bytes([mark | told])
    elif told < 65_536:
        head += bytes([mark | 126]) + struct.pack(">H", told)
    else:
        head += bytes([mark | 127]) + struct.pack(">Q", told)
    if not masked:
        return head + payload
    mask = os.urandom(4)
    repeated = (mask * (len(payload) // 4 + 1))[: len(payload)]
    mixed = int.from_bytes(payload, "big") ^ int.from_bytes(repeated, "big")
    return head + mask + mixed.to_bytes(len(payload), "big")


class RawSocket:
    """One connection. ``opened``: after hello and welcome."""

    def __init__(self, port: int, hello: bool = True, headers: str = "") -> None:
        self.raw = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.raw.sendall(
            f"GET /v1/ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n{headers}\r\n".encode()
        )
        self.head, self._rest = self._read_head()
        if hello:
            self.send_json(type="hello", version=1, client="test")
            assert json.loads(self.next_data().payload)["type"] == "welcome"

    def send(self, data: bytes) -> None:
        self.raw.sendall(data)

    def send_slowly(self, data: bytes) -> None:
        """Byte by byte."""
        for at in range(len(data)):
            self.raw.sendall(data[at : at + 1])

    def send_json(self, **message: Any) -> None:
        self.send(frame(TEXT, json.dumps(message).encode()))

    def next(self) -> Got:
        """The next frame. EOFError when the server has closed."""
        first, second = self._take(2)
        assert first & 0x70 == 0, "the server set a reserved bit"
        assert second & 0x80 == 0, "the server masked a frame"
        length = second & 0x7F
        if length == 126:
            (length,) = struct.unpack(">H", self._take(2))
        elif length == 127:
            (length,) = struct.unpack(">Q", self._take(8))
        return Got(bool(first & 0x80), first & 0x0F, self._take(length))

    def next_data(self) -> Got:
        """The next frame that is neither a ping nor a pong."""
        while (got := self.next()).opcode in (PING, PONG):
            pass
        return got

    def close_code(self) -> int | None:
        """The code of the server's close frame, after all that comes before it; None when it told none.

        The connection must then be closed by the server.
        """
        while (got := self.next()).opcode != CLOSE:
            pass
        code = struct.unpack(">H", got.payload[:2])[0] if got.payload else None
        got.payload[2:].decode()
        with contextlib.suppress(OSError):  # where we closed first the server may be gone already
            self.send(frame(CLOSE, got.payload[:2]))
            self.raw.shutdown(socket.SHUT_WR)
            while self.raw.recv(65_536):
                pass
        return code

    def alive(self) -> bool:
        """Does the session still answer?"""
        self.send_json(type="ping", id="still there")
        while True:
            got = self.next_data()
            if got.opcode == CLOSE:
                return False
            if got.opcode == TEXT and json.loads(got.payload).get("id") == "still there":
                return True

    def end(self) -> None:
        self.raw.close()

    def _read_head(self) -> tuple[str, bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            piece = self.raw.recv(4096)
            if not piece:
                break
            data += piece
        head, _, rest = data.partition(b"\r\n\r\n")
        return head.decode(), rest

    def _take(self, count: int) -> bytes:
        while len(self._rest) < count:
            piece = self.raw.recv(65_536)
            if not piece:
                raise EOFError
            self._rest += piece
        taken, self._rest = self._rest[:count], self._rest[count:]
        return taken
