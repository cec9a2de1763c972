"""Ways through the building: doors in their openings; stairs, escalators and ramps between levels."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely

from assets.twin_parts import Part, copies_of
from assets.twin_walls import RAILED, Storey
from spatial.plan import XY, Connector, Opening, Plan, Unit
from spatial.space import is_shut

RISER_M = 0.168
DOG_LEG_M = 2.2
"""A stairwell at least this wide has two flights with a landing between them."""

Row = tuple[float, float, float, float, float, float, float]


def build_doors(storey: Storey) -> list[Part]:
    """One part per kind of door; ``extras.opening_ids`` in the order of the copies."""
    n = storey.level.ordinal
    lifts = [u.geometry for u in storey.units if u.category == "elevator"]
    railed = [u.geometry for u in storey.units if u.category in RAILED]
    tree, open_tree = shapely.STRtree(lifts), shapely.STRtree(railed)
    rows: dict[str, list[Row]] = defaultdict(list)
    ids: dict[str, list[str]] = defaultdict(list)
    for opening in storey.openings:
        (x0, y0), (x1, y1) = opening.line.coords[0][:2], opening.line.coords[-1][:2]
        width = math.hypot(x1 - x0, y1 - y0)
        if width < 0.3 or len(open_tree.query(opening.line, predicate="dwithin", distance=0.1)):
            continue  # a gap in a railing has no door
        at_lift = bool(len(tree.query(opening.line, predicate="dwithin", distance=0.2)))
        model = "lift" if at_lift else _door_model(opening, width)
        ids[model].append(opening.id)
        rows[model].append(((x0 + x1) / 2, (y0 + y1) / 2, 0.0, math.atan2(y1 - y0, x1 - x0), width, 1.0, 1.0))
    return [
        Part(
            f"{n}/doors-{model}",
            n,
            copies=copies_of(model, rows[model]),
            extras={"kind": "doors", "opening_ids": ids[model]},
        )
        for model in sorted(rows)
    ]


def _door_model(opening: Opening, width: float) -> str:
    if "outofservice" in opening.access_control:
        return "shut"
    if opening.category == "emergencyexit":
        return "exit"
    if is_shut(opening):
        return "shut"
    if opening.door_type in ("open", "none") or width > 2.6:
        return "passage"
    return "door" if width <= 1.3 else "double"


def build_ways(plan: Plan, storeys: Sequence[Storey]) -> list[Part]:
    """Flights, landings and escalators, each on the level where it begins; ``extras.connector_ids`` name the copies."""
    by_level = {s.level.id: s for s in storeys}
    units = {u.id: u for u in plan.units}
    rows: dict[tuple[int, str], list[Row]] = defaultdict(list)
    ids: dict[tuple[int, str], list[str]] = defaultdict(list)
    for connector in plan.connectors:
        stops = [(by_level[s.level_id], units.get(s.unit_id or "")) for s in connector.stops if s.level_id in by_level]
        for (low, unit), (high, _) in pairwise(stops):
            rise = high.level.elevation_m - low.level.elevation_m
            if unit is None or rise <= 0.3:
                continue
            for model, row in _flights(connector, unit, rise, low):
                rows[low.level.ordinal, model].append(row)
                ids[low.level.ordinal, model].append(connector.id)
    return [
        Part(f"{n}/ways-{model}", n, copies=copies_of(model, rows[n, model]),
             extras={"kind": "ways", "connector_ids": ids[n, model]})
        for n, model in sorted(rows)
    ]  # fmt: skip


def _flights(connector: Connector, unit: Unit, rise: float, low: Storey) -> list[tuple[str, Row]]:
    """The copies that fill a stairwell from one level to the next."""
    if connector.kind == "elevator":
        return []
    foot, along, length, width = _well(unit, low.openings)
    turn = math.atan2(along[1], along[0])
    across = (along[1], -along[0])  # the model's x when its y runs along

    def at(run: float, side: float, up: float) -> tuple[float, float, float]:
        return foot[0] + along[0] * run + across[0] * side, foot[1] + along[1] * run + across[1] * side, up

    def row(run: float, side: float, up: float, back: bool, size: tuple[float, float, float]) -> Row:
        return (*at(run, side, up), turn - math.pi / 2 + (math.pi if back else 0.0), *size)

    if connector.kind == "escalator":
        return [("escalator", row(0.0, -width / 2, 0.0, False, (width, length, rise)))]
    if connector.kind == "ramp":
        return [("flight-0", row(0.0, -width / 2, 0.0, False, (width, length, rise)))]
    steps = max(2, math.ceil(rise / RISER_M))
    entry = min(1.3, 0.2 * length)
    if width < DOG_LEG_M or length < 3.0:
        run = length - entry
        return [
            (f"flight-{steps}", row(entry, -width / 2, 0.0, False, (width, run, rise))),
        ]
    rest, half, gap = min(1.5, 0.25 * length), math.ceil(steps / 2), 0.12
    run, wide, middle = length - entry - rest, (width - gap) / 2, rise / 2
    return [
        (f"flight-{half}", row(entry, -width / 2, 0.0, False, (wide, run, middle))),
        (f"flight-{half}", row(entry + run, width / 2, middle, True, (wide, run, middle))),
        ("landing", row(length - rest / 2, 0.0, middle - 0.18, False, (width, rest, 0.18))),
        ("landing", row(entry / 2, 0.0, rise - 0.18, False, (width, entry, 0.178))),
    ]


def _well(unit: Unit, openings: Sequence[Opening]) -> tuple[XY, XY, float, float]:
    """Middle of the end where one enters, unit vector away from it, length and width of a stairwell."""
    corners = shapely.get_coordinates(shapely.oriented_envelope(unit.geometry))[:4]
    sides = [np.roll(corners, -k, axis=0)[:2] for k in range(4)]
    lengths = [float(np.hypot(*(b - a))) for a, b in sides]
    k = 0 if lengths[0] <= lengths[1] else 1
    ends = [sides[k].mean(axis=0), sides[k + 2].mean(axis=0)]
    doors = [o.line for o in openings if o.line.distance(unit.geometry) < 0.3]
    gaps = [min((float(d.distance(shapely.Point(end))) for d in doors), default=0.0) for end in ends]
    near, far = (ends[0], ends[1]) if gaps[0] <= gaps[1] else (ends[1], ends[0])
    length, width = lengths[(k + 1) % 4], lengths[k]
    along = (far - near) / max(length, 1e-6)
    return (float(near[0]), float(near[1])), (float(along[0]), float(along[1])), length, width
