"""The librarian's head: a ball whose pole is the mouth, so that rings of corners run about the lips as muscles do.

The first ring is the line where the lips meet; inside it lies the hollow of the mouth with teeth and tongue. ``Head``
keeps for each corner where it stands on these rings; ``librarian_mouth.py`` moves it by that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assets.glb import Colour
from assets.librarian_shapes import Floats, Ints, Shape, bump, grid, join, shape, smooth, tube

CENTRE = np.array([0.0, 1.43, 0.0])
RADII = np.array([0.114, 0.138, 0.122])
EYE = np.array([0.0425, 0.010, 0.0925])
"""Her left eye's middle, from the head's."""

EYE_RADIUS = 0.0250
TILT = 0.53
"""Radians by which the mouth looks down from straight ahead, seen from the head's middle."""

SEGMENTS = 38
LIP_RINGS = 3
_LIPS = [(0.205, 0.0), (0.216, 0.026), (0.228, 0.052)]
_NEAR = [(0.25, 0.080), (0.285, 0.125), (0.325, 0.18), (0.37, 0.245), (0.42, 0.315), (0.475, 0.39), (0.535, 0.47)]
_FAR = [0.57, 0.63, 0.69, 0.75, 0.81, 0.87, 0.95, 1.05, 1.18, 1.36, 1.62, 2.0, 2.5]
RINGS = [*_LIPS, *_NEAR, *((t, t) for t in _FAR)]

_X = np.array([1.0, 0.0, 0.0])
_OUT = np.array([0.0, -np.sin(TILT), np.cos(TILT)])
_UP = np.array([0.0, np.cos(TILT), np.sin(TILT)])


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """The skin with mouth, teeth and tongue. Per corner: ``ring`` half-width of its ring in radians, ``turn`` about the
    mouth (0: her left corner, ¼ turn: above), ``part`` 0 skin, 1 hollow, 2 upper teeth, 3 lower teeth, 4 tongue."""

    shape: Shape
    ring: Floats
    turn: Floats
    part: Ints


def surface(unit: Floats) -> Floats:
    """Places on the skin in the directions ``unit`` (n, 3), from the head's middle."""
    d = unit / np.linalg.norm(unit, axis=1, keepdims=True)
    points = d * RADII
    low = smooth(0.0, 1.0, -d[:, 1])
    points[:, 0] *= 1.0 - 0.31 * low**1.2
    points[:, 2] *= 1.0 - 0.10 * low * (d[:, 2] > 0)
    points[:, 1] *= 1.0 - 0.05 * low
    side = np.abs(points[:, 0:1]) * [1, 0, 0] + points * [0, 1, 1]
    front = smooth(0.0, 0.5, d[:, 2])
    out = d * 0.0
    out += (0.0075 * bump(side, (0.056, -0.036, 0.084), (0.024, 0.022, 0.05)))[:, None] * d  # cheeks
    out -= (0.0075 * bump(side, (0.0425, 0.012, 0.108), (0.020, 0.016, 0.05)) * front)[:, None] * d  # sockets
    out[:, 2] += 0.0185 * bump(points, (0.0, -0.020, 0.118), (0.0085, 0.0085, 0.06)) * front  # tip of the nose
    out[:, 2] += 0.0060 * bump(points, (0.0, 0.004, 0.12), (0.0075, 0.020, 0.06)) * front  # bridge
    out[:, 2] += 0.0045 * bump(side, (0.0105, -0.027, 0.118), (0.006, 0.006, 0.06)) * front  # wings
    out[:, 2] += 0.007 * bump(points, (0.0, -0.112, 0.08), (0.030, 0.018, 0.06)) * front  # chin
    out[:, 2] += 0.003 * bump(points, (0.0, -0.062, 0.108), (0.034, 0.026, 0.06)) * front  # about the mouth
    made: Floats = points + out
    return made


def skin_at(x: float, y: float) -> Floats:
    """The place on the front of the face at x and y from the head's middle."""
    aim = np.array([[x, y, 0.11]])
    for _ in range(6):
        found = surface(aim)
        aim = aim + (np.array([[x, y, 0.0]]) - found) * [1, 1, 0]
        aim[:, 2] = found[:, 2]
    place: Floats = found[0]
    return place


