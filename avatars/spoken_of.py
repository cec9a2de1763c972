"""What was said before: "take me there", "the second one", "who wrote it?", "yes"."""

from __future__ import annotations

import re
from dataclasses import replace

from avatars.about_books import about_located, lead_to_book, list_author, list_like
from avatars.desk import Desk
from avatars.guiding import about_places
from avatars.refusing import shown
from avatars.values import Intent, Located, Reply
from spatial.locate import Place


def about_before(desk: Desk) -> Reply:
    """ "Take me there", "the second one", "who wrote it?" """
    memory, frame = desk.memory, desk.frame
    if frame.ordinal is not None:
        listed: tuple[Located | Place, ...] = memory.candidates or memory.items
        index = frame.ordinal - 1 if frame.ordinal > 0 else len(listed) - 1
        if not 0 <= index < len(listed):
            return desk.ask_back(desk.words.NOTHING_BEFORE, "unclear", listed)
        return _chosen(desk, listed[index])
    if memory.chosen is not None:
        return _chosen(desk, memory.chosen)
    if memory.place is not None:
        return _chosen(desk, memory.place)
    listed = memory.candidates or memory.items
    if len(listed) == 1:
        return _chosen(desk, listed[0])
    if memory.items and frame.act in ("guide", "how_far", "which_level") and not memory.candidates:
        return _chosen(desk, memory.items[0])
    if listed:
        named = [desk.book(x) if isinstance(x, Located) else desk.place(x) for x in listed[:4]]
        return desk.ask_back(desk.words.WHICH.format(choices=desk.words.choices(named)), intent_of(desk), listed[:4])
    return desk.ask_back(desk.words.NOTHING_BEFORE, intent_of(desk))


def _chosen(desk: Desk, what: Located | Place) -> Reply:
    frame = desk.frame
    if isinstance(what, Place):
        return about_places(desk, (what,))
    if frame.act == "bare" and desk.memory.pending == "guide":
        return lead_to_book(desk, what)
    if frame.act == "more_like":
        return list_like(desk, what.record)
    if frame.act == "by_author" and what.record.authors:
        return _others_by(desk, what)
    kept = desk.memory.items if len(desk.memory.items) > 1 else (what,)
    reply = about_located(desk, what)
    return replace(reply, memory=replace(reply.memory, items=kept, chosen=what))


def _others_by(desk: Desk, what: Located) -> Reply:
    """The author's books; without the one spoken of when others were asked for."""
    author = what.record.authors[0]
    held = desk.tools.books.by_author(author)
    if re.search(r"\b(?:else|other|others|another|more)\b|别的|其他|另外|还", desk.frame.whole, re.IGNORECASE):
        others = tuple(record for record in held if record.record_id != what.record.record_id)
        if not others:
            return desk.refuse(desk.words.NO_OTHER_BY.replace("{author}", shown(author)), "find_topic")
        held = others
    return list_author(desk, author, held)


def say_yes(desk: Desk) -> Reply:
    memory = desk.memory
    if len(memory.candidates) == 1:
        return _chosen(desk, memory.candidates[0])
    if memory.chosen is not None or memory.place is not None:
        guide = replace(desk, frame=replace(desk.frame, act="guide", pronoun=True))
        return about_before(guide)
    return desk.ask_back(desk.words.NOTHING_BEFORE, "unclear", memory.candidates)


def intent_of(desk: Desk) -> Intent:
    """The intent of a question back, by the act."""
    known: dict[str, Intent] = {"guide": "guide", "recommend": "recommend", "more_like": "recommend"}
    return known.get(desk.frame.act, "find_item")
