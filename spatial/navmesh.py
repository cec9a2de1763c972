"""A free space that can be asked for shortest paths: the triangles packed for the search, and its working memory.

Mesh and memory travel to the compiled search as two arrays each: ``floats`` holds the grid and the corners of every
triangle, ``ints`` the head, the half-edges, the ways out of dead ends, the corners and the grid's lists, in the order
in which ``spatial/polyanya.py`` takes them apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from spatial.plan import XY
from spatial.polyanya import NODE_F, NODE_I, locate, search
from spatial.triangles import Bools, Floats, Ints, Triangles, cell_lists, flood, peel_dead_ends


@dataclass(slots=True)
class _Memory:
    """Working memory of one search at a time."""

    floats: Floats
    ints: Ints
    tick: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Mesh:
    """A searchable free space. Never changes; may be asked from several threads at once.

    ``is_open``: triangles that may be walked. ``piece``: connected piece of each triangle, −1 where closed.
    """

    triangles: Triangles
    is_open: Bools
    piece: Ints
    _floats: Floats
    _ints: Ints
    _cells: tuple[Floats, Floats, int, Ints, Ints]
    _spare: list[_Memory] = field(default_factory=list)

    def shortest(self, start: XY, goal: XY) -> tuple[float, list[XY]] | None:
        """Length in metres and the points of the shortest path, or None when there is no way.

        None too when start or goal lies outside the open space. Same units and frame as the mesh.
        """
        if not self.triangles.count:
            return None
        try:
            memory = self._spare.pop()
        except IndexError:
            memory = self._new_memory(8 * self.triangles.count + 2048)
        while True:
            memory.tick += 1
            length, turns, _ = search(
                start[0], start[1], goal[0], goal[1], self._floats, self._ints, memory.floats, memory.ints, memory.tick
            )
            if length != -3.0:
                break
            memory = self._new_memory(2 * memory.floats.shape[0] // (NODE_F + 1))
        points: list[XY] | None = None
        if length >= 0.0:
            points = [start]
            if turns:
                points += map(tuple, self.triangles.xy[memory.ints[:turns]].tolist())
            points.append(goal)
        if memory.tick < 2_000_000_000:
            self._spare.append(memory)
        return (length, points) if points is not None else None

    def triangle_at(self, point: XY) -> int:
        """The open triangle that holds the point (to 10 nm), or −1."""
        if not self.triangles.count:
            return -1
        return int(locate(point[0], point[1], self._floats, self._ints))

    def with_open(self, is_open: Bools, shut: npt.NDArray[np.intp] | None = None) -> Mesh:
        """The same mesh with other open triangles and, beside walls, the half-edges ``shut``: a cheap view."""
        twin = self.triangles.twin
        if shut is not None and len(shut):
            twin = twin.copy()
            twin[twin[shut][twin[shut] >= 0]] = -1
            twin[shut] = -1
        return _assemble(self.triangles, twin, is_open, self._cells)

    def _new_memory(self, cap: int) -> _Memory:
        n, m = len(self.triangles.xy), self.triangles.count
        ints = np.zeros(2 * n + m + (NODE_I + 1) * cap, np.int32)
        return _Memory(np.zeros((NODE_F + 1) * cap + n), ints)


def build_mesh(triangles: Triangles) -> Mesh:
    """A mesh of which every triangle is open."""
    m = triangles.count
    if not m:
        cells = (np.zeros(2), np.ones(2), 1, np.zeros(2, np.int32), np.zeros(0, np.int32))
    else:
        low, high = triangles.xy.min(axis=0) - 1e-6, triangles.xy.max(axis=0) + 1e-6
        side = max(1, int(math.sqrt(m / 1.5)))
        step = (high - low) / side
        cells = (low, step, side, *cell_lists(triangles.xy, triangles.tri, low, step, side))
    return _assemble(triangles, triangles.twin, np.ones(m, np.bool_), cells)


def _assemble(triangles: Triangles, twin: Ints, is_open: Bools, cells: tuple[Floats, Floats, int, Ints, Ints]) -> Mesh:
    low, step, side, starts, members = cells
    m, n = triangles.count, len(triangles.xy)
    closed = np.flatnonzero((twin >= 0) & ~is_open[np.maximum(twin, 0) // 3])
    if len(closed):
        twin = twin.copy()
        twin[closed] = -1
    exits = peel_dead_ends(twin, is_open)
    floats = np.concatenate([low, 1.0 / step, np.zeros(2), triangles.xy[triangles.tri].ravel()])
    half_edges = np.column_stack([triangles.tri.ravel(), twin]).ravel()
    head = np.array([m, n, side, 0], np.int32)
    ints = np.concatenate([head, half_edges, exits, triangles.corner.astype(np.int32), starts, members])
    return Mesh(triangles, is_open, flood(twin, is_open), floats, ints.astype(np.int32), cells)
