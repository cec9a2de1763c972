"""Notes: one leaves something at a place, and others find it there, today or next month.

Kept in the home (``server/notebook.py``); told to everybody in the room by way of the hub, on every server.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from server.journeys.company import Company, key_of
from server.line import Line
from server.sessions import Visit
from spatial.rooms.notes import SENT, Note, may_remove, spoken_name
from wire.messages import rooms as wire
from wire.messages.base import Message

if TYPE_CHECKING:
    from server.parts import Parts

TOPIC = "rooms/notes"
NOTES_BYTES = 200_000
"""Of one message; the oldest notes are left out beyond that."""


class Noting:
    """One client's notes."""

    def __init__(self, parts: Parts, line: Line, visit: Visit, company: Company) -> None:
        self._parts, self._line, self._visit, self._company = parts, line, visit, company

    @property
    def author(self) -> str:
        """One's own pseudonym."""
        return self._parts.notebook.author(key_of(self._visit))

    def show(self) -> None:
        """Tell what was left in the room that one has entered."""
        self._company.do("notes", self._show)

    def add(self, asked: wire.Note) -> None:
        """Leave something."""
        member = self._company.may("exhibit" if asked.kind == "exhibit" else "note", asked.id)
        if member is None or not self._company.within_rate(asked.id):
            return
        if not self._parts.moderation.allows(asked.text):
            self._company.refuse("text_refused", asked.id)
        elif not self._has_level(member.room.life.kind, asked.level):
            self._company.refuse("unknown_place", asked.id)
        elif asked.kind == "exhibit" and not asked.record_id:
            self._company.refuse("bad_message", asked.id, "an exhibit needs a record_id")
        else:
            self._company.do(asked.id, lambda: self._add(asked, member.room.name))

    def remove(self, asked: wire.RemoveNote) -> None:
        """Take something away."""
        member = self._company.member
        if member is None:
            self._company.refuse("not_entered", asked.id)
        else:
            self._company.do(asked.id, lambda: self._remove(asked, member.room.name))

    async def _show(self) -> None:
        member = self._company.member
        if member is None:
            return
        room, now_s = member.room.name, time.time()
        notes = await self._parts.workers.run("thinking", lambda: self._parts.notebook.list(room, now_s, SENT))
        if self._company.member is not member:
            return
        bodies: list[wire.NoteBody] = []
        size = 0
        for note in notes:
            bodies.append(body_of(note))
            size += len(bodies[-1].model_dump_json())
            if size > NOTES_BYTES:
                bodies.pop()
                break
        self._line.send(wire.Notes(room=room, notes=tuple(bodies)))

    async def _add(self, asked: wire.Note, room: str) -> None:
        book, run = self._parts.notebook, self._parts.workers.run
        title = ""
        if asked.record_id:
            record_id = asked.record_id
            located = await run("thinking", lambda: self._parts.finder.locate(record_id))
            if located is None:
                self._company.refuse("unknown_record", asked.id)
                return
            title = located.record.title
        note = Note(
            secrets.token_hex(8), room, asked.kind, asked.text, (asked.east_m, asked.north_m), asked.level, self.author,
            time.time(), asked.record_id, title,
        )  # fmt: skip
        kept = await run("thinking", lambda: book.add(note, asked.id))
        if isinstance(kept, str):
            text = "you have left as many notes here as one may" if kept == "author" else "there is no room for more"
            self._company.refuse("busy", asked.id, text)
            return
        noted = wire.Noted(of=asked.id, note=body_of(kept[0]))
        if kept[1]:
            await self._parts.hub.publish(TOPIC, {"room": room, "told": noted.model_dump(mode="json")})
        else:
            self._line.send(noted)  # sent again after the connection broke: others have it

    async def _remove(self, asked: wire.RemoveNote, room: str) -> None:
        book, run = self._parts.notebook, self._parts.workers.run
        note = await run("thinking", lambda: book.find(asked.note))
        if note is None or note.room != room:
            self._company.refuse("unknown_note", asked.id)
        elif not may_remove(note, self.author, self._company.role == "staff"):
            self._company.refuse("not_allowed", asked.id)
        elif await run("thinking", lambda: book.remove(asked.note)):
            told = wire.NoteRemoved(of=asked.id, note=asked.note)
            await self._parts.hub.publish(TOPIC, {"room": room, "told": told.model_dump(mode="json")})

    def _has_level(self, kind: str, ordinal: int) -> bool:
        plan = self._parts.plan
        if kind == "world" or plan is None:
            return ordinal == 0
        return any(level.ordinal == ordinal for level in plan.levels)


async def follow_notes(parts: Parts) -> None:
    """Tell the members here what is left and taken away, on whichever server; as long as this one runs."""
    async with parts.hub.subscribe(TOPIC) as news:
        async for publication in news:
            message = _message(publication.body.get("told"))
            room = parts.rooms.find(str(publication.body.get("room")))
            if message is not None and room is not None:
                room.life.tell_all(message)


def body_of(note: Note) -> wire.NoteBody:
    """A note as it is sent."""
    written = datetime.fromtimestamp(note.written_s, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return wire.NoteBody(
        id=note.id, kind=note.kind, text=note.text, east_m=note.point[0], north_m=note.point[1], level=note.ordinal,
        record_id=note.record_id, title=note.title, author=note.author, author_name=spoken_name(note.author),  # type: ignore[arg-type]
        written_at=written,
    )  # fmt: skip


def _message(told: Any) -> Message | None:
    """What another server published; None when it is of a newer one."""
    if not isinstance(told, Mapping):
        return None
    kinds: dict[Any, type[Message]] = {"noted": wire.Noted, "note_removed": wire.NoteRemoved}
    kind = kinds.get(told.get("type"))
    try:
        return kind.model_validate(told) if kind is not None else None
    except ValidationError:
        return None
