"""How well a phrase names a title: pure comparison of two readings.

1.0: the same words but for articles, spelling, width, case and the way numbers are written. Below 0.6 the title is not
what was asked for: words of the phrase that the title lacks weigh most, by their rarity; words of the title that the
phrase lacks (a subtitle, the first half of a long title) weigh little. Numbers must agree.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import lazy_pinyin

from library.normal import ARTICLES, STOP_WORDS, content, is_cjk, pieces, pinyin, raw_form, stem
from library.spelling import distance

LIKELY = 0.6
_CHARACTER = 0.6  # weight of one Chinese character beside a Latin word of full rarity
_HOMOPHONE = 0.8
_TYPO = 0.9
_AND = str.maketrans("与及暨", "和和和")


@dataclass(frozen=True, slots=True)
class Reading:
    """A phrase or a title, cut up. ``han``: all its CJK runs joined; ``raw``: all of it joined, numbers as written."""

    text: str
    pieces: tuple[str, ...]
    words: tuple[str, ...]
    han: str
    joined: str
    raw: str


@lru_cache(maxsize=16384)
def read_phrase(text: str) -> Reading:
    found = pieces(text)
    joined = "".join(piece for piece in found if piece not in ARTICLES) or "".join(found)
    return _reading(text, found, joined, raw_form(text))


def _reading(text: str, found: list[str], joined: str, raw: str = "") -> Reading:
    words = tuple(piece for piece in content(found) if not is_cjk(piece))
    han = "".join(piece for piece in found if is_cjk(piece)).translate(_AND)
    if han:
        words = tuple(word for word in words if word not in STOP_WORDS)
    return Reading(text, tuple(found), words, han, joined, raw)


def without(reading: Reading, names: frozenset[str], han_names: tuple[str, ...]) -> Reading | None:
    """The phrase without an author's name ("Dune by Frank Herbert", "刘慈欣的三体"); None when it holds none."""
    kept = [piece for piece in reading.pieces if piece not in names]
    for name in han_names:
        for at, piece in enumerate(kept):
            if is_cjk(piece) and name in piece and piece != name:
                kept[at] = piece.removeprefix(name).removesuffix(name).lstrip("的著写").removesuffix("的")
    kept = [piece for piece in kept if piece]
    while kept and kept[-1] in {"by", "from"}:
        kept.pop()
    if not kept or tuple(kept) == reading.pieces:
        return None
    text = " ".join(kept)
    return _reading(text, kept, "".join(piece for piece in kept if piece not in ARTICLES))


def score_title(query: Reading, title: Reading, rarity: Callable[[str], float]) -> float:
    """0…1. ``rarity``: weight of a word 0…1, 1 for a word in no record."""
    if not query.joined or not title.joined:
        return 0.0
    if query.joined == title.joined:
        return 1.0
    if _numbers(query) != _numbers(title) and _numbers(query) - _numbers(title):
        ceiling = 0.45
    else:
        ceiling = 0.97
    if len(title.han) >= 2 and (not query.han or len(query.han) == len(title.han)):
        sound = pinyin(title.text)
        if not query.han and sound == query.joined:
            return 0.93
        if query.han and sound == pinyin(query.text):
            return 0.9
    if query.raw and query.raw == title.raw:
        return 0.95
    if query.words == title.words and query.han == title.han:
        lost = len(({*query.pieces} ^ {*title.pieces}) - ARTICLES)
        if lost and len(query.words) == 1 and not query.han:
            return 0.55  # "The Road" is not "On the Road"
        return min(ceiling, 0.97 - 0.05 * min(4, lost))
    covered, title_covered = _cover(query, title, rarity)
    bonus = 0.1 if title.joined.startswith(query.joined) and covered > 0.99 else 0.0
    score = math.pow(covered, 2.5) * (0.35 + 0.55 * title_covered + bonus)
    longest = max(len(query.joined), len(title.joined))
    if longest >= 7 and not query.han and distance(query.joined, title.joined) <= max(1, longest // 12):
        score = max(score, 0.88)
    return min(ceiling, score)


def _numbers(reading: Reading) -> frozenset[str]:
    return frozenset(word for word in reading.words if any(char.isdigit() for char in word))


def _cover(query: Reading, title: Reading, rarity: Callable[[str], float]) -> tuple[float, float]:
    """Weighted share of the query found in the title, and of the title found in the query."""
    sole = len(query.words) + len(query.han) <= 1
    found = title_found = 0.0
    total = sum(rarity(word) for word in query.words) + _CHARACTER * len(query.han)
    title_total = sum(rarity(word) for word in title.words) + _CHARACTER * len(title.han)
    left = list(title.words)
    for word in query.words:
        best, share = "", 0.0
        for other in left:
            likeness = _likeness(word, other, sole)
            if likeness > share:
                best, share = other, likeness
        if best:
            left.remove(best)
            found += share * rarity(word)
            title_found += share * rarity(best)
    if query.han and title.han:
        common = _CHARACTER * _common(query.han, title.han)
        found += common
        title_found += common
    return found / total if total else 0.0, title_found / title_total if title_total else 0.0


def _likeness(word: str, other: str, sole: bool) -> float:
    if word == other:
        return 1.0
    shortest = min(len(word), len(other))
    if shortest < (5 if sole else 4) or not (word.isalpha() and other.isalpha()):
        return 0.0
    edits = distance(word, other)
    if stem(word) == stem(other):
        return 0.95
    if edits == 1 or (edits == 2 and shortest >= 8):
        return _TYPO
    return 0.0


@lru_cache(maxsize=32768)
def _sound(char: str) -> str:
    return str(lazy_pinyin(char)[0])


def _common(one: str, other: str) -> float:
    """Length of the longest common subsequence, a character of the same sound counting less."""
    sounds, other_sounds = [_sound(char) for char in one], [_sound(char) for char in other]
    above = [0.0] * (len(other) + 1)
    for at, char in enumerate(one):
        row = [0.0]
        for to, match in enumerate(other):
            same = 1.0 if char == match else _HOMOPHONE if sounds[at] == other_sounds[to] else 0.0
            row.append(max(above[to + 1], row[to], above[to] + same))
        above = row
    return above[-1]
