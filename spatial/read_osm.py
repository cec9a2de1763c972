"""OSM Simple Indoor Tagging, and the osmAG dialect of it, → plan.

Read: ``indoor=room|area|corridor|wall|column``, ``door``/``entrance`` nodes on outlines (their ``width``, else
``DOOR_M``), ``room=stairs|elevator`` and the like over several levels, ``highway=elevator`` nodes, ``highway=steps``
ways, amenities. Areas and corridors are open to one another along shared edges. osmAG: ``passage`` ways are openings,
and rooms of one name that lie over one another are a shaft; where no tag says which kind, it counts as stairs, with a
fault, so that nobody is promised a step-free way.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations, pairwise
from pathlib import Path

import shapely
from shapely.geometry import LineString

from spatial.connectors import Link, join_connectors
from spatial.errors import VenueError
from spatial.frames import Frame
from spatial.osm_file import OsmFile, Thing, area_of, labels_of, levels_of, read_osm_file
from spatial.plan import XY, Amenity, ConnectorKind, Fault, Level, Opening, Origin, Plan, Unit
from spatial.shapes import point_inside, polygons_of
from spatial.twin_file import seal_plan
from spatial.venue import VenueRead, elevation_of, sort_levels

DOOR_M = 0.9
"""Width of a door that has no ``width``."""

OPEN = frozenset({"area", "corridor"})
INDOOR = {"room": "room", "area": "unenclosedarea", "corridor": "walkway", "wall": "structure", "column": "column"}
ROOMS = {
    "stairs": "stairs", "elevator": "elevator", "escalator": "escalator", "corridor": "walkway", "library": "library",
    "office": "office", "class": "classroom", "lecture": "auditorium", "auditorium": "auditorium", "lobby": "lobby",
    "toilet": "restroom", "toilets": "restroom", "restroom": "restroom", "storage": "storage", "kitchen": "kitchen",
    "laboratory": "laboratory", "technical": "nonpublic", "shaft": "structure", "conference": "conferenceroom",
}  # fmt: skip
AMENITIES = {
    "toilets": "restroom", "drinking_water": "drinkingfountain", "atm": "atm", "vending_machine": "vendingmachine",
    "library": "library", "photo_booth": "photobooth", "lockers": "coinlocker", "prayer_room": "prayerroom",
}  # fmt: skip
VERTICAL: dict[str, ConnectorKind] = {"stairs": "stairs", "elevator": "elevator", "escalator": "escalator"}


def read_osm(src: Path, elevations: Mapping[int, float] | None = None, rotation_deg: float = 0.0) -> VenueRead:
    """The building in ``src``. Raises VenueError when it has no indoor area on a level."""
    osm = read_osm_file(src)
    indoor = [t for t in (*osm.ways, *osm.relations) if t.tags.get("indoor") in INDOOR and _is_unit(t)]
    used = [osm.places[r] for t in indoor for r in (*t.refs, *(r for ring in t.rings for r in ring)) if r in osm.places]
    if not used:
        raise VenueError(f"{src} has no indoor=room, area or corridor: tag them with indoor and level")
    lons, lats = zip(*used, strict=True)
    origin = Origin((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2, rotation_deg)
    reader = _Reader(src.name, osm, origin, dict(elevations or {}))
    plan = reader.read(indoor)
    counts = {
        "level": len(plan.levels), "unit": len(plan.units), "opening": len(plan.openings),
        "amenity": len(plan.amenities), "connector": len(plan.connectors),
    }  # fmt: skip
    return VenueRead(plan, tuple(reader.faults), {k: n for k, n in counts.items() if n})


def _is_unit(thing: Thing) -> bool:
    return thing.tags.get("osmAG:areaType") != "structure" and thing.tags.get("osmAG:type") != "passage"


class _Reader:
    def __init__(self, file: str, osm: OsmFile, origin: Origin, elevations: dict[int, float]) -> None:
        self.file, self.osm, self.origin, self.elevations = file, osm, origin, elevations
        self.faults: list[Fault] = []
        frame = Frame(origin)
        self.points: dict[str, XY] = {ref: frame.to_map(*place) for ref, place in osm.places.items()}
        texts = [t.tags.get("name", "") for t in (*osm.ways, *osm.relations)]
        chinese = any("\u4e00" <= c <= "\u9fff" for text in texts for c in text)
        self.language = "zh" if chinese else "en"
        self.units: list[Unit] = []
        self.things: dict[str, Thing] = {}
        self.links: list[Link] = []

    def read(self, indoor: list[Thing]) -> Plan:
        numbers = sorted({n for t in indoor for n in levels_of(t.tags)})
        whole = all(n == int(n) for n in numbers)
        # half levels are floors of their own: count them off from the one nearest to the ground
        ground = min(range(len(numbers)), key=lambda i: (abs(numbers[i]), -numbers[i]), default=0)
        ordinals = {n: int(n) if whole else i - ground for i, n in enumerate(numbers)}
        for thing in indoor:
            self._unit(thing, ordinals)
        if not self.units:
            raise VenueError(f"{self.file} has no indoor area with a readable level", tuple(self.faults))
        levels = tuple(level for n in numbers if (level := self._level(n, ordinals[n])) is not None)
        self._shafts(levels)
        openings = (*self._doors(ordinals), *self._passages(ordinals), *self._open_edges())
        amenities = (*self._amenities(ordinals), *self._steps(ordinals))
        building = next((t for t in (*self.osm.relations, *self.osm.ways) if "building" in t.tags), None)
        return seal_plan(
            Plan(
                revision="",
                name=labels_of(building.tags, self.language) if building else {},
                language=self.language,
                origin=self.origin,
                levels=sort_levels(list(levels)),
                units=tuple(self.units),
                openings=tuple(openings),
                amenities=tuple(amenities),
                connectors=join_connectors(levels, self.units, amenities, self.links),
            )
        )

    def _unit(self, thing: Thing, ordinals: Mapping[float, int]) -> None:
        numbers = levels_of(thing.tags)
        if not numbers:
            self.faults.append(Fault(self.file, "an indoor area without a readable level: tag it (left out)", thing.id))
            return
        area = area_of(thing, self.points, self.faults, self.file)
        if area is None:
            return
        tags = thing.tags
        kind = "stairs" if tags.get("stairs") == "yes" else "elevator" if tags.get("highway") == "elevator" else ""
        category = kind or ROOMS.get(tags.get("room", ""), INDOOR[tags["indoor"]])
        restriction = "restricted" if tags.get("access") in ("private", "no") else None
        accessible = ("wheelchair",) if tags.get("wheelchair") == "yes" else ()
        made = []
        for number in numbers:
            id_ = thing.id if len(numbers) == 1 else f"{thing.id}@{ordinals[number]}"
            self.units.append(
                Unit(
                    id_,
                    f"level{ordinals[number]}",
                    category,
                    labels_of(tags, self.language),
                    {},
                    restriction,
                    accessible,
                    area,
                    point_inside(area, None),
                )
            )
            self.things[id_] = thing
            made.append(id_)
        if category in VERTICAL and len(made) > 1:
            self.links.append(Link(thing.id, VERTICAL[category], False, tuple(made)))

    def _level(self, number: float, ordinal: int) -> Level | None:
        units = [u.geometry for u in self.units if u.level_id == f"level{ordinal}"]
        outline = polygons_of(shapely.union_all(units)) if units else None
        if outline is None:
            return None
        told = next((t for t in self.osm.ways if t.tags.get("indoor") == "level" and number in levels_of(t.tags)), None)
        short = (told.tags.get("level:ref") if told else None) or f"{number:g}"
        name = labels_of(told.tags, self.language) if told else {}
        height, assumed = elevation_of(ordinal, self.elevations)
        named = name or {"en": f"Level {short}", "zh": f"{short}层"}
        return Level(f"level{ordinal}", ordinal, named, {self.language: short}, height, assumed, outline)

    def _shafts(self, levels: tuple[Level, ...]) -> None:
        """osmAG: rooms of one name that overlap on two levels are joined; of unknown kind, they become stairs."""
        ordinals = {level.id: level.ordinal for level in levels}
        by_name: dict[str, list[int]] = {}
        for i, unit in enumerate(self.units):
            thing = self.things[unit.id]
            if thing.tags.get("osmAG:type") == "area" and thing.tags.get("name") and unit.category == "room":
                by_name.setdefault(thing.tags["name"], []).append(i)
        for name, members in by_name.items():
            members.sort(key=lambda i: ordinals[self.units[i].level_id])
            for i, j in pairwise(members):
                low, high = self.units[i], self.units[j]
                shared = low.geometry.intersection(high.geometry).area
                if low.level_id == high.level_id or shared < 0.2 * min(low.geometry.area, high.geometry.area):
                    continue
                for k in (i, j):
                    u = self.units[k]
                    self.units[k] = Unit(u.id, u.level_id, "stairs", u.name, u.alt_name, u.restriction,
                                         u.accessibility, u.geometry, u.display_point)  # fmt: skip
                self.links.append(Link(f"shaft {name} {low.id}", "stairs", False, (low.id, high.id)))
                message = f"{name} joins two levels but no tag says how; read as stairs: tag room=stairs or elevator"
                self.faults.append(Fault(self.file, message, low.id))

    def _doors(self, ordinals: Mapping[float, int]) -> list[Opening]:
        outlines: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for unit in self.units:
            thing = self.things[unit.id]
            for ring in (thing.refs, *thing.rings):
                for ref in dict.fromkeys(ring):
                    outlines.setdefault(ref, []).append((unit.level_id, ring))
        made = []
        for node in self.osm.tagged:
            if "door" not in node.tags and "entrance" not in node.tags:
                continue
            around = outlines.get(node.id, [])
            wanted = {f"level{ordinals[n]}" for n in levels_of(node.tags) if n in ordinals}
            level_ids = {level for level, _ in around if not wanted or level in wanted}
            if not level_ids:
                self.faults.append(
                    Fault(self.file, "a door that is on no room's outline: make it a node of the wall", node.id)
                )
            for level_id in sorted(level_ids):
                ring = next(ring for level, ring in around if level == level_id)
                line = self._door_line(node, ring)
                if line is not None:
                    made.append(_opening(f"{node.id}@{level_id}", level_id, line, node.tags))
        return made

    def _door_line(self, node: Thing, ring: tuple[str, ...]) -> LineString | None:
        """A line of the door's width along the wall; at a corner it lies on the longer of the two walls."""
        here = self.points[node.id]
        body = ring[:-1] if ring[0] == ring[-1] else ring
        at = body.index(node.id)
        sides = [self.points.get(body[at - 1], here), self.points.get(body[(at + 1) % len(body)], here)]
        far = max(sides, key=lambda p: math.dist(p, here))
        length = math.dist(far, here)
        if length < 0.05:
            return None
        try:
            width = float(node.tags.get("width", "").removesuffix("m").strip())
        except ValueError:
            width = DOOR_M
        width = min(width if 0.3 <= width <= 20 else DOOR_M, length)
        east, north = (far[0] - here[0]) / length, (far[1] - here[1]) / length
        other = min(sides, key=lambda p: math.dist(p, here))
        away = math.dist(other, here)
        straight = away > 0.05 and (
            (other[0] - here[0]) * east + (other[1] - here[1]) * north < -0.94 * away and away >= width / 2
        )
        begin = -width / 2 if straight else 0.0
        ends = [(here[0] + s * east, here[1] + s * north) for s in (begin, begin + width)]
        return LineString(ends)

    def _passages(self, ordinals: Mapping[float, int]) -> list[Opening]:
        made = []
        for way in self.osm.ways:
            if way.tags.get("osmAG:type") != "passage":
                continue
            line = [self.points[r] for r in way.refs if r in self.points]
            if len(line) < 2 or math.dist(line[0], line[-1]) < 0.05:
                self.faults.append(Fault(self.file, "a passage without width: draw it as wide as the door", way.id))
                continue
            for number in levels_of(way.tags):
                if number in ordinals:
                    level_id = f"level{ordinals[number]}"
                    made.append(_opening(f"{way.id}@{level_id}", level_id, LineString([line[0], line[-1]]), way.tags))
        return made

    def _open_edges(self) -> list[Opening]:
        """SIT areas have no walls: where two of them, or one and a corridor, share an edge, that edge is open."""
        open_units = [u for u in self.units if self.things[u.id].tags["indoor"] in OPEN]
        made = []
        for a, b in combinations(open_units, 2):
            if a.level_id != b.level_id or not a.geometry.intersects(b.geometry):
                continue
            shared = shapely.boundary(a.geometry).intersection(shapely.boundary(b.geometry))
            edges = shapely.get_parts(shapely.line_merge(shapely.union_all(
                [p for p in shapely.get_parts(shared) if isinstance(p, LineString)])))  # fmt: skip
            for n, edge in enumerate(edges):
                for m, (p, q) in enumerate(pairwise(edge.coords)):
                    if math.dist(p, q) >= 0.4:
                        made.append(_opening(f"{a.id}+{b.id}#{n}.{m}", a.level_id, LineString([p, q]), {}))
        return made

    def _amenities(self, ordinals: Mapping[float, int]) -> list[Amenity]:
        made = []
        for node in self.osm.tagged:
            lift = node.tags.get("highway") == "elevator"
            category = "elevator" if lift else AMENITIES.get(node.tags.get("amenity", ""))
            for number in levels_of(node.tags) if category else ():
                made += self._amenity(node.id, node.tags, category or "", number, ordinals, self.points[node.id], lift)
        return made

    def _steps(self, ordinals: Mapping[float, int]) -> list[Amenity]:
        """Both ends of ``highway=steps`` over two levels, joined; ``conveying`` makes it an escalator."""
        made: list[Amenity] = []
        for way in self.osm.ways:
            numbers = levels_of(way.tags)
            line = [self.points[r] for r in way.refs if r in self.points]
            if way.tags.get("highway") != "steps" or len(numbers) != 2 or len(line) < 2:
                continue
            conveying = way.tags.get("conveying")
            category = "escalator" if conveying else "stairs"
            ends = (line[-1], line[0]) if way.tags.get("incline") == "down" else (line[0], line[-1])
            pair: list[Amenity] = []
            for number, point in zip(numbers, ends, strict=True):
                pair += self._amenity(way.id, way.tags, category, number, ordinals, point, not conveying)
            if conveying in ("forward", "backward") and len(pair) == 2:
                up = (conveying == "forward") == (way.tags.get("incline") != "down")
                ids = [a.id for a in pair]
                self.links.append(Link(way.id, "escalator", True, tuple(ids if up else ids[::-1])))
            elif conveying and len(pair) == 2:
                self.links.append(Link(way.id, "escalator", False, tuple(a.id for a in pair)))
            made += pair
        return made

    def _amenity(
        self, id_: str, tags: Mapping[str, str], category: str, number: float, ordinals: Mapping[float, int],
        point: XY, joined: bool,
    ) -> list[Amenity]:  # fmt: skip
        level_id = f"level{ordinals[number]}" if number in ordinals else ""
        here = [u for u in self.units if u.level_id == level_id]
        inside = [u for u in here if shapely.intersects_xy(u.geometry, *point)]
        if not inside:
            self.faults.append(Fault(self.file, f"{category} on level {number:g} stands in no room (left out)", id_))
            return []
        home = min(inside, key=lambda u: (u.geometry.area, u.id))
        wheels = ("wheelchair",) if tags.get("wheelchair") == "yes" else ()
        return [
            Amenity(
                f"{id_}@{level_id}",
                level_id,
                category,
                (home.id,),
                labels_of(tags, self.language),
                {},
                wheels,
                tags.get("opening_hours"),
                id_ if joined else None,
                point,
            )
        ]


def _opening(id_: str, level_id: str, line: LineString, tags: Mapping[str, str]) -> Opening:
    kinds = {"main": "pedestrian.principal", "emergency": "emergencyexit", "service": "service"}
    return Opening(
        id_, level_id, kinds.get(tags.get("entrance", ""), "pedestrian"), (),
        ("wheelchair",) if tags.get("wheelchair") == "yes" else (),
        {"revolving": "revolving", "sliding": "sliding", "hinged": "swinging"}.get(tags.get("door", "")),
        tags.get("automatic_door") not in (None, "no") or None, {}, line,
    )  # fmt: skip
