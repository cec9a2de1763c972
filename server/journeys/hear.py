"""Hearing: audio frames become spoken turns, spoken turns text, text questions.

The turn core decides when a turn begins, pauses and ends, when the librarian is soft, silent or goes on, and what is no
turn; this shell feeds it, keeps a little sound, and carries out what it says. Samples are forgotten with the visit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from avatars import turn_values as turn
from avatars.turn_text import is_settled
from server import translate
from server.journeys.ask import Asked, Asking
from server.journeys.heard import heard_message, lang_of
from server.journeys.resample import Samples, ToHearing
from server.journeys.speak import Voice
from server.journeys.turn_ear import Told, TurnEar
from server.line import Line
from server.sessions import Visit
from server.telemetry import log
from server.turn_figures import TurnFigures
from wire.audio import AudioFrame
from wire.messages.ask import Thinking
from wire.messages.base import Lang
from wire.messages.speech import HeardPartial, Listen

if TYPE_CHECKING:
    from avatars.engines import Partial, Transcript
    from avatars.values import Reply
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


@dataclass(slots=True)
class Spoken:
    """One spoken turn: who hears it, what was heard of it, how long it took. ``told``: its text has been sent."""

    of: str
    stream: int
    lang: Lang
    pushed: bool
    ear: TurnEar
    figures: TurnFigures
    heard: Transcript | None = None
    over: bool = False
    told: bool = False


class Hearing:
    """The ears of one connection."""

    def __init__(self, parts: Parts, line: Line, visit: Visit, voice: Voice, asking: Asking) -> None:
        self._parts, self._line, self._visit, self._voice, self._asking = parts, line, visit, voice, asking
        self._turns = parts.make_turns(line.clock)
        self._stream: Stream | None = None
        self._spoken: dict[int, Spoken] = {}
        self._current: Spoken | None = None
        voice.on_started = self._answer_started
        voice.on_ended = self._answer_ended
        voice.on_grown = self._answer_goes_on
        asking.on_silent = self._turns.core.answered_silently

    def begin(self, listen: Listen) -> None:
        """The microphone is on."""
        if self._stream is not None:
            self.end(self._stream.listen.stream)
        lang = listen.lang or self._visit.lang
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
        self._do(self._turns.core.stream_ended(self._turns.now()))
        self._stream = None
        if not self._spoken:
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
        self._turns.core.stream_ended(self._turns.now())
        self._turns.core.interrupt(self._turns.now())
        self._close_all()
        self._turns.forget()

    def _close_all(self) -> None:
        for spoken in self._spoken.values():
            spoken.ear.close()
        self._spoken.clear()
        self._current = None

    def _hear(self, stream: Stream, frames: Sequence[Samples]) -> None:
        for samples in frames:
            stream.frames += 1
            if stream.frames % LEVEL_EVERY == 0:
                self._line.send_latest("level", Thinking(state="listening", level=loudness(samples)))
            if self._current is not None:
                self._current.ear.feed(samples)
            self._do(self._turns.frame(samples))

    def _do(self, commands: Sequence[turn.Command]) -> None:
        for command in commands:
            match command:
                case turn.BeginTurn():
                    self._begin(command)
                case turn.Guess():
                    self._of(command.turn, lambda spoken: spoken.ear.finish(sure=False))
                case turn.DropGuess():
                    self._of(command.turn, self._go_on)
                case turn.Transcribe():
                    if command.turn not in self._spoken:  # it could not be heard, and that has been said
                        self._do(self._turns.core.transcript(self._turns.now(), command.turn, "", rejected=True))
                    self._of(command.turn, partial(self._end_turn, command))
                case turn.CancelThinking():
                    self._cancel(command.turn)
                case turn.StartThinking():
                    self._of(command.turn, partial(self._think, command))
                case turn.Duck():
                    self._voice.duck(int(command.utterance), command.gain)
                case turn.StopSpeaking():
                    self._voice.stop("interrupted")
                case turn.Resume():
                    self._voice.resume(int(command.utterance))
                case turn.Attend():
                    self._of(command.turn, partial(self._leave, command.turn))
                case turn.Ignore():
                    self._of(command.turn, partial(self._ignore, command))
                case _:
                    pass  # the voice keeps its own account of what was heard

    def _of(self, number: int, do: Callable[[Spoken], None]) -> None:
        spoken = self._spoken.get(number)
        if spoken is not None:
            do(spoken)

    def _begin(self, command: turn.BeginTurn) -> None:
        stream = self._stream
        engine = self._parts.ears.find(stream.lang) if stream is not None else None
        if stream is None or engine is None:
            return
        number, of = command.turn, self._visit.next_turn()
        told = Told(
            partial(self._partial, number),
            partial(self._heard, number),
            partial(self._failed, number),
            lambda text: self._parts.sure_of_end(text, stream.lang, self._turns.core.settings.silence_s),
        )
        sound = self._turns.cut(command.start_s, self._turns.now())
        ear = TurnEar(engine, stream.lang, self._parts.workers, self._parts.telemetry, told, sound)
        pushed = stream.listen.mode == "push"
        figures = TurnFigures(of, stream.listen.mode, self._line.clock())
        self._current = Spoken(of, stream.listen.stream, stream.lang, pushed, ear, figures)
        self._spoken[number] = self._current

    def _partial(self, number: int, understood: Partial) -> None:
        spoken = self._spoken.get(number)
        if spoken is None or spoken.over or not understood.text.strip():
            return
        # what may be said to others, or be no turn at all, is not shown
        if not self._turns.core.settings.wake and not self._turns.core.speaking:
            stable = min(understood.stable, len(understood.text))
            message = HeardPartial(of=spoken.of, stream=spoken.stream, text=understood.text, stable=stable)
            self._line.send_latest("heard_partial", message)
        self._do(self._turns.core.partial(self._turns.now(), number, understood.text))

    def _go_on(self, spoken: Spoken) -> None:
        spoken.ear.go_on()
        spoken.heard = None
        spoken.figures.marks.pop("heard", None)
        self._asking.drop_guess()

    def _end_turn(self, command: turn.Transcribe, spoken: Spoken) -> None:
        self._current, spoken.over = None, True
        now = self._line.clock()
        spoken.figures.voice_end = now - (self._turns.now() - self._turns.core.voice_ended_s)
        spoken.figures.mark("turn_end", now)
        if command.reason == "longest":
            self._line.send(translate.error("too_long", spoken.lang, "listen"))
        self._line.send(Thinking(state="thinking"))
        if spoken.heard is not None:
            self._tell(spoken, spoken.heard)
        else:
            spoken.ear.finish(sure=True)

    def _heard(self, number: int, heard: Transcript, sure: float) -> None:
        spoken = self._spoken.get(number)
        if spoken is None:
            return
        spoken.heard = heard
        spoken.figures.mark("heard", self._line.clock())
        rejected = heard.rejected or not heard.text.strip()
        if spoken.over:
            self._tell(spoken, heard)
        text = "" if rejected else heard.text
        self._do(self._turns.core.transcript(self._turns.now(), number, text, rejected, sure))

    def _tell(self, spoken: Spoken, heard: Transcript) -> None:
        if spoken.told or self._turns.core.settings.wake:
            return  # with a wake phrase only what was said to her is shown: see _think
        spoken.told = True
        self._line.send(heard_message(spoken.of, spoken.stream, heard))

    def _failed(self, number: int, fault: Exception) -> None:
        spoken = self._spoken.get(number)
        if spoken is None:
            return
        log.error("a spoken turn could not be heard", exc_info=fault)
        self._line.send(translate.error_message(fault, spoken.lang, spoken.of, "hear"))
        self._leave(number, spoken)
        self._do(self._turns.core.transcript(self._turns.now(), number, "", rejected=True))

    def _think(self, command: turn.StartThinking, spoken: Spoken) -> None:
        heard = spoken.heard
        assert heard is not None, "the core starts thinking when a transcript came"
        asked = Asked(
            spoken.of, command.text, lang_of(heard), self._visit.at, "voice", spoken.figures.voice_end, spoken.figures
        )
        if command.tentative:
            self._asking.guess(asked, partial(self._thought, command.turn))
            return
        if not spoken.told:
            spoken.told = True
            self._line.send(heard_message(spoken.of, spoken.stream, heard))
        self._asking.ask(asked)
        spoken.ear.close()
        del self._spoken[command.turn]

    def _thought(self, number: int, reply: Reply) -> None:
        self._do(self._turns.core.thought(self._turns.now(), number, is_settled(reply)))

    def _ignore(self, command: turn.Ignore, spoken: Spoken) -> None:
        self._asking.drop_guess()
        if command.why == "rejected" and spoken.pushed:  # in an open room, sounds that are no question are no news
            self._line.send(translate.error("nothing_understood", spoken.lang, spoken.of))
        self._leave(command.turn, spoken)

    def _leave(self, number: int, spoken: Spoken) -> None:
        spoken.ear.close()
        if self._current is spoken:
            self._current = None
        self._spoken.pop(number, None)
        self._line.send(Thinking(state="speaking" if self._voice.speaking else "idle"))

    def _cancel(self, number: int | None) -> None:
        """The turn went on, or all thought is to end; a turn under way is heard on."""
        for key, spoken in list(self._spoken.items()):
            if spoken.over and number in (None, key):
                spoken.ear.close()
                del self._spoken[key]
        self._asking.cancel()

    def _answer_started(self, utterance: int, text: str) -> None:
        self._do(self._turns.core.answer_started(self._turns.now(), str(utterance), text))

    def _answer_goes_on(self, utterance: int, text: str, until_s: float) -> None:
        self._turns.core.answer_goes_on(self._turns.now(), str(utterance), text, until_s)

    def _answer_ended(self, utterance: int, duration_s: float) -> None:
        self._do(self._turns.core.answer_ended(self._turns.now(), str(utterance), duration_s))


def loudness(samples: Samples) -> float:
    """Loudness for a meter, 0…1: −60 dB and below is 0, full scale is 1."""
    power = float(np.sqrt(np.mean(np.square(samples), dtype=np.float64)))
    return round(min(1.0, max(0.0, 1.0 + math.log10(max(power, 1e-6)) / 3.0)), 3)
