"""Round shapes of the librarian: tubes along a path, balls, and their smooth normals.

Axes are glTF's: x to her left, y up, z forward, metres, feet at y = 0. A shape is a closed or open grid of corners with
a linear colour each; ``bones`` and ``weights`` say which joints move a corner, for the parts that bend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from assets.glb import Colour

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """n corners, m triangles. ``points`` (n, 3), ``colors`` (n, 4), ``triangles`` (m, 3), ``bones`` (n, 4) numbers of
    joints, ``weights`` (n, 4)."""

    points: Floats
    colors: Floats
    triangles: Ints
    bones: Ints
    weights: Floats

    def normals(self) -> Floats:
        """Unit normals, the mean of the triangles about each corner, weighted by their area."""
        a, b, c = (self.points[self.triangles[:, k]] for k in range(3))
        facing = np.cross(b - a, c - a)
        total = np.zeros_like(self.points)
        for k in range(3):
            np.add.at(total, self.triangles[:, k], facing)
        length = np.linalg.norm(total, axis=1, keepdims=True)
        return np.where(length > 1e-15, total / np.maximum(length, 1e-15), [0.0, 0.0, 1.0])

    def on(self, bone: int) -> Shape:
        """The same moved by one joint alone."""
        return replace(self, bones=_single(len(self.points), bone), weights=_first(len(self.points)))

    def mirrored(self, swap: dict[int, int]) -> Shape:
        """Her other side: x turned about, left joints for right ones."""
        bones = self.bones.copy()
        for here, there in swap.items():
            bones[self.bones == here] = there
        return replace(self, points=self.points * [-1, 1, 1], triangles=self.triangles[:, ::-1], bones=bones)


def shape(points: Floats, triangles: Ints, color: Colour | Floats) -> Shape:
    """A shape of one colour, or with a colour for each corner, moved by joint 0."""
    tones = np.broadcast_to(np.asarray(color, float), (len(points), 4)).copy()
    return Shape(points, tones, triangles, _single(len(points), 0), _first(len(points)))


def join(shapes: Sequence[Shape]) -> Shape:
    """One shape of several."""
    starts = np.cumsum([0, *(len(s.points) for s in shapes)])
    return Shape(
        np.concatenate([s.points for s in shapes]),
        np.concatenate([s.colors for s in shapes]),
        np.concatenate([s.triangles + k for s, k in zip(shapes, starts, strict=False)]),
        np.concatenate([s.bones for s in shapes]),
        np.concatenate([s.weights for s in shapes]),
    )


def grid(rows: int, columns: int, round_: bool) -> Ints:
    """Triangles over a grid of rows × columns corners; their front is where columns run to the right as rows run up.

    ``round_`` joins the last column to the first.
    """
    wide = columns if round_ else columns - 1
    r, c = np.meshgrid(np.arange(rows - 1), np.arange(wide), indexing="ij")
    here, right = r * columns + c, r * columns + (c + 1) % columns
    quad = np.stack([here, right, right + columns, here, right + columns, here + columns], axis=-1)
    return quad.reshape(-1, 3)


def tube(
    path: npt.ArrayLike,
    radii: npt.ArrayLike,
    color: Colour,
    sides: int = 12,
    *,
    up: tuple[float, float, float] = (0.0, 0.0, 1.0),
    caps: bool = True,
) -> Shape:
    """A tube along ``path`` (n, 3) with half-widths ``radii`` (n, 2): across ``up`` and along it. Ends are closed."""
    line, half = np.asarray(path, float), np.asarray(radii, float)
    half = np.column_stack([half, half]) if half.ndim == 1 else half
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = np.cross(np.asarray(up, float), along)
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    over = np.cross(along, side)
    turn = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    ring = np.cos(turn)[None, :, None] * side[:, None] * half[:, None, :1]
    ring = ring + np.sin(turn)[None, :, None] * over[:, None] * half[:, None, 1:]
    points = (line[:, None] + ring).reshape(-1, 3)
    triangles = grid(len(line), sides, True)
    if caps:
        first, last = len(points), len(points) + 1
        points = np.vstack([points, line[:1], line[-1:]])
        k = np.arange(sides)
        end = (len(line) - 1) * sides
        triangles = np.concatenate(
            [
                triangles,
                np.column_stack([np.full(sides, first), (k + 1) % sides, k]),
                np.column_stack([np.full(sides, last), end + k, end + (k + 1) % sides]),
            ]
        )
    return shape(points, triangles, color)


def ball(centre: npt.ArrayLike, radii: npt.ArrayLike, color: Colour, rows: int = 10, sides: int = 16) -> Shape:
    """An ellipsoid, its poles above and below."""
    rise = np.linspace(-np.pi / 2, np.pi / 2, rows + 1)
    turn = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    y = np.repeat(np.sin(rise), sides)
    flat = np.repeat(np.cos(rise), sides)
    unit = np.column_stack([flat * np.tile(np.sin(turn), rows + 1), y, flat * np.tile(np.cos(turn), rows + 1)])
    points = np.asarray(centre, float) + unit * np.asarray(radii, float)
    return _clean(shape(points, grid(rows + 1, sides, True), color))


def smooth(low: float, high: float, value: npt.ArrayLike) -> Floats:
    """0 below ``low``, 1 above ``high``, and softly between."""
    t = np.clip((np.asarray(value, float) - low) / (high - low), 0.0, 1.0)
    made: Floats = t * t * (3 - 2 * t)
    return made


def bump(points: Floats, centre: Sequence[float], widths: Sequence[float]) -> Floats:
    """A soft hill of height 1 about ``centre``: (n,)."""
    gap = (points - np.asarray(centre, float)) / np.asarray(widths, float)
    made: Floats = np.exp(-0.5 * (gap**2).sum(axis=1))
    return made


def _clean(made: Shape) -> Shape:
    """Without triangles that have no area, as at the poles."""
    a, b, c = (made.points[made.triangles[:, k]] for k in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    return replace(made, triangles=made.triangles[area > 1e-12])


def _single(count: int, bone: int) -> Ints:
    bones = np.zeros((count, 4), np.int64)
    bones[:, 0] = bone
    return bones


def _first(count: int) -> Floats:
    weights = np.zeros((count, 4))
    weights[:, 0] = 1.0
    return weights
