"""A rule asked for in few words, after what was spoken of: "what do they cost?", "and on Mondays?", 里面可以打电话吗."""

from __future__ import annotations

import re
from dataclasses import replace

from avatars.desk import Desk
from avatars.language import fold
from avatars.values import Memory, Reply
from library.ideas import read_terms

_POINTS = re.compile(
    r"\b(?:it|they|them|there|these|those|its|that one|this one|that room|this room)\b|它们?|那里|那儿|这里|里面|那边|这个|那个",
    re.IGNORECASE,
)
_NAMING = ("thing", "place")
_SPOKEN_OF = ("thing", "place", "act")
_DAYS_EN = r"(?:on |this |next )?\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:today|tomorrow|tonight|weekdays?|weekends?|the weekend)\b|\b(?:public )?holidays?\b"
_DAYS_ZH = r"(?:星期|周|礼拜)[一二三四五六日天末]|今天|明天|今晚|平时|工作日|节假日"


def rule_in_context(desk: Desk, text: str) -> Reply | None:
    """The rule that a short question asks for about what was spoken of; None when nothing was, or no rule says it."""
    memory = desk.memory
    named = _named(text)
    if named and not _POINTS.search(text):
        return None
    plain = _POINTS.sub(" ", text)
    for about in _spoken_of(desk, memory):
        ways = (_POINTS.sub(f" {about} ", text), f"{about} {plain}") if _POINTS.search(text) else (f"{about} {plain}",)
        for question in ways:
            reply = desk.tools.facts.answer(desk, question)
            if reply is not None and not reply.refused:
                return remember(reply, question)
    return None


def rule_changed(desk: Desk, new: str) -> Reply | None:
    """The last rule asked for again with another day, person, room or thing: "and on Sunday?", "and the study rooms?" """
    before = desk.memory.asked
    if not before:
        return None
    kinds = {term.kind for term in read_terms(new)}
    if kinds & {"thing", "place"}:
        plain = _without_names(desk, before)
    else:
        plain = re.sub(f"{_DAYS_EN}|{_DAYS_ZH}", " ", before, flags=re.IGNORECASE) if "day" in kinds else before
    for question in dict.fromkeys((f"{plain} {new}", f"{new} {plain}", f"{before} {new}")):
        reply = desk.tools.facts.answer(desk, question)
        if reply is not None and not reply.refused:
            return remember(reply, question)
    return None


def remember(reply: Reply, asked: str) -> Reply:
    """The reply, its memory knowing which rule was asked for."""
    return replace(reply, memory=replace(reply.memory, asked=asked))


def _spoken_of(desk: Desk, memory: Memory) -> list[str]:
    """Names of what the last turns were about, the nearest first."""
    about = []
    if memory.place is not None:
        about += [desk.place(memory.place).removeprefix("the ")]
        kind = desk.tools.places.kind_of(memory.place)
        about += [kind.en if desk.lang == "en" else kind.zh] if kind else []
    subjects = _named(memory.asked, _SPOKEN_OF)
    if subjects:
        about.append(" ".join(subjects))
    if memory.chosen is not None:
        about.append("a book" if desk.lang == "en" else "图书")
    return about


def _named(text: str, kinds: tuple[str, ...] = _NAMING) -> list[str]:
    return list(dict.fromkeys(term.name for term in read_terms(text) if term.kind in kinds))


def _without_names(desk: Desk, text: str) -> str:
    plain = fold(text)
    for name in sorted(desk.tools.places.names, key=len, reverse=True):
        if len(name) > 2 and name in plain:
            plain = plain.replace(name, " ")
    for name in _named(text):
        plain = re.sub(rf"\b{re.escape(name)}s?\b", " ", plain)
    return plain
