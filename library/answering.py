"""The sentences that answer a question, or none: hard gates first, then a score.

A sentence answers one ask when it holds the kind of thing asked for (a clock time, a sum, a ruling …), is about what
was asked (each head of the question stands in it, in what it carries on, or in the heading above) and is not the rule
of another room or another kind of reader. Of those that pass, the one that says most of the question and
least else wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from library.dates import overlap
from library.idea_words import FEASTS, PLACES, WEEK
from library.ideas import KIND, likeness, read_terms
from library.passages import held, list_candidates, list_containing, occurs
from library.question import (
    WEAK,
    Ask,
    Wanted,
    follow,
    is_danger,
    is_verbal,
    joined,
    ranked,
    read_mention,
    read_question,
    week_of,
)  # fmt: skip
from library.slots import counted, fits, joins_by, slot_bonus
from library.statement import Statement, read_passage
from library.store import Catalogue
from library.values import Passage

ENOUGH = 0.66
"""Score below which nothing is said."""
COVERED = 0.6
"""Share of the question below which no mark helps."""
TIE = 0.06
_ANOTHER_ROOM = 0.2
_THERE = re.compile(r"\b(?:in|on|up|down|over) there\b|(?<!is )(?<!are )\bthere\s*[?.!]*$|那里|那儿|里面")
_LOOSE = frozenset(("", "permission", "how", "exists", "time", "clock", "where", "whether", "who", "consequence"))
"""Slots that nearly every sentence fills; to ask them of nothing but common things is to ask nothing."""
_CONTACTS = {
    "means": ("pay", "cash", "card payment"),
    "phone": ("phone", "contact", "phone call"),
    "email": ("mail", "contact", "phone", "phone call"),
}
_PASSING = frozenset(
    ("open", "close", "use", "borrow", "return", "reserve", "keep", "ask", "contact", "pay", "entry", "own")
)
"""Acts that come with many subjects; any other act that was not asked makes a sentence another matter."""
_SPAN = re.compile(r"\d\s*(?:am|pm)?\s*(?:to|until|till|-|–|—|~|至|到)\s*\d{1,2}")
"""Hours from … to …, which tell when it closes too."""
_WITH_CARD = re.compile(r"\bwith (?:a|an|your|their|his|her|the) [a-z' ]{0,20}card\b|凭[\u4e00-\u9fff]{1,4}[证卡]")
_CANDIDATES = 40
_CONFLICTS = (
    frozenset(("student", "academic", "alumni", "visitor")),frozenset(("child", "adult", "senior")), frozenset(
    ("undergraduate", "postgraduate", "academic", "alumni", "visitor", "senior", "company")
))  # fmt: skip
"""Kinds of readers that exclude each other."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Statements of one passage that answer one ask, in the order of the document. ``score``: 0…1 and a little over."""

    ask: Ask
    passage: Passage
    statements: tuple[Statement, ...]
    score: float


def find_answer(
    catalogue: Catalogue,
    question: str,
    lang: str,
    days: frozenset[str] = frozenset(),
    before: tuple[str, ...] = (),
    rooms: tuple[str, ...] = (),
) -> tuple[Finding, ...]:
    """What the documents in one language answer: a finding for the question, then for each claim in it; () for nothing.

    ``days``: weekdays that "today" and the like mean. ``before``: what was spoken of, newest first, for a question
    that leans on it. ``rooms``: what this library calls its rooms, folded; a rule that begins with one is that room's.
    """
    asks = read_question(question)
    if not asks:
        return ()
    for leaning in _leaning(asks[0], before):
        if (leant := find_ask(catalogue, leaning, lang, days, rooms)) is not None:
            return (leant,)
    if before and _THERE.search(question.lower()):
        return ()  # "what's on there?" of a place that the documents tell nothing of
    whole, *parts = asks
    claims = [one for one in parts if one.claim]
    if is_danger(question):
        return tuple(_rank(catalogue, whole, lang, days, rooms)[:2])
    main = find_ask(catalogue, whole, lang, days, rooms)
    if main is None and not claims:
        found = [f for part in parts if (f := find_ask(catalogue, part, lang, days, rooms)) is not None]
        asked = [one for one in parts if one.slot]
        return tuple(found) if found and (len(found) == len(parts) or found[-1].ask in asked[-1:]) else ()
    if main is None:
        plain = [one for one in parts if not one.claim]
        main = next((f for part in plain if (f := find_ask(catalogue, part, lang, days, rooms)) is not None), None)
    told = [f for claim in claims if (f := find_ask(catalogue, claim, lang, days, rooms)) is not None]
    return tuple(dict.fromkeys([*told, *([main] if main else [])]))


