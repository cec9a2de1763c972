"""A painter that does what a test says: paints one colour in so many steps, waits, fails, or runs out of memory."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np

from assets.brief import Brief
from assets.errors import AssetError
from assets.label_aigc import Kind
from assets.painters import Painting, Watch


class ScriptedPainter:
    """``faults``: raised by the first so many calls. ``before``: called with the number of each step."""

    licence = "CC0-1.0"

    def __init__(
        self, steps: int = 3, faults: tuple[AssetError, ...] = (), before: Callable[[int], None] | None = None,
        label: Kind = "algorithmic", name: str = "scripted-1",
    ) -> None:  # fmt: skip
        self.label, self.name, self.painted = label, name, 0
        self._steps, self._faults, self._before = steps, list(faults), before
        self._lock = threading.Lock()

    def paint(self, brief: Brief, width_px: int, watch: Watch) -> Painting:
        """A panorama of one colour, which the brief's seed decides."""
        for step in range(self._steps):
            if self._before is not None:
                self._before(step)
            watch.step(step, self._steps, b"\xff\xd8preview")
        with self._lock:
            self.painted += 1
            if self._faults:
                raise self._faults.pop(0)
        colour = np.array([brief.seed >> shift & 255 for shift in (16, 8, 0)], np.uint8)
        return Painting(np.broadcast_to(colour, (width_px // 2, width_px, 3)).copy(), {"painter": self.name})
