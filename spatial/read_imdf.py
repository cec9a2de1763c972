"""IMDF 1.0.0 (OGC 20-094), folder or zip → plan, with a fault for each feature that is not as the standard wants it.

Faults never stop an import: the rest is kept. Only an archive of which no level with a unit can be read is refused.
Categories are kept as written, extensions included.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.strtree import STRtree

from spatial.archive import read_archive
from spatial.connectors import KINDS, Link, join_connectors
from spatial.errors import VenueError
from spatial.frames import Frame
from spatial.imdf_features import (
    Faults,
    Feature,
    category_of,
    labels_of,
    read_features,
    read_manifest,
    text_of,
    texts_of,
)
from spatial.plan import XY, Amenity, Fixture, Kiosk, Level, Occupant, Opening, Origin, Plan, Unit
from spatial.shapes import Area, ShapeError, point_inside, read_area, read_line, read_point
from spatial.twin_file import seal_plan
from spatial.venue import VenueRead, elevation_of, sort_levels

ON_WALL_M = 0.3
"""How far an opening may be drawn from the edge of its unit and still count as lying on it."""


def read_imdf(src: Path, elevations: Mapping[int, float] | None = None, rotation_deg: float = 0.0) -> VenueRead:
    """The venue in ``src``. ``elevations``: ordinal → metres above ground; others are assumed.

    ``rotation_deg``: map north, clockwise from true north. Raises VenueError when nothing can be kept.
    """
    faults = Faults()
    files = read_archive(src)
    language = read_manifest(files, faults)
    features = read_features(files, faults)
    origin = _origin(features, rotation_deg, faults)
    if origin is None:
        raise VenueError(f"{src} has no level or venue with a place on Earth: nothing can be kept", tuple(faults.found))
    reader = _Reader(features, Frame(origin), language, faults)
    levels = reader.levels(dict(elevations or {}))
    units = reader.units()
    if not levels or not units:
        missing = "level" if not levels else "unit"
        raise VenueError(f"{src} has no usable {missing}: nothing can be kept", tuple(faults.found))
    amenities = reader.amenities()
    plan = Plan(
        revision="",
        name=reader.venue_name(),
        language=language,
        origin=origin,
        levels=levels,
        units=units,
        openings=reader.openings(),
        fixtures=reader.fixtures(),
        kiosks=reader.kiosks(),
        amenities=amenities,
        occupants=reader.occupants(),
        connectors=join_connectors(levels, units, amenities, reader.links()),
    )
    counts = {kind: len(found) for kind, found in features.items() if found}
    counts.update(
        level=len(levels),
        unit=len(units),
        opening=len(plan.openings),
        amenity=len(amenities),
        occupant=len(plan.occupants),
        kiosk=len(plan.kiosks),
        connector=len(plan.connectors),
        fixture=sum(1 for f in plan.fixtures if f.category != UNDER_CONSTRUCTION),
    )
    return VenueRead(seal_plan(plan), tuple(faults.found), {k: n for k, n in counts.items() if n})


UNDER_CONSTRUCTION = "underconstruction"
"""Category of the obstacles made from IMDF geofences that close a part of a floor."""


def _origin(features: dict[str, list[Feature]], rotation_deg: float, faults: Faults) -> Origin | None:
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


class _Reader:
    """Reads one feature type after another; later types need the ids of earlier ones."""

    def __init__(self, features: dict[str, list[Feature]], frame: Frame, language: str, faults: Faults) -> None:
        self._features, self._frame, self._language, self._faults = features, frame, language, faults
        self._levels: dict[str, Level] = {}
        self._units: dict[str, Unit] = {}
        self._ids = {f.id for found in features.values() for f in found}

    def venue_name(self) -> Mapping[str, str]:
        venue = next(iter(self._features["venue"]), None)
        return labels_of(venue.properties.get("name"), self._language) if venue else {}

    def levels(self, elevations: dict[int, float]) -> tuple[Level, ...]:
        buildings = {f.id for f in self._features["building"]}
        for f in self._features["level"]:
            ordinal = f.properties.get("ordinal")
            if isinstance(ordinal, bool) or not isinstance(ordinal, int | float) or ordinal != int(ordinal):
                self._faults.add(f, f"ordinal is {ordinal!r}: give the level a whole number, 0 for the ground")
                continue
            outline = self._area(f)
            if outline is None:
                continue
            outdoor = f.properties.get("outdoor") is True
            building_ids = texts_of(f.properties.get("building_ids"))
            if not building_ids and not outdoor:
                self._faults.add(f, "an indoor level without building_ids: name its building")
            for missing in [b for b in building_ids if b not in buildings]:
                self._faults.add(f, f"building_ids names {missing}, which building.geojson does not have: correct it")
            height, assumed = elevation_of(int(ordinal), elevations)
            name = self._labels(f, "name")
            self._levels[f.id] = Level(
                f.id, int(ordinal), name, self._labels(f, "short_name") or name, height, assumed, outline, outdoor
            )
        return sort_levels(list(self._levels.values()))

    def units(self) -> tuple[Unit, ...]:
        for f in self._features["unit"]:
            area = self._area(f) if self._on_level(f) else None
            if area is None:
                continue
            self._units[f.id] = Unit(
                f.id,
                f.properties["level_id"],
                category_of(f, self._faults),
                self._labels(f, "name"),
                self._labels(f, "alt_name"),
                text_of(f.properties.get("restriction")),
                texts_of(f.properties.get("accessibility")),
                area,
                point_inside(area, self._display_point(f)),
            )
        return tuple(self._units.values())

    def openings(self) -> tuple[Opening, ...]:
        edges = {
            level: STRtree([shapely.boundary(u.geometry) for u in self._units.values() if u.level_id == level])
            for level in self._levels
        }
        read = []
        for f in self._features["opening"]:
            if not self._on_level(f):
                continue
            try:
                line = read_line(f.geometry, self._frame)
            except ShapeError as fault:
                self._faults.add(f, str(fault))
                continue
            tree = edges[f.properties["level_id"]]
            off = _off_wall(line, tree)
            if off > ON_WALL_M:
                self._faults.add(
                    f, f"the opening lies {off:.2f} m off the edge of any unit: draw it on the wall (left out)"
                )
                continue
            door = f.properties.get("door")
            door = door if isinstance(door, dict) else {}
            automatic = door.get("automatic")
            read.append(
                Opening(
                    f.id,
                    f.properties["level_id"],
                    category_of(f, self._faults),
                    texts_of(f.properties.get("access_control")),
                    texts_of(f.properties.get("accessibility")),
                    text_of(door.get("type")),
                    automatic if isinstance(automatic, bool) else None,
                    self._labels(f, "name"),
                    line,
                )
            )
        return tuple(read)

    def fixtures(self) -> tuple[Fixture, ...]:
        read = []
        for f in self._features["fixture"]:
            area = self._area(f) if self._on_level(f) else None
            if area is not None:
                read.append(
                    Fixture(
                        f.id,
                        f.properties["level_id"],
                        category_of(f, self._faults),
                        self._labels(f, "name"),
                        self._labels(f, "alt_name"),
                        area,
                    )
                )
        for f in self._features["geofence"]:
            if f.properties.get("category") != UNDER_CONSTRUCTION:
                continue
            area = self._area(f)
            for level_id in texts_of(f.properties.get("level_ids")) or tuple(self._levels):
                if area is None or level_id not in self._levels:
                    self._faults.add(f, f"level_ids names {level_id}, which is not a usable level: correct it")
                    continue
                read.append(
                    Fixture(
                        f"{f.id}@{level_id}",
                        level_id,
                        UNDER_CONSTRUCTION,
                        self._labels(f, "name"),
                        self._labels(f, "alt_name"),
                        area,
                    )
                )
        return tuple(read)

    def kiosks(self) -> tuple[Kiosk, ...]:
        read = []
        for f in self._features["kiosk"]:
            area = self._area(f) if self._on_level(f) else None
            if area is not None:
                point = point_inside(area, self._display_point(f))
                read.append(
                    Kiosk(
                        f.id,
                        f.properties["level_id"],
                        self._labels(f, "name"),
                        self._labels(f, "alt_name"),
                        area,
                        point,
                    )
                )
        return tuple(read)

    def amenities(self) -> tuple[Amenity, ...]:
        read = []
        for f in self._features["amenity"]:
            named = texts_of(f.properties.get("unit_ids"))
            unit_ids = tuple(u for u in named if u in self._units)
            for missing in [u for u in named if u not in self._units]:
                self._faults.add(f, f"unit_ids names {missing}, which is not a usable unit: correct it")
            if not unit_ids:
                self._faults.add(f, "stands in no usable unit, so its level is unknown: correct unit_ids (left out)")
                continue
            point = self._point(f)
            if point is None:
                continue
            read.append(
                Amenity(
                    f.id,
                    self._units[unit_ids[0]].level_id,
                    category_of(f, self._faults),
                    unit_ids,
                    self._labels(f, "name"),
                    self._labels(f, "alt_name"),
                    texts_of(f.properties.get("accessibility")),
                    text_of(f.properties.get("hours")),
                    text_of(f.properties.get("correlation_id")),
                    point,
                )
            )
        return tuple(read)

    def occupants(self) -> tuple[Occupant, ...]:
        anchors: dict[str, tuple[Unit, XY]] = {}
        for f in self._features["anchor"]:
            unit_id = f.properties.get("unit_id")
            unit = self._units.get(unit_id) if isinstance(unit_id, str) else None
            if unit is None:
                self._faults.add(f, f"unit_id names {unit_id!r}, which is not a usable unit: correct it (left out)")
            elif (point := self._point(f)) is not None:
                anchors[f.id] = (unit, point)
        read = []
        for f in self._features["occupant"]:
            anchor_id = f.properties.get("anchor_id")
            anchor = anchors.get(anchor_id) if isinstance(anchor_id, str) else None
            if anchor is None:
                self._faults.add(f, f"anchor_id names {anchor_id!r}, which is not a usable anchor (left out)")
                continue
            unit, point = anchor
            read.append(
                Occupant(
                    f.id,
                    unit.level_id,
                    unit.id,
                    category_of(f, self._faults),
                    self._labels(f, "name"),
                    text_of(f.properties.get("hours")),
                    text_of(f.properties.get("correlation_id")),
                    point,
                )
            )
        return tuple(read)

    def links(self) -> tuple[Link, ...]:
        read = []
        for f in self._features["relationship"]:
            kind = KINDS.get(str(f.properties.get("category")))
            between = f.properties.get("intermediary")
            ends = [
                f.properties.get("origin"),
                *(between if isinstance(between, list) else []),
                f.properties.get("destination"),
            ]
            ids = [end.get("id") for end in ends if isinstance(end, dict)]
            for missing in [i for i in ids if i not in self._ids]:
                self._faults.add(f, f"refers to {missing!r}, which the archive does not have: correct the reference")
            if kind:
                directed = f.properties.get("direction") == "directed"
                read.append(Link(f.id, kind, directed, tuple(i for i in ids if isinstance(i, str))))
        return tuple(read)

    def _labels(self, feature: Feature, key: str) -> Mapping[str, str]:
        return labels_of(feature.properties.get(key), self._language)

    def _on_level(self, feature: Feature) -> bool:
        level_id = feature.properties.get("level_id")
        if isinstance(level_id, str) and level_id in self._levels:
            return True
        self._faults.add(feature, f"level_id names {level_id!r}, which is not a usable level: correct it (left out)")
        return False

    def _area(self, feature: Feature) -> Area | None:
        try:
            area, repair = read_area(feature.geometry, self._frame)
        except ShapeError as fault:
            self._faults.add(feature, f"{fault} (left out)")
            return None
        if repair:
            self._faults.add(feature, repair)
        return area

    def _point(self, feature: Feature) -> XY | None:
        try:
            return read_point(feature.geometry, self._frame)
        except ShapeError as fault:
            self._faults.add(feature, f"{fault}: put it where it stands (left out)")
            return None

    def _display_point(self, feature: Feature) -> XY | None:
        try:
            return read_point(feature.properties.get("display_point"), self._frame)
        except ShapeError:
            return None


def _off_wall(line: shapely.LineString, edges: STRtree) -> float:
    """Metres from the opening's worse end to the unit edge that is nearest to its middle."""
    if not len(edges.geometries):
        return float("inf")
    edge = edges.geometries[edges.nearest(line.interpolate(0.5, normalized=True))]
    ends = shapely.points(np.asarray(line.coords)[[0, -1]])
    return float(shapely.distance(ends, edge).max())