def _leaning(ask: Ask, before: tuple[str, ...]) -> list[Ask]:
    """The question made whole by what was spoken of: by each alone, then by all of it up to there."""
    out: list[Ask] = []
    grown = ask
    for text in before:
        for earlier in read_question(text)[:1] or (read_mention(text),):
            alone, more = joined(ask, earlier) or follow(ask, earlier), follow(grown, earlier)
            out += [one for one in (alone, more) if one is not None and one not in out]
            grown = more or grown
    return sorted(out, key=lambda one: (not one.slot, -len(one.wanted)))


def find_ask(
    catalogue: Catalogue, ask: Ask, lang: str, days: frozenset[str] = frozenset(), rooms: tuple[str, ...] = ()
) -> Finding | None:
    """The best passage's best statements for one ask."""
    return next(iter(_rank(catalogue, ask, lang, days, rooms)), None)


def _rank(
    catalogue: Catalogue, ask: Ask, lang: str, days: frozenset[str], named: tuple[str, ...] = ()
) -> list[Finding]:
    alone = ask.slot in ("phone", "email", "time", "clock", "means") or (bool(ask.days) and ask.slot == "consequence")
    ask = _heard(catalogue, ask)
    if ask.slot == "consequence" and ask.heads and all(head.kind == "place" for head in ask.heads):
        return []
    if ask.slot in _LOOSE and ask.wanted and ask.names <= (WEAK | {"borrow"} if ask.slot == "" else WEAK):
        return []
    if not ask.wanted and not alone:
        return []
    terms = tuple(one.name for one in ask.wanted) or _CONTACTS.get(ask.slot, ("open",))
    passages = list_containing(catalogue, "@", lang) if ask.slot == "email" else []
    passages += list_candidates(catalogue, terms + tuple(sorted(ask.days)), lang, _CANDIDATES)
    found = [one for passage in passages if (one := _best_of(passage, ask, days, named=named)) is not None]
    if not found and ask.slot in ("time", "clock") and not ask.places:  # no hours of the whole: those of its rooms
        found = [one for passage in passages if (one := _best_of(passage, ask, days, True, named)) is not None]
    return sorted(found, key=lambda one: -round(one.score, 6))


def _heard(catalogue: Catalogue, ask: Ask) -> Ask:
    """The question without the verbs that no document knows, when it names something that they may know.

    "Does the fine ever stop going up?" is about the fine; "a sewing machine" stays about sewing.
    """
    known = [w for w in ask.wanted if w.kind in ("thing", "place", "act") and w.name not in WEAK]
    strange = {w.name for w in ask.wanted if w.kind == "word" and is_verbal(ask.text, w.name)}
    strange = {name for name in strange if known and not occurs(catalogue, name)}
    if not strange:
        return ask
    return replace(ask, wanted=ranked(tuple(w for w in ask.wanted if w.name not in strange)))


def _best_of(
    passage: Passage, ask: Ask, days: frozenset[str], rooms: bool = False, named: tuple[str, ...] = ()
) -> Finding | None:
    told = [(rate(one, ask, days, rooms), one) for one in read_passage(passage)]
    rated = [(max(score - _of_room(one, ask, named), min(score, ENOUGH)), one) for score, one in told]
    top = max((score for score, _ in rated), default=0.0)
    if top < ENOUGH:
        return None
    chosen = [one for score, one in rated if score >= max(ENOUGH, top - (3 * TIE if ask.slot == "how" else TIE))]
    if len(chosen) > 3:
        chosen = [one for score, one in rated if score >= top - 1e-6][:3]
    return Finding(ask, passage, tuple(chosen), top)


