"""How long each turn took, stage by stage: no word of it, nobody's name. The newest are kept for the staff page."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

from wire.messages.speech import TurnTrace

Channel = Literal["text", "open", "push"]
Mark = Literal["turn_end", "heard", "first_token", "thought", "sent", "played"]
MARKS: Final[tuple[Mark, ...]] = ("turn_end", "heard", "first_token", "thought", "sent", "played")
KEPT: Final = 200


@dataclass(slots=True)
class TurnFigures:
    """One question's times on the line's clock. ``voice_end``: the reader's last voice, or when a text came."""

    of: str
    channel: Channel
    voice_end: float
    guessed: bool = False
    marks: dict[Mark, float] = field(default_factory=dict)

    def mark(self, stage: Mark, at: float) -> None:
        """A stage was reached; a later report of the same changes nothing."""
        self.marks.setdefault(stage, at)

    def since(self, stage: Mark) -> float | None:
        """Seconds from the end of the voice to this stage; negative when it was reached in advance."""
        at = self.marks.get(stage)
        return None if at is None else at - self.voice_end

    def to_trace(self) -> TurnTrace:
        """As it travels."""
        stages = {f"{stage}_s": self._rounded(stage) for stage in MARKS}
        body = {"of": self.of, "channel": self.channel, "guessed": self.guessed, **stages}
        return TurnTrace.model_validate(body)

    def _rounded(self, stage: Mark) -> float | None:
        seconds = self.since(stage)
        return None if seconds is None else round(seconds, 4)


class TurnBook:
    """The newest turns of a server, and who is told of each that is complete."""

    def __init__(self, observe: Callable[[TurnFigures], None]) -> None:
        self.newest: deque[TurnFigures] = deque(maxlen=KEPT)
        self._observe = observe

    def add(self, figures: TurnFigures) -> None:
        """A turn's sound has been heard, or it ended without."""
        self.newest.append(figures)
        self._observe(figures)
