"""Who sees whom, and what is new for them at each tick. No I/O, no clock of its own.

A level is cut into square cells. Whoever stands in a cell sees the people of its nine cells, at most ``MOST`` of them,
those nearest to the cell's middle; so everybody in a cell sees the same and is told the same. One changes the cell only
when ``HOLD_M`` beyond its edge: people closer than ``CELL_M - 2 × HOLD_M`` (10 m) always see one another. A viewer new
to a group gets the full state, later only what changed.

Consent: one is seen by nobody until one allows it; by one's own world (the building or the virtual library); or by
both. Whoever does not show themselves to the other world does not see its people either.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from spatial.plan import XY

CELL_M = 12.0
HOLD_M = 1.0
MOST = 48
"""People shown to one viewer, at most."""
KEEP_M = 2.0
"""How much nearer somebody must be to take the place of one who is shown already."""
SILENT_S = 30.0
"""Without a pose for so long one is no longer there."""

World = Literal["building", "virtual"]
Shown = Literal["nobody", "own", "all"]
Cell = tuple[int, int, int]
"""Ordinal, east and north index."""
Group = tuple[Cell, World, bool]
"""Viewers who see the same: their cell, their world, whether they see the other one."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One person as others see them."""

    number: int
    point: XY
    ordinal: int
    heading_deg: float | None
    gesture: str
    role: str
    world: World


@dataclass(frozen=True, slots=True)
class Update:
    """What viewers ``to`` are told. ``full``: everybody they see; else what changed. ``appeared``: who is new there."""

    to: tuple[int, ...]
    ordinal: int
    full: bool
    poses: tuple[bytes, ...]
    gone: tuple[int, ...]
    appeared: tuple[int, ...]


@dataclass(slots=True, eq=False)
class _Person:
    number: int
    world: World
    shown: Shown
    role: str
    seen_at: float
    seen: Seen | None = None
    pose: bytes = b""
    cell: Cell | None = None
    group: Group | None = None
    fresh: bool = True


@dataclass(slots=True, eq=False)
class _View:
    """A group's viewers, and what they have been told."""

    viewers: set[int] = field(default_factory=set)
    told: dict[int, bytes] = field(default_factory=dict)
    fresh: bool = True


