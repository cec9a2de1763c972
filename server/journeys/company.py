"""In company: who is in the room, pins taken back, what staff may do, and the librarian heard by those who stand near.

Whoever shares it lets others hear what the librarian answers; whoever wants to hears it. What readers say is never
passed on, nor are answers about their accounts and bookings.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Literal

from server import translate
from server.journeys.guide import Guiding
from server.journeys.speak import Voice
from server.line import Line
from server.sessions import Visit
from server.telemetry import log
from spatial.plan import XY, Labels
from spatial.rooms.gathering import Act, Role, permits
from spatial.rooms.tour import Stop
from wire.codes import ErrorCode
from wire.messages import rooms as wire
from wire.messages.base import Lang
from wire.messages.guide import Guide, Profile
from wire.messages.meet import PersonBody
from wire.text import encode

if TYPE_CHECKING:
    from avatars.values import Reply
    from server.parts import Parts
    from server.rooms import Member

PRIVATE = ("account", "book_space")
"""Intents whose answers nobody overhears."""
ACTS_PER_S = 1.0
ACTS_AT_ONCE = 8.0
"""Chat, pins, emotes and notes together, for one client."""
JOBS = 16
"""Requests of one client that may wait for the home's files."""


def role_of(visit: Visit) -> Role:
    """What somebody may do among others. A kiosk is everybody's, so whoever stands there is a visitor."""
    kind = visit.hello.client
    named: dict[str, Role] = {"staff": "staff", "robot": "robot", "kiosk": "visitor"}
    return named.get(kind, "reader")


def key_of(visit: Visit) -> str:
    """Who somebody is to notes, tours and staff: a signed-in reader for good, others as long as their visit lasts."""
    return visit.reader or visit.id


