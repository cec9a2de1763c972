"""Dates of the year in a text, so that "Christmas Day" and "July 4" meet "from December 24 to January 2".

A span is two numbers, month × 100 + day, both included; one that begins later than it ends goes over New Year. Years
are not read: rules of a library speak of every year.
"""

from __future__ import annotations

import re
from functools import lru_cache

from library.forms import spelled

Span = tuple[int, int]

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SHORT = {m[:3]: n for n, m in enumerate(_MONTHS, 1)} | {"sept": 9}
_MONTH = "|".join([*_MONTHS, *(s for s in _SHORT if s != "may")])
_DAY = (
    rf"(?:(?P<am>{_MONTH})\.? (?P<ad>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])|(?P<bd>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<bm>{_MONTH})\b|"
    r"(?P<cm>\d{1,2})月(?:(?P<cd>\d{1,2})[日号]?)?|"
    rf"\b(?P<dm>{'|'.join(m for m in _MONTHS if m not in ('may', 'march'))})\b)"
)
_SINGLE = re.compile(_DAY)
_TO = re.compile(
    r"\s*(?:to|through|until|till|and|[-–—~]|至|到)\s*(?:the following |next |次年|翌年)?(?:the morning of )?"
)
_FEASTS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (day, re.compile(pattern))
    for day, pattern in (
        (1224, r"\bchristmas eve\b|平安夜"),
        (1225, r"\bchristmas\b(?! eve)|\bxmas\b|圣诞(?!前夜)"),
        (1226, r"\bboxing day\b"),
        (1231, r"(?<!chinese )(?<!lunar )\bnew years eve\b|跨年"),
        (101, r"(?<!chinese )(?<!lunar )\bnew years day\b|元旦"),
        (214, r"\bvalentine|情人节"),
        (308, r"\bwomens day\b|妇女节"),
        (501, r"\b(?:labou?r day|may day)\b|劳动节|(?<!十)五一|5\.1节"),
        (601, r"\bchildrens day\b|儿童节"),
        (704, r"\bindependence day\b|\bfourth of july\b"),
        (1001, r"\bnational day\b|国庆"),
        (1031, r"\bhalloween\b|万圣节"),
    )
)


@lru_cache(maxsize=4096)
def read_dates(text: str) -> tuple[Span, ...]:
    """The spans of days that a text names, in order; a month alone is all its days."""
    plain = spelled(text).replace("'", "")
    found: list[Span] = []
    at = 0
    for hit in _SINGLE.finditer(plain):
        if hit.start() < at:
            continue
        span = _span(hit)
        joint = _TO.match(plain, hit.end())
        after = _SINGLE.match(plain, joint.end()) if joint else None
        if joint and after and "and" not in joint[0]:
            span = (span[0], _span(after)[1])
            at = after.end()
        found.append(span)
    return (*found, *((day, day) for day, pattern in _FEASTS if pattern.search(plain)))


def without_dates(text: str) -> str:
    """A spelled-out text with its days of a month taken out; feasts and months alone stay."""
    return _SINGLE.sub(lambda hit: " " if hit["ad"] or hit["bd"] or hit["cd"] else hit[0], text)


def overlap(one: tuple[Span, ...], other: tuple[Span, ...]) -> bool:
    """Do two lists of spans share a day?"""
    return any(_meet(a, b) for a in one for b in other)


def _meet(a: Span, b: Span) -> bool:
    if a[0] > a[1]:
        return _meet((a[0], 1231), b) or _meet((101, a[1]), b)
    if b[0] > b[1]:
        return _meet(b, a)
    return a[0] <= b[1] and b[0] <= a[1]


def _span(hit: re.Match[str]) -> Span:
    name = hit["am"] or hit["bm"] or hit["dm"]
    month = _SHORT[name[:4]] if name in _SHORT and name[:4] in _SHORT else _SHORT[name[:3]] if name else int(hit["cm"])
    day = hit["ad"] or hit["bd"] or hit["cd"]
    return (month * 100 + int(day), month * 100 + int(day)) if day else (month * 100 + 1, month * 100 + 31)
