"""What grows and lies about: trees, rocks, reeds, mushrooms, animals; each is drawn at a spot, in metres."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from assets.painters.stage import Spot

Thing = Callable[[Spot], None]
Rng = np.random.Generator


def _crown(spot: Spot, x: float, y: float, r: float, colour: str, rng: Rng, flat: float = 0.85) -> None:
    """A bunch of leaves: dark below, light towards the sun."""
    side = 0.35 if spot.lit_from > 0 else -0.35
    spot.oval(x, y, r * 0.8, r * 0.66 * flat, colour, 0.62)
    for shade, shift, size in ((0.66, 0.0, 1.0), (0.86, 0.16, 0.78), (1.08, 0.3, 0.48)):
        for _ in range(7):
            dx, dy = np.clip(rng.normal(0, 0.33, 2), -0.6, 0.6)
            spot.oval(x + (dx + side * shift) * r, y + (dy * flat + shift) * r, r * 0.46 * size, r * 0.42 * size * flat,
                      colour, shade)  # fmt: skip


def broadleaf(rng: Rng, tall: float = 9.0, leaves: str = "#4f7a35", trunk: str = "#5a4330") -> Thing:
    """An oak, a lime."""

    def draw(s: Spot) -> None:
        w = tall * 0.035
        s.poly([(-w * 1.4, -0.1), (w * 1.4, -0.1), (w * 0.7, tall * 0.55), (-w * 0.7, tall * 0.55)], trunk, 0.85)
        _crown(s, 0, tall * 0.66, tall * 0.36, leaves, rng)

    return draw


def blossom(rng: Rng, tall: float = 5.5, petals: str = "#f2b6c6") -> Thing:
    """A cherry, plum or peach in flower."""
    return broadleaf(rng, tall, petals, "#4c3630")


def conifer(rng: Rng, tall: float = 12.0, needles: str = "#2f5540") -> Thing:
    """A spruce in storeys."""
    lean = float(rng.normal(0, 0.1))

    def draw(s: Spot) -> None:
        s.rect(-tall * 0.02, -0.1, tall * 0.02, tall * 0.2, "#4a3728")
        for k in range(6):
            y, w = tall * (0.1 + 0.14 * k), tall * 0.2 * (1 - k / 6.6)
            x = lean * k * 0.2
            s.poly([(x - w, y), (x + w, y), (x, y + tall * 0.27)], needles, 0.82 + 0.05 * k)
            lit = w if s.lit_from > 0 else -w
            s.poly([(x, y), (x + lit, y), (x, y + tall * 0.27)], needles, 1.05 + 0.05 * k)

    return draw


def pine(rng: Rng, tall: float = 8.0, needles: str = "#33503f") -> Thing:
    """A crooked pine with flat clouds of needles, as painters like it."""
    bend = float(rng.uniform(-1, 1))

    def draw(s: Spot) -> None:
        trunk = [(0.0, 0.0), (bend * 0.5, tall * 0.35), (-bend * 0.3, tall * 0.65), (bend * 0.4, tall * 0.95)]
        s.line(trunk, tall * 0.05, "#4a3a2e")
        for x, y in trunk[1:]:
            for side in (-1, 1):
                reach = tall * rng.uniform(0.12, 0.3) * side
                s.line([(x, y), (x + reach, y + tall * 0.03)], tall * 0.018, "#4a3a2e")
                s.oval(x + reach, y + tall * 0.05, tall * 0.17, tall * 0.045, needles, 0.9)
                s.oval(x + reach, y + tall * 0.075, tall * 0.11, tall * 0.03, needles, 1.2)

    return draw


def palm(rng: Rng, tall: float = 8.0, leaves: str = "#4d8a3f") -> Thing:
    """A palm."""
    lean = float(rng.uniform(-1.5, 1.5))

    def draw(s: Spot) -> None:
        s.line([(0, 0), (lean * 0.35, tall * 0.5), (lean, tall)], tall * 0.035, "#8a6a48")
        for k in range(9):
            turn = np.pi * (k / 8) * 1.2 - 0.1 * np.pi
            r = tall * rng.uniform(0.3, 0.4)
            x, y = lean + r * np.cos(turn), tall + r * 0.6 * np.sin(turn) - r * 0.22 * abs(np.cos(turn))
            mid = (lean + r * 0.55 * np.cos(turn), tall + r * 0.55 * np.sin(turn) + 0.2)
            s.poly([(lean, tall - 0.12), mid, (x, y), (mid[0], mid[1] - r * 0.14)], leaves, 0.75 + 0.35 * np.sin(turn))

    return draw


def birch(rng: Rng, tall: float = 11.0, leaves: str = "") -> Thing:
    """A birch; without leaves in winter."""

    def draw(s: Spot) -> None:
        w = tall * 0.016
        s.poly([(-w, 0), (w, 0), (w * 0.4, tall), (-w * 0.4, tall)], "#e9e6df", 0.95)
        for _ in range(9):
            y = rng.uniform(0.05, 0.9) * tall
            s.rect(-w, y, w * rng.uniform(-0.4, 0.6), y + 0.12, "#3a3835")
        for _ in range(16):
            y, side = rng.uniform(0.35, 0.97) * tall, rng.choice([-1, 1])
            r = (1.05 - y / tall) * tall * 0.42
            s.line([(0, y), (side * r * 0.5, y + r * 0.45), (side * r, y + r * 0.6)], 0.05, "#6b625c")
        if leaves:
            for k in range(3):
                _crown(s, rng.normal(0, 0.5), tall * (0.6 + 0.15 * k), tall * 0.16, leaves, rng)

    return draw


def bare(rng: Rng, tall: float = 8.0, bark: str = "#2e2926") -> Thing:
    """A bare, gnarled tree."""

    def branch(s: Spot, x: float, y: float, turn: float, length: float, depth: int) -> None:
        x1, y1 = x + length * np.sin(turn), y + length * np.cos(turn)
        s.line([(x, y), (x1, y1)], length * 0.09, bark)
        if depth:
            for spread in (-0.55, 0.1, 0.6):
                branch(s, x1, y1, turn + spread + rng.normal(0, 0.2), length * 0.66, depth - 1)

    def draw(s: Spot) -> None:
        branch(s, 0, 0, rng.normal(0, 0.1), tall * 0.36, 3)

    return draw


def bamboo(rng: Rng, tall: float = 9.0, colour: str = "#7fa050") -> Thing:
    """A clump of bamboo."""

    def draw(s: Spot) -> None:
        for _ in range(9):
            x, lean, h = rng.normal(0, 1.1), rng.normal(0, 0.7), tall * rng.uniform(0.75, 1.1)
            s.line([(x, 0), (x + lean * 0.3, h * 0.5), (x + lean, h)], 0.13, colour, rng.uniform(0.7, 1.1))
            for k in range(9):
                y = h * (0.35 + 0.07 * k)
                px, side = x + lean * (y / h) ** 2, rng.choice([-1, 1])
                s.poly(
                    [(px, y), (px + side * 0.9, y + 0.25), (px + side * 0.8, y - 0.1)], colour, rng.uniform(0.6, 1.0)
                )

    return draw


def bush(rng: Rng, wide: float = 1.8, leaves: str = "#54783a", flowers: str = "") -> Thing:
    """A bush, with flowers if they have a colour."""

    def draw(s: Spot) -> None:
        _crown(s, 0, wide * 0.3, wide * 0.55, leaves, rng, 0.7)
        for _ in range(16 if flowers else 0):
            r = wide * 0.06
            s.oval(
                rng.normal(0, wide * 0.35), rng.uniform(0.1, 0.85) * wide * 0.8, r, r, flowers, rng.uniform(0.9, 1.1)
            )

    return draw


def rock(rng: Rng, wide: float = 2.0, colour: str = "#77736c", tall: float = 0.6) -> Thing:
    """A boulder."""

    def draw(s: Spot) -> None:
        turn = np.sort(rng.uniform(0, np.pi, 7))
        rim = [
            (
                wide * 0.6 * float(np.cos(t)) * rng.uniform(0.8, 1),
                wide * tall * float(np.sin(t)) * rng.uniform(0.8, 1.1),
            )
            for t in turn
        ]
        s.poly([(wide * 0.62, -0.15), *rim, (-wide * 0.62, -0.15)], colour, 0.8)
        lit = [p for p in rim if (p[0] > 0) == (s.lit_from > 0)]
        if len(lit) > 1:
            s.poly([(0.0, 0.0), *lit], colour, 1.08)

    return draw


def reeds(rng: Rng, colour: str = "#8f8a55") -> Thing:
    """Reeds at a shore."""

    def draw(s: Spot) -> None:
        for _ in range(26):
            x, h, lean = rng.normal(0, 1.3), rng.uniform(1.0, 2.4), rng.normal(0.25, 0.3)
            s.line([(x, -0.2), (x + lean * 0.3, h * 0.6), (x + lean, h)], 0.05, colour, rng.uniform(0.7, 1.1))
            s.oval(x + lean, h, 0.06, 0.24, "#7b5b3c", 1.0)

    return draw


def mushroom(rng: Rng, tall: float = 4.0, cap: str = "#d8483e") -> Thing:
    """A giant mushroom."""

    def draw(s: Spot) -> None:
        w = tall * 0.1
        s.poly([(-w * 1.3, 0), (w * 1.3, 0), (w * 0.8, tall * 0.72), (-w * 0.8, tall * 0.72)], "#f0e4cf", 0.95)
        turn = np.linspace(0, np.pi, 14)
        r = tall * 0.5
        dome = [(r * float(np.cos(t)), tall * 0.66 + tall * 0.4 * float(np.sin(t))) for t in turn]
        s.oval(0, tall * 0.67, r, tall * 0.09, "#cdb89b", 0.8)
        s.poly(dome, cap, 0.95)
        s.poly(
            [(x * 0.9 + 0.06 * r * (1 if s.lit_from > 0 else -1), y + (y - tall * 0.66) * 0.02) for x, y in dome[2:-4]],
            cap,
            1.12,
        )
        for _ in range(7):
            x = rng.uniform(-0.7, 0.7) * r
            y = tall * 0.68 + rng.uniform(0.15, 0.85) * tall * 0.4 * float(np.sqrt(1 - (x / r) ** 2))
            s.oval(x, y, tall * 0.04, tall * 0.03, "#fff4e4")

    return draw


def crystal(rng: Rng, tall: float = 4.0, colour: str = "#7fd6f0") -> Thing:
    """Crystals out of the ground, shining a little."""

    def draw(s: Spot) -> None:
        for _ in range(5):
            x, h, w, lean = (
                rng.normal(0, 0.9),
                tall * rng.uniform(0.45, 1),
                tall * rng.uniform(0.07, 0.13),
                rng.normal(0, 0.5),
            )
            tip, left, right = (x + lean, h), (x - w + lean * 0.75, h * 0.75), (x + w + lean * 0.75, h * 0.75)
            s.poly([(x - w, 0), (x, -0.1), (x + lean * 0.8, h * 0.7), tip, left], colour, 0.62, glow=True)
            s.poly([(x + w, 0), (x, -0.1), (x + lean * 0.8, h * 0.7), tip, right], colour, 0.95, glow=True)

    return draw


def stalactite(rng: Rng, tall: float = 6.0, roof: float = 14.0, colour: str = "#5b4c46") -> Thing:
    """A pair of stone cones, one standing, one hanging."""

    def draw(s: Spot) -> None:
        w = tall * rng.uniform(0.14, 0.24)
        s.poly([(-w * 1.4, 0), (w * 1.4, 0), (0, tall * 0.75)], colour, 0.8)
        s.poly([(0, 0), (w * 1.4, 0), (0, tall * 0.75)], colour, 1.08)
        s.poly([(-w, roof), (w, roof), (rng.normal(0, 0.2), roof - tall)], colour, 0.7)
        s.poly([(0, roof), (w, roof), (0, roof - tall)], colour, 0.95)

    return draw


def seaweed(rng: Rng, tall: float = 5.0, colour: str = "#3f8f6a") -> Thing:
    """Kelp that sways."""

    def draw(s: Spot) -> None:
        for _ in range(7):
            x, h, phase = rng.normal(0, 0.9), tall * rng.uniform(0.5, 1), rng.uniform(0, 6)
            path = [(x + 0.35 * np.sin(phase + k * 0.9) * k / 6, h * k / 8) for k in range(9)]
            s.line([(float(a), float(b)) for a, b in path], 0.22, colour, rng.uniform(0.65, 1.1))

    return draw


def coral(rng: Rng, tall: float = 2.0, colour: str = "#f08a6b") -> Thing:
    """Coral."""

    def branch(s: Spot, x: float, y: float, turn: float, length: float, depth: int) -> None:
        x1, y1 = x + length * np.sin(turn), y + length * np.cos(turn)
        s.line([(x, y), (x1, y1)], length * 0.26, colour, 0.75 + 0.12 * (3 - depth))
        for spread in (-0.5, 0.45) if depth else ():
            branch(s, x1, y1, turn + spread + rng.normal(0, 0.2), length * 0.75, depth - 1)

    def draw(s: Spot) -> None:
        for k in range(3):
            branch(s, (k - 1) * 0.5, 0, rng.normal(0, 0.3), tall * 0.34, 3)

    return draw


def shoal(rng: Rng, high: float = 5.0, colour: str = "#ffd166") -> Thing:
    """A shoal of fish."""

    def draw(s: Spot) -> None:
        for _ in range(22):
            x, y, r = rng.normal(0, 2.6), high + rng.normal(0, 0.9), rng.uniform(0.14, 0.28)
            s.oval(x, y, r, r * 0.45, colour, rng.uniform(0.75, 1.1))
            s.poly([(x - r * 0.8, y), (x - r * 1.5, y + r * 0.5), (x - r * 1.5, y - r * 0.5)], colour, 0.8)

    return draw


def birds(rng: Rng, high: float = 22.0, colour: str = "#2d2f36") -> Thing:
    """A few birds far up."""

    def draw(s: Spot) -> None:
        for _ in range(7):
            x, y, r = rng.normal(0, 9), high + rng.normal(0, 3), rng.uniform(0.7, 1.2)
            s.line(
                [
                    (x - r, y + r * 0.35),
                    (x - r * 0.3, y + r * 0.42),
                    (x, y),
                    (x + r * 0.3, y + r * 0.42),
                    (x + r, y + r * 0.3),
                ],
                0.16,
                colour,
            )

    return draw


def horse(rng: Rng, colour: str = "#6b4a33") -> Thing:
    """A grazing horse."""
    flip = float(rng.choice([-1, 1]))

    def draw(s: Spot) -> None:
        s.oval(0, 1.25, 0.95, 0.42, colour)
        for x in (-0.65, -0.45, 0.5, 0.7):
            s.poly([(x - 0.09, 0), (x + 0.09, 0), (x + 0.12, 1.2), (x - 0.12, 1.2)], colour, 0.85)
        s.poly(
            [(0.6 * flip, 1.5), (0.95 * flip, 1.2), (1.5 * flip, 0.55), (1.25 * flip, 0.45), (0.7 * flip, 1.0)],
            colour,
            1.05,
        )
        s.line([(-0.9 * flip, 1.4), (-1.2 * flip, 0.7)], 0.12, colour, 0.7)

    return draw


def camel(rng: Rng, colour: str = "#a8794a") -> Thing:
    """A camel with a load."""

    def draw(s: Spot) -> None:
        s.oval(0, 1.7, 1.05, 0.42, colour)
        s.poly([(-0.8, 1.8), (-0.4, 2.45), (-0.05, 1.9), (0.35, 2.45), (0.75, 1.8)], colour, 1.0)
        s.rect(-0.35, 1.6, 0.35, 2.15, "#b23a2f", 0.95)
        for x in (-0.75, -0.55, 0.55, 0.75):
            s.poly([(x - 0.08, 0), (x + 0.08, 0), (x + 0.12, 1.6), (x - 0.12, 1.6)], colour, 0.82)
        s.line([(0.9, 1.7), (1.3, 1.75), (1.45, 2.5), (1.8, 2.5)], 0.22, colour, 1.05)

    return draw


def dinosaur(rng: Rng, tall: float = 9.0, colour: str = "#6f7f52") -> Thing:
    """A long-necked dinosaur."""

    def draw(s: Spot) -> None:
        k = tall / 9
        s.poly([(-9 * k, 0.8 * k), (-3 * k, 3.6 * k), (-2.4 * k, 2.2 * k)], colour, 0.85)
        s.oval(0, 3.2 * k, 3.2 * k, 1.6 * k, colour, 0.95)
        s.oval(0.3 * k, 3.6 * k, 2.4 * k, 1.0 * k, colour, 1.1)
        for x in (-2.0, -1.2, 1.2, 2.0):
            s.poly(
                [((x - 0.4) * k, 0), ((x + 0.4) * k, 0), ((x + 0.5) * k, 2.8 * k), ((x - 0.5) * k, 2.8 * k)],
                colour,
                0.8,
            )
        s.poly(
            [
                (2.2 * k, 4.2 * k),
                (3.2 * k, 3.0 * k),
                (4.9 * k, 7.2 * k),
                (5.2 * k, 8.6 * k),
                (4.3 * k, 8.6 * k),
                (4.0 * k, 7.2 * k),
            ],
            colour,
            1.0,
        )
        s.oval(5.3 * k, 8.7 * k, 0.9 * k, 0.42 * k, colour, 1.08)

    return draw
