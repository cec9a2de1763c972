"""When the next presence tick is due: 20 a second, 10 when the server cannot keep up. Told the time, no clock.

Ticks keep to a grid of deadlines; late ones are left out, never made up for. A tick is strained when it begins more
than 40 ms late or takes more than 0.8 of its period. When most of the last half second's ticks were strained, the rate
is halved; it comes back when hardly any of two seconds' were, so that one hiccup neither halves it nor keeps it halved.
"""

from __future__ import annotations

FAST_S, SLOW_S = 0.05, 0.1
LATE_S = 0.04
BUSY_SHARE = 0.8
SLOWER_ABOVE, FASTER_BELOW = 0.6, 0.15
MEMORY_TICKS = 10.0


class Pace:
    """The pace of ticks. Times are seconds of any steady clock; ``strain``: share of strained ticks lately."""

    def __init__(self, now: float) -> None:
        self.period_s = FAST_S
        self.due = now + FAST_S
        self.skipped = 0
        self.strain = 0.0

    def done(self, began: float, ended: float) -> None:
        """A tick that was due at ``due`` began and ended then; ``due`` is now the next one."""
        strained = began - self.due > LATE_S or ended - began > BUSY_SHARE * self.period_s
        self.strain += (strained - self.strain) / MEMORY_TICKS
        if self.strain > SLOWER_ABOVE:
            self.period_s = SLOW_S
        elif self.strain < FASTER_BELOW:
            self.period_s = FAST_S
        self.due += self.period_s
        if self.due < ended:
            missed = int((ended - self.due) // self.period_s) + 1
            self.skipped += missed
            self.due += missed * self.period_s
