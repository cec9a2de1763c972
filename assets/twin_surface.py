"""Coloured triangles of the twin, and the few ways to make them: boxes, walls, caps.

Everything here is in a local frame like the map's: x right (east), y back (north), z up, metres. ``to_primitive`` turns
it into glTF axes. Colours are linear; shade from the surroundings (ambient occlusion) is multiplied into them, so that
the building looks like a building without lightmaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from spatial.frames import to_gltf_array

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LAST_FIRST = (3, 0, 1, 2)
"""The corners of a flat piece in the order in which they are written."""


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """n corners, m triangles. ``points``, ``normals`` (n, 3); ``colors`` (n, 4) linear; ``triangles`` (m, 3); ``uvs``
    (n, 2) where there is a picture, v downwards."""

    points: Floats
    normals: Floats
    colors: Floats
    triangles: Ints
    uvs: Floats | None = None

    @property
    def empty(self) -> bool:
        return not len(self.triangles)

    def pruned(self) -> Surface:
        """The same without corners that no triangle has."""
        used, new = np.unique(self.triangles, return_inverse=True)
        uvs = None if self.uvs is None else self.uvs[used]
        return Surface(self.points[used], self.normals[used], self.colors[used], new.reshape(-1, 3), uvs)

    def in_order(self) -> Surface:
        """The same with its corners in the order in which the triangles need them."""
        used, first, inverse = np.unique(self.triangles, return_index=True, return_inverse=True)
        order = np.argsort(first)
        place: Ints = np.empty(len(used), np.int64)
        place[order] = np.arange(len(used))
        kept = used[order]
        uvs = None if self.uvs is None else self.uvs[kept]
        triangles = place[inverse].reshape(-1, 3)
        return Surface(self.points[kept], self.normals[kept], self.colors[kept], triangles, uvs)

    def in_gltf(self) -> Surface:
        """The same in glTF axes."""
        return Surface(to_gltf_array(self.points), to_gltf_array(self.normals), self.colors, self.triangles, self.uvs)


NOTHING = Surface(np.empty((0, 3)), np.empty((0, 3)), np.empty((0, 4)), np.empty((0, 3), np.int64))


def join(surfaces: Iterable[Surface]) -> Surface:
    """One surface of several, all with a picture or none."""
    kept = [s for s in surfaces if not s.empty]
    if not kept:
        return NOTHING
    starts = np.cumsum([0, *(len(s.points) for s in kept)])
    return Surface(
        np.concatenate([s.points for s in kept]),
        np.concatenate([s.normals for s in kept]),
        np.concatenate([s.colors for s in kept]),
        np.concatenate([s.triangles + start for s, start in zip(kept, starts, strict=False)]),
        np.concatenate([s.uvs for s in kept if s.uvs is not None]) if kept[0].uvs is not None else None,
    )


def quads(
    corners: npt.ArrayLike,
    colors: npt.ArrayLike,
    normals: npt.ArrayLike | None = None,
    uvs: npt.ArrayLike | None = None,
) -> Surface:
    """Flat four-cornered pieces. ``corners`` (k, 4, 3), counter-clockwise from the front; ``colors`` (4,), (k, 4) or
    (k, 4, 4); normals are calculated when not given; ``uvs`` (k, 4, 2).

    Each is written from its last corner on: pieces that stand beside one another, lower edge first, then meet in the
    order of their corners, and a file of them packs smaller.
    """
    square = np.asarray(corners, float).reshape(-1, 4, 3)[:, LAST_FIRST]
    count = len(square)
    if not count:
        return NOTHING
    shades = np.asarray(colors, float)
    shades = shades[:, None, :] if shades.ndim == 2 else shades[:, LAST_FIRST] if shades.ndim == 3 else shades
    if normals is None:
        cross = np.cross(square[:, 1] - square[:, 0], square[:, 3] - square[:, 0])
        facing = cross / np.maximum(np.linalg.norm(cross, axis=1, keepdims=True), 1e-12)
    else:
        facing = np.asarray(normals, float)
    start = 4 * np.arange(count)[:, None]
    triangles = (start + np.array([0, 1, 2, 0, 2, 3])).reshape(-1, 3)
    return Surface(
        square.reshape(-1, 3),
        np.repeat(facing, 4, axis=0),
        np.broadcast_to(shades, (count, 4, 4)).reshape(-1, 4).copy(),
        triangles,
        None if uvs is None else np.asarray(uvs, float).reshape(-1, 4, 2)[:, LAST_FIRST].reshape(-1, 2),
    )


def box(
    low: Sequence[float], high: Sequence[float], color: Sequence[float], foot: float = 1.0, sides: str = "wesnt"
) -> Surface:
    """An upright box between two corners. ``foot``: the shade at its lower edge. ``sides``: which of west, east, south,
    north, top and bottom are drawn."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    faces = {
        "s": [(x0, y0, z0), (x1, y0, z0), (x1, y0, z1), (x0, y0, z1)],
        "n": [(x1, y1, z0), (x0, y1, z0), (x0, y1, z1), (x1, y1, z1)],
        "w": [(x0, y1, z0), (x0, y0, z0), (x0, y0, z1), (x0, y1, z1)],
        "e": [(x1, y0, z0), (x1, y1, z0), (x1, y1, z1), (x1, y0, z1)],
        "t": [(x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)],
        "b": [(x0, y1, z0), (x1, y1, z0), (x1, y0, z0), (x0, y0, z0)],
    }
    lit = np.asarray(color, float)
    dark = lit * [foot, foot, foot, 1.0]
    shades = [[lit] * 4 if side == "t" else [dark] * 4 if side == "b" else [dark, dark, lit, lit] for side in sides]
    return quads([faces[side] for side in sides], np.array(shades))


