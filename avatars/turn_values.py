"""What the turn core can be set to, and what it tells its shell to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal["silence", "released", "longest", "ended"]
Why = Literal["too short", "back-channel", "rejected", "echo", "not addressed"]


@dataclass(frozen=True, slots=True)
class TurnSettings:
    """All in seconds unless it says otherwise.

    A turn: ``begin_s``: voice needed within ``window_s`` for it to begin. ``guess_s``: quiet after which what was said
    so far is looked at in advance. Quiet that ends it: ``complete_s`` when it is a whole question that can be answered,
    ``silence_s`` when nothing is known of it or only that it sounds whole, ``dangling_s`` when it breaks off or is not
    understood. ``shortest_s``: voice below which it is noise. ``longest_s``: it is cut there. ``before_s``: sound kept
    from before its first voice. ``resume_s``: voice this soon after its end, before the answer sounds, belongs to it.
    ``press_s``: a shorter press of the button is a slip.

    While the librarian speaks: ``echo_s``: at her beginning, voice is taken for her own echo. ``duck_s``: voice after
    which she is heard softly (``duck_gain``, 0…1). ``hold_s``: voice after which she waits in silence. ``decide_s``:
    voice after which she has been interrupted whatever was said, longer than any back-channel. ``patience_s``: quiet
    after which she goes on although what was said is not understood yet. ``alarms``: false alarms in one answer after
    which only understood words soften or interrupt it.

    ``lost_s``: an answer whose end is not reported as played for so long after it counts as heard out.
    ``wake``: phrases of which one must begin what is said in an open room; none: everything is for the librarian.
    ``attend_s``: after being addressed or having answered, she needs no phrase for so long.
    """

    frame_s: float = 0.02
    begin_s: float = 0.06
    window_s: float = 0.4
    guess_s: float = 0.14
    complete_s: float = 0.3
    silence_s: float = 0.8
    dangling_s: float = 1.2
    shortest_s: float = 0.16
    longest_s: float = 20.0
    before_s: float = 0.3
    resume_s: float = 0.8
    press_s: float = 0.15
    echo_s: float = 0.12
    duck_s: float = 0.06
    duck_gain: float = 0.25
    hold_s: float = 0.24
    decide_s: float = 0.7
    patience_s: float = 0.35
    alarms: int = 2
    lost_s: float = 2.0
    wake: tuple[str, ...] = ()
    attend_s: float = 15.0

    @property
    def keep_s(self) -> float:
        """How much sound the shell must keep."""
        return self.longest_s + self.before_s + self.window_s + self.resume_s + self.dangling_s + 1.0


@dataclass(frozen=True, slots=True)
class BeginTurn:
    """A reader has begun to speak; their sound counts from ``start_s``. Begin to hear it."""

    turn: int
    start_s: float


@dataclass(frozen=True, slots=True)
class Guess:
    """The reader pauses: find out what was said until now and think about it, saying nothing yet."""

    turn: int
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class DropGuess:
    """The reader goes on: forget what was guessed, go on hearing the turn from its start."""

    turn: int


@dataclass(frozen=True, slots=True)
class Transcribe:
    """The turn is over: find out what was said between these times. ``guessed``: the last guess holds all of it."""

    turn: int
    start_s: float
    end_s: float
    reason: Reason
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class CancelThinking:
    """The reader went on after all: drop what is done for this turn (None: for all); a longer one may follow."""

    turn: int | None


@dataclass(frozen=True, slots=True)
class StartThinking:
    """Answer this. ``tentative``: think ahead, but say and do nothing before it comes again without."""

    turn: int
    text: str
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class Attend:
    """The librarian was called by her wake phrase alone."""

    turn: int


@dataclass(frozen=True, slots=True)
class Duck:
    """Let the answer be heard at this gain: 1 as it is, less softly; 0: it waits in silence where it is."""

    utterance: str
    gain: float


@dataclass(frozen=True, slots=True)
class StopSpeaking:
    """Fall silent at once: stop the speaker, drop what waits, have the client drop what it holds."""

    utterance: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Nobody interrupted: go on with this answer from the beginning of the clause it was in."""

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

    turn: int
    why: Why


Command = (
    BeginTurn
    | Guess
    | DropGuess
    | Transcribe
    | CancelThinking
    | StartThinking
    | Attend
    | Duck
    | StopSpeaking
    | Resume
    | Commit
    | Ignore
)
