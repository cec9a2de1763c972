"""A book's world is asked for: which book it is, and a proposal to the client, which opens it."""

from __future__ import annotations

from dataclasses import replace

from avatars.about_books import choose_book
from avatars.desk import Desk, source_of
from avatars.values import Action, Reply
from library.values import Record


def open_world(desk: Desk) -> Reply:
    """A proposed ``open_world`` with the book's record; a question back when several are meant; else a refusal."""
    records = _meant(desk)
    if not records and desk.memory.chosen is not None:
        records = (desk.memory.chosen.record,)
    if not records:
        return desk.refuse(desk.words.WORLD_OF_WHAT, "open_world", action=Action("open_world", "not_available"))
    if len({record.title for record in records}) > 1:
        return replace(choose_book(desk, records), intent="open_world")
    located = desk.tools.books.locate(records[0])[0]
    memory = replace(desk.memory, items=(located,), chosen=located, place=None, candidates=(), pending="")
    text = desk.words.WORLD.format(title=desk.title(located))
    action = Action("open_world", "proposed", records[0].record_id)
    sources = source_of(located)[:1]
    return desk.reply(text, "open_world", items=(located,), sources=sources, action=action, memory=memory)


def _meant(desk: Desk) -> tuple[Record, ...]:
    if desk.spotted.titles:
        return max(desk.spotted.titles, key=lambda m: m.end - m.start).records
    return ()
