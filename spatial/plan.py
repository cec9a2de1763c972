"""The building as values: what a venue file says, in metres, and nothing else.

All geometry is in the map frame (right-handed local ENU, metres, see ``spatial/frames.py``). Values never change;
a changed building is a new ``Plan``. Names follow IMDF 1.0.0 (OGC 20-094) except the shelf face, which IMDF lacks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from shapely.geometry import LineString, MultiPolygon, Polygon

Labels = Mapping[str, str]
"""BCP 47 language tag → text, as IMDF writes names. Empty when the feature has none."""

XY = tuple[float, float]
"""East and north in metres in the map frame."""

ConnectorKind = Literal["stairs", "escalator", "elevator", "ramp"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the map frame touches the Earth. ``rotation_deg``: the map's north, clockwise from true north."""

    lat: float
    lon: float
    rotation_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Level:
    """One floor. ``ordinal`` 0 is the ground; ``elevation_m`` is its height above the ground floor."""

    id: str
    ordinal: int
    name: Labels
    short_name: Labels
    elevation_m: float
    elevation_assumed: bool
    outline: Polygon | MultiPolygon
    outdoor: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A room or other bounded piece of floor. Its edge is a wall; one passes only through openings."""

    id: str
    level_id: str
    category: str
    name: Labels
    alt_name: Labels
    restriction: str | None
    accessibility: tuple[str, ...]
    geometry: Polygon | MultiPolygon
    display_point: XY


@dataclass(frozen=True, slots=True)
class Opening:
    """A doorway on a unit's edge; its width is the length of ``line``."""

    id: str
    level_id: str
    category: str
    access_control: tuple[str, ...]
    accessibility: tuple[str, ...]
    door_type: str | None
    automatic: bool | None
    name: Labels
    line: LineString


@dataclass(frozen=True, slots=True)
class Fixture:
    """A thing that stands on the floor and cannot be walked through: shelving, a desk, a wall."""

    id: str
    level_id: str
    category: str
    name: Labels
    alt_name: Labels
    geometry: Polygon | MultiPolygon


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A free-standing service point (IMDF kiosk)."""

    id: str
    level_id: str
    name: Labels
    alt_name: Labels
    geometry: Polygon | MultiPolygon
    display_point: XY


@dataclass(frozen=True, slots=True)
class Amenity:
    """A point of use: toilet, drinking fountain, lift, copier."""

    id: str
    level_id: str
    category: str
    unit_ids: tuple[str, ...]
    name: Labels
    alt_name: Labels
    accessibility: tuple[str, ...]
    hours: str | None
    correlation_id: str | None
    point: XY


@dataclass(frozen=True, slots=True)
class Occupant:
    """Who uses a unit: a reading room, an office, a café. Stands where its anchor stands."""

    id: str
    level_id: str
    unit_id: str
    category: str
    name: Labels
    hours: str | None
    correlation_id: str | None
    point: XY


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a floor with a use of its own (IMDF section): an exhibition, a seating area. It has no walls."""

    id: str
    level_id: str
    category: str
    name: Labels
    alt_name: Labels
    geometry: Polygon | MultiPolygon


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a connector meets a level."""

    level_id: str
    unit_id: str | None
    point: XY


@dataclass(frozen=True, slots=True)
class Connector:
    """Stairs, escalator, lift or ramp joined across levels, stops in rising order of level.

    ``one_way``: "up" or "down" for an escalator that runs one way only. ``out_of_service`` as the venue says.
    ``doubtful``: an escalator of which the venue does not say which way it runs.
    """

    id: str
    kind: ConnectorKind
    name: Labels
    stops: tuple[Stop, ...]
    wheelchair: bool
    one_way: Literal["up", "down"] | None = None
    out_of_service: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class ShelfFace:
    """One side of a row of shelving, as the shelf list says.

    Keys are opaque sort keys: the face holds every key k with ``low_key <= k < high_key``. ``start`` → ``end`` is the
    way the books run; the reader stands on the right-hand side of that line and bay 1 is at the start.
    ``bay_starts``: (bay, low key) rows of the bays file, empty when bays are estimated. ``extra``: further columns.
    """

    range_id: str
    label: str
    level_id: str
    scheme: str
    from_text: str
    to_text: str
    low_key: str
    high_key: str
    collection: str
    bays: int
    start: XY
    end: XY
    bay_starts: tuple[tuple[int, str], ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in an import: which file, which feature or row, and what to do about it."""

    file: str
    message: str
    feature_id: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole venue. ``revision`` is a hash of the content: equal plans have equal revisions.

    ``hours``: when the venue is open, in the syntax of OSM ``opening_hours`` as IMDF has it; None when it does not say.
    """

    revision: str
    name: Labels
    language: str
    origin: Origin
    levels: tuple[Level, ...]
    units: tuple[Unit, ...]
    openings: tuple[Opening, ...] = ()
    fixtures: tuple[Fixture, ...] = ()
    kiosks: tuple[Kiosk, ...] = ()
    amenities: tuple[Amenity, ...] = ()
    occupants: tuple[Occupant, ...] = ()
    connectors: tuple[Connector, ...] = ()
    faces: tuple[ShelfFace, ...] = ()
    sections: tuple[Section, ...] = ()
    hours: str | None = None

    def get_level(self, level_id: str) -> Level:
        """The level with this id; KeyError if the plan has none."""
        for level in self.levels:
            if level.id == level_id:
                return level
        raise KeyError(level_id)

    def get_face(self, range_id: str) -> ShelfFace:
        """The shelf face with this range id; KeyError if the plan has none."""
        for face in self.faces:
            if face.range_id == range_id:
                return face
        raise KeyError(range_id)


def level_text(level: Level, lang: str) -> str:
    """What a level is called in ``lang``: its name, else its short name, else its name in another language."""
    for labels in (level.name, level.short_name):
        for tag, text in labels.items():
            if tag.lower().split("-")[0] == lang:
                return text
    return text_in(level.name, lang) or text_in(level.short_name, lang)


def text_in(labels: Labels, lang: str) -> str:
    """The text of ``labels`` in ``lang`` ("zh", "en"), else in English, else in any language, else ""."""
    for want in (lang, "en"):
        for tag, text in labels.items():
            if tag.lower() == want or tag.lower().startswith(want + "-"):
                return text
    return next(iter(labels.values()), "")
