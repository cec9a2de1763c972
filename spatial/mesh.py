"""The building made ready to be walked: a mesh for each floor, clearance and profile, made when first asked for.

A ``Building`` never changes. ``closing`` gives another view of it in which openings, units or connectors are shut;
views share the meshes and differ in masks only, so that a closure takes about a millisecond. Only an obstacle of free
shape (``areas``) needs its floor triangulated anew.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from spatial.navmesh import Mesh, build_mesh
from spatial.plan import XY, Plan
from spatial.space import STEPPED, FloorSpace, build_floor_space
from spatial.triangles import Bools, Triangles, faces_of, triangulate

Profile = Literal["walk", "step-free", "robot"]

CLEARANCE_M: Mapping[Profile, float] = {"walk": 0.25, "step-free": 0.25, "robot": 0.45}
"""Distance kept from walls and obstacles by the middle of who walks."""

NARROWEST_DOOR_M: Mapping[Profile, float] = {"walk": 0.0, "step-free": 0.0, "robot": 0.7}
"""Doors below this width are walls."""

WHEELS_CANNOT_PASS = frozenset({"revolving", "turnstile", "turnstile.fullheight", "turnstile.waistheight"})
"""Door types closed to the profiles step-free and robot."""

SLIM_M = 0.02
"""Clearance of nobody: where even this does not get through, there is no gap at all."""

STAFF_ONLY = frozenset({"employeesonly", "restricted"})

SNAP_M = 10.0
"""How far outside the free space a start or goal may lie."""

POCKET_M2 = 0.5
"""Pieces of free space smaller than this (a gap between a shelf and a wall) are nowhere to stand."""


@dataclass(frozen=True, slots=True)
class _Base:
    """A floor triangulated once: what every view and profile of one clearance shares."""

    space: FloorSpace
    triangles: Triangles
    mesh: Mesh
    gates: dict[str, np.ndarray[tuple[int], np.dtype[np.intp]]]


@dataclass(frozen=True, slots=True, eq=False)
class Building:
    """A plan that can be walked. ``closed``: ids of openings, units and connectors that are shut in this view.

    ``slim``: the view of somebody without width, who tells a gap that is too narrow from no gap.
    """

    plan: Plan
    closed: frozenset[str] = frozenset()
    areas: tuple[tuple[int, Polygon], ...] = ()
    _bases: dict[tuple[object, ...], _Base] = field(default_factory=dict)
    _views: dict[tuple[object, ...], Mesh] = field(default_factory=dict)
    walked: dict[tuple[object, ...], object] = field(default_factory=dict)
    slim: bool = False

    def closing(self, ids: Iterable[str] = (), areas: Iterable[tuple[int, Polygon]] = ()) -> Building:
        """A view in which, besides what is shut already, these ids are shut and these (ordinal, area) blocked."""
        return Building(self.plan, self.closed | frozenset(ids), (*self.areas, *areas), self._bases, slim=self.slim)

    def opening(self, ids: Iterable[str]) -> Building:
        """A view in which these ids are no longer shut."""
        return Building(self.plan, self.closed - frozenset(ids), self.areas, self._bases, slim=self.slim)

    def without_width(self) -> Building:
        """The view of somebody without width."""
        return Building(self.plan, self.closed, self.areas, self._bases, slim=True)

    def mesh_for(self, ordinal: int, profile: Profile = "walk", staff: bool = False) -> Mesh:
        """The mesh of one floor as this profile may walk it; ``staff`` opens restricted units."""
        key = (ordinal, profile, staff)
        if key not in self._views:
            self._views[key] = self._view(ordinal, profile, staff)
        return self._views[key]

    def space_of(self, ordinal: int, profile: Profile = "walk") -> FloorSpace:
        """The free space that the meshes of one floor are made of."""
        return self._base(ordinal, profile).space

    def unit_of_triangle(self, ordinal: int, profile: Profile, triangle: int) -> str | None:
        """Id of the unit a triangle of that floor's mesh lies in."""
        base = self._base(ordinal, profile)
        return base.space.units[int(base.triangles.label[triangle])]

    def snap(self, mesh: Mesh, point: XY, ordinal: int, profile: Profile, unit_id: str | None) -> XY | None:
        """The point itself when it is free, else the nearest free one, in the unit ``unit_id`` if that has any.

        None when no free point lies within ``SNAP_M``.
        """
        inside = mesh.triangle_at(point)
        roomy = _roomy(mesh)
        if inside >= 0 and roomy[inside]:
            return point
        base = self._base(ordinal, profile)
        groups = [roomy]
        if unit_id is not None and unit_id in base.space.units:
            faces = np.array([u == unit_id for u in base.space.units])
            groups.insert(0, roomy & faces[base.triangles.label])
        groups.append(mesh.is_open)
        for allowed in groups:
            found = nearest_point(mesh, point, allowed)
            if found is not None and math.dist(found, point) <= SNAP_M:
                return found
        return None

    def _base(self, ordinal: int, profile: Profile) -> _Base:
        areas = tuple(area for floor, area in self.areas if floor == ordinal)
        clearance, narrowest = (SLIM_M, 0.0) if self.slim else (CLEARANCE_M[profile], NARROWEST_DOOR_M[profile])
        key = (ordinal, clearance, narrowest, *(area.wkb for area in areas))
        if key not in self._bases:
            space = build_floor_space(self.plan, ordinal, clearance, narrowest, areas)
            triangles = triangulate(space.faces)
            gates = {id_: _edges_on(triangles, line) for id_, line in space.gates.items()}
            self._bases[key] = _Base(space, triangles, build_mesh(triangles), gates)
        return self._bases[key]

    def _view(self, ordinal: int, profile: Profile, staff: bool) -> Mesh:
        base = self._base(ordinal, profile)
        wheels = profile != "walk"
        shut_units = {
            unit.id
            for unit in self.plan.units
            if unit.id in self.closed
            or (wheels and unit.category in STEPPED)
            or (not staff and (unit.restriction in STAFF_ONLY or unit.category == "nonpublic"))
        }
        shut_doors = [
            base.gates[door.id]
            for door in self.plan.openings
            if door.id in base.gates and (door.id in self.closed or (wheels and door.door_type in WHEELS_CANNOT_PASS))
        ]
        open_faces = np.array([unit not in shut_units for unit in base.space.units], np.bool_)
        if (len(open_faces) == 0 or open_faces.all()) and not shut_doors:
            return base.mesh
        shut = np.concatenate(shut_doors) if shut_doors else None
        return base.mesh.with_open(open_faces[base.triangles.label], shut)


