"""Single great buildings, a volcano and street lamps; each is drawn at a spot, in metres."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from assets.painters.stage import Spot
from assets.painters.things_walls import LAMP, windows

Thing = Callable[[Spot], None]
Rng = np.random.Generator


def dome(rng: Rng, r: float = 14.0, colour: str = "#cfd6de", lit: str = "#ffe3a6", slit: bool = False) -> Thing:
    """A dome: station on Mars, or observatory with ``slit``."""

    def draw(s: Spot) -> None:
        turn = np.linspace(0, np.pi, 24)
        s.rect(-r, 0, r, r * 0.28, colour, 0.75)
        s.poly([(r * float(np.cos(t)), r * 0.28 + r * float(np.sin(t)) * 0.92) for t in turn], colour, 0.86)
        side = 1 if s.lit_from > 0 else -1
        s.poly(
            [
                (0, r * 0.28),
                *[(side * r * float(np.cos(t)), r * 0.28 + r * 0.92 * float(np.sin(t))) for t in turn[:12]],
            ],
            colour,
            1.04,
        )
        for k in range(1, 6):
            x = -r + 2 * r * k / 6
            s.line(
                [(x * float(np.cos(t)), r * 0.28 + r * 0.92 * float(np.sin(t))) for t in turn[:13]], 0.2, colour, 0.65
            )
        windows(s, rng, -r * 0.9, r * 0.05, r * 0.9, r * 0.24, 9, 1, "#5b6673", 0.9)
        if slit:
            s.poly([(-r * 0.1, r * 0.5), (r * 0.1, r * 0.5), (r * 0.08, r * 1.2), (-r * 0.08, r * 1.2)], "#20242c")

    return draw


def greek_temple(rng: Rng, wide: float = 24.0, tall: float = 10.0, colour: str = "#e6dcc8") -> Thing:
    """A temple front with a gable."""

    def draw(s: Spot) -> None:
        w = wide / 2
        for k in range(3):
            s.rect(-w * (1.1 - 0.03 * k), 0.4 * k, w * (1.1 - 0.03 * k), 0.4 * (k + 1), colour, 0.8 + 0.07 * k)
        s.rect(-w * 0.9, 1.2, w * 0.9, tall * 0.8, "#7a6b58", 0.6)
        for k in range(8):
            x = -w * 0.94 + k * wide * 0.94 / 7
            s.poly([(x - 0.62, 1.2), (x + 0.62, 1.2), (x + 0.5, tall * 0.8), (x - 0.5, tall * 0.8)], colour, 0.95)
            s.rect(x if s.lit_from > 0 else x - 0.5, 1.2, x + 0.5 if s.lit_from > 0 else x, tall * 0.8, colour, 1.08)
        s.rect(-w, tall * 0.8, w, tall * 0.92, colour, 0.95)
        s.poly([(-w * 1.05, tall * 0.92), (w * 1.05, tall * 0.92), (0, tall * 1.22)], colour, 0.85)
        s.poly([(-w * 0.8, tall * 0.95), (w * 0.8, tall * 0.95), (0, tall * 1.15)], "#b7a88e", 0.9)

    return draw


def lighthouse(rng: Rng, tall: float = 24.0) -> Thing:
    """A lighthouse on its rock."""

    def draw(s: Spot) -> None:
        s.poly(
            [(-tall * 0.7, -0.5), (tall * 0.75, -0.5), (tall * 0.4, tall * 0.18), (-tall * 0.3, tall * 0.22)],
            "#5f5a52",
            0.9,
        )
        base, w = tall * 0.2, tall * 0.1
        for k in range(5):
            y0, y1 = base + tall * 0.14 * k, base + tall * 0.14 * (k + 1)
            a, b = w * (1 - 0.09 * k), w * (1 - 0.09 * (k + 1))
            colour = "#d9402f" if k % 2 else "#f7f4ec"
            s.poly([(-a, y0), (a, y0), (b, y1), (-b, y1)], colour, 0.9)
            side = 1 if s.lit_from > 0 else -1
            s.poly([(0, y0), (side * a, y0), (side * b, y1), (0, y1)], colour, 1.05)
        y = base + tall * 0.7
        s.rect(-w * 0.8, y, w * 0.8, y + 0.5, "#3a3f45")
        s.rect(-w * 0.42, y + 0.5, w * 0.42, y + 2.6, "#fff0b8", 1.1, True)
        s.poly([(-w * 0.6, y + 2.6), (w * 0.6, y + 2.6), (0, y + 4.2)], "#b3352a")

    return draw


def windmill(rng: Rng, tall: float = 12.0) -> Thing:
    """A windmill."""
    start = float(rng.uniform(0, 1.5))

    def draw(s: Spot) -> None:
        w = tall * 0.2
        s.poly([(-w, 0), (w, 0), (w * 0.6, tall * 0.75), (-w * 0.6, tall * 0.75)], "#e9dfcb", 0.9)
        side = 1 if s.lit_from > 0 else -1
        s.poly([(0, 0), (side * w, 0), (side * w * 0.6, tall * 0.75), (0, tall * 0.75)], "#f3ead8", 1.0)
        s.poly([(-w * 0.75, tall * 0.75), (w * 0.75, tall * 0.75), (0, tall)], "#7b4a35")
        windows(s, rng, -w * 0.4, tall * 0.15, w * 0.4, tall * 0.6, 1, 2)
        for k in range(4):
            t = start + k * np.pi / 2
            x, y = float(np.cos(t)), float(np.sin(t))
            r = tall * 0.52
            s.line([(0, tall * 0.8), (x * r, tall * 0.8 + y * r)], 0.2, "#5b4433")
            s.poly(
                [
                    (x * r * 0.2, tall * 0.8 + y * r * 0.2),
                    (x * r, tall * 0.8 + y * r),
                    (x * r - y * 1.1, tall * 0.8 + y * r + x * 1.1),
                    (x * r * 0.2 - y * 1.1, tall * 0.8 + y * r * 0.2 + x * 1.1),
                ],
                "#f4efe2",
                0.95,
            )

    return draw


def manor(rng: Rng, wide: float = 34.0) -> Thing:
    """A country house with a portico."""

    def draw(s: Spot) -> None:
        w, h = wide / 2, 9.0
        s.rect(-w, 0, w, h, "#dccdb0", 0.92)
        windows(s, rng, -w * 0.97, 0.8, w * 0.97, h * 0.95, 13, 2, "#5c6d7a", 0.5)
        s.poly([(-w * 1.02, h), (w * 1.02, h), (w * 0.92, h + 2.6), (-w * 0.92, h + 2.6)], "#6a7078", 0.95)
        for x in (-0.7, -0.35, 0.35, 0.7):
            s.rect(w * x - 0.6, h + 1.6, w * x + 0.6, h + 4.2, "#c2ae8c", 0.9)
        s.rect(-5, 0, 5, h, "#e8dbc1", 1.0)
        for k in range(5):
            s.rect(-4.6 + k * 2.2, 1, -4.1 + k * 2.2, h * 0.82, "#f4ead5", 1.02)
        s.poly([(-5.6, h), (5.6, h), (0, h + 3)], "#ecdfc5", 0.95)
        s.rect(-1, 0, 1, 3.4, "#5a4636")
        s.poly([(-6, 0), (6, 0), (5, 1), (-5, 1)], "#cfc2a8")

    return draw


def volcano(rng: Rng, wide: float = 260.0, tall: float = 110.0) -> Thing:
    """A volcano with a glowing crater and smoke."""

    def draw(s: Spot) -> None:
        w = wide / 2
        slope = [
            (w * x, tall * y)
            for x, y in (
                (-1, 0),
                (-0.6, 0.22),
                (-0.32, 0.6),
                (-0.14, 0.96),
                (-0.07, 1),
                (0.07, 0.98),
                (0.15, 0.95),
                (0.34, 0.58),
                (0.62, 0.2),
                (1, 0),
            )
        ]
        s.poly(slope, "#6b4f48", 0.8)
        side = [p for p in slope if (p[0] > 0) == (s.lit_from > 0)]
        s.poly([(0, 0), *side, (0, tall)] if s.lit_from > 0 else [(0, tall), *reversed(side), (0, 0)], "#84635a", 0.98)
        for x, reach in ((-0.05, 0.5), (0.05, 0.7), (0.0, 0.35)):
            path = [
                (w * (x + 0.03 * k * (1 if x >= 0 else -1) + rng.normal(0, 0.008)), tall * (1 - reach * k / 6))
                for k in range(7)
            ]
            s.line(path, wide * 0.009, "#ff7a2e", 1.0, True)
        s.poly([(-w * 0.08, tall), (w * 0.08, tall * 0.985), (0, tall * 0.93)], "#ffb347", 1.1, True)
        for k in range(14):
            s.oval(
                w * 0.02 * k + rng.normal(0, wide * 0.012),
                tall * (1.03 + 0.055 * k),
                wide * (0.03 + 0.007 * k),
                tall * (0.05 + 0.012 * k),
                "#8d7f80",
                0.8 + 0.02 * k,
            )

    return draw


def street_lamp(rng: Rng, tall: float = 4.4) -> Thing:
    """A lamp on a post, lit in the evening."""

    def draw(s: Spot) -> None:
        s.line([(0, 0), (0, tall)], 0.14, "#2b2d31")
        s.line([(-0.35, tall), (0.35, tall)], 0.1, "#2b2d31")
        dark = s.stage.palette.night or s.stage.palette.sun[1] < 10
        s.oval(0, tall + 0.35, 0.26, 0.34, LAMP if dark else "#dfe3e6", 1.1, dark)
        s.poly([(-0.3, tall + 0.6), (0.3, tall + 0.6), (0, tall + 0.95)], "#2b2d31")

    return draw
