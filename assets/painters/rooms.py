"""Rooms, painted by following each view to the wall that it meets: shelves of books, windows, curtains, pictures.

Metres; the viewer stands in the middle, the eye 1.6 m above the floor. Surfaces are functions of the place on them, lit
by lamps that have a place too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assets.painters.ground import EYE_M
from assets.painters.palette import Palette, mixed, rgb
from assets.painters.sphere import Array, Sphere, sample, smooth, tile

Index = npt.NDArray[np.int64]
BOOKS = ("#6b2f2a", "#2f4a3c", "#2c3e57", "#7a5a2e", "#5a3a4a", "#8a6a42", "#3f3a36", "#a08a5e", "#7d3b2b", "#46584f", "#b09a78", "#38505e")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Room:
    """``half_w``, ``half_d``: from the viewer to the side and to the front wall; ``top``: ceiling above the floor.

    ``front``, ``side``, ``back``, ``floor``, ``ceiling``: names of surfaces. ``lamps``: (x, y, z, strength), z forward.
    """

    half_w: float
    half_d: float
    top: float
    front: str
    side: str
    back: str
    floor: str
    ceiling: str
    lamps: tuple[tuple[float, float, float, float], ...]
    lamp: str = "#ffd9a0"
    ambient: float = 0.42


_READING = tuple((x, 5.2, z, 1.0) for x in (-3.6, 3.6) for z in (-11.0, -5.0, 1.0, 7.0, 13.0))
ROOMS: dict[str, Room] = {
    "library": Room(9, 15, 8.0, "arched", "shelves", "shelves", "planks", "coffer", _READING, ambient=0.38),
    "study": Room(4.6, 5.6, 3.7, "windows", "shelves", "shelves", "planks", "plaster", ((1.6, 2.2, 3.4, 0.55), (-2.4, 2.6, -2.2, 0.4), (0, 3.2, 0, 0.25)), ambient=0.36),
    "hall": Room(13, 24, 14.0, "arched", "stone", "stone", "marble", "coffer", tuple((x, 9.0, z, 1.5) for x in (-8.0, 8.0) for z in (-16.0, -6.0, 4.0, 14.0)), ambient=0.4),
    "laboratory": Room(8, 10, 4.4, "windows", "tiles", "cabinets", "lino", "panels", tuple((x, 4.2, z, 0.35) for x in (-4.0, 0.0, 4.0) for z in (-6.0, 0.0, 6.0)), "#f2f8ff", 0.5),
    "stage": Room(11, 13, 11.0, "curtain", "curtain", "seats", "planks", "dark", ((-4, 9, 5, 2.0), (4, 9, 5, 2.0), (0, 8, 1, 1.5), (0, 4, -11, 0.8)), "#ffdca8", 0.16),
    "gallery": Room(9, 13, 5.6, "pictures", "pictures", "pictures", "parquet", "skylight", tuple((x, 5.0, z, 0.9) for x in (-5.0, 5.0) for z in (-8.0, 0.0, 8.0)), "#fff6ea", 0.52),
}  # fmt: skip


def paint_room(sphere: Sphere, room: Room, palette: Palette, seed: int) -> Array:
    """The whole panorama as float32 (h, w, 3)."""
    up, az = sphere.elevation[:, None], sphere.azimuth[None, :]
    dx, dy, dz = (
        np.cos(up) * np.sin(az),
        np.broadcast_to(np.sin(up), (sphere.height, sphere.width)),
        np.cos(up) * np.cos(az),
    )
    tiny = np.float32(1e-6)
    rise = np.where(dy > 0, np.float32(room.top - EYE_M), np.float32(EYE_M))
    reach = (
        room.half_w / np.maximum(np.abs(dx), tiny),
        rise / np.maximum(np.abs(dy), tiny),
        room.half_d / np.maximum(np.abs(dz), tiny),
    )
    away = np.minimum(np.minimum(reach[0], reach[1]), reach[2])
    x, y, z = dx * away, dy * away + np.float32(EYE_M), dz * away
    picture = np.zeros((sphere.height, sphere.width, 3), np.float32)
    is_floor, is_wall_x = away == reach[1], (away == reach[0])
    masks = {
        room.floor: is_floor & (dy < 0),
        "ceiling " + room.ceiling: is_floor & (dy >= 0),
        "side " + room.side: is_wall_x & ~is_floor,
        "front " + room.front: ~is_wall_x & ~is_floor & (dz > 0),
        "back " + room.back: ~is_wall_x & ~is_floor & (dz <= 0),
    }
    for name, mask in masks.items():
        px, py, pz = x[mask].astype(np.float32), y[mask].astype(np.float32), z[mask].astype(np.float32)
        if name.startswith(("front", "back")):
            colour, own = _surface(name.split()[1], px, py, room, palette, seed + 7 * len(name), room.half_w)
        elif name.startswith("side"):
            colour, own = _surface(
                name.split()[1], np.where(px > 0, -pz, pz + 97.0), py, room, palette, seed, room.half_d
            )
        else:
            colour, own = _surface(name.split()[-1], px, pz, room, palette, seed, room.half_d)
        light = np.full(px.shape, room.ambient, np.float32)
        for lx, ly, lz, strength in room.lamps:
            gap = (px - lx) ** 2 + (py - ly) ** 2 + (pz - lz) ** 2
            light += strength * 1.5 / (1 + gap / 4.5)
        warm = mixed(rgb("#ffffff"), rgb(room.lamp), 0.55)
        shown = colour * np.minimum(light, 1.45)[:, None] * warm
        picture[mask] = shown + (colour - shown) * own[:, None]
    _glow(picture, sphere, room)
    return picture


def _surface(
    kind: str, u: Array, v: Array, room: Room, palette: Palette, seed: int, half: float
) -> tuple[Array, Array]:
    """Colour (n, 3) at places on a wall (u along, v up) or on floor and ceiling, and how much of it is light of its own."""
    none = np.zeros(u.shape, np.float32)
    if kind in ("stone", "marble", "tiles"):
        u = u + np.float32(0.53)  # no joint just where the picture is cut
    if kind == "shelves":
        return _shelves(u, v, room, seed), none
    if kind in ("windows", "arched"):
        return _windows(u, v, room, palette, kind == "arched")
    if kind == "curtain":
        fold = np.sin(u * 5.2 + 0.5 * np.sin(u * 1.7)) * 0.5 + 0.5
        shade = (0.35 + 0.75 * fold**1.5) * (0.8 + 0.2 * smooth(0, 1.2, v))
        hem = smooth(0.25, 0.3, v)[:, None]
        return (rgb("#a3182a") * hem + rgb("#c9962f") * (1 - hem)) * shade[:, None], none
    if kind == "seats":
        return _seats(u, v, seed)
    if kind == "pictures":
        return _pictures(u, v, seed), none
    grain = sample(tile(seed + 21, 0.9), u, v, 6.0)
    plain = {
        "stone": "#b8ad9a",
        "tiles": "#e8eef0",
        "cabinets": "#dfe5e6",
        "plaster": "#e3d8c6",
        "dark": "#17120f",
        "panels": "#f0f3f4",
    }
    if kind == "skylight":
        pane = np.minimum(np.abs(u / 1.4 - np.round(u / 1.4)) * 1.4, np.abs(v / 2.2 - np.round(v / 2.2)) * 2.2)
        glass = smooth(0.05, 0.09, pane) * (np.abs(u) < half * 0.5)
        sky = mixed(palette.middle, rgb("#ffffff"), 0.6)
        return np.where(glass[:, None] > 0.5, sky, rgb("#ece7df")).astype(np.float32), glass * np.float32(0.9)
    if kind == "coffer":
        cell = np.maximum(np.abs(u / 1.9 - np.round(u / 1.9)), np.abs(v / 1.9 - np.round(v / 1.9))) * 1.9
        deep = smooth(0.66, 0.72, cell) * 0.45 + smooth(0.8, 0.95, cell) * 0.25
        return rgb("#8a6844") * (0.62 + deep + 0.05 * grain)[:, None], none
    if kind in ("planks", "parquet", "marble", "lino"):
        return _floor(kind, u, v, grain), none
    made = rgb(plain[kind]) * (1 + 0.03 * grain)[:, None]
    size = {"stone": (1.6, 0.7), "tiles": (0.3, 0.3), "panels": (1.2, 1.2), "cabinets": (0.9, 2.1)}.get(kind)
    if size:
        row = np.floor(v / size[1])
        along = u / size[0] + (0.5 * (row % 2) if kind == "stone" else 0)
        gap = np.minimum(
            np.abs(along - np.round(along)) * size[0], np.abs(v / size[1] - np.round(v / size[1])) * size[1]
        )
        made *= (1 - 0.3 * (1 - smooth(0.008, 0.03, gap)))[:, None]
        tone = _chance(np.floor(along).astype(np.int64), row.astype(np.int64), seed)
        made *= (0.97 + 0.06 * tone)[:, None]
    return made.astype(np.float32), none


def _shelves(u: Array, v: Array, room: Room, seed: int) -> Array:
    pitch, bay = 0.37, 1.15
    row, tier = np.floor(v / pitch), v / pitch - np.floor(v / pitch)
    number = np.floor(u / 0.062).astype(np.int64)
    wide = u / 0.062 - number
    chance = _chance(number, row.astype(np.int64), seed)
    colour = np.stack([rgb(text) for text in BOOKS])[(chance * len(BOOKS)).astype(int) % len(BOOKS)]
    tone = 0.75 + 0.5 * _chance(number * 7, row.astype(np.int64) + 3, seed)
    high = 0.6 + 0.3 * _chance(number * 3 + 1, row.astype(np.int64), seed)
    round_ = 0.72 + 0.4 * np.sin(np.pi * np.clip(wide, 0, 1))
    made = colour * (tone * round_)[:, None]
    band = (np.abs(tier - high * 0.72) < 0.03) & (chance > 0.45)
    made[band] = rgb("#c7a65b") * 0.9
    gone = (tier > high) | ((_chance(number // 9, row.astype(np.int64), seed + 5) > 0.86) & (wide < 9))
    made[gone] = rgb("#1c130d")
    board = (tier < 0.085) | (tier > 0.985)
    upright = np.abs(u / bay - np.round(u / bay)) * bay < 0.035
    wood = rgb("#7a5433") * (1 + 0.06 * sample(tile(seed + 22, 0.8), u, v, 3.0))[:, None]
    frame = board | upright | (v < 0.28)
    made[frame] = wood[frame]
    top = room.top * (0.78 if room.top > 5 else 0.93)
    above = v > top
    wall = rgb("#d8c7a8") * np.ones((u.size, 1), np.float32)
    made[above] = wall[above]
    cornice = (v > top - 0.12) & (v <= top + 0.06)
    made[cornice] = rgb("#5f3f26")
    if room.top > 6:
        walk = (v > 3.0) & (v < 3.2)
        rail = (v >= 3.2) & (v < 4.1) & ((np.abs(u / 0.22 - np.round(u / 0.22)) * 0.22 < 0.018) | (v > 4.03))
        made[walk | rail] = rgb("#4a3220")
    shelved: Array = made.astype(np.float32)
    return shelved


def _windows(u: Array, v: Array, room: Room, palette: Palette, arched: bool) -> tuple[Array, Array]:
    wide, low, high = (3.2, 1.6, room.top * 0.8) if arched else (2.2, 0.95, room.top * 0.86)
    centre = np.round(u / (wide * 1.35)) * wide * 1.35
    x = u - centre
    rim = high - (wide * 0.36 - np.sqrt(np.maximum((wide * 0.36) ** 2 - x**2, 0)) if arched else 0)
    inside = (np.abs(x) < wide * 0.36) & (v > low) & (v < rim)
    bars = (np.abs(x / 0.4 - np.round(x / 0.4)) * 0.4 < 0.02) | (
        np.abs((v - low) / 0.62 - np.round((v - low) / 0.62)) * 0.62 < 0.022
    )
    share = np.clip((v - low) / (high - low), 0, 1)[:, None]
    sky = palette.horizon + (palette.middle - palette.horizon) * share
    hill = v < low + 0.55 + 0.22 * np.sin(u * 0.8) + 0.1 * np.sin(u * 2.3)
    sky[hill] = mixed(palette.haze, rgb("#4f6f4a"), 0.5) * (0.4 if palette.night else 1)
    wall = rgb("#cdbb9b" if arched else "#e2dccf") * np.ones((u.size, 1), np.float32)
    frame = (np.abs(x) < wide * 0.4) & (v > low - 0.12) & (v < rim + 0.14) & ~inside
    wall[frame] = rgb("#f0e8d8")
    made = np.where((inside & ~bars)[:, None], sky, wall).astype(np.float32)
    made[inside & bars] = rgb("#5f5040")
    return made, (inside & ~bars).astype(np.float32) * np.float32(0.95)


def _pictures(u: Array, v: Array, seed: int) -> Array:
    made = rgb("#ece7de") * np.ones((u.size, 1), np.float32)
    step = 3.4
    number = np.round(u / step).astype(np.int64)
    x, y = u - number * step, v - 2.1
    w = 0.8 + 0.45 * _chance(number, number * 0 + 1, seed)
    h = 0.65 + 0.45 * _chance(number, number * 0 + 2, seed)
    frame = (np.abs(x) < w + 0.12) & (np.abs(y) < h + 0.12)
    shadow = (np.abs(x - 0.05) < w + 0.16) & (np.abs(y + 0.08) < h + 0.15)
    made[shadow] *= 0.8
    made[frame] = rgb("#8a6a32")
    canvas = (np.abs(x) < w) & (np.abs(y) < h)
    kind = _chance(number, number * 0 + 3, seed)
    a, b = (
        sample(tile(seed + 31, 1.3), x + 7.1 * number, y, 4.0),
        sample(tile(seed + 32, 0.9), x + 3.7 * number, y * 2, 2.0),
    )
    warm, cold = rgb("#e0a458"), rgb("#35617a")
    scene = cold + (warm - cold) * np.clip(0.5 + 0.8 * (y + 0.25 * a) / h, 0, 1)[:, None]
    abstract = (
        np.stack([0.5 + 0.4 * np.sin(3 * a + 6 * kind + c) for c in (0.0, 1.7, 3.9)], axis=1)
        * (0.85 + 0.1 * b)[:, None]
    )
    hills = y < -0.1 * h + 0.3 * h * np.sin(2 * x + 9 * kind) * 0.6
    scene[hills] = rgb("#3d5a45") * 1.05
    picture = np.where((kind > 0.5)[:, None], scene, abstract)
    made[canvas] = picture[canvas]
    skirting = v < 0.16
    made[skirting] = rgb("#c9c0b0")
    return made.astype(np.float32)


def _seats(u: Array, v: Array, seed: int) -> tuple[Array, Array]:
    made = rgb("#1a0d0e") * np.ones((u.size, 1), np.float32)
    row = np.floor(v / 0.62)
    x = u / 0.62 + 0.5 * (row % 2)
    part, up = x - np.floor(x), v / 0.62 - row
    seat = (part > 0.12) & (part < 0.88) & (up > 0.1) & (up < 0.8) & (v < 5.6)
    made[seat] = (
        rgb("#7d1f28")
        * (0.55 + 0.3 * _chance(np.floor(x[seat]).astype(np.int64), row[seat].astype(np.int64), seed))[:, None]
    )
    balcony = ((v > 3.0) & (v < 3.6)) | ((v > 5.6) & (v < 6.3)) | ((v > 8.0) & (v < 8.6))
    made[balcony] = rgb("#b08a4a") * (0.8 + 0.25 * np.sin(u[balcony] * 9))[:, None]
    bulb = ((np.abs(u / 1.3 - np.round(u / 1.3)) * 1.3) ** 2 + (v - 5.95) ** 2 < 0.012) | (
        (np.abs(u / 1.3 - np.round(u / 1.3)) * 1.3) ** 2 + (v - 3.3) ** 2 < 0.012
    )
    made[bulb] = rgb("#fff0c0")
    return made.astype(np.float32), bulb.astype(np.float32)


def _floor(kind: str, u: Array, v: Array, grain: Array) -> Array:
    if kind == "marble":
        odd = (np.floor(u / 1.2) + np.floor(v / 1.2)) % 2
        base = np.where(odd[:, None] > 0, rgb("#d9d0c0"), rgb("#6f6459"))
        checked: Array = (base * (1 + 0.06 * grain)[:, None]).astype(np.float32)
        return checked
    if kind == "lino":
        return (rgb("#a9b6b4") * (1 + 0.02 * grain)[:, None]).astype(np.float32)
    size = (0.16, 2.6) if kind == "planks" else (0.12, 0.7)
    row = np.floor(u / size[0])
    along = v / size[1] + 0.37 * row
    tone = _chance(row.astype(np.int64), np.floor(along).astype(np.int64), 5)
    gap = np.minimum(np.abs(u / size[0] - np.round(u / size[0])) * size[0], np.abs(along - np.round(along)) * size[1])
    wood = rgb("#8a5f3a") if kind == "planks" else rgb("#b08a5c")
    return (
        wood * (0.82 + 0.3 * tone + 0.03 * grain)[:, None] * (1 - 0.35 * (1 - smooth(0.004, 0.014, gap)))[:, None]
    ).astype(np.float32)


def _glow(picture: Array, sphere: Sphere, room: Room) -> None:
    """A soft ball of light where each lamp hangs."""
    colour = rgb(room.lamp)
    for x, y, z, strength in room.lamps:
        far = float(np.hypot(np.hypot(x, z), y - EYE_M))
        azimuth, elevation = np.arctan2(x, z), np.arcsin((y - EYE_M) / far)
        reach = min(0.5, 1.3 / far)
        top, low = sphere.row(elevation + 3 * reach), sphere.row(elevation - 3 * reach)
        up = sphere.elevation[top:low][:, None]
        turn = (sphere.azimuth - np.float32(azimuth) + np.pi) % (2 * np.pi) - np.pi
        gap = (turn[None, :] * np.cos(up)) ** 2 + (up - np.float32(elevation)) ** 2
        core = np.exp(-gap / (0.16 * reach) ** 2) * 1.1 + np.exp(-gap / (0.8 * reach) ** 2) * 0.22 * min(1.0, strength)
        picture[top:low] += core.astype(np.float32)[..., None] * colour


def _chance(a: Index, b: Index, seed: int) -> Array:
    """0…1 by whole numbers, the same everywhere."""
    mixed_ = (a * 73856093) ^ (b * 19349663) ^ (seed * 83492791)
    mixed_ = (mixed_ ^ (mixed_ >> 13)) * 1274126177
    return (((mixed_ ^ (mixed_ >> 16)) & 0xFFFF) / 65535.0).astype(np.float32)
