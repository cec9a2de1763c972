"""Windows, which every kind of building has."""

from __future__ import annotations

import numpy as np

from assets.painters.stage import Spot

Rng = np.random.Generator
LAMP = "#ffd98a"


def windows(s: Spot, rng: Rng, x0: float, y0: float, x1: float, y1: float, columns: int, rows: int, dark: str = "#3d4a58",
             lit: float = 0.6) -> None:  # fmt: skip
    """A field of windows; at night most of them shine."""
    w, h = (x1 - x0) / columns, (y1 - y0) / rows
    night = s.stage.palette.night or s.stage.palette.sun[1] < 8
    for c in range(columns):
        for r in range(rows):
            on = night and rng.random() < lit
            s.rect(x0 + w * (c + 0.22), y0 + h * (r + 0.2), x0 + w * (c + 0.78), y0 + h * (r + 0.8), LAMP if on else dark,
                   rng.uniform(0.75, 1.05) if on else 1.0, on)  # fmt: skip
