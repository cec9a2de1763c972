"""Two things joined by "and" where one may not be held: "Emma and Pride and Prejudice", 《百年孤独》和《盗墓笔记》."""

from __future__ import annotations

import re
from dataclasses import replace

from avatars.about_books import where_book
from avatars.desk import Desk, source_of
from avatars.language import has_han
from avatars.refusing import shown
from avatars.values import Located, Reply
from library.values import Record

_JOINED = re.compile(r"\s*(?:,|，|、|\band\b|\bor\b|以及|还有|和|与|跟|或)\s*", re.IGNORECASE)
_ACTS = ("have", "locate", "bare", "available", "which_level")


def about_pair(desk: Desk) -> Reply | None:
    """Each half of a phrase that as a whole is no title: where the held one is, that the other is not held."""
    phrase = desk.frame.phrase
    if desk.frame.act not in _ACTS or not phrase:
        return None
    for joint in _JOINED.finditer(phrase):
        halves = [phrase[: joint.start()].strip(" 《》"), phrase[joint.end() :].strip(" 《》")]
        readings = [desk.tools.books.by_title(half) if len(half) > 1 else None for half in halves]
        sure = [half for half, r in zip(halves, readings, strict=True) if r is not None and r.exact]
        # "Foundation and Empire" is one title that is not held, not Foundation and another
        either = re.search(r"\bor\b|或|还是", joint[0], re.IGNORECASE) is not None
        if all(r is not None for r in readings) and any(
            either or len(half.split()) > 1 or (len(half) > 3 and has_han(half)) for half in sure
        ):
            return _tell(desk, [(h, r.meant if r else ()) for h, r in zip(halves, readings, strict=True)])
    return None


def _tell(desk: Desk, halves: list[tuple[str, tuple[Record, ...]]]) -> Reply:
    held: list[Located] = []
    parts: list[str] = []
    for name, records in halves:
        if records:
            located = desk.tools.books.locate(records[0])[0]
            held.append(located)
            parts.append(where_book(desk, located))
        else:
            parts.append(desk.words.NOT_HELD_SHORT.replace("{title}", shown(name)))
    chosen = held[0] if len(held) == 1 else None
    memory = replace(desk.memory, items=tuple(held), chosen=chosen, place=None, candidates=(), pending="")
    sources = tuple(source for each in held for source in source_of(each))
    return desk.reply(desk.words.JOINED.join(parts), "find_item", items=tuple(held), sources=sources, memory=memory)
