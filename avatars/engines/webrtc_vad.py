"""Voice detection by WebRTC's detector: some microseconds a frame, no model file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from avatars.engines import ENGINES, EngineError, EngineMissing, Samples, find_missing

FRAME: Final = 320  # 20 ms at 16 kHz


@dataclass(frozen=True, slots=True)
class WebrtcSettings:
    """``strictness``: 0…3, how sure it must be. ``quiet_db``: frames below this many dB of full scale are silence."""

    strictness: int = 2
    quiet_db: float = -55.0


class WebrtcActivity:
    """One listener's detector."""

    capabilities = ENGINES["webrtc"].capabilities

    def __init__(self, settings: WebrtcSettings | None = None) -> None:
        missing = find_missing("webrtc")
        if missing:
            raise EngineMissing(missing)
        import webrtcvad

        self.settings = settings or WebrtcSettings()
        self._detector: Any = webrtcvad.Vad(self.settings.strictness)
        self._quiet = 10 ** (self.settings.quiet_db / 20)

    def feed(self, frame: Samples) -> bool:
        """frame: float32 (320,), 20 ms at 16 kHz. True while someone speaks. Raises EngineError: another length."""
        if len(frame) != FRAME:
            raise EngineError(f"voice detection takes frames of {FRAME} samples, not {len(frame)}")
        if float(np.sqrt(np.mean(np.square(frame, dtype=np.float64)))) < self._quiet:
            return False
        pcm = (np.clip(frame, -1, 1) * 32767).astype("<i2").tobytes()
        return bool(self._detector.is_speech(pcm, self.capabilities.sample_rate))