class Company:
    """One client in company; the room calls it by ``Guest`` (server/room_life.py)."""

    def __init__(self, parts: Parts, line: Line, visit: Visit, voice: Voice, guiding: Guiding) -> None:
        self._parts, self._line, self._visit = parts, line, visit
        self._voice, self._guiding = voice, guiding
        self._jobs: asyncio.Queue[tuple[str, Callable[[], Awaitable[None]]]] = asyncio.Queue(JOBS)
        self._budget, self._filled_at = ACTS_AT_ONCE, line.clock()
        self.member: Member | None = None
        self.profile: Profile = "walk"
        self.on_sent_away: Callable[[], None] = lambda: None

    @property
    def role(self) -> Role:
        """What one may do."""
        return role_of(self._visit)

    async def run(self) -> None:
        """Do what needs the home's files, in order, as long as the connection lasts."""
        while True:
            of, job = await self._jobs.get()
            try:
                await job()
            except Exception as fault:  # a shell edge: the reader gets a sentence
                log.error("something among others failed", exc_info=fault)
                self._line.send(translate.error_message(fault, self._visit.lang, of))

    def do(self, of: str, job: Callable[[], Awaitable[None]]) -> None:
        """Let a job be done in its turn."""
        try:
            self._jobs.put_nowait((of, job))
        except asyncio.QueueFull:
            self.refuse("busy", of)

    def is_kept_out(self, room: str) -> bool:
        """Have staff sent one away from that room?"""
        return self._parts.rooms.censure.is_removed(key_of(self._visit), room, self._line.clock())

    def entered(self, member: Member, hears: bool, shares: bool) -> None:
        """One is in a room now."""
        self.member = member
        member.key, member.guest, member.hears, member.shares = key_of(self._visit), self, hears, shares
        member.room.life.entered(member, self._line.clock())

    def left(self, by_will: bool) -> None:
        """One is no longer in the room; call after it has forgotten the member."""
        member, self.member = self.member, None
        if member is not None:
            member.room.life.left(member, self._line.clock(), by_will)

    def may(self, act: Act, of: str) -> Member | None:
        """The member when it may do this here and now; else it is told why not."""
        member = self.member
        if member is None:
            self.refuse("not_entered", of)
        elif not permits(self.role, act, member.room.life.kind):
            self.refuse("not_allowed", of)
        elif self._parts.rooms.censure.is_muted(key_of(self._visit), self._line.clock()):
            self.refuse("muted", of)
        else:
            return member
        return None

    def within_rate(self, of: str) -> bool:
        """Is one not too busy among others? Else it is told."""
        now = self._line.clock()
        self._budget = min(ACTS_AT_ONCE, self._budget + (now - self._filled_at) * ACTS_PER_S)
        self._filled_at = now
        if self._budget < 1.0:
            self.refuse("rate_limited", of)
            return False
        self._budget -= 1.0
        return True

    def refuse(self, code: ErrorCode, of: str, text: str | None = None) -> None:
        """Say that something is not done, and why."""
        self._line.send(translate.error(code, self._visit.lang, of, text))

    def who(self, asked: wire.Who) -> None:
        """Say who is in the room."""
        if self.member is None:
            self.refuse("not_entered", asked.id)
        else:
            self._line.send(self.member.room.life.roster(self.member, asked.id))

    def unpin(self, asked: wire.Unpin) -> None:
        """Take a pin back; one that is gone already is no fault."""
        member = self.member
        if member is None:
            self.refuse("not_entered", asked.id)
            return
        number = member.number if asked.number is None else asked.number
        if number != member.number and self.may("moderate", asked.id) is None:
            return
        pin = member.room.life.pins.take(number, asked.pin)
        if pin is not None:
            member.room.life.unpin((pin,))

    def moderate(self, asked: wire.Moderate) -> None:
        """Let somebody be silent, speak again, or go."""
        member = self.may("moderate", asked.id)
        if member is None:
            return
        other = member.room.members.get(asked.number)
        if other is None:
            self.refuse("unknown_person", asked.id)
        else:
            self.do(asked.id, lambda: self._moderate(asked, member, other))

    async def _moderate(self, asked: wire.Moderate, member: Member, other: Member) -> None:
        """What is not in the log of what staff did is not done. Raises AuditError."""
        what = {"room": member.room.life.kind, "number": asked.number, "for_s": asked.for_s}
        await self._parts.workers.run("thinking", lambda: self._parts.audit.write("staff", f"rooms.{asked.act}", what))
        censure, until = self._parts.rooms.censure, self._line.clock() + asked.for_s
        message = wire.Moderated(of=asked.id, act=asked.act, number=asked.number, for_s=asked.for_s)
        other.tell(encode(message.model_copy(update={"of": None})))
        match asked.act:
            case "mute":
                censure.mute(other.key, until)
            case "unmute":
                censure.unmute(other.key)
            case "remove":
                censure.remove(other.key, member.room.name, until)
                if other.guest is not None:
                    other.guest.sent_away()
        self._line.send(message)

    def share(self, reply: Reply) -> None:
        """The librarian answers: those near who want to hear it do, when one shares it."""
        member = self.member
        if member is None or not member.shares or reply.intent in PRIVATE or not reply.text.strip():
            return
        for listener in member.room.life.listeners(member):
            if listener.guest is not None:
                listener.guest.overhear(member.body, reply.text, reply.lang)

    def overhear(self, whom: PersonBody, text: str, lang: Lang) -> None:
        """Hear what she answers somebody near; in writing only while one is spoken to oneself."""
        utterance = None
        if not self._voice.speaking:
            utterance = self._voice.say(text, lang, "overheard", "told", self._line.clock(), after=True)
        self._line.send(wire.Overheard(number=whom.number, name=whom.name, text=text, lang=lang, utterance=utterance))

    def lead_to(self, of: str, stop: Stop | None, point: XY, ordinal: int) -> None:
        """Be led to a stop of the tour, or after its leader; in a book's world one sees where they are."""
        if self.member is None or self.member.room.life.kind == "world":
            return
        if stop is not None and stop.record_id is not None:
            self._guiding.begin(Guide(id=of, record_id=stop.record_id, profile=self.profile), with_others=True)
            return
        to = stop.place if stop is not None else f"{point[0]:.2f},{point[1]:.2f}@#{ordinal}"
        self._guiding.begin(Guide(id=of, to=to, profile=self.profile), with_others=True)

    def tell_stop(self, of: str, text: Labels) -> None:
        """Hear what is told at a stop, in one's own language."""
        lang: Literal["en", "zh"] = self._visit.lang
        said = text.get(lang) or next(iter(text.values()), "")
        if said:
            self._voice.say(said, lang if lang in text else _other(lang), of, "told", self._line.clock(), after=True)

    def sent_away(self) -> None:
        """Leave the room by order of staff."""
        self.on_sent_away()


def _other(lang: Lang) -> Lang:
    return "zh" if lang == "en" else "en"
