"""Houses, towers, castles, columns and ships of the West and of today; each is drawn at a spot, in metres."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from assets.painters.stage import Spot
from assets.painters.things_walls import windows

Thing = Callable[[Spot], None]
Rng = np.random.Generator


def house(rng: Rng, wide: float = 8.0, tall: float = 5.0, wall: str = "#d9c7a8", roof: str = "#8c4a36") -> Thing:
    """A gabled house with a chimney."""

    def draw(s: Spot) -> None:
        w = wide / 2
        s.block(-w, 0, w, tall, wide * 0.7, wall)
        ridge = tall + wide * 0.42
        s.poly(
            [(-w * 1.1, tall), (w * 1.1, tall), (w * 0.75, ridge), (-w * 0.75, ridge)],
            roof,
            1.0 if s.lit_from > 0 else 0.85,
        )
        s.rect(w * 0.35, tall + wide * 0.2, w * 0.5, ridge + 0.8, wall, 0.75)
        windows(s, rng, -w * 0.9, tall * 0.15, w * 0.9, tall * 0.92, max(2, int(wide / 2.4)), 2 if tall > 4 else 1)

    return draw


def town_house(rng: Rng, wide: float = 6.0, tall: float = 13.0, wall: str = "#cbb89a", roof: str = "#59616c") -> Thing:
    """A tall narrow house of an old city."""

    def draw(s: Spot) -> None:
        w = wide / 2
        s.block(-w, 0, w, tall, wide, wall)
        s.poly([(-w, tall), (w, tall), (w * 0.8, tall + 3), (-w * 0.8, tall + 3)], roof, 0.95)
        for x in (-0.5, 0.35):
            s.rect(wide * x, tall + 2, wide * x + 0.6, tall + 4.6, "#8a5a48", 0.9)
        windows(s, rng, -w * 0.9, 3.4, w * 0.9, tall - 0.4, 3, max(2, int(tall / 3.2)))
        s.rect(-w * 0.9, 0.2, w * 0.9, 3.0, rng.choice(["#7b3f35", "#2f5d50", "#34495e", "#8a6d3b"]), 0.9)
        windows(s, rng, -w * 0.8, 0.5, w * 0.8, 2.6, 2, 1, lit=0.95)

    return draw


def skyscraper(rng: Rng, wide: float = 16.0, tall: float = 80.0, wall: str = "#4f5f73") -> Thing:
    """A modern tower."""
    kind = int(rng.integers(0, 4))

    def draw(s: Spot) -> None:
        w = wide / 2
        s.block(-w, 0, w, tall, wide, wall)
        windows(
            s, rng, -w * 0.95, 1, w * 0.95, tall - 1.5, max(3, int(wide / 3)), max(6, int(tall / 5)), "#37485c", 0.42
        )
        if kind == 0:
            s.block(-w * 0.6, tall, w * 0.6, tall * 1.14, wide * 0.6, wall)
            s.line([(0, tall * 1.14), (0, tall * 1.32)], 0.6, wall, 0.9)
        elif kind == 1:
            s.poly([(-w, tall), (w, tall), (w, tall * 1.12)], wall, 1.05)
        elif kind == 2:
            s.oval(0, tall, w * 0.8, w * 0.5, wall, 1.0)

    return draw


def castle(rng: Rng, wide: float = 40.0, tall: float = 22.0, colour: str = "#6d6a72", roof: str = "#4a4f63") -> Thing:
    """A castle, part of it in ruins when the roof has no colour."""

    def tower(s: Spot, x: float, w: float, h: float) -> None:
        s.block(x - w / 2, 0, x + w / 2, h, w, colour)
        for k in range(4):
            s.rect(x - w / 2 + k * w / 3.6, h, x - w / 2 + k * w / 3.6 + w / 8, h + 1.1, colour, 0.95)
        if roof:
            s.poly([(x - w * 0.62, h), (x + w * 0.62, h), (x, h + w * 1.5)], roof, 0.9)
            s.poly([(x, h), (x + w * 0.62 * (1 if s.lit_from > 0 else -1), h), (x, h + w * 1.5)], roof, 1.1)
        windows(s, rng, x - w * 0.25, h * 0.45, x + w * 0.25, h * 0.85, 1, 3, "#23242b", 0.7)

    def draw(s: Spot) -> None:
        s.rect(-wide / 2, 0, wide / 2, tall * 0.5, colour, 0.85)
        for k in range(int(wide / 2)):
            s.rect(-wide / 2 + 2 * k, tall * 0.5, -wide / 2 + 2 * k + 1.1, tall * 0.5 + 1.1, colour, 0.85)
        s.poly([(-2.2, 0), (2.2, 0), (2.2, tall * 0.2), (0, tall * 0.32), (-2.2, tall * 0.2)], "#1d1b20")
        for x, w, h in ((-0.5, 5, 0.8), (0.5, 5, 0.72), (-0.2, 6, 1.0), (0.24, 4.4, 1.15), (0.0, 3.6, 1.35)):
            tower(s, x * wide, w, h * tall)

    return draw


def column(rng: Rng, tall: float = 9.0, broken: bool = False, colour: str = "#e3d9c6") -> Thing:
    """A marble column, whole or broken."""

    def draw(s: Spot) -> None:
        w, h = tall * 0.06, tall * (rng.uniform(0.35, 0.7) if broken else 0.9)
        s.rect(-w * 1.6, 0, w * 1.6, tall * 0.05, colour, 0.9)
        s.poly(
            [(-w * 1.1, tall * 0.05), (w * 1.1, tall * 0.05), (w * 0.9, h), (-w * 0.9, h + (0.4 if broken else 0))],
            colour,
            0.9,
        )
        for k in range(4):
            x = -w * 0.8 + k * w * 0.5
            s.line([(x, tall * 0.06), (x * 0.9, h - 0.1)], w * 0.12, colour, 0.72 if (k % 2) else 1.08)
        if not broken:
            s.rect(-w * 1.5, h, w * 1.5, h + tall * 0.04, colour, 1.0)
            s.rect(-w * 1.8, h + tall * 0.04, w * 1.8, h + tall * 0.08, colour, 0.95)

    return draw


def pyramid(rng: Rng, wide: float = 110.0, colour: str = "#d0a566") -> Thing:
    """A pyramid."""

    def draw(s: Spot) -> None:
        w, h = wide / 2, wide * 0.62
        s.poly([(-w, 0), (w, 0), (0, h)], colour, 0.78)
        lit = 1 if s.lit_from > 0 else -1
        s.poly([(lit * w, 0), (-lit * w * 0.25, 0), (0, h)], colour, 1.08)
        for k in range(1, 12):
            y = h * k / 12
            x = w * (1 - y / h)
            s.line([(-x, y), (x, y)], wide * 0.002, colour, 0.7)

    return draw


def sail_ship(rng: Rng, long: float = 26.0, sail: str = "#f1ead9") -> Thing:
    """A three-master under sail."""

    def draw(s: Spot) -> None:
        w = long / 2
        s.poly([(-w, 2.6), (w * 1.05, 3.0), (w * 0.8, -0.2), (-w * 0.86, -0.2)], "#5a3f2c", 0.9)
        s.line([(-w, 2.4), (w, 2.7)], 0.5, "#c9a24a")
        s.line([(w, 3), (w * 1.5, 5.4)], 0.25, "#4a3728")
        for x, h in ((-0.55, 0.74), (0.02, 0.9), (0.5, 0.72)):
            top = long * h
            s.line([(w * x, 2), (w * x, top)], 0.34, "#4a3728")
            for k in range(3):
                y, reach = 3.6 + (top - 4) * k / 3, w * 0.27 * (1 - 0.2 * k)
                belly = reach * 0.35
                tall = (top - 4) / 3.3
                s.poly(
                    [
                        (w * x - reach, y),
                        (w * x + reach, y),
                        (w * x + reach * 0.9 + belly, y + tall * 0.5),
                        (w * x + reach * 0.86, y + tall),
                        (w * x - reach * 0.86, y + tall),
                        (w * x - reach * 0.9 + belly, y + tall * 0.5),
                    ],
                    sail,
                    0.92 + 0.06 * k,
                )
        s.poly([(w * 0.55, long * 0.6), (w * 1.42, 5.2), (w * 0.6, 3.6)], sail, 0.85)

    return draw
