"""Mountains, hills and dunes around the horizon: layers behind one another, fading with distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from assets.painters.palette import Palette, mixed, rgb
from assets.painters.sphere import Array, Sphere, crests, sample, smooth, tile, waves

Shape = Literal["peaks", "hills", "dunes", "cliffs", "forest", "karst"]


@dataclass(frozen=True, slots=True)
class Ridge:
    """One layer. ``low``, ``high``: degrees above the horizon; ``distance_m`` decides how much it fades.

    ``snow``: from this share of its height up it is white; over 1: no snow.
    """

    shape: Shape
    low: float
    high: float
    distance_m: float
    colour: str
    snow: float = 2.0


def paint_ridges(sky: Array, sphere: Sphere, palette: Palette, layers: tuple[Ridge, ...], seed: int) -> None:
    """Draw the layers into the upper half, farthest first."""
    for number, ridge in enumerate(layers):
        _paint(sky, sphere, palette, ridge, seed + 101 * number)


def skyline(azimuth: Array, ridge: Ridge, seed: int) -> Array:
    """Elevation of the crest in radians, by azimuth."""
    if ridge.shape == "peaks":
        shape = crests(azimuth, seed, 2, 90, 0.9) ** 1.6
    elif ridge.shape == "karst":
        shape = smooth(0.1, 0.75, np.abs(waves(azimuth, seed, 5, 26, 0.5))) * (
            0.55 + 0.45 * waves(azimuth, seed + 2, 2, 6, 1)
        )
        shape = np.clip(shape + 0.05 * waves(azimuth, seed + 3, 40, 120, 0.6), 0, 1)
    elif ridge.shape == "dunes":
        lean = azimuth + 0.1 * waves(azimuth, seed + 1, 2, 5, 1.0)
        shape = np.abs(waves(lean, seed, 3, 9, 1.1)) ** 0.8
    elif ridge.shape == "cliffs":
        shape = smooth(-0.1, 0.25, waves(azimuth, seed, 2, 7, 0.7)) * (0.8 + 0.2 * waves(azimuth, seed + 4, 9, 60, 0.8))
    elif ridge.shape == "forest":
        shape = 0.55 + 0.2 * waves(azimuth, seed, 3, 12, 0.8) + 0.3 * np.abs(waves(azimuth, seed + 5, 60, 260, 0.35))
    else:
        shape = 0.5 + 0.5 * waves(azimuth, seed, 2, 14, 1.4)
    made: Array = np.radians(ridge.low + (ridge.high - ridge.low) * np.clip(shape, 0, 1)).astype(np.float32)
    return made


def _paint(sky: Array, sphere: Sphere, palette: Palette, ridge: Ridge, seed: int) -> None:
    crest = skyline(sphere.azimuth, ridge, seed)
    top = sphere.row(float(crest.max()) + 0.02)
    rows = slice(top, sky.shape[0])
    up = sphere.elevation[rows][:, None]
    inside = smooth(-0.6, 0.6, (crest[None, :] - up) * (sphere.height / np.pi))
    share = np.clip(up / np.maximum(crest, 1e-3)[None, :], 0, 1)
    # rock faces: noise on a cylinder whose circumference is a whole number of tiles
    around = np.broadcast_to(sphere.azimuth[None, :] / (2 * np.pi) * 6.0, share.shape).astype(np.float32)
    over = np.broadcast_to(up * np.float32(2.2), share.shape).astype(np.float32)
    grain = sample(tile(seed, 1.0), around + 0.4 * (crest[None, :] - up), over, 1.0)
    slope = np.gradient(crest, sphere.azimuth)
    soft = np.convolve(np.r_[slope[-6:], slope, slope[:6]], np.ones(13) / 13, "valid").astype(np.float32)
    to_sun = np.float32(np.sign(np.sin(np.radians(palette.sun[0]) - sphere.azimuth)))
    # faces run down from the crest aslant, broken by the grain: the slope is looked up beside the pixel
    aslant = (
        (crest[None, :] - up) * (0.55 * grain + 0.25 * np.sin(around * 21 + 9 * grain)) * sphere.width / (2 * np.pi)
    )
    beside = (np.arange(sphere.width)[None, :] + aslant.astype(np.int32)) % sphere.width
    facing = np.clip(-(soft * to_sun)[beside] * 1.9, -1, 1)
    if ridge.shape in ("dunes", "hills"):
        facing = np.clip(-soft * to_sun * 1.6, -1, 1)[None, :]
    tone = 0.8 + 0.24 * facing + (0.13 if ridge.shape in ("peaks", "cliffs", "karst") else 0.06) * grain
    if ridge.shape == "dunes":
        tone = 0.9 + 0.2 * facing * share + 0.02 * grain
    colour = rgb(ridge.colour) * palette.light * (0.45 if palette.night else 1.0)
    made = colour * tone[..., None]
    if ridge.snow <= 1:
        white = rgb("#f4f8ff") * palette.light * (0.5 if palette.night else 1.0)
        cap = smooth(-0.05, 0.1, up / np.float32(np.radians(ridge.high)) - np.float32(ridge.snow) + 0.07 * grain)
        made += (white * (0.82 + 0.2 * facing + 0.05 * grain)[..., None] - made) * cap[..., None]
    faded = 1 - np.exp(-ridge.distance_m / palette.haze_m)
    foot = np.clip(faded * 0.85 + (1 - share) * (0.2 + 0.35 * faded), 0, 0.97)
    made += (mixed(palette.haze, palette.middle, 0.25 * min(1.0, faded)) - made) * foot[..., None]
    view = sky[rows]
    view += (made - view) * inside[..., None]
