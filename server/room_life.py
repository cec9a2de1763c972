"""What goes on in one room besides moving: who is there, what is said to whom, pins, and its tour.

Moving and seeing are ``server/rooms.py``. A frame is made once for everybody who gets the same. Who gets what somebody
says: in the building those near enough to see them; in any other room all who may see them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from server.room_tour import RoomTour
from spatial.plan import XY, Labels
from spatial.presence import Shown
from spatial.rooms.gathering import EARSHOT_M, MOST_LISTED, MOST_LISTENERS, kind_of, may_see
from spatial.rooms.pins import Pin, Pins
from spatial.rooms.tour import Stop
from wire.messages.base import Lang, Message
from wire.messages.meet import PersonBody, Pinned
from wire.messages.rooms import Joined, Parted, People, Unpinned
from wire.text import encode

if TYPE_CHECKING:
    from server.rooms import Member, Room


class Guest(Protocol):
    """What the room may ask of a client's own journeys (server/journeys/company.py)."""

    def overhear(self, whom: PersonBody, text: str, lang: Lang) -> None:
        """Hear what the librarian answers somebody near."""
        ...

    def lead_to(self, of: str, stop: Stop | None, point: XY, ordinal: int) -> None:
        """Be led to a stop of the tour, or after its leader."""
        ...

    def tell_stop(self, of: str, text: Labels) -> None:
        """Hear what is told at a stop."""
        ...

    def sent_away(self) -> None:
        """Leave the room by order of staff."""
        ...


class RoomLife:
    """The life of one room. All calls from the event loop."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.kind = kind_of(room.name)
        self.pins = Pins()
        self.tour: RoomTour | None = None

    def may_see(self, member: Member, other: Member) -> bool:
        """May a member see the other one, however far away?"""
        return _may_see(member, other.body, other.shown)

    def hearers(self, number: int) -> list[Member]:
        """Who gets here what somebody says, whichever server serves them; themselves not counted."""
        room = self._room
        if self.kind == "building":
            near = (room.members.get(one) for one in room.presence.witnesses(number))
            return [other for other in near if other is not None]
        speaker = room.members.get(number)
        body = speaker.body if speaker is not None else room.guests.get(number)
        if body is None:
            return []
        shown = speaker.shown if speaker is not None else room.presence.shown(number)
        return [o for o in room.members.values() if o is not speaker and _may_see(o, body, shown)]

    def tell(self, member: Member, message: Message) -> None:
        """Tell those who get what a member says, on every server, and the member."""
        self._room.tell_near(member, message)

    def tell_all(self, message: Message) -> None:
        """Tell everybody in the room."""
        _tell(list(self._room.members.values()), message)

    def roster(self, member: Member, of: str | None) -> People:
        """Who is in the room, as far as the member may see them."""
        room = self._room
        people = [other.body for other in room.members.values() if other is not member and self.may_see(member, other)]
        guests = room.guests.values()
        people += [body for body in guests if _may_see(member, body, room.presence.shown(body.number))]
        return People(of=of, people=tuple(people[:MOST_LISTED]), total=len(people))

    def entered(self, member: Member, now: float) -> None:
        """Somebody has come in: they are told what is there, and the others of them."""
        send = member.tell
        send(encode(self.roster(member, None)))
        for pin in self.pins.shown(now):
            owner = self._room.members.get(pin.owner)
            if owner is not None and self.may_see(member, owner):
                send(encode(pinned(pin, now)))
        if self.kind != "building":
            seeing = [o for o in self._room.members.values() if o is not member and self.may_see(o, member)]
            _tell(seeing, Joined(person=member.body))
        if self.tour is not None:
            self.tour.come_back(member, now)
            send(encode(self.tour.body()))

    def left(self, member: Member, now: float, by_will: bool) -> None:
        """Somebody is gone; not ``by_will``: their line broke, and what they pointed at is shown to its end."""
        if self.kind != "building":
            _tell([o for o in self._room.members.values() if self.may_see(o, member)], Parted(number=member.number))
        if by_will:
            self.unpin(self.pins.take_all(member.number))
        if self.tour is not None:
            self.tour.gone(member, now, by_will)

    def guest_entered(self, body: PersonBody, shown: Shown) -> None:
        """Somebody is there whom another server serves."""
        if self.kind != "building":
            _tell([o for o in self._room.members.values() if _may_see(o, body, shown)], Joined(person=body))

    def guest_left(self, body: PersonBody, shown: Shown) -> None:
        """Somebody is gone whom another server serves."""
        if self.kind != "building":
            _tell([o for o in self._room.members.values() if _may_see(o, body, shown)], Parted(number=body.number))

    def show(self, member: Member, shown: Shown) -> None:
        """Somebody chose anew who may see them."""
        others = [other for other in self._room.members.values() if other is not member]
        before = {other.number for other in others if self.may_see(other, member)}
        saw = member.shown
        member.shown = shown
        if shown == "nobody":
            self.unpin(self.pins.take_all(member.number))
        if self.kind != "building":
            after = {other.number for other in others if self.may_see(other, member)}
            _tell([o for o in others if o.number in after - before], Joined(person=member.body))
            _tell([o for o in others if o.number in before - after], Parted(number=member.number))
        if (saw == "all") != (shown == "all"):
            member.tell(encode(self.roster(member, None)))

    def pin(self, member: Member, pin: Pin, message: Pinned) -> None:
        """Somebody points at a place."""
        self.tell(member, message)
        self.unpin(self.pins.put(pin))

    def unpin(self, pins: Iterable[Pin]) -> None:
        """Pins are shown no longer."""
        for pin in pins:
            self.tell_all(Unpinned(of=pin.id, number=pin.owner))

    def listeners(self, member: Member) -> list[Member]:
        """Who stands so near that they hear what the librarian answers a member, and wants to; the nearest first."""
        presence = self._room.presence
        here = presence.seen(member.number)
        if here is None:
            return []
        near = []
        for other in self.hearers(member.number):
            there = presence.seen(other.number) if other.hears and other.guest is not None else None
            if there is None or there.ordinal != here.ordinal or there.world != here.world:
                continue
            far = math.dist(there.point, here.point)
            if far <= EARSHOT_M:
                near.append((far, other.number, other))
        return [other for _, _, other in sorted(near, key=lambda one: one[:2])[:MOST_LISTENERS]]

    def moved(self, member: Member, point: XY, ordinal: int, now: float) -> None:
        """Somebody is somewhere else; only the tour wants to know."""
        if self.tour is not None:
            self.tour.moved(member, point, ordinal, now)

    def tick(self, now: float) -> None:
        """Time has passed."""
        if self.tour is not None:
            self.tour.tick(now)
            if self.tour.core.phase == "ended":
                self.tour = None


def pinned(pin: Pin, now: float) -> Pinned:
    """A pin as it is shown from now on."""
    return Pinned(
        of=pin.id, number=pin.owner, name=pin.name, east_m=pin.point[0], north_m=pin.point[1], level=pin.ordinal,
        text=pin.text, lasts_s=round(pin.until - now, 3),
    )  # fmt: skip


def _may_see(member: Member, body: PersonBody, shown: Shown) -> bool:
    return may_see(member.body.world, member.shown, body.world, shown)


def _tell(members: Iterable[Member], message: Message) -> None:
    frame: str | None = None
    for member in members:
        frame = frame or encode(message)
        member.tell(frame)
