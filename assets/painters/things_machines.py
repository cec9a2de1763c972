"""Machines, tents, banners and things of the air; each is drawn at a spot, in metres."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from assets.painters.stage import Spot
from assets.painters.things_east import tiled_roof
from assets.painters.things_walls import windows

Thing = Callable[[Spot], None]
Rng = np.random.Generator


def spire(rng: Rng, tall: float = 120.0, colour: str = "#9fb4cc", light: str = "#7ef0ff") -> Thing:
    """A tower of the future: slender, with rings of light."""
    w = tall * float(rng.uniform(0.045, 0.075))

    def draw(s: Spot) -> None:
        s.poly(
            [
                (-w, 0),
                (w, 0),
                (w * 0.55, tall * 0.6),
                (w * 0.85, tall * 0.72),
                (0, tall),
                (-w * 0.85, tall * 0.72),
                (-w * 0.55, tall * 0.6),
            ],
            colour,
            0.82,
        )
        side = 1 if s.lit_from > 0 else -1
        s.poly(
            [(0, 0), (side * w, 0), (side * w * 0.55, tall * 0.6), (side * w * 0.85, tall * 0.72), (0, tall)],
            colour,
            1.06,
        )
        for _ in range(int(rng.integers(4, 9))):
            y = tall * rng.uniform(0.08, 0.7)
            s.line([(-w * (1 - 0.6 * y / tall), y), (w * (1 - 0.6 * y / tall), y)], tall * 0.006, light, 1.0, True)
        s.oval(0, tall * 0.66, w * 1.5, w * 0.35, colour, 1.1)
        s.line([(-w * 1.4, tall * 0.66), (w * 1.4, tall * 0.66)], tall * 0.006, light, 1.1, True)

    return draw


def rocket(rng: Rng, tall: float = 40.0) -> Thing:
    """A rocket at its tower."""

    def draw(s: Spot) -> None:
        w = tall * 0.06
        s.rect(w * 1.8, 0, w * 2.4, tall * 0.95, "#8a4a3a", 0.8)
        for k in range(9):
            y = tall * 0.1 * k
            s.line([(w * 1.8, y), (w * 2.4, y + tall * 0.1)], 0.3, "#c06a50")
        s.poly([(-w, tall * 0.06), (w, tall * 0.06), (w, tall * 0.78), (0, tall), (-w, tall * 0.78)], "#eceff3", 0.88)
        side = 1 if s.lit_from > 0 else -1
        s.poly([(0, tall * 0.06), (side * w, tall * 0.06), (side * w, tall * 0.78), (0, tall)], "#ffffff", 1.0)
        for x in (-1, 1):
            s.poly([(x * w, tall * 0.06), (x * w * 2.1, 0), (x * w, tall * 0.26)], "#c8452f")
        s.rect(-w, tall * 0.5, w, tall * 0.54, "#c8452f")
        s.oval(0, tall * 0.66, w * 0.4, w * 0.4, "#4aa3d8")

    return draw


def yurt(rng: Rng, r: float = 3.2) -> Thing:
    """A felt tent."""

    def draw(s: Spot) -> None:
        s.rect(-r, 0, r, r * 0.62, "#f0eadd", 0.9)
        s.poly([(-r * 1.04, r * 0.6), (r * 1.04, r * 0.6), (r * 0.25, r * 1.08), (-r * 0.25, r * 1.08)], "#f6f1e6", 1.0)
        s.rect(-r, r * 0.48, r, r * 0.58, "#3d6fb0")
        s.rect(-r * 0.18, 0, r * 0.18, r * 0.5, "#b24a32")
        s.oval(0, r * 1.08, r * 0.2, r * 0.07, "#8a6a4a")

    return draw


def banner(rng: Rng, tall: float = 9.0, cloth: str = "#b3282d") -> Thing:
    """A war banner in the wind."""

    def draw(s: Spot) -> None:
        s.line([(0, 0), (0, tall)], 0.16, "#4a3728")
        wind = [(k * 0.5, 0.28 * np.sin(k * 1.1 + rng.uniform(0, 3))) for k in range(6)]
        top = [(float(x), tall - 0.2 + float(y)) for x, y in wind]
        low = [(float(x) * 0.92, tall - 3.4 + float(y) * 1.4) for x, y in wind]
        s.poly([*top, *reversed(low)], cloth, 0.95)
        s.poly([top[2], top[4], low[4], low[2]], cloth, 1.15)
        s.oval(1.2, tall - 1.8, 0.6, 0.6, "#f0d9a0", 0.95)
        s.poly([(-0.14, tall), (0.14, tall), (0, tall + 0.7)], "#d9c9a0")

    return draw


def watchtower(rng: Rng, tall: float = 11.0) -> Thing:
    """A wooden watchtower."""

    def draw(s: Spot) -> None:
        for x in (-1.6, 1.6):
            s.line([(x * 1.3, 0), (x, tall * 0.7)], 0.3, "#5b4433")
        for k in range(3):
            y = tall * 0.2 * k
            s.line([(-2, y), (1.8, y + tall * 0.2)], 0.16, "#6b523d")
        s.rect(-2.2, tall * 0.68, 2.2, tall * 0.8, "#6b523d")
        s.rect(-1.9, tall * 0.8, 1.9, tall * 0.9, "#3a2c22")
        tiled_roof(s, 3.0, tall * 0.9, 1.6, "#4c463f")

    return draw


def balloon(rng: Rng, high: float = 30.0, r: float = 7.0, colours: tuple[str, str] = ("#e4572e", "#f6d365")) -> Thing:
    """A hot-air balloon in stripes."""

    def draw(s: Spot) -> None:
        for k in range(8):
            a, b = 1 - k / 4, 1 - (k + 1) / 4
            strip = [
                (r * a * float(np.cos(t)), high + r * float(np.sin(t))) for t in np.linspace(-np.pi / 2, np.pi / 2, 12)
            ]
            back = [
                (r * b * float(np.cos(t)), high + r * float(np.sin(t))) for t in np.linspace(np.pi / 2, -np.pi / 2, 12)
            ]
            light = 1.1 if (a > 0) == (s.lit_from > 0) else 0.85
            s.poly([*strip, *back], colours[k % 2], light)
        s.poly(
            [
                (-r * 0.62, high - r * 0.78),
                (r * 0.62, high - r * 0.78),
                (r * 0.16, high - r * 1.35),
                (-r * 0.16, high - r * 1.35),
            ],
            colours[0],
            0.8,
        )
        for x in (-1, 1):
            s.line([(x * r * 0.16, high - r * 1.3), (x * r * 0.12, high - r * 1.6)], 0.08, "#4a3728")
        s.rect(-r * 0.13, high - r * 1.78, r * 0.13, high - r * 1.58, "#8a5f3a")

    return draw


def floating_island(rng: Rng, high: float = 30.0, wide: float = 26.0) -> Thing:
    """An island in the air, with a tower and a waterfall."""

    def draw(s: Spot) -> None:
        w = wide / 2
        under = [
            (w * (1 - 2 * k / 12), high - wide * 0.6 * float(np.sin(np.pi * k / 12)) * rng.uniform(0.7, 1.05))
            for k in range(13)
        ]
        s.poly([(w, high), *under, (-w, high)], "#7a6a5c", 0.85)
        s.poly([(0, high), *[p for p in under if (p[0] > 0) == (s.lit_from > 0)]], "#93806e", 1.0)
        s.poly(
            [
                (w * 1.05, high + 0.4),
                (w * 0.6, high + wide * 0.09),
                (-w * 0.5, high + wide * 0.11),
                (-w * 1.05, high + 0.3),
                (0, high - 1.2),
            ],
            "#6f9a4a",
            1.0,
        )
        s.rect(-w * 0.1, high + 1, w * 0.12, high + wide * 0.36, "#e6dcc8", 0.95)
        s.poly(
            [(-w * 0.16, high + wide * 0.36), (w * 0.18, high + wide * 0.36), (w * 0.01, high + wide * 0.58)], "#4f6fae"
        )
        for x in (-0.55, 0.45, 0.7):
            s.oval(w * x, high + wide * 0.14, wide * 0.07, wide * 0.08, "#4f8040", 0.95)
        s.poly(
            [(w * 0.3, high), (w * 0.42, high), (w * 0.48, high - wide * 0.7), (w * 0.26, high - wide * 0.7)],
            "#dff3ff",
            0.98,
        )

    return draw


def tower_block(rng: Rng, tall: float = 14.0, light: str = "#35d0ff") -> Thing:
    """A tower of data: dark, with rows of small lights."""

    def draw(s: Spot) -> None:
        w = tall * 0.16
        s.block(-w, 0, w, tall, w * 2, "#15314a")
        for k in range(int(tall * 1.6)):
            y = 0.4 + k * 0.6
            if y > tall - 0.3:
                break
            for c in range(6):
                if rng.random() < 0.6:
                    x = -w * 0.8 + c * w * 0.29
                    s.rect(
                        x,
                        y,
                        x + w * 0.16,
                        y + 0.18,
                        light if rng.random() < 0.8 else "#ff8f5a",
                        rng.uniform(0.5, 1.1),
                        True,
                    )
        s.line([(-w, tall), (w, tall)], 0.2, light, 1.0, True)

    return draw


def train(rng: Rng, cars: int = 5) -> Thing:
    """A steam train on a viaduct."""

    def draw(s: Spot) -> None:
        for k in range(11):
            x = -50 + k * 10
            s.rect(x, 0, x + 3, 12, "#9a8a78", 0.85)
            turn = np.linspace(0, np.pi, 12)
            s.poly(
                [
                    (x + 3, 12),
                    *[(x + 6.5 - 3.5 * float(np.cos(t)), 8.6 + 3.2 * float(np.sin(t))) for t in turn],
                    (x + 10, 12),
                    (x + 10, 13),
                    (x + 3, 13),
                ],
                "#9a8a78",
                0.95,
            )
        s.rect(-52, 12, 63, 13.4, "#a89884", 1.0)
        for k in range(cars):
            x = -6 - 9 * k
            s.rect(x, 14, x + 8.2, 17, "#7b2f2a", 0.95)
            windows(s, rng, x + 0.3, 15, x + 7.9, 16.6, 6, 1, "#f2deb0", 1.0)
            s.rect(x - 0.1, 17, x + 8.3, 17.5, "#4a4540")
        s.rect(4, 14, 13, 16.4, "#23282c", 1.0)
        s.rect(4, 14, 7.4, 18, "#2b3136", 1.1)
        s.rect(11.4, 16.4, 12.4, 18.8, "#23282c")
        for k in range(7):
            s.oval(5 + k * 1.3, 13.9, 0.6, 0.6, "#8a2f28")
        for k in range(9):
            s.oval(
                11.5 - 2.6 * k,
                19.6 + 0.75 * k + rng.normal(0, 0.3),
                1.0 + 0.36 * k,
                0.8 + 0.3 * k,
                "#f4f2ee",
                0.97 - 0.02 * k,
            )

    return draw


def solid(rng: Rng, high: float = 8.0, r: float = 4.0, colour: str = "#8fb7ff") -> Thing:
    """A faceted solid floating over the plain."""
    corners = int(rng.integers(3, 7))
    start = float(rng.uniform(0, 2))

    def draw(s: Spot) -> None:
        turn = start + np.arange(corners) * 2 * np.pi / corners
        rim = [(r * float(np.cos(t)), high + r * 0.42 * float(np.sin(t))) for t in turn]
        for k in range(corners):
            a, b = rim[k], rim[(k + 1) % corners]
            for tip, base in (((0.0, high + r * 1.25), 1.05), ((0.0, high - r * 1.25), 0.72)):
                shade = base + 0.16 * float(np.cos(turn[k] - 0.7))
                s.poly([a, b, tip], colour, shade)
        for k in range(corners):
            s.line([rim[k], (0.0, high + r * 1.25)], 0.06, "#ffffff", 0.95)
            s.line([rim[k], rim[(k + 1) % corners]], 0.06, "#ffffff", 0.95)

    return draw