def rate(one: Statement, ask: Ask, days: frozenset[str] = frozenset(), rooms: bool = False) -> float:
    """How well a statement answers an ask: 0 when a gate is shut, else its share of the question and small marks.

    ``rooms``: hours of single rooms count as the library's.
    """
    if not fits(one, ask):
        return 0.0
    shares = [(wanted, share(one, wanted, ask)) for wanted in ask.wanted]
    if _missing_head(shares) or _other_place(one, ask) or _other_reader(one, ask):
        return 0.0
    total = sum(wanted.weight for wanted, _ in shares)
    covered = sum(wanted.weight * got for wanted, got in shares) / total if total else 0.75
    if covered < COVERED:
        return 0.0
    return covered + slot_bonus(one, ask) + _day_mark(one, ask, days) - (_extra(one, ask, rooms) if ask.wanted else 0.0)


def share(one: Statement, wanted: Wanted, ask: Ask) -> float:
    """How far the statement, or what stands over it, speaks of a term."""
    name = wanted.name
    if name == "card" and ask.slot == "money" and _WITH_CARD.search(one.plain):
        return 0.3
    if name in ("open", "close") and one.under in ("time", "clock") and one.has("clock"):
        return 0.95
    if name == "close" and "open" in one.own and "close" not in one.own and ask.slot in ("clock", "time"):
        return 0.95 if _SPAN.search(one.plain) else 0.6
    if name == "open" and one.figures and ask.slot in ("clock", "time") and "close" in one.own:
        return 1.0
    best = held(name, one.own, one.plain)
    if name == "register" and joins_by(one, ask):
        best = max(best, 0.9)
    if name == ask.noun and ask.slot == "count":
        best = max(best, counted(one, name))
    if wanted.kind == "place" and one.universal and (ask.slot not in ("time", "clock") or ask.days & one.days):
        best = max(best, 0.7)
    if wanted.kind == "person" and one.for_all:
        best = max(best, 0.6)
    for terms, worth in (
        (one.carried, 0.9),
        (one.heading, 0.97 if one.under else 0.85),
        (one.above, 0.75 if ask.slot in ("bring", "need") else 0.66),
        (one.topic, 0.55),
        (one.near, 0.35),
    ):
        if best < worth:
            best = max(best, worth * held(name, terms, " ".join(terms)))
    return best


def _missing_head(shares: list[tuple[Wanted, float]]) -> bool:
    """Is a head of the question nowhere? One of three and more may be missing when the rest is said in the sentence."""
    heads = [got for wanted, got in shares if wanted.head]
    missing = sum(got < 0.5 for got in heads)
    return missing > (1 if sum(got >= 0.85 for got in heads) >= 2 else 0)


def _of_room(one: Statement, ask: Ask, named: tuple[str, ...]) -> float:
    """What a sentence loses that begins with a room of this library's which nobody asked about."""
    plain = re.sub(r"^(?:the|in|at|inside|在)\s*(?:the )?", "", one.plain)
    room = next((room for room in named if plain.startswith(room)), "")
    if not room or room in ask.text:
        return 0.0
    terms = [term.name for term in read_terms(room)]
    meant = any(max(likeness(name, term), likeness(term, name)) >= 0.5 for name in ask.names for term in terms)
    return 0.0 if meant else _ANOTHER_ROOM


def _places(names: frozenset[str]) -> frozenset[str]:
    return frozenset(n for n in names if n in PLACES and n != "any room")


def _other_place(one: Statement, ask: Ask) -> bool:
    """Is it the rule of a room that was not asked about?"""
    asked = ask.places - {"any room"}
    if asked and one.within and not one.within & ask.names:
        return True
    if not asked or asked & one.own or one.universal:
        return False
    of = _places(one.lead) or _places(one.heading) or _places(one.carried)
    return bool(of) and not of & asked


