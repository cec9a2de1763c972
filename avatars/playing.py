"""How much of an utterance has been heard: what the client reports, and real time where it reports nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Playing:
    """One utterance at one client. Times are seconds of any steady clock; ``heard`` counts the utterance's own.

    A client that reports is believed, and taken to play on in real time since. One that never reports is taken to play
    in real time from ``began_s``. While it is held nothing is played.
    """

    began_s: float
    reported_s: float = 0.0
    reported_at_s: float | None = None
    held_at_s: float | None = None
    waited_s: float = 0.0
    stopped_at_s: float | None = None

    def report(self, at_s: float, played_s: float) -> None:
        """The client has played so much. What it said before and takes back is kept only after a stop."""
        if self.stopped_at_s is None:
            played_s = max(played_s, self.reported_s)
        self.reported_s, self.reported_at_s, self.waited_s = played_s, at_s, 0.0
        if self.held_at_s is not None:
            self.held_at_s = at_s

    def hold(self, at_s: float) -> None:
        """It waits in silence."""
        if self.held_at_s is None:
            self.held_at_s = at_s

    def release(self, at_s: float) -> None:
        """It goes on."""
        if self.held_at_s is not None:
            self.waited_s += max(0.0, at_s - self.held_at_s)
            self.held_at_s = None

    def starve(self, at_s: float, duration_s: float) -> None:
        """More is only made now: if all ``duration_s`` there were had been heard, silence was heard since."""
        self.waited_s += max(0.0, self.heard(at_s) - duration_s)

    def stop(self, at_s: float) -> None:
        """It is over."""
        if self.stopped_at_s is None:
            self.stopped_at_s = at_s

    def heard(self, at_s: float, duration_s: float | None = None) -> float:
        """Seconds of it heard by now, as far as can be known; at most ``duration_s``."""
        until_s = min(at_s if t is None else min(at_s, t) for t in (self.stopped_at_s, self.held_at_s))
        since_s = self.began_s if self.reported_at_s is None else self.reported_at_s
        played_s = self.reported_s + max(0.0, until_s - since_s - self.waited_s)
        return played_s if duration_s is None else min(played_s, duration_s)
