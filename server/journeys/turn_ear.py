"""Hearing one turn while it is said: in a stream where the engine has one, else the whole of it when asked.

Blocking work goes to the *hearing* pool, one job at a time, so that a stream is never used by two threads. What was
heard when the reader paused may be thrown away: when they go on, the turn is heard anew from its start.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from server.journeys.resample import Samples
from server.telemetry import Telemetry
from server.workers import BusyError, Workers

if TYPE_CHECKING:
    from avatars.engines import HearingStream, Partial, Transcriber, Transcript

T = TypeVar("T")
FEED_FRAMES = 5
"""Frames of 20 ms that are given to a stream at once."""
CROWD = 4
"""Jobs in the hearing pool beyond which streams wait and guesses are not made."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told: what is understood so far; all that was said, and how sure it is that it is all; a failure.

    ``judge``: how sure, for a text; called in a worker.
    """

    partial: Callable[[Partial], None]
    heard: Callable[[Transcript, float], None]
    failed: Callable[[Exception], None]
    judge: Callable[[str], float]


class TurnEar:
    """One turn. All calls from the event loop."""

    def __init__(
        self, engine: Transcriber, lang: str, workers: Workers, telemetry: Telemetry, told: Told, sound: Samples
    ) -> None:
        self._engine, self._lang, self._workers, self._telemetry, self._told = engine, lang, workers, telemetry, told
        self._open: Callable[[str | None], HearingStream] | None = getattr(engine, "open", None)
        self._sound: list[Samples] = [sound]
        self._fed = 0
        self._stream: HearingStream | None = None
        self._wanted: int | None = None  # the generation that is to be finished
        self._generation = 0
        self._asked = self._sure = self._closed = self._inside = False
        self._news = asyncio.Event()
        self._task = asyncio.ensure_future(self._run())

    def feed(self, samples: Samples) -> None:
        """20 ms more."""
        self._sound.append(samples)
        if self._open is not None and not self._asked and len(self._sound) - self._fed >= FEED_FRAMES:
            self._news.set()

    def finish(self, sure: bool) -> None:
        """Find out what was said until now. ``sure``: the turn is over; else it may be refused when many speak."""
        self._sure = self._sure or sure
        if not self._asked and (sure or self._workers.waiting("hearing") < CROWD):
            self._asked, self._wanted = True, self._generation
            self._news.set()

    def go_on(self) -> None:
        """The reader goes on: what was found out does not count."""
        self._generation += 1
        self._asked, self._wanted = False, None
        if self._stream is None:
            self._fed = 0

    def close(self) -> None:
        """Nobody waits for this turn any more."""
        self._closed = True
        self._task.cancel()

    async def _run(self) -> None:
        try:
            while True:
                await self._news.wait()
                self._news.clear()
                if self._wanted is not None:
                    generation, self._wanted = self._wanted, None
                    await self._finish(generation)
                elif self._open is not None and not self._asked and self._workers.waiting("hearing") < CROWD:
                    await self._hear_more()
        except Exception as fault:  # a shell edge: the reader gets a sentence
            if not self._closed:
                self._told.failed(fault)
        finally:
            if self._stream is not None and not self._inside:
                self._stream.abandon()

    async def _hear_more(self) -> None:
        generation = self._generation
        try:
            partial = await self._work(self._feed)
        except BusyError:
            return  # captions come later or not at all
        if generation == self._generation and partial is not None and self._wanted is None:
            self._told.partial(partial)

    async def _finish(self, generation: int) -> None:
        try:
            with self._telemetry.timed("hear"):
                heard, sure = await self._work(self._end)
        except BusyError:
            if self._sure:
                raise
            self._asked = False  # a guess is no duty
            return
        if generation == self._generation:
            self._told.heard(heard, sure)

    def _feed(self) -> Partial | None:
        """Runs in a worker."""
        assert self._open is not None
        if self._stream is None:
            self._stream, self._fed = self._open(self._lang), 0
        new, self._fed = self._sound[self._fed :], len(self._sound)
        return self._stream.feed(np.concatenate(new)) if new else None

    def _end(self) -> tuple[Transcript, float]:
        """Runs in a worker. The stream is used up; a turn that goes on is given to a new one."""
        heard = self._hear_all()
        return heard, 0.0 if heard.rejected else self._told.judge(heard.text)

    def _hear_all(self) -> Transcript:
        if self._open is None:
            return self._engine.transcribe(np.concatenate(self._sound), self._lang)
        self._feed()
        stream, self._stream = self._stream, None
        assert stream is not None
        return stream.finish()

    async def _work(self, job: Callable[[], T]) -> T:
        def inside() -> T:
            if self._closed:
                raise RuntimeError("nobody waits for this turn")
            self._inside = True
            try:
                return job()
            finally:
                self._inside = False
                if self._closed and self._stream is not None:
                    self._stream.abandon()

        return await self._workers.run("hearing", inside)
