"""Tours: people walk together from stop to stop, led by the librarian or by one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.journeys.company import Company, key_of
from server.line import Line
from server.room_tour import RoomTour
from server.sessions import Visit
from server.tours import Finding, NoTour, Stops, read_tour, stops_of_answer, stops_of_list
from spatial.rooms.tour import TourCore
from wire.messages import rooms as wire

if TYPE_CHECKING:
    from server.parts import Parts
    from server.rooms import Member


class Touring:
    """One client's part in the tours of its room."""

    def __init__(self, parts: Parts, line: Line, visit: Visit, company: Company) -> None:
        self._parts, self._line, self._visit, self._company = parts, line, visit, company

    def lead(self, asked: wire.LeadTour) -> None:
        """Begin a tour, unless another one is under way."""
        member = self._company.may("lead", asked.id)
        if member is None or not self._company.within_rate(asked.id):
            return
        if sum((asked.tour is not None, bool(asked.stops), asked.answer)) > 1:
            self._company.refuse("bad_message", asked.id, "lead_tour takes one of tour, stops and answer")
        elif not (asked.tour or asked.stops or asked.answer) and asked.led_by == "librarian":
            self._company.refuse("bad_message", asked.id, "the librarian needs stops to lead to")
        elif member.room.life.kind == "world" and (asked.tour or asked.stops or asked.answer):
            self._company.refuse("not_allowed", asked.id, "in a book's world a tour follows its leader, without stops")
        elif self._is_under_way(member, asked):
            self._company.refuse("busy", asked.id, "another tour is under way in this room")
        else:
            self._company.do(asked.id, lambda: self._lead(asked, member))

    def follow(self, asked: wire.FollowTour) -> None:
        """Join the tour, or leave it."""
        self._company.profile = asked.profile
        member = self._company.member
        if member is None:
            self._company.refuse("not_entered", "follow_tour")
        elif member.room.life.tour is None:
            self._company.refuse("no_tour", "follow_tour")
        else:
            member.room.life.tour.follow(member, asked.on, self._line.clock())

    def steer(self, asked: wire.SteerTour) -> None:
        """Take the tour on, back, or end it."""
        member = self._company.member
        if member is None:
            self._company.refuse("not_entered", "steer_tour")
            return
        tour = member.room.life.tour
        if tour is None:
            self._company.refuse("no_tour", "steer_tour")
        elif tour.core.leader != key_of(self._visit) and self._company.role != "staff":
            self._company.refuse("not_allowed", "steer_tour")
        elif asked.to == "end" or self._company.within_rate("steer_tour"):
            tour.steer(asked.to, self._line.clock())

    async def _lead(self, asked: wire.LeadTour, member: Member) -> None:
        found = await self._parts.workers.run("thinking", lambda: self._find(asked))
        if isinstance(found, NoTour):
            self._company.refuse(found.code, asked.id, found.text or None)
            return
        title, stops = found
        room = member.room
        if self._company.member is not member:
            return  # one has left meanwhile
        if self._is_under_way(member, asked):
            self._company.refuse("busy", asked.id, "another tour is under way in this room")
            return
        now = self._line.clock()
        self._company.profile = asked.profile
        if room.life.tour is not None:
            room.life.tour.steer("end", now)
        core = TourCore(stops, asked.led_by, key_of(self._visit), now)
        room.life.tour = RoomTour(room, asked.id, title, core)
        room.life.tour.begin(member, now)

    def _find(self, asked: wire.LeadTour) -> Stops | NoTour:
        """Title and stops; in a thread."""
        finding = Finding(self._parts.place_of, self._parts.finder.locate)
        own = {"en": asked.title, "zh": asked.title} if asked.title else {}
        if asked.tour is not None:
            found = read_tour(self._parts.settings.home, asked.tour, finding)
            return found if isinstance(found, NoTour) or not own else (own, found[1])
        if asked.answer:
            memory = self._visit.memory
            stops = stops_of_answer(memory.last if memory is not None else None)
        else:
            stops = stops_of_list(asked.stops, finding)
        return stops if isinstance(stops, NoTour) else (own, stops)

    def _is_under_way(self, member: Member, asked: wire.LeadTour) -> bool:
        """Is another one's tour under way? One's own gives way to the new one; the same message begins none again."""
        tour = member.room.life.tour
        if tour is None or tour.core.phase == "ended":
            return False
        return tour.core.leader != key_of(self._visit) or tour.of == asked.id
