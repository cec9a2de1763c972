"""The free space of one floor: where the middle of a person (or robot) of a given clearance can be.

Rules, in the order in which they are applied:

* A unit's edge is a wall. Each walkable unit is shrunk by the clearance; where another unit's edge runs through it,
  that edge is a wall too. A unit too narrow for the clearance is shrunk by half or a quarter of it instead.
* Columns, walls and voids among the units, fixtures, kiosks and shelving are grown by the clearance and taken away.
* Each usable opening then gives a passage: a straight strip through the wall, kept clear of the jambs. A door
  narrower than twice the clearance keeps ``NARROW`` of its width on either side instead, so that it stays passable.
* A door is also a *gate*: a line across its passage along which the space is cut, so that closing it costs nothing.

Corners are mitred: a path keeps at least the clearance from a straight wall and somewhat more from a sharp corner.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from spatial.plan import XY, Opening, Plan, ShelfFace, Unit
from spatial.shelves import reader_side

BLOCKED = frozenset({"column", "brick", "concrete", "drywall", "glass", "wood", "structure", "opentobelow"})
"""Unit categories that nobody walks in."""

STEPPED = frozenset({"stairs", "steps", "escalator"})
"""Unit categories closed to wheels."""

SHELF_DEPTH_M = 0.3
"""Depth of the shelving behind a face that no fixture stands for."""

NARROW = 0.4
"""Share of a narrow door's width that is kept from each jamb."""

WALL_REACH_M = 0.5
"""How far from an opening the unit it leads to may begin (thick walls, openings drawn off the edge)."""

OFF_WALL_M = 0.4
"""How far beside its wall an opening may be drawn and still be its door (a little more than an import allows)."""

GRID_M = 1e-6
_MITRE = 2.0


@dataclass(frozen=True, slots=True)
class FloorSpace:
    """Free space of one floor in pieces that meet along gates.

    ``units``: for each face the id of the unit it lies in, or None. ``gates``: opening id → line across its passage.
    """

    faces: tuple[Polygon, ...]
    units: tuple[str | None, ...]
    gates: dict[str, LineString]


def build_floor_space(
    plan: Plan, ordinal: int, clearance_m: float, narrowest_door_m: float = 0.0, areas: Sequence[Polygon] = ()
) -> FloorSpace:
    """Free space of all levels of one ordinal. ``areas``: further obstacles. Doors below the width are walls."""
    levels = {level.id for level in plan.levels if level.ordinal == ordinal}
    units = [u for u in plan.units if u.level_id in levels]
    walkable = [u for u in units if u.category not in BLOCKED]
    solids: list[BaseGeometry] = list(shelf_bodies(plan, levels))
    solids += [u.geometry for u in units if u.category in BLOCKED]
    solids += [f.geometry for f in plan.fixtures if f.level_id in levels]
    solids += [k.geometry for k in plan.kiosks if k.level_id in levels]
    solids += list(areas)
    walls = [shapely.boundary(u.geometry) for u in walkable]
    tree, wall_tree = STRtree([u.geometry for u in walkable]), STRtree(walls)
    rooms = [_shrunk(i, walkable, walls, wall_tree, clearance_m) for i in range(len(walkable))]
    solid = shapely.union_all([_grown(s, clearance_m) for s in solids])
    free: BaseGeometry = shapely.union_all(rooms).difference(solid)
    gates: dict[str, LineString] = {}
    solid_tree = STRtree(solids)
    for opening in plan.openings:
        if opening.level_id not in levels or opening.line.length < narrowest_door_m or is_shut(opening):
            continue
        passage = _passage(opening, clearance_m, walkable, tree, walls, wall_tree, solids, solid_tree)
        if passage is not None:
            strip, gate = passage
            free = free.union(strip)
            gates[opening.id] = gate
    faces = _cut(shapely.set_precision(free, GRID_M), gates.values())
    return FloorSpace(tuple(faces), tuple(_unit_of(face, walkable, tree) for face in faces), gates)


def is_shut(opening: Opening) -> bool:
    """Whether the venue itself says that no walker passes: out of service, for emergencies, or for cars only."""
    return "outofservice" in opening.access_control or opening.category in ("emergencyexit", "automobile")


def shelf_bodies(plan: Plan, level_ids: Iterable[str]) -> list[Polygon]:
    """A box behind each face of these levels at whose middle no fixture stands."""
    wanted = set(level_ids)
    standing = [f.geometry for f in plan.fixtures if f.level_id in wanted]
    tree = STRtree(standing)
    bodies = []
    for face in plan.faces:
        if face.level_id not in wanted:
            continue
        middle = shapely.Point((face.start[0] + face.end[0]) / 2, (face.start[1] + face.end[1]) / 2)
        if len(standing) and len(tree.query(middle, predicate="dwithin", distance=0.1)):
            continue
        bodies.append(_body(face))
    return bodies


def _body(face: ShelfFace) -> Polygon:
    east, north = (-SHELF_DEPTH_M * c for c in reader_side(face))
    (x0, y0), (x1, y1) = face.start, face.end
    return Polygon([(x0, y0), (x1, y1), (x1 + east, y1 + north), (x0 + east, y0 + north)])


def _grown(shape: BaseGeometry, by: float) -> BaseGeometry:
    return shapely.buffer(shape, by, join_style="mitre", mitre_limit=_MITRE, cap_style="square")


