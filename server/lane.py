"""The short way between a websocket and its connection, past queue, task switch and read pauses.

Uvicorn hands each message to a queue, wakes a task, and stops reading until that has come round: for poses, twenty
thousand a second, that costs more than what is done with them. Once a connection has its lane, frames are cut here:
whole binary messages go straight to it, everything else (text, control frames, fragments, faults) through the parser as
before, which thus always stands at the start of a frame. The other way, a frame that many get is made ready once and
written as it is.

Where the lane is not there (another server than uvicorn, tests without a network) all goes the long way.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from typing import Protocol

from websockets.frames import apply_mask  # type: ignore[attr-defined]

from wire.codes import MAX_FRAME_BYTES

EXTENSION = "shelfway.lane"
"""Where a protocol that has a lane puts itself in the ASGI scope's extensions."""
WHOLE_BINARY = 0x82
"""FIN and opcode 2."""
MASKED = 0x80


class Lane(Protocol):
    """What a connection needs of its protocol."""

    def take_lane(self, receive: Callable[[str | bytes], None]) -> bool:
        """From now on messages go to ``receive``, which must not raise; False while some wait to be read otherwise."""
        ...

    def write_ready(self, frame: bytes) -> bool:
        """Write a frame made by ``make_ready``; False when the client has not taken what was written before."""
        ...

    def rest_reading(self, seconds: float) -> None:
        """Read nothing for a while: the client sends more than is good."""
        ...


class FrameCutter:
    """Cuts bytes into websocket frames. No I/O."""

    def __init__(self) -> None:
        self._rest = b""
        self._fragmented = False

    def whole(self, data: bytes) -> bytes | None:
        """The payload, when ``data`` is one whole short binary message and nothing came before: so it mostly is."""
        if len(data) < 6 or data[0] != WHOLE_BINARY or self._rest or self._fragmented:
            return None
        size = data[1] - MASKED
        return apply_mask(data[6:], data[2:6]) if 0 <= size < 126 and len(data) == 6 + size else None

    def cut(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Frames in order, each with the index of its payload when it is a whole binary message of a client, else 0.

        Of a frame that is too long, what is there is the last piece, and so is everything that comes later.
        """
        if self._rest:
            data = self._rest + data
            self._rest = b""
        at, end = 0, len(data)
        while end - at >= 2:
            first, second = data[at], data[at + 1]
            length, head = second & 0x7F, 2
            if length >= 126:
                head = 4 if length == 126 else 10
                if end - at < head:
                    break
                length = int.from_bytes(data[at + 2 : at + head], "big")
                if length > MAX_FRAME_BYTES:
                    yield 0, data[at:]  # the parser refuses it
                    return
            start = at + head + (4 if second & MASKED else 0)
            after = start + length
            if after > end:
                break
            if first == WHOLE_BINARY and second & MASKED and not self._fragmented:
                yield start - at, data[at:after]
            else:
                if first & 0x0F < 8:
                    self._fragmented = not first & 0x80
                yield 0, data[at:after]
            at = after
        self._rest = data[at:]


def unmask(frame: bytes, start: int) -> bytes:
    """The payload of a client's frame, which begins at ``start``."""
    return apply_mask(frame[start:], frame[start - 4 : start])


def make_ready(payload: bytes) -> bytes:
    """A whole binary message of a server, header included."""
    size = len(payload)
    if size < 126:
        return bytes((WHOLE_BINARY, size)) + payload
    if size < 65_536:
        return struct.pack("!BBH", WHOLE_BINARY, 126, size) + payload
    return struct.pack("!BBQ", WHOLE_BINARY, 127, size) + payload