def walls_of(polygons: Any, low: float, high: float, color: Sequence[float], foot: float = 1.0) -> Surface:
    """Upright sides of polygons (any array of them) from ``low`` to ``high``, facing outwards."""
    parts = shapely.get_parts(np.atleast_1d(polygons))
    parts = parts[shapely.area(parts) > 0]
    rings = shapely.get_rings(shapely.orient_polygons(parts))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = np.flatnonzero(ring[1:] == ring[:-1])
    a, b = xy[same], xy[same + 1]
    along = b - a
    length = np.hypot(along[:, 0], along[:, 1])
    a, b, along = a[length > 1e-6], b[length > 1e-6], along[length > 1e-6] / length[length > 1e-6, None]
    floor, roof = np.full((len(a), 1), low), np.full((len(a), 1), high)
    corners = np.stack([np.hstack(p) for p in ((a, floor), (b, floor), (b, roof), (a, roof))], axis=1)
    lit = np.asarray(color, float)
    dark = lit * [foot, foot, foot, 1.0]
    shades = np.broadcast_to(np.array([dark, dark, lit, lit]), (len(a), 4, 4))
    return quads(corners, shades, np.column_stack([along[:, 1], -along[:, 0], np.zeros(len(a))]))


def flats_of(
    polygons: Any, height: float, colors: npt.ArrayLike, up: bool = True, owners: Ints | None = None
) -> tuple[Surface, Ints]:
    """Polygons as level ground at ``height``, and for each corner its owner: the index of its polygon, or what
    ``owners`` says for each polygon.

    ``colors``: (4,) or (owners, 4). Corners of one owner at one place are one corner.
    """
    given = np.atleast_1d(polygons)
    triangles = shapely.constrained_delaunay_triangles(given)
    pieces, owner = shapely.get_parts(triangles, return_index=True)
    if not len(pieces):
        return NOTHING, np.empty(0, np.int64)
    owner = owner if owners is None else owners[owner]
    xy = shapely.get_coordinates(pieces).reshape(-1, 4, 2)[:, :3]
    turn = np.cross(np.pad(xy[:, 1] - xy[:, 0], ((0, 0), (0, 1))), np.pad(xy[:, 2] - xy[:, 0], ((0, 0), (0, 1))))[:, 2]
    wrong = (turn < 0) if up else (turn > 0)
    xy[wrong] = xy[wrong][:, ::-1]
    keys = np.column_stack([np.repeat(owner, 3).astype(float), np.rint(xy.reshape(-1, 2) * 1e4)])
    unique, first, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    corners = xy.reshape(-1, 2)[first]
    whose = unique[:, 0].astype(np.int64)
    shades = np.asarray(colors, float)
    tones = shades[whose] if shades.ndim == 2 else np.broadcast_to(shades, (len(corners), 4)).copy()
    normal = np.tile([0.0, 0.0, 1.0 if up else -1.0], (len(corners), 1))
    points = np.column_stack([corners, np.full(len(corners), height)])
    corner_of: Ints = inverse.reshape(-1, 3)
    near = np.argsort(corner_of.min(axis=1), kind="stable")  # neighbours one after another: a file packs smaller
    return Surface(points, normal, tones, corner_of[near]), whose


def extrude(polygons: Any, low: float, high: float, color: Sequence[float], foot: float = 1.0) -> Surface:
    """Polygons as solid blocks with sides and top."""
    flat, _ = flats_of(polygons, high, np.asarray(color, float))
    return join([walls_of(polygons, low, high, color, foot), flat])
