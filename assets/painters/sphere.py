"""Directions of an equirectangular picture, and noise that is whole on the sphere.

Everything is a function of direction: of the azimuth through whole waves, or of the place where the view meets a plane.
So the last column goes on into the first, and the poles are one colour each.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
TILE = 512


@dataclass(frozen=True, slots=True)
class Sphere:
    """``azimuth`` (w,) radians, 0 in the middle column, rising to the right; ``elevation`` (h,) radians, up positive."""

    width: int
    height: int
    azimuth: Array
    elevation: Array

    @classmethod
    def of(cls, width: int) -> Sphere:
        """The sphere of a picture ``width`` pixels wide."""
        height = width // 2
        azimuth = ((np.arange(width) + 0.5) / width * 2 - 1) * np.pi
        elevation = (0.5 - (np.arange(height) + 0.5) / height) * np.pi
        return cls(width, height, azimuth.astype(np.float32), elevation.astype(np.float32))

    def row(self, elevation: float) -> int:
        """The row that looks at this elevation, radians."""
        return int(np.clip(round((0.5 - elevation / np.pi) * self.height), 0, self.height))

    def plane(self, rows: slice, distance: float) -> tuple[Array, Array, Array]:
        """Where views of these rows meet the plane ``distance`` metres above (or below): east, north, range."""
        away = np.clip(distance / np.tan(np.maximum(np.abs(self.elevation[rows]), 1e-3)), 0, 4e4)[:, None]
        east, north = away * np.sin(self.azimuth)[None, :], away * np.cos(self.azimuth)[None, :]
        return east.astype(np.float32), north.astype(np.float32), away.astype(np.float32)


@lru_cache(maxsize=32)
def tile(seed: int, roughness: float = 1.0) -> Array:
    """Seamless clouds-like noise (512, 512), mean 0, standard deviation 1. ``roughness``: larger is softer."""
    rng = np.random.default_rng(seed)
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(TILE), np.fft.rfftfreq(TILE), indexing="ij")) * TILE
    spectrum = np.fft.rfft2(rng.standard_normal((TILE, TILE)))
    frequency[0, 0] = 1.0
    spectrum *= frequency ** -(roughness + 0.6)
    spectrum[0, 0] = 0.0
    noise = np.fft.irfft2(spectrum, (TILE, TILE))
    return np.ascontiguousarray(noise / noise.std(), dtype=np.float32)


def sample(noise: Array, east: Array, north: Array, size: float) -> Array:
    """Noise at places on a plane; the tile is ``size`` metres wide and repeats. Bilinear."""
    scale = np.float32(TILE / size)
    x, y = east * scale, north * scale
    left, low = np.floor(x), np.floor(y)
    fx, fy = x - left, y - low
    at, under = left.astype(np.int32) & (TILE - 1), low.astype(np.int32) & (TILE - 1)
    right, over = (at + 1) & (TILE - 1), (under + 1) & (TILE - 1)
    flat = noise.ravel()
    under *= TILE
    over *= TILE
    bottom = flat.take(under + at) * (1 - fx) + flat.take(under + right) * fx
    top = flat.take(over + at) * (1 - fx) + flat.take(over + right) * fx
    made: Array = bottom * (1 - fy) + top * fy
    return made


def waves(azimuth: Array, seed: int, first: int, last: int, fall: float = 1.0) -> Array:
    """Noise around the horizon from whole waves ``first``…``last``, about −1…1. ``fall``: larger is smoother."""
    rng = np.random.default_rng(seed)
    total = np.zeros_like(azimuth)
    power = 0.0
    for k in range(first, last + 1):
        weight = (first / k) ** fall
        total += np.float32(weight) * np.cos(k * azimuth + np.float32(rng.uniform(0, 2 * np.pi)))
        power += weight * weight / 2
    return (total / np.float32(1.6 * np.sqrt(power))).astype(np.float32)


def crests(azimuth: Array, seed: int, first: int, last: int, fall: float = 1.0) -> Array:
    """Sharp peaks around the horizon, 0…1: folded waves, coarse ones deciding where fine ones may stand out."""
    coarse = 1 - np.abs(waves(azimuth, seed, first, first * 3, fall))
    fine = 1 - np.abs(waves(azimuth, seed + 1, first * 4, last, fall))
    made: Array = np.clip(0.72 * coarse + 0.28 * fine * coarse, 0, 1)
    return made


def smooth(low: float, high: float, values: Array) -> Array:
    """0 below low, 1 above high, smooth between."""
    part = np.clip((values - np.float32(low)) / np.float32(high - low), 0, 1)
    made: Array = part * part * (3 - 2 * part)
    return made
