"""The building for drawing, as ``GET /v1/plan`` gives it. Coordinates are [east_m, north_m] in the map frame."""

from __future__ import annotations

from wire.messages.base import Message

Coordinate = tuple[float, float]
Ring = tuple[Coordinate, ...]
Shape = tuple[tuple[Ring, ...], ...]
"""Polygons, each an outer ring followed by its holes; rings are closed."""


class LevelBody(Message):
    """One floor."""

    id: str
    ordinal: int
    name: dict[str, str]
    short_name: dict[str, str]
    elevation_m: float
    outline: Shape


class UnitBody(Message):
    """A room."""

    id: str
    level: int
    category: str
    name: dict[str, str]
    restricted: bool
    shape: Shape
    label_at: Coordinate


class OpeningBody(Message):
    """A doorway."""

    id: str
    level: int
    category: str
    line: Ring


class FixtureBody(Message):
    """A thing that stands on the floor; ``category`` is IMDF's, kiosks have "kiosk"."""

    id: str
    level: int
    category: str
    name: dict[str, str]
    shape: Shape


class PinBody(Message):
    """An amenity or occupant."""

    id: str
    level: int
    kind: str
    category: str
    name: dict[str, str]
    point: Coordinate


class FaceBody(Message):
    """A shelf face; the books run from start to end, the reader stands on the right-hand side of that line."""

    range_id: str
    label: str
    level: int
    scheme: str
    first: str
    last: str
    collection: str
    bays: int
    start: Coordinate
    end: Coordinate


class PlanBody(Message):
    """A whole building."""

    revision: str
    name: dict[str, str]
    levels: tuple[LevelBody, ...]
    units: tuple[UnitBody, ...]
    openings: tuple[OpeningBody, ...]
    fixtures: tuple[FixtureBody, ...]
    pins: tuple[PinBody, ...]
    faces: tuple[FaceBody, ...]
