"""Text → clauses to speak one after another, the first one early, so that speech begins while the rest is made."""

from __future__ import annotations

import re
from typing import Final

_STRONG: Final = "。！？!?；;…"
_WEAK: Final = "，,：:、—"
_OPEN: Final = {"《": "》", "〈": "〉", "「": "」", "『": "』", "“": "”", "（": "）", "(": ")", "[": "]", "【": "】"}
_CLOSERS: Final = frozenset("》〉」』”）)]】\"'’")
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs|etc|e\.g|i\.e|approx|vol|pp?|ed|[A-Z])\.$", re.IGNORECASE
)
FIRST_MIN: Final = 6
NEXT_MIN: Final = 14
LONGEST: Final = 180


def _weight(text: str) -> int:
    """About how long it sounds: a Chinese character counts as three letters."""
    return sum(3 if c >= "\u3000" else 1 for c in text.strip())


def _breaks_after(text: str, i: int) -> int:
    """How strongly a clause may end after ``text[i]``: 0 not, 1 weakly, 2 as a sentence."""
    c, before, after = text[i], text[i - 1 : i], text[i + 1 : i + 2]
    if c == "\n":
        return 2
    if c == ".":
        if after and not after.isspace() and after not in _CLOSERS and not after >= "\u3000":
            return 0  # inside a number, a call number, an address
        return 0 if _ABBREVIATION.search(text[: i + 1]) else 2
    if c in _STRONG:
        return 2
    if c in _WEAK:
        if c in ",:：" and before.isdigit() and after[:1].isdigit():
            return 0
        if c in ",:" and after and not after.isspace() and after < "\u3000":
            return 0
        return 1
    return 0


def split_clauses(text: str, lang: str) -> list[str]:
    """Clauses whose concatenation is ``text`` without outer blanks.

    Ends at 。！？； and . ! ? ; and, once a clause is long enough to sound natural alone, at ， and the like; never
    inside a number, a call number, 《a title》, quotation marks or brackets. The first clause may be short, the later
    ones are longer. A text without marks is cut at blanks every 180 letters or so.
    """
    clauses: list[str] = []
    waiting: list[str] = []
    start = 0
    i = 0
    while i < len(text):
        c = text[i]
        if waiting and c == waiting[-1]:
            waiting.pop()
        elif c in _OPEN and text.find(_OPEN[c], i) != -1:
            waiting.append(_OPEN[c])
        so_far = _weight(text[start : i + 1])
        strength = 0 if waiting else _breaks_after(text, i)
        enough = so_far >= (FIRST_MIN if not clauses else NEXT_MIN)
        too_long = so_far >= LONGEST and (c.isspace() or c >= "\u3400") and not waiting
        if (strength == 2 and so_far >= 2) or (strength == 1 and enough) or too_long:
            end = i + 1
            while end < len(text) and (text[end] in _CLOSERS or text[end] in _STRONG or text[end].isspace()):
                end += 1
            clauses.append(text[start:end])
            start = i = end
            continue
        i += 1
    clauses.append(text[start:])
    kept: list[str] = []
    for clause in clauses:
        if any(c.isalnum() for c in clause):
            kept.append(clause)
        elif kept:
            kept[-1] += clause
    if kept:
        kept[0], kept[-1] = kept[0].lstrip(), kept[-1].rstrip()
    return kept
