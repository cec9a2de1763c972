"""Call numbers in shelf order.

``key(scheme, text)`` gives an opaque string; comparing two keys of one scheme as plain strings gives the order in
which the books stand. ``span`` gives the half-open range of keys that a shelf face from ``first`` to ``last`` holds,
both ends inclusive as prefixes: digit by digit in CLC and in decimals, a class integer whole in LCC and DDC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, get_args

from library import callnumber_clc, callnumber_ddc, callnumber_lcc, callnumber_title
from library.callnumber_text import HIGHEST, LOWEST
from library.errors import CallNumberError

Scheme = Literal["clc", "lcc", "ddc", "title", "local"]
SCHEMES: tuple[str, ...] = get_args(Scheme)

_KEYS: dict[str, Callable[[str], str]] = {
    "clc": callnumber_clc.key,
    "lcc": callnumber_lcc.key,
    "ddc": callnumber_ddc.key,
    "title": callnumber_title.title_key,
    "local": callnumber_title.local_key,
}


def key(scheme: str, text: str) -> str:
    """The sort key of ``text``, never empty. CallNumberError names what cannot be read."""
    try:
        read = _KEYS[scheme.strip().lower()]
    except KeyError:
        raise CallNumberError(f"unknown scheme {scheme!r}: one of {', '.join(SCHEMES)}") from None
    return read(text)


def span(scheme: str, first: str, last: str) -> tuple[str, str]:
    """Keys ``low <= k < high`` of the call numbers from ``first`` to ``last``; an empty end is open.

    CallNumberError when an end cannot be read or ``last`` comes before ``first``.
    """
    low = _bound(scheme, first) if first.strip() else LOWEST
    high = _bound(scheme, last) + HIGHEST if last.strip() else HIGHEST
    if high <= low:
        raise CallNumberError(f"{scheme} range runs backwards: {last!r} comes before {first!r}")
    return low, high


def _bound(scheme: str, text: str) -> str:
    if scheme.strip().lower() == "lcc":
        return callnumber_lcc.key(text, bound=True)
    return key(scheme, text)


def sort_lines(scheme: str, lines: Iterable[str]) -> list[str]:
    """The lines in shelf order, unchanged; equal keys keep their order, unreadable lines come last in theirs."""
    readable: list[tuple[str, str]] = []
    rest: list[str] = []
    for line in lines:
        try:
            readable.append((key(scheme, line), line))
        except CallNumberError:
            rest.append(line)
    readable.sort(key=lambda pair: pair[0])
    return [line for _, line in readable] + rest
