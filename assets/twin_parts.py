"""What the twin is made of before it is a file: parts, each one node of the glTF document.

A part is either a surface of its own or copies of a model. A part's ``key`` says where it belongs and what it is
(``0/walls``); equal parts have equal ``digest``: that is how a changed plan becomes a small delta.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from assets.twin_surface import Floats, Ints, Surface

Model = Mapping[str, Surface]
"""Material → surface in the model's own frame: x right, y back, z up."""


@dataclass(frozen=True, slots=True, eq=False)
class Copies:
    """``model`` set up n times. ``places`` (n, 3) map metres above the level; ``turns`` (n,) radians from east towards
    north; ``scales`` (n, 3) along the model's x, y and z."""

    model: str
    places: Floats
    turns: Floats
    scales: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One node under its level. ``extras`` go into the file: what a picked triangle or copy stands for."""

    key: str
    ordinal: int
    material: str = ""
    surface: Surface | None = None
    copies: Copies | None = None
    feature_ids: Ints | None = None
    extras: Mapping[str, Any] = field(default_factory=dict)

    def digest(self) -> str:
        """Hash of everything that the node shows and says; millimetres and 1/255 of a colour count."""
        made = hashlib.sha256(json.dumps([self.key, self.material, self.extras], sort_keys=True).encode())
        arrays: list[Any] = []
        if self.surface is not None:
            s = self.surface
            arrays += [_whole(s.points, 1e3), _whole(s.normals, 127), _whole(s.colors, 255), s.triangles]
            arrays += [] if s.uvs is None else [_whole(s.uvs, 1e4)]
        if self.copies is not None:
            made.update(self.copies.model.encode())
            arrays += [_whole(a, 1e3) for a in (self.copies.places, self.copies.turns, self.copies.scales)]
        for array in arrays:
            made.update(np.ascontiguousarray(array, np.int64).tobytes())
        return made.hexdigest()[:16]


def copies_of(model: str, rows: Sequence[tuple[float, float, float, float, float, float, float]]) -> Copies:
    """Copies from rows of east, north, up, turn, and the three scales."""
    table = np.array(rows, float).reshape(-1, 7)
    return Copies(model, table[:, :3], table[:, 3], table[:, 4:])


def _whole(array: Floats, per: float) -> Ints:
    whole: Ints = np.rint(np.asarray(array) * per).astype(np.int64)
    return whole
