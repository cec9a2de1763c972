"""Scripted time for the turn core: a microphone that speaks or is quiet for so many seconds."""

from __future__ import annotations

from avatars.turn import TurnCore
from avatars.turn_values import Command, Guess, Transcribe, TurnSettings


class Script:
    """Feeds frames. ``says``: what is understood of every guess and turn, at once; None: nothing comes by itself."""

    def __init__(self, settings: TurnSettings | None = None, says: str | None = None) -> None:
        self.core = TurnCore(settings)
        self.at_s = 0.0
        self.says, self.sure, self.settled = says, 1.0, True
        self.log: list[tuple[float, Command]] = []

    def run(self, seconds: float, speech: bool) -> list[Command]:
        done: list[Command] = []
        for _ in range(round(seconds / 0.02)):
            self.at_s = round(self.at_s + 0.02, 6)
            commands = list(self.core.frame(self.at_s, speech))
            for command in list(commands):
                commands += self._understand(command)
            self.log += [(self.at_s, command) for command in commands]
            done += commands
        return done

    def _understand(self, command: Command) -> list[Command]:
        if self.says is None or not isinstance(command, Guess | Transcribe):
            return []
        done = list(self.core.transcript(self.at_s, command.turn, self.says, self.says == "", self.sure))
        return [*done, *self.core.thought(self.at_s, command.turn, self.settled)]

    def speak(self, seconds: float) -> list[Command]:
        return self.run(seconds, True)

    def quiet(self, seconds: float) -> list[Command]:
        return self.run(seconds, False)

    def when(self, kind: type[Command]) -> float:
        """The time of the first command of this kind."""
        return next(at_s for at_s, command in self.log if isinstance(command, kind))


def answering(after_s: float = 1.0, says: str | None = None, settings: TurnSettings | None = None) -> Script:
    """She has been speaking for a while; the client reports."""
    script = Script(settings, says)
    script.core.answer_started(0.0, "u1", "The book is on the second floor, behind the stairs.")
    script.quiet(after_s)
    script.core.playback(script.at_s, "u1", after_s)
    return script


def kinds(commands: list[Command]) -> list[str]:
    """Names of the commands, for short comparisons."""
    return [type(command).__name__ for command in commands]
