"""Whose turn it is: told what is heard and said and when, it says what to do. No clock, no sound, no tasks of its own.

Times are seconds on one clock of the shell's choice, never going back. A frame's time is that of its end. The shell
keeps the last ``TurnSettings.keep_s`` seconds of sound, so that it can cut out the spans it is asked to transcribe.

A turn of a reader: it begins, pauses (what was said is then looked at and thought about in advance; that is dropped
when the reader goes on), and ends after a quiet whose length depends on whether what was said is a whole question.
Turns are answered one after the other, whoever spoke them. Voice while the librarian speaks makes her soft, then
silent where she is; long voice or understood words interrupt her; when it was nothing, she goes on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from avatars.floor import Floor, Said, Turn
from avatars.turn_text import after_wake, is_back_channel, is_echo, is_interruption
from avatars.turn_values import (
    Attend,
    BeginTurn,
    CancelThinking,
    Command,
    Commit,
    DropGuess,
    Guess,
    Ignore,
    Reason,
    StartThinking,
    StopSpeaking,
    Transcribe,
    TurnSettings,
    Why,
)

__all__ = ["Command", "TurnCore", "TurnSettings"]

_EPS = 1e-9
_GAP_S = 0.2  # quiet after which scattered voice is not added up any more


class TurnCore:
    """One microphone and one librarian. Each method is told of one event and returns what to do, in order."""

    def __init__(self, settings: TurnSettings | None = None) -> None:
        self.settings = settings or TurnSettings()
        self._floor = Floor(self.settings)
        self._recent: deque[float] = deque()  # times of voiced frames within the window
        self._turns = 0
        self._turn: Turn | None = None
        self._pending: dict[int, Turn] = {}  # over, not understood yet
        self._last: Turn | None = None  # the newest that is over, as long as it can be gone on with
        self._thinking = False
        self._overlong = False
        self._deaf = False  # the button is still held after the longest turn
        self._attends_until_s = 0.0
        self.voice_ended_s = 0.0
        """When the newest turn that is over had its last voice; of a pressed button, when it was let go."""

    @property
    def listening(self) -> bool:
        """A reader's turn is under way."""
        return self._turn is not None

    @property
    def speaking(self) -> bool:
        """The librarian speaks, or the client still plays."""
        return self._floor.answer is not None

    @property
    def last_voice_s(self) -> float:
        """When the turn under way had its last voice, or the newest that is over."""
        return self._turn.last_voice_s if self._turn is not None else self.voice_ended_s

    # --- sound ---

    def frame(self, at_s: float, speech: bool) -> tuple[Command, ...]:
        """20 ms of sound that end at ``at_s``."""
        commands = self._note(at_s, self._floor.expire(at_s))
        turn = self._turn
        if self._deaf:
            return tuple(commands)
        if turn is not None and turn.pushed:
            if at_s - turn.start_s >= self.settings.longest_s:
                self._deaf = True
                commands += self._end(turn, at_s, at_s, "longest")
            return tuple(commands)
        if self._overlong:
            if speech:
                self._recent.append(at_s)
            last_s = self._recent[-1] if self._recent else at_s
            if at_s - last_s >= self.settings.silence_s - _EPS:
                self._overlong = False
                self._recent.clear()
            return tuple(commands)
        commands += self._wait(at_s, speech) if turn is None else self._follow(turn, at_s, speech)
        return tuple(commands)

    def _wait(self, at_s: float, speech: bool) -> list[Command]:
        """Nobody is heard yet: does a turn begin?"""
        rules, answer = self.settings, self._floor.answer
        while self._recent and self._recent[0] <= at_s - rules.window_s:
            self._recent.popleft()
        if answer is not None and at_s - answer.playing.began_s <= rules.echo_s:
            self._recent.clear()
            return []
        if not speech:
            return []
        self._recent.append(at_s)
        voiced_s = len(self._recent) * rules.frame_s
        if voiced_s < rules.begin_s - _EPS:
            return []
        first_s = self._recent[0] - rules.frame_s
        self._recent.clear()
        commands: list[Command] = []
        start_s, before = max(0.0, first_s - rules.before_s), ""
        last, self._last = self._last, None
        if last is not None and first_s - last.end_s <= rules.resume_s:
            start_s, before = last.start_s, last.text
            if answer is None:
                self._pending.pop(last.id, None)
                self._thinking = False
                commands.append(CancelThinking(last.id))
        self._turns += 1
        self._turn = Turn(self._turns, start_s, voiced_s, at_s, before=before, over=answer is not None)
        return [*commands, BeginTurn(self._turns, start_s), *self._floor.press(at_s, self._turn, voiced_s)]

    def _follow(self, turn: Turn, at_s: float, speech: bool) -> list[Command]:
        """A turn is under way: does it go on, pause, end?"""
        rules = self.settings
        commands: list[Command] = []
        quiet_s = at_s - turn.last_voice_s
        if speech and (turn.guess is None or turn.goes_on(at_s, rules)):
            turn.voiced_s += rules.frame_s
            turn.last_voice_s = at_s
            if turn.guess is not None:
                turn.forget_guess()
                commands.append(DropGuess(turn.id))
            commands += self._floor.press(at_s, turn, rules.frame_s)
            quiet_s = 0.0
        if at_s - turn.start_s >= rules.longest_s:
            self._overlong = True
            return commands + self._end(turn, at_s, at_s, "longest")
        if turn.voiced_s < rules.shortest_s - _EPS:
            if quiet_s >= _GAP_S - _EPS:
                self._turn = None
                why: Why = "back-channel" if turn.over else "too short"
                return commands + self._floor.false_alarm(at_s, turn, why)
            return commands
        if turn.guess is None and quiet_s >= rules.guess_s - _EPS:
            turn.guess = "asked"
            commands.append(Guess(turn.id, turn.start_s, at_s))
        if turn.guess == "asked" and quiet_s >= rules.patience_s - _EPS:
            commands += self._floor.relieve(at_s, turn)
        if quiet_s < turn.hangover_s(rules) - _EPS:
            return commands
        return commands + self._end(turn, at_s, min(at_s, turn.last_voice_s + 0.3), "silence")

    def _end(self, turn: Turn, at_s: float, end_s: float, reason: Reason) -> list[Command]:
        self._turn = None
        turn.end_s = end_s
        self.voice_ended_s = end_s if turn.pushed else turn.last_voice_s
        if not turn.pushed and turn.voiced_s < self.settings.shortest_s - _EPS:
            return self._floor.false_alarm(at_s, turn, "too short")
        guessed = turn.guess is not None
        commands: list[Command] = [Transcribe(turn.id, turn.start_s, end_s, reason, guessed)]
        self._last = None if turn.pushed or reason == "longest" else turn
        if turn.patient:
            commands += self._floor.go_on(at_s)
        if turn.guess == "heard":
            return commands + self._understood(at_s, turn, tentative=False)
        self._pending[turn.id] = turn
        return commands

    def push_start(self, at_s: float) -> tuple[Command, ...]:
        """The button is pressed: what is said counts, whatever the voice detector thinks; the librarian stops."""
        if self._turn is not None and self._turn.pushed:
            return ()
        commands = [*self.interrupt(at_s)]
        if self._turn is not None:
            commands.append(Ignore(self._turn.id, "too short"))
        self._last, self._overlong, self._deaf = None, False, False
        self._recent.clear()
        self._turns += 1
        self._turn = Turn(self._turns, at_s, 0.0, at_s, pushed=True)
        return (*commands, BeginTurn(self._turns, at_s))

    def push_stop(self, at_s: float) -> tuple[Command, ...]:
        """The button is let go."""
        self._deaf = False
        turn = self._turn
        if turn is None or not turn.pushed:
            return ()
        if at_s - turn.start_s < self.settings.press_s - _EPS:
            self._turn = None
            return (Ignore(turn.id, "too short"),)
        return tuple(self._end(turn, at_s, at_s, "released"))

    def stream_ended(self, at_s: float) -> tuple[Command, ...]:
        """The microphone is off: a turn under way ends here."""
        self._recent.clear()
        self._overlong = False
        if self._turn is None or self._turn.pushed:
            return self.push_stop(at_s)
        return tuple(self._end(self._turn, at_s, at_s, "ended"))

    # --- words ---

    def partial(self, at_s: float, turn: int, text: str) -> tuple[Command, ...]:
        """What is understood of a turn under way, so far."""
        current = self._turn
        if current is None or current.id != turn or current.guess is not None:
            return ()
        current.text = text
        if not current.over or self._why_not(at_s, current, text, False) is not None:
            return ()
        return tuple(self._floor.interrupted(at_s, current))

    def transcript(
        self, at_s: float, turn: int, text: str, rejected: bool = False, sure: float = 1.0
    ) -> tuple[Command, ...]:
        """What was said in the span asked for. ``sure``: that it is whole, 0…1. What nobody waits for is dropped."""
        current = self._turn
        if current is not None and current.id == turn and current.guess == "asked":
            current.guess, current.text, current.rejected, current.sure = "heard", text, rejected, sure
            return tuple(self._understood(at_s, current, tentative=True))
        over = self._pending.pop(turn, None)
        if over is None:
            return ()
        over.text, over.rejected = text, rejected
        return tuple(self._understood(at_s, over, tentative=False))

    def _understood(self, at_s: float, turn: Turn, tentative: bool) -> list[Command]:
        """Words have come: do they count, and for what?"""
        why = self._why_not(at_s, turn, turn.text, turn.rejected)
        if why is not None:
            if tentative and (why == "rejected" or not turn.over):
                return self._floor.relieve(at_s, turn)  # more may be said
            if tentative:
                self._turn = None
            if self._last is turn:
                self._last = None
            return self._floor.false_alarm(at_s, turn, why)
        commands = self._floor.interrupted(at_s, turn)
        text = turn.text
        if self.settings.wake and not turn.pushed:
            rest = after_wake(text, self.settings.wake)
            if rest == "":
                self._attends_until_s = at_s + self.settings.attend_s
                return commands if tentative else [*commands, Attend(turn.id)]
            text = rest or text
        if not tentative:
            self._thinking = True
            self._attends_until_s = at_s + self.settings.attend_s
        return [*commands, StartThinking(turn.id, text, tentative)]

    def _why_not(self, at_s: float, turn: Turn, text: str, rejected: bool) -> Why | None:
        """Why these words are no question, None when they may be one."""
        if rejected or not text.strip():
            return "rejected"
        if turn.before and text.startswith(turn.before):
            text = text[len(turn.before) :]
            if turn.over and not text.strip():
                return "back-channel"
        if is_back_channel(text, turn.over):
            return "back-channel"
        if turn.over and not turn.before and turn.brief(self.settings) and not is_interruption(text):
            return "back-channel"
        if turn.over and is_echo(text, self._floor.said):
            return "echo"
        wake, attends = self.settings.wake, self.speaking or at_s <= self._attends_until_s
        if wake and not turn.pushed and not attends and after_wake(text, wake) is None:
            return "not addressed"
        return None

    def thought(self, at_s: float, turn: int, settled: bool) -> tuple[Command, ...]:
        """Thinking ahead is done. ``settled``: what was said can be answered as it is; else more may follow."""
        if self._turn is not None and self._turn.id == turn and self._turn.guess == "heard":
            self._turn.settled = settled
        return ()

    # --- the librarian ---

    def answer_started(self, at_s: float, utterance: str, text: str = "") -> tuple[Command, ...]:
        """The first sound of an answer goes out. While a reader speaks it waits; while the button is held it is off."""
        commands = self._note(at_s, self._floor.leave(at_s))
        if self._turn is not None and self._turn.pushed:
            return (*commands, StopSpeaking(utterance), Commit(utterance, 0.0, False))
        self._thinking = False
        self._recent.clear()
        return (*commands, *self._floor.take(at_s, Said(utterance, text, at_s), self._turn))

    def answer_goes_on(self, at_s: float, utterance: str, text: str, until_s: float) -> None:
        """More of an answer goes out, which is still made: ``text`` in all, ``until_s`` seconds before this."""
        self._floor.goes_on(at_s, utterance, text, until_s)

    def answered_silently(self) -> None:
        """An answer makes no sound."""
        self._thinking = False

    def answer_ended(self, at_s: float, utterance: str, duration_s: float) -> tuple[Command, ...]:
        """All of an answer has gone out; it lasts ``duration_s``. It ends for the reader when it has been played."""
        return tuple(self._note(at_s, self._floor.ended(at_s, utterance, duration_s)))

    def playback(self, at_s: float, utterance: str, played_s: float) -> tuple[Command, ...]:
        """The client has played so much of an answer."""
        return tuple(self._note(at_s, self._floor.played(at_s, utterance, played_s)))

    def interrupt(self, at_s: float) -> tuple[Command, ...]:
        """The reader presses "stop", or leaves: no more speech, no more thought."""
        commands = self._note(at_s, self._floor.stop(at_s))
        if self._thinking or self._pending:
            commands.append(CancelThinking(None))
        self._thinking, self._last = False, None
        self._pending.clear()
        return tuple(commands)

    def _note(self, at_s: float, commands: Sequence[Command]) -> list[Command]:
        """After an answer she is attentive for a while."""
        if any(isinstance(command, Commit) for command in commands):
            self._attends_until_s = max(self._attends_until_s, at_s + self.settings.attend_s)
        return list(commands)
