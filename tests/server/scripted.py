"""Scripted parts for tests: a clock that only moves when told, a speaker that is fast, exact or broken."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator

import numpy as np

from avatars.engines import Capabilities, EngineError, Mark, Partial, Phoneme, SpeechChunk, Transcript

RATE = 16_000
LETTER_S = 0.05


class VirtualClock:
    """Seconds that pass only in ``sleep``."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


class ScriptedSpeaker:
    """Speaks each letter in 0.05 s. ``fails_on``: a clause with this word breaks the engine."""

    capabilities = Capabilities(("en", "zh"), RATE, True)

    def __init__(self, fails_on: str = "\0") -> None:
        self.fails_on = fails_on
        self.said: list[str] = []

    def speak(self, text: str, lang: str, stop: Callable[[], bool] | None = None) -> Iterator[SpeechChunk]:
        if self.fails_on in text:
            raise EngineError("the engine is broken", retryable=True)
        self.said.append(text)
        starts = [0] + [i + 1 for i, c in enumerate(text) if c == " "]
        marks = tuple(Mark(at, text.find(" ", at) % (len(text) + 1), at * LETTER_S) for at in starts)
        pcm = np.full(round(len(text) * LETTER_S * RATE), 1000, np.int16)
        yield SpeechChunk(pcm, RATE, marks, tuple(Phoneme("a", at * LETTER_S) for at in starts))


class StreamingTranscriber:
    """Hears one of the given words each half second, in a stream; counts what was opened, finished and abandoned.

    ``text``: what is understood of a whole turn; "" is rejected. ``gate``: finishing waits for it.
    """

    capabilities = Capabilities(("en",), 16_000, True)

    def __init__(self, text: str = "where is the test book") -> None:
        self.text = text
        self.opened = self.finished = self.abandoned = 0
        self.gate = threading.Event()
        self.gate.set()

    def open(self, lang: str | None) -> ScriptedStream:
        self.opened += 1
        return ScriptedStream(self)

    def transcribe(self, samples: np.ndarray, lang: str | None = None) -> Transcript:
        stream = self.open(lang)
        stream.feed(samples)
        return stream.finish()


class ScriptedStream:
    def __init__(self, engine: StreamingTranscriber) -> None:
        self.engine, self.heard = engine, 0

    def feed(self, samples: np.ndarray) -> Partial:
        self.heard += len(samples)
        words = self.engine.text.split()[: self.heard // 8000]
        return Partial(" ".join(words), 0)

    def finish(self) -> Transcript:
        self.engine.gate.wait(10)
        self.engine.finished += 1
        return Transcript(self.engine.text, "en", confidence=0.9, rejected=not self.engine.text)

    def abandon(self) -> None:
        self.engine.abandoned += 1
