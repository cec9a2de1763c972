"""Houses, temples, gardens, boats and markets of China; each is drawn at a spot, in metres."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from assets.painters.stage import Spot
from assets.painters.things_walls import LAMP, windows

Thing = Callable[[Spot], None]
Rng = np.random.Generator


def water_house(rng: Rng, wide: float = 8.0, tall: float = 5.5) -> Thing:
    """A white house with black tiles and stepped gables, as in Jiangnan."""

    def draw(s: Spot) -> None:
        w = wide / 2
        s.block(-w, 0, w, tall, wide * 0.6, "#eeeae0")
        s.poly(
            [(-w * 1.12, tall - 0.1), (w * 1.12, tall - 0.1), (w * 0.9, tall + 1.8), (-w * 0.9, tall + 1.8)],
            "#3c4147",
            0.95,
        )
        for side in (-1, 1):
            for k in range(3):
                x = side * w * (1.0 - 0.0 * k)
                s.rect(x - 0.25, tall, x + 0.25, tall + 0.9 + 0.45 * k * 0.7, "#e8e4da", 0.95)
            s.poly([(side * w - 0.6, tall + 1.5), (side * w + 0.6, tall + 1.5), (side * w, tall + 2.0)], "#34383d")
        windows(s, rng, -w * 0.85, tall * 0.15, w * 0.85, tall * 0.8, 3, 1, "#6b4632", 0.8)
        if rng.random() < 0.6:
            for x in (-w * 0.6, w * 0.6):
                s.oval(x, tall * 0.72, 0.32, 0.38, "#e0402f", 1.15, True)

    return draw


def tiled_roof(s: Spot, w: float, y: float, h: float, colour: str) -> None:
    """A curved Chinese roof: eaves turn up at the ends."""
    eave = [(-w, y + h * 0.28), (-w * 0.8, y + 0.02), (0, y), (w * 0.8, y + 0.02), (w, y + h * 0.28)]
    s.poly(
        [*eave, (w * 0.62, y + h * 0.6), (w * 0.5, y + h), (-w * 0.5, y + h), (-w * 0.62, y + h * 0.6)], colour, 0.95
    )
    s.poly([(-w * 0.5, y + h), (w * 0.5, y + h), (w * 0.52, y + h * 1.12), (-w * 0.52, y + h * 1.12)], colour, 0.7)
    s.line(eave, max(0.12, h * 0.07), colour, 0.6)


def temple(
    rng: Rng, wide: float = 16.0, tall: float = 6.0, roof: str = "#c98a2b", wall: str = "#a8322a", storeys: int = 2
) -> Thing:
    """A hall with red columns and golden roofs, on a white terrace."""

    def draw(s: Spot) -> None:
        w = wide / 2
        for k in range(3):
            s.rect(-w * (1.25 - 0.08 * k), k * 0.5, w * (1.25 - 0.08 * k), (k + 1) * 0.5, "#ddd6c6", 0.85 + 0.07 * k)
        y = 1.5
        for level in range(storeys):
            part = 1 - 0.2 * level
            h = tall * (1 - 0.35 * level)
            s.rect(-w * part * 0.92, y, w * part * 0.92, y + h * 0.62, "#6f2a22", 0.9)
            for k in range(9):
                x = -w * part * 0.9 + k * w * part * 0.225
                s.rect(x - 0.25, y, x + 0.25, y + h * 0.62, wall, 1.05)
            if s.stage.palette.night or s.stage.palette.sun[1] < 12:
                for k in range(8):
                    x = -w * part * 0.79 + k * w * part * 0.225
                    s.rect(x - 0.5, y + 0.4, x + 0.5, y + h * 0.5, LAMP, 0.8, True)
            s.rect(-w * part, y + h * 0.6, w * part, y + h * 0.72, "#2f6a66", 1.0)
            tiled_roof(s, w * part * 1.22, y + h * 0.7, h * 0.55, roof)
            y += h * 1.2

    return draw


def pavilion(rng: Rng, wide: float = 5.0, tall: float = 3.2, roof: str = "#4a5a58") -> Thing:
    """An open pavilion."""

    def draw(s: Spot) -> None:
        w = wide / 2
        s.rect(-w * 1.1, 0, w * 1.1, 0.5, "#b8b0a2")
        for x in (-w * 0.85, -w * 0.3, w * 0.3, w * 0.85):
            s.rect(x - 0.14, 0.5, x + 0.14, tall, "#9a3a2d")
        s.rect(-w * 0.9, 0.7, w * 0.9, 1.15, "#8a3327", 0.8)
        s.rect(-w, tall - 0.3, w, tall, "#8a3327", 0.9)
        tiled_roof(s, w * 1.45, tall, tall * 0.55, roof)
        s.oval(0, tall * 1.66, 0.22, 0.34, "#c9a24a")

    return draw


def pagoda(rng: Rng, tall: float = 26.0, roof: str = "#4c5b57", wall: str = "#b5563f") -> Thing:
    """A pagoda of seven storeys."""

    def draw(s: Spot) -> None:
        h = tall / 8
        for k in range(7):
            w = tall * 0.13 * (1 - 0.085 * k)
            y = k * h
            s.rect(-w, y, w, y + h * 0.8, wall, 0.95)
            s.rect(0 if s.lit_from > 0 else -w, y, w if s.lit_from > 0 else 0, y + h * 0.8, wall, 1.1)
            windows(s, rng, -w * 0.7, y + h * 0.15, w * 0.7, y + h * 0.7, 3, 1, "#4a2a22", 0.8)
            tiled_roof(s, w * 1.5, y + h * 0.72, h * 0.42, roof)
        s.poly([(-0.4, 7 * h), (0.4, 7 * h), (0, tall)], "#c9a24a")

    return draw


def moon_gate(rng: Rng, wide: float = 14.0) -> Thing:
    """A white garden wall with a round gate, trees behind it."""

    def draw(s: Spot) -> None:
        w = wide / 2
        s.rect(-w, 0, w, 3.6, "#efebe1", 0.97)
        s.poly([(-w * 1.02, 3.5), (w * 1.02, 3.5), (w * 0.99, 4.1), (-w * 0.99, 4.1)], "#3f444a")
        s.oval(0, 1.75, 1.75, 1.75, "#d8d2c4")
        s.oval(0, 1.75, 1.5, 1.5, "#5f7f4a", 0.8)
        s.oval(0.4, 1.4, 0.7, 0.6, "#86a56b", 1.0)
        for x in (-w * 0.62, w * 0.62):
            s.rect(x - 0.8, 1.3, x + 0.8, 2.7, "#8c9b86", 0.9)
            for k in range(4):
                s.line([(x - 0.8 + 0.53 * k, 1.3), (x - 0.8 + 0.53 * k, 2.7)], 0.07, "#efebe1")

    return draw


def arch_bridge(rng: Rng, wide: float = 18.0, colour: str = "#a9a294") -> Thing:
    """A stone bridge in one arch."""

    def draw(s: Spot) -> None:
        turn = np.linspace(0, np.pi, 20)
        w, h = wide / 2, wide * 0.26
        over = [(w * float(np.cos(t)), 0.7 + h * float(np.sin(t)) ** 1.3) for t in turn]
        under = [(w * 0.5 * float(np.cos(t)), -0.4 + h * 0.82 * float(np.sin(t))) for t in turn]
        s.poly([(w, -0.4), *over, (-w, -0.4), *reversed(under)], colour, 0.9)
        s.line(over, 0.28, colour, 1.1)
        for x, y in over[1:-1]:
            s.rect(x - 0.12, y, x + 0.12, y + 0.8, colour, 1.0)
        s.line([(x, y + 0.75) for x, y in over], 0.16, colour, 1.05)

    return draw


def junk(rng: Rng, long: float = 12.0, sail: str = "#b8603a") -> Thing:
    """A junk with battened sails."""

    def draw(s: Spot) -> None:
        w = long / 2
        s.poly([(-w, 2.2), (-w * 0.6, 1.1), (w * 0.7, 1.1), (w, 2.0), (w * 0.72, -0.2), (-w * 0.8, -0.2)], "#5b3f2b")
        for x, h in ((-0.25, 0.85), (0.4, 0.6)):
            top = long * h
            s.line([(w * x, 1), (w * x, top)], 0.2, "#3f2d20")
            s.poly(
                [
                    (w * x - long * 0.06, 1.8),
                    (w * x + long * 0.22, 2.0),
                    (w * x + long * 0.2, top * 0.85),
                    (w * x - long * 0.03, top),
                ],
                sail,
                0.95,
            )
            for k in range(1, 6):
                y = 1.8 + (top * 0.86 - 1.8) * k / 6
                s.line([(w * x - long * 0.05, y), (w * x + long * 0.21, y)], 0.09, sail, 0.6)

    return draw


def sampan(rng: Rng, lamp: bool = True, fisher: bool = False) -> Thing:
    """A small covered boat."""

    def draw(s: Spot) -> None:
        s.poly([(-3.0, 0.75), (-2.2, 0.25), (2.2, 0.25), (3.0, 0.8), (2.1, -0.15), (-2.1, -0.15)], "#4a3a2c")
        turn = np.linspace(0, np.pi, 12)
        s.poly([(1.3 * float(np.cos(t)), 0.25 + 1.0 * float(np.sin(t))) for t in turn], "#6e5c42", 0.95)
        if fisher:
            s.line([(1.8, 0.3), (1.85, 1.3)], 0.35, "#33302e")
            s.poly([(1.4, 1.5), (2.3, 1.5), (1.85, 1.95)], "#8a7550")
            s.line([(1.9, 1.2), (4.4, 2.4)], 0.05, "#33302e")
        if lamp:
            s.oval(-1.7, 1.0, 0.2, 0.24, "#ffcf70", 1.1, True)

    return draw


def stall(rng: Rng, cloth: str = "#c8452f") -> Thing:
    """A market stall under a striped awning with lanterns."""

    def draw(s: Spot) -> None:
        s.rect(-2.2, 0, 2.2, 1.0, "#7a5638", 0.85)
        for k in range(9):
            s.oval(-1.9 + 0.47 * k, 1.1, 0.22, 0.2, rng.choice(["#e4572e", "#f2b134", "#7ab648", "#b04a7a"]), 1.0, True)
        s.rect(-2.2, 1.0, 2.2, 2.3, "#ffdf9e", 0.62, True)
        for x in (-2.2, 2.2):
            s.rect(x - 0.07, 0, x + 0.07, 2.6, "#4a3728")
        for k in range(8):
            x = -2.5 + 0.63 * k
            s.poly(
                [(x, 2.3), (x + 0.63, 2.3), (x * 0.86 + 0.54, 3.2), (x * 0.86, 3.2)],
                cloth if k % 2 else "#f4e9d2",
                0.95,
            )
        for x in (-1.6, 0, 1.6):
            s.oval(x, 2.05, 0.25, 0.3, "#ff6a3d", 1.15, True)

    return draw


def lanterns(rng: Rng, high: float = 4.5, wide: float = 14.0) -> Thing:
    """A string of red lanterns."""

    def draw(s: Spot) -> None:
        path = [(-wide / 2 + wide * k / 14, high - 1.1 * float(np.sin(np.pi * k / 14))) for k in range(15)]
        s.line(path, 0.05, "#3a2c28")
        for x, y in path[1:-1:2]:
            s.oval(x, y - 0.42, 0.34, 0.38, "#f0482f", 1.1, True)
            s.oval(x, y - 0.42, 0.16, 0.3, "#ffb36b", 1.1, True)

    return draw
