"""What an IMDF archive must get right beyond single features: where it is, which floors it has, doors on walls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import shapely
from shapely.geometry import LineString, shape
from shapely.strtree import STRtree

from spatial.imdf_features import Faults, Feature, texts_of
from spatial.plan import Origin, Unit
from spatial.space import BLOCKED

ON_WALL_M = 0.3
"""How far an opening may be drawn from the edge of its unit and still count as lying on it."""

ALONG = 0.5
"""Share of its length for which an opening must run along its wall."""

OVERLAP_M2 = 0.5
OVERLAP, NESTED = 0.05, 0.95
"""Units overlap when they share more floor than this, in m² and as a share of the smaller one; a unit that shares
more than ``NESTED`` of its floor lies within the other, as a booth in a hall does."""

HIGHEST = 1000
"""Ordinals beyond this are slips of the pen."""


def find_origin(features: dict[str, list[Feature]], rotation_deg: float, faults: Faults) -> Origin | None:
    """The venue's display point, else the middle of the venue, else of the levels."""
    venues = features["venue"]
    if len(venues) != 1:
        faults.add_file("venue.geojson", f"{len(venues)} venues, expected exactly 1: the first usable one counts")
    for venue in venues:
        point = venue.properties.get("display_point")
        try:
            lon, lat = point["coordinates"][:2] if isinstance(point, dict) else (None, None)
            if isinstance(lon, int | float) and isinstance(lat, int | float) and abs(lon) <= 180 and abs(lat) <= 90:
                return Origin(float(lat), float(lon), rotation_deg)
        except (KeyError, TypeError, ValueError):
            pass
        faults.add(venue, "display_point is missing or not a Point: the middle of the outline is the origin")
    for kind in ("venue", "level", "unit"):
        for feature in features[kind]:
            try:
                middle = shape(feature.geometry).centroid  # type: ignore[arg-type]
            except (shapely.errors.ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError):
                continue
            if not middle.is_empty and abs(middle.x) <= 180 and abs(middle.y) <= 90:
                return Origin(float(middle.y), float(middle.x), rotation_deg)
    return None


def read_ordinal(feature: Feature, faults: Faults) -> int | None:
    """The level's ordinal; None, with a fault, when it is no whole number that a building can have."""
    ordinal = feature.properties.get("ordinal")
    number = isinstance(ordinal, int | float) and not isinstance(ordinal, bool)
    if isinstance(ordinal, int | float) and number and abs(ordinal) <= HIGHEST and ordinal == int(ordinal):
        return int(ordinal)
    faults.add(feature, f"ordinal is {ordinal!r}: give the level a whole number, 0 for the ground (left out)")
    return None


def check_floors(levels: Iterable[Feature], kept: Mapping[str, int], faults: Faults) -> None:
    """A fault for each level that shares its ordinal with an earlier one of the same building.

    ``kept``: level id → ordinal of the levels that are read. Levels of different buildings may share ordinals.
    """
    first: dict[tuple[str, int], str] = {}
    for level in levels:
        if level.id not in kept or level.properties.get("outdoor") is True:
            continue
        ordinal = kept[level.id]
        for building in texts_of(level.properties.get("building_ids")) or ("",):
            other = first.setdefault((building, ordinal), level.id)
            if other != level.id:
                faults.add(
                    level,
                    f"ordinal {ordinal} is also that of level {other} in the same building: give each floor its own "
                    "ordinal (both are kept as one floor)",
                )
                break


def check_overlaps(units: Iterable[Unit], files: Mapping[str, Feature], faults: Faults) -> None:
    """A fault for each pair of walkable units of one level that share floor without one lying within the other."""
    by_level: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.category not in BLOCKED:
            by_level.setdefault(unit.level_id, []).append(unit)
    for floor in by_level.values():
        shapes = [unit.geometry for unit in floor]
        pairs = STRtree(shapes).query(shapes, predicate="intersects")
        for i, j in sorted({(int(a), int(b)) for a, b in pairs.T if a < b}):
            shared, least = shapes[i].intersection(shapes[j]).area, min(shapes[i].area, shapes[j].area)
            if shared > OVERLAP_M2 and OVERLAP * least < shared < NESTED * least:
                faults.add(
                    files[floor[j].id],
                    f"shares {shared:.1f} m² with unit {floor[i].id}: let their edges meet (each edge is a wall, so "
                    "the shared floor may be cut off)",
                )


def wall_fault(line: LineString, edges: STRtree) -> str | None:
    """Why an opening is no doorway of any unit, or None. ``edges``: the unit edges of its level."""
    if not len(edges.geometries):
        return "the opening lies on a level without units: draw the units it joins (left out)"
    edge = edges.geometries[edges.nearest(line.interpolate(0.5, normalized=True))]
    ends = np.array([shapely.Point(line.coords[0]), shapely.Point(line.coords[-1])])
    off = float(shapely.distance(ends, edge).max())
    if off > ON_WALL_M:
        return f"the opening lies {off:.2f} m off the edge of any unit: draw it on the wall (left out)"
    feet = shapely.get_coordinates(shapely.shortest_line(ends, edge))[1::2]
    if float(np.hypot(*(feet[1] - feet[0]))) < ALONG * float(shapely.distance(ends[0], ends[1])):
        return "the opening stands across its wall: draw it along the wall, from jamb to jamb (left out)"
    return None