class Presence:
    """The people of one room. ``encode``: the bytes of one person as seen; equal bytes mean that nothing changed."""

    def __init__(self, encode: Callable[[Seen], bytes]) -> None:
        self._encode = encode
        self._people: dict[int, _Person] = {}
        self._cells: dict[Cell, dict[int, _Person]] = {}
        self._views: dict[Group, _View] = {}
        self._touched: set[Cell] = set()

    def __len__(self) -> int:
        return len(self._people)

    def enter(self, number: int, world: World, now: float, shown: Shown = "nobody", role: str = "reader") -> None:
        """Somebody is there; seen from the first pose on. Raises KeyError when the number is taken."""
        if number in self._people:
            raise KeyError(number)
        self._people[number] = _Person(number, world, shown, role, now)

    def leave(self, number: int) -> None:
        """Somebody is gone; nothing happens when they were not there."""
        person = self._people.pop(number, None)
        if person is not None:
            self._place(person, None)

    def show(self, number: int, shown: Shown) -> None:
        """Somebody chose who may see them. Raises KeyError."""
        person = self._people[number]
        person.shown = shown
        if person.cell is not None:
            self._touched.add(person.cell)
            self._join(person)

    def move(
        self,
        number: int,
        point: XY,
        ordinal: int,
        now: float,
        heading_deg: float | None = None,
        gesture: str = "none",
    ) -> None:
        """Somebody is at ``point`` (map metres). Raises KeyError, and what ``encode`` raises."""
        person = self._people[number]
        seen = Seen(number, point, ordinal, heading_deg, gesture, person.role, person.world)
        pose = self._encode(seen)
        person.seen_at, person.seen = now, seen
        if pose != person.pose:
            person.pose = pose
            if person.cell is not None:
                self._touched.add(person.cell)
        self._place(person, _cell_of(person.cell, point, ordinal))

    def resync(self, number: int) -> None:
        """A viewer has lost an update: the next one will be full."""
        person = self._people.get(number)
        if person is not None:
            person.fresh = True
            if person.group is not None:
                self._views[person.group].fresh = True

    def seen(self, number: int) -> Seen | None:
        """Somebody as others may see them; None when they are not there or have no pose yet."""
        person = self._people.get(number)
        return person.seen if person is not None else None

    def is_shown(self, number: int) -> bool:
        """Whether anybody may see them."""
        person = self._people.get(number)
        return person is not None and person.shown != "nobody"

    def witnesses(self, number: int) -> tuple[int, ...]:
        """Who is near enough to see somebody and may, themselves not counted."""
        person = self._people.get(number)
        if person is None or person.cell is None:
            return ()
        near = (other for cell in _around(person.cell) for other in self._cells.get(cell, {}).values())
        return tuple(o.number for o in near if o is not person and o.group is not None and _visible(person, o.group))

    def tick(self, now: float) -> list[Update]:
        """What everybody must be told since the last tick; people who have been silent too long are gone."""
        for person in [p for p in self._people.values() if p.seen is not None and now - p.seen_at > SILENT_S]:
            person.seen, person.pose = None, b""
            self._place(person, None)
        updates: list[Update] = []
        for group, view in list(self._views.items()):
            if not view.viewers:
                del self._views[group]
            elif view.fresh or not self._touched.isdisjoint(_around(group[0])):
                updates += self._look(group, view)
        self._touched.clear()
        return updates

    def _look(self, group: Group, view: _View) -> Iterable[Update]:
        shown = self._choose(group, view.told)
        told = view.told
        poses = tuple(pose for number, pose in shown.items() if told.get(number) != pose)
        gone = tuple(number for number in told if number not in shown)
        appeared = tuple(number for number in shown if number not in told)
        fresh = tuple(number for number in view.viewers if self._people[number].fresh) if view.fresh else ()
        view.told, view.fresh = shown, False
        if fresh:
            for number in fresh:
                self._people[number].fresh = False
            yield Update(fresh, group[0][0], True, tuple(shown.values()), (), tuple(shown))
        if (poses or gone) and len(fresh) < len(view.viewers):
            late = set(fresh)
            others = tuple(number for number in view.viewers if number not in late)
            yield Update(others, group[0][0], False, poses, gone, appeared)

    def _choose(self, group: Group, told: dict[int, bytes]) -> dict[int, bytes]:
        """The people whom a group sees."""
        near = [p for cell in _around(group[0]) for p in self._cells.get(cell, {}).values() if _visible(p, group)]
        if len(near) > MOST:
            middle = ((group[0][1] + 0.5) * CELL_M, (group[0][2] + 0.5) * CELL_M)
            near.sort(key=lambda p: (_far(p, middle) - (KEEP_M if p.number in told else 0.0), p.number))
            del near[MOST:]
        return {person.number: person.pose for person in near}

    def _place(self, person: _Person, cell: Cell | None) -> None:
        """Put somebody into a cell, or into none."""
        if cell == person.cell:
            return
        if person.cell is not None:
            people = self._cells[person.cell]
            del people[person.number]
            if not people:
                del self._cells[person.cell]
            self._touched.add(person.cell)
        person.cell = cell
        if cell is not None:
            self._cells.setdefault(cell, {})[person.number] = person
            self._touched.add(cell)
        self._join(person)

    def _join(self, person: _Person) -> None:
        """Make somebody a viewer of the group that their cell, world and consent give."""
        group = (person.cell, person.world, person.shown == "all") if person.cell is not None else None
        if group == person.group:
            return
        if person.group is not None:
            self._views[person.group].viewers.discard(person.number)
        person.group = group
        if group is not None:
            person.fresh = True
            view = self._views.setdefault(group, _View())
            view.viewers.add(person.number)
            view.fresh = True


def _visible(person: _Person, group: Group) -> bool:
    """May viewers of this group see that person?"""
    _, world, sees_both = group
    return person.shown != "nobody" and (person.world == world or (sees_both and person.shown == "all"))


def _cell_of(before: Cell | None, point: XY, ordinal: int) -> Cell:
    """The cell of a point; the one before as long as the point is not well outside it."""
    if before is not None and before[0] == ordinal:
        east, north = point[0] - before[1] * CELL_M, point[1] - before[2] * CELL_M
        if -HOLD_M <= east <= CELL_M + HOLD_M and -HOLD_M <= north <= CELL_M + HOLD_M:
            return before
    return ordinal, math.floor(point[0] / CELL_M), math.floor(point[1] / CELL_M)


def _around(cell: Cell) -> tuple[Cell, ...]:
    ordinal, east, north = cell
    return tuple((ordinal, east + i, north + j) for i in (-1, 0, 1) for j in (-1, 0, 1))


def _far(person: _Person, point: XY) -> float:
    assert person.seen is not None
    return math.dist(person.seen.point, point)
