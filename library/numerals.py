"""Numbers in titles, however written: "nineteen eighty-four", "1984" and "一九八四" read alike."""

from __future__ import annotations

import re
from collections.abc import Sequence

_UNIT_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: value for value, word in enumerate(_UNIT_WORDS.split())}
_TENS = {word: 10 * value for value, word in enumerate(_TEN_WORDS.split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000}
_HAN_RUN = re.compile(r"[零〇一二三四五六七八九两十百千万]{2,}")


def english_numbers(words: Sequence[str]) -> list[str]:
    """The words with every spoken number as digits: "one hundred years" → "100 years"."""
    out: list[str] = []
    at = 0
    while at < len(words):
        value, after = _number(words, at)
        if after == at:
            out.append(words[at])
            at += 1
            continue
        second, end = _number(words, after)
        if 10 <= value <= 20 and 10 <= second <= 99 and end > after:  # years are said in two pairs
            value, after = 100 * value + second, end
        out.append(str(value))
        at = after
    return out


def _number(words: Sequence[str], at: int) -> tuple[int, int]:
    """The number that starts at ``at`` and the place after it; the same place when none starts there."""
    total = current = 0
    start, last = at, ""
    while at < len(words):
        word = words[at]
        if word in _UNITS and last in {"", "tens", "scale"} and not (last == "tens" and not 0 < _UNITS[word] < 10):
            current, last = current + _UNITS[word], "unit"
        elif word in _TENS and last in {"", "scale"}:
            current, last = current + _TENS[word], "tens"
        elif word in _SCALES:
            scale = _SCALES[word]
            if scale == 100:
                current = max(current, 1) * 100
            else:
                total, current = total + max(current, 1) * scale, 0
            last = "scale"
        elif word == "and" and last == "scale" and any(w in _UNITS or w in _TENS for w in words[at + 1 : at + 2]):
            pass
        else:
            break
        at += 1
    return (total + current, at) if at > start else (0, start)


def chinese_numbers(text: str) -> str:
    """Runs of two or more Chinese numerals as digits; runs that are no number stay."""
    return _HAN_RUN.sub(lambda run: _han_number(run[0]), text)


def _han_number(run: str) -> str:
    if all(char in _HAN_DIGITS for char in run):
        return "".join(str(_HAN_DIGITS[char]) for char in run)
    total = section = digit = 0
    for char in run:
        if char in _HAN_DIGITS:
            if digit:
                return run
            digit = _HAN_DIGITS[char]
        elif char == "万":
            if not section and not digit:
                return run
            total, section, digit = (section + digit) * 10_000, 0, 0
        else:
            section, digit = section + (digit or 1) * _HAN_SCALES[char], 0
    return str(total + section + digit)
