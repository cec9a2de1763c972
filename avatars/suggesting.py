"""Books by subject, by author and by taste: what is on it, who wrote more, what to read next."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from avatars.about_books import about_book, choose_book, list_author, list_like, list_topic, not_held
from avatars.desk import Desk
from avatars.guiding import about_places
from avatars.language import fold
from avatars.reading import Reading, read_phrase
from avatars.refusing import shown
from avatars.spoken_of import about_before
from avatars.values import Reply
from library.values import Record

_THEM = frozenset(
    ["him", "her", "them", "the same author", "he", "she", "they", "the author's", "the author", "this writer",
     "the same writer", "that writer", "this author", "that author", "他", "她", "这个作者", "这位作者", "同一作者", "作者"]
)  # fmt: skip
"""Words for the author of the book spoken of."""


def about_topic(desk: Desk, named: Callable[[Desk, Reading], Reply]) -> Reply:
    """Books on the frame's subject; ``named``: the reply to what the phrase means when it is no subject."""
    phrase = desk.frame.phrase
    if re.fullmatch(r"(?:her|him|them|me|us|it|that|this|my \w+|kids?)", phrase, re.IGNORECASE) or not phrase:
        return desk.ask_back(desk.words.RECOMMEND_WHAT, "recommend")
    room = re.search(r"[\w' ]*\b(?:section|collection|library|room)\b", desk.frame.whole, re.IGNORECASE)
    place = desk.tools.places.understand(re.sub(r"^.*\b(?:the|your|to|is|are)\b ", "", room[0])) if room else None
    if place is not None and place.sure and place.places:
        return about_places(replace(desk, frame=replace(desk.frame, act="guide")), place.places)
    title = desk.tools.books.by_title(desk.frame.phrase) if desk.frame.quoted else None
    if title and title.meant:
        return about_book(desk, title.meant)
    found = desk.tools.books.topics.about(phrase) or desk.tools.books.topics.for_readers(phrase)
    if found:
        return list_topic(desk, phrase, found)
    described = desk.tools.books.topics.described(phrase) or desk.tools.books.topics.hinted(phrase)
    if described:
        return list_topic(desk, phrase, described)
    written = desk.tools.books.by_author(phrase)
    if written:
        return list_author(desk, phrase, written)
    reading = read_phrase(desk)
    if reading.kind == "place" or (reading.kind in ("book", "level") and reading.sure):
        return named(desk, reading)
    return desk.refuse(desk.words.NO_TOPIC.replace("{topic}", shown(phrase)), "find_topic")


def about_author(desk: Desk) -> Reply:
    """The books of the author in the frame, or of the one spoken of."""
    phrase = desk.frame.phrase
    if desk.frame.pronoun or fold(phrase) in _THEM:
        return about_before(replace(desk, frame=replace(desk.frame, pronoun=True)))
    found = desk.tools.books.by_author(phrase)
    if found:
        return about_written(desk, found)
    title = desk.tools.books.by_title(phrase)
    if title.exact and title.meant:
        return about_book(desk, title.meant)
    return desk.refuse(desk.words.NO_AUTHOR.replace("{author}", shown(phrase)), "find_topic")


def about_written(desk: Desk, records: tuple[Record, ...]) -> Reply:
    """An author's books; a question back when one of several was meant, or several authors share the name."""
    authors = {fold(r.authors[0]) for r in records if r.authors}
    if len(records) > 1 and (
        desk.frame.single or desk.frame.act == "guide" or (len(authors) > 1 and desk.frame.act == "bare")
    ):
        return choose_book(desk, records)
    if len(records) == 1 and (desk.frame.single or desk.frame.act in ("guide", "which_level", "available")):
        return about_book(desk, records)
    return list_author(desk, desk.frame.phrase, records)


def recommend(desk: Desk) -> Reply:
    """Books worth reading on what the reader likes; a question back when that was not said."""
    phrase = re.sub(
        r"^(?:about|on|for|to read|books?|novels?|something|to me)\b\s*|\b(?:books?|novels?|to read|for me)$",
        "",
        desk.frame.phrase,
        flags=re.IGNORECASE,
    ).strip(" ,.?!的书")
    if desk.frame.pronoun:
        return about_before(replace(desk, frame=replace(desk.frame, act="more_like")))
    if not phrase:
        return desk.ask_back(desk.words.RECOMMEND_WHAT, "recommend")
    found = desk.tools.books.topics.about(phrase) or desk.tools.books.topics.for_readers(phrase)
    if found:
        return list_topic(desk, phrase, found, "recommend")
    written = desk.tools.books.by_author(phrase)
    if written:
        return replace(list_author(desk, phrase, written), intent="recommend")
    return desk.refuse(desk.words.NO_TOPIC.replace("{topic}", shown(phrase)), "recommend")


def more_like(desk: Desk) -> Reply:
    """Books like the one named or spoken of."""
    if desk.frame.pronoun or desk.frame.ordinal is not None or not desk.frame.phrase:
        return about_before(desk)
    title = desk.tools.books.by_title(desk.frame.phrase)
    if title.meant:
        return list_like(desk, title.meant[0])
    return not_held(desk, desk.frame.phrase, maybe=title.maybe)
