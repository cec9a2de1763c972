"""Dewey Decimal Classification call numbers: ``823.914 R79h 1997``.

The class is a whole number of three digits and a decimal; prime marks and strokes inside it carry no weight. Where a
library shelves fiction, easy books and biographies by a letter instead (``[Fic] B1``, ``F ABC``, ``B TWA``), they come
after all classes, each by what follows.
"""

from __future__ import annotations

import re

from library.callnumber_parts import parts_key
from library.callnumber_text import fold, spell_out, unreadable

_PREFIX = re.compile(r"^(?:[JEYRQFB]|JF|YA|JUV|BIO|DVD|CD)\.? (?=\d)", re.IGNORECASE)
_WORD = re.compile(
    r"^(?:(?:J|YA|JUV)\.? ?)?(?P<word>F|FIC|FICTION|E|EASY|B|BIOG?|BIOGRAPHY)\b\.?(?= ?$| [^\W\d_])", re.I
)
_WORDS = {"F": "FIC", "FICTION": "FIC", "EASY": "E", "BIO": "B", "BIOG": "B", "BIOGRAPHY": "B"}
_CLASS = re.compile(r"^(?P<whole>\d{1,3})(?!\d)(?:/?\.(?P<decimal>[\d/]+))?")


def key(text: str) -> str:
    """Sort key of a DDC call number; CallNumberError when it does not start with a class."""
    plain = _PREFIX.sub("", fold(text))
    if word := _WORD.match(plain):
        name = word["word"].upper()
        return _WORDS.get(name, name) + parts_key(spell_out(plain[word.end() :]))
    found = _CLASS.match(plain)
    if not plain:
        raise unreadable("ddc", text, "it is empty")
    if found is None or not found[0].isascii():
        raise unreadable("ddc", text, "a class is one to three digits, then a point and decimals")
    rest = plain[found.end() :]
    if rest[:1] in {"-", ":", "=", "<", "+", "("}:
        raise unreadable("ddc", text, f"{rest[0]!r} cannot follow the class")
    decimal = (found["decimal"] or "").replace("/", "").rstrip()
    return found["whole"].zfill(3) + decimal + parts_key(spell_out(rest))
