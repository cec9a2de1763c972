"""An OSM XML file as nodes and tagged outlines, and what its level tags mean."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon

from spatial.errors import VenueError
from spatial.plan import XY, Fault, Labels
from spatial.shapes import polygons_of

MAX_BYTES = 256 * 1024 * 1024
_RANGE = re.compile(r"(-?\d+)\s*-\s*(-?\d+)")


@dataclass(frozen=True, slots=True)
class Thing:
    """A node, way or multipolygon relation with its tags. ``refs``: node ids of a way, else empty."""

    id: str
    tags: Mapping[str, str]
    refs: tuple[str, ...] = ()
    rings: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class OsmFile:
    """``places``: node id → (lon, lat). ``tagged``: nodes with tags."""

    places: Mapping[str, tuple[float, float]]
    tagged: tuple[Thing, ...]
    ways: tuple[Thing, ...]
    relations: tuple[Thing, ...]


def read_osm_file(src: Path) -> OsmFile:
    """Parse the file. Raises VenueError when it is absent, too large or no OSM XML."""
    try:
        if src.stat().st_size > MAX_BYTES:
            raise VenueError(f"{src} is larger than {MAX_BYTES} bytes: cut out the building first")
        root = ET.parse(src).getroot()
    except OSError as error:
        raise VenueError(f"{src} cannot be read: {error.strerror}") from error
    except ET.ParseError as error:
        raise VenueError(f"{src} is not XML ({error}): export it again") from error
    if root.tag != "osm":
        raise VenueError(f"{src} is not an OSM file: its root element is <{root.tag}>")
    places: dict[str, tuple[float, float]] = {}
    nodes: list[Thing] = []
    for node in root.iter("node"):
        try:
            lon, lat = float(node.get("lon", "")), float(node.get("lat", ""))
        except ValueError:
            continue
        if math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90:
            places[node.get("id", "")] = (lon, lat)
            tags = _tags(node)
            if tags:
                nodes.append(Thing(node.get("id", ""), tags))
    ways = {
        w.get("id", ""): Thing(w.get("id", ""), _tags(w), tuple(n.get("ref", "") for n in w.iter("nd")))
        for w in root.iter("way")
    }
    relations = []
    for relation in root.iter("relation"):
        tags = _tags(relation)
        if tags.get("type") == "multipolygon":
            members = [ways.get(m.get("ref", "")) for m in relation.iter("member")]
            rings = tuple(w.refs for w in members if w is not None)
            relations.append(Thing(relation.get("id", ""), tags, (), rings))
    return OsmFile(places, tuple(nodes), tuple(ways.values()), tuple(relations))


def _tags(element: ET.Element) -> dict[str, str]:
    return {t.get("k", ""): t.get("v", "").strip() for t in element.iter("tag") if t.get("v", "").strip()}


def levels_of(tags: Mapping[str, str]) -> tuple[float, ...]:
    """Levels of ``level`` and ``repeat_on``: ``0;1``, ``0-3``, ``1.5``. Parts that cannot be read are none."""
    found: set[float] = set()
    for key in ("level", "repeat_on"):
        for part in re.split(r"[;,]", tags.get(key, "")):
            text = part.strip()
            if match := _RANGE.fullmatch(text):
                low, high = sorted((int(match[1]), int(match[2])))
                if high - low <= 200:
                    found.update(float(n) for n in range(low, high + 1))
                continue
            try:
                number = float(text)
            except ValueError:
                continue
            if math.isfinite(number) and abs(number) <= 300:
                found.add(number)
    return tuple(sorted(found))


def labels_of(tags: Mapping[str, str], language: str) -> Labels:
    """``name`` and ``name:xx``; a plain name is in the venue's language. ``ref`` where there is no name."""
    labels = {key[5:]: text for key, text in tags.items() if key.startswith("name:")}
    plain = tags.get("name") or tags.get("ref")
    if plain:
        labels.setdefault(language, plain)
    return labels


def area_of(thing: Thing, points: Mapping[str, XY], faults: list[Fault], file: str) -> Polygon | MultiPolygon | None:
    """The outline of a closed way or multipolygon in metres; a fault and None when it holds no area."""
    rings = [thing.refs] if thing.refs else list(thing.rings)
    lines = [[points[r] for r in ring if r in points] for ring in rings]
    lines = [line for line in lines if len(line) > 1]
    if thing.refs and lines:
        ring = lines[0]
        if ring[0] != ring[-1] and len(ring) > 2:
            ring = [*ring, ring[0]]
            gap = math.dist(ring[-2], ring[-1])
            message = f"the outline is not closed; kept, its ends joined over {gap:.2f} m: close the way"
            faults.append(Fault(file, message, thing.id))
        polygon = Polygon(ring) if len(ring) > 3 else Polygon()
        if not polygon.is_empty and not polygon.is_valid:
            faults.append(Fault(file, "the outline touches or crosses itself; kept after repair: redraw it", thing.id))
        shape = polygons_of(shapely.make_valid(polygon, method="structure", keep_collapsed=False))
    else:
        # rings inside rings are holes: keep the places that lie inside an odd number of them
        shape = polygons_of(shapely.build_area(shapely.union_all([LineString(line) for line in lines])))
    if shape is None:
        faults.append(Fault(file, "the outline is not closed or holds no area: close the way (left out)", thing.id))
    return shape
