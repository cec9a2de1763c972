"""The ground below the horizon: a plane under the eye with grain by kind, water that mirrors what stands above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from assets.painters.palette import Palette, mixed, rgb
from assets.painters.sphere import Array, Sphere, sample, smooth, tile

EYE_M = 1.6
Kind = Literal[
    "grass", "sand", "snow", "stone", "earth", "paved", "dust", "wheat", "flowers", "water", "mirror", "planks"
]


@dataclass(frozen=True, slots=True)
class Look:
    """Two colours between which the grain swings, its size in metres and strength; ``dots``: flowers and the like."""

    dark: str
    light: str
    size_m: float
    grain: float
    dots: tuple[str, ...] = ()


LOOKS: dict[str, Look] = {
    "grass": Look("#45682c", "#86a24d", 9.0, 0.8),
    "sand": Look("#c79a5e", "#ecc98d", 16.0, 0.5),
    "snow": Look("#c3d2e2", "#f6f9fc", 14.0, 0.5),
    "stone": Look("#6d6a66", "#9c9890", 7.0, 0.8),
    "earth": Look("#6b4a31", "#9a7148", 8.0, 0.8),
    "paved": Look("#8b8378", "#b7aea1", 6.0, 0.45),
    "dust": Look("#8f4a2b", "#c9764a", 18.0, 0.7),
    "moon": Look("#56575d", "#a0a1a6", 18.0, 0.9),
    "wheat": Look("#b08a3a", "#e3c268", 5.0, 0.9),
    "flowers": Look("#4c7a35", "#8fb35a", 8.0, 0.8, ("#f4d35e", "#ee6c8a", "#f7f3ee", "#9d6bd3", "#e4572e")),
    "planks": Look("#6a4a30", "#93704c", 5.0, 0.5),
    "circuit": Look("#06121c", "#0c2230", 9.0, 0.6),
}
WATERS = {"water": "#2f6f86", "sea": "#1d5a80", "lagoon": "#2fb0b0", "mirror": "#cfd8e6", "river": "#5d8378"}


def paint_ground(sphere: Sphere, palette: Palette, kind: str, seed: int, shore_m: float = 0.0, above: Array | None = None,
                 beach: str = "grass") -> Array:  # fmt: skip
    """The lower half as float32 (rows, width, 3).

    ``kind`` may be a water of ``WATERS``: then ``above`` (the finished upper half) is mirrored in it beyond ``shore_m``
    metres, and the near ground is ``beach``.
    """
    rows = slice(sphere.height // 2, sphere.height)
    east, north, away = sphere.plane(rows, EYE_M)
    if kind not in WATERS and kind != "cloud_sea":
        return _lit(_land(kind, east, north, away, seed), away, palette)
    assert above is not None
    if kind == "cloud_sea":
        water = (
            _lit(
                _land("snow", east * np.float32(1 / 9), north * np.float32(1 / 9), away * np.float32(1 / 9), seed),
                away,
                palette,
            )
            * 1.06
        )
        puff = sample(tile(seed + 12, 1.3), east, north, 160.0)[..., None]
        water += (palette.zenith - water) * np.clip(0.32 - 0.26 * puff, 0, 0.6) * np.float32(0.6)
    else:
        water = _water(sphere, palette, kind, seed, east, north, away, above)
    if shore_m <= 0:
        return water
    edge = shore_m * (1 + 0.16 * sample(tile(seed + 3, 1.2), east, north, 34.0))
    inside = 1 - smooth(-0.5, 0.5, away - edge)
    wet = (1 - smooth(0.0, 1.6, np.abs(away - edge)))[..., None] * 0.35
    land = _lit(_land(beach, east, north, away, seed), away, palette)
    made: Array = water + (land * (1 - wet) - water) * inside[..., None]
    foam = np.exp(-(((away - edge - 0.5) / 0.35) ** 2)) * (0.5 if kind in ("sea", "lagoon", "water") else 0.12)
    made += (palette.light - made) * (foam * (1 - inside))[..., None]
    return made


def _land(kind: str, east: Array, north: Array, away: Array, seed: int) -> Array:
    look = LOOKS[kind]
    dark, light = rgb(look.dark), rgb(look.light)
    wide = sample(tile(seed + 4, 1.2), east, north, look.size_m * 9)
    fine = sample(tile(seed + 5, 0.7), east, north, look.size_m)
    fine *= np.clip(22 / (away + 4), 0.12, 1)
    share = np.clip(0.5 + look.grain * (0.22 * wide + 0.2 * fine), 0, 1)[..., None]
    made: Array = (dark + (light - dark) * share).astype(np.float32)
    if kind in ("paved", "planks"):
        _joints(made, east, north, away, (0.9, 0.9) if kind == "paved" else (0.28, 3.2))
    if kind == "circuit":
        _circuit(made, east, north, away)
    if kind == "moon" or kind == "dust":
        pits = smooth(0.9, 1.9, sample(tile(seed + 6, 1.6), east, north, 90.0))
        made *= (1 - 0.35 * pits)[..., None]
    if kind == "sand" or kind == "snow":
        ripple = np.sin((north + 0.9 * sample(tile(seed + 7, 1.4), east, north, 30.0)) * 5.2) * np.clip(
            9 / (away + 2), 0, 1
        )
        made *= (1 + 0.035 * ripple)[..., None]
    if kind == "wheat":
        rows_ = np.sin(east * 7.0) * np.clip(16 / (away + 2), 0, 1)
        made *= (1 + 0.09 * rows_)[..., None]
    if look.dots:
        _dots(made, east, north, away, look.dots, seed)
    return made


def _dots(made: Array, east: Array, north: Array, away: Array, colours: tuple[str, ...], seed: int) -> None:
    patch = sample(tile(seed + 8, 1.1), east, north, 40.0)
    for number, colour in enumerate(colours):
        grain = sample(tile(seed + 60 + number, 0.05), east + 7.3 * number, north, 21.0 + number)
        much = np.clip(smooth(1.25, 1.8, grain + 0.35 * patch), 0, 1) * np.clip(60 / (away + 8), 0.25, 1)
        made += (rgb(colour) - made) * much[..., None] * 0.85


def _joints(made: Array, east: Array, north: Array, away: Array, size: tuple[float, float]) -> None:
    across, along = east / size[0], north / size[1]
    along = along + 0.5 * (np.floor(across) % 2)
    line = np.minimum(np.abs(across - np.round(across)) * size[0], np.abs(along - np.round(along)) * size[1])
    dark = (1 - smooth(0.012, 0.035, line)) * np.clip(9 / (away + 1), 0, 1)
    tone = np.sin(np.floor(across) * 12.99 + np.floor(along) * 78.23) * 43758.5453
    made *= (1 + (0.09 * ((tone - np.floor(tone)) - 0.5)) * np.clip(14 / (away + 1), 0, 1))[..., None]
    made *= (1 - 0.35 * dark)[..., None]


def _circuit(made: Array, east: Array, north: Array, away: Array) -> None:
    for size, strength, colour in ((8.0, 0.9, "#2fd6ff"), (2.0, 0.28, "#1a8fd0")):
        for lines in (east, north):
            gap = np.abs(lines / size - np.round(lines / size)) * size
            made += (np.exp(-((gap / (0.04 + away * 0.0032)) ** 2)) * strength * np.clip(70 / (away + 20), 0, 1))[
                ..., None
            ] * rgb(colour)


def _lit(land: Array, away: Array, palette: Palette) -> Array:
    made = land * palette.light
    if palette.night:
        made *= 0.62
    faded = (1 - np.exp(-away / np.float32(palette.haze_m)))[..., None]
    made += (palette.haze - made) * faded
    shade = np.clip(0.72 + 0.28 * (away / 4.0), 0.72, 1)  # darker underfoot, where the viewer keeps the light out
    made *= shade[..., None]
    return made


def _water(sphere: Sphere, palette: Palette, kind: str, seed: int, east: Array, north: Array, away: Array, above: Array) -> Array:  # fmt: skip
    strength = 0.25 if kind == "mirror" else 1.0
    swell = sample(tile(seed + 9, 1.1), east, north * 0.6, 46.0)
    chop = sample(tile(seed + 10, 0.8), east, north * 0.7, 9.0)
    wave = (0.6 * swell + 0.5 * chop * np.clip(40 / (away + 6), 0.1, 1)) * strength
    height, width = sphere.height // 2, sphere.width
    tilt = wave * np.clip(26.0 / (away + 10), 0.15, 1.0) * (sphere.height / 512)
    rows = np.arange(height, dtype=np.float32)[:, None]
    mirror = np.clip(height - 1 - rows - np.abs(tilt) * 7 + tilt * 2, 0, height - 1).astype(np.int32)
    columns = ((np.arange(width)[None, :] + np.round(tilt * 2.5)).astype(np.int32)) % width
    image = above[mirror, columns]
    down = np.sin(np.abs(sphere.elevation[height:]))[:, None]
    fresnel = np.clip(0.06 + 0.94 * (1 - down) ** 4, 0, 1)
    fresnel = np.maximum(fresnel, 0.62) if kind == "mirror" else fresnel
    deep = mixed(rgb(WATERS[kind]), palette.zenith, 0.25) * palette.light * (0.35 if palette.night else 0.9)
    body = deep * (1 + 0.16 * wave[..., None])
    made: Array = body + (image * 0.94 - body) * fresnel[..., None]
    azimuth = np.radians(palette.sun[0])
    side = np.cos(sphere.azimuth - np.float32(azimuth))[None, :]
    glitter = smooth(0.55, 1.5, wave + 0.5 * chop) * np.clip(side, 0, 1) ** 40 * np.clip(away / 12, 0, 1)
    made += (palette.disc - made) * (glitter * 0.75)[..., None]
    far = smooth(500, 6000, away)[..., None]
    made += (palette.haze - made) * far * 0.75
    return made
