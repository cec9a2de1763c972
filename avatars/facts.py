"""Answers from the library's own documents: the sentences that say it, cited, or nothing.

What a question asks and which sentences answer it is decided in ``library.answering``; here a finding becomes a reply:
in the reader's language if any document in it answers, with what was taken for granted put right, and with every
sentence a span of its document. No sentence is rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from avatars.language import Lang, fold
from avatars.values import Reply, Source
from library.answering import Finding, find_answer
from library.idea_words import WEEK
from library.ideas import KIND, read_terms
from library.question import Ask, is_danger
from library.question_forms import TROUBLE
from library.statement import Statement, read_passage
from library.store import Catalogue
from library.values import Passage

if TYPE_CHECKING:
    from avatars.desk import Desk

_COMMON = frozenset(("book", "capacity", "belonging", "open", "close", "loan", "page", "find", "lose", "keep", "sell"))
"""Ideas that people also speak of outside a library."""
_SERVICES = frozenset(("ill", "suggest", "gift", "hold"))
"""What a reader wishes from the staff, and the documents tell how: "can you get me an article you don't have?" """
_WISHED = re.compile(r"\b(?:i|we) (?:want|need|would like|have|d like) to\b|^(?:我|我们|俺)?(?:想|要|需要)")
_WISHES = frozenset(("wifi", "phone call", "register", "suggest", "ill", "gift", "volunteer"))
"""What is wished for and done by a rule, not found as a book."""
_UNSEEN = frozenset(
    ["sight", "glasses", "wheelchair", "walking frame", "hearing", "braille", "large print", "umbrella", "power bank", "adapter", "course", "lecture",
     "event", "story hour", "tour", "wifi", "ill", "volunteer", "job", "headphones", "laptop", "screen reader", "deposit", "late fee", "exam"]
)  # fmt: skip
"""What a library has though it stands on no map."""
SURE = 0.8
_WISH = re.compile(
    r"^(?:please )?(?:can|could|would|will) you (?!tell|say|explain)|^(?:请|麻烦)?(?:帮我|给我|替我)|能帮我|可以帮我|推荐(?:一?下?|几|点|个|一些)?[本部书个]|^recommend\b"
)
_NEVER_OWN = frozenset(("who", "whether", "ahead", "age", "bring", "need"))
"""Slots that no reader's own account or booking fills."""
_PLAIN = frozenset(
    (
        "money", "duration", "count", "clock", "time", "times", "ahead", "age", "distance", "speed", "phone", "email",
        "permission", "bring", "need", "means", "consequence", "limit", "who", "whether",
    )
)  # fmt: skip
"""Slots that nothing but a document fills."""
_COMPARED = ("clock", "money", "count", "duration", "times", "distance", "percent", "level")


class Facts:
    """The documents of a home, ready to be asked. Holds no state that changes but a cache."""

    def __init__(self, catalogue: Catalogue, names: Iterable[str] = ()) -> None:
        """``names``: what the rooms and desks of the map are called."""
        self.catalogue = catalogue
        self._names = tuple(sorted({fold(n) for n in names if len(n) > 1}, key=len, reverse=True))
        self._find = lru_cache(maxsize=512)(self._search)

    def answer(self, desk: Desk, question: str) -> Reply | None:
        """A cited reply, None when the documents do not say it. A danger they do not speak of is sent to the staff."""
        found = self._find(question, desk.lang, _day_meant(desk, question), _spoken_of(desk))
        if not found:
            return desk.refuse(desk.words.DANGER, "ask_fact") if is_danger(question) else None
        text = _told(found)
        if found[0].passage.lang != desk.lang:
            text = desk.words.IN_LANGUAGE.format(text=text)
        if any(contradicts(one.ask, one.statements) for one in found):
            text = f"{desk.words.CORRECTION} {text}"
        sources = tuple(
            Source(document=p.document, heading=p.heading, start=s.start, end=s.end, quote=s.text)
            for p, s in _chosen(found)
        )
        return desk.reply(text, "ask_fact", sources=sources, memory=replace(desk.memory, candidates=(), pending=""))

    def would_answer(self, desk: Desk, question: str) -> bool:
        """Do the documents answer it?"""
        return bool(self._find(question, desk.lang, _day_meant(desk, question), _spoken_of(desk)))

    def is_sure(self, desk: Desk, question: str) -> bool:
        """Is it plainly a question of rules, and do the documents answer it well? Where-questions never are."""
        if is_danger(question):
            return True
        if _WISH.search(fold(question)) and not {term.name for term in read_terms(question)} & _SERVICES:
            return False
        found = self._find(question, desk.lang, _day_meant(desk, question), _spoken_of(desk))
        if any("reserve" in one.ask.names and one.ask.slot == "permission" for one in found):
            return False  # it may be a wish: "can I book a room?"
        return any(
            one.ask.claim or ((one.ask.slot in _PLAIN or _trouble(one.ask) or _lent(one.ask)) and one.score >= SURE)
            for one in found
        )

    def asks_rule(self, desk: Desk, question: str) -> bool:
        """Can it only be about a rule, though it speaks of loans or bookings ("who may book …")?"""
        found = self._find(question, desk.lang, _day_meant(desk, question), _spoken_of(desk))
        return any(one.ask.slot in _NEVER_OWN and one.score >= SURE for one in found)

    def is_about_library(self, question: str) -> bool:
        """Is it at least the kind of thing a library's rules are about?"""
        terms = read_terms(question)
        ideas = {term.name for term in terms if term.name in KIND and term.kind != "day"} - _COMMON
        opened = {term.name for term in terms} & {"open", "close"} and any(term.kind == "day" for term in terms)
        named = any(name in fold(question) for name in self._names)
        return (
            bool(ideas or opened)
            or named
            or re.search(r"\blibrar|图书馆|本馆|馆员|馆长|你们", fold(question)) is not None
        )

    def _search(self, question: str, lang: Lang, day: str, before: tuple[str, ...]) -> tuple[Finding, ...]:
        days = frozenset((day,)) if day else frozenset()
        for tongue in (lang, "zh" if lang == "en" else "en"):
            found = find_answer(self.catalogue, question, tongue, days, before, self._names)
            if found and (tongue == lang or lang not in self._tongues or min(f.score for f in found) >= SURE):
                return found
        return ()

    @cached_property
    def _tongues(self) -> frozenset[str]:
        """The languages that the documents are in: a home with rules in both needs the other one rarely."""
        rows = self.catalogue.connection().execute("SELECT DISTINCT lang FROM passages")
        return frozenset(row[0] for row in rows)


