"""What is asked about the last list of books: more of it, another one, how many, those in a language."""

from __future__ import annotations

from avatars.about_books import SHOWN, listed, with_shelf
from avatars.desk import Desk, source_of
from avatars.language import Lang, has_han
from avatars.values import Located, Reply


def another(desk: Desk, *, one: bool) -> Reply:
    """The next books of the list; one of them when one was asked for; the plain word that there are no more."""
    memory = desk.memory
    left = memory.rest or (memory.items[1:] if one else ())
    if not left:
        return desk.reply(desk.words.NO_MORE, "find_topic", memory=memory)
    shown = left[:1] if one else left[:SHOWN]
    return listed(
        desk, desk.words.recommend("", [with_shelf(desk, x) for x in shown]), shown, "recommend", left[len(shown) :]
    )


def count_listed(desk: Desk) -> Reply:
    """How many books the list has, said and unsaid."""
    memory = desk.memory
    count = len(memory.items) + len(memory.rest)
    sources = tuple(source for each in memory.items for source in source_of(each)[:1])
    return desk.reply(desk.words.count(count), "find_topic", items=memory.items, sources=sources, memory=memory)


def list_in_language(desk: Desk, lang: Lang) -> Reply:
    """The books of the list that are in a language, by their records, else by the script of their titles."""
    memory = desk.memory
    held = tuple(x for x in (*memory.items, *memory.rest) if is_in(x, lang))
    if not held:
        text = desk.words.NONE_IN.format(language=desk.words.LANGUAGE[lang])
        return desk.refuse(text, "find_topic", memory=memory)
    shown = held[:SHOWN]
    return listed(
        desk, desk.words.recommend("", [with_shelf(desk, x) for x in shown]), shown, "find_topic", held[SHOWN:]
    )


def is_in(located: Located, lang: Lang) -> bool:
    """Is a book in a language, by its record, else by the script of its title?"""
    codes = set(located.record.languages)
    if codes:
        return bool(codes & ({"chi", "zho"} if lang == "zh" else {"eng"}))
    return has_han(located.record.title) == (lang == "zh")
