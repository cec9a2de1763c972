"""Library of Congress call numbers: ``QA76.73.P98 L88 2013 v.2``.

Letters, a whole number, a decimal, then cutters as decimals, and years, volumes and copies as integers.
"""

from __future__ import annotations

import re

from library.callnumber_parts import parts_key
from library.callnumber_text import fold, integer, spell_out, unreadable

_CLASS = re.compile(r"^(?P<letters>[A-Za-z]{1,3}) ?(?P<whole>\d{1,5})(?!\d)(?: ?\. ?(?P<decimal>\d+))?")
_LETTERS = re.compile(r"^[A-Za-z]{1,3}$")


def key(text: str, bound: bool = False) -> str:
    """Sort key of an LCC call number. ``bound``: letters alone are enough, as at the end of a range."""
    plain = fold(text)
    found = _CLASS.match(plain)
    if not plain:
        raise unreadable("lcc", text, "it is empty")
    if bound and _LETTERS.match(plain):
        return plain.upper()
    if found is None or not found[0].isascii():
        raise unreadable("lcc", text, "a class is one to three letters A–Z and a whole number")
    rest = plain[found.end() :].lstrip("+")
    if rest[:1] in {":", "=", "<", "(", "-"}:
        raise unreadable("lcc", text, f"{rest[0]!r} cannot follow the class")
    return (
        found["letters"].upper() + "!" + integer(found["whole"]) + (found["decimal"] or "") + parts_key(spell_out(rest))
    )
