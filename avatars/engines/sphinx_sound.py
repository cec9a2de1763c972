"""From samples to the features of pocketsphinx's acoustic model, as the sound comes in.

Windows of 410 samples every 160 (100 a second) → power in 25 mel bands → noise removed → 13 cepstra, liftered. Then the
mean of the whole is taken out and slope and curve are added: ``to_features``. Sums: pocketsphinx ``fe_sigproc.c``,
``fe_noise.c``, ``feat.c``, ``cmn.c``, with the settings that its English model asks for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numba as nb
import numpy as np
import numpy.typing as npt

from avatars.engines import Samples

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]

FRAMES_A_SECOND: Final = 100
_RATE: Final = 16_000
_SHIFT: Final = 160
_WINDOW: Final = 410
_FFT: Final = 512
_BANDS: Final = 25
_CEPSTRA: Final = 13
_LOWEST_HZ, _HIGHEST_HZ = 130.0, 6800.0
_LIFTER: Final = 22
_EMPHASIS: Final = 0.97
_REACH: Final = 3  # frames that slope and curve look to either side
_PEAK: Final = 20_000.0
_HUM: Final = 100.0  # a faint noise 46 dB below the peak: the model expects the hum of a room, never digital silence


def _to_mel(hertz: F64) -> F64:
    return 2595 * np.log10(1 + hertz / 700)


@lru_cache(maxsize=1)
def _filters() -> F32:
    """(25, 257): triangles of one area, their corners on points of the transform."""
    step = _RATE / _FFT
    ends = _to_mel(np.array([_LOWEST_HZ, _HIGHEST_HZ]))
    corners = 700 * (10 ** (np.linspace(ends[0], ends[1], _BANDS + 2) / 2595) - 1)
    corners = np.minimum(np.floor(corners / step + 0.5) * step, _RATE / 2)
    at = np.arange(_FFT // 2 + 1) * step
    table = np.zeros((_BANDS, len(at)), np.float32)
    for i in range(_BANDS):
        low, middle, high = corners[i : i + 3]
        rising = (at - low) / max(middle - low, step)
        falling = (high - at) / max(high - middle, step)
        table[i] = np.maximum(0, np.minimum(rising, falling)) * 2 / max(high - low, step)
    return table


@lru_cache(maxsize=1)
def _cosines() -> F32:
    """(25, 13): cosine transform of the second kind with its lifter."""
    i, j = np.arange(_CEPSTRA), np.arange(_BANDS)
    table = np.cos(np.pi / _BANDS * i[None, :] * (j[:, None] + 0.5)) * np.sqrt(2 / _BANDS)
    table[:, 0] = np.sqrt(1 / _BANDS)
    lifted: F32 = (table * (1 + _LIFTER / 2 * np.sin(i * np.pi / _LIFTER))).astype(np.float32)
    return lifted


@nb.njit(nogil=True, cache=True)
def _remove_noise(bands: F64, state: F64) -> None:  # pragma: no cover
    """Takes the running floor out of the bands, in place. state: (5, 25) power, noise, floor, peak, begun."""
    frames, count = bands.shape
    gain = np.empty(count)
    for t in range(frames):
        for i in range(count):
            now = bands[t, i]
            if state[4, i] == 0:
                state[0, i], state[1, i], state[2, i], state[3, i], state[4, i] = now, now / 20, now / 20, 0.0, 1.0
            state[0, i] = 0.7 * state[0, i] + 0.3 * now
            power = state[0, i]
            keep = 0.995 if power >= state[1, i] else 0.5
            state[1, i] = keep * state[1, i] + (1 - keep) * power
            signal = max(power - state[1, i], 1.0)
            keep = 0.995 if signal >= state[2, i] else 0.5
            state[2, i] = keep * state[2, i] + (1 - keep) * signal
            came = signal
            state[3, i] *= 0.85
            if signal < 0.85 * state[3, i]:
                signal = state[3, i] * 0.2
            state[3, i] = max(state[3, i], came)
            signal = max(signal, state[2, i])
            gain[i] = max(signal / power if signal < 20 * power else 20.0, 0.05)
        for i in range(count):
            low, high = max(i - 4, 0), min(i + 4, count - 1)
            total = 0.0
            for j in range(low, high + 1):
                total += gain[j]
            bands[t, i] *= total / (high - low + 1)


class Cepstra:
    """Frames of cepstra from samples as they come. ``hum``: the faint noise laid over them, in 16-bit steps."""

    def __init__(self, hum: float = _HUM) -> None:
        self._filters = _filters()
        self._loud_hum = hum
        self._rest = np.zeros(0, np.float32)
        self._before = 0.0
        self._noise = np.zeros((5, _BANDS))
        self._hum = np.random.default_rng(1)

    def feed(self, samples: Samples, peak: float) -> F32:
        """samples: float32 (n,), 16 kHz, the next ones; ``peak``: the loudest that is known. float32 (frames, 13)."""
        level = samples * np.float32(_PEAK / peak)
        level = level + self._hum.normal(0, self._loud_hum, len(level)).astype(np.float32)
        level = np.clip(np.trunc(level), -32768, 32767)
        emphasised = level - np.float32(_EMPHASIS) * np.concatenate([[np.float32(self._before)], level[:-1]])
        if len(level):
            self._before = float(level[-1])
        ready = np.concatenate([self._rest, emphasised.astype(np.float32)])
        count = max(0, (len(ready) - _WINDOW) // _SHIFT + 1)
        self._rest = ready[count * _SHIFT :]
        if count == 0:
            return np.zeros((0, _CEPSTRA), np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(ready, _WINDOW)[: count * _SHIFT : _SHIFT]
        spectrum = np.fft.rfft(windows * np.hamming(_WINDOW).astype(np.float32), _FFT)
        bands = (spectrum.real**2 + spectrum.imag**2) @ self._filters.T.astype(np.float64)
        _remove_noise(bands, self._noise)
        found: F32 = np.log(bands + 1e-4).astype(np.float32) @ _cosines()
        return found


def to_features(cepstra: F32, mean: F32) -> F32:
    """Cepstra without their mean, their slope and their curve: float32 (frames, 3, 13). The ends are held."""
    plain = cepstra - mean
    held = np.pad(plain, ((_REACH, _REACH), (0, 0)), mode="edge")
    count = len(plain)

    def at(shift: int) -> F32:
        moved: F32 = held[_REACH + shift : _REACH + shift + count]
        return moved

    slope = at(2) - at(-2)
    curve = (at(3) - at(-1)) - (at(1) - at(-3))
    return np.stack([plain, slope, curve], axis=1)
