"""Chinese text and names in Latin letters side by side: a thin line of typography, kept in one place."""

from __future__ import annotations

import re

HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_START = re.compile(r"[A-Za-z]")
_LATIN_END = re.compile(r"[A-Za-z][A-Za-z0-9 .'-]*$")
"""The end of a name in Latin letters, ``Floor 0`` as well as ``Hall``; a bare number is none."""


def join(*parts: str) -> str:
    """The parts as one text; a name wholly in Latin letters stands off from the characters around it by a space."""
    text = ""
    for part in filter(None, parts):
        before = text and HAN.match(text[-1]) and _LATIN_START.match(part) and not HAN.search(part)
        after = _LATIN_END.search(text) and HAN.match(part)
        text += f" {part}" if before or after else part
    return text
