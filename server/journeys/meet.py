"""Meeting others: a client enters a room, its poses are shown to those who may see them, and it may speak and point.

What one says or points at reaches those who may see one, so somebody invisible cannot do either: nobody would know who
it was. Texts pass the moderation of ``server/moderation.py`` before anybody gets them; they are never logged.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

from server.journeys.company import Company
from server.journeys.notes import Noting
from server.line import Line
from server.outbox import TooSlowError
from server.room_life import pinned
from server.rooms import FullError, Member
from server.sessions import Visit
from spatial.presence import MOST, SILENT_S, World
from spatial.presence_pace import FAST_S
from spatial.rooms.gathering import Act
from spatial.rooms.pins import Pin
from wire.messages import meet as wire
from wire.messages.base import Message

if TYPE_CHECKING:
    from server.parts import Parts

ACTS_KEPT = 64
"""What one client said and pointed at lately, so that a repeated id has no second effect."""


class Meeting:
    """One client among the others."""

    def __init__(self, parts: Parts, line: Line, visit: Visit, company: Company, noting: Noting) -> None:
        self._parts, self._line, self._visit = parts, line, visit
        self._company, self._noting = company, noting
        self._refuse = company.refuse
        company.on_sent_away = lambda: self.exit("removed")
        self._member: Member | None = None
        self._fallen: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        """Ends the connection (TooSlowError) when the client takes too little of what others cause."""
        await self._fallen

    def enter(self, asked: wire.Enter) -> None:
        """Be with others; entering again changes room, name and visibility, and gives another number."""
        before = self._visit.entered
        self._leave(by_will=before is not None and before.room != asked.room)
        hello = self._visit.hello
        world: World = asked.world or ("virtual" if hello.client == "unity" else "building")
        role = hello.client if hello.client in ("robot", "staff") else "reader"
        name = " ".join(asked.name.split())
        if name and not self._parts.moderation.allows(name):
            self._refuse("text_refused", "enter")
            return
        if self._company.is_kept_out(asked.room):
            self._visit.entered = None
            self._refuse("not_allowed", "enter", "staff have asked you to stay out of this room for a while")
            return
        try:
            member = self._parts.rooms.enter(asked.room, self._line, name, world, asked.visible, role, self._fell)
        except FullError:
            self._refuse("busy", "enter")
            return
        self._member, self._visit.entered = member, asked
        member.key = self._visit.id
        self._line.send(
            wire.Entered(
                number=member.number,
                room=asked.room,
                world=world,
                visible=asked.visible,
                most=MOST,
                tick_s=FAST_S,
                silent_s=SILENT_S,
                kind=member.room.life.kind,
                role=self._company.role,
                author=self._noting.author,
                name=name,
                hears=asked.hears,
                shares=asked.shares,
            )
        )
        self._company.entered(member, asked.hears, asked.shares)
        self._noting.show()

    def resume(self) -> None:
        """The connection is new, the visit is not: enter again as before."""
        if self._visit.entered is not None:
            self.enter(self._visit.entered)

    def exit(self, reason: Literal["asked", "removed"] = "asked") -> None:
        """Be alone again; nothing happens when one was."""
        if self._member is not None:
            self._leave(by_will=True)
            self._line.send(wire.Left(reason=reason))
        self._visit.entered = None

    def gone(self) -> None:
        """The connection is gone; the visit may be resumed."""
        self._leave(by_will=False)

    @property
    def is_elsewhere(self) -> bool:
        """Is one in the world of a book, where positions are not the building's?"""
        return self._member is not None and self._member.room.life.kind == "world"

    def show(self, asked: wire.Visibility) -> None:
        """Choose who may see one."""
        member = self._entered("visibility")
        if member is not None and self._visit.entered is not None:
            member.room.life.show(member, asked.visible)
            member.room.show(member, asked.visible)
            if asked.hears is not None:
                member.hears = asked.hears
            if asked.shares is not None:
                member.shares = asked.shares
            chosen = {"visible": asked.visible, "hears": member.hears, "shares": member.shares}
            self._visit.entered = self._visit.entered.model_copy(update=chosen)

    def moved(self, east_m: float, north_m: float, level: int, heading_deg: float | None, gesture: str) -> None:
        """The client is somewhere else now."""
        member = self._member
        if member is not None:
            now = self._line.clock()
            member.room.move(member, (east_m, north_m), level, now, heading_deg, gesture)
            member.room.life.moved(member, (east_m, north_m), level, now)

    def chat(self, said: wire.Chat) -> None:
        """Say something to those near by."""
        member = self._may_act("chat", said.id, said.text)
        if member is not None:
            message = wire.Said(of=said.id, number=member.number, name=member.body.name, text=said.text)
            self._tell_once(member, f"chat {said.id}", message)

    def pin(self, made: wire.Pin) -> None:
        """Point at a place, for a while."""
        member = self._may_act("pin", made.id, made.text)
        if member is not None:
            now = self._line.clock()
            where = (made.east_m, made.north_m)
            pin = Pin(member.number, made.id, member.body.name, where, made.level, made.text, now + made.lasts_s)
            message = pinned(pin, now)
            self._keep(f"pin {made.id}", message)
            member.room.life.pin(member, pin, message)

    def emote(self, made: wire.Emote) -> None:
        """Make a gesture."""
        member = self._may_act("emote", None, "")
        if member is not None:
            member.room.life.tell(member, wire.Emoted(number=member.number, name=made.name))

    def _may_act(self, kind: Act, id_: str | None, text: str) -> Member | None:
        """The member when it may be seen or heard doing this; else it is told why not."""
        of = id_ or kind
        member = self._entered(of)
        if member is None:
            return None
        done = self._visit.acts.get(f"{kind} {id_}")
        if done is not None:  # sent again after the connection broke: others have it, the sender may not know
            self._line.send(done)
            return None
        if not member.room.presence.is_shown(member.number):
            self._refuse("not_allowed", of, "others cannot see you; choose who may see you first")
            return None
        if self._company.may(kind, of) is None or not self._company.within_rate(of):
            return None
        if text and not self._parts.moderation.allows(text):
            self._refuse("text_refused", of)
            return None
        return member

    def _tell_once(self, member: Member, act: str, message: Message) -> None:
        self._keep(act, message)
        member.room.life.tell(member, message)

    def _keep(self, act: str, message: Message) -> None:
        """What was done has been done, also when the sender asks again."""
        self._visit.acts[act] = message
        if len(self._visit.acts) > ACTS_KEPT:
            del self._visit.acts[next(iter(self._visit.acts))]

    def _entered(self, of: str) -> Member | None:
        if self._member is None:
            self._refuse("not_entered", of)
        return self._member

    def _leave(self, by_will: bool) -> None:
        if self._member is not None:
            self._parts.rooms.leave(self._member)
            self._member = None
            self._company.left(by_will)

    def _fell(self, fault: TooSlowError) -> None:
        if not self._fallen.done():
            self._fallen.set_exception(fault)
