"""Places without an ordinary sky: space, under the sea, inside a mountain, and the white of ink paintings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assets.painters.palette import Palette, mixed, rgb
from assets.painters.sphere import Array, Sphere, sample, smooth, tile, waves


def space_palette(palette: Palette) -> Palette:
    """Black sky, hard light, no haze."""
    return replace(
        palette, zenith=rgb("#03040c"), middle=rgb("#070a1c"), horizon=rgb("#101830"), haze=rgb("#0b1020"),
        glow=rgb("#3a4a7a"), light=rgb("#e8ecff"), stars=2.6, clouds=0.0, haze_m=4000.0, night=False, sun=(120.0, 24.0),
    )  # fmt: skip


def paint_nebula(sky: Array, sphere: Sphere, seed: int) -> None:
    """Veils of gas around the sky, fading overhead where the picture narrows."""
    up = sphere.elevation[: sky.shape[0]][:, None]
    around = np.broadcast_to(sphere.azimuth[None, :] / (2 * np.pi) * 2.0, (sky.shape[0], sphere.width)).astype(
        np.float32
    )
    over = np.broadcast_to(up * np.float32(0.7), around.shape).astype(np.float32)
    fade = 1 - smooth(0.9, 1.45, up)
    band = np.exp(-(((up - 0.55 - 0.35 * np.sin(sphere.azimuth + seed % 6)[None, :]) / 0.42) ** 2))
    bend = 0.14 * sample(tile(seed + 40, 1.2), around, over, 1.0)
    for number, colour in enumerate(("#7b3fb0", "#2f6fd0", "#d0568a", "#2fb0a0")):
        veil = sample(tile(seed + 41 + number, 1.1), around + bend, over - bend, 1.0)
        much = smooth(0.1, 2.3, veil) * fade * (0.25 + 0.75 * band) * 0.75
        sky += much.astype(np.float32)[..., None] * rgb(colour)
    dust = smooth(0.5, 1.9, sample(tile(seed + 46, 0.9), around - bend, over, 1.0)) * fade * band * 0.7
    sky *= (1 - dust).astype(np.float32)[..., None]


def paint_planet(sky: Array, sphere: Sphere, azimuth_deg: float, elevation_deg: float, radius_deg: float, colour: str,
                 seed: int, ring: str = "", light: tuple[float, float, float] = (0.7, 0.35, 0.6)) -> None:  # fmt: skip
    """A lit ball with bands or seas, and a ring if it has a colour."""
    az, el, r = np.radians((azimuth_deg, elevation_deg, radius_deg)).astype(np.float32)
    up = sphere.elevation[: sky.shape[0]][:, None]
    turn = (sphere.azimuth - az + np.pi) % (2 * np.pi) - np.pi
    x = (turn[None, :] * np.cos(up) / r).astype(np.float32)
    y = np.broadcast_to((up - el) / r, x.shape).astype(np.float32)
    gap = np.sqrt(x * x + y * y)
    edge = np.float32(sphere.height / np.pi * r)
    inside = smooth(-1.0, 1.0, (1 - gap) * edge)
    z = np.sqrt(np.clip(1 - gap * gap, 0, 1))
    sun = np.array(light) / np.linalg.norm(light)
    lit = np.clip(x * sun[0] + y * sun[1] + z * sun[2], 0, 1) ** 0.8
    bend = y * 0.93 + 0.18 * x
    grain = sample(tile(seed, 1.0), x * (1 + 0.3 * (1 - z)), bend, 4.0)
    bands = np.sin(bend * 13 + 1.1 * grain) if ring else np.sign(grain - 0.2) * smooth(0.0, 0.5, np.abs(grain - 0.2))
    ball = rgb(colour) * (1 + 0.16 * bands + 0.08 * grain)[..., None] * (0.05 + 1.05 * lit)[..., None]
    sky += (ball - sky) * inside[..., None]
    rim = (
        np.exp(-(((gap - 1.02) / 0.06) ** 2)) * (0.15 + 0.85 * lit.max()) * np.clip(x * sun[0] + y * sun[1] + 0.4, 0, 1)
    )
    sky += rim[..., None] * rgb(colour) * 0.45
    if ring:
        tilt = np.sqrt((x * 0.96 + y * 0.28) ** 2 + ((y * 0.96 - x * 0.28) / 0.22) ** 2)
        stripes = smooth(1.3, 1.36, tilt) * (1 - smooth(2.15, 2.25, tilt)) * (0.65 + 0.35 * np.sin(tilt * 31))
        stripes *= 1 - smooth(1.72, 1.75, tilt) * (1 - smooth(1.78, 1.81, tilt))
        behind = (y * 0.96 - x * 0.28 > 0) & (gap < 1.0)
        much = np.where(behind, 0, stripes) * 0.85
        sky += (rgb(ring) - sky) * much[..., None]


def sea_palette(palette: Palette) -> Palette:
    """Under water everything fades into blue within a few dozen metres."""
    return replace(
        palette, zenith=rgb("#9fe6ee"), middle=rgb("#2f9dc0"), horizon=rgb("#0f5f8c"), haze=rgb("#146a95"), glow=rgb("#d6fbff"),
        disc=rgb("#effeff"), light=rgb("#a9dcec"), clouds=0.0, stars=0.0, haze_m=62.0, night=False, sun=(20.0, 62.0),
    )  # fmt: skip


def paint_shafts(sky: Array, sphere: Sphere, seed: int) -> None:
    """The bright restless surface overhead, and shafts of light that fall from it."""
    rows = slice(0, sky.shape[0])
    east, north, _ = sphere.plane(rows, 14.0)
    up = sphere.elevation[rows][:, None]
    net = np.abs(sample(tile(seed + 51, 0.9), east, north, 40.0)) + 0.6 * np.abs(
        sample(tile(seed + 52, 0.8), east, north, 17.0)
    )
    bright = np.exp(-net * 2.4) * smooth(0.35, 1.2, up)
    sky += bright[..., None] * rgb("#eaffff") * 0.8
    shafts = (
        np.clip(waves(sphere.azimuth, seed + 53, 6, 40, 0.6), 0, 2)[None, :]
        * smooth(0.0, 0.9, up)
        * (1 - smooth(1.0, 1.5, up))
    )
    sky += shafts.astype(np.float32)[..., None] * rgb("#bff4ff") * 0.24


def cave_palette(palette: Palette) -> Palette:
    """Lamplight under stone."""
    return replace(
        palette, zenith=rgb("#120d0c"), middle=rgb("#1e1614"), horizon=rgb("#3a2a22"), haze=rgb("#35261f"), glow=rgb("#ffb968"),
        disc=rgb("#ffd9a0"), light=rgb("#e8c09a"), clouds=0.0, stars=0.0, haze_m=110.0, night=False, sun=(0.0, 4.0),
    )  # fmt: skip


def paint_vault(sky: Array, sphere: Sphere, seed: int) -> None:
    """A stone roof with an opening through which daylight falls."""
    rows = slice(0, sky.shape[0])
    east, north, away = sphere.plane(rows, 13.0)
    wide, fine = sample(tile(seed + 61, 1.4), east, north, 90.0), sample(tile(seed + 62, 1.2), east, north, 30.0)
    folds = np.abs(wide) * 0.55 + np.abs(fine) * 0.3
    stone = rgb("#7a6052") * (0.42 + 0.34 * np.clip(folds, 0, 1.4))[..., None]
    depth = np.clip(1 - away / 90, 0, 1)[..., None]
    up = sphere.elevation[rows][:, None]
    roof = smooth(0.02, 0.2, up)[..., None]
    sky += (stone * (0.35 + 0.65 * depth) - sky) * roof
    hole = np.sqrt((east - 5) ** 2 + (north - 9) ** 2) + 2.2 * wide
    light = 1 - smooth(4.2, 5.2, hole)
    sky += (rgb("#e9f6ff") - sky) * light[..., None]
    sky += (np.exp(-np.maximum(hole - 4.5, 0) / 6)[..., None] * rgb("#ffe6c2")) * 0.3
    beam = np.exp(-(((sphere.azimuth - 0.5) / 0.1) ** 2))[None, :] * smooth(0.0, 0.5, up) * (1 - smooth(0.55, 0.95, up))
    sky += beam.astype(np.float32)[..., None] * rgb("#ffe9c8") * 0.34


PAPER, INK, SEAL = "#efe6d3", "#23211f", "#b8342c"


def ink_palette(palette: Palette) -> Palette:
    """White paper for sky, water and mist."""
    paper, dim = rgb(PAPER), rgb("#dccfb6")
    return replace(
        palette, zenith=mixed(paper, dim, 0.8), middle=paper, horizon=paper, haze=paper, glow=paper, light=rgb("#ffffff"), cloud=paper,
        disc=rgb("#c9573f"), stars=0.0, clouds=0.0, haze_m=150.0, night=False, sun=(palette.sun[0], max(palette.sun[1], 22.0)),
    )  # fmt: skip


def brush(panorama: Array, sphere: Sphere, seed: int) -> None:
    """Turn a finished panorama into ink on paper; red stays red."""
    grey = panorama @ np.array([0.3, 0.59, 0.11], np.float32)
    redness = np.clip((panorama[..., 0] - np.maximum(panorama[..., 1], panorama[..., 2])) * 3.2 - 0.55, 0, 1)[..., None]
    around = np.broadcast_to(sphere.azimuth[None, :] / (2 * np.pi) * 9.0, grey.shape).astype(np.float32)
    over = np.broadcast_to(sphere.elevation[:, None] * np.float32(1.5), grey.shape).astype(np.float32)
    fibre = sample(tile(seed + 71, 0.5), around, over, 1.0) * (1 - smooth(1.1, 1.5, np.abs(sphere.elevation))[:, None])
    tone = smooth(0.12, 0.92, grey + 0.02 * fibre)
    wash = rgb(INK) + (rgb(PAPER) - rgb(INK)) * tone[..., None]
    wash = wash + (panorama - wash) * np.float32(0.16)
    wash *= (1 + 0.012 * fibre)[..., None]
    panorama[:] = wash + (rgb(SEAL) - wash) * redness * np.float32(0.85)
