"""A microphone and a loudspeaker for the voice benches: one websocket client that talks at a microphone's pace.

``Talker.say`` sends sound in frames of 20 ms, silence included; everything that comes back is kept with the time of its
arrival (``time.perf_counter``).
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import websockets

from wire.audio import AudioFrame, encode_audio

RATE, FRAME = 16_000, 320
FRAME_S = FRAME / RATE
LOUD = 0.02
"""Amplitude of what counts as a voiced sample."""


@dataclass(frozen=True, slots=True)
class Came:
    """A message with its time; ``{"type": "audio", "stream": n}`` for a binary frame."""

    at: float
    body: dict[str, Any]


@dataclass(slots=True)
class Talker:
    """One client with an open microphone. ``lag``: how late its own frames were, seconds."""

    socket: Any
    came: list[Came] = field(default_factory=list)
    lag: list[float] = field(default_factory=list)
    number: int = 0
    due: float = 0.0

    async def begin(self) -> None:
        """Say hello and switch the microphone on."""
        hello = {"type": "hello", "version": 1, "client": "test", "languages": ["en"]}
        await self.socket.send(json.dumps({**hello, "capabilities": ["speech_in", "speech_out", "figures"]}))
        await self.send(type="listen", stream=1, mode="open", sample_rate=RATE, lang="en")
        self.due = time.perf_counter()

    async def send(self, **message: Any) -> None:
        """A message."""
        await self.socket.send(json.dumps(message))

    async def say(self, samples: np.ndarray, until: Callable[[], bool] = lambda: False) -> list[float]:
        """Send int16 (n,) at 16 kHz at its own pace; the times at which its frames were sent. Ends early ``until``."""
        sent = []
        for at in range(0, len(samples), FRAME):
            if until():
                break
            piece = np.pad(samples[at : at + FRAME], (0, max(0, at + FRAME - len(samples)))).astype("<i2")
            self.due += FRAME_S
            await asyncio.sleep(max(0.0, self.due - time.perf_counter()))
            now = time.perf_counter()
            self.lag.append(now - self.due)
            frame = AudioFrame(1, self.number, self.number * FRAME, RATE, piece.tobytes())
            await self.socket.send(encode_audio(frame))
            self.number += 1
            sent.append(now)
        return sent

    async def quiet(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        """Silence."""
        await self.say(np.zeros(int(seconds * RATE), np.int16), until)

    async def read(self) -> None:
        """Keep what comes."""
        async for frame in self.socket:
            now = time.perf_counter()
            if isinstance(frame, bytes):
                self.came.append(Came(now, {"type": "audio", "stream": int.from_bytes(frame[4:8], "little")}))
            else:
                self.came.append(Came(now, json.loads(frame)))

    def first(self, kind: str, since: float, **fields: Any) -> Came | None:
        """The first message of a kind with these fields since a time."""
        for came in self.came:
            if came.at >= since and came.body["type"] == kind and fields.items() <= came.body.items():
                return came
        return None


async def talk(url: str, conversation: Callable[[Talker], Any]) -> None:
    """Connect, and hold a conversation."""
    async with websockets.connect(url, subprotocols=["shelfway.v1"], max_size=None, compression=None) as socket:
        talker = Talker(socket)
        reader = asyncio.ensure_future(talker.read())
        try:
            await talker.begin()
            await talker.quiet(0.3)
            await conversation(talker)
        finally:
            reader.cancel()


def speak(speaker: Any, text: str, lang: str = "en") -> tuple[np.ndarray, list[float]]:
    """Text → int16 (n,) at 16 kHz and the start of each word in seconds."""
    from avatars.speech import say
    from server.journeys.resample import ToHearing

    spoken = say(speaker, text, lang)
    stream = ToHearing(spoken.sample_rate)
    samples = np.concatenate([*stream.feed(spoken.samples.astype("<i2").tobytes()), *stream.flush()])
    return (samples * 32767).astype(np.int16), [word.start_s for word in spoken.words]


def voiced(samples: np.ndarray) -> tuple[int, int]:
    """Indices of the first and the last voiced sample."""
    loud = np.nonzero(np.abs(samples.astype(np.int32)) > LOUD * 32767)[0]
    return int(loud[0]), int(loud[-1])


def quantile(values: list[float], q: float) -> float | None:
    """In milliseconds, from seconds."""
    return round(float(np.quantile(values, q)) * 1000, 1) if values else None
