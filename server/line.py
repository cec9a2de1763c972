"""The sending half of one connection: carries the outbox core's frames to the socket, one at a time.

Journeys call ``send`` and friends without waiting; what the client does not take in time ends the connection
(TooSlowError → 4408), it never holds up anybody else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from server.outbox import Frame, Outbox, TooSlowError
from server.replay import NUMBERED, Replay, number_of
from wire.messages.base import Message
from wire.text import encode

SEND_WITHIN_S = 10.0
"""How long the socket may refuse one frame."""

HEARD_KEPT = 256

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]


class Line:
    """One client's outbox with its carrier. All calls from the event loop."""

    def __init__(self, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        self.clock, self.sleep = clock, sleep
        self.box = Outbox()
        self._news = asyncio.Event()
        self._ending = False
        self._writing = False
        self._sounding: int | None = None
        self.direct: Callable[[bytes], bool] | None = None
        """Writes a frame made by ``server.lane.make_ready`` at once, or says that it cannot."""
        self.replay: Replay | None = None
        """Numbers what must arrive, for a client that wants to miss nothing."""
        self.heard: dict[str, None] = {}
        """Marks of what others said that is on its way to this client, or was."""
        self.on_numbered: Callable[[], None] = lambda: None
        """Told when a message has been numbered."""
        self.before_numbered: Callable[[int], Awaitable[None]] | None = None
        """Waited for before the message with this number is sent."""
        self.on_message: Callable[[Message, str], None] = lambda _, __: None
        """Told of each message that must arrive, and its text."""
        self.on_sounding: Callable[[int], None] = lambda _: None
        """Told of an utterance when its first audio has been sent."""

    def send(self, message: Message) -> None:
        """A message that must arrive. Raises TooSlowError."""
        frame = encode(message)
        self.put(frame)
        self.on_message(message, frame)

    def send_latest(self, key: str, message: Message) -> None:
        """A message of which only the newest per key matters."""
        self.box.put_latest(key, encode(message))
        self._news.set()

    def put(self, frame: Frame) -> None:
        """A frame that must arrive, encoded already. Raises TooSlowError."""
        if self.replay is not None and isinstance(frame, str):
            frame = self.replay.number(frame)
            self.on_numbered()
        self.box.put(frame)
        self._news.set()

    def is_news(self, mark: str) -> bool:
        """Whether what has this mark was not told to this client before; it is now."""
        if mark in self.heard:
            return False
        self.heard[mark] = None
        if len(self.heard) > HEARD_KEPT:
            del self.heard[next(iter(self.heard))]
        return True

    def put_again(self, frame: str) -> None:
        """A frame that was numbered before. Raises TooSlowError."""
        self.box.put(frame)
        self._news.set()

    def put_latest(self, key: str, frame: Frame) -> None:
        """A frame of which only the newest per key matters, encoded already."""
        self.box.put_latest(key, frame)
        self._news.set()

    def put_ready(self, key: str, frame: bytes, ready: bytes) -> bool:
        """As ``put_latest``, for a frame that many get: written at once, as ``ready``, when nothing waits before it,
        and True; else it waits for its turn."""
        if self.direct is not None and not self._writing and not self.box.pressing and self.direct(ready):
            return True
        self.put_latest(key, frame)
        return False

    def holds(self, key: str) -> bool:
        """Whether the newest frame of a key has not been written yet."""
        return self.box.holds(key)

    def send_speech(self, utterance: int, piece: Message | bytes, duration_s: float = 0.0) -> None:
        """A part of an utterance, in its order and at its time. Raises TooSlowError."""
        self.box.put_speech(utterance, piece if isinstance(piece, bytes) else encode(piece), duration_s)
        self._news.set()

    def drop_speech(self, utterance: int) -> None:
        """Forget what has not been sent of an utterance."""
        self.box.drop_speech(utterance, self.clock())
        self._news.set()

    def hold_speech(self) -> None:
        """Send no more speech until it is released."""
        self.box.hold_speech(self.clock())

    def release_speech(self) -> None:
        """Send speech again, as the client plays on from where it waited."""
        self.box.release_speech(self.clock())
        self._news.set()

    def ahead_s(self) -> float:
        """Seconds of speech that the client has yet to hear."""
        return self.box.ahead_s(self.clock())

    @property
    def owes(self) -> bool:
        """Messages that must arrive have not been written yet."""
        return self.box.owes or self._writing

    def end(self) -> None:
        """Let ``carry`` return once everything that must arrive is sent; speech is not waited for."""
        self._ending = True
        self._news.set()

    async def carry(self, write: Callable[[Frame], Awaitable[None]]) -> None:
        """Write frames until ``end``. Raises TooSlowError when one is not taken within 10 s."""
        while True:
            self._news.clear()
            wait_s = self.box.wait_s(self.clock())
            frame = self.box.take(self.clock())
            if frame is not None:
                if self.before_numbered is not None and isinstance(frame, str) and frame.startswith(NUMBERED):
                    await self.before_numbered(number_of(frame))
                await self._write(frame, write)
                self.tell_sounding()
                continue
            if self._ending:
                return
            try:
                async with asyncio.timeout(wait_s):
                    await self._news.wait()
            except TimeoutError:
                continue

    def tell_sounding(self) -> None:
        """A frame has been sent: if it was the first audio of an utterance, say so."""
        if self.box.sounding != self._sounding and self.box.sounding is not None:
            self._sounding = self.box.sounding
            self.on_sounding(self._sounding)

    async def _write(self, frame: Frame, write: Callable[[Frame], Awaitable[None]]) -> None:
        self._writing = True
        try:
            async with asyncio.timeout(SEND_WITHIN_S):
                await write(frame)
        except TimeoutError:
            raise TooSlowError(f"a frame was not taken within {SEND_WITHIN_S:g} s") from None
        finally:
            self._writing = False