def _other_reader(one: Statement, ask: Ask) -> bool:
    asked = frozenset(w.name for w in ask.wanted if w.kind == "person")
    told = frozenset(n for n in one.own if KIND.get(n) == "person")
    return any(asked & group and told & group and not asked & told for group in _CONFLICTS)


def _day_mark(one: Statement, ask: Ask, days: frozenset[str]) -> float:
    """More for the days asked about, less for days that were not."""
    meant = week_of(ask.days) | days
    named = one.days & set(WEEK)
    special = (one.days - set(WEEK) - {"weekend", "weekday"}) - ask.days
    if ask.days & FEASTS and "holiday" in one.days:
        special = frozenset()
    dated = overlap(ask.dates, one.dates)
    by_name = any(first == last for first, last in one.dates) or bool(one.days & ask.days)
    mark = (0.15 if by_name else 0.05) if dated else -0.1 if ask.dates and one.dates else 0.0
    if one.monthly:
        mark += 0.15 if re.search(r"\blast\b|\bfirst\b|month|每月|最后", ask.text) else -0.12
    listed = week_of(one.days) | (named if not one.every_day else frozenset())
    if ask.days - set(WEEK) - {"weekend", "weekday"}:
        exact = dated or bool(one.days & ask.days) or (bool(ask.days & FEASTS) and "holiday" in one.days)
        mark += (
            0.25
            if one.days & ask.days
            else 0.1
            if exact
            else -1.0
            if ask.slot in ("time", "clock", "permission", "duration")
            else -0.1
        )
    elif meant:
        told = listed or (frozenset(WEEK) if one.every_day else frozenset())
        mark += (
            (0.1 if len(listed) < 4 else 0.06)
            if listed & meant
            else 0.04
            if one.every_day
            else -0.15
            if told
            else -0.02
        )
        mark -= 0.12 * len(special) * (not listed & meant)
    else:
        mark -= (0.12 if ask.slot in ("", "time", "clock", "permission") else 0.04) * len(special) + 0.05 * (
            0 < len(listed) < 7
        )
    return mark


def _extra(one: Statement, ask: Ask, rooms_too: bool = False) -> float:
    """What the statement is about though nobody asked: other things, rooms and readers."""
    asked = ask.names
    lead = {n for n in one.lead if KIND.get(n) in ("thing", "place") and n not in WEAK and not _near(n, asked)}
    over = {n for n in one.heading if KIND.get(n) in ("thing", "place") and n not in WEAK and not _near(n, asked)}
    people = {n for n in one.own if KIND.get(n) == "person"} - asked - {"adult"}
    acts = {n for n in one.own if KIND.get(n) == "act" and not _near(n, asked)} - _PASSING
    titled = {n for n in one.heading if KIND.get(n) == "act" and not _near(n, asked)} - _PASSING
    rooms = (_places(one.lead) or _places(one.carried)) - asked
    only_acts = ask.slot in ("duration", "count", "times", "money") and not any(h.kind != "act" for h in ask.heads)
    cost = 0.08 * bool(lead - {"card"}) * only_acts
    cost += 0.05 * min(2, len(lead)) + 0.03 * min(2, len(over)) + (0.08 if titled else 0.05 * bool(acts))
    cost += (0.1 if people & one.lead else 0.05) * bool(people)
    cost -= 0.05 * any(wanted.name in one.lead for wanted in ask.heads)
    if (
        ask.slot not in ("how", "where")
        and ask.places
        and not ask.places & (one.own | one.carried)
        and _places(one.own) - asked
        and not one.universal
    ):
        cost += 0.15
    if rooms and not _places(asked):
        cost += 0.06
    if ask.slot in ("time", "clock") and not rooms_too and not one.ours and not any(_near(n, asked) for n in one.lead):
        cost += 0.25
    return cost + (0.03 if one.conditional and ask.slot != "consequence" else 0.0)


def _near(name: str, asked: frozenset[str]) -> bool:
    return any(held(other, frozenset((name,)), name) >= 0.5 for other in asked)
