"""Audio frames of any rate → frames of 20 ms at 16 kHz, as the turn core and the voice detectors take them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

RATE = 16_000
FRAME = 320

Samples = npt.NDArray[np.float32]


class ToHearing:
    """One stream. Uses soxr where it is installed, else straight lines between samples (good enough for speech)."""

    def __init__(self, sample_rate: int) -> None:
        self._ratio = sample_rate / RATE
        self._soxr = _open_soxr(sample_rate) if sample_rate != RATE else None
        self._rest: Samples = np.zeros(0, np.float32)
        self._last = np.zeros(0, np.float32)
        self._at = 0.0

    def feed(self, pcm: bytes, channels: int = 1) -> list[Samples]:
        """pcm: PCM16 little-endian, interleaved. Whole frames of 320 samples, float32, −1…1."""
        samples = np.frombuffer(pcm, "<i2").astype(np.float32) / 32768.0
        if channels > 1:
            samples = samples.reshape(-1, channels).mean(axis=1).astype(np.float32)
        return self._cut(self._resample(samples, last=False))

    def flush(self) -> list[Samples]:
        """What is left, filled up with silence."""
        frames = self._cut(self._resample(np.zeros(0, np.float32), last=True))
        if len(self._rest):
            frames.append(np.pad(self._rest, (0, FRAME - len(self._rest))))
            self._rest = np.zeros(0, np.float32)
        return frames

    def _resample(self, samples: Samples, last: bool) -> Samples:
        if self._ratio == 1.0:
            return samples
        if self._soxr is not None:
            made: Samples = self._soxr.resample_chunk(samples, last=last)
            return made
        joined = np.concatenate([self._last, samples])
        if len(joined) < 2:
            self._last = joined
            return np.zeros(0, np.float32)
        at = np.arange(self._at, len(joined) - 1, self._ratio)
        made = np.interp(at, np.arange(len(joined)), joined).astype(np.float32)
        kept = min(len(joined) - 1, int(at[-1] + self._ratio) if len(at) else int(self._at))
        self._at = (at[-1] + self._ratio if len(at) else self._at) - kept
        self._last = joined[kept:]
        return made

    def _cut(self, samples: Samples) -> list[Samples]:
        joined = np.concatenate([self._rest, samples])
        whole = len(joined) // FRAME * FRAME
        self._rest = joined[whole:]
        return [joined[at : at + FRAME] for at in range(0, whole, FRAME)]


def _open_soxr(sample_rate: int) -> Any:
    try:
        import soxr
    except ImportError:
        return None
    return soxr.ResampleStream(sample_rate, RATE, 1, dtype="float32", quality="HQ")
