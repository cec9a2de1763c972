"""A tour as it runs in a room: what its core says is carried out on the members who follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spatial.plan import XY, Labels
from spatial.rooms.tour import Changed, Event, LeadTo, Tell, TourCore, Way
from wire.messages.rooms import StopBody, Tour
from wire.text import encode

if TYPE_CHECKING:
    from server.rooms import Member, Room

LANE = "tour"


class RoomTour:
    """One tour. ``of``: id of the message that began it. All calls from the event loop."""

    def __init__(self, room: Room, of: str, title: Labels, core: TourCore) -> None:
        self._room, self.of, self.title, self.core = room, of, title, core

    def begin(self, member: Member, now: float) -> None:
        """Whoever began it follows, unless they lead; everybody is told."""
        self._carry_out((*self.core.join(member.key, now), Changed()))
        self._place(member, now)

    def follow(self, member: Member, on: bool, now: float) -> None:
        """A member joins, or follows no longer."""
        self._carry_out(self.core.join(member.key, now) if on else self.core.leave(member.key, now))
        self._place(member, now)

    def steer(self, way: Way, now: float) -> None:
        """On, back, or the end."""
        self._carry_out(self.core.steer(way, now))

    def moved(self, member: Member, point: XY, ordinal: int, now: float) -> None:
        """A member is somewhere else."""
        self._carry_out(self.core.move(member.key, point, ordinal, now))

    def come_back(self, member: Member, now: float) -> None:
        """Somebody has come into the room: perhaps one whose line broke."""
        if member.key in self.core.followers or member.key == self.core.leader:
            self._carry_out(self.core.join(member.key, now))

    def gone(self, member: Member, now: float, by_will: bool) -> None:
        """A member has left the room, or their line broke."""
        if by_will:
            self._carry_out(self.core.leave(member.key, now))
        else:
            self.core.lose(member.key, now)

    def tick(self, now: float) -> None:
        """Time has passed."""
        self._carry_out(self.core.tick(now))

    def body(self) -> Tour:
        """How the tour stands."""
        core = self.core
        leader = next((m.number for m in self._room.members.values() if m.key == core.leader), None)
        stop = core.stops[core.at] if core.stops else None
        return Tour(
            of=self.of,
            title=dict(self.title),
            led_by=core.led_by,
            leader=leader if core.led_by == "person" else None,
            stops=tuple(
                StopBody(
                    name=dict(one.name), east_m=round(one.point[0], 3), north_m=round(one.point[1], 3),
                    level=one.ordinal, record_id=one.record_id,
                )
                for one in core.stops
            ),
            at=core.at,
            phase=core.phase,
            followers=len(core.followers),
            gathered=core.gathered,
            text=dict(stop.text) if stop is not None and core.phase == "there" else {},
            reason=core.reason,
        )  # fmt: skip

    def _carry_out(self, events: tuple[Event, ...]) -> None:
        told = False
        for event in events:
            match event:
                case LeadTo():
                    for member in self._members(event.who):
                        if member.guest is not None:
                            stop = self.core.stops[event.stop] if event.stop is not None else None
                            member.guest.lead_to(self.of, stop, event.point, event.ordinal)
                case Tell():
                    for member in self._members((*self.core.followers, self.core.leader)):
                        if member.guest is not None:
                            member.guest.tell_stop(self.of, self.core.stops[event.stop].text)
                case Changed() if not told:
                    told = True
                    self._tell()

    def _place(self, member: Member, now: float) -> None:
        """Where somebody stands who joins without moving."""
        seen = self._room.presence.seen(member.number)
        if seen is not None:
            self.moved(member, seen.point, seen.ordinal, now)

    def _tell(self) -> None:
        """Everybody in the room learns how it stands; only the newest state matters, its end must arrive."""
        frame = encode(self.body())
        for member in list(self._room.members.values()):
            if self.core.phase == "ended":
                member.tell(frame)
            else:
                member.line.put_latest(LANE, frame)

    def _members(self, keys: tuple[str, ...]) -> list[Member]:
        wanted = set(keys)
        return [member for member in self._room.members.values() if member.key in wanted]
