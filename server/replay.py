"""The messages of a visit that must arrive, numbered and kept for a while, so that a broken line loses none of them.

A client that wants this says ``seen`` in its hello: 0 at first, later the ``seq`` of the newest message it has. From
then on each message of the reliable lane carries ``seq``, one more than the one before; after a break the later ones
are sent again, in order. When more are missing than are kept here, the client is told that there is a gap. No I/O, no
clock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

NUMBERED = '{"seq":'
KEPT = 256
KEPT_BYTES = 524_288


class Replay:
    """One visit's numbered messages. ``last``: the newest number."""

    def __init__(self, last: int = 0, kept: Iterable[str] = ()) -> None:
        self.last = last
        self._kept: deque[str] = deque(kept)
        self._bytes = sum(map(len, self._kept))

    def number(self, frame: str) -> str:
        """The message with its number; it is kept."""
        self.last += 1
        numbered = f"{NUMBERED}{self.last},{frame[1:]}"
        self._kept.append(numbered)
        self._bytes += len(numbered)
        while len(self._kept) > KEPT or self._bytes > KEPT_BYTES:
            self._bytes -= len(self._kept.popleft())
        return numbered

    def after(self, seen: int) -> tuple[str, ...] | None:
        """The messages that a client which has seen ``seen`` lacks; None when some of them are no longer here.

        A client that has seen more than was kept (its server died before it could hand on all) lacks nothing, and the
        numbers go on after what it has.
        """
        if seen >= self.last:
            self.last = seen
            return ()
        missing = self.last - seen
        return tuple(self._kept)[-missing:] if missing <= len(self._kept) else None

    @property
    def kept(self) -> tuple[str, ...]:
        """The messages that could be sent again."""
        return tuple(self._kept)


def number_of(frame: str) -> int:
    """The number of a numbered message."""
    return int(frame[len(NUMBERED) : frame.index(",")])
