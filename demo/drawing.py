"""The values the plan is drawn with: rooms, doors, things, points. Metres in the drawing's frame (``frame.py``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import cos, pi, sin

from shapely.geometry import Point, Polygon, box

ORDINALS = (0, 1, 2)
LEVEL_NAME = {n: {"en": f"Level {n + 1}", "zh": f"{'一二三'[n]}层"} for n in ORDINALS}
LEVEL_SHORT = {n: {"en": f"L{n + 1}", "zh": f"{'一二三'[n]}层"} for n in ORDINALS}
"""Counted from one in both languages: "level 2" is 二层, one floor above the street (ordinal 1)."""


@dataclass(frozen=True, slots=True)
class Room:
    """An IMDF unit. ``occupied``: readers know it by name, so it gets an anchor and an occupant.

    ``label_at``: where its name is written when the middle is no good place for it.
    """

    key: str
    ordinal: int
    category: str
    en: str
    zh: str
    shape: Polygon
    alt: tuple[str, str] | None = None
    restriction: str | None = None
    occupied: bool = False
    hours: str | None = None
    occupant_category: str = "library"
    label_at: tuple[float, float] | None = None
    accessibility: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Door:
    """An IMDF opening between two points of a wall."""

    key: str
    ordinal: int
    a: tuple[float, float]
    b: tuple[float, float]
    category: str = "pedestrian"
    kind: str | None = "swinging"
    automatic: bool = False
    material: str | None = "wood"
    access: tuple[str, ...] = ()
    en: str = ""
    zh: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """An IMDF fixture: a body that stands on the floor."""

    key: str
    ordinal: int
    category: str
    shape: Polygon
    en: str = ""
    zh: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """An IMDF kiosk."""

    key: str
    ordinal: int
    en: str
    zh: str
    shape: Polygon
    alt: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """An IMDF amenity in a room."""

    key: str
    ordinal: int
    category: str
    room: str
    at: tuple[float, float]
    en: str
    zh: str
    group: str | None = None
    accessibility: tuple[str, ...] = ()
    alt: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """An IMDF section: a part of a room with a name and no wall."""

    key: str
    ordinal: int
    category: str
    en: str
    zh: str
    shape: Polygon


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole building."""

    rooms: tuple[Room, ...] = ()
    doors: tuple[Door, ...] = ()
    things: tuple[Thing, ...] = ()
    stands: tuple[Stand, ...] = ()
    spots: tuple[Spot, ...] = ()
    zones: tuple[Zone, ...] = field(default=())


def block(x0: float, y0: float, x1: float, y1: float) -> Polygon:
    """A rectangle from its south-west to its north-east corner."""
    return box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def disc(x: float, y: float, radius: float, sides: int = 16) -> Polygon:
    """A regular polygon: a round table, a stool."""
    turn = 2 * pi / sides
    return Polygon([(x + radius * cos((i + 0.5) * turn), y + radius * sin((i + 0.5) * turn)) for i in range(sides)])


def quarter(x: float, y: float, radius: float, sides: int = 8) -> Polygon:
    """A quarter disc in the south-west corner (x, y)."""
    arc = [(x + radius * cos(i * pi / 2 / sides), y + radius * sin(i * pi / 2 / sides)) for i in range(sides + 1)]
    return Polygon([(x, y), *arc])


def mirrored(shape: Polygon, about: float = 30.0) -> Polygon:
    """The shape reflected in the building's axis x = ``about``."""
    return Polygon([(2 * about - x, y) for x, y in shape.exterior.coords])


def numbered(prefix: str, ordinal: int, category: str, en: str, zh: str, shapes: list[Polygon]) -> Iterator[Thing]:
    """Many things of one kind."""
    for i, shape in enumerate(shapes, start=1):
        yield Thing(f"{prefix}.{i}", ordinal, category, shape, en, zh)


def room_point(shape: Polygon) -> tuple[float, float]:
    """A point well inside a room, for its name: the middle if that lies inside, else the most inner point."""
    middle = shape.centroid
    if shape.buffer(-0.5).contains(middle):
        return (middle.x, middle.y)
    inside: Point = shape.buffer(-0.5).representative_point()
    return (inside.x, inside.y)
