"""The sky: gradient, glow round the sun or moon, stars, northern lights, clouds on a plane overhead."""

from __future__ import annotations

import numpy as np

from assets.painters.palette import Palette, mixed, rgb
from assets.painters.sphere import Array, Sphere, sample, smooth, tile, waves


def paint_sky(sphere: Sphere, palette: Palette, seed: int, aurora: bool = False) -> Array:
    """The upper half as float32 (rows, width, 3); row 0 looks up, the last one at the horizon."""
    rows = slice(0, sphere.height // 2)
    up = sphere.elevation[rows]
    height = np.clip(up / (np.pi / 2), 0, 1) ** 0.62
    stops = np.array([0.0, 0.34, 1.0], np.float32)
    column = np.stack(
        [np.interp(height, stops, [palette.horizon[c], palette.middle[c], palette.zenith[c]]) for c in range(3)],
        axis=1,
    ).astype(np.float32)
    sky: Array = np.repeat(column[:, None, :], sphere.width, axis=1)
    near = _cosine_to_sun(sphere, palette, rows)
    wide = np.clip(near, 0, 1) ** 6 * (0.42 if not palette.night else 0.3)
    sky += (palette.glow - sky) * wide[..., None]
    if palette.stars:
        _stars(sky, sphere, seed, palette.stars)
    if aurora:
        _aurora(sky, sphere, seed)
    _disc(sky, near, palette, sphere)
    _clouds(sky, sphere, palette, seed, near, rows)
    return sky


def _cosine_to_sun(sphere: Sphere, palette: Palette, rows: slice) -> Array:
    azimuth, elevation = np.radians(palette.sun)
    up = sphere.elevation[rows][:, None]
    made: Array = (
        np.sin(up) * np.float32(np.sin(elevation))
        + np.cos(up) * np.float32(np.cos(elevation)) * np.cos(sphere.azimuth - np.float32(azimuth))[None, :]
    ).astype(np.float32)
    return made


def _disc(sky: Array, near: Array, palette: Palette, sphere: Sphere) -> None:
    radius = np.radians(1.5 if palette.night else 1.9)
    soft = 2.2 * np.pi / sphere.height
    angle = np.arccos(np.clip(near, -1, 1))
    disc = 1 - smooth(radius - soft, radius + soft, angle)
    halo = np.exp(-((angle / np.float32(0.11 if palette.night else 0.16)) ** 2)) * (0.5 if palette.night else 0.6)
    sky += (palette.disc - sky) * np.maximum(disc, halo)[..., None]


def _stars(sky: Array, sphere: Sphere, seed: int, much: float) -> None:
    rng = np.random.default_rng(seed + 11)
    count = int(1500 * much)
    elevation = np.arcsin(rng.uniform(0.03, 1, count))
    column = rng.integers(0, sphere.width, count)
    row = np.clip((0.5 - elevation / np.pi) * sphere.height, 0, sky.shape[0] - 2).astype(int)
    bright = (rng.pareto(2.6, count) * 0.28 + 0.12).clip(0, 1.1) * smooth(0.03, 0.3, elevation.astype(np.float32))
    tint = np.array([[1, 0.95, 0.86], [0.86, 0.92, 1], [1, 1, 1]], np.float32)[rng.integers(0, 3, count)]
    stretch = np.maximum(1, np.round(1 / np.maximum(np.cos(elevation), 0.12))).astype(int)
    for r, c, b, t, s in zip(row, column, bright, tint, stretch, strict=True):
        across = np.arange(c - s // 2, c - s // 2 + s) % sphere.width
        sky[r, across] += t * b
        if b > 0.5:
            sky[r + 1, across] += t * b * 0.5


def _aurora(sky: Array, sphere: Sphere, seed: int) -> None:
    up = np.degrees(sphere.elevation[: sky.shape[0]])[:, None]
    for number, (colour, strength) in enumerate((("#3fe0a0", 0.75), ("#5a8cff", 0.4), ("#c06bff", 0.28))):
        foot = 20 + 7 * waves(sphere.azimuth, seed + 31 * number, 2, 9, 1.2)[None, :] + 4 * number
        tall = 16 + 6 * waves(sphere.azimuth, seed + 5 + number, 2, 14, 0.8)[None, :]
        rays = 0.55 + 0.45 * waves(sphere.azimuth, seed + 7 + number, 30, 120, 0.3)[None, :]
        above = (up - foot) / np.maximum(tall, 5)
        veil = (
            np.where(above > 0, np.exp(-np.maximum(above, 0) * 1.6), np.exp(np.minimum(above, 0) * 9))
            * np.clip(rays, 0, 1.2)
            * strength
        )
        veil *= np.clip(0.5 + 0.7 * waves(sphere.azimuth, seed + 3 + number, 1, 4, 1)[None, :], 0, 1)
        sky += veil.astype(np.float32)[..., None] * rgb(colour)


def _clouds(sky: Array, sphere: Sphere, palette: Palette, seed: int, near: Array, rows: slice) -> None:
    if palette.clouds <= 0.01:
        return
    east, north, _ = sphere.plane(rows, 1000.0)
    body = 0.75 * sample(tile(seed + 1, 1.3), east, north, 11000.0)
    body += 0.32 * sample(tile(seed + 2, 0.9), east, north, 3100.0)
    threshold = 1.25 - 2.3 * palette.clouds
    cover = smooth(threshold, threshold + 0.9, body)
    lit = sample(tile(seed + 1, 1.3), east + 260, north + 200, 11000.0) * 0.75
    shade = np.clip(0.5 + 0.42 * (body - lit), 0, 1)
    fade = smooth(0.03, 0.22, sphere.elevation[rows])[:, None]
    under = mixed(palette.cloud, palette.zenith, 0.45)
    colour = under + (palette.cloud - under) * shade[..., None]
    colour += (palette.glow - colour) * (np.clip(near, 0, 1) ** 8 * 0.55)[..., None]
    sky += (colour - sky) * (cover * fade * np.float32(0.9))[..., None]
