"""What a question about a library's rules is about: concepts and plain words, with weights."""

from __future__ import annotations

import re
from functools import lru_cache

from avatars.concept_words import GROUPS, STOP_EN, STOP_ZH, WEEK, WEIGHTS
from avatars.language import fold

_IRREGULAR = {
    "hearing": "hearing",
    "booked": "booked",
    "booking": "booking",
    "bookings": "booking",
    "children": "child",
    "lost": "lost",
    "torn": "torn",
    "broken": "broken",
    "paid": "paid",
    "dvds": "dvd",
    "cds": "cd",
}


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A light English stem: plural and -ing/-ed endings off, nothing clever."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for suffix, keep in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("s", "")):
        if word.endswith(suffix) and len(word) - len(suffix) >= 2 and not word.endswith(("ss", "us", "is")):
            word = word[: -len(suffix)] + keep
            break
    for suffix in ("ing", "ed"):
        base = word[: -len(suffix)]
        if word.endswith(suffix) and len(base) >= 3:
            if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz":
                return base[:-1]
            return base
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def _tables() -> tuple[dict[str, str], dict[str, str], list[tuple[str, str]], set[str]]:
    words: dict[str, str] = {}
    phrases: dict[str, str] = {}
    chinese: list[tuple[str, str]] = []
    for concept, text in GROUPS.items():
        for entry in (e.strip() for e in text.split(",")):
            if not entry.isascii():
                chinese.append((entry, concept))
            elif " " in entry:
                phrases[" ".join(stem(w) for w in entry.split())] = concept
            else:
                words[stem(entry)] = concept
    chinese.sort(key=lambda pair: -len(pair[0]))
    return words, phrases, chinese, set(GROUPS)


_WORDS, _PHRASES, _CHINESE, CONCEPTS = _tables()
_RANGE_EN = re.compile(
    r"\b(mon|tue|wed|thu|fri|sat|sun)\w*\s*(?:to|through|until|-|–|—|till)\s*(mon|tue|wed|thu|fri|sat|sun)\w*"
)
_RANGE_ZH = re.compile(
    r"(?:星期|周|礼拜)([一二三四五六日天])\s*(?:至|到|-|–|—|~)\s*(?:星期|周|礼拜)?([一二三四五六日天])"
)
_ZH_DAY = {c: WEEK[i] for i, c in enumerate("一二三四五六日")} | {"天": "sun"}


def _days(first: str, last: str) -> set[str]:
    a, b = WEEK.index(first), WEEK.index(last)
    return {WEEK[(a + i) % 7] for i in range((b - a) % 7 + 1)}


def terms(text: str) -> dict[str, float]:
    """The content of a text: concept names and plain words (stems, Chinese bigrams) with their weights.

    A range of weekdays holds every day in it; "every day" and 每天 hold all.
    """
    text = fold(text)
    found: dict[str, float] = {}
    for match in _RANGE_EN.finditer(text):
        found |= dict.fromkeys(_days(match[1], match[2]), 1.0)
    for match in _RANGE_ZH.finditer(text):
        found |= dict.fromkeys(_days(_ZH_DAY[match[1]], _ZH_DAY[match[2]]), 1.0)
    if re.search(r"\b(?:every ?day|daily|seven days|7 days a week)\b|每天|每日|天天", text):
        found |= dict.fromkeys(WEEK, 1.0)
    if re.search(r"\bunder \d+|\d+\s*(?:周?岁)?以下|未满", text):
        found["child"] = 1.0
    found |= _english(text)
    found |= _chinese(text)
    if "weekend" in found:
        found |= {"sat": 1.0, "sun": 1.0}
    if "weekday" in found:
        found |= dict.fromkeys(WEEK[:5], 1.0)
    return found


def _english(text: str) -> dict[str, float]:
    raw = [
        w for w in re.findall(r"[a-z0-9]*[a-z][a-z0-9'&-]*", text) if not re.fullmatch(r"\d+(?:am|pm|st|nd|rd|th)", w)
    ]
    stems = [stem(w.removesuffix("'s")) for w in raw]
    found: dict[str, float] = {}
    used: set[int] = set()
    if "back" in raw and {"bring", "bringing", "give", "take", "brought"} & set(raw):
        found["return"] = 0.8
    for size in (3, 2):
        for i in range(len(stems) - size + 1):
            concept = _PHRASES.get(" ".join(stems[i : i + size]))
            if concept:
                found[concept] = WEIGHTS.get(concept, 1.0)
                used |= set(range(i, i + size))
    for i, (word, base) in enumerate(zip(raw, stems, strict=True)):
        if i in used:
            continue
        if base in _WORDS:
            found[_WORDS[base]] = WEIGHTS.get(_WORDS[base], 1.0)
        elif word not in STOP_EN and base not in STOP_EN and len(base) > 1:
            found[base] = 1.1
    return found


def _chinese(text: str) -> dict[str, float]:
    found: dict[str, float] = {}
    rest = text
    for entry, concept in _CHINESE:
        if entry in rest:
            found[concept] = WEIGHTS.get(concept, 1.0)
            rest = rest.replace(entry, " ")
    for run in re.findall(r"[\u4e00-\u9fff]+", STOP_ZH.sub(" ", rest)):
        if len(run) == 1:
            continue
        pairs = [run[i : i + 2] for i in range(len(run) - 1)]
        found |= {pair: 1.1 / len(pairs) ** 0.5 for pair in pairs}
    return found


def words_of(term: str, lang: str) -> list[str]:
    """Words of a concept in a language, for searching; the term itself when it is a plain word."""
    if term not in GROUPS:
        return [term]
    entries = [e.strip() for e in GROUPS[term].split(",")]
    return [e for e in entries if e.isascii() == (lang == "en")]
