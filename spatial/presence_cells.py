"""The cells of a level: who is in each, who may see them, and what has happened there since the last tick.

What is written down here once for each kind of viewer is joined by ``spatial/presence.py`` for each group of viewers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

from spatial.plan import XY

CELL_M = 12.0
HOLD_M = 1.0
World = Literal["building", "virtual"]
Shown = Literal["nobody", "own", "all"]
Cell = tuple[int, int, int]
"""Ordinal, east and north index."""
Kind = int
"""A kind of viewer: 2 for the virtual library, plus 1 for those who see both worlds."""
KINDS = range(4)
Group = tuple[Cell, Kind]
"""Viewers who see the same."""


class Seen(NamedTuple):  # a tuple, because thousands are made in a second
    """One person as others see them."""

    number: int
    point: XY
    ordinal: int
    heading_deg: float | None
    gesture: str
    role: str
    world: World


@dataclass(slots=True, eq=False)
class Person:
    """Somebody in a room. ``looks``: is to be told of others; ``fresh``: is to get everything at the next tick."""

    number: int
    world: World
    shown: Shown
    role: str
    seen_at: float
    looks: bool
    seen: Seen | None = None
    pose: bytes = b""
    cell: Cell | None = None
    group: Group | None = None
    fresh: bool = True


class CellNews:
    """The people of one cell by kind of viewer that may see them, and what has happened since the last tick."""

    __slots__ = ("came", "changed", "key", "left", "seen", "stirred", "told", "touched", "watched")

    def __init__(self, cell: Cell) -> None:
        self.key = cell
        self.watched = 0
        self.touched = self.stirred = False
        self.seen: tuple[dict[int, Person], ...] = ({}, {}, {}, {})
        self.came: tuple[set[int], ...] = (set(), set(), set(), set())
        self.left: tuple[set[int], ...] = (set(), set(), set(), set())
        self.changed: dict[int, Person] = {}
        self.told: dict[Kind, tuple[int, bytes]] = {}

    def add(self, person: Person) -> None:
        """Somebody has come, or may be seen now."""
        self.stirred = True
        for kind in kinds_of(person):
            self.seen[kind][person.number] = person
            if person.number in self.left[kind]:
                self.left[kind].discard(person.number)
            else:
                self.came[kind].add(person.number)
        self.changed[person.number] = person

    def remove(self, person: Person) -> None:
        """Somebody has left, or may not be seen any more."""
        self.stirred = True
        for kind in KINDS:
            if self.seen[kind].pop(person.number, None) is not None:
                if person.number in self.came[kind]:
                    self.came[kind].discard(person.number)
                else:
                    self.left[kind].add(person.number)
        self.changed.pop(person.number, None)

    def poses(self, kind: Kind) -> tuple[int, bytes]:
        """How many poses of this cell are new, and they, joined; made once a tick for each kind."""
        told = self.told.get(kind)
        if told is None:
            seen = self.seen[kind]
            new = [person.pose for number, person in self.changed.items() if number in seen]
            told = self.told[kind] = len(new), b"".join(new)
        return told

    def settle(self) -> None:
        """Everybody has been told."""
        self.changed.clear()
        self.told.clear()
        self.touched = False
        if self.stirred:
            self.stirred = False
            for kind in KINDS:
                self.came[kind].clear()
                self.left[kind].clear()


def kind_of(person: Person) -> Kind:
    """The kind of viewer that somebody is."""
    return 2 * (person.world == "virtual") + (person.shown == "all")


def kinds_of(person: Person) -> tuple[Kind, ...]:
    """The kinds of viewers who may see somebody."""
    if person.shown == "nobody":
        return ()
    own = 2 * (person.world == "virtual")
    return (own, own + 1) if person.shown == "own" else (own, own + 1, 3 - own)


def cell_of(before: Cell | None, point: XY, ordinal: int) -> Cell:
    """The cell of a point; the one before as long as the point is not well outside it."""
    if before is not None and before[0] == ordinal:
        east, north = point[0] - before[1] * CELL_M, point[1] - before[2] * CELL_M
        if -HOLD_M <= east <= CELL_M + HOLD_M and -HOLD_M <= north <= CELL_M + HOLD_M:
            return before
    return ordinal, math.floor(point[0] / CELL_M), math.floor(point[1] / CELL_M)


def around(cell: Cell) -> tuple[Cell, ...]:
    ordinal, east, north = cell
    return tuple((ordinal, east + i, north + j) for i in (-1, 0, 1) for j in (-1, 0, 1))
