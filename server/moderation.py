"""May this text be shown to others? A small rule of our own; a library hands in its own ``Moderation`` for more.

Refused: control characters and invisible marks that turn text around, more than three lines, and the words of the
setting ``words_refused`` and of the home's file ``blocked.txt`` (one a line, ``#`` begins a remark; read anew when it
changes) wherever they stand, also in full-width letters and other cases.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from server.telemetry import log

LINES = 3
BLOCKED_FILE = "blocked.txt"


class Moderation(Protocol):
    """Judges texts; must not block."""

    def allows(self, text: str) -> bool:
        """Whether others may get this text."""
        ...


class WordModeration:
    """Moderation by a list of words."""

    def __init__(self, words: Iterable[str], file: Path | None = None) -> None:
        self._words = tuple(filter(None, (_plain(word) for word in words)))
        self._file, self._stamp = file, (0, 0)
        self._blocked: tuple[str, ...] = ()

    def allows(self, text: str) -> bool:
        """Whether others may get this text."""
        if not text.strip() or text.count("\n") >= LINES:
            return False
        if any(unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") and char != "\n" for char in text):
            return False
        if any(char in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" for char in text):
            return False
        plain = _plain(text)
        self._look()
        return not any(word in plain for word in (*self._words, *self._blocked))

    def _look(self) -> None:
        """Read the home's list when it is another one now; one that cannot be read leaves things as they were."""
        if self._file is None:
            return
        try:
            stat = self._file.stat()
            if (stat.st_mtime_ns, stat.st_size) == self._stamp:
                return
            lines = self._file.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            self._stamp, self._blocked = (0, 0), ()
            return
        except (OSError, UnicodeDecodeError):
            log.error("%s cannot be read as text in UTF-8; the words blocked before stay so", self._file.name)
            return
        self._stamp = stat.st_mtime_ns, stat.st_size
        words = (_plain(line) for line in lines if not line.startswith("#"))
        self._blocked = tuple(filter(None, words))


def _plain(text: str) -> str:
    """Compatibility form, lower case, without what stands between letters to hide a word."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if unicodedata.category(char)[0] not in "ZPCM")
