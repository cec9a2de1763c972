"""The turn core of an open microphone, fed frame by frame: says when a turn began and hands it over when it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from server.journeys.resample import Samples


@dataclass(frozen=True, slots=True)
class Told:
    """What one frame meant. ``began``: the reader has begun to speak; ``turn``: the samples of a turn that ended."""

    began: bool = False
    turn: Samples | None = None


class OpenTurns(Protocol):
    """Finds turns in a stream of frames of 20 ms at 16 kHz."""

    def feed(self, frame: Samples) -> Told:
        """The next frame."""
        ...

    def end(self) -> Samples | None:
        """The stream has ended; the turn that was under way, if there was one."""
        ...
