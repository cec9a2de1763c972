"""IMDF 1.0.0 (OGC 20-094), folder or zip → plan, with a fault for each feature that is not as the standard wants it.

Faults never stop an import: the rest is kept. Only an archive of which no level with a unit can be read is refused.
Categories are kept as written, extensions included.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import shapely
from shapely.strtree import STRtree

from spatial.archive import read_archive
from spatial.connectors import KINDS, Link, join_connectors
from spatial.errors import VenueError
from spatial.frames import Frame
from spatial.imdf_checks import check_floors, check_overlaps, find_origin, read_ordinal, wall_fault
from spatial.imdf_features import (
    Faults,
    Feature,
    category_of,
    check_labels,
    labels_of,
    read_features,
    read_manifest,
    text_of,
    texts_of,
)
from spatial.plan import XY, Amenity, Fault, Fixture, Kiosk, Level, Occupant, Opening, Plan, Section, Unit
from spatial.shapes import Area, ShapeError, point_inside, read_area, read_line, read_point
from spatial.twin_file import seal_plan
from spatial.venue import VenueRead, elevation_of, sort_levels


def read_imdf(src: Path, elevations: Mapping[int, float] | None = None, rotation_deg: float = 0.0) -> VenueRead:
    """The venue in ``src``. ``elevations``: ordinal → metres above ground; others are assumed.

    ``rotation_deg``: map north, clockwise from true north. Raises VenueError when nothing can be kept.
    """
    faults = Faults()
    files = read_archive(src)
    language = read_manifest(files, faults)
    features = read_features(files, faults)
    origin = find_origin(features, rotation_deg, faults)
    if origin is None:
        raise VenueError(f"{src} has no level or venue with a place on Earth: nothing can be kept", tuple(faults.found))
    reader = _Reader(features, Frame(origin), language, faults)
    levels = reader.levels(dict(elevations or {}))
    units = reader.units()
    if not levels or not units:
        missing = "level" if not levels else "unit"
        raise VenueError(f"{src} has no usable {missing}: nothing can be kept", tuple(faults.found))
    check_overlaps(units, {f.id: f for f in features["unit"]}, faults)
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
        sections=reader.sections(),
        hours=reader.venue_hours(),
    )
    counts = {kind: len(found) for kind, found in features.items() if found}
    counts.update(
        level=len(levels),
        unit=len(units),
        opening=len(plan.openings),
        amenity=len(amenities),
        occupant=len(plan.occupants),
        kiosk=len(plan.kiosks),
        section=len(plan.sections),
        connector=len(plan.connectors),
        fixture=sum(1 for f in plan.fixtures if f.category != UNDER_CONSTRUCTION),
    )
    for connector in plan.connectors:
        if connector.doubtful:
            file = "unit.geojson" if any(u.id == connector.id for u in units) else "amenity.geojson"
            faults.found.append(
                Fault(
                    file,
                    "nothing says which way this escalator runs: add a relationship with its direction (until then it "
                    "is used only where nothing else leads)",
                    connector.id,
                )
            )
    return VenueRead(seal_plan(plan), tuple(faults.found), {k: n for k, n in counts.items() if n})


UNDER_CONSTRUCTION = "underconstruction"
"""Category of the obstacles made from IMDF geofences that close a part of a floor."""


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

    def venue_hours(self) -> str | None:
        venue = next(iter(self._features["venue"]), None)
        return text_of(venue.properties.get("hours")) if venue else None

    def levels(self, elevations: dict[int, float]) -> tuple[Level, ...]:
        buildings = {f.id for f in self._features["building"]}
        for f in self._features["level"]:
            ordinal = read_ordinal(f, self._faults)
            if ordinal is None:
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
            height, assumed = elevation_of(ordinal, elevations)
            name = self._labels(f, "name")
            self._levels[f.id] = Level(
                f.id, ordinal, name, self._labels(f, "short_name") or name, height, assumed, outline, outdoor
            )
        check_floors(self._features["level"], {k: lv.ordinal for k, lv in self._levels.items()}, self._faults)
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
                self._faults.add(f, f"{fault} (left out)")
                continue
            fault_on_wall = wall_fault(line, edges[f.properties["level_id"]])
            if fault_on_wall:
                self._faults.add(f, fault_on_wall)
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

    def sections(self) -> tuple[Section, ...]:
        read = []
        for f in self._features["section"]:
            area = self._area(f) if self._on_level(f) else None
            if area is not None:
                category = category_of(f, self._faults)
                names = self._labels(f, "name"), self._labels(f, "alt_name")
                read.append(Section(f.id, f.properties["level_id"], category, *names, area))
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
        check_labels(feature, key, self._faults)
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
