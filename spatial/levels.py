"""Finding a level by what people write: its short name in any language, or ``#`` and its ordinal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from spatial.plan import Level

_ORDINAL = re.compile(r"#\s*([+-]?\d+)")


def fold(text: str) -> str:
    """The form in which names are compared: NFKC, case folded, Latin letters without accents, single spaces."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(char for char in apart if not "\u0300" <= char <= "\u036f")
    return " ".join(unicodedata.normalize("NFC", plain).split())


def find_levels(levels: Iterable[Level], text: str) -> tuple[Level, ...]:
    """Levels whose short name (any language) is ``text``, else those whose ordinal it gives as ``#n``."""
    wanted, all_levels = fold(text), tuple(levels)
    named = tuple(level for level in all_levels if any(fold(name) == wanted for name in level.short_name.values()))
    if named:
        return named
    if match := _ORDINAL.fullmatch(wanted):
        return tuple(level for level in all_levels if level.ordinal == int(match[1]))
    return ()


def describe_levels(levels: Iterable[Level]) -> str:
    """The levels as a person would have to write them, for messages: ``G (#0), 1 (#1)``."""
    return ", ".join(f"{next(iter(lv.short_name.values()), '?')} (#{lv.ordinal})" for lv in levels)
