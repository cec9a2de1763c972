"""Who has the floor: the librarian's utterance and what a reader's voice does to it.

Part of the turn core (``avatars/turn.py``), with the same clock. She has the floor while an utterance is played. Voice
presses on it: softer, silent where it is, interrupted. A false alarm gives it back.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Literal

from avatars.playing import Playing
from avatars.turn_values import Command, Commit, Duck, Ignore, Resume, StopSpeaking, TurnSettings, Why

_EPS = 1e-9


@dataclass(slots=True)
class Turn:
    """One turn of a reader.

    ``before``: what was understood of an earlier turn that this one goes on with. ``over``: it began while the
    librarian spoke. ``pressing_s``: voice that speaks against her. ``patient``: she began while it was under way; it
    interrupts nothing. ``guess``: what was said until this pause has been asked for, or heard. ``stopped``: the
    utterance that it interrupted.
    """

    id: int
    start_s: float
    voiced_s: float
    last_voice_s: float
    before: str = ""
    over: bool = False
    pushed: bool = False
    patient: bool = False
    end_s: float = 0.0
    guess: Literal["asked", "heard"] | None = None
    text: str = ""
    rejected: bool = False
    sure: float | None = None
    settled: bool | None = None
    stopped: str | None = None
    pressing_s: float = 0.0
    _again: list[float] = field(default_factory=list)

    def goes_on(self, at_s: float, rules: TurnSettings) -> bool:
        """Voice within a pause: enough of it, for the reader to be speaking again?"""
        self._again = [s for s in self._again if s > at_s - 0.2]
        self._again.append(at_s)
        return len(self._again) * rules.frame_s >= rules.begin_s - _EPS

    def brief(self, rules: TurnSettings) -> bool:
        """Is it no longer than a listener's sound, and has it stopped nobody?"""
        return not self.patient and self.stopped is None and self.voiced_s < rules.decide_s - _EPS

    def forget_guess(self) -> None:
        """The pause is over."""
        self.guess = self.sure = self.settled = None
        self.rejected = False
        self._again.clear()

    def hangover_s(self, rules: TurnSettings) -> float:
        """How much quiet ends it, by what is known of what was said."""
        if self.guess != "heard" or self.sure is None:
            return rules.silence_s
        if self.rejected or self.sure < 0.5:
            return rules.dangling_s  # half a question is not understood either
        return rules.complete_s if self.settled else rules.silence_s


@dataclass(slots=True)
class Said:
    """An utterance that is being played. ``gain``: how loud, 0 while it waits. ``alarms``: that were false."""

    utterance: str
    text: str
    began_s: float
    playing: Playing = field(init=False)
    duration_s: float | None = None
    gain: float = 1.0
    alarms: int = 0

    def __post_init__(self) -> None:
        self.playing = Playing(self.began_s)


class Floor:
    """What the librarian is saying at one client."""

    def __init__(self, rules: TurnSettings) -> None:
        self._rules = rules
        self.answer: Said | None = None
        self.said: deque[str] = deque(maxlen=4)

    def take(self, at_s: float, said: Said, turn: Turn | None) -> list[Command]:
        """She begins; in silence while a reader is speaking."""
        self.answer = said
        self.said.append(said.text)
        if turn is None:
            return []
        turn.over = turn.patient = True
        return self._soften(at_s, 0.0)

    def press(self, at_s: float, turn: Turn, voiced_s: float) -> list[Command]:
        """A reader's voice goes on, by ``voiced_s``."""
        rules, answer = self._rules, self.answer
        turn.pressing_s += voiced_s
        if answer is None or not turn.over or turn.patient or answer.alarms >= rules.alarms:
            return []
        if turn.pressing_s >= rules.decide_s - _EPS:
            return self.interrupted(at_s, turn)
        if turn.pressing_s >= rules.hold_s - _EPS:
            return self._soften(at_s, 0.0)
        return self._soften(at_s, min(answer.gain, rules.duck_gain)) if turn.pressing_s >= rules.duck_s - _EPS else []

    def interrupted(self, at_s: float, turn: Turn) -> list[Command]:
        """This turn is meant: she stops, unless she only began while it was under way."""
        if not turn.over or turn.patient or self.answer is None:
            return []
        turn.stopped = self.answer.utterance
        return self.stop(at_s)

    def false_alarm(self, at_s: float, turn: Turn, why: Why) -> list[Command]:
        """It was no turn: she goes on."""
        commands: list[Command] = [Ignore(turn.id, why)]
        if self.answer is not None:
            self.answer.alarms += 1 if turn.over and not turn.patient else 0
            return commands + self.go_on(at_s)
        return [*commands, Resume(turn.stopped)] if turn.stopped is not None else commands

    def relieve(self, at_s: float, turn: Turn) -> list[Command]:
        """Nothing was understood until this pause: she goes on, and voice counts anew."""
        if not turn.over or turn.patient or self.answer is None:
            return []
        turn.pressing_s = 0.0
        return self.go_on(at_s)

    def go_on(self, at_s: float) -> list[Command]:
        """As loud as before."""
        return self._soften(at_s, 1.0)

    def stop(self, at_s: float) -> list[Command]:
        """She stops."""
        if self.answer is None:
            return []
        return [StopSpeaking(self.answer.utterance), *self.leave(at_s)]

    def leave(self, at_s: float, whole: bool = False) -> list[Command]:
        """What she said goes into the history as far as it was heard."""
        answer, self.answer = self.answer, None
        if answer is None:
            return []
        if whole and answer.duration_s is not None:
            return [Commit(answer.utterance, answer.duration_s, True)]
        return [Commit(answer.utterance, answer.playing.heard(at_s, answer.duration_s), False)]

    def goes_on(self, at_s: float, utterance: str, text: str, until_s: float) -> None:
        """An answer that is still made has grown to ``text``; until now it lasted ``until_s``."""
        answer = self.answer
        if answer is None or answer.utterance != utterance:
            return
        answer.playing.starve(at_s, until_s)
        if self.said:
            self.said[-1] = text

    def ended(self, at_s: float, utterance: str, duration_s: float) -> list[Command]:
        """All of it has gone out."""
        answer = self.answer
        if answer is None or answer.utterance != utterance:
            return []
        answer.duration_s = duration_s
        return self._finish()

    def played(self, at_s: float, utterance: str, played_s: float) -> list[Command]:
        """The client reports."""
        answer = self.answer
        if answer is None or answer.utterance != utterance:
            return []
        answer.playing.report(at_s, played_s)
        return self._finish()

    def expire(self, at_s: float) -> list[Command]:
        """A client that does not report playback: heard out some time after its end."""
        answer = self.answer
        if answer is None or answer.duration_s is None or answer.gain == 0.0:
            return []
        late_s = answer.playing.heard(at_s) - answer.duration_s
        return self.leave(at_s, whole=True) if late_s >= self._rules.lost_s - _EPS else []

    def _finish(self) -> list[Command]:
        answer = self.answer
        if answer is None or answer.duration_s is None or answer.playing.reported_s < answer.duration_s - 0.05:
            return []
        return self.leave(0.0, whole=True)

    def _soften(self, at_s: float, gain: float) -> list[Command]:
        answer = self.answer
        if answer is None or answer.gain == gain:
            return []
        if gain == 0.0:
            answer.playing.hold(at_s)
        elif answer.gain == 0.0:
            answer.playing.release(at_s)
        answer.gain = gain
        return [Duck(answer.utterance, gain)]
