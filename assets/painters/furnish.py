"""Furniture for the painted rooms: tables with lamps, columns, benches with glassware, seats."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from assets.painters.stage import Spot, Stage

Thing = Callable[[Spot], None]
Rng = np.random.Generator


def furnish(stage: Stage, motif: str, rng: Rng) -> None:
    """Put what belongs into the room of this motif."""
    {
        "library": _library,
        "study": _study,
        "hall": _hall,
        "laboratory": _laboratory,
        "stage": _stage,
        "gallery": _gallery,
    }[motif](stage, rng)


def _ring(stage: Stage, places: list[tuple[float, float]], make: Callable[[], Thing]) -> None:
    """Things at (x, z) metres, z forward."""
    for x, z in places:
        stage.put(make(), float(np.degrees(np.arctan2(x, z))), float(np.hypot(x, z)))


def _table(rng: Rng, wide: float = 2.6, lamps: int = 2, shade: str = "#2f7d4f") -> Thing:
    def draw(s: Spot) -> None:
        w = wide / 2
        for x in (-w + 0.1, w - 0.2):
            s.rect(x, 0, x + 0.1, 0.74, "#4a3020")
        s.poly([(-w, 0.72, 0), (w, 0.72, 0), (w, 0.72, 1.1), (-w, 0.72, 1.1)], "#9a6b40", 1.05)
        s.rect(-w, 0.68, w, 0.76, "#7d5432")
        for k in range(lamps):
            x = -w + wide * (k + 0.5) / lamps
            s.rect(x - 0.015, 0.76, x + 0.015, 1.1, "#b08a3a")
            s.poly([(x - 0.22, 1.08), (x + 0.22, 1.08), (x + 0.13, 1.26), (x - 0.13, 1.26)], shade, 1.1, True)
            s.oval(x, 1.07, 0.2, 0.05, "#fff0b8", 1.1, True)
            s.oval(x, 0.77, 0.32, 0.03, "#ffdf9a", 1.0, True)
        for _ in range(3):
            x = rng.uniform(-w + 0.2, w - 0.4)
            s.rect(x, 0.76, x + 0.24, 0.8, str(rng.choice(["#8a2f2a", "#2f4a6b", "#d9cba8", "#3f6b4a"])))

    return draw


def _library(stage: Stage, rng: Rng) -> None:
    _ring(
        stage,
        [(x, z) for z in (-9.0, -5.5, 5.5, 9.0, 12.0) for x in (-5.0, 0.0, 5.0) if abs(x) + abs(z) > 7 or z < 0],
        lambda: _table(rng),
    )
    _ring(stage, [(-7.6, 4.0), (7.6, 4.0), (7.6, -4.0), (-7.6, -4.0)], lambda: _globe(rng))


def _globe(rng: Rng) -> Thing:
    def draw(s: Spot) -> None:
        s.line([(0, 0), (0, 0.8)], 0.1, "#5a3a22")
        s.line([(-0.35, 0), (0.35, 0)], 0.08, "#5a3a22")
        s.oval(0, 1.15, 0.42, 0.42, "#5f8fa8", 0.9)
        s.oval(0.1, 1.22, 0.24, 0.2, "#b7a56b", 0.95)
        s.oval(-0.16, 1.0, 0.14, 0.12, "#b7a56b", 0.9)
        s.line([(-0.44, 1.15), (0.44, 1.15)], 0.03, "#8a6a32")

    return draw


def _study(stage: Stage, rng: Rng) -> None:
    _ring(stage, [(0.3, 3.2)], lambda: _table(rng, 2.4, 1))
    _ring(stage, [(-2.8, 2.6), (3.0, -2.4)], lambda: _globe(rng))
    _ring(stage, [(-2.6, -2.8), (2.4, -3.4)], lambda: _armchair(rng))


def _armchair(rng: Rng) -> Thing:
    colour = str(rng.choice(["#7d2f2a", "#3f5a4a", "#5a4632"]))

    def draw(s: Spot) -> None:
        s.rect(-0.5, 0.35, 0.5, 1.25, colour, 0.95)
        s.rect(-0.62, 0.1, -0.4, 0.72, colour, 1.1)
        s.rect(0.4, 0.1, 0.62, 0.72, colour, 0.85)
        s.rect(-0.45, 0.12, 0.45, 0.5, colour, 1.15)

    return draw


def _hall(stage: Stage, rng: Rng) -> None:
    def column() -> Thing:
        def draw(s: Spot) -> None:
            s.rect(-0.95, 0, 0.95, 0.5, "#c9bda6", 0.9)
            s.rect(-0.62, 0.5, 0.62, 12.6, "#d6cab2", 0.82)
            s.rect(-0.3, 0.5, 0.1, 12.6, "#e6dcc6", 1.0)
            s.poly([(-0.7, 12.2), (0.7, 12.2), (1.15, 13.4), (-1.15, 13.4)], "#cdbf9f")
            for k in range(4):
                x = -0.5 + 0.3 * k
                s.line([(x, 0.6), (x, 12.1)], 0.03, "#b3a68c", 0.8)

        return draw

    def banner() -> Thing:
        colour = str(rng.choice(["#8a1f2b", "#1f3f6b", "#2f5a3f"]))

        def draw(s: Spot) -> None:
            s.poly([(-0.9, 11), (0.9, 11), (0.9, 5), (0, 4.2), (-0.9, 5)], colour, 1.0)
            s.poly([(-0.5, 9), (0.5, 9), (0, 7.2)], "#d9b45a", 1.0)
            s.rect(-1.0, 10.9, 1.0, 11.1, "#c9a24a")

        return draw

    _ring(stage, [(x, z) for x in (-8.0, 8.0) for z in (-18.0, -12.0, -6.0, 0.0, 6.0, 12.0, 18.0)], column)
    _ring(stage, [(x, z) for x in (-12.6, 12.6) for z in (-15.0, -9.0, -3.0, 3.0, 9.0, 15.0)], banner)


def _laboratory(stage: Stage, rng: Rng) -> None:
    def bench() -> Thing:
        def draw(s: Spot) -> None:
            s.rect(-1.5, 0, 1.5, 0.86, "#dfe4e4", 0.85)
            s.poly([(-1.6, 0.9, 0), (1.6, 0.9, 0), (1.6, 0.9, 0.8), (-1.6, 0.9, 0.8)], "#3d464b", 1.2)
            s.rect(-1.6, 0.84, 1.6, 0.92, "#2f373b")
            for k in range(6):
                x, colour = -1.3 + 0.5 * k, str(rng.choice(["#4fc3d9", "#f2a65a", "#9bd36b", "#d97fb8", "#7f8fe0"]))
                kind = rng.integers(3)
                if kind == 0:
                    s.poly(
                        [
                            (x - 0.13, 0.92),
                            (x + 0.13, 0.92),
                            (x + 0.03, 1.14),
                            (x + 0.03, 1.3),
                            (x - 0.03, 1.3),
                            (x - 0.03, 1.14),
                        ],
                        "#dff1f4",
                        1.0,
                    )
                    s.poly([(x - 0.13, 0.92), (x + 0.13, 0.92), (x + 0.08, 1.02), (x - 0.08, 1.02)], colour, 1.05)
                elif kind == 1:
                    s.oval(x, 1.06, 0.13, 0.13, "#dff1f4", 1.0)
                    s.oval(x, 1.03, 0.11, 0.09, colour, 1.05)
                    s.rect(x - 0.03, 1.15, x + 0.03, 1.36, "#dff1f4")
                else:
                    s.rect(x - 0.07, 0.92, x + 0.07, 1.24, "#e8f4f6")
                    s.rect(x - 0.07, 0.92, x + 0.07, 1.1, colour, 1.05)

        return draw

    _ring(stage, [(x, z) for z in (-6.5, -4.2, 4.2, 6.5, 8.6) for x in (-5.2, -1.8, 1.8, 5.2)], bench)


def _stage(stage: Stage, rng: Rng) -> None:
    def light_pool() -> Thing:
        def draw(s: Spot) -> None:
            s.oval(0, 0.06, 2.2, 0.2, "#c99a62", 0.9, True)
            s.oval(0, 0.07, 1.6, 0.13, "#f2cf96", 0.95, True)

        return draw

    def screen() -> Thing:
        colour = str(rng.choice(["#d9b45a", "#5f8fa8", "#a85a6b"]))

        def draw(s: Spot) -> None:
            for k in range(4):
                s.rect(-1.6 + 0.8 * k, 0, -0.84 + 0.8 * k, 2.6, colour, 0.75 + 0.16 * (k % 2))
                s.rect(-1.6 + 0.8 * k, 2.5, -0.84 + 0.8 * k, 2.6, "#7a5a2e")

        return draw

    _ring(stage, [(-5.5, 10.5), (5.5, 10.5)], screen)
    _ring(stage, [(-3.6, 8.0), (0.0, 6.4), (3.6, 8.0)], light_pool)


def _gallery(stage: Stage, rng: Rng) -> None:
    def bench() -> Thing:
        def draw(s: Spot) -> None:
            s.poly([(-1.1, 0.48, 0), (1.1, 0.48, 0), (1.1, 0.48, 0.6), (-1.1, 0.48, 0.6)], "#a9825a", 1.1)
            s.rect(-1.1, 0.38, 1.1, 0.48, "#8a6642")
            for x in (-1.0, 0.9):
                s.rect(x, 0, x + 0.1, 0.4, "#3a3a3a")

        return draw

    def statue() -> Thing:
        def draw(s: Spot) -> None:
            s.rect(-0.4, 0, 0.4, 1.05, "#efebe3", 0.92)
            s.rect(-0.4, 0, -0.1, 1.05, "#ffffff", 1.0)
            s.oval(0, 1.5, 0.24, 0.42, "#d7cfc0", 0.9)
            s.oval(0.05, 2.02, 0.17, 0.2, "#e2dacb", 1.0)
            s.poly([(-0.34, 1.05), (0.34, 1.05), (0.24, 1.5), (-0.24, 1.5)], "#cfc6b5", 0.85)

        return draw

    _ring(stage, [(0, 5.0), (0, -5.0), (3.5, 9.0), (-3.5, 9.0)], bench)
    _ring(stage, [(-5.6, 6.5), (5.6, 6.5), (5.6, -6.5), (-5.6, -6.5), (0, 10.5)], statue)
