"""The alphabet of sort keys, and what is taken off a call number before it is read.

A key is ASCII (title keys may hold further letters) and compares as a plain string. Marks rank below digits, digits
below letters. A run of digits read as an integer is preceded by its length, so that 9 comes before 10 and a range
ending at 1 does not hold 10; digits read as decimals stand as they are.
"""

from __future__ import annotations

import re
import unicodedata

from pypinyin import lazy_pinyin

from library.errors import CallNumberError

_HAN = re.compile(r"[\u3400-\u9fff]+")

LOWEST = " "  # below every key, above "" (which stands for "unreadable")
HIGHEST = "\U0010ffff"  # above every character of a key

PART = "#"  # starts the next part: book number, cutter, year, volume
MARK = "$"  # starts the letters that follow a cutter's or a year's digits

_FOLD = str.maketrans(
    {
        "—": "-", "–": "-", "―": "-", "−": "-", "‐": "-", "‑": "-", "〈": "<", "〉": ">", "《": "<", "》": ">",
        "“": '"', "”": '"', "„": '"', "″": '"', "。": ".", "·": ".", "、": ",", "′": "", "´": "", "'": "", "’": "",
        "[": "", "]": "", "{": "", "}": "", "【": "", "】": "",
    }
)  # fmt: skip
_SHELF_WORDS = re.compile(
    r"^(?:(?:oversized?|over-size|folio|quarto|reference|ref|large print)\b[\s.:,;/*-]*"
    r"|(?:特大|参考|參考|大开本|大開本|工具书|工具書)(?:本|书|書|室)?[\s.:,;/-]*)+(?=\S)",
    re.IGNORECASE,
)


def fold(text: str) -> str:
    """Full-width forms, dashes and quotes made plain; square and curly brackets and shelf words taken off."""
    return _SHELF_WORDS.sub("", fold_marks(text)).strip()


def fold_marks(text: str) -> str:
    """The same with the shelf words kept: a library's own numbers may begin with them."""
    plain = unicodedata.normalize("NFKC", text).translate(_FOLD)
    return re.sub(r"\s+", " ", plain).strip()


def spell_out(text: str) -> str:
    """Chinese characters as capital pinyin, other characters beyond ASCII left out."""
    plain = _HAN.sub(lambda run: " " + "".join(lazy_pinyin(run[0])).upper() + " ", text)
    plain = unicodedata.normalize("NFD", plain)
    return "".join(char for char in plain if char.isascii())


def integer(digits: str) -> str:
    """A run of digits as an integer: its length, then its digits without leading zeros."""
    plain = digits.lstrip("0") or "0"
    return "9" * (len(plain) // 9) + str(len(plain) % 9) + plain


def word(letters: str) -> str:
    """A run of letters by length, then alphabet (Y before AA)."""
    return "Z" * (len(letters) // 25) + chr(ord("A") + len(letters) % 25) + letters


def unreadable(scheme: str, text: str, why: str) -> CallNumberError:
    shown = text if len(text) <= 60 else text[:57] + "…"
    return CallNumberError(f"cannot read {shown!r} as a {scheme} call number: {why}")
