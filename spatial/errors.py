"""What can go wrong in the building: a short tree with one root.

SpatialError
├── VenueError        a venue file of which nothing can be kept
├── ShelfListError    a shelf list of which nothing can be kept
├── TwinError         a saved twin that is absent or damaged
└── PlaceError        a request for a place or level that the plan does not have
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spatial.plan import Fault


class SpatialError(Exception):
    """Root of the room's errors. ``faults``: every fault found before giving up; ``where``: the file, if it is one."""

    def __init__(self, message: str, faults: tuple[Fault, ...] = (), where: str = "") -> None:
        super().__init__(message)
        self.faults = faults
        self.where = where


class VenueError(SpatialError):
    """A venue file (IMDF, OSM) of which nothing can be kept."""


class ShelfListError(SpatialError):
    """A shelf list of which no row can be read."""


class TwinError(SpatialError):
    """A saved twin that is absent, damaged or of another format."""


class PlaceError(SpatialError):
    """The plan has no such place, level or entrance."""
