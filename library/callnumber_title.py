"""Shelving by title, and local numbers.

Titles file word by word without a leading English article; Chinese characters file by their pinyin. Local numbers file
naturally: letters by alphabet, runs of digits as integers.
"""

from __future__ import annotations

import re
import unicodedata

from pypinyin import lazy_pinyin

from library.callnumber_text import fold_marks, integer, unreadable

_ARTICLE = re.compile(r"^[\W_]*(?:the|an|a)\s+(?=[\W_]*[^\W_])")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+")


def title_key(text: str) -> str:
    """Sort key of a title: folded, words joined by "!", Chinese as pinyin syllables."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char)).replace("'", "").replace("’", "")
    plain = _ARTICLE.sub("", plain)  # before 阿 becomes an "a"
    plain = _HAN.sub(lambda run: " " + " ".join(lazy_pinyin(run[0])).replace("ü", "v") + " ", plain)
    words = " ".join(re.findall(r"[^\W_]+", plain))
    if not words:
        raise unreadable("title", text, "it holds neither letters nor digits")
    return words.replace(" ", "!")


def local_key(text: str) -> str:
    """Sort key of a library's own number."""
    out = []
    plain = fold_marks(text).casefold()
    plain = _HAN.sub(lambda run: " ".join(lazy_pinyin(run[0])), plain)
    for digits, letters in re.findall(r"(\d+)|([^\W\d_]+)", plain):
        out.append(integer(_ascii_digits(digits)) if digits else letters)
    if not out:
        raise unreadable("local", text, "it holds neither letters nor digits")
    return "!".join(out)


def _ascii_digits(digits: str) -> str:
    return "".join(str(unicodedata.digit(char, 0)) for char in digits)
