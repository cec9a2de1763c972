"""Rooms: people who see one another, and the one task that tells all of them twenty times a second what is new.

A frame is made once for everybody who sees the same. Pose frames go by the droppable lane: a client that has not taken
one when the next is due gets everything anew instead. A client that does not take its reliable messages is let go; the
others notice nothing.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from server.lane import make_ready
from server.line import Line
from server.outbox import Frame, TooSlowError
from server.room_life import Guest, RoomLife
from spatial.plan import XY
from spatial.presence import Presence, Seen, Shown, Update, World
from spatial.presence_pace import Pace
from spatial.rooms.censure import Censure
from spatial.rooms.gathering import holds
from wire.messages.base import Message
from wire.messages.meet import Neighbours, PersonBody
from wire.pose import join_poses, pack_pose
from wire.text import encode

if TYPE_CHECKING:
    from server.presence_link import PresenceLink

MOST_ROOMS = 256
LANE = "poses"
NAMES_TICKS = 1200
"""A name is told again when its person comes into view so many ticks after it was last told, at the latest twice."""


class FullError(Exception):
    """There are too many rooms already, or too many people in this one."""


@dataclass(slots=True, eq=False)
class Member:
    """One client in a room. ``known``: numbers whose names it has been told since ``known_since``; ``known_before``:
    in the same time before that. ``fell``: told when it is too slow.

    ``key``: what outlives its connection, the visit's id. ``hears``, ``shares``: consents about what the librarian
    answers those who stand near.
    """

    body: PersonBody
    line: Line
    room: Room
    fell: Callable[[TooSlowError], None]
    shown: Shown = "nobody"
    key: str = ""
    hears: bool = False
    shares: bool = False
    guest: Guest | None = None
    known: set[int] = field(default_factory=set)
    known_before: set[int] = field(default_factory=set)
    known_since: int = 0

    @property
    def number(self) -> int:
        """The number in pose frames."""
        return self.body.number

    def tell(self, frame: Frame, mark: str = "") -> None:
        """A frame that must arrive; ``mark``: with the same one it is not told twice, also after a broken line."""
        try:
            if not mark or self.line.is_news(mark):
                self.line.put(frame)
        except TooSlowError as fault:
            self.fell(fault)

    def strangers(self, numbers: Iterable[int], tick: int) -> frozenset[int]:
        """Those of ``numbers`` whose names the client is to be told now; it knows them afterwards."""
        if tick - self.known_since > NAMES_TICKS:
            self.known_before, self.known, self.known_since = self.known, set(), tick
        found = frozenset(numbers) - self.known - self.known_before
        self.known |= found
        return found


class Room:
    """The people of one room."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.presence = Presence(encode_seen)
        self.members: dict[int, Member] = {}
        self.guests: dict[int, PersonBody] = {}
        """People whom another server serves."""
        self.link: PresenceLink | None = None
        self.ticks = 0
        self.life = RoomLife(self)
        self._behind: list[Member] = []
        """Members whose last frame could not be written at once."""

    def move(
        self, member: Member, point: XY, ordinal: int, now: float, heading_deg: float | None, gesture: str
    ) -> None:
        """A member is somewhere else now. Raises PoseError."""
        self.presence.move(member.number, point, ordinal, now, heading_deg, gesture)
        if self.link is not None:
            self.link.moved(member)

    def show(self, member: Member, shown: Shown) -> None:
        """A member chose who may see it."""
        self.presence.show(member.number, shown)
        if self.link is not None:
            self.link.changed(member)

    def enter_guest(self, body: PersonBody, shown: Shown, now: float) -> None:
        """Somebody is there whom another server serves, or chose anew who may see them."""
        if body.number in self.guests:
            self.presence.show(body.number, shown)
        else:
            self.presence.enter(body.number, body.world, now, shown, body.role, looks=False)
            self.life.guest_entered(body, shown)
        self.guests[body.number] = body

    def leave_guest(self, number: int) -> None:
        """Somebody whom another server serves is gone."""
        body = self.guests.pop(number, None)
        if body is not None:
            self.life.guest_left(body, self.presence.shown(number))
            self.presence.leave(number)

    def tell_near(self, member: Member, message: Message) -> int:
        """Tell those who may see a member, and the member; how many others on this server.

        What answers a client's own id (``of``) is told to others once, also when it comes again by another server.
        """
        frame, mark = encode(message), mark_of(member, message)
        if self.link is not None and not self.link.said(self, member.number, frame, mark):
            member.tell(frame)
            return 0
        near = self.life.hearers(member.number)
        for other in near:
            other.tell(frame, mark)
        member.tell(frame)
        return len(near)

    def tick(self, now: float) -> int:
        """Tell everybody what is new; how many frames were handed over."""
        for member in self._behind:
            if member.line.holds(LANE):
                self.presence.resync(member.number)
        self._behind.clear()
        self.life.tick(now)
        updates = self.presence.tick(now)
        self.ticks += 1
        return sum(self._carry_out(update) for update in updates)

    def _carry_out(self, update: Update) -> int:
        frame = join_poses(update.ordinal, update.poses, update.gone, update.full, self.ticks % 2**32)
        ready = make_ready(frame)
        names: dict[frozenset[int], str] = {}
        members = [self.members[number] for number in update.to if number in self.members]
        for member in members:
            if update.appeared:
                strangers = member.strangers(update.appeared, self.ticks)
                if strangers:
                    if strangers not in names:
                        names[strangers] = self._names(strangers)
                    member.tell(names[strangers])
            if not member.line.put_ready(LANE, frame, ready):
                self._behind.append(member)
        return len(members)

    def _names(self, numbers: frozenset[int]) -> str:
        members = (self.members.get(number) for number in numbers)
        bodies = [member.body for member in members if member is not None]
        bodies += [self.guests[number] for number in numbers if number in self.guests]
        return encode(Neighbours(people=tuple(bodies)))


