"""Painters: briefs become panoramas. One Protocol, several ways.

A panorama is equirectangular: uint8 (height, 2 × height, 3), sRGB; the first row looks up, the middle column looks
north (map −Z of glTF), columns go on to the right (east); the last column meets the first. Painters block; they are told
to stop through ``Watch`` and ask it often. Errors: PainterError and its kinds (``assets/errors.py``).
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from assets.brief import Brief
from assets.errors import PainterError, StoppedError
from assets.label_aigc import Kind

Panorama = npt.NDArray[np.uint8]

PAINTERS: dict[str, str] = {
    "procedural": "assets.painters.procedural:ProceduralPainter",
    "diffusion": "assets.painters.diffusion:DiffusionPainter",
    "remote": "assets.painters.remote:RemotePainter",
    "scripted": "assets.painters.scripted:ScriptedPainter",
}
"""Name → "module:Class", imported when asked for."""


@dataclass(frozen=True, slots=True)
class Watch:
    """How a painter tells and is told. ``tell(done, of, preview)``: steps done and a small JPEG, or None.

    ``stopped``: true once the work is no longer wanted.
    """

    tell: Callable[[int, int, bytes | None], None] = lambda done, of, preview: None
    stopped: Callable[[], bool] = lambda: False

    def step(self, done: int, of: int, preview: bytes | None = None) -> None:
        """Tell how far the work is. Raises StoppedError."""
        if self.stopped():
            raise StoppedError("the painting was called off")
        self.tell(done, of, preview)


@dataclass(frozen=True, slots=True)
class Painting:
    """A finished panorama. ``facts``: what is recorded with it (model, steps, …)."""

    panorama: Panorama
    facts: Mapping[str, Any] = field(default_factory=dict)


class Painter(Protocol):
    """``label``: what its pictures are, ai or algorithmic. ``name``: with version, part of every key."""

    name: str
    label: Kind
    licence: str

    def paint(self, brief: Brief, width_px: int, watch: Watch) -> Painting:
        """Paint the brief ``width_px`` wide, half as high. Raises PainterError, StoppedError."""
        ...


def load_painter(name: str, **settings: Any) -> Painter:
    """The painter of a name. ``settings``: what its class takes. Raises PainterError."""
    if name not in PAINTERS:
        raise PainterError(f"there is no painter {name!r}; there are {', '.join(PAINTERS)}")
    module, _, cls = PAINTERS[name].partition(":")
    painter: Painter = getattr(importlib.import_module(module), cls)(**settings)
    return painter
