"""Floors and walls of one level, with the doorways cut out.

A unit's edge is a wall (see ``spatial/space.py``). Edges on the level's outline become façade: a sill, glass and a
beam. Edges of voids and escalators become a glass railing. Everything else is plain wall with its doorways cut through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from assets import twin_palette as paint
from assets.glb import Colour
from assets.twin_models import HALF_WALL_M, WALL_M
from assets.twin_parts import Part
from assets.twin_surface import Surface, extrude, flats_of, join, quads, walls_of
from spatial.plan import Level, Opening, Plan, Unit
from spatial.space import BLOCKED

VOID = "opentobelow"
RAILED = frozenset({VOID, "escalator"})
SILL_M, BEAM_M, RAIL_M, SLAB_M = 0.85, 2.4, 1.05, 0.25
EDGE_M = 0.02
"""How near to the outline an edge counts as part of it."""

CUT_M = 0.3
"""How far a doorway is cut to either side of its line."""

PLAIN_M = 0.004
"""A corner that stands out less than this from a straight wall is left out."""

SHADE_M = 0.45
"""Width of the shaded strip of floor along a wall."""


@dataclass(frozen=True, slots=True, eq=False)
class Storey:
    """What the plan says of one level."""

    level: Level
    units: tuple[Unit, ...]
    openings: tuple[Opening, ...]
    ground: bool
    height_m: float

    @property
    def wall_m(self) -> float:
        """Height of the walls: below the next floor."""
        return min(WALL_M, self.height_m - SLAB_M)


def storeys_of(plan: Plan) -> list[Storey]:
    """The levels from below upwards."""
    levels = sorted(plan.levels, key=lambda level: (level.ordinal, level.id))
    heights = sorted({level.elevation_m for level in levels})
    made = []
    for level in levels:
        above = [h for h in heights if h > level.elevation_m + 1.0]
        made.append(
            Storey(
                level,
                tuple(u for u in plan.units if u.level_id == level.id),
                tuple(o for o in plan.openings if o.level_id == level.id),
                level.elevation_m <= heights[0],
                above[0] - level.elevation_m if above else WALL_M + 2 * SLAB_M,
            )
        )
    return made


def build_floor(storey: Storey) -> list[Part]:
    """The floor, coloured by what the rooms are for and darker along the walls, and the edge of the slab."""
    n = storey.level.ordinal
    open_kinds = {VOID} if storey.ground else {VOID, "stairs", "escalator", "steps"}
    units = [u for u in storey.units if u.category not in open_kinds]
    holes = [u.geometry for u in storey.units if u.category in open_kinds]
    slab: Any = storey.level.outline
    shapes: Any = np.array([u.geometry for u in units], object)
    if holes or len(units):
        slab = shapely.difference(storey.level.outline, shapely.union_all([*shapes, *holes]))
    rest = np.array([p for p in shapely.get_parts(slab) if p.area > 0.05], object)
    surfaces, ids = [], np.empty(0, np.int64)
    if len(units):
        surface, ids = _shaded_floor(shapes, np.array([paint.floor_color(u.category) for u in units]))
        surfaces.append(surface)
    if len(rest):
        bare, _ = flats_of(rest, 0.0, np.array(paint.FLOOR))
        surfaces.append(bare)
        ids = np.concatenate([ids, np.full(len(bare.points), len(units))])
    whole = shapely.difference(storey.level.outline, shapely.union_all(holes)) if holes else storey.level.outline
    edge = walls_of(whole, -SLAB_M, 0.0, paint.SLAB, 0.85)
    under, _ = flats_of(whole, -SLAB_M, np.array(paint.shaded(paint.SLAB, 0.9)), up=False)
    names = {"kind": "floor", "unit_ids": [u.id for u in units]}
    return [
        Part(f"{n}/floor", n, "floor", join(surfaces), feature_ids=ids, extras=names),
        Part(f"{n}/slab", n, "stone", join([edge, under]), extras={"kind": "slab"}),
    ]


def _shaded_floor(shapes: Any, colors: Any) -> tuple[Surface, Any]:
    """Each shape in two pieces, the strip along its edge and the rest, so that corners can carry the shade."""
    inner = shapely.buffer(shapes, -SHADE_M, join_style="mitre", mitre_limit=2.0)
    strips = shapely.difference(shapes, inner)
    pieces = np.concatenate([strips, inner])
    unit = np.tile(np.arange(len(shapes)), 2)
    surface, unit = flats_of(pieces, 0.0, colors, owners=unit)
    edges = shapely.boundary(shapes)[unit]
    gap = shapely.distance(shapely.points(surface.points[:, :2]), edges)
    shade = np.where(gap < SHADE_M / 2, 0.74, 1.0)
    surface.colors[:, :3] *= shade[:, None]
    return surface, unit


def build_walls(storey: Storey) -> list[Part]:
    """Walls, façade, railings and glass."""
    n, height = storey.level.ordinal, storey.wall_m
    if storey.level.outdoor:
        return []
    rim = shapely.boundary(storey.level.outline)
    near_rim = shapely.buffer(rim, EDGE_M, cap_style="flat", join_style="mitre")
    rooms = [u.geometry for u in storey.units if u.category not in BLOCKED]
    railed = [shapely.boundary(u.geometry) for u in storey.units if u.category in RAILED]
    lines = shapely.boundary(np.array(rooms, object)) if rooms else np.empty(0, object)
    edges = shapely.union_all(lines) if len(lines) else shapely.LineString()
    near_rail = shapely.buffer(shapely.union_all(railed), EDGE_M, cap_style="flat", join_style="mitre")
    inside = shapely.difference(shapely.difference(edges, near_rim), near_rail)
    fences = shapely.difference(shapely.union_all(railed), near_rim) if railed else shapely.LineString()
    cuts = _cuts(storey.openings)
    walls = _thick(inside, cuts)
    facade = _thick(rim, cuts)
    solid = [u.geometry for u in storey.units if u.category in BLOCKED and u.category != VOID]
    rails = shapely.difference(fences, cuts) if cuts is not None else fences
    plain = [
        _topped(walls, cuts, 0.0, height, paint.WALL),
        _topped(facade, cuts, 0.0, min(SILL_M, height), paint.SILL),
        _topped(facade, cuts, min(BEAM_M, height - 0.2), height + 0.01, paint.SILL),
        *([extrude(solid, 0.0, height, paint.COLUMN, 0.75)] if solid else []),
        _rail_bars(rails),
    ]
    panes = shapely.difference(rim, cuts) if cuts is not None else rim
    glass = join([_panes(panes, SILL_M, BEAM_M), _panes(rails, 0.05, RAIL_M)])
    made = [Part(f"{n}/walls", n, "wall", join(plain), extras={"kind": "walls"})]
    if not glass.empty:
        made.append(Part(f"{n}/glass", n, "glass", glass, extras={"kind": "glass"}))
    return made


def _cuts(openings: Sequence[Opening]) -> Any:
    if not openings:
        return None
    lines = np.array([o.line for o in openings], object)
    return shapely.union_all(shapely.buffer(lines, CUT_M, cap_style="flat"))


def _thick(lines: Any, cuts: Any) -> Any:
    pieces = shapely.get_parts(shapely.line_merge(lines))  # piece by piece is three times faster than all at once
    wide = shapely.buffer(pieces, HALF_WALL_M, cap_style="square", join_style="mitre", mitre_limit=2.0)
    thick: Any = shapely.union_all(wide)
    if cuts is not None:
        thick = shapely.difference(thick, cuts)
    return shapely.simplify(thick, PLAIN_M)  # where walls met on one line, corners are left that turn nowhere


def _topped(shape: Any, cuts: Any, low: float, high: float, color: Colour) -> Surface:
    """Walls with their tops, without the ends that stand behind door frames."""
    parts = np.array([p for p in shapely.get_parts(shape) if p.area > 1e-3], object)
    if not len(parts):
        return join([])
    top, _ = flats_of(parts, high, np.array(paint.WALL_TOP if low == 0.0 and high > 1.5 else color))
    sides = walls_of(parts, low, high, color, 0.78 if low == 0.0 else 1.0)
    if cuts is not None:
        middles = sides.points.reshape(-1, 4, 3)[:, 1:3, :2].mean(axis=1)
        inside = shapely.dwithin(shapely.points(middles), cuts, 1e-4)
        sides = Surface(sides.points, sides.normals, sides.colors, sides.triangles[~np.repeat(inside, 2)]).pruned()
    return join([sides, top.in_order()])


def _panes(lines: Any, low: float, high: float) -> Surface:
    a, b = _segments(lines)
    floor, roof = np.full((len(a), 1), low), np.full((len(a), 1), high)
    corners = np.stack([np.hstack(p) for p in ((a, floor), (b, floor), (b, roof), (a, roof))], axis=1)
    return quads(corners, [paint.GLASS])


def _rail_bars(lines: Any) -> Surface:
    bars = shapely.buffer(lines, 0.03, cap_style="flat", join_style="mitre", mitre_limit=2.0)
    parts = np.array([p for p in shapely.get_parts(bars) if p.area > 1e-4], object)
    return extrude(parts, RAIL_M, RAIL_M + 0.05, paint.RAIL) if len(parts) else join([])


def _segments(lines: Any) -> tuple[Any, Any]:
    xy, line = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    same = np.flatnonzero(line[1:] == line[:-1])
    return xy[same], xy[same + 1]
