"""Hair: a cap that grows out of the skin along a hairline, and what each style adds to it.

The cap is a ball somewhat larger than the head; below the hairline it dives under the skin, so that the line itself is
soft. Shallow waves run down it, which is what makes it look combed.
"""

from __future__ import annotations

import numpy as np

from assets.glb import Colour
from assets.librarian_head import surface
from assets.librarian_shapes import Shape, ball, grid, join, shape, smooth, tube

STYLES = ("bob", "bun", "short", "long")


def build_hair(style: str, color: Colour) -> Shape:
    """The hair of a style in the head's frame. KeyError for an unknown style."""
    made = {"bob": _bob, "bun": _bun, "short": _short, "long": _long}[style](color)
    lit = smooth(-0.06, 0.13, made.points[:, 1])
    made.colors[:, :3] *= (0.72 + 0.42 * lit)[:, None]
    np.clip(made.colors, 0.0, 1.0, out=made.colors)
    return made


def _cap(
    color: Colour, line: tuple[float, float, float, float], thick: float, sweep: float, waves: float = 1.0
) -> Shape:
    """A cap. ``line``: degrees above the middle of the head where hair begins in front, at the temple, behind the ear
    and at the back; ``sweep``: by how many degrees the fringe falls to her left of the parting."""
    rows, sides = 19, 40
    rise = np.linspace(np.pi / 2, -1.15, rows)
    turn = np.linspace(-np.pi, np.pi, sides, endpoint=False)
    el, az = (a.ravel() for a in np.meshgrid(rise, turn, indexing="ij"))
    unit = np.column_stack([np.cos(el) * np.sin(az), np.sin(el), np.cos(el) * np.cos(az)])
    front, temple, ear, back = np.radians(line)
    side = np.abs(az)
    begin = np.interp(side, [0.0, 0.75, 1.25, 1.75, 2.3, np.pi], [front, front - 0.10, temple, ear, back, back])
    # the parting lies over her right eye; from there the fringe falls to her left
    begin = begin - np.radians(sweep) * smooth(-0.42, -0.20, az) * (1.0 - smooth(0.55, 1.25, az))
    begin = begin - np.radians(0.7 * sweep) * smooth(0.30, 0.52, -az) * (1.0 - smooth(0.9, 1.4, -az))
    inside = smooth(-0.09, 0.10, el - begin)
    strands = 0.0022 * waves * np.sin(26 * az + 5.0 * el + 1.5 * np.sin(2 * az)) * np.cos(el) ** 0.5
    strands += 0.0012 * waves * np.sin(47 * az - 7.0 * el)
    fringe = (
        0.011
        * smooth(-0.55, -0.25, az)
        * (1.0 - smooth(0.5, 1.2, az))
        * smooth(0.0, 0.35, el)
        * (1 - smooth(0.75, 1.2, el))
    )
    part = -0.006 * np.exp(-(((az + 0.42) / 0.09) ** 2)) * smooth(0.5, 0.8, el) * (1 - smooth(1.35, 1.5, el))
    crown = 0.006 * smooth(0.4, 1.2, el) * (np.cos(az) < 0.6)
    out = -0.014 + inside * (0.014 + thick + strands + fringe * np.sign(sweep) + part + crown)
    points = surface(unit) + out[:, None] * unit
    tone = np.tile(np.asarray(color, float), (len(points), 1))
    gleam = 0.75 * np.exp(-(((el - 0.80 - 0.10 * np.sin(13 * az)) / 0.17) ** 2))
    tone[:, :3] *= (1.0 + 70.0 * strands + gleam)[:, None]
    return shape(points, grid(rows, sides, True)[:, ::-1], np.clip(tone, 0, 1))


def _curtain(color: Colour, low: float, flare: float, first: float, depth: float, curl: float) -> Shape:
    """Hair that hangs from temple to temple about the back of the head down to ``low``."""
    rows, sides = 7, 34
    around = np.linspace(first, 2 * np.pi - first, sides)
    drop = np.linspace(0.0, 1.0, rows)
    t, az = (a.ravel() for a in np.meshgrid(drop, around, indexing="ij"))
    unit = np.column_stack([np.sin(az), np.full(len(az), 0.34), np.cos(az)])
    top = surface(unit)
    wave = 0.0028 * np.sin(11 * az + 2.0 * t) + 0.0012 * np.sin(19 * az)
    edge = smooth(0.0, 0.18, np.minimum(az - first, 2 * np.pi - first - az))
    out = 0.004 + (0.012 + wave) * smooth(0.0, 0.4, t) + flare * t - curl * smooth(0.70, 1.0, t) - 0.004 * (1 - edge)
    flat = np.column_stack([np.sin(az), np.zeros(len(az)), np.cos(az)])
    points = top + out[:, None] * flat
    ragged = 0.0025 * np.sin(11 * az) + 0.030 * np.cos(az) * (np.cos(az) > 0)
    points[:, 1] = top[:, 1] + t * (low + ragged - top[:, 1])
    points[:, 2] -= depth * t * (np.cos(az) < 0)
    tone = np.tile(np.asarray(color, float), (len(points), 1))
    tone[:, :3] *= ((1.0 + 60.0 * wave) * (1.0 - 0.15 * t))[:, None]
    return shape(points, grid(rows, sides, False)[:, ::-1], np.clip(tone, 0, 1))


def _bob(color: Colour) -> Shape:
    return join([_cap(color, (48, 4, -10, -24), 0.016, 15), _curtain(color, -0.150, 0.012, 1.02, 0.0, 0.018)])


def _long(color: Colour) -> Shape:
    return join([_cap(color, (42, 4, -10, -24), 0.016, 16), _curtain(color, -0.285, 0.006, 1.10, -0.012, 0.010)])


def _bun(color: Colour) -> Shape:
    cap = _cap(color, (42, 6, -18, -46), 0.012, 10, 1.2)
    knot = ball((0.0, 0.118, -0.098), (0.050, 0.046, 0.046), color, 10, 22)
    turn = np.arctan2(knot.points[:, 0], knot.points[:, 1] - 0.118)
    wave = np.sin(7 * turn + 60 * (knot.points[:, 2] + 0.098))
    knot.points[:] += 0.0025 * wave[:, None] * (knot.points - [0.0, 0.118, -0.098]) / 0.046
    knot.colors[:, :3] *= (1.0 + 0.14 * wave)[:, None]
    lock = []
    for sign in (1.0, -1.0):
        path = np.array(
            [
                [0.100, 0.055, 0.062],
                [0.112, 0.020, 0.056],
                [0.114, -0.020, 0.050],
                [0.110, -0.056, 0.050],
                [0.103, -0.080, 0.054],
            ]
        )
        lock.append(tube(path * [sign, 1, 1], np.array([0.006, 0.0075, 0.006, 0.004, 0.001]), color, 8))
    return join([cap, knot, *lock])


def _short(color: Colour) -> Shape:
    return _cap(color, (47, 14, 0, -30), 0.021, 12, 1.5)
