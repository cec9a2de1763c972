"""A question about a library's rules, taken apart: what is asked of it (a slot), about what, under which conditions.

"How far ahead can I book a study room?" asks for the slot *ahead* of a study room, under the act of reserving. What a
reader takes for granted ("since you close at five", "…, right?") becomes an ask of its own, marked as a claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from library.dates import Span, read_dates, without_dates
from library.forms import Figure, read_figures, spelled
from library.idea_words import WEEK
from library.ideas import Term, is_han, read_terms
from library.normal import stem
from library.question_forms import (
    CLAIM,
    DANGER,
    FREE,
    LIVE,
    NO_DANGER,
    OURS,
    PRONOUN,
    SLOTS,
    SPLIT,
    TAG,
    TALK,
    TOLD,
    TROUBLE,
)

DANGERS = frozenset(("fire", "medical"))
"""What is answered whatever else is said with it."""
WEAK = frozenset(
    ("book", "capacity", "belonging", "machine", "page", "staff", "loan", "price list", "door", "night", "same day")
)
"""Things too common to be what a question is about when it names anything else."""
_OF_SLOT: dict[str, frozenset[str]] = {
    "money": frozenset(("pay", "price list", "compensate")), "phone": frozenset(("phone", "contact", "phone call")),
    "means": frozenset(("pay",)), "password": frozenset(("password",)),
    "email": frozenset(("mail", "contact")), "address": frozenset(("address",)), "count": frozenset(),

}  # fmt: skip
"""Terms that only say again which slot is wanted."""
_TELLING = ("money", "free", "clock", "count", "times", "level", "duration")
"""Kinds of figures in a claim, the most telling first: "a day late costs one yuan" claims the yuan."""
_SPOTS = frozenset(("toilet", "lift", "shelf", "aisle", "fountain", "locker"))
"""Things in which, like in a room, something may be allowed or not."""
_INSIDE = re.compile(r"\b(?:in )?(?:there|it)\b|那里|那儿|里面")
_MASKED = re.compile(
    r"\bheld\b|\b(?:only )?finish(?:ed)? (?:it|reading|my|only|half|the book)\b|\bonly finished\b|\b(?:at|over|during|for my|have|having|to) (?:my )?(?:lunch|dinner|breakfast)(?: ?time| break)?\b|(?:去)?吃(?:午|晚)?饭(?:时间?|的时候)?|(?:午|晚)饭时间?|一个人(?=最多|能|可以|一次|每)|\b(?:by|over|on|via) (?:the )?(?:tele)?phone\b|\btext message\b|"
    r"(?:拨打|致电)?电话(?=[\d ]|办理|续借|挂失)|拨打电话"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One term of a question. ``head``: an answer must be about it. ``weight``: its share, 0…1."""

    name: str
    kind: str
    weight: float
    head: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked. ``slot``: "" when none is named. ``noun``: the idea counted ("how many books").

    ``figures``: figures said in it. ``claim``: it was taken for granted, not asked. ``yes_no``: asked to be confirmed.
    ``free``: it says that something is free (True) or must be paid (False). ``text``: as spelled out.
    """

    slot: str
    wanted: tuple[Wanted, ...]
    noun: str
    figures: tuple[Figure, ...]
    claim: bool
    yes_no: bool
    free: bool | None
    days: frozenset[str]
    text: str

    @property
    def names(self) -> frozenset[str]:
        return frozenset(one.name for one in self.wanted)

    @property
    def places(self) -> frozenset[str]:
        return frozenset(one.name for one in self.wanted if one.kind == "place")

    @property
    def dates(self) -> tuple[Span, ...]:
        """Days of the year it speaks of."""
        return read_dates(self.text)

    @property
    def heads(self) -> tuple[Wanted, ...]:
        return tuple(one for one in self.wanted if one.head)


_MADE_HOW = re.compile(r"(怎么|如何|怎样|咋)办(?=(?:个|一张|张)?(?:借书|借阅|读者|图书|阅览|临时)[证卡])")
"""How a card is made, not what to do about it."""


@lru_cache(maxsize=512)
def read_question(text: str) -> tuple[Ask, ...]:
    """What a question asks, the whole first; then its claims and clauses one by one, when it has several."""
    plain = re.sub(r"((?:既然|因为|听说|据说)[^，,]{2,30})[，,]", r"\1。", spelled(text))
    plain = _MADE_HOW.sub(r"\1办理", plain)
    if LIVE.search(plain):
        return ()
    claimed = CLAIM.search(plain) is not None
    clauses = [
        part.strip() for part in SPLIT.split(plain) if len(part.strip()) > 1 and not TALK.fullmatch(part.strip())
    ]
    alone = len(clauses) == 1
    asks: list[Ask] = []
    carried: tuple[Wanted, ...] = ()
    for part in clauses:
        one = _read(part, claimed and (alone or CLAIM.search(part) is not None))
        if not one.wanted and not one.slot and not one.days:
            continue
        if carried and not any(w.kind in ("thing", "place", "word", "run") for w in one.wanted):
            one = replace(one, wanted=ranked((*carried, *one.wanted)))
        carried = one.wanted or carried
        asks.append(one)
    if not any(one.slot or one.claim for one in asks) and TOLD.search(plain):
        asks = [one for one in asks if one.names & TROUBLE]
    if alone or not asks:
        return tuple(asks)
    whole = _read(" ".join(clauses), False)
    slots = [one.slot for one in asks if one.slot and not one.claim]
    specific = [slot for slot in slots if slot not in ("permission", "consequence", "exists", "how", "why")]
    whole = replace(whole, slot=(specific or slots or [whole.slot])[-1])
    return (whole, *asks) if whole.wanted or whole.slot else tuple(asks)


_BEFORE_VERB = re.compile(
    r"\b(?:to|i|you|we|they|he|she|it|can|could|do|does|did|will|would|must|should|may|might|dont|cant|get|gets|got|be|been|am|are|is|was|were|"
    r"ever|never|just|also|not|who|someone|somebody|please|readers|kids|children|people) $"
)


def is_verbal(text: str, name: str) -> bool:
    """Does a word, by its stem, stand in a text like a verb or an adverb?"""
    for hit in re.finditer(r"[a-z]+", text):
        if hit[0].startswith(name[: max(3, len(name) - 1)]) and stem(hit[0]) == name:
            return hit[0].endswith(("ing", "ed", "ly")) or _BEFORE_VERB.search(text[: hit.start()]) is not None
    return False


def read_mention(text: str) -> Ask:
    """What a sentence speaks of, whatever it is for: what a later question may lean on."""
    return _read(spelled(text), False)


def is_danger(text: str) -> bool:
    """Does somebody report a fire or a person hurt, or ask what to do then? A book about fire is none."""
    plain = spelled(text)
    if NO_DANGER.search(plain) or not DANGER.search(plain):
        return False
    return any(term.name in DANGERS for term in read_terms(plain))


def joined(ask: Ask, before: Ask) -> Ask | None:
    """A short question about a thing, asked of the thing before it: "is there a deposit?" of the wheelchairs.

    Only an answer that speaks of both will do; None when it is long, or both are about the same.
    """
    short = len(ask.text) <= (7 if is_han(ask.text) else 24)
    mine = {w.name for w in ask.heads if w.kind == "thing"}
    placed = any(w.kind == "place" for w in ask.wanted)
    kinds = ("thing", "word", "run") if placed else ("thing", "word", "run", "place")
    inside = 0.4 if ask.slot == "permission" else 1.0
    theirs = [
        replace(w, weight=inside if w.kind == "place" else 1.0)
        for w in before.wanted
        if w.kind in kinds and w.name not in WEAK
    ]
    if not (short and ask.slot and mine and theirs) or mine & {w.name for w in theirs} or PRONOUN.search(ask.text):
        return None
    return replace(ask, wanted=ranked((*theirs, *ask.wanted)), days=ask.days or before.days)


def follow(ask: Ask, before: Ask) -> Ask | None:
    """A question that leans on the one before it, made whole; None when it stands on its own.

    "What do they cost?" takes what was spoken of; "and on Sunday?", 喝水呢 take the slot and put the new thing in the
    place of the old of its kind.
    """
    strong = {w.kind for w in ask.wanted if w.kind in ("thing", "place", "word", "run") and w.name not in WEAK}
    acts = any(w.kind == "act" for w in ask.wanted)
    places = tuple(
        replace(w, weight=1.0) if w.kind == "place" and ask.slot != "permission" else w for w in before.wanted
    )
    if ask.slot and strong and "place" not in strong and _INSIDE.search(ask.text):
        return replace(ask, wanted=ranked((*(w for w in places if w.kind == "place"), *ask.wanted)))
    if ask.slot and not strong:
        pointed = PRONOUN.search(ask.text) or not acts or len(ask.text) < (7 if is_han(ask.text) else 24)
        opened = ask.names <= {"open", "close"} and ask.wanted and not OURS.search(ask.text)
        if not (pointed or opened):
            return None
        return replace(ask, wanted=ranked((*places, *ask.wanted)), days=ask.days or before.days)
    if ask.slot or not (ask.wanted or ask.days) or not PRONOUN.search(ask.text):
        return None
    kinds = strong | {w.kind for w in ask.wanted if w.kind == "person"}
    kinds |= {"thing", "word", "run"} if kinds & {"thing", "word", "run"} else set()
    kept = [w for w in before.wanted if w.kind not in kinds]
    return replace(
        before, wanted=ranked((*kept, *ask.wanted)), days=ask.days or before.days, claim=False,
        text=f"{before.text} {ask.text}", figures=(), noun=before.noun if before.noun in {w.name for w in kept} else "",
    )  # fmt: skip


def _read(text: str, claim: bool) -> Ask:
    bare = TAG.sub("", text)
    slot = next((name for name, pattern in SLOTS if pattern.search(bare)), "")
    figures = read_figures(bare)
    if slot in ("", "permission", "exists", "how") and claim and figures:
        slot = _slot_of(figures)
    terms = read_terms(_MASKED.sub(" ", without_dates(bare)))
    if claim and not slot and {term.name for term in terms} & {"open", "close"}:
        slot = "time"
    if (danger := {term.name for term in terms} & DANGERS) and is_danger(text):
        terms = tuple(term for term in terms if term.name in danger)
    told = {term.name for term in terms}
    if not slot and "find" in told and "damage" not in told:
        slot = "where"
    if slot == "who" and "find" in told:
        slot = "where"
    free = True if FREE.search(bare) else False if slot == "money" else None
    days = frozenset(t.name for t in terms if t.kind == "day")
    if not slot and days and (any(t.kind == "place" for t in terms) or told & {"open", "close"}):
        slot = "time"
    noun = _noun(bare, terms) if slot == "count" else ""
    yes_no = slot in ("permission", "exists") or claim
    return Ask(slot, _wanted(terms, slot, noun, bare), noun, figures, claim, yes_no, free, days, bare)


def _slot_of(figures: tuple[Figure, ...]) -> str:
    """The slot that a claimed figure fills."""
    kinds = {
        "clock": "clock",
        "money": "money",
        "count": "count",
        "duration": "duration",
        "level": "level",
        "times": "times",
        "free": "money",
    }
    told = {f.kind for f in figures}
    return next((kinds[kind] for kind in _TELLING if kind in told), "")


def _noun(text: str, terms: tuple[Term, ...]) -> str:
    """The idea that "how many …" or 几… counts; "" when any number will do."""
    asked = re.search(r"how many|number of|多少|几(?=[\u4e00-\u9fff])", text) or re.search(r"\d+", text)
    if not asked:
        return ""
    measure = re.match(r"(?:how many|number of|多少|几|\d+)\s*(?P<m>[本册页张人位间台])", text[asked.start() :])
    if measure:
        return {"本": "book", "册": "book", "页": "page", "张": "page", "人": "capacity", "位": "capacity"}.get(
            measure["m"], ""
        )
    after = next((t for t in terms if t.start >= asked.end() - 1), None)
    if after is None or after.kind not in ("thing", "word", "person", "run"):
        return ""
    between = text[asked.end() : after.start]
    return (
        "" if len(between) > 12 or re.search(r"\b(?:can|may|do|does|did|are|is|should|will)\b", between) else after.name
    )


def _wanted(terms: tuple[Term, ...], slot: str, noun: str, text: str) -> tuple[Wanted, ...]:
    out: dict[str, Wanted] = {}
    late, suggested = (any(term.name == name for term in terms) for name in ("late fee", "suggest"))
    harmed = any(term.name in ("lose", "damage") for term in terms)
    missed = any(term.name in ("miss", "be late") for term in terms)
    marked = any(term.name == "note in book" for term in terms)
    spoiled = any(term.name == "damage" for term in terms)
    for term in terms:
        if slot == "duration" and term.name == "return" and any(t.name in ("borrow", "loan") for t in terms):
            continue
        if (late and harmed and term.name == "late fee") or (spoiled and term.name in ("find", "lose")):
            continue
        if (late and term.name == "return") or (suggested and term.name == "sell"):
            continue
        if (missed and term.name == "reserve") or (marked and term.name in ("pen", "pencil")):
            continue
        if term.name in _OF_SLOT.get(slot, ()):
            continue
        if term.kind == "day":
            continue
        weight = {"thing": 1.0, "place": 1.0, "word": 1.0, "run": 1.0, "act": 0.8, "person": 0.6}[term.kind]
        if term.name in WEAK:
            weight = 0.4
        if term.name == noun and term.kind in ("thing", "word"):
            weight = 0.6 if term.name in WEAK else 1.0
        spot = term.name in _SPOTS and re.search(r"\b(?:in|inside|at|by|near) (?:the |a )?$", text[: term.start])
        if (term.kind == "place" or spot) and slot == "permission":
            weight = 0.4
        out.setdefault(term.name, Wanted(term.name, term.kind, weight, term.kind in ("thing", "place", "word", "run")))
    return ranked(tuple(out.values()))


def ranked(wanted: tuple[Wanted, ...]) -> tuple[Wanted, ...]:
    """With its heads: strong things, places and words; without them acts; without those whatever there is."""
    unique = {one.name: one for one in wanted}
    strong = {n for n, w in unique.items() if w.kind in ("thing", "place", "word", "run") and n not in WEAK}
    acts = {n for n, w in unique.items() if w.kind == "act"}
    people = {n for n, w in unique.items() if w.kind == "person"}
    inside = {n for n, w in unique.items() if (w.kind == "place" or n in _SPOTS) and w.weight < 0.5}
    heads = strong - inside or acts or people or strong or set(unique)
    return tuple(replace(w, head=n in heads) for n, w in unique.items())


def week_of(days: frozenset[str]) -> frozenset[str]:
    """The weekdays meant: Saturday and Sunday for the weekend."""
    out = set(days & set(WEEK))
    out |= {"sat", "sun"} if "weekend" in days else set()
    return frozenset(out | (set(WEEK[:5]) if "weekday" in days else set()))
