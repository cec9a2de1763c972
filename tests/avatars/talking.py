"""Asking the demo's librarian, one turn or several, for the tests of the mind."""

from __future__ import annotations

from avatars.values import Memory, Question, Reply
from server.home import Home, get_place
from spatial.route import Position


def talk(home: Home, *turns: str, at: str | None = None) -> Reply:
    """The reply to the last of these turns of one visit."""
    stand = None
    if at is not None:
        place = get_place(home.plan, at, "at")  # type: ignore[arg-type]
        stand = Position(place.point, place.ordinal)
    memory, reply = Memory(), None
    for turn in turns:
        reply = home.dialogue.answer(Question(turn, None, stand), memory)
        memory = reply.memory
    assert reply is not None
    return reply


def first(reply: Reply) -> str | None:
    """The record id of the first item."""
    return reply.items[0].record.record_id if reply.items else None


def place(reply: Reply) -> str:
    """The English name of the place, "" for none."""
    return reply.place.name.get("en", "") if reply.place is not None else ""
