"""When the next presence tick is due: 20 a second, 10 when the server cannot keep up. Told the time, no clock.

Ticks keep to a grid of deadlines; late ones are left out, never made up for. Three ticks in a row that begin more than
25 ms late or take more than half their period halve the rate; five calm seconds bring it back.
"""

from __future__ import annotations

FAST_S, SLOW_S = 0.05, 0.1
LATE_S = 0.025
BUSY_SHARE = 0.5
STRAINED = 3
CALM_S = 5.0


class Pace:
    """The pace of one room's ticks. Times are seconds of any steady clock."""

    def __init__(self, now: float) -> None:
        self.period_s = FAST_S
        self.due = now + FAST_S
        self.skipped = 0
        self._strained = 0
        self._calm_since = now

    def done(self, began: float, ended: float) -> None:
        """A tick that was due at ``due`` began and ended then; ``due`` is now the next one."""
        strained = began - self.due > LATE_S or ended - began > BUSY_SHARE * self.period_s
        if strained:
            self._strained += 1
            self._calm_since = ended
            if self._strained >= STRAINED:
                self.period_s = SLOW_S
        else:
            self._strained = 0
            if self.period_s != FAST_S and ended - self._calm_since >= CALM_S:
                self.period_s = FAST_S
        self.due += self.period_s
        if self.due < ended:
            missed = int((ended - self.due) // self.period_s) + 1
            self.skipped += missed
            self.due += missed * self.period_s
