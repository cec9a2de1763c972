"""Hearing: audio frames become spoken turns, spoken turns text, text questions.

The turn core decides when a turn begins and ends, when the librarian falls silent and what is no turn; this shell feeds
it, keeps a little sound, and carries out what it says. Samples are forgotten with the visit.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from avatars.turn import CancelThinking, Command, Ignore, StartThinking, StopSpeaking, Transcribe
from server import translate
from server.journeys.ask import Asked, Asking
from server.journeys.resample import Samples, ToHearing
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

LEVEL_EVERY = 5
"""Frames of 20 ms between two reports of the loudness."""


@dataclass(slots=True)
class Stream:
    """One microphone's stream."""

    listen: Listen
    lang: Lang
    to_hearing: ToHearing
    frames: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """One spoken turn, complete. ``ended_at``: the line's clock."""

    of: str
    stream: int
    lang: Lang
    samples: Samples
    ended_at: float
    pushed: bool


class Hearing:
    """The ears of one connection."""

    def __init__(self, parts: Parts, line: Line, visit: Visit, voice: Voice, asking: Asking) -> None:
        self._parts, self._line, self._visit, self._voice, self._asking = parts, line, visit, voice, asking
        self._turns = parts.make_turns(line.clock)
        self._stream: Stream | None = None
        self._waiting: deque[Turn] = deque()
        self._news = asyncio.Event()
        voice.on_started = self._answer_started
        voice.on_ended = self._answer_ended
        asking.on_silent = self._answered_silently

    def begin(self, listen: Listen) -> None:
        """The microphone is on."""
        lang = listen.lang or self._visit.lang
        self._stream = None
        if self._parts.ears.find(lang) is None:
            self._line.send(translate.error("listening_unavailable", lang, "listen"))
            return
        self._stream = Stream(listen, lang, ToHearing(listen.sample_rate))
        self._line.send(Thinking(state="listening"))
        if listen.mode == "push":
            self._do(self._turns.core.push_start(self._turns.now()))

    def feed(self, frame: AudioFrame) -> None:
        """A piece of the stream."""
        stream = self._stream
        if stream is not None and stream.listen.stream == frame.stream:
            self._hear(stream, stream.to_hearing.feed(frame.samples, frame.channels))

    def end(self, number: int) -> None:
        """The microphone is off, or the button was let go."""
        stream = self._stream
        if stream is None or stream.listen.stream != number:
            return
        self._hear(stream, stream.to_hearing.flush())
        commands = self._turns.core.stream_ended(self._turns.now())
        self._do(commands)
        self._stream = None
        if not any(isinstance(command, Transcribe) for command in commands) and not self._waiting:
            self._line.send(Thinking(state="idle"))

    def played(self, utterance: int, played_s: float) -> None:
        """The client has played so much of an utterance."""
        self._do(self._turns.core.playback(self._turns.now(), str(utterance), played_s))

    def interrupt(self) -> None:
        """The reader wants quiet."""
        self._do(self._turns.core.interrupt(self._turns.now()))

    def forget(self) -> None:
        """The reader has left: forget what was heard. An open microphone stays open for the next one."""
        if self._stream is not None and self._stream.listen.mode == "push":
            self._stream = None
        self._waiting.clear()
        self._turns.core.stream_ended(self._turns.now())
        self._turns.core.interrupt(self._turns.now())
        self._turns.forget()

    async def run(self) -> None:
        """Transcribe turns in order, for as long as the connection lasts."""
        while True:
            await self._news.wait()
            self._news.clear()
            while self._waiting:
                await self._understand(self._waiting[0])

    def _hear(self, stream: Stream, frames: Sequence[Samples]) -> None:
        for samples in frames:
            stream.frames += 1
            if stream.frames % LEVEL_EVERY == 0:
                self._line.send_latest("level", Thinking(state="listening", level=loudness(samples)))
            self._do(self._turns.frame(samples))

    def _do(self, commands: Sequence[Command]) -> None:
        for command in commands:
            match command:
                case Transcribe():
                    self._transcribe(command)
                case CancelThinking():
                    self._waiting.clear()
                    self._asking.cancel()
                case StopSpeaking():
                    self._voice.stop("interrupted")
                case Ignore(why="too short"):
                    self._line.send(Thinking(state="idle"))
                case _:
                    pass  # beginnings need nothing done; the voice keeps its own account of what was heard

    def _transcribe(self, span: Transcribe) -> None:
        stream = self._stream
        if stream is None:
            return
        pushed = stream.listen.mode == "push"
        if span.reason == "longest":
            self._line.send(translate.error("too_long", stream.lang, "listen"))
        samples = self._turns.cut(span.start_s, span.end_s)
        turn = Turn(self._visit.next_turn(), stream.listen.stream, stream.lang, samples, self._line.clock(), pushed)
        self._waiting.clear()  # the core asks for one span at a time; a newer one holds the older one
        self._waiting.append(turn)
        self._line.send(Thinking(state="thinking"))
        self._news.set()

    async def _understand(self, turn: Turn) -> None:
        engine = self._parts.ears.find(turn.lang)
        assert engine is not None, "begin() refuses languages that cannot be heard"
        try:
            with self._parts.telemetry.timed("hear"):
                heard = await self._parts.workers.run("hearing", lambda: engine.transcribe(turn.samples, turn.lang))
        except Exception as fault:  # a shell edge: the reader gets a sentence and may type
            if self._is_current(turn):
                log.error("a spoken turn could not be heard", exc_info=fault)
                self._turns.core.transcript(self._turns.now(), "", rejected=True)
                self._line.send(translate.error_message(fault, turn.lang, turn.of, "hear"))
                self._line.send(Thinking(state="idle"))
            return
        if self._is_current(turn):
            self._tell(turn, heard)

    def _is_current(self, turn: Turn) -> bool:
        """Is this turn still wanted? If so it is done with."""
        if self._waiting and self._waiting[0] is turn:
            self._waiting.popleft()
            return True
        return False

    def _tell(self, turn: Turn, heard: Transcript) -> None:
        lang: Lang = "zh" if heard.lang.startswith("zh") else "en"
        rejected = heard.rejected or not heard.text.strip()
        message = Heard(
            of=turn.of,
            stream=turn.stream,
            text="" if rejected else heard.text,
            lang=lang,
            final=True,
            rejected=rejected,
            confidence=min(1.0, max(0.0, float(heard.confidence))),
        )
        self._line.send(message)
        commands = self._turns.core.transcript(self._turns.now(), message.text, rejected)
        if any(isinstance(command, StartThinking) for command in commands):
            self._asking.ask(Asked(turn.of, heard.text, lang, self._visit.at, "voice", turn.ended_at))
            return
        if turn.pushed and rejected:  # in an open room, sounds that are no question are no news
            self._line.send(translate.error("nothing_understood", turn.lang, turn.of))
        self._line.send(Thinking(state="idle"))

    def _answer_started(self, utterance: int) -> None:
        self._do(self._turns.core.answer_started(self._turns.now(), str(utterance)))

    def _answer_ended(self, utterance: int, duration_s: float) -> None:
        self._do(self._turns.core.answer_ended(self._turns.now(), str(utterance), duration_s))

    def _answered_silently(self) -> None:
        """The answer makes no sound, so the turn ends with it."""
        self._turns.core.interrupt(self._turns.now())


def loudness(samples: Samples) -> float:
    """Loudness for a meter, 0…1: −60 dB and below is 0, full scale is 1."""
    power = float(np.sqrt(np.mean(np.square(samples), dtype=np.float64)))
    return round(min(1.0, max(0.0, 1.0 + math.log10(max(power, 1e-6)) / 3.0)), 3)
