"""May this text be shown to others? A small rule of our own; a library hands in its own ``Moderation`` for more.

Refused: control characters and invisible marks that turn text around, more than three lines, and the words of the
setting ``words_refused`` wherever they stand, also in full-width letters and other cases.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Protocol

LINES = 3


class Moderation(Protocol):
    """Judges texts; must not block."""

    def allows(self, text: str) -> bool:
        """Whether others may get this text."""
        ...


class WordModeration:
    """Moderation by a list of words."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(filter(None, (_plain(word) for word in words)))

    def allows(self, text: str) -> bool:
        """Whether others may get this text."""
        if not text.strip() or text.count("\n") >= LINES:
            return False
        if any(unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") and char != "\n" for char in text):
            return False
        if any(char in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" for char in text):
            return False
        plain = _plain(text)
        return not any(word in plain for word in self._words)


def _plain(text: str) -> str:
    """Compatibility form, lower case, without what stands between letters to hide a word."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if unicodedata.category(char)[0] not in "ZPCM")
