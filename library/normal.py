"""Text made comparable: width, case, accents, Traditional characters, spelling and numbers folded; cut into tokens.

Index and query go through the same functions. Latin words are tokens; a run of Chinese, Japanese or Korean characters
gives its bigrams and its last character (so that one character at the end of a run is found by its prefix).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from library.numerals import chinese_numbers, english_numbers

CJK = r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_PIECE = re.compile(rf"([{CJK}]+)|([^\W_{CJK}]+)")
_HAN = re.compile(r"[\u3400-\u9fff]")
_INITIALS = re.compile(r"\b([a-z])\.\s*(?=[a-z]\b)")
_SIMPLIFY = OpenCC("t2s")

_STOP = (
    "a an the of and in on for to at by with from is are was were be it its this that these those do does did you your "
    "i me my we our have has any some there what which where who when how can could would please about or as"
)
STOP_WORDS = frozenset(_STOP.split())
ARTICLES = frozenset({"a", "an", "the"})

_BRITISH = {
    "colour": "color", "favour": "favor", "favourite": "favorite", "honour": "honor", "labour": "labor",
    "neighbour": "neighbor", "harbour": "harbor", "humour": "humor", "behaviour": "behavior", "flavour": "flavor",
    "rumour": "rumor", "saviour": "savior", "armour": "armor", "vapour": "vapor", "odour": "odor", "parlour": "parlor",
    "splendour": "splendor", "endeavour": "endeavor", "valour": "valor", "vigour": "vigor", "glamour": "glamor",
    "centre": "center", "theatre": "theater", "metre": "meter", "litre": "liter", "fibre": "fiber", "sabre": "saber",
    "spectre": "specter", "sombre": "somber", "grey": "gray", "defence": "defense", "offence": "offense",
    "licence": "license", "practise": "practice", "catalogue": "catalog", "dialogue": "dialog", "analogue": "analog",
    "programme": "program", "travelling": "traveling", "traveller": "traveler", "jewellery": "jewelry", "tyre": "tire",
    "plough": "plow", "mould": "mold", "moulding": "molding", "pyjamas": "pajamas", "sceptic": "skeptic",
    "storey": "story", "cheque": "check", "judgement": "judgment", "ageing": "aging", "aeroplane": "airplane",
    "encyclopaedia": "encyclopedia", "archaeology": "archeology", "mediaeval": "medieval", "aesthetics": "esthetics",
    "paediatrics": "pediatrics", "manoeuvre": "maneuver", "marvellous": "marvelous", "enrol": "enroll",
    "fulfil": "fulfill", "skilful": "skillful", "wilful": "willful", "analyse": "analyze", "paralyse": "paralyze",
}  # fmt: skip


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """NFKC, lower case, without accents and apostrophes, Simplified characters, ``&`` as "and"."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if not plain.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFD", plain) if not "\u0300" <= char <= "\u036f")
        plain = unicodedata.normalize("NFC", plain)
        plain = re.sub("['’‘ʼʹʻ`´\u200b-\u200f\u202a-\u202e\ufeff]", "", plain)
        if _HAN.search(plain):
            plain = str(_SIMPLIFY.convert(plain))
    plain = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", plain).replace("'", "").replace("&", " and ")
    return _INITIALS.sub(r"\1", plain)


def american(word: str) -> str:
    """One spelling for words that British and American readers write differently."""
    found = _BRITISH.get(word)
    if found is None and word.endswith("s"):
        found = _BRITISH.get(word[:-1])
        found = found + "s" if found else None
    if found is None:
        found = (
            re.sub(r"(?<=[a-z]{3})is(?=(?:e|ed|es|ing|ation|ations|er|ers)$)", "iz", word) if len(word) > 6 else word
        )
    return found


def pieces(text: str) -> list[str]:
    """Latin words and whole CJK runs in order, folded, spelling made one, numbers as digits."""
    plain = chinese_numbers(fold(text))
    out: list[str] = []
    words: list[str] = []
    for run, word in _PIECE.findall(plain):
        if run:
            out += english_numbers(words)
            words = []
            if out and re.match(f"[{CJK}]", out[-1]):
                out[-1] += run  # a dot or space between Chinese characters carries no weight
            else:
                out.append(run)
        else:
            words.append(american(word))
    return out + english_numbers(words)


def tokens(text: str) -> list[str]:
    """Tokens for the index: words as written and as folded further, bigrams and last characters of CJK runs."""
    out: list[str] = []
    for run, word in _PIECE.findall(fold(text)):
        out += bigrams(run) if run else [word]
    seen = set(out)
    extra = [piece for piece in pieces(text) if not re.match(f"[{CJK}]", piece) and piece not in seen]
    return out + extra


def bigrams(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] + [run[-1]]


def is_cjk(piece: str) -> bool:
    return bool(re.match(f"[{CJK}]", piece))


def title_form(text: str) -> str:
    """A title as one line of pieces without its leading article, for prefixes."""
    found = pieces(text)
    if len(found) > 1 and found[0] in ARTICLES:
        found = found[1:]
    return " ".join(found)


def joined_form(text: str) -> str:
    """A title without articles and spaces: equal for every way of writing it down."""
    return "".join(piece for piece in pieces(text) if piece not in ARTICLES) or "".join(pieces(text))


def raw_form(text: str) -> str:
    """A title without spaces, articles apart, numbers as written ("threebodyproblem")."""
    return "".join(word for pair in _PIECE.findall(fold(text)) for word in pair if word not in ARTICLES)


@lru_cache(maxsize=8192)
def pinyin(text: str) -> str:
    """Joined pinyin of a text with Chinese characters ("" without): 三体 → "santi"."""
    plain = fold(text)
    if not _HAN.search(plain):
        return ""
    return re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(plain, v_to_u=False)).lower())


def initials(text: str) -> str:
    """First letters of the pinyin: 三体 → "st"."""
    plain = fold(text)
    if not _HAN.search(plain):
        return ""
    return re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(plain, style=Style.FIRST_LETTER)).lower())


def acronyms(title: str) -> tuple[str, ...]:
    """What a Latin title of three words and more is called for short, with its small words and without: lotr, sicp."""
    words = [piece for piece in pieces(title) if not is_cjk(piece)]
    if len(words) < 3 or _HAN.search(title):
        return ()
    kept = words[1:] if words[0] in ARTICLES else words
    return tuple(
        short
        for short in dict.fromkeys("".join(word[0] for word in chosen) for chosen in (kept, content(words)))
        if 3 <= len(short) <= 8 and short.isalpha()
    )


def content(found: list[str]) -> list[str]:
    """Pieces without stop words, or all of them when nothing else is there."""
    return [piece for piece in found if piece not in STOP_WORDS] or found


def stem(word: str) -> str:
    """A word without its commonest English endings; the same for index and question."""
    word = american(word)
    if word.isascii() and word.isalpha():
        for ending, least in (
            ("ies", 3),
            ("ings", 4),
            ("ing", 4),
            ("als", 5),
            ("al", 5),
            ("edly", 4),
            ("ed", 3),
            ("es", 4),
            ("s", 3),
        ):
            if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
                word = word[: -len(ending)] + ("y" if ending == "ies" else "")
                break
        if len(word) > 4 and word[-1] == "e":
            word = word[:-1]
        if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeiouls":
            word = word[:-1]
    return word