def build_head(skin: Colour, lips: Colour) -> Head:
    """The head in its own frame: the middle of the ball at the origin."""
    turn = np.linspace(0, 2 * np.pi, SEGMENTS, endpoint=False)
    rows, widths = [], []
    for index, (wide, high) in enumerate(RINGS):
        a, b = wide * np.cos(turn), high * np.sin(turn)
        if index == 0:
            b = 0.034 * np.cos(turn) ** 2 - 0.008  # the line of a mouth at rest, its corners a little up
        elif index < LIP_RINGS + 2:
            b = b + 0.026 * np.cos(turn) ** 2
        far, angle = np.hypot(a, b), np.arctan2(b, a)
        unit = np.cos(far)[:, None] * _OUT + np.sin(far)[:, None] * (
            np.cos(angle)[:, None] * _X + np.sin(angle)[:, None] * _UP
        )
        places = surface(unit)
        swell = (0.0005, 0.0038, 0.0012)[index] if index < LIP_RINGS else 0.0
        fade = np.abs(np.sin(turn)) ** 0.6 * (1.0 + 0.35 * (np.sin(turn) < 0))
        rows.append(places + swell * fade[:, None] * _OUT)
        widths.append(np.full(SEGMENTS, wide))
    back = surface(-_OUT[None])
    points = np.vstack([*rows, back])
    wall = grid(len(RINGS), SEGMENTS, True)
    end = (len(RINGS) - 1) * SEGMENTS
    k = np.arange(SEGMENTS)
    lid = np.column_stack([np.full(SEGMENTS, end + SEGMENTS), end + (k + 1) % SEGMENTS, end + k])
    faces = np.concatenate([wall[:, ::-1], lid])
    ring = np.concatenate([*widths, [np.pi]])
    turns = np.concatenate([np.tile(turn, len(RINGS)), [0.0]])
    inner, dark, hollow = _hollow(rows[0], turn, len(points))
    made = shape(
        np.vstack([points, inner]), np.concatenate([faces, hollow]), np.vstack([_tones(points, skin, lips), dark])
    )
    skinned = Head(
        made,
        np.concatenate([ring, np.full(len(inner), RINGS[0][0])]),
        np.concatenate([turns, np.tile(turn, 3), [0.0]]),
        np.repeat([0, 1], [len(points), len(inner)]),
    )
    parts = [skinned, *_inside(rows[0])]
    return Head(
        join([p.shape for p in parts]),
        np.concatenate([p.ring for p in parts]),
        np.concatenate([p.turn for p in parts]),
        np.concatenate([p.part for p in parts]),
    )


def _tones(points: Floats, skin: Colour, lips: Colour) -> Floats:
    """Skin with warm cheeks and nose, lips on the first rings."""
    tones = np.tile(np.asarray(skin, float), (len(points), 1))
    side = np.abs(points[:, 0:1]) * [1, 0, 0] + points * [0, 1, 1]
    warm = 0.95 * bump(side, (0.066, -0.034, 0.08), (0.022, 0.017, 0.05))
    warm += 0.4 * bump(points, (0.0, -0.024, 0.13), (0.012, 0.010, 0.05))
    blush = np.asarray(skin) * 0.55 + np.asarray(lips) * 0.45
    tones += (blush - tones) * np.clip(warm, 0, 1)[:, None]
    strength = np.repeat((0.92, 1.0, 0.55), SEGMENTS)
    rows = LIP_RINGS * SEGMENTS
    tones[:rows] += (np.asarray(lips) - tones[:rows]) * strength[:, None]
    tones[:SEGMENTS, :3] *= 0.62
    return tones


def _hollow(line: Floats, turn: Floats, start: int) -> tuple[Floats, Floats, Ints]:
    """Corners, colours and triangles of the hollow behind the lips; it begins at the lips' own corners 0 … SEGMENTS.

    ``start``: the number that its first corner of its own will have.
    """
    spread = np.sin(turn)[:, None] * _UP
    ring1 = line * [0.97, 1, 1] - 0.007 * _OUT + 0.006 * spread
    ring2 = line * [0.95, 1, 1] - 0.019 * _OUT + 0.014 * spread
    ring3 = line * [0.75, 1, 1] - 0.036 * _OUT + 0.012 * spread
    middle = ring3.mean(axis=0)[None] - 0.004 * _OUT
    dark, deep = (0.16, 0.028, 0.026, 1.0), (0.05, 0.008, 0.010, 1.0)
    tones = np.vstack([np.repeat([dark, deep, deep], SEGMENTS, axis=0), [deep]])
    wall = grid(4, SEGMENTS, True)
    k = np.arange(SEGMENTS)
    lid = np.column_stack([np.full(SEGMENTS, 4 * SEGMENTS), 3 * SEGMENTS + (k + 1) % SEGMENTS, 3 * SEGMENTS + k])
    faces = np.concatenate([wall, lid[:, ::-1]])
    return np.vstack([ring1, ring2, ring3, middle]), tones, np.where(faces < SEGMENTS, faces, faces - SEGMENTS + start)


def _inside(line: Floats) -> list[Head]:
    """Two rows of teeth and the tongue."""
    made = []
    middle_line = line.mean(axis=0)
    for part, low, high, half in ((2, -0.0085, 0.0045, 0.0180), (3, -0.0200, -0.0125, 0.0160)):
        u = np.linspace(-1, 1, 9)
        depth = 0.0085 + 0.014 * u**2
        base = middle_line + half * u[:, None] * _X - depth[:, None] * _OUT
        strip = np.concatenate([base + low * _UP, base + high * _UP])
        white = shape(strip, grid(2, 9, False), (0.86, 0.83, 0.76, 1.0))
        made.append(_loose(white, part))
    spot = middle_line - 0.019 * _OUT - 0.0180 * _UP
    path = spot + np.linspace(-0.016, 0.008, 6)[:, None] * _OUT
    wide = 0.0135 * np.sqrt(np.clip(1 - np.linspace(-0.75, 1, 6) ** 2, 0.03, 1))
    tongue = tube(path, np.column_stack([wide, 0.42 * wide]), (0.55, 0.14, 0.13, 1.0), 8, up=(0.0, 1.0, 0.0))
    return [*made, _loose(tongue, 4)]


def _loose(made: Shape, part: int) -> Head:
    count = len(made.points)
    return Head(made, np.full(count, 0.205), np.zeros(count), np.full(count, part))
