"""Whose turn it is: told what is heard and said and when, it says what to do. No clock, no sound, no tasks of its own.

Times are seconds on one clock of the shell's choice, never going back. A frame's time is that of its end. The shell
keeps the last ``TurnSettings.keep_s`` seconds of sound, so that it can cut out the spans it is asked to transcribe.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

Reason = Literal["silence", "released", "longest", "ended"]
Why = Literal["too short", "back-channel", "rejected", "echo"]


@dataclass(frozen=True, slots=True)
class TurnSettings:
    """All in seconds.

    ``begin_s``: voice needed within ``window_s`` for a turn to begin. ``barge_in_s``: the same while the librarian
    speaks. ``echo_s``: after she begins to speak, voice is taken for her own echo and not counted. ``silence_s``: quiet
    that ends a turn. ``shortest_s``: voice below which a turn is noise. ``longest_s``: a turn is cut there.
    ``before_s``: sound kept from before a turn's first voice. ``resume_s``: voice this soon after the end of a turn,
    before the answer sounds, belongs to the same turn. ``press_s``: a shorter press of the button is a slip.
    ``lost_s``: an answer whose playback is not reported for so long after its end counts as heard out.
    """

    frame_s: float = 0.02
    begin_s: float = 0.06
    barge_in_s: float = 0.26
    window_s: float = 0.4
    echo_s: float = 0.12
    silence_s: float = 0.6
    shortest_s: float = 0.16
    longest_s: float = 20.0
    before_s: float = 0.3
    resume_s: float = 0.8
    press_s: float = 0.15
    lost_s: float = 2.0

    @property
    def keep_s(self) -> float:
        """How much sound the shell must keep."""
        return self.longest_s + self.before_s + self.window_s + self.resume_s + self.silence_s + 1.0


@dataclass(frozen=True, slots=True)
class BeginTurn:
    """A reader has begun to speak; their sound counts from ``start_s``."""

    start_s: float


@dataclass(frozen=True, slots=True)
class Transcribe:
    """Find out what was said between these times."""

    start_s: float
    end_s: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class CancelThinking:
    """The reader went on: drop the transcription or the answer under way; a longer span follows."""


@dataclass(frozen=True, slots=True)
class StartThinking:
    """Answer this."""

    text: str


@dataclass(frozen=True, slots=True)
class StopSpeaking:
    """Fall silent at once: stop the speaker, drop what waits, have the client drop what it holds."""

    utterance: str


@dataclass(frozen=True, slots=True)
class Commit:
    """Write the answer into the history as far as it was heard. ``heard_s``: seconds played; ``whole``: all of it."""

    utterance: str
    heard_s: float
    whole: bool


@dataclass(frozen=True, slots=True)
class Ignore:
    """What was heard is no turn."""

    why: Why


Command = BeginTurn | Transcribe | CancelThinking | StartThinking | StopSpeaking | Commit | Ignore


@dataclass(slots=True)
class _Answer:
    utterance: str
    began_s: float
    played_s: float = 0.0
    duration_s: float | None = None
    ended_s: float = 0.0


_BACK_CHANNELS: Final = frozenset(
    "mm mhm mmhmm mm-hmm uh-huh uh huh hm hmm um uh ah oh er erm aha 嗯 嗯嗯 唔 哦 噢 啊 呃 额 哎 唉".split()  # noqa: SIM905
) | {"uh huh", "mm hmm"}


def is_back_channel(text: str) -> bool:
    """Is it one of the sounds by which a listener only shows that they listen?"""
    return re.sub(r"[\s.,!?，。！？…]+", " ", text).strip().lower() in _BACK_CHANNELS


class TurnCore:
    """One reader and one librarian. Each method is told of one event and returns what to do, in order."""

    def __init__(self, settings: TurnSettings | None = None) -> None:
        self.settings = settings or TurnSettings()
        self._recent: deque[float] = deque()  # times of voiced frames within the window
        self._turn_start_s: float | None = None
        self._voiced_s = 0.0
        self._last_voice_s = 0.0
        self._overlong = False
        self._pushed_s: float | None = None
        self._thinking = False
        self._last_span: tuple[float, float] | None = None
        self._answer: _Answer | None = None

    @property
    def listening(self) -> bool:
        """A reader's turn is under way."""
        return self._turn_start_s is not None or self._pushed_s is not None

    @property
    def speaking(self) -> bool:
        """The librarian speaks, or the client still plays."""
        return self._answer is not None

    def frame(self, at_s: float, speech: bool) -> tuple[Command, ...]:
        """20 ms of sound that end at ``at_s``."""
        commands = list(self._expire(at_s))
        if self._pushed_s is not None:
            if at_s - self._pushed_s >= self.settings.longest_s:
                commands += self._release(at_s, "longest")
            return tuple(commands)
        if self._overlong:
            if speech:
                self._last_voice_s = at_s
            self._overlong = at_s - self._last_voice_s < self.settings.silence_s - 1e-9
            return tuple(commands)
        if self._turn_start_s is None:
            commands += self._wait(at_s, speech)
        else:
            commands += self._follow(at_s, speech)
        return tuple(commands)

    def _wait(self, at_s: float, speech: bool) -> list[Command]:
        """Nobody is heard yet: does a turn begin?"""
        rules, answer = self.settings, self._answer
        while self._recent and self._recent[0] <= at_s - rules.window_s:
            self._recent.popleft()
        if answer is not None and at_s - answer.began_s <= rules.echo_s:
            self._recent.clear()
            return []
        if speech:
            self._recent.append(at_s)
        voiced_s = len(self._recent) * rules.frame_s
        if not speech:
            if answer is not None and self._recent and at_s - self._recent[-1] >= 0.2 - 1e-9:
                self._recent.clear()
                return [Ignore("back-channel")]
            return []
        if voiced_s < (rules.barge_in_s if answer is not None else rules.begin_s) - 1e-9:
            return []
        first_s = self._recent[0] - rules.frame_s
        self._voiced_s, self._last_voice_s = voiced_s, at_s
        self._recent.clear()
        commands = self._stop(at_s)
        start_s = max(0.0, first_s - rules.before_s)
        if self._thinking and self._last_span is not None and first_s - self._last_span[1] <= rules.resume_s:
            start_s = self._last_span[0]
            commands.append(CancelThinking())
            self._thinking = False
        self._last_span = None
        self._turn_start_s = start_s
        return [*commands, BeginTurn(start_s)]

    def _follow(self, at_s: float, speech: bool) -> list[Command]:
        """A turn is under way: does it end?"""
        rules, start_s = self.settings, self._turn_start_s
        assert start_s is not None
        if speech:
            self._voiced_s += rules.frame_s
            self._last_voice_s = at_s
        if at_s - start_s >= rules.longest_s:
            self._overlong = True
            return self._end(at_s, "longest")
        if at_s - self._last_voice_s < rules.silence_s - 1e-9:
            return []
        return self._end(min(at_s, self._last_voice_s + min(0.3, rules.silence_s)), "silence")

    def _end(self, end_s: float, reason: Reason) -> list[Command]:
        start_s, self._turn_start_s = self._turn_start_s, None
        assert start_s is not None
        if self._voiced_s < self.settings.shortest_s - 1e-9:
            return [Ignore("too short")]
        self._thinking, self._last_span = True, (start_s, end_s)
        return [Transcribe(start_s, end_s, reason)]

    def push_start(self, at_s: float) -> tuple[Command, ...]:
        """The button is pressed: what is said counts, whatever the voice detector thinks; the librarian stops."""
        if self._pushed_s is not None:
            return ()
        commands = self._stop(at_s)
        if self._thinking:
            commands.append(CancelThinking())
        self._thinking, self._last_span = False, None
        self._turn_start_s, self._overlong = None, False
        self._recent.clear()
        self._pushed_s = at_s
        return (*commands, BeginTurn(at_s))

    def push_stop(self, at_s: float) -> tuple[Command, ...]:
        """The button is let go."""
        return tuple(self._release(at_s, "released")) if self._pushed_s is not None else ()

    def _release(self, at_s: float, reason: Reason) -> list[Command]:
        start_s, self._pushed_s = self._pushed_s, None
        assert start_s is not None
        if at_s - start_s < self.settings.press_s - 1e-9:
            return [Ignore("too short")]
        self._thinking, self._last_span = True, None
        return [Transcribe(start_s, at_s, reason)]

    def stream_ended(self, at_s: float) -> tuple[Command, ...]:
        """The microphone is off: a turn under way ends here."""
        self._recent.clear()
        self._overlong = False
        if self._pushed_s is not None:
            return tuple(self._release(at_s, "released"))
        return tuple(self._end(at_s, "ended")) if self._turn_start_s is not None else ()

    def transcript(self, at_s: float, text: str, rejected: bool = False) -> tuple[Command, ...]:
        """What was said in the span last asked for. One that comes after the reader went on is dropped."""
        if not self._thinking:
            return ()
        if rejected or not text.strip():
            self._thinking = False
            return (Ignore("rejected"),)
        if is_back_channel(text):
            self._thinking = False
            return (Ignore("back-channel"),)
        return (StartThinking(text),)

    def answer_started(self, at_s: float, utterance: str) -> tuple[Command, ...]:
        """The first sound of an answer goes out. Not while the reader speaks: then it is stopped at once."""
        commands: list[Command] = []
        if self._answer is not None and self._answer.utterance != utterance:
            commands += self._commit(whole=False)
        if self.listening:
            return (*commands, StopSpeaking(utterance), Commit(utterance, 0.0, False))
        self._thinking, self._last_span = False, None
        self._recent.clear()
        self._answer = _Answer(utterance, at_s)
        return tuple(commands)

    def answer_ended(self, at_s: float, utterance: str, duration_s: float) -> tuple[Command, ...]:
        """All of an answer has gone out; it lasts ``duration_s``. It ends for the reader when it has been played."""
        answer = self._answer
        if answer is None or answer.utterance != utterance:
            return ()
        answer.duration_s, answer.ended_s = duration_s, max(at_s, answer.began_s + duration_s)
        return tuple(self._finish_if_heard())

    def playback(self, at_s: float, utterance: str, played_s: float) -> tuple[Command, ...]:
        """The client has played so much of an answer."""
        answer = self._answer
        if answer is None or answer.utterance != utterance:
            return ()
        answer.played_s = max(answer.played_s, played_s)
        return tuple(self._finish_if_heard())

    def interrupt(self, at_s: float) -> tuple[Command, ...]:
        """The reader presses "stop"."""
        commands = self._stop(at_s)
        if self._thinking:
            self._thinking, self._last_span = False, None
            commands.append(CancelThinking())
        return tuple(commands)

    def _expire(self, at_s: float) -> Sequence[Command]:
        """A client that does not report playback: the answer counts as heard out some time after its end."""
        answer = self._answer
        if answer is None or answer.duration_s is None or at_s < answer.ended_s + self.settings.lost_s:
            return ()
        return self._commit(whole=True)

    def _finish_if_heard(self) -> list[Command]:
        answer = self._answer
        if answer is None or answer.duration_s is None or answer.played_s < answer.duration_s - 0.05:
            return []
        return self._commit(whole=True)

    def _stop(self, at_s: float) -> list[Command]:
        if self._answer is None:
            return []
        return [StopSpeaking(self._answer.utterance), *self._commit(whole=False)]

    def _commit(self, whole: bool) -> list[Command]:
        answer, self._answer = self._answer, None
        assert answer is not None
        heard_s = answer.duration_s if whole and answer.duration_s is not None else answer.played_s
        return [Commit(answer.utterance, heard_s, whole)]


class _Timed(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def end_s(self) -> float: ...


def heard_text(words: Sequence[_Timed], played_s: float) -> str:
    """The words heard whole by ``played_s``, joined as they are written: blanks beside Latin words only."""
    said = ""
    for word in words:
        if word.end_s > played_s + 0.03:
            break
        blank = said and said[-1] < "\u2e80" and word.text[:1] < "\u2e80" and not said[-1].isspace()
        said += (" " if blank else "") + word.text
    return said
