"""Hearing: audio frames become spoken turns, spoken turns text, text questions.

``push``: the reader holds a button, everything until ``listen_end`` is one turn. ``open``: the turn core finds where
turns begin and end; when one begins the librarian stops talking. Samples are kept only until they are transcribed.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from server import translate
from server.journeys.ask import Asked, Asking
from server.journeys.resample import FRAME, RATE, Samples, ToHearing
from server.journeys.speak import Voice
from server.line import Line
from server.sessions import Visit
from server.telemetry import log
from wire.audio import AudioFrame
from wire.messages.ask import Thinking
from wire.messages.base import Lang
from wire.messages.speech import Heard, Listen

if TYPE_CHECKING:
    from avatars.engines import Transcript
    from server.parts import Parts
    from server.turns import OpenTurns

LONGEST_S = 30.0
SHORTEST_S = 0.2
LEVEL_EVERY = 5
"""Frames of 20 ms between two reports of the loudness."""
WAITING_MAX = 4


@dataclass(slots=True)
class Stream:
    """One microphone's stream. ``heard``: frames of the turn under way (push); ``turns``: the turn core (open)."""

    listen: Listen
    lang: Lang
    to_hearing: ToHearing
    turns: OpenTurns | None
    heard: list[Samples] = field(default_factory=list)
    frames: int = 0
    too_long: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One spoken turn, complete. ``ended_at``: the line's clock."""

    stream: int
    lang: Lang
    samples: Samples
    ended_at: float
    pushed: bool


class Hearing:
    """The ears of one connection."""

    def __init__(self, parts: Parts, line: Line, visit: Visit, voice: Voice, asking: Asking) -> None:
        self._parts, self._line, self._visit, self._voice, self._asking = parts, line, visit, voice, asking
        self._stream: Stream | None = None
        self._turns: deque[Turn] = deque()
        self._news = asyncio.Event()

    def begin(self, listen: Listen) -> None:
        """The microphone is on."""
        lang = listen.lang or self._visit.lang
        self._stream = None
        if self._parts.ears.find(lang) is None:
            self._line.send(translate.error("listening_unavailable", lang, "listen"))
            return
        turns = self._parts.make_turns() if listen.mode == "open" else None
        self._stream = Stream(listen, lang, ToHearing(listen.sample_rate), turns)
        if listen.mode == "push":
            self._voice.stop("interrupted")
        self._line.send(Thinking(state="listening"))

    def feed(self, frame: AudioFrame) -> None:
        """A piece of the stream."""
        stream = self._stream
        if stream is None or stream.listen.stream != frame.stream:
            return
        for samples in stream.to_hearing.feed(frame.samples, frame.channels):
            self._hear(stream, samples)

    def end(self, number: int) -> None:
        """The microphone is off, or the button was let go."""
        stream, self._stream = self._stream, None
        if stream is None or stream.listen.stream != number:
            return
        for samples in stream.to_hearing.flush():
            self._hear(stream, samples)
        if stream.turns is not None:
            rest = stream.turns.end()
            if rest is not None:
                self._complete(stream, rest)
            else:
                self._line.send(Thinking(state="idle"))
        elif stream.heard and not stream.too_long:
            self._complete(stream, np.concatenate(stream.heard))
        else:
            self._line.send(Thinking(state="idle"))

    def close(self) -> None:
        """Hear no more and forget what was heard."""
        self._stream = None
        self._turns.clear()

    async def run(self) -> None:
        """Transcribe turns in order, for as long as the connection lasts."""
        while True:
            await self._news.wait()
            self._news.clear()
            while self._turns:
                await self._understand(self._turns.popleft())

    def _hear(self, stream: Stream, samples: Samples) -> None:
        stream.frames += 1
        if stream.frames % LEVEL_EVERY == 0:
            self._line.send_latest("level", Thinking(state="listening", level=loudness(samples)))
        if stream.turns is not None:
            told = stream.turns.feed(samples)
            if told.began and self._voice.speaking:
                self._voice.stop("interrupted")
            if told.turn is not None:
                self._complete(stream, told.turn)
        elif not stream.too_long:
            stream.heard.append(samples)
            if len(stream.heard) * FRAME > LONGEST_S * RATE:
                stream.too_long = True
                stream.heard.clear()
                self._line.send(translate.error("too_long", stream.lang, "listen"))

    def _complete(self, stream: Stream, samples: Samples) -> None:
        pushed = stream.listen.mode == "push"
        if len(samples) < SHORTEST_S * RATE:
            self._line.send(Thinking(state="idle"))
            return
        if len(self._turns) >= WAITING_MAX:
            self._line.send(translate.error("busy", stream.lang, "listen"))
            return
        self._turns.append(Turn(stream.listen.stream, stream.lang, samples, self._line.clock(), pushed))
        self._line.send(Thinking(state="thinking"))
        self._news.set()

    async def _understand(self, turn: Turn) -> None:
        of = self._visit.next_turn()
        engine = self._parts.ears.find(turn.lang)
        if engine is None:
            return
        try:
            with self._parts.telemetry.timed("hear"):
                heard = await self._parts.workers.run("hearing", lambda: engine.transcribe(turn.samples, turn.lang))
        except Exception as fault:  # a shell edge: the reader gets a sentence and may type
            log.error("a spoken turn could not be heard", exc_info=fault)
            self._line.send(translate.error_message(fault, turn.lang, of, "hear"))
            self._line.send(Thinking(state="idle"))
            return
        self._tell(turn, of, heard)

    def _tell(self, turn: Turn, of: str, heard: Transcript) -> None:
        lang: Lang = "zh" if heard.lang.startswith("zh") else "en"
        rejected = heard.rejected or not heard.text.strip()
        self._line.send(
            Heard(
                of=of,
                stream=turn.stream,
                text="" if rejected else heard.text,
                lang=lang,
                final=True,
                rejected=rejected,
                confidence=min(1.0, max(0.0, float(heard.confidence))),
            )
        )
        if rejected:
            if turn.pushed:  # in an open room, sounds that are no question are no news
                self._line.send(translate.error("nothing_understood", turn.lang, of))
            self._line.send(Thinking(state="idle"))
            return
        self._asking.ask(Asked(of, heard.text, lang, self._visit.at, "voice", turn.ended_at))


def loudness(samples: Samples) -> float:
    """Loudness for a meter, 0…1: −60 dB and below is 0, full scale is 1."""
    power = float(np.sqrt(np.mean(np.square(samples), dtype=np.float64)))
    return round(min(1.0, max(0.0, 1.0 + math.log10(max(power, 1e-6)) / 3.0)), 3)