def _shrunk(
    i: int, units: Sequence[Unit], walls: Sequence[BaseGeometry], wall_tree: STRtree, clearance_m: float
) -> BaseGeometry:
    unit = units[i].geometry
    for share in (1.0, 0.5, 0.25):
        inner: BaseGeometry = shapely.buffer(unit, -clearance_m * share, join_style="mitre", mitre_limit=_MITRE)
        if inner.is_empty:
            continue
        crossing = [j for j in wall_tree.query(inner, predicate="intersects") if j != i]
        if crossing:
            inner = inner.difference(shapely.union_all([_grown(walls[j], clearance_m * share) for j in crossing]))
        return inner
    return Polygon()


def _passage(
    opening: Opening,
    clearance_m: float,
    units: Sequence[Unit],
    tree: STRtree,
    walls: Sequence[BaseGeometry],
    wall_tree: STRtree,
    solids: Sequence[BaseGeometry],
    solid_tree: STRtree,
) -> tuple[BaseGeometry, LineString] | None:
    """The strip through the wall and the line across it; None when the opening leads to no walkable unit."""
    (x0, y0), (x1, y1) = opening.line.coords[0], opening.line.coords[-1]
    width = math.hypot(x1 - x0, y1 - y0)
    if width < 0.05:
        return None
    keep = min(clearance_m, NARROW * width)
    half = width / 2 - keep
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    along = ((x1 - x0) / width, (y1 - y0) / width)
    across = (-along[1], along[0])
    on_wall = _onto_wall(middle, across, units, tree, walls, wall_tree)
    if on_wall is None:
        return None
    middle = on_wall
    depths = [_depth(middle, across, sign, units, tree) for sign in (1.0, -1.0)]
    if depths[0] is None and depths[1] is None:
        return None
    front, back = (0.0 if d is None else d + clearance_m + 0.05 for d in depths)
    strip = _strip(middle, along, half, front, back)
    # walls that do not belong to this doorway stay walls
    doorway = 0.35 + max(d or 0.0 for d in depths)
    own = _strip(middle, along, width / 2 + keep, doorway, doorway)
    near = [walls[j] for j in wall_tree.query(strip.buffer(clearance_m), predicate="intersects")]
    foreign = shapely.union_all(near).difference(own) if near else Polygon()
    taken: list[BaseGeometry] = [] if foreign.is_empty else [_grown(foreign, keep)]
    taken += [_grown(solids[j], keep) for j in solid_tree.query(strip.buffer(clearance_m), predicate="intersects")]
    left: BaseGeometry = strip.difference(shapely.union_all(taken)) if taken else strip
    reach = half + 0.01
    gate = LineString(
        [(middle[0] - reach * along[0], middle[1] - reach * along[1]),
         (middle[0] + reach * along[0], middle[1] + reach * along[1])]
    )  # fmt: skip
    return left, gate


def _onto_wall(
    middle: XY, across: XY, units: Sequence[Unit], tree: STRtree, walls: Sequence[BaseGeometry], wall_tree: STRtree
) -> XY | None:
    """The middle of an opening, moved along its normal to the wall it was drawn beside; None when there is no wall.

    An opening stands beside its wall when the same units lie on both of its sides.
    """
    (x, y), (nx, ny) = middle, across
    sides = [
        set(tree.query(shapely.Point(x + s * 0.03 * nx, y + s * 0.03 * ny), predicate="intersects").tolist())
        for s in (1, -1)
    ]
    if sides[0] != sides[1] or not sides[0]:
        return middle
    probe = LineString([(x - OFF_WALL_M * nx, y - OFF_WALL_M * ny), (x + OFF_WALL_M * nx, y + OFF_WALL_M * ny)])
    crossed = [walls[j].intersection(probe) for j in wall_tree.query(probe, predicate="intersects")]
    points = shapely.get_coordinates(crossed).tolist()
    if not points:
        return None
    east, north = min(points, key=lambda p: math.dist(p, middle))
    return float(east), float(north)


def _depth(middle: XY, across: XY, sign: float, units: Sequence[Unit], tree: STRtree) -> float | None:
    """How far from the opening a walkable unit begins on one side; None when none does within reach."""
    for step in (0.03, 0.1, 0.2, 0.3, 0.4, WALL_REACH_M):
        point = shapely.Point(middle[0] + sign * step * across[0], middle[1] + sign * step * across[1])
        if len(tree.query(point, predicate="intersects")):
            return step if step > 0.03 else 0.0
    return None


def _strip(middle: XY, along: XY, half: float, front: float, back: float) -> Polygon:
    (x, y), (ax, ay) = middle, along
    nx, ny = -ay, ax
    return Polygon(
        [
            (x - half * ax - back * nx, y - half * ay - back * ny),
            (x + half * ax - back * nx, y + half * ay - back * ny),
            (x + half * ax + front * nx, y + half * ay + front * ny),
            (x - half * ax + front * nx, y - half * ay + front * ny),
        ]
    )


def _cut(free: BaseGeometry, gates: Iterable[LineString]) -> list[Polygon]:
    """The free space cut along the gates; pieces that meet at a gate share its ends exactly."""
    pieces = [p for p in shapely.get_parts(free) if isinstance(p, Polygon | MultiPolygon) and not p.is_empty]
    if not pieces:
        return []
    lines = shapely.union_all([*(shapely.boundary(p) for p in pieces), *gates], grid_size=GRID_M)
    faces = shapely.get_parts(shapely.polygonize(list(shapely.get_parts(lines))))
    shapely.prepare(free)
    return [
        face
        for face in faces
        if isinstance(face, Polygon) and face.area > 1e-9 and free.intersects(face.representative_point())
    ]


def _unit_of(face: Polygon, units: Sequence[Unit], tree: STRtree) -> str | None:
    found = tree.query(face.representative_point(), predicate="intersects")
    if not len(found):
        found = tree.query(face, predicate="intersects")
    return min((units[i] for i in found), key=lambda u: (u.geometry.area, u.id)).id if len(found) else None
