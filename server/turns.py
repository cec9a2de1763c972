"""The sound of one reader and the turn core that judges it: keeps a little sound, one clock, and cuts spans out of it.

The clock is the line's, held to the sound: frames that arrive in a burst count as 20 ms each, a gap in the stream is a
gap in time. It never goes back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np

from avatars.engines import VoiceActivity
from avatars.turn import Command, TurnCore, TurnSettings
from server.journeys.resample import Samples

FRAME_S = 0.02
GAP_S = 0.5


class Turns:
    """One reader's turns. ``core`` is told of everything else (answers, playback) at ``now()``."""

    def __init__(self, clock: Callable[[], float], activity: VoiceActivity, settings: TurnSettings) -> None:
        self.core = TurnCore(settings)
        self._clock, self._activity = clock, activity
        self._last_s = clock()
        self._kept: deque[tuple[float, Samples]] = deque(maxlen=int(settings.keep_s / FRAME_S))

    def now(self) -> float:
        """The time for an event that is not a frame."""
        self._last_s = max(self._last_s, self._clock())
        return self._last_s

    def frame(self, samples: Samples) -> tuple[Command, ...]:
        """20 ms of sound. Raises EngineError when the voice detector fails."""
        next_s, wall_s = self._last_s + FRAME_S, self._clock()
        self._last_s = wall_s if wall_s - next_s > GAP_S else next_s
        self._kept.append((self._last_s, samples))
        return self.core.frame(self._last_s, self._activity.feed(samples))

    def cut(self, start_s: float, end_s: float) -> Samples:
        """The sound between these times, as far as it is kept. float32 (n,), 16 kHz."""
        span = [samples for at_s, samples in self._kept if start_s < at_s - FRAME_S / 2 <= end_s]
        return np.concatenate(span) if span else np.zeros(0, np.float32)

    def forget(self) -> None:
        """Drop the sound."""
        self._kept.clear()