def build_building(plan: Plan) -> Building:
    """A building ready to be asked. Cheap: meshes are made at the first question that needs them."""
    return Building(plan)


def mesh_of_space(space: BaseGeometry) -> Mesh:
    """A mesh of any Polygon or MultiPolygon in plain metres, with holes, without clearance.

    Parts that overlap or share an edge are one space; parts or holes that only touch at a point are not passable there.
    """
    return build_mesh(triangulate(faces_of(space)))


def nearest_point(mesh: Mesh, point: XY, allowed: Bools) -> XY | None:
    """The point of the allowed triangles that lies nearest, a hair inside its triangle; None when none is allowed."""
    chosen = np.flatnonzero(allowed)
    if not len(chosen):
        return None
    triangles = mesh.triangles
    corners = triangles.xy[triangles.tri[chosen]]
    p = np.array(point)
    best = np.full(len(chosen), np.inf)
    where = np.zeros((len(chosen), 2))
    for k in range(3):
        a, b = corners[:, k], corners[:, (k + 1) % 3]
        edge = b - a
        share = np.clip(((p - a) * edge).sum(axis=1) / np.maximum((edge * edge).sum(axis=1), 1e-30), 0.0, 1.0)
        foot = a + share[:, None] * edge
        distance = np.hypot(*(foot - p).T)
        nearer = distance < best
        best[nearer], where[nearer] = distance[nearer], foot[nearer]
    i = int(best.argmin())
    middle = corners[i].mean(axis=0)
    inward = middle - where[i]
    size = float(np.hypot(*inward))
    foot = where[i] + inward * min(1e-7 / size, 1.0) if size > 0 else where[i]
    return float(foot[0]), float(foot[1])


def _roomy(mesh: Mesh) -> Bools:
    """Open triangles of pieces that are large enough to stand in."""
    if not mesh.triangles.count:
        return mesh.is_open
    a, b, c = (mesh.triangles.xy[mesh.triangles.tri[:, k]] for k in range(3))
    area = np.abs((b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])) / 2
    pieces = int(mesh.piece.max(initial=-1)) + 1
    total = np.bincount(np.maximum(mesh.piece, 0), weights=np.where(mesh.piece >= 0, area, 0.0), minlength=pieces)
    return np.asarray(mesh.is_open & (total[np.maximum(mesh.piece, 0)] >= POCKET_M2))


def _edges_on(triangles: Triangles, gate: BaseGeometry) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Inner half-edges that lie on the gate."""
    start = triangles.xy[triangles.tri.ravel()]
    end = triangles.xy[np.roll(triangles.tri, -1, axis=1).ravel()]
    (x0, y0), (x1, y1) = shapely.get_coordinates(gate)[[0, -1]]
    length = math.hypot(x1 - x0, y1 - y0)
    near = 1e-5

    def on(points: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        dx, dy = points[:, 0] - x0, points[:, 1] - y0
        off = np.abs((x1 - x0) * dy - (y1 - y0) * dx) / length
        along = ((x1 - x0) * dx + (y1 - y0) * dy) / length
        return np.asarray((off < near) & (along > -near) & (along < length + near))

    return np.flatnonzero(on(start) & on(end) & (triangles.twin >= 0))
