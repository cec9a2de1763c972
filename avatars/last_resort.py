"""Before a refusal: is it part of a title, a need, or a rule after all? And if not, which refusal is the honest one."""

from __future__ import annotations

import re
from dataclasses import replace

from avatars import sounds_like
from avatars.about_books import list_topic, not_held
from avatars.asking import beyond_words
from avatars.asking_words import left_over
from avatars.desk import Desk
from avatars.frame import Frame
from avatars.language import has_han
from avatars.needs import about_need
from avatars.pairs import about_pair
from avatars.partly import about_partly
from avatars.refusing import beyond, shown
from avatars.spotting import NUMBER
from avatars.topics import core_of
from avatars.values import Reply

_WHERE = re.compile(
    r"\bwhere\b|\btake me\b|\bneed\b|\bnearest\b|\bclosest\b|\bsomewhere\b|哪|带我|最近|附近|去", re.IGNORECASE
)
_NO_BOOK = re.compile(
    r"\b(?:hours|times?|address|e-?mail|phone|umbrella|laptop|charger|headphones|wheelchair|somewhere|anywhere|friends)\b|"
    r"地址|邮箱|电话|时间|雨伞|电脑|耳机|轮椅|空调",
    re.IGNORECASE,
)
"""What is never asked for as a book."""
_WISHES = re.compile(r"想学|学习?.*书|看什么书|看哪本书|的书|有没有.*讲|想了解|教程|资料|教材|想看")
_BOOK_ACTS = (
    "author_of",
    "available",
    "tell_about",
    "call_number",
    "year_of",
    "edition",
    "by_author",
    "more_like",
    "topic",
)


def last_resort(desk: Desk, text: str, frame: Frame, first: Reply) -> Reply | None:
    """A better reply than the refusal ``first``; None when there is none."""
    pair = about_pair(replace(desk, frame=frame))
    if pair is not None:
        return pair
    number = NUMBER.search(text)
    if number and not first.items:
        return not_held(desk, number[0].strip())
    if (
        first.items
        or frame.act == "edition"
        or frame.quoted
        or frame.pronoun
        or frame.ordinal is not None
        or (first.clarify and first.candidates)
    ):
        return None
    if beyond_words(text):
        return beyond(desk)
    if not left_over(text, zh=desk.lang == "zh") and first.intent in ("find_item", "out_of_scope"):
        return desk.ask_back(desk.words.UNCLEAR, "unclear")
    ruled = _rule if frame.act not in _BOOK_ACTS else about_need
    tries = [about_partly, about_need, ruled] if _WHERE.search(text) else [about_partly, ruled, about_need]
    if (
        frame.act in ("guide", "how_far")
        and first.intent == "guide"
        and desk.tools.places.understand(frame.phrase).no_floor
    ):
        return None
    hinted = desk.tools.books.topics.hinted(text) if _WISHES.search(text) else ()
    if hinted:
        return list_topic(desk, shown(core_of(text)), hinted)
    refusal: Reply | None = None
    for attempt in tries:
        reply = attempt(desk, text)
        if reply is not None and not reply.refused:
            return reply
        refusal = refusal or reply
    if refusal is not None:
        return refusal
    if (
        first.intent == "find_item"
        and (frame.act not in _BOOK_ACTS or _NO_BOOK.search(frame.phrase))
        and not frame.by
        and not _may_be_title(desk, frame)
    ):
        if sounds_like.is_thing(frame.phrase):
            return desk.refuse(desk.words.NO_PLACE.replace("{phrase}", shown(frame.phrase)), "guide")
        library = _NO_BOOK.search(text) is not None or desk.tools.facts.is_about_library(text)
        return desk.refuse(desk.words.NO_FACT, "ask_fact") if library else beyond(desk)
    return None


def _rule(desk: Desk, text: str) -> Reply | None:
    return desk.tools.facts.answer(desk, text)


def _may_be_title(desk: Desk, frame: Frame) -> bool:
    """Could the phrase that was looked for be a title that is not held?"""
    phrase = frame.phrase
    if _NO_BOOK.search(phrase) or (sounds_like.is_thing(phrase) and phrase.startswith(("the ", "a ", "any "))):
        return False
    if has_han(phrase):
        return len(phrase) <= 14 and not re.search(r"[我你您吗呢吧啊？?，,]|怎么|多少|哪|没有", phrase)
    words = phrase.split()
    if re.search(r"\d", phrase) and len(words) < 3:
        return True
    titled = sum(w[:1].isupper() for w in words) * 2 >= len(words)
    asked_for = frame.act == "have" and len(words) <= 6 and not re.search(r"\b(?:i|my|me|you|your|we)\b", phrase, re.I)
    return len(words) <= 12 and (titled or asked_for or sounds_like.is_title(desk, phrase))
