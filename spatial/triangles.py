"""A polygon with holes → a conforming triangle mesh in flat arrays, the ground on which the exact search runs.

Half-edges: half-edge ``3t + k`` of triangle t runs from corner k to corner k + 1, counter-clockwise, with the triangle
on its left; ``twin`` is the same edge seen from the neighbour, or −1 at a wall. Triangulation: GEOS constrained
Delaunay (shapely ≥ 2.1). Its output is checked to be conforming: an inner edge has exactly two owners.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numba as nb
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from spatial.touching import join_touching

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

FLAT = 1e-7
"""Radians by which a wall corner may fall short of 180° and still count as one where a path may turn."""


_SLIVER = 1e-12
"""Twice the area over the square of the longest side, below which the turn of a triangle is rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Triangles:
    """Arrays of one mesh; n vertices, m triangles.

    ``xy``: (n, 2) metres. ``tri``: (m, 3) vertex of each half-edge's start. ``twin``: (3m,) half-edge or −1.
    ``corner``: (n,) bool, a taut path may turn here. ``label``: (m,) index of the face the triangle came from.
    """

    xy: Floats
    tri: Ints
    twin: Ints
    corner: Bools
    label: Ints

    @property
    def count(self) -> int:
        return len(self.tri)


def triangulate(faces: Sequence[Polygon]) -> Triangles:
    """Mesh of polygons that meet only along whole edges; ``label`` is the index into ``faces``.

    Faces must be valid. Two faces that share an edge share both its ends exactly.
    """
    corners: list[Floats] = []
    labels: list[npt.NDArray[np.int32]] = []
    for index, face in enumerate(faces):
        triangles = shapely.constrained_delaunay_triangles(face)
        coordinates = shapely.get_coordinates(triangles).reshape(-1, 4, 2)[:, :3]
        corners.append(coordinates)
        labels.append(np.full(len(coordinates), index, np.int32))
    if not corners:
        return Triangles(
            np.empty((0, 2)), np.empty((0, 3), np.int32), np.empty(0, np.int32), np.empty(0, np.bool_),
            np.empty(0, np.int32),
        )  # fmt: skip
    points = np.concatenate(corners).reshape(-1, 2) + 0.0  # −0.0 and 0.0 are one place
    flat = np.ascontiguousarray(points).view(np.complex128).ravel()
    unique, inverse = np.unique(flat, return_inverse=True)
    xy = np.column_stack([unique.real, unique.imag])
    tri = inverse.reshape(-1, 3).astype(np.int32)
    a, b, c = xy[tri[:, 0]], xy[tri[:, 1]], xy[tri[:, 2]]
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    tri[area < 0] = tri[area < 0][:, ::-1]
    longest = np.maximum.reduce([((u - v) ** 2).sum(axis=1) for u, v in ((a, b), (b, c), (c, a))])
    _orient_slivers(tri, np.abs(area) <= _SLIVER * longest, len(xy))
    label = np.concatenate(labels)
    twin = find_twins(tri, len(xy))
    return Triangles(xy, tri, twin, _corners(xy, tri, twin), label)


