"""Who sees whom, and what is new for them at each tick. No I/O, no clock of its own.

A level is cut into square cells. Whoever stands in a cell sees the people of its nine cells, at most ``MOST`` of them,
those nearest to the cell's middle; so everybody in a cell sees the same and is told the same. One changes the cell only
when ``HOLD_M`` beyond its edge: people closer than ``CELL_M - 2 × HOLD_M`` (10 m) always see one another. A viewer new
to a group gets the full state, later only what changed.

Consent: one is seen by nobody until one allows it; by one's own world (the building or the virtual library); or by
both. Whoever does not show themselves to the other world does not see its people either. So there are four kinds of
viewers: by their world, and by whether they see the other one.

What has happened in a cell since the last tick is written down once for each kind of viewer, and the nine cells' notes
are joined for each group: a tick costs as much as there are groups with news, not as there are viewers. Only where more
than ``MOST`` are near, each group is looked at one by one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from spatial.plan import XY
from spatial.presence_cells import (
    CELL_M,
    HOLD_M,
    Cell,
    CellNews,
    Group,
    Kind,
    Person,
    Seen,
    Shown,
    World,
    around,
    cell_of,
    kind_of,
    kinds_of,
)

__all__ = ["CELL_M", "HOLD_M", "KEEP_M", "MOST", "SILENT_S", "Presence", "Seen", "Shown", "Update", "World"]

MOST = 48
"""People shown to one viewer, at most."""
KEEP_M = 2.0
"""How much nearer somebody must be to take the place of one who is shown already."""
SILENT_S = 30.0
"""Without a pose for so long one is no longer there."""


@dataclass(frozen=True, slots=True)
class Update:
    """What viewers ``to`` are told. ``full``: everybody they see; else what changed. ``appeared``: who is new there.
    ``poses``: as many poses as ``count`` says, joined.
    """

    to: tuple[int, ...]
    ordinal: int
    full: bool
    poses: bytes
    count: int
    gone: tuple[int, ...]
    appeared: tuple[int, ...]


@dataclass(slots=True, eq=False)
class _View:
    """A group's viewers and their nine cells. ``count``: people near whom they may see; ``chosen``: those whom they do
    see, when that is not all."""

    cells: tuple[CellNews, ...]
    viewers: set[int] = field(default_factory=set)
    count: int | None = None
    chosen: set[int] | None = None
    fresh: bool = True


class Presence:
    """The people of one room. ``encode``: the bytes of one person as seen; equal bytes mean that nothing changed."""

    def __init__(self, encode: Callable[[Seen], bytes]) -> None:
        self._encode = encode
        self._people: dict[int, Person] = {}
        self._cells: dict[Cell, CellNews] = {}
        self._views: dict[Group, _View] = {}
        self._touched: list[CellNews] = []

    def __len__(self) -> int:
        return len(self._people)

    def __contains__(self, number: int) -> bool:
        return number in self._people

    def enter(
        self, number: int, world: World, now: float, shown: Shown = "nobody", role: str = "reader", looks: bool = True
    ) -> None:
        """Somebody is there; seen from the first pose on. ``looks``: is to be told of others.

        Raises KeyError when the number is taken.
        """
        if number in self._people:
            raise KeyError(number)
        self._people[number] = Person(number, world, shown, role, now, looks)

    def leave(self, number: int) -> None:
        """Somebody is gone; nothing happens when they were not there."""
        person = self._people.pop(number, None)
        if person is not None:
            self._place(person, None)

    def show(self, number: int, shown: Shown) -> None:
        """Somebody chose who may see them. Raises KeyError."""
        person = self._people[number]
        if person.cell is None or person.shown == shown:
            person.shown = shown
            return
        cell = self._touch(person.cell)
        cell.remove(person)
        person.shown = shown
        cell.add(person)
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
        cell = cell_of(person.cell, point, ordinal)
        if pose != person.pose:
            person.pose = pose
            if cell == person.cell and person.shown != "nobody":
                self._touch(cell).changed[number] = person
        if cell != person.cell:
            self._place(person, cell)

    def resync(self, number: int) -> None:
        """A viewer has lost an update: the next one will be full."""
        person = self._people.get(number)
        if person is not None and person.looks:
            person.fresh = True
            if person.group is not None:
                self._views[person.group].fresh = True

    def seen(self, number: int) -> Seen | None:
        """Somebody as others may see them; None when they are not there or have no pose yet."""
        person = self._people.get(number)
        return person.seen if person is not None else None

    def pose_of(self, number: int) -> bytes:
        """Somebody's pose as ``encode`` gave it; empty when they are not there or have none yet."""
        person = self._people.get(number)
        return person.pose if person is not None else b""

    def shown(self, number: int) -> Shown:
        """Who may see somebody."""
        person = self._people.get(number)
        return person.shown if person is not None else "nobody"

    def is_shown(self, number: int) -> bool:
        """Whether anybody may see them."""
        return self.shown(number) != "nobody"

    def witnesses(self, number: int) -> tuple[int, ...]:
        """Who is near enough to see somebody and may, themselves not counted."""
        person = self._people.get(number)
        if person is None or person.cell is None:
            return ()
        groups = ((cell, kind) for cell in around(person.cell) for kind in kinds_of(person))
        views = (self._views[group] for group in groups if group in self._views)
        return tuple(other for view in views for other in view.viewers if other != number)

    def tick(self, now: float) -> list[Update]:
        """What everybody must be told since the last tick; people who have been silent too long are gone."""
        for person in [p for p in self._people.values() if now - p.seen_at > SILENT_S and p.seen is not None]:
            person.seen, person.pose = None, b""
            self._place(person, None)
        updates: list[Update] = []
        for group, view in list(self._views.items()):
            news = [cell for cell in view.cells if cell.touched]
            if not view.viewers:
                self._close(group, view)
            elif news or view.fresh:
                updates += self._look(group, view, news)
        for cell in self._touched:
            cell.settle()
            self._forget(cell)
        self._touched.clear()
        return updates

    def _look(self, group: Group, view: _View, news: list[CellNews]) -> Iterator[Update]:
        kind = group[1]
        appeared: set[int] = set()
        gone: set[int] = set()
        for cell in news:
            if cell.stirred:
                appeared |= cell.came[kind]
                gone |= cell.left[kind]
        if appeared and gone:
            appeared, gone = appeared - gone, gone - appeared
        near: dict[int, Person] | None = None
        if view.count is None:
            near = _near(view, kind)
            view.count = len(near)
        else:
            view.count += len(appeared) - len(gone)
        if view.chosen is None and view.count <= MOST:
            told = [cell.poses(kind) for cell in news]
            count, poses = sum([n for n, _ in told]), b"".join([blob for _, blob in told])
        else:
            near = near or _near(view, kind)
            before = view.chosen if view.chosen is not None else (near.keys() - appeared) | gone
            near = self._nearest(group, near, before)
            view.chosen = set(near) if view.count > MOST else None
            changed = {number for cell in news for number in cell.changed}
            appeared, gone = near.keys() - before, before - near.keys()
            new = [p.pose for number, p in near.items() if number in changed or number in appeared]
            count, poses = len(new), b"".join(new)
        fresh: tuple[int, ...] = ()
        if view.fresh:
            view.fresh = False
            fresh = tuple(number for number in view.viewers if self._people[number].fresh)
            for number in fresh:
                self._people[number].fresh = False
            near = near if near is not None else _near(view, kind)
            everybody = b"".join([person.pose for person in near.values()])
            yield Update(fresh, group[0][0], True, everybody, len(near), (), tuple(near))
        if (count or gone) and len(fresh) < len(view.viewers):
            others = tuple(view.viewers.difference(fresh)) if fresh else tuple(view.viewers)
            yield Update(others, group[0][0], False, poses, count, tuple(gone), tuple(appeared))

    def _nearest(self, group: Group, near: dict[int, Person], before: set[int]) -> dict[int, Person]:
        """At most ``MOST`` of them."""
        if len(near) <= MOST:
            return near
        middle = ((group[0][1] + 0.5) * CELL_M, (group[0][2] + 0.5) * CELL_M)
        ranked = sorted(
            near.values(), key=lambda p: (_far(p, middle) - (KEEP_M if p.number in before else 0.0), p.number)
        )
        return {person.number: person for person in ranked[:MOST]}

    def _cell(self, key: Cell) -> CellNews:
        """The cell, made if absent."""
        cell = self._cells.get(key)
        if cell is None:
            cell = self._cells[key] = CellNews(key)
        return cell

    def _touch(self, key: Cell) -> CellNews:
        """The cell, which has news now."""
        cell = self._cell(key)
        if not cell.touched:
            cell.touched = True
            self._touched.append(cell)
        return cell

    def _open(self, group: Group) -> _View:
        """The view of a group, made if absent."""
        view = self._views.get(group)
        if view is None:
            view = self._views[group] = _View(tuple(self._cell(key) for key in around(group[0])))
            for cell in view.cells:
                cell.watched += 1
        return view

    def _close(self, group: Group, view: _View) -> None:
        """Nobody looks from there any more."""
        del self._views[group]
        for cell in view.cells:
            cell.watched -= 1
            self._forget(cell)

    def _forget(self, cell: CellNews) -> None:
        """Keep no cell that is empty and that nobody looks at."""
        if not cell.watched and not any(cell.seen):
            self._cells.pop(cell.key, None)

    def _place(self, person: Person, key: Cell | None) -> None:
        """Put somebody into a cell, or into none."""
        if key == person.cell:
            return
        if person.cell is not None:
            self._touch(person.cell).remove(person)
        person.cell = key
        if key is not None:
            self._touch(key).add(person)
        self._join(person)

    def _join(self, person: Person) -> None:
        """Make somebody a viewer of the group that their cell, world and consent give."""
        if not person.looks:
            return
        group = (person.cell, kind_of(person)) if person.cell is not None else None
        if group == person.group:
            return
        if person.group is not None:
            self._views[person.group].viewers.discard(person.number)
        person.group = group
        if group is not None:
            person.fresh = True
            view = self._open(group)
            view.viewers.add(person.number)
            view.fresh = True


def _near(view: _View, kind: Kind) -> dict[int, Person]:
    """Everybody in the nine cells whom viewers of a kind may see."""
    near: dict[int, Person] = {}
    for cell in view.cells:
        near |= cell.seen[kind]
    return near


def _far(person: Person, point: XY) -> float:
    assert person.seen is not None
    return math.dist(person.seen.point, point)
