"""Eyes that turn, lids that close over them, lashes, and brows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assets.glb import Colour
from assets.librarian_head import EYE, EYE_RADIUS, skin_at
from assets.librarian_shapes import Floats, Shape, ball, grid, join, shape, smooth, tube

IRIS, PUPIL = 0.60, 0.29
"""Radians from the middle of the eye to the edge of iris and pupil."""

_AZIMUTH = np.linspace(-1.36, 1.36, 13)
_OPEN_UP, _OPEN_LOW = 0.62, -0.46
"""Radians above and below the eye's middle at which the lids stand when it looks at someone."""


@dataclass(frozen=True, slots=True, eq=False)
class Lids:
    """One eye's lids and lashes in the head's frame, and what they move by when it closes or smiles."""

    shape: Shape
    close: Floats
    smile: Floats


def build_eyeball(iris: Colour) -> Shape:
    """An eye about its own middle, looking forward."""
    rings = [0.0, 0.12, PUPIL - 0.02, PUPIL, PUPIL + 0.06, 0.42, IRIS - 0.06, IRIS, IRIS + 0.045, 0.9, 1.3, 1.75]
    turn = np.linspace(0, 2 * np.pi, 22, endpoint=False)
    points, tones = [], []
    white, black = np.array([0.90, 0.89, 0.87, 1.0]), np.array([0.008, 0.006, 0.006, 1.0])
    colour = np.asarray(iris, float)
    for far in rings[1:]:
        flat = 0.93 if far < IRIS else 1.0  # the iris lies a little flatter, and so catches the light as a whole
        depth = np.cos(far) * (1.0 if far >= IRIS else flat + (1 - flat) * far / IRIS)
        points.append(np.column_stack([np.sin(far) * np.cos(turn), np.sin(far) * np.sin(turn), np.full(22, depth)]))
        if far <= PUPIL:
            tone = black
        elif far <= IRIS - 0.06:
            tone = colour * [1.0, 1.0, 1.0, 1.0]
        elif far <= IRIS:
            tone = colour * [0.35, 0.35, 0.35, 1.0]
        else:
            tone = white * (1.0 if far < 1.2 else 0.82)
        row = np.tile(tone, (22, 1))
        if PUPIL < far < IRIS - 0.01:  # lit from above, the lower half of an iris glows
            row[:, :3] *= (1.0 - 0.55 * np.sin(turn))[:, None]
        tones.append(np.clip(row, 0, 1))
    rows = np.concatenate(points)
    middle = np.array([[0.0, 0.0, 0.93]])
    wall = grid(len(rings) - 1, 22, True)[:, ::-1]
    k = np.arange(22)
    lid = np.column_stack([np.full(22, len(rows)), k, (k + 1) % 22])
    whole = np.vstack([rows, middle]) * EYE_RADIUS
    colors = np.vstack([*tones, [black]])
    return shape(whole, np.concatenate([wall, lid]), colors)


def build_sparkle() -> Shape:
    """The two lights in an eye, which make it look alive: drawn as bright as they are."""
    made = []
    for x, y, size in ((-0.26, 0.27, 0.0041), (0.24, -0.22, 0.0020)):
        aim = np.array([x, y, np.sqrt(1 - x * x - y * y)])
        made.append(_disc(aim * EYE_RADIUS * 1.012, aim, size))
    return join(made)


def _disc(middle: Floats, aim: Floats, size: float) -> Shape:
    side = np.cross([0.0, 1.0, 0.0], aim)
    side /= np.linalg.norm(side)
    over = np.cross(aim, side)
    turn = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    rim = middle + size * (np.cos(turn)[:, None] * side + np.sin(turn)[:, None] * over)
    k = np.arange(12)
    return shape(
        np.vstack([rim, middle[None]]), np.column_stack([np.full(12, 12), k, (k + 1) % 12]), (1.0, 1.0, 1.0, 1.0)
    )


