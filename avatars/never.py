"""What a home's librarian never says, whoever worded it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from avatars.language import fold, has_han

_BETWEEN = re.compile(r"[\W_]+")


def says_never(text: str, never: Iterable[str]) -> bool:
    """Does a text hold one of these phrases, as whole words, whatever its case, width, blanks and marks?"""
    said = f" {_even(text)} "
    joined = said.replace(" ", "")
    for phrase in never:
        plain = _even(phrase)
        if plain and ((plain.replace(" ", "") in joined) if has_han(plain) else (f" {plain} " in said)):
            return True
    return False


def _even(text: str) -> str:
    return _BETWEEN.sub(" ", fold(text)).strip()
