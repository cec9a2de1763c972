"""Voice detection by loudness alone, for machines without WebRTC's detector: louder than the room, so it is voice."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from avatars.engines import ENGINES, Samples


@dataclass(frozen=True, slots=True)
class EnergySettings:
    """``above_db``: how much louder than the room voice is. ``quiet_db``: below it (dB of full scale) all is silence.

    ``rise_db``: how fast the idea of the room's level follows louder sound, a second.
    """

    above_db: float = 9.0
    quiet_db: float = -50.0
    rise_db: float = 3.0


class EnergyActivity:
    """One listener's detector. Falls to the room's level at once and rises to it slowly."""

    capabilities = ENGINES["energy"].capabilities

    def __init__(self, settings: EnergySettings | None = None) -> None:
        self.settings = settings or EnergySettings()
        self._room_db: float | None = None

    def feed(self, frame: Samples) -> bool:
        """frame: float32 (n,), 16 kHz. True while it is louder than the room."""
        if not len(frame):
            return False
        power = float(np.mean(np.square(frame, dtype=np.float64)))
        level_db = 10 * math.log10(max(power, 1e-12))
        if self._room_db is None:
            self._room_db = min(level_db, self.settings.quiet_db)
        risen_db = self._room_db + self.settings.rise_db * len(frame) / self.capabilities.sample_rate
        self._room_db = min(max(level_db, -90.0), risen_db)
        return level_db > self.settings.quiet_db and level_db > self._room_db + self.settings.above_db
