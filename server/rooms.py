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

from server.line import Line
from server.outbox import Frame, TooSlowError
from server.room_life import Guest, RoomLife
from spatial.presence import Presence, Seen, Shown, Update, World
from spatial.presence_pace import Pace
from spatial.rooms.censure import Censure
from spatial.rooms.gathering import holds
from wire.messages.base import Message
from wire.messages.meet import Neighbours, PersonBody
from wire.pose import PoseRecord, encode_pose, join_poses
from wire.text import encode

MOST_ROOMS = 256
LANE = "poses"


class FullError(Exception):
    """There are too many rooms already, or too many people in this one."""


@dataclass(slots=True, eq=False)
class Member:
    """One client in a room. ``known``: numbers whose names it has been told. ``fell``: told when it is too slow.

    ``key``: what outlives its connection. ``hears``, ``shares``: consents about the librarian's answers to those near.
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

    @property
    def number(self) -> int:
        """The number in pose frames."""
        return self.body.number

    def tell(self, frame: Frame) -> None:
        """A frame that must arrive."""
        try:
            self.line.put(frame)
        except TooSlowError as fault:
            self.fell(fault)


class Room:
    """The people of one room."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.presence = Presence(encode_seen)
        self.members: dict[int, Member] = {}
        self.ticks = 0
        self.life = RoomLife(self)

    def tell_near(self, member: Member, message: Message) -> int:
        """Tell those who may see a member, and the member; how many others."""
        frame = encode(message)
        near = self.presence.witnesses(member.number)
        for number in near:
            other = self.members.get(number)
            if other is not None:
                other.tell(frame)
        member.tell(frame)
        return len(near)

    def tick(self, now: float) -> int:
        """Tell everybody what is new; how many frames were handed over."""
        for number, member in self.members.items():
            if member.line.holds(LANE):
                self.presence.resync(number)
        self.life.tick(now)
        updates = self.presence.tick(now)
        self.ticks = (self.ticks + 1) % 2**32
        return sum(self._carry_out(update) for update in updates)

    def _carry_out(self, update: Update) -> int:
        frame = join_poses(update.ordinal, update.poses, update.gone, update.full, self.ticks)
        members = [self.members[number] for number in update.to if number in self.members]
        names: str | None = None
        for member in members:
            if update.full:
                fresh = [number for number in update.appeared if number not in member.known]
                if fresh:
                    member.tell(self._names(fresh))
            elif update.appeared:
                names = names or self._names(update.appeared)
                member.tell(names)
            member.known.update(update.appeared)
            member.known.difference_update(update.gone)
            member.line.put_latest(LANE, frame)
        return len(members)

    def _names(self, numbers: Iterable[int]) -> str:
        found = (self.members.get(number) for number in numbers)
        return encode(Neighbours(people=tuple(member.body for member in found if member is not None)))


class Rooms:
    """All rooms of one server. All calls from its event loop."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}
        self.pace: Pace | None = None
        self.censure = Censure()

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
        most = holds(room.life.kind)
        if most is not None and len(room.members) >= most:
            raise FullError(f"{most} people are in room {name} already")
        number = secrets.randbits(32)
        while number in room.members or number == 0:
            number = secrets.randbits(32)
        body = PersonBody(number=number, name=called, role=role, world=world)  # type: ignore[arg-type]
        member = Member(body, line, room, fell, shown)
        room.members[number] = member
        room.presence.enter(number, world, line.clock(), shown, role)
        return member

    def leave(self, member: Member) -> None:
        """A client leaves; an empty room is forgotten, unless a tour there waits for somebody whose line broke."""
        room = member.room
        if room.members.pop(member.number, None) is not None:
            room.presence.leave(member.number)
        self._forget_empty(room)

    def _forget_empty(self, room: Room) -> None:
        if not room.members and room.life.tour is None and self._rooms.get(room.name) is room:
            del self._rooms[room.name]

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


def encode_seen(seen: Seen) -> bytes:
    """One person's 16 bytes. Raises PoseError."""
    east, north = seen.point
    return encode_pose(
        PoseRecord(seen.number, east, north, seen.heading_deg, seen.gesture, seen.role, seen.world == "virtual")
    )
