"""The last try before a refusal: what is left without the words of asking, as part of a title or as a subject."""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz import fuzz

from avatars.about_books import about_book, list_topic, not_held
from avatars.cues import act_of
from avatars.desk import Desk
from avatars.frame import Frame
from avatars.language import fold, has_han
from avatars.spotting import Spotted
from avatars.values import Reply
from library.values import Record

_BOOKISH = re.compile(
    r"\b(?:books?|novels?|copy|copies|author|wrote|written|read|titles?|shelf|shelves|borrow|edition|play|poems?|by)\b|"
    r"[书本部册]|小说|作者|写|读|作品|索书号|^我?(?:想?要|来)本?",
    re.IGNORECASE,
)
_MOST_WORDS = 7
_MOST_HAN = 14


def about_partly(desk: Desk, text: str) -> Reply | None:
    """A book whose title holds what was said, books on it, or a question back; None when it is not about books."""
    spotted = desk.spotted
    if spotted.faces or re.search('[《“"]', text):
        return None
    if spotted.titles:
        return _long_title(desk, spotted, text)
    zh = desk.lang == "zh"
    content = spotted.leaves(zh=zh).strip()
    by = spotted.authors[0].author if len(spotted.authors) == 1 else ""
    long = len(content) > _MOST_HAN if has_han(content) else len(content.split()) > _MOST_WORDS
    if not content or long or (has_han(content) and len(content.replace(" ", "")) < 2 and not spotted.authors):
        return None
    bookish = bool(by) or _BOOKISH.search(text) is not None
    frame = Frame(act_of(spotted.rest), content, by=by, whole=text)
    desk = replace(desk, frame=frame)
    written = desk.tools.books.by_author(by, limit=30) if by else ()
    theirs = _among(written, content) or _among(written, spotted.rest.strip(" ,.?!，。？的"))
    if theirs:
        return about_book(desk, theirs)
    title = desk.tools.books.by_title(content, by)
    sole = len(content) < 3 if has_han(content) else len(content.split()) < 2
    if title.meant and (title.exact or bookish or not sole) and not title.wrong_author:
        return about_book(desk, title.meant)
    if not bookish:
        near = title.maybe and (len(content.split()) > 1 or (has_han(content) and len(content) > 3))
        return not_held(desk, content, by, title.maybe) if near and act_of(spotted.rest) == "bare" else None
    if title.maybe and (not sole or len(content) > (2 if has_han(content) else 6)):
        return not_held(desk, content, by, title.maybe)
    about = desk.tools.books.topics.about(content, subjects_only=True) if not by else ()
    return list_topic(desk, content, about) if about else None


def _among(records: tuple[Record, ...], content: str) -> tuple[Record, ...]:
    """The author's book whose title was said, nearly: "tolstoy war and piece", 莫言的蛙."""
    said = fold(content).removesuffix(" in english").strip()
    best = [(max(fuzz.ratio(said, fold(t)) for t in record.titles), record) for record in records if record.titles]
    near = tuple(record for score, record in best if score >= 84)[:1]
    part = [record for record in records if any(_is_piece(said, fold(t)) for t in record.titles)]
    return near or (tuple(part) if len(part) == 1 else ())


def _is_piece(said: str, title: str) -> bool:
    """Is it a telling piece of a title that is known to be the author's: "eichmann", 资本论?"""
    if has_han(said):
        return len(said) > 1 and said in title
    words = [w for w in re.findall(r"[a-z0-9']+", said) if len(w) > 2]
    return any(len(w) > 3 for w in words) and set(words) <= set(re.findall(r"[a-z0-9']+", title))


def _long_title(desk: Desk, spotted: Spotted, text: str) -> Reply | None:
    """A title long enough to be meant whatever stands around it: "my teacher said The Left Hand of Darkness"."""
    title = max(spotted.titles, key=lambda m: m.end - m.start)
    said = text[title.start : title.end]
    if (len(said) < 4) if has_han(said) else (len(said.split()) < 3):
        return None
    frame = Frame(act_of(spotted.rest), said, whole=text)
    return about_book(replace(desk, frame=frame), title.records)
