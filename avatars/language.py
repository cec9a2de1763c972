"""Which of the two languages a question is in, and folding that makes comparing words simple."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from opencc import OpenCC

Lang = Literal["en", "zh"]

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z]+)?")

ENGLISH_FRAME = frozenset(
    [
        "a",
        "about",
        "am",
        "an",
        "and",
        "any",
        "are",
        "at",
        "book",
        "books",
        "by",
        "can",
        "could",
        "do",
        "does",
        "find",
        "for",
        "get",
        "go",
        "have",
        "help",
        "hi",
        "hello",
        "hey",
        "how",
        "i",
        "in",
        "is",
        "it",
        "like",
        "looking",
        "me",
        "my",
        "need",
        "of",
        "on",
        "or",
        "please",
        "show",
        "take",
        "tell",
        "thank",
        "thanks",
        "that",
        "the",
        "there",
        "this",
        "to",
        "want",
        "was",
        "what",
        "what's",
        "when",
        "where",
        "where's",
        "which",
        "who",
        "will",
        "with",
        "would",
        "you",
        "your",
        "library",
        "open",
        "close",
        "floor",
        "level",
        "near",
        "nearest",
    ]
)
"""Words that show a sentence is English rather than an English title in another language's sentence."""

_OTHER = frozenset(
    [
        "où",
        "est",
        "le",
        "la",
        "les",
        "des",
        "du",
        "une",
        "je",
        "cherche",
        "livre",
        "bonjour",
        "merci",
        "dove",
        "il",
        "libro",
        "vorrei",
        "dónde",
        "está",
        "el",
        "los",
        "las",
        "quiero",
        "gracias",
        "hola",
        "por",
        "favor",
        "wo",
        "ist",
        "das",
        "der",
        "die",
        "ich",
        "suche",
        "buch",
        "bitte",
        "danke",
        "und",
        "nicht",
        "onde",
        "fica",
        "obrigado",
        "para",
        "que",
    ]
)


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def has_han(text: str) -> bool:
    """Does the text hold a Chinese character?"""
    return _HAN.search(text) is not None


def detect(text: str) -> Lang | None:
    """The language of a question, None when it is in neither (other scripts, other languages, no letters at all).

    A Chinese title inside an English sentence does not make it Chinese, nor the reverse: function words decide.
    """
    han = len(_HAN.findall(text))
    words = [w.lower().replace("’", "'") for w in _WORD.findall(text)]
    if len(_KANA_HANGUL.findall(text)) > han:
        return None
    frame = sum(w in ENGLISH_FRAME for w in words)
    if han:
        return "en" if frame >= 2 and frame * 3 >= han else "zh"
    if not words:
        return None
    foreign = sum(w in _OTHER for w in words)
    if foreign > frame and foreign >= 2:
        return None
    return "en"


def simplified(text: str) -> str:
    """Traditional characters to Simplified; everything else unchanged."""
    return str(_simplifier().convert(text)) if has_han(text) else text


def fold(text: str) -> str:
    """For comparing: NFKC, lower case, no accents, Simplified characters, straight quotes, single spaces."""
    text = unicodedata.normalize("NFKC", text).lower()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not "\u0300" <= c <= "\u036f")
    text = simplified(text).replace("锺", "钟").replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return re.sub(r"\s+", " ", text).strip()