class Rooms:
    """All rooms of one server. All calls from its event loop."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}
        self.pace: Pace | None = None
        self.censure = Censure()
        self.link: PresenceLink | None = None
        """The other servers, where there are any."""

    def all(self) -> Iterable[Room]:
        """Every room."""
        return self._rooms.values()

    def __len__(self) -> int:
        return sum(len(room.members) for room in self._rooms.values())

    def find(self, name: str) -> Room | None:
        """The room of this name, if anybody is in it."""
        return self._rooms.get(name)

    def enter(
        self,
        name: str,
        line: Line,
        called: str,
        world: World,
        shown: Shown,
        role: str,
        fell: Callable[[TooSlowError], None],
    ) -> Member:
        """A client enters a room, which is made if absent. Raises FullError."""
        room = self._rooms.get(name)
        if room is None:
            if len(self._rooms) >= MOST_ROOMS:
                raise FullError(f"there are {MOST_ROOMS} rooms already")
            room = self._rooms[name] = Room(name)
            room.link = self.link
            if self.link is not None:
                self.link.opened(room)
        most = holds(room.life.kind)
        if most is not None and len(room.members) >= most:
            raise FullError(f"{most} people are in room {name} already")
        number = secrets.randbits(32)
        while number in room.presence or number == 0:
            number = secrets.randbits(32)
        body = PersonBody(number=number, name=called, role=role, world=world)  # type: ignore[arg-type]
        member = Member(body, line, room, fell, shown)
        room.members[number] = member
        room.presence.enter(number, world, line.clock(), shown, role)
        if self.link is not None:
            self.link.changed(member)
        return member

    def leave(self, member: Member) -> None:
        """A client leaves; an empty room is forgotten, unless a tour there waits for somebody whose line broke."""
        room = member.room
        if room.members.pop(member.number, None) is not None:
            room.presence.leave(member.number)
            if self.link is not None:
                self.link.left(member)
        self._forget_empty(room)

    def _forget_empty(self, room: Room) -> None:
        if not room.members and room.life.tour is None and self._rooms.get(room.name) is room:
            del self._rooms[room.name]
            if self.link is not None:
                self.link.closed(room)

    async def run(self, clock: Callable[[], float]) -> None:
        """Tick all rooms, as long as the server runs."""
        self.pace = pace = Pace(clock())
        while True:
            await asyncio.sleep(max(0.0, pace.due - clock()))
            began = clock()
            for room in list(self._rooms.values()):
                room.tick(began)
                self._forget_empty(room)
            pace.done(began, clock())


def mark_of(member: Member, message: Message) -> str:
    """The same for the same act of the same visit on every server; empty for what has no id."""
    of = getattr(message, "of", None)
    if not of or not member.key:
        return ""
    return sha256(f"{member.key} {getattr(message, 'type', '')} {of}".encode()).hexdigest()[:24]


def encode_seen(seen: Seen) -> bytes:
    """One person's 16 bytes. Raises PoseError."""
    return pack_pose(seen.number, *seen.point, seen.heading_deg, seen.gesture, seen.role, seen.world == "virtual")