def _trouble(ask: Ask) -> bool:
    """Is it told what went wrong, "the dog chewed a library book", or what is wished: 我想上网?"""
    return not ask.slot and bool(ask.names & TROUBLE or (_WISHED.search(ask.text) and ask.names & _WISHES))


def _lent(ask: Ask) -> bool:
    """Is it asked whether something exists that no map shows: help, glasses, a class?"""
    heads = {head.name for head in ask.heads if head.kind == "thing"}
    return ask.slot == "exists" and bool(heads) and heads <= _UNSEEN


def contradicts(ask: Ask, told: tuple[Statement, ...]) -> bool:
    """Does the document say otherwise than the reader took for granted?"""
    if not ask.claim:
        return False
    figures = [figure for one in told for figure in one.figures]
    free = any(figure.kind == "free" for figure in figures)
    paid = any(figure.kind == "money" for figure in figures)
    if ask.slot == "money" and ((free and not paid and ask.free is False) or (paid and not free and ask.free)):
        return True
    for kind in _COMPARED:
        said = {figure.amount for figure in ask.figures if figure.kind == kind}
        held = {figure.amount for figure in figures if figure.kind == kind}
        if said and held and not said & held:
            return True
    return bool(ask.days) and "close" in ask.names and all("close" not in one.own for one in told)


def _chosen(found: tuple[Finding, ...]) -> list[tuple[Passage, Statement]]:
    """The statements to say, in order, each once; one that begins with "it" brings the sentence it points to."""
    out: list[tuple[Passage, Statement]] = []
    for one in found:
        held = read_passage(one.passage)
        for statement in one.statements:
            first = held[statement.antecedent] if statement.antecedent >= 0 else statement
            out += [(one.passage, first), (one.passage, statement)]
    return list(dict.fromkeys(out))


def _told(found: tuple[Finding, ...]) -> str:
    lang = found[0].passage.lang
    stop = "。" if lang == "zh" else "."
    parts = [_plain(statement.said) for _, statement in _chosen(found)]
    done = [p if re.search(r"[.!?。！？：:]$", p) else p.rstrip(";；，,") + stop for p in parts if p]
    return ("" if lang == "zh" else " ").join(done)


def _plain(text: str) -> str:
    """Markdown's marks off, a part of a sentence begun with a capital; the words stay."""
    text = re.sub(r"^\s*(?:[-*+>]|\d+\.)\s+", "", text.strip(), flags=re.MULTILINE)
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    text = re.sub(r"[*_`]{1,3}(\S(?:[^*_`]*\S)?)[*_`]{1,3}", r"\1", text).strip()
    return text[:1].upper() + text[1:] if re.match(r"[a-z]{2}", text) else text


def _spoken_of(desk: Desk) -> tuple[str, ...]:
    """The place that was spoken of last, then the last questions, newest first."""
    memory = desk.memory
    place = (desk.place(memory.place),) if memory.place is not None else ()
    return place + tuple(question for question, _ in reversed(memory.turns[-3:]))


def _day_meant(desk: Desk, question: str) -> str:
    """The weekday that "today" or "tomorrow" means, "" when neither is said or the time is not known."""
    now, text = desk.question.now, fold(question)
    if now is None:
        return ""
    if re.search(r"\btomorrow\b|明天", text):
        return WEEK[(now.weekday() + 1) % 7]
    return WEEK[now.weekday()] if re.search(r"\btoday\b|\btonight\b|今天|今晚", text) else ""
