"""Is this building fit for use? Faults of the plan as it can be walked, each with what, where and what to do.

Looked for: levels nothing leads to, units without a door or cut off (islands), shelves and amenities that cannot be
reached, shelf faces off their level or with nowhere to stand, and ranges that overlap or cannot be told apart.
"""

from __future__ import annotations

import math
from collections import Counter

import shapely
from shapely.geometry import Point

from spatial.locate import marked_entrance, unit_at
from spatial.mesh import Building, build_building
from spatial.plan import Fault, Plan, ShelfFace, Unit, text_in
from spatial.read_shelves import overlapping
from spatial.shelves import shelf_point, standing_point
from spatial.space import BLOCKED

MOVED_M = 0.7
"""A reader who must stand farther than this from the place before the shelf cannot reach the books."""


def check_plan(plan: Plan, building: Building | None = None) -> tuple[Fault, ...]:
    """All faults of the plan, those of the venue first. ``building``: a building of the plan, made if not given."""
    walked = building if building is not None and building.plan == plan else build_building(plan)
    reach = _Reach(walked)
    faults = [*_levels(plan), *_islands(plan, reach), *_amenities(plan, reach)]
    faults += [f for face in plan.faces if (f := _face(plan, face, reach)) is not None]
    faults += [Fault("shelves", message, b.range_id) for _, b, message in overlapping(plan.faces)]
    return tuple(faults)


class _Reach:
    """Which pieces of free space hang together, across floors by connectors.

    The building proper is what hangs together with the principal entrance, where readers come in; when the plan marks
    no entrance, or nobody can stand there, it is the largest part.
    """

    def __init__(self, building: Building) -> None:
        self._building = building
        self._parent: dict[tuple[int, int], tuple[int, int]] = {}
        plan = building.plan
        self._ordinal = {level.id: level.ordinal for level in plan.levels}
        area: Counter[tuple[int, int]] = Counter()
        for ordinal in sorted(set(self._ordinal.values())):
            mesh = building.mesh_for(ordinal, staff=True)
            a, b, c = (mesh.triangles.xy[mesh.triangles.tri[:, k]] for k in range(3))
            sizes = abs((b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])) / 2
            for piece, size in zip(mesh.piece.tolist(), sizes.tolist(), strict=True):
                area[ordinal, piece] += size
        for connector in plan.connectors:
            stops = [self._at(stop.point, self._ordinal[stop.level_id], stop.unit_id) for stop in connector.stops]
            known = [piece for piece, _ in stops if piece is not None]
            for piece in known[1:]:
                self._parent[self._find(piece)] = self._find(known[0])
        total: Counter[tuple[int, int]] = Counter()
        for piece, size in area.items():
            if piece[1] >= 0:
                total[self._find(piece)] += size
        self._main = self._entered(plan) or (total.most_common(1)[0][0] if total else None)

    def of(self, point: tuple[float, float], level_id: str, unit_id: str | None = None) -> tuple[bool, float]:
        """Whether the point belongs to the building proper, and how far it had to be moved into free space (m)."""
        piece, moved = self._at(point, self._ordinal[level_id], unit_id)
        return piece is not None and self._find(piece) == self._main, moved

    def _entered(self, plan: Plan) -> tuple[int, int] | None:
        """The part that the marked entrance opens into."""
        entrance = marked_entrance(plan)
        if entrance is None:
            return None
        piece, _ = self._at(entrance.point, entrance.ordinal, entrance.unit_id)
        return self._find(piece) if piece is not None and piece[1] >= 0 else None

    def _at(
        self, point: tuple[float, float], ordinal: int, unit_id: str | None
    ) -> tuple[tuple[int, int] | None, float]:
        mesh = self._building.mesh_for(ordinal, staff=True)
        free = self._building.snap(mesh, point, ordinal, "walk", unit_id)
        triangle = mesh.triangle_at(free) if free is not None else -1
        if free is None or triangle < 0:
            return None, math.inf
        return (ordinal, int(mesh.piece[triangle])), math.dist(free, point)

    def _find(self, piece: tuple[int, int]) -> tuple[int, int]:
        while self._parent.get(piece, piece) != piece:
            piece = self._parent[piece]
        return piece


def _levels(plan: Plan) -> list[Fault]:
    faults = []
    linked = {stop.level_id for connector in plan.connectors for stop in connector.stops}
    ordinals = {level.ordinal for level in plan.levels}
    for level in plan.levels:
        if len(ordinals) > 1 and level.id not in linked and not level.outdoor:
            name = text_in(level.name, plan.language)
            faults.append(
                Fault("level", f"no stairs, lift or ramp leads to {name}: join it to another level", level.id)
            )
    return faults


def _islands(plan: Plan, reach: _Reach) -> list[Fault]:
    faults = []
    for unit in plan.units:
        if unit.category in BLOCKED:
            continue
        reached, moved = reach.of(unit.display_point, unit.level_id, unit.id)
        if not reached or math.isinf(moved):
            doors = _doors_of(plan, unit)
            why = (
                "it has no opening: draw its door as an opening on its edge"
                if not doors
                else f"its {doors} opening(s) lead nowhere that hangs together with the rest: check both sides of them"
            )
            faults.append(Fault("unit", f"{_called(plan, unit)} is an island that nobody can walk to; {why}", unit.id))
    return faults


def _doors_of(plan: Plan, unit: Unit) -> int:
    edge = shapely.boundary(unit.geometry)
    return sum(1 for o in plan.openings if o.level_id == unit.level_id and edge.distance(o.line) < 0.3)


def _amenities(plan: Plan, reach: _Reach) -> list[Fault]:
    faults = []
    for amenity in plan.amenities:
        reached, _ = reach.of(amenity.point, amenity.level_id, amenity.unit_ids[0] if amenity.unit_ids else None)
        if not reached:
            name = text_in(amenity.name, plan.language) or amenity.category
            faults.append(Fault("amenity", f"{name} cannot be reached on foot: check the doors around it", amenity.id))
    return faults


def _face(plan: Plan, face: ShelfFace, reach: _Reach) -> Fault | None:
    """The worst fault of one face: off its level, in no unit, nowhere to stand before it, or out of reach."""
    try:
        level = plan.get_level(face.level_id)
    except KeyError:
        return Fault("shelves", f"{face.range_id} stands on a level that the venue no longer has", face.range_id)
    here = text_in(level.name, plan.language)
    middle = shelf_point(face)
    if level.outline.distance(Point(middle)) > 1.0:
        return Fault("shelves", f"{face.range_id} lies outside {here}: check its coordinates and level", face.range_id)
    bays = sorted({1, (face.bays + 1) // 2, face.bays})
    for bay in bays:
        stand = standing_point(face, bay)
        unit = unit_at(plan, stand, level.ordinal)
        if unit is None:
            why = "lies in no unit: check which side of the shelf is meant (start and end may be swapped)"
        elif unit.category in BLOCKED:
            why = f"lies in {_called(plan, unit)}, where nobody walks"
        else:
            reached, moved = reach.of(stand, face.level_id, unit.id)
            if reached and moved <= MOVED_M:
                continue
            why = "cannot be reached on foot" if not reached else f"is blocked for {moved:.1f} m by obstacles"
        return Fault("shelves", f"the place before {face.range_id}, bay {bay}, on {here} {why}", face.range_id)
    return None


def _called(plan: Plan, unit: Unit) -> str:
    name = text_in(unit.name, plan.language)
    level = text_in(plan.get_level(unit.level_id).name, plan.language)
    return f"{name or unit.category} on {level}"
