"""A question as weighed units that a passage holds or lacks.

A unit is a word (by its stem), a pair of Chinese characters, one of a small set of library ideas (opening, renewing,
fines …) that are said in several ways and in both languages, or what the question asks for (a time, a price, a number).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from library.normal import STOP_WORDS, bigrams, fold, is_cjk, pieces, stem
from library.question_words import ASKS, FILLERS, IDEAS, MORE_STOPS


@dataclass(frozen=True, slots=True)
class Unit:
    """``ways``: stems and Chinese words, any of which answers, what was said first; ``form``: a pattern instead.

    ``weight``: 0…1.
    """

    ways: tuple[str, ...]
    weight: float = 1.0
    form: str = ""

    def held(self, stems: frozenset[str], plain: str) -> float:
        """1 when the text holds what was said, a little less when it says it otherwise, 0 when it does not hold it."""
        if self.form:
            return float(re.search(self.form, plain) is not None)
        for place, way in enumerate(self.ways):
            if way in plain if is_cjk(way) else way in stems:
                return 1.0 if place == 0 else 0.9
        return 0.0

    def atoms(self) -> list[str]:
        """The ways as FTS5 phrases."""
        out = []
        for way in self.ways:
            tokens = bigrams(way)[:-1] if is_cjk(way) and len(way) > 1 else [way]
            out.append('"' + " ".join(tokens) + '"' + ("*" if is_cjk(way) and len(way) == 1 else ""))
        return out


@dataclass(frozen=True, slots=True)
class Question:
    units: tuple[Unit, ...]

    def weighed(self, total: int, count: Callable[[str], int]) -> Question:
        """Weights by rarity: 1 for a word in no passage, less the more of ``total`` passages hold it."""
        top = math.log(1 + (total + 0.5) / 0.5)

        def weight(unit: Unit) -> float:
            if unit.form:
                return unit.weight
            seen = max(min(count(token) for token in _tokens_of(way)) for way in unit.ways)
            return unit.weight * max(0.15, math.log(1 + (total - min(seen, total) + 0.5) / (seen + 0.5)) / top)

        return Question(tuple(replace(unit, weight=weight(unit)) for unit in self.units))

    def coverage(self, text: str, heading: str = "") -> float:
        """Weighted share of the units that the text, or the heading above it, holds."""
        plain = fold(f"{heading}\n{text}")
        stems = frozenset(passage_tokens(f"{heading}\n{text}"))
        total = sum(unit.weight for unit in self.units)
        held = sum(unit.weight * unit.held(stems, plain) for unit in self.units)
        return held / total if total else 0.0


def passage_tokens(text: str) -> list[str]:
    """Tokens of a passage: stems of words, bigrams and last characters of CJK runs."""
    out: list[str] = []
    for piece in pieces(text):
        out += bigrams(piece) if is_cjk(piece) else [stem(piece)]
    return out


def _read_ideas() -> dict[str, tuple[str, ...]]:
    ideas: dict[str, tuple[str, ...]] = {}
    for line in IDEAS:
        ways = tuple(dict.fromkeys(word if is_cjk(word) else stem(word) for word in line.split()))
        for way in ways:
            ideas[way] = tuple(dict.fromkeys((*ideas.get(way, ()), *ways)))
    return ideas


_MEANINGS = _read_ideas()
_HAN_IDEAS = re.compile("|".join(sorted((way for way in _MEANINGS if is_cjk(way)), key=len, reverse=True)))


def read_question(text: str) -> Question:
    """The units of a question; none when it holds only function words."""
    plain = fold(text)
    units: list[Unit] = []
    for piece in pieces(text):
        if is_cjk(piece):
            units += _han_units(piece)
        elif piece not in STOP_WORDS and piece not in MORE_STOPS:
            way = stem(piece)
            units.append(Unit((way, *_MEANINGS.get(way, ()))))
    seen = {frozenset(unit.ways): unit for unit in reversed(units)}
    units = list(seen.values())[::-1]
    if units:
        asks = (Unit((), 0.4, answer) for question, answer in ASKS if re.search(question, plain))
        units += list(asks)[:1]
    return Question(tuple(units))


def _han_units(run: str) -> list[Unit]:
    units: list[Unit] = []
    at = 0
    for idea in _HAN_IDEAS.finditer(run):
        units += _plain_units(run[at : idea.start()])
        units.append(Unit((idea[0], *_MEANINGS[idea[0]])))
        at = idea.end()
    return units + _plain_units(run[at:])


def _plain_units(run: str) -> list[Unit]:
    units = []
    for part in FILLERS.split(run):
        if len(part) == 1:
            units.append(Unit((part,), 0.2))
        units += [Unit((part[at : at + 2],), 0.7) for at in range(len(part) - 1)]
    return units


def _tokens_of(way: str) -> list[str]:
    if is_cjk(way) and len(way) > 1:
        return [way[at : at + 2] for at in range(len(way) - 1)]
    return [way]