def build_lids(skin: Colour, lash: Colour) -> Lids:
    """Her left eye's lids, open; mirror them for the right."""
    shade = np.asarray(skin) * [0.97, 0.92, 0.90, 1.0]
    fold = np.asarray(skin) * [0.985, 0.97, 0.965, 1.0]
    edge = _OPEN_UP * np.cos(_AZIMUTH) ** 0.55 + 0.05 * _AZIMUTH
    low = _OPEN_LOW * np.cos(_AZIMUTH) ** 0.7 + 0.05 * _AZIMUTH
    meet = low + 0.03
    happy = low + 0.16 * np.cos(_AZIMUTH)
    parts, closes, smiles = [], [], []
    steps = np.array([0.0, 0.08, 0.4, 0.7, 1.0])
    for upper, size, start, end, shut, glad, tone in (
        (True, 1.075, edge, np.full(13, 1.5), meet, edge - 0.04, fold),
        (False, 1.045, low, np.full(13, -1.5), low, happy, shade),
    ):
        rest = _shell(start, end, steps, size)
        tones = np.repeat([np.asarray(shade), tone, tone, tone, np.asarray(skin)], 13, axis=0)
        faces = grid(len(steps), 13, False)
        parts.append(shape(rest, faces if upper else faces[:, ::-1], tones))
        closes.append(_shell(shut, end, steps, size) - rest)
        smiles.append(_shell(glad, end, steps, size) - rest)
    flick = 1.095 + 0.035 * smooth(0.2, 1.2, _AZIMUTH)
    band = _ribbon(edge, flick)
    parts.append(shape(band, grid(3, 13, False), lash))
    closes.append(_ribbon(meet, flick) - band)
    smiles.append(_ribbon(edge - 0.04, flick) - band)
    return Lids(join(parts), np.concatenate(closes), np.concatenate(smiles))


def _shell(start: Floats, end: Floats, steps: Floats, size: float) -> Floats:
    """Rows of a lid from its edge to where it goes under the skin."""
    rows = [_at(start + t * (end - start), np.full(13, size * (1.0 if t > 0 else 0.99))) for t in steps]
    made: Floats = np.concatenate(rows) + EYE
    return made


def _ribbon(edge: Floats, size: Floats) -> Floats:
    thick = 0.075 * np.cos(_AZIMUTH) ** 0.4
    made: Floats = (
        np.concatenate([_at(edge - 0.035, size * 0.985), _at(edge + 0.02, size), _at(edge + thick, size * 0.985)]) + EYE
    )
    return made


def _at(rise: Floats, size: Floats) -> Floats:
    flat = np.cos(_AZIMUTH)
    unit = np.column_stack([np.sin(_AZIMUTH), flat * np.sin(rise), flat * np.cos(rise)])
    made: Floats = unit * size[:, None] * EYE_RADIUS
    return made


def build_brow(color: Colour) -> Shape:
    """Her left brow."""
    xs = np.linspace(0.018, 0.070, 9)
    arch = 0.0585 + 0.0080 * np.sin((xs - 0.018) / 0.052 * np.pi * 0.82 + 0.10)
    path = np.array([skin_at(float(x), float(y)) for x, y in zip(xs, arch, strict=True)])
    path += [0.0, 0.0, 0.0008]
    thick = 0.0036 * np.array([0.55, 0.92, 1.0, 1.0, 0.95, 0.86, 0.72, 0.52, 0.2])
    return tube(path, np.column_stack([thick, 0.55 * thick]), color, 6, up=(0.0, 0.25, 1.0))


def build_glasses(color: Colour) -> Shape:
    """Round glasses that rest on the nose."""
    turn = np.linspace(0, 2 * np.pi, 19)
    made = []
    for sign in (1.0, -1.0):
        middle = np.array([sign * 0.0435, 0.006, 0.128])
        ring = np.column_stack(
            [
                0.0335 * np.cos(turn),
                0.031 * np.sin(turn),
                -0.010 * np.abs(np.cos(turn)) ** 2 * (np.cos(turn) * sign > 0),
            ]
        )
        made.append(tube(middle + ring, np.full(19, 0.0017), color, 4, caps=False))
        arm = np.array(
            [
                [sign * 0.076, 0.010, 0.113],
                [sign * 0.104, 0.010, 0.085],
                [sign * 0.118, 0.008, 0.0],
                [sign * 0.113, -0.012, -0.02],
            ]
        )
        made.append(tube(arm, np.full(4, 0.0017), color, 6, up=(0.0, 1.0, 0.0)))
    bridge = np.array([[-0.0105, 0.012, 0.128], [-0.004, 0.016, 0.131], [0.004, 0.016, 0.131], [0.0105, 0.012, 0.128]])
    made.append(tube(bridge, np.full(4, 0.0017), color, 6))
    return join(made)


def build_ears(skin: Colour) -> Shape:
    """Both ears."""
    left = ball((0.113, -0.010, -0.006), (0.011, 0.027, 0.018), skin, 6, 9)
    inner = ball(
        (0.1215, -0.010, -0.002), (0.004, 0.016, 0.010), tuple(np.asarray(skin) * [0.82, 0.62, 0.58, 1.0]), 6, 10
    )
    both = join([left, inner])
    return join([both, both.mirrored({})])