def _orient_slivers(tri: Ints, sliver: Bools, vertices: int) -> None:
    """Turn triangles without area the way their neighbours run; in place.

    Corners of several walls on one line make triangles whose computed area is rounding only, and its sign chance. What
    counts is that the two half-edges of an edge run against each other, so the turn is taken from the neighbours.
    """
    todo = {int(t) for t in np.flatnonzero(sliver)}
    while todo:
        twin = find_twins(tri, vertices)
        settled = [t for t in todo if any(twin[3 * t + k] >= 0 and twin[3 * t + k] // 3 not in todo for k in range(3))]
        if not settled:
            return  # slivers that touch no triangle with an area are no ground to walk on
        for t in settled:
            k = next(k for k in range(3) if twin[3 * t + k] >= 0 and twin[3 * t + k] // 3 not in todo)
            other = twin[3 * t + k]
            if tri[t, k] == tri[other // 3, other % 3]:
                tri[t] = tri[t, ::-1].copy()
        todo.difference_update(settled)


def find_twins(tri: Ints, vertices: int) -> Ints:
    """For each half-edge the one that runs the other way between the same two vertices, or −1."""
    start = tri.ravel().astype(np.int64)
    end = np.roll(tri, -1, axis=1).ravel().astype(np.int64)
    key = np.minimum(start, end) * vertices + np.maximum(start, end)
    order = np.argsort(key, kind="stable")
    same = key[order[1:]] == key[order[:-1]]
    twin = np.full(len(start), -1, np.int32)
    one, other = order[:-1][same], order[1:][same]
    twin[one], twin[other] = other, one
    return twin


def _corners(xy: Floats, tri: Ints, twin: Ints) -> Bools:
    """Wall vertices whose free angle is at least a straight one: a shortest path turns nowhere else."""
    angle = np.zeros(len(xy))
    for k in range(3):
        p, q, r = xy[tri[:, k]], xy[tri[:, (k + 1) % 3]], xy[tri[:, (k + 2) % 3]]
        u, w = q - p, r - p
        turn = np.arctan2(u[:, 0] * w[:, 1] - u[:, 1] * w[:, 0], (u * w).sum(axis=1))
        np.add.at(angle, tri[:, k], np.abs(turn))
    wall = np.zeros(len(xy), np.bool_)
    open_edge = np.flatnonzero(twin < 0)
    wall[tri.ravel()[open_edge]] = True
    wall[np.roll(tri, -1, axis=1).ravel()[open_edge]] = True
    return wall & (angle > math.pi - FLAT)


def faces_of(space: BaseGeometry) -> list[Polygon]:
    """The polygons of a space, made valid, merged where they overlap or share an edge, their touches exact."""
    if not space.is_valid:
        space = shapely.make_valid(space)
    parts = [p for p in shapely.get_parts(space) if isinstance(p, Polygon | MultiPolygon)]
    merged = shapely.union_all(parts) if len(parts) > 1 else (parts[0] if parts else Polygon())
    faces = [p for p in shapely.get_parts(merged) if isinstance(p, Polygon) and not p.is_empty]
    return [joined for face in faces for joined in join_touching(face)]


@nb.njit(cache=True)
def peel_dead_ends(twin: Ints, is_open: Bools) -> Ints:
    """Where each triangle leads out of its dead end: (m,) int32.

    −2: not in a dead end. −3: closed. Else the next triangle on the way out, −1 at the last one of a tree that has
    no way out. A triangle is a dead end when at most one open neighbour is none: a path enters it only to end there.
    """
    m = is_open.shape[0]
    out = np.full(m, -2, np.int32)
    degree = np.zeros(m, np.int32)
    todo = np.empty(3 * m + 1, np.int32)
    n = 0
    for t in range(m):
        if not is_open[t]:
            out[t] = -3
            continue
        for k in range(3):
            w = twin[3 * t + k]
            if w >= 0 and is_open[w // 3]:
                degree[t] += 1
        if degree[t] <= 1:
            todo[n] = t
            n += 1
    while n > 0:
        n -= 1
        t = todo[n]
        if out[t] != -2:
            continue
        out[t] = -1
        for k in range(3):
            w = twin[3 * t + k]
            if w < 0:
                continue
            other = w // 3
            if out[other] == -2:
                out[t] = other
                degree[other] -= 1
                if degree[other] <= 1:
                    todo[n] = other
                    n += 1
    return out


@nb.njit(cache=True)
def flood(twin: Ints, is_open: Bools) -> Ints:
    """Number of the connected piece of each open triangle, from 0; −1 for closed ones."""
    m = is_open.shape[0]
    piece = np.full(m, -1, np.int32)
    stack = np.empty(3 * m + 1, np.int32)
    pieces = 0
    for seed in range(m):
        if piece[seed] >= 0 or not is_open[seed]:
            continue
        piece[seed] = pieces
        stack[0] = seed
        n = 1
        while n > 0:
            n -= 1
            t = stack[n]
            for k in range(3):
                w = twin[3 * t + k]
                if w >= 0 and is_open[w // 3] and piece[w // 3] < 0:
                    piece[w // 3] = pieces
                    stack[n] = w // 3
                    n += 1
        pieces += 1
    return piece


@nb.njit(cache=True)
def cell_lists(xy: Floats, tri: Ints, low: Floats, step: Floats, side: int) -> tuple[Ints, Ints]:
    """For each cell of a ``side`` × ``side`` grid the triangles whose box meets it: (starts, triangles)."""
    m = tri.shape[0]
    box = np.empty((m, 4), np.int32)
    starts = np.zeros(side * side + 1, np.int32)
    for t in range(m):
        x0 = min(xy[tri[t, 0], 0], xy[tri[t, 1], 0], xy[tri[t, 2], 0])
        x1 = max(xy[tri[t, 0], 0], xy[tri[t, 1], 0], xy[tri[t, 2], 0])
        y0 = min(xy[tri[t, 0], 1], xy[tri[t, 1], 1], xy[tri[t, 2], 1])
        y1 = max(xy[tri[t, 0], 1], xy[tri[t, 1], 1], xy[tri[t, 2], 1])
        box[t, 0] = min(side - 1, max(0, int((x0 - low[0]) / step[0] - 1e-6)))
        box[t, 1] = min(side - 1, max(0, int((x1 - low[0]) / step[0] + 1e-6)))
        box[t, 2] = min(side - 1, max(0, int((y0 - low[1]) / step[1] - 1e-6)))
        box[t, 3] = min(side - 1, max(0, int((y1 - low[1]) / step[1] + 1e-6)))
        for i in range(box[t, 0], box[t, 1] + 1):
            for j in range(box[t, 2], box[t, 3] + 1):
                starts[i * side + j + 1] += 1
    for c in range(side * side):
        starts[c + 1] += starts[c]
    fill = starts[:-1].copy()
    members = np.empty(starts[-1], np.int32)
    for t in range(m):
        for i in range(box[t, 0], box[t, 1] + 1):
            for j in range(box[t, 2], box[t, 3] + 1):
                members[fill[i * side + j]] = t
                fill[i * side + j] += 1
    return starts, members
