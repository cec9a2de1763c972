"""Places by what people type or say: the PLACE grammar of the house.

A place is a unit, amenity, kiosk or occupant by id or by name in any of its languages; a shelf face by its range id;
``east,north@level`` in metres; or ``geo:lat,lon@level``. ``level`` is a short name in any language or ``#`` and the
ordinal.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import shapely

from spatial.errors import PlaceError
from spatial.frames import Frame
from spatial.levels import describe_levels, find_levels, fold
from spatial.plan import XY, Amenity, Kiosk, Labels, Opening, Plan, ShelfFace, Unit
from spatial.shelves import standing_point

PlaceKind = Literal["unit", "amenity", "kiosk", "occupant", "shelf", "point"]


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere one can be led to. ``point``: map metres; for a shelf it is where the reader stands."""

    id: str
    kind: PlaceKind
    name: Labels
    level_id: str
    ordinal: int
    point: XY
    category: str = ""
    unit_id: str | None = None


_NUMBER = r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*"
_METRES = re.compile(rf"{_NUMBER},{_NUMBER}@(.+)", re.DOTALL)
_GEO = re.compile(rf"geo:{_NUMBER},{_NUMBER}(?:,[^@]*)?@(.+)", re.DOTALL | re.IGNORECASE)


def find_places(plan: Plan, text: str) -> tuple[Place, ...]:
    """Every place that ``text`` may mean: none when it is unknown, several when it is ambiguous.

    An id wins over a name; a shelf's label counts when nothing else matches. An occupant and the unit of its anchor,
    or an amenity and its unit, that share a name are one place (the occupant, the amenity).
    """
    text = text.strip()
    if not text:
        return ()
    plain = unicodedata.normalize("NFKC", text)  # ，and ＠ as a Chinese keyboard types them
    if match := _METRES.fullmatch(plain):
        return _points(plan, (float(match[1]), float(match[2])), match[3], text)
    if match := _GEO.fullmatch(plain):
        lat, lon = float(match[1]), float(match[2])
        if abs(lat) > 90 or abs(lon) > 180:
            return ()
        return _points(plan, Frame(plan.origin).to_map(lon, lat), match[3], text)
    places = [*_features(plan), *(place_of_face(plan, face) for face in plan.faces)]
    exact = [place for place in places if place.id == text]
    if exact:
        return tuple(exact[:1])
    wanted = fold(text)
    by_id = [place for place in places if fold(place.id) == wanted]
    if by_id:
        return tuple(by_id)
    aliases = _aliases(plan)
    named = [p for p in places if p.kind != "shelf" and wanted in _names(p, aliases)]
    if named:
        return _merged(named)
    return tuple(p for p in places if p.kind == "shelf" and wanted in _names(p, aliases))


def why_unknown(plan: Plan, text: str) -> str:
    """Why ``find_places`` knows no such place, and what to write instead."""
    plain = unicodedata.normalize("NFKC", text.strip())
    for pattern in (_METRES, _GEO):
        match = pattern.fullmatch(plain)
        if match is None:
            continue
        if not find_levels(plan.levels, match[3]):
            return f"there is no level called “{match[3].strip()}”; write one of {describe_levels(plan.levels)}"
        return f"“{text}” is not on Earth; latitude lies within ±90, longitude within ±180"
    return (
        f"there is no place called “{text}”; use a name or id from the plan, a shelf's range_id, east,north@level or "
        "geo:lat,lon@level"
    )


def list_places(plan: Plan) -> tuple[Place, ...]:
    """Every named unit, occupant and kiosk, and every amenity, doubles merged."""
    return _merged([p for p in _features(plan) if p.name or p.kind == "amenity"])


def place_of_face(plan: Plan, face: ShelfFace, bay: int | None = None) -> Place:
    """Where the reader stands before the face, or before one bay of it."""
    level = plan.get_level(face.level_id)
    return Place(
        face.range_id, "shelf", {"und": face.label}, level.id, level.ordinal, standing_point(face, bay), face.scheme
    )


def unit_at(plan: Plan, point: XY, ordinal: int) -> Unit | None:
    """The smallest unit on that floor in whose area or on whose edge the point lies."""
    floor = {level.id for level in plan.levels if level.ordinal == ordinal}
    around = [u for u in plan.units if u.level_id in floor and shapely.intersects_xy(u.geometry, *point)]
    return min(around, key=lambda u: (u.geometry.area, u.id), default=None)


def marked_entrance(plan: Plan) -> Place | None:
    """Where the plan says that readers come in: a principal opening, else an ``entry`` amenity, nearest the ground."""
    principal = [o for o in plan.openings if o.category == "pedestrian.principal"]
    if principal:
        return _entrance_of(plan, principal)
    entries = [a for a in plan.amenities if a.category.split(".")[0] == "entry"]
    if not entries:
        return None
    near_ground = _near_ground(plan)
    entry = min(entries, key=lambda a: (*near_ground(a.level_id), a.id))
    ordinal = plan.get_level(entry.level_id).ordinal
    unit_id = entry.unit_ids[0] if entry.unit_ids else None
    return Place(entry.id, "amenity", entry.name, entry.level_id, ordinal, entry.point, entry.category, unit_id)


