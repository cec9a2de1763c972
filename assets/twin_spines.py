"""The backs of books on a shelf as one small picture of our own: four rows of spines that repeat sideways.

``python -m assets.twin_spines`` writes ``assets/spines.png``, kept with the code (see ``twin_pictograms.py`` for why).
The picture has a palette; its first colour is clear, so that books of unequal height need no triangles of their own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assets.twin_pictograms import to_png

FILE = Path(__file__).with_name("spines.png")
ROWS, HIGH, WIDE = 4, 64, 256
"""Rows of books in the picture; pixels of a row, upwards and sideways. A row is 0.96 m long and 0.32 m high."""

COLOURS = (
    "#8d3b2f", "#b5653c", "#c99a4b", "#7f8f56", "#4f7a69", "#3f6678", "#54547c", "#7a4a63", "#d8c7a2", "#9c8f7d",
    "#38474c", "#b8a98b", "#a8bcb4", "#6d3f34", "#2f4f5a", "#e6dcc4",
)  # fmt: skip
TONES = (0.62, 0.86, 1.0, 1.12)
"""Shades of each colour: the joint, the edge, the middle, the lit side of a spine."""

BAND = "#efe3c2"


@cache
def read_spines() -> bytes:
    """The PNG with the books."""
    return FILE.read_bytes()


def palette() -> npt.NDArray[np.uint8]:
    """Clear, the band of a title, then every colour in its tones, (n, 3)."""
    hexes = [tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in COLOURS]
    tones = [np.clip(np.array(h) * t, 0, 255) for h in hexes for t in TONES]
    band = [int(BAND[i : i + 2], 16) for i in (1, 3, 5)]
    table: npt.NDArray[np.uint8] = np.rint(np.array([(90, 70, 50), band, *tones])).astype(np.uint8)
    return table


def draw_spines() -> npt.NDArray[np.uint8]:
    """The picture as indices into ``palette``."""
    picture = np.zeros((ROWS * HIGH, WIDE), np.uint8)
    state = 20261124
    for row in range(ROWS):
        left = 0
        while left < WIDE:
            state = (state * 1664525 + 1013904223) % 4294967296
            number = state >> 8
            width = min(5 + number % 9, WIDE - left)
            tall = 40 + (number >> 5) % 22
            color = 2 + len(TONES) * ((number >> 11) % len(COLOURS))
            foot = (row + 1) * HIGH
            spine = np.full((tall, width), color + 2, np.uint8)
            spine[:, 0], spine[:, 1 : max(2, width // 4)], spine[:, -1] = color, color + 3, color + 1
            if (number >> 16) % 3 and width > 5:
                at = 5 + (number >> 17) % 6
                spine[at : at + 3 + (number >> 20) % 8, 1:-1] = 1
            if (number >> 18) % 2:
                spine[-7:-5, :] = color
            picture[foot - tall : foot, left : left + width] = spine
            left += width
    return picture


if __name__ == "__main__":
    FILE.write_bytes(to_png(draw_spines(), palette(), clear=1))
