"""Meeting others: a client enters a room, its poses are shown to those who may see them, and it may speak and point.

What one says or points at reaches those who may see one, so somebody invisible cannot do either: nobody would know who
it was. Texts pass the moderation of ``server/moderation.py`` before anybody gets them; they are never logged.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from server import translate
from server.line import Line
from server.outbox import TooSlowError
from server.rooms import FullError, Member
from server.sessions import Visit
from spatial.presence import MOST, SILENT_S, World
from spatial.presence_pace import FAST_S
from wire.codes import ErrorCode
from wire.messages import meet as wire
from wire.messages.base import Message

if TYPE_CHECKING:
    from server.parts import Parts

PIN_S = 20.0
ACTS_PER_S = 1.0
ACTS_AT_ONCE = 8.0
"""Chat, pins and emotes together, for one client."""
ACTS_KEPT = 64
"""What one client said and pointed at lately, so that a repeated id has no second effect."""


class Meeting:
    """One client among the others."""

    def __init__(self, parts: Parts, line: Line, visit: Visit) -> None:
        self._parts, self._line, self._visit = parts, line, visit
        self._member: Member | None = None
        self._budget, self._filled_at = ACTS_AT_ONCE, line.clock()
        self._fallen: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        """Ends the connection (TooSlowError) when the client takes too little of what others cause."""
        await self._fallen

    def enter(self, asked: wire.Enter) -> None:
        """Be with others; entering again changes room, name and visibility, and gives another number."""
        self._leave()
        hello = self._visit.hello
        world: World = asked.world or ("virtual" if hello.client == "unity" else "building")
        role = hello.client if hello.client in ("robot", "staff") else "reader"
        name = " ".join(asked.name.split())
        if name and not self._parts.moderation.allows(name):
            self._refuse("text_refused", "enter")
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
            )
        )

    def resume(self) -> None:
        """The connection is new, the visit is not: enter again as before."""
        if self._visit.entered is not None:
            self.enter(self._visit.entered)

    def exit(self) -> None:
        """Be alone again; nothing happens when one was."""
        if self._member is not None:
            self._leave()
            self._line.send(wire.Left())
        self._visit.entered = None

    def gone(self) -> None:
        """The connection is gone; the visit may be resumed."""
        self._leave()

    def show(self, asked: wire.Visibility) -> None:
        """Choose who may see one."""
        member = self._entered("visibility")
        if member is not None and self._visit.entered is not None:
            member.room.show(member, asked.visible)
            self._visit.entered = self._visit.entered.model_copy(update={"visible": asked.visible})

    def moved(self, east_m: float, north_m: float, level: int, heading_deg: float | None, gesture: str) -> None:
        """The client is somewhere else now."""
        member = self._member
        if member is not None:
            member.room.move(member, (east_m, north_m), level, self._line.clock(), heading_deg, gesture)

    def chat(self, said: wire.Chat) -> None:
        """Say something to those near by."""
        member = self._may_act("chat", said.id, said.text)
        if member is not None:
            message = wire.Said(of=said.id, number=member.number, name=member.body.name, text=said.text)
            self._tell_once(member, f"chat {said.id}", message)

    def pin(self, made: wire.Pin) -> None:
        """Point at a place."""
        member = self._may_act("pin", made.id, made.text)
        if member is not None:
            where = {"east_m": made.east_m, "north_m": made.north_m, "level": made.level, "text": made.text}
            pinned = wire.Pinned(of=made.id, number=member.number, name=member.body.name, lasts_s=PIN_S, **where)  # type: ignore[arg-type]
            self._tell_once(member, f"pin {made.id}", pinned)

    def emote(self, made: wire.Emote) -> None:
        """Make a gesture."""
        member = self._may_act("emote", None, "")
        if member is not None:
            member.room.tell_near(member, wire.Emoted(number=member.number, name=made.name))

    def _may_act(self, kind: str, id_: str | None, text: str) -> Member | None:
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
        if not self._within_rate():
            self._refuse("rate_limited", of)
            return None
        if text and not self._parts.moderation.allows(text):
            self._refuse("text_refused", of)
            return None
        return member

    def _tell_once(self, member: Member, act: str, message: Message) -> None:
        member.room.tell_near(member, message)
        self._visit.acts[act] = message
        if len(self._visit.acts) > ACTS_KEPT:
            del self._visit.acts[next(iter(self._visit.acts))]

    def _entered(self, of: str) -> Member | None:
        if self._member is None:
            self._refuse("not_entered", of)
        return self._member

    def _refuse(self, code: ErrorCode, of: str, text: str | None = None) -> None:
        self._line.send(translate.error(code, self._visit.lang, of, text))

    def _within_rate(self) -> bool:
        now = self._line.clock()
        self._budget = min(ACTS_AT_ONCE, self._budget + (now - self._filled_at) * ACTS_PER_S)
        self._filled_at = now
        if self._budget < 1.0:
            return False
        self._budget -= 1.0
        return True

    def _leave(self) -> None:
        if self._member is not None:
            self._parts.rooms.leave(self._member)
            self._member = None

    def _fell(self, fault: TooSlowError) -> None:
        if not self._fallen.done():
            self._fallen.set_exception(fault)