def principal_entrance(plan: Plan) -> Place:
    """Where readers come in: the marked entrance, else an outer door, else a big room, nearest the ground.

    Raises PlaceError for a plan without units.
    """
    marked = marked_entrance(plan)
    if marked is not None:
        return marked
    if outer := _outer_openings(plan):
        return _entrance_of(plan, outer)
    if not plan.units:
        raise PlaceError("the plan has no unit, so it has no entrance: import a venue")
    near_ground = _near_ground(plan)
    room = min(plan.units, key=lambda u: (*near_ground(u.level_id), -u.geometry.area, u.id))
    ordinal = plan.get_level(room.level_id).ordinal
    return Place(room.id, "unit", room.name, room.level_id, ordinal, room.display_point, room.category)


def _entrance_of(plan: Plan, doors: Iterable[Opening]) -> Place:
    """The widest of the doors nearest the ground."""
    near_ground = _near_ground(plan)
    door = min(doors, key=lambda o: (*near_ground(o.level_id), -o.line.length, o.id))
    middle = door.line.interpolate(0.5, normalized=True)
    ordinal = plan.get_level(door.level_id).ordinal
    return Place(door.id, "point", door.name, door.level_id, ordinal, (middle.x, middle.y), "entrance")


def _near_ground(plan: Plan) -> Callable[[str], tuple[int, bool]]:
    """Level id → rank by distance from the ground floor, floors above it before those below."""
    ordinals = {level.id: level.ordinal for level in plan.levels}
    return lambda level_id: (abs(ordinals[level_id]), ordinals[level_id] < 0)


def _points(plan: Plan, point: XY, level_text: str, text: str) -> tuple[Place, ...]:
    if not all(map(math.isfinite, point)):
        return ()
    levels = find_levels(plan.levels, level_text)
    floors = sorted({level.ordinal for level in levels})
    places = []
    for ordinal in floors:  # two levels of one ordinal are one floor
        on_floor = [level for level in levels if level.ordinal == ordinal]
        home = next((lv for lv in on_floor if shapely.intersects_xy(lv.outline, *point)), on_floor[0])
        places.append(Place(text, "point", {}, home.id, ordinal, point))
    return tuple(places)


def _features(plan: Plan) -> list[Place]:
    ordinals = {level.id: level.ordinal for level in plan.levels}
    places: list[Place] = []
    for o in plan.occupants:
        places.append(Place(o.id, "occupant", o.name, o.level_id, ordinals[o.level_id], o.point, o.category, o.unit_id))
    for a in plan.amenities:
        unit_id = a.unit_ids[0] if a.unit_ids else None
        places.append(Place(a.id, "amenity", a.name, a.level_id, ordinals[a.level_id], a.point, a.category, unit_id))
    for k in plan.kiosks:
        places.append(Place(k.id, "kiosk", k.name, k.level_id, ordinals[k.level_id], k.display_point, "kiosk"))
    for u in plan.units:
        places.append(Place(u.id, "unit", u.name, u.level_id, ordinals[u.level_id], u.display_point, u.category, u.id))
    return places


def _aliases(plan: Plan) -> dict[str, Labels]:
    features: list[Unit | Amenity | Kiosk] = [*plan.units, *plan.amenities, *plan.kiosks]
    return {f.id: f.alt_name for f in features if f.alt_name}


def _names(place: Place, aliases: dict[str, Labels]) -> set[str]:
    return {fold(n) for n in (*place.name.values(), *aliases.get(place.id, {}).values())}


def _merged(places: Iterable[Place]) -> tuple[Place, ...]:
    """Without the units that an occupant or amenity in them, of the same name, stands for."""
    listed = list(places)
    spoken_for = {
        (p.unit_id, fold(name)) for p in listed if p.kind in ("occupant", "amenity") for name in p.name.values()
    }
    return tuple(
        p for p in listed if p.kind != "unit" or not any((p.id, fold(name)) in spoken_for for name in p.name.values())
    )


def _outer_openings(plan: Plan) -> list[Opening]:
    """Doors with a unit on one side only."""
    reach = 0.4
    outer = []
    for door in plan.openings:
        middle = door.line.interpolate(0.5, normalized=True)
        (x0, y0), (x1, y1) = door.line.coords[0], door.line.coords[-1]
        length = math.hypot(x1 - x0, y1 - y0) or 1.0
        east, north = -(y1 - y0) / length * reach, (x1 - x0) / length * reach
        sides = [(middle.x + east, middle.y + north), (middle.x - east, middle.y - north)]
        here = [u for u in plan.units if u.level_id == door.level_id]
        inside = [any(shapely.intersects_xy(u.geometry, *side) for u in here) for side in sides]
        if inside.count(True) == 1 and door.category not in ("emergencyexit", "service", "automobile"):
            outer.append(door)
    return outer
