"""Text read as terms: ideas of the dictionary, plain words by their stem, and runs of other Chinese characters.

Readers' questions and the sentences of documents are read the same way, so that they meet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from library.forms import spelled
from library.idea_words import ACTS, DAYS, PEOPLE, PLACES, RELATED, STOP_EN, STOP_ZH, THINGS, WEAK_ZH, WEEK
from library.normal import fold, is_cjk, stem

Kind = Literal["thing", "act", "place", "person", "day", "word", "run"]
_GROUPS: tuple[tuple[Kind, dict[str, str]], ...] = (
    ("thing", THINGS), ("act", ACTS), ("place", PLACES), ("person", PEOPLE), ("day", DAYS)
)  # fmt: skip
KIND: dict[str, Kind] = {idea: kind for kind, group in _GROUPS for idea in group}


@dataclass(frozen=True, slots=True)
class Term:
    """One idea, word (its stem) or run of characters. ``start``, ``end``: its place in the spelled-out text."""

    name: str
    kind: Kind
    start: int
    end: int


def _entries(text: str) -> list[str]:
    return [entry.strip() for entry in text.split(",") if entry.strip()]


def _tables() -> tuple[dict[str, str], dict[tuple[str, ...], str], dict[str, str]]:
    exact: dict[str, str] = {}
    stems: dict[tuple[str, ...], str] = {}
    chinese: dict[str, str] = {}
    for _, group in _GROUPS:
        for idea, text in group.items():
            for entry in _entries(text):
                if entry.startswith("="):
                    exact[fold(entry[1:])] = idea
                elif is_han(entry):
                    chinese.setdefault(spelled(entry), idea)
                else:
                    stems.setdefault(tuple(stem(word) for word in _LATIN.findall(fold(entry))), idea)
    return exact, stems, chinese


def is_han(text: str) -> bool:
    return any(is_cjk(char) for char in text)


_LATIN = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_EXACT, _STEMS, _CHINESE = _tables()
_LONGEST = max(len(key) for key in _STEMS)
_STOPS_ZH = frozenset(fold(word) for word in STOP_ZH)
_STOP_STEMS = STOP_EN | {stem(word) for word in STOP_EN}
_HAN_WORDS = re.compile("|".join(map(re.escape, sorted({*_CHINESE, *_STOPS_ZH}, key=lambda w: (-len(w), w)))))
_VOLUMES = re.compile(r"\d ?[本册](?!子)")
_MEASURES = frozenset("天次本个年月日号层楼点块元册张页人位件间台")
_GOING = frozenset("进看找拿交坐待")  # verbs that lean on the noun after them
_OTHER_AFTER = {
    "书": "机签店城香吧房桌柜桥法记", "包": "括含裹装厢间容", "证": "明实据券", "卡": "通片车拉", "座": "谈标右", "人": "工类民口才格性",
    "约": "等莫合", "订": "正阅购", "狗": "年", "丢": "弃", "赔": "本", "租": "金", "吵": "架", "烟": "花雾",
}  # fmt: skip
_OTHER_BEFORE = {
    "约": "大条节契制违",
    "付": "应对托",
    "退": "后衰",
    "借": "凭",
    "租": "出",
    "包": "面钱书背红",
    "茶": "奶",
}
"""Single characters that are an idea, unless the character after or before makes another word of them."""
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_BOOK_VERB = re.compile(
    r"(?:\bto|\bcan|\bmay|\bcould|\bmust|\bshould|\bi|\bwe|\byou|\bwho|\bcannot|\bplease|^) (?:also |just )?books?\b"
    r"(?! (?:by|about|on|club))|"
    r"^book (?=an? |the |your |it |them |through |at |in |by |online)|\bbook (?=a |an |me |us |the (?:\w+ )?room)"
)
_COUNTED = re.compile(r"(?:\d|many|few|several|half an|an|of|per|next)[ -]*$")
_RANGE_EN = re.compile(
    r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\s*(?:to|through|thru|until|till|[-–—~])\s*(mon|tue|wed|thu|fri|sat|sun)[a-z]*"
)
_RANGE_ZH = re.compile(
    r"(?:星期|周|礼拜)([一二三四五六日天])\s*(?:至|到|[-–—~])\s*(?:星期|周|礼拜)?([一二三四五六日天])"
)
_EVERY_DAY = re.compile(r"\b(?:every ?day|daily|seven days|7 days a week)\b|每天|每日|天天|全年")
_ZH_DAY = {c: WEEK[i] for i, c in enumerate("一二三四五六日")} | {"天": "sun"}


@lru_cache(maxsize=16384)
def read_terms(text: str) -> tuple[Term, ...]:
    """The terms of a text, spelled out first, in order; days of a range each stand for themselves."""
    text = spelled(text)
    found = _latin(text) + (_han(text) if is_han(text) else [])
    found += [Term("book", "thing", *match.span()) for match in _VOLUMES.finditer(text)]
    for pattern in (_RANGE_EN, _RANGE_ZH):
        for match in pattern.finditer(text):
            first, last = (_ZH_DAY.get(g, g) for g in match.groups())
            days = [WEEK[(WEEK.index(first) + i) % 7] for i in range((WEEK.index(last) - WEEK.index(first)) % 7 + 1)]
            found += [Term(day, "day", match.start(), match.end()) for day in days]
    return tuple(sorted(dict.fromkeys(found), key=lambda term: (term.start, -term.end)))


def names(terms: tuple[Term, ...]) -> frozenset[str]:
    return frozenset(term.name for term in terms)


def is_every_day(text: str) -> bool:
    return _EVERY_DAY.search(text) is not None


def _latin(text: str) -> list[Term]:
    words = [(m[0], m.start(), m.end()) for m in _LATIN.finditer(text) if re.search("[a-z]", m[0])]
    stems = [stem(word) for word, _, _ in words]
    found: list[Term] = []
    verbs = [m.span() for m in _BOOK_VERB.finditer(text)]
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            word = words[at][0]
            near = all(words[at + i + 1][1] - words[at + i][2] <= 2 for i in range(size - 1))
            idea = _EXACT.get(word) if size == 1 else None
            idea = idea or (_STEMS.get(tuple(stems[at : at + size])) if near else None)
            if word == "talk" and size == 1 and at and words[at - 1][0] in ("a", "the", "any", "next"):
                idea = "event"
            if idea == "open" and word.startswith("hour") and _COUNTED.search(text[: words[at][1]]):
                idea = None
            if word == "late" and size == 1 and at and words[at - 1][0] in ("how", "too"):
                idea = None
            if idea is None and size == 1 and "-" in word:
                idea = next((_STEMS[key] for part in word.split("-") if (key := (stem(part),)) in _STEMS), None)
            if idea:
                start, end = words[at][1], words[at + size - 1][2]
                if idea == "book" and any(first <= start < last for first, last in verbs):
                    idea = "reserve"
                found.append(Term(idea, KIND[idea], start, end))
                at += size
                break
        else:
            word, start, end = words[at]
            if "-" in word and word not in _EXACT and re.fullmatch(r"[a-z]{3,}(?:-[a-z]{3,})+", word):
                found += [replace(term, start=start, end=end) for term in _latin(word.replace("-", " "))]
                at += 1
                continue
            plain = word not in ("room", *STOP_EN) and stems[at] not in _STOP_STEMS and len(word) > 1
            if plain and not re.fullmatch(r"\d+(?:am|pm|st|nd|rd|th|[a-z])?|[a-z]\d|\d+-year.*", word):
                found.append(Term(stems[at], "word", start, end))
            at += 1
    return found


def _han(text: str) -> list[Term]:
    found: list[Term] = []
    at = 0
    for match in _HAN_WORDS.finditer(text):
        found += _runs(text, at, match.start())
        idea = _CHINESE.get(match[0])
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        other = _OTHER_AFTER.get(match[0], ""), _OTHER_BEFORE.get(match[0], "")
        if (after and after in other[0]) or (before and before in other[1]):
            idea = None  # a bookmark, a shop, 包括, 大约: another word
        if idea and match[0] not in _STOPS_ZH:
            found.append(Term(idea, KIND[idea], match.start(), match.end()))
        at = match.end()
    return found + _runs(text, at, len(text))


def _runs(text: str, start: int, end: int) -> list[Term]:
    found = []
    for run in _HAN_RUN.finditer(text[start:end]):
        first, last = start + run.start(), start + run.end()
        if text[first] in _MEASURES and text[first - 1 : first].isdigit():
            first += 1  # the measure of a number ("1天罚多少") is no part of a word
        if last - first > 2 and text[first] in _GOING:
            first += 1
        word = text[first:last]
        if len(word) > 1 and not set(word) <= WEAK_ZH:
            found.append(Term(word, "run", first, last))
    return found


@lru_cache(maxsize=4096)
def likeness(asked: str, told: str) -> float:
    """How far one term speaks of another, 0…1: itself, a related idea, or a word of the same root."""
    if asked == told:
        return 1.0
    if asked in KIND:
        return RELATED.get(asked, {}).get(told, 0.0)
    if told in KIND or is_han(asked) or is_han(told):
        return 0.0
    short, long = sorted((asked, told), key=len)
    if long.removeprefix(short) in ("ing", "ed", "er", "s", "es"):
        return 0.9
    common = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return 0.9 if common >= max(4, round(0.75 * len(short))) and len(long) - common <= 5 else 0.0


def words_of(name: str) -> list[str]:
    """Everything that may stand for a term in a document, related ideas too; the term itself when it is no idea."""
    ideas = [name, *(idea for idea, share in RELATED.get(name, {}).items() if share >= 0.5)] if name in KIND else []
    groups = (group[idea] for idea in ideas for _, group in _GROUPS if idea in group)
    return [entry.lstrip("=") for text in groups for entry in _entries(text)] or [name]
