"""Answers from the library's own documents: the sentences that say it, cited, or nothing.

A question becomes weighted terms (``concepts``). A sentence answers when it, its heading and its passage hold enough of
them, when nothing the question is about is missing from all three, and when it holds the kind of thing asked for (a
time, a number, an amount). No sentence is rewritten: what is said is a span of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from avatars.concept_words import WEEK
from avatars.concepts import CONCEPTS, terms, words_of
from avatars.language import Lang, fold
from avatars.values import Reply, Source
from library.passages import search_passages
from library.sentence import split_sentences
from library.store import Catalogue
from library.values import Passage

if TYPE_CHECKING:
    from avatars.desk import Desk

ENOUGH = 0.62
"""Share of the question's weight a sentence with its surroundings must hold."""
MISSING = 0.34
"""Share of it that may be missing from the whole passage."""
_TIME = re.compile(
    r"\d{1,2}[:：]\d{2}|\d{1,2}\s?(?:am|pm|a\.m\.|p\.m\.|o'clock)|\d{1,2}\s?[点时]|closed|all day|24 hours|noon|midnight|闭馆|不开放|全天|休馆",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|no limit|unlimited|half|free|none|no charge)\b|[一二两三四五六七八九十百半]|免费|不限|不收",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[¥￥$€£]\s?\d|\d[\d.,]*\s?(?:yuan|rmb|cny|元|角|块|dollars?|jiao|fen)|\bfree\b|\bno (?:charge|fee|deposit)|without charge|免费|不收|无需(?:押金|付费)|不收费",
    re.IGNORECASE,
)
_WANTS_TIME = re.compile(
    r"\b(?:until|till|from) when\b|\bwhat time\b|\bwhen\b|\bopening (?:hours|times)\b|\bhours\b|\bhow (?:late|early)\b|几点|什么时候|什么时间|开放时间|时间",
    re.IGNORECASE,
)
_WANTS_MONEY = re.compile(
    r"\bhow much\b|\bcost\b|\bprice\b|\bfees?\b|\bfine\b|多少钱|费用|收费|价格|几块|几元", re.IGNORECASE
)
_WANTS_NUMBER = re.compile(r"\bhow (?:many|long|old|often|big)\b|多少|几[本个次天岁张人]|多久|多长", re.IGNORECASE)
_WANTS_CLOCK = re.compile(
    r"\bat \d{1,2}(?::\d\d)? ?(?:am|pm|o'clock)|\b\d{1,2} ?(?:am|pm)\b|\b(?:noon|midnight)\b|[一二两三四五六七八九十\d]{1,2}点|\bwhat time\b|\b(?:until|till|from) when\b|\bhow (?:late|early)\b|几点",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\d{1,2}[:：]\d\d|\d\s?(?:am|pm|a\.m\.|p\.m\.|点)|noon|midnight|\bclosed on\b|24 hours|全天", re.IGNORECASE
)
_WANTS_PHONE = re.compile(
    r"\b(?:tele)?phone number\b|\bnumber (?:of|for) the\b|\bcall you\b|电话(?:号码)?(?:是)?(?:多少|什么|几号)|电话号码",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\d{3,4}[- ]\d{3,4}")
_CLAIM = re.compile(
    r"\b(?:since|because|as|given that|you (?:told me|said)|i (?:heard|thought|read|was told)|isn't it|aren't you|don't you|right\?|correct\?|so you)\b|既然|听说|你说|是不是|不是.*吗|对吧|是吧|对吗|因为|我以为",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d{1,2}[:：]\d{2}|\d+(?:\.\d+)?")
_MAY = re.compile(
    r"^(?:can|could|may|am i|are (?:you|we|dogs|pets|children)|is it|do i|should|must)\b|\ballowed\b|可以|能不能|能否|允许|可不可以|能.*吗|准",
    re.IGNORECASE,
)
_RULING = re.compile(
    r"\b(?:allowed|not allowed|may|must|forbidden|permitted|welcome|only|need|do not|please|stay outside|possible|can)\b|可以|可|不得|禁止|请勿|允许|须|只能|不能|欢迎|请",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^[\s\-*#|\d.]*(?:in |at |on )?(?:the )?(?:(?:一|二|三|四|五)层)?")
_SPECIAL = frozenset(
    (
        "holiday",
        "spring festival",
        "new year",
        "national day",
        "labour day",
        "christmas",
        "child",
        "access",
        "event",
        "lost",
    )
)
"""Concepts that make a sentence an exception: it answers a general question less well than a sentence without them."""
_GENERIC = {
    "cost",
    "limit",
    "period",
    "rule",
    "age",
    "time slot",
    "apply",
    "belongings",
    "book item",
    "advance",
    "capacity",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that answers: spans of its sentences in the document, best first, and how well they do (0…1)."""

    passage: Passage
    spans: tuple[tuple[int, int], ...]
    score: float


class Facts:
    """The documents of a home, ready to be asked. Holds no state that changes but a cache."""

    def __init__(self, catalogue: Catalogue, names: Iterable[str] = ()) -> None:
        """``names``: what the rooms and desks of the map are called, to tell a rule of one room from a general one."""
        self.catalogue = catalogue
        self._names = tuple(sorted({fold(n) for n in names if len(n) > 1}, key=len, reverse=True))
        self._find = lru_cache(maxsize=256)(self._search)

    def answer(self, desk: Desk, question: str) -> Reply | None:
        """A cited reply, None when the documents do not say it."""
        found = self._find(question, desk.lang, _weekday(desk, question))
        if found is None:
            return None
        passage = found.passage
        quotes = [_quote(passage, start, end) for start, end in sorted(found.spans)]
        text = _joined([_plain(q) for q in quotes], passage.lang)
        if passage.lang != desk.lang:
            text = desk.words.IN_LANGUAGE.format(text=text)
        if _contradicted(question, " ".join(quotes)):
            text = f"{desk.words.CORRECTION} {text}"
        sources = tuple(
            Source(document=passage.document, heading=passage.heading, start=start, end=end, quote=quote)
            for (start, end), quote in zip(sorted(found.spans), quotes, strict=True)
        )
        memory = replace(desk.memory, candidates=(), pending="")
        return desk.reply(text, "ask_fact", sources=sources, memory=memory)

    def would_answer(self, desk: Desk, question: str) -> bool:
        """Do the documents answer it?"""
        return self._find(question, desk.lang, _weekday(desk, question)) is not None

    def is_about_library(self, question: str) -> bool:
        """Is it at least the kind of thing a library's rules are about?"""
        held = set(terms(question)) & CONCEPTS - _GENERIC - set(WEEK)
        named = any(name in fold(question) for name in self._names)
        return bool(held) or named or re.search(r"\blibrar|图书馆|本馆|馆员|馆长|你们", fold(question)) is not None

    def _search(self, question: str, lang: Lang, weekday: str) -> Found | None:
        asked = terms(_plain_times(question))
        if weekday:
            asked[weekday] = 1.0
        if re.search(r"\b(?:the|your|library|what|opening) (?:library )?hours\b|^hours\b", fold(question)):
            asked["open"] = 1.0
            asked.pop("hour", None)
        asked.pop("time slot", None)
        if not asked or all(term in _GENERIC for term in asked):
            return None
        best: Found | None = None
        for tongue in (lang, "zh" if lang == "en" else "en"):
            for passage in self._candidates(question, asked, tongue):
                found = _score(passage, asked, question, self._names)
                if found and found.score >= ENOUGH and (best is None or found.score > best.score + 1e-9):
                    best = found
            if best is not None:
                break
        return best

    def _candidates(self, question: str, asked: dict[str, float], tongue: str) -> list[Passage]:
        query = " ".join([question, *(word for term in asked for word in words_of(term, tongue)[:8])])
        return [hit.passage for hit in search_passages(self.catalogue, query, lang=tongue, limit=16)]


def _score(passage: Passage, asked: dict[str, float], question: str, names: tuple[str, ...]) -> Found | None:
    title = set(_terms_of(passage.heading.rsplit("›", 1)[-1]))
    around = set(_terms_of(passage.heading)) | set(_terms_of(re.sub(r"[._-]", " ", passage.document.rsplit(".", 1)[0])))
    whole = set(_terms_of(passage.text))
    room = next((n for n in names if n in fold(question) and n in fold(passage.text)), "")
    missing = sum(w for t, w in asked.items() if t not in whole and t not in around)
    if missing > (0.6 if room and _WANTS_TIME.search(question) else MISSING) * sum(asked.values()):
        return None
    total = sum(asked.values())
    timed = _WANTS_TIME.search(question)
    rated: list[tuple[float, int, int]] = []
    for start, end in split_sentences(passage.text):
        sentence = passage.text[start:end]
        if not sentence.strip(" #*-|\n") or sentence.lstrip().startswith("#"):
            continue
        held = _held(sentence)
        score = (
            sum(
                w * (1.0 if t in held else 0.8 if t in around else 0.35 if t in whole else 0.0)
                for t, w in asked.items()
            )
            / total
        )
        here = sum(1 for t in asked if t in held)
        score += 0.3 * bool(room and timed and _LEAD.sub("", fold(sentence)).startswith(room))
        special = (held & _SPECIAL) - asked.keys()
        score += 0.12 * (not special) * len(title & asked.keys() & CONCEPTS - _GENERIC) / max(1, len(title))
        score += 0.02 * here + _kind_bonus(question, sentence) - 0.15 * _other_room(question, sentence, names)
        score -= 0.08 * (len(special) + ("child" in special) + _some_days(held, asked))
        rated.append((score, start, end))
    if not rated:
        return None
    top = max(score for score, _, _ in rated)
    fitting = [row for row in rated if _fits(question, passage.text[row[1] : row[2]])]
    if not fitting or max(row[0] for row in fitting) < top - 0.2:
        return None
    rated, top = fitting, max(row[0] for row in fitting)
    chosen = [(s, e) for score, s, e in rated if score >= top - 0.06]
    chosen = chosen[:4] if len(chosen) <= 6 else chosen[:1]
    spans = tuple((passage.start + s, passage.start + e) for s, e in chosen)
    return Found(passage, spans, top)


def _plain_times(question: str) -> str:
    """The question without the hours of the day it names: they are what is asked about, not what it is about."""
    return re.sub(
        r"(?:早上|上午|中午|下午|晚上|凌晨|傍晚)?[零一二两三四五六七八九十百\d]+(?:点|时)(?:半|钟|整|[零一二三四五六七八九十\d]+分)?",
        " ",
        question,
    )


def _figures(text: str) -> set[str]:
    """Figures of a text, hours in Chinese numerals too: 六点 and 6:00 are both 6."""
    said = {f.lstrip("0").replace("：", ":").removesuffix(":00") for f in _FIGURE.findall(text)}
    return said | {
        str(_ZH_HOURS[n])
        for n in re.findall(r"([一二两三四五六七八九十]{1,3})(?=点|个|本|册|天|元|次)", text)
        if n in _ZH_HOURS
    }


_ZH_HOURS = {
    n: i
    for i, n in enumerate(
        [
            "零",
            "一",
            "二",
            "三",
            "四",
            "五",
            "六",
            "七",
            "八",
            "九",
            "十",
            "十一",
            "十二",
            "十三",
            "十四",
            "十五",
            "十六",
            "十七",
            "十八",
            "十九",
            "二十",
        ]
    )
} | {"两": 2}


def _kind_bonus(question: str, sentence: str) -> float:
    bonus = 0.08 if _MAY.search(question) and _RULING.search(sentence) else 0.0
    if _WANTS_TIME.search(question) and re.search(r"\d[:：]\d\d", sentence):
        bonus += 0.06
    for wants, has in ((_WANTS_PHONE, _PHONE), (_WANTS_TIME, _TIME), (_WANTS_MONEY, _MONEY), (_WANTS_NUMBER, _NUMBER)):
        if wants.search(question):
            bonus += 0.1 if has.search(sentence) else -0.1
    return bonus


def _fits(question: str, sentence: str) -> bool:
    """Does the sentence hold the kind of thing asked for?"""
    if _WANTS_CLOCK.search(question) and not _CLOCK.search(sentence):
        return False
    if _WANTS_PHONE.search(question) and not _PHONE.search(sentence):
        return False
    if _WANTS_MONEY.search(question) and not _MONEY.search(sentence):
        return False
    if _WANTS_TIME.search(question) and not (_TIME.search(sentence) or _NUMBER.search(sentence)):
        return False
    return not _WANTS_NUMBER.search(question) or bool(_NUMBER.search(sentence))


def _held(sentence: str) -> frozenset[str]:
    """The terms of a sentence; one that gives hours from … to … says when it opens and when it closes."""
    held = _terms_of(sentence)
    both = held & {"open", "close"} and len(_TIME.findall(sentence)) > 1
    return held | {"open", "close"} if both else held


def _some_days(held: frozenset[str], asked: dict[str, float]) -> bool:
    """Is it about some days of the week that were not asked about?"""
    return 0 < len(held & set(WEEK)) < len(WEEK) and not asked.keys() & set(WEEK)


def _other_room(question: str, sentence: str, names: tuple[str, ...]) -> bool:
    """Is the sentence the rule of one room, named at its head, that the question did not name?"""
    asked = fold(question)
    told = _LEAD.sub("", fold(sentence))
    return any(told.startswith(name) and name not in asked for name in names)


@lru_cache(maxsize=8192)
def _terms_of(text: str) -> frozenset[str]:
    return frozenset(terms(text))


def _quote(passage: Passage, start: int, end: int) -> str:
    return passage.text[start - passage.start : end - passage.start].strip()


def _plain(text: str) -> str:
    """Markdown's marks off; the words stay."""
    text = re.sub(r"^\s*(?:[-*+]|\d+\.)\s+", "", text.strip(), flags=re.MULTILINE)
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    if text.startswith("|"):
        text = ": ".join(cell.strip() for cell in text.strip("|").split("|") if cell.strip())
    return re.sub(r"[*_`]{1,3}(\S(?:[^*_`]*\S)?)[*_`]{1,3}", r"\1", text).strip()


def _joined(parts: list[str], lang: str) -> str:
    stop = "。" if lang == "zh" else "."
    done = [p if re.search(r"[.!?。！？：:]$", p) else p.rstrip(";；") + stop for p in parts if p]
    return ("" if lang == "zh" else " ").join(done)


def _contradicted(question: str, answer: str) -> bool:
    """Does the question claim a figure that the answer does not hold?"""
    if not _CLAIM.search(question):
        return False
    said = _figures(question)
    return bool(said) and not said <= _figures(answer)


def _weekday(desk: Desk, question: str) -> str:
    """The weekday that "today" or "tomorrow" means, "" when neither is said or the time is not known."""
    now, text = desk.question.now, fold(question)
    if now is None:
        return ""
    if re.search(r"\btomorrow\b|明天", text):
        return WEEK[(now.weekday() + 1) % 7]
    return WEEK[now.weekday()] if re.search(r"\btoday\b|\btonight\b|\bnow\b|今天|今晚|现在", text) else ""
