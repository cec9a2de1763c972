"""What a phrase means: every lookup is tried and the act of the sentence decides between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from avatars.amenities import Kind
from avatars.desk import Desk
from avatars.language import has_han
from avatars.places import Understood
from avatars.topics import core_of
from library.subject_words import find_subject
from library.values import Record
from spatial.locate import Place
from spatial.plan import ShelfFace

Meaning = Literal["book", "place", "level", "author", "topic", "faces", "fact", "maybe", "no_kind", "nothing"]

_ISBN = re.compile(r"^(?:isbn(?:-1[03])?[:\s]*)?[\d][\d\- ]{8,15}[\dx]$", re.IGNORECASE)
_CALL_NUMBER = re.compile(
    r"^(?:[A-Za-z]{1,3}\s?\d[\w.\-+=:()/ ]*|\d{3}(?:\.\d+)?(?:[ /][\w. /]*)?|[A-Z]{1,2}\d*/[\w.()-]+)$"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a phrase; ``sure`` when nothing but that can be meant."""

    kind: Meaning
    records: tuple[Record, ...] = ()
    places: tuple[Place, ...] = ()
    faces: tuple[ShelfFace, ...] = ()
    ordinal: int = 0
    thing: Kind | None = None
    sure: bool = False
    wrong_author: bool = False


NOTHING = Reading("nothing")


def read_phrase(desk: Desk) -> Reading:
    """The meaning of the frame's phrase."""
    frame, tools = desk.frame, desk.tools
    phrase = frame.phrase.strip()
    if not phrase:
        return NOTHING
    book = _book(desk, phrase)
    if frame.quoted:
        return book or NOTHING
    if frame.by and frame.title:
        return _author_of_title(desk, phrase) or NOTHING
    if frame.by:
        if book and book.kind == "book":
            return book
        whole = tools.books.by_title(f"{phrase} by {frame.by}" if not has_han(phrase) else phrase)
        if whole.exact:
            return Reading("book", whole.meant, sure=True)
        return book or NOTHING
    if frame.single and not (book and book.sure):
        writer = re.sub(r"^(?:the|that|this|a|an)\s+|(?:'s)?$", "", phrase)
        written = tools.books.by_author(writer) if writer else ()
        if written:
            return Reading("author", written)
    place = tools.places.understand(phrase)
    if place.no_floor:
        return NOTHING
    on_map = _on_map(place)
    wants_book = frame.act in ("available", "author_of", "tell_about", "call_number")
    if on_map and frame.act == "available" and tools.facts.is_sure(desk, frame.whole or phrase):
        return Reading("fact")
    if on_map and not (wants_book and book and book.sure):
        return on_map
    if book and book.kind == "book" and not book.sure and frame.act == "guide" and re.match(r"the [a-z]", phrase):
        return Reading("maybe", book.records)  # "the garden" is a place here, or else The Secret Garden: ask
    used = bool(place.places) and re.match(r"(?:a|an|the) ", phrase) is not None  # "use a computer" is a place
    subject = None if (book and book.sure) or used else find_subject(core_of(phrase))
    if subject is not None and frame.act in ("locate", "have", "bare", "guide", "which_level"):
        about = tools.books.topics.about(phrase)
        if about:
            return Reading("topic", about)
    if book and book.kind == "book":
        return book
    if (
        frame.act in ("guide", "locate", "which_level", "how_far")
        and place.places
        and not (book and book.kind == "book")
    ):
        return Reading("place", places=place.places)
    if _ISBN.match(phrase):
        held = tools.books.by_isbn(phrase)
        if held:
            return Reading("book", held, sure=True)
    callable_number = _CALL_NUMBER.match(phrase) is not None and len(phrase) > 2
    numbered = tools.books.by_number(phrase) if callable_number else ()
    if len(numbered) == 1:
        return Reading("book", numbered, sure=True)
    faces = tools.books.face_of_number(phrase) if callable_number and re.search(r"\d", phrase) else ()
    if faces:
        return Reading("faces", faces=faces, sure=True)
    if place.kind is not None and not place.places:
        rule = frame.act not in ("locate", "guide", "which_level", "how_far")
        if rule and tools.facts.would_answer(desk, frame.whole or phrase):
            return Reading("fact")
        return Reading("no_kind", thing=place.kind)
    if frame.act != "fact":
        name = re.sub(r"^the (?=[A-Z])", "", phrase)
        written = tools.books.by_author(name) if _is_name(name) else ()
        if written:
            return Reading("author", written)
    if frame.act in ("locate", "have", "bare", "which_level", "available") and tools.facts.would_answer(
        desk, frame.whole or phrase
    ):
        return Reading("fact")
    if frame.act in ("locate", "have", "bare", "guide", "which_level") and _is_subject(phrase):
        about = tools.books.topics.about(phrase, subjects_only=True)
        if about:
            return Reading("topic", about)
    if place.places:
        return Reading("place", places=place.places, sure=False)
    return book or NOTHING


def _author_of_title(desk: Desk, phrase: str) -> Reading | None:
    """A Chinese phrase X的Y: a title as a whole (麦田里的守望者), a place (二楼的洗手间), or Y by the author X."""
    frame, tools = desk.frame, desk.tools
    whole = tools.books.by_title(phrase)
    if whole.exact or (whole.meant and not tools.books.by_title(frame.title, frame.by).meant):
        return Reading("book", whole.meant, sure=whole.exact)
    place = tools.places.understand(phrase)
    on_map = _on_map(place)
    if on_map:
        return on_map
    if place.no_floor:
        return None
    part = tools.books.by_title(frame.title, frame.by)
    if part.meant and not (part.wrong_author and not part.exact):
        return Reading("book", part.meant, sure=part.exact, wrong_author=part.wrong_author)
    if tools.facts.would_answer(desk, frame.whole or phrase):
        return Reading("fact")
    if place.places:
        return Reading("place", places=place.places)
    maybe = whole.maybe or part.maybe
    return Reading("maybe", maybe) if maybe else None


def _book(desk: Desk, phrase: str) -> Reading | None:
    title = desk.tools.books.by_title(phrase, desk.frame.by)
    if title.meant:
        return Reading("book", title.meant, sure=title.exact, wrong_author=title.wrong_author)
    return Reading("maybe", title.maybe) if title.maybe else None


def _on_map(place: Understood) -> Reading | None:
    if place.level is not None:
        return Reading("level", ordinal=place.level.ordinal, sure=True)
    if place.places and place.sure:
        return Reading("place", places=place.places, thing=place.kind, sure=True)
    return None


def _is_name(phrase: str) -> bool:
    return 2 <= len(phrase) <= 12 if has_han(phrase) else 1 <= len(phrase.split()) <= 4


def _is_subject(phrase: str) -> bool:
    return len(phrase) <= 8 if has_han(phrase) else len(phrase.split()) <= 4
