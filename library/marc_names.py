"""Titles and names as people say them: ISBD punctuation taken off, names direct and inverted."""

from __future__ import annotations

import re
from collections.abc import Iterable

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_DIRECTION = re.compile("[\x88\x89\x98\x9c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_COLLECTIVE = frozenset(
    ["works", "selections", "works. selections", "poems", "poetry", "plays", "novels", "essays", "short stories",
     "prose", "correspondence", "speeches", "prose works", "laws, etc", "treaties, etc"]
)  # fmt: skip


def clean_title(text: str) -> str:
    """Without trailing ISBD marks ``/ : ; = ,``, a full stop that ends no abbreviation, and outer brackets."""
    text = re.sub(r"\s+", " ", _DIRECTION.sub("", text)).strip()
    text = re.sub(r"(?:\s*[/:;=,])+$", "", text).strip()
    if text.endswith(".") and not text.endswith("..."):
        last = text.rsplit(" ", 1)[-1].rstrip(".")
        if "." not in last and not re.fullmatch(r"[A-Z]|Jr|Sr|Mr|Mrs|Dr|St|etc|Inc|Co|vol|no|pt", last):
            text = text[:-1].rstrip()
    if re.fullmatch(r"\[[^\[\]]*\]", text):
        text = text[1:-1].strip()
    return re.sub(r"(?:\s+[/:;=,])+$", "", text).strip()


def is_collective(title: str) -> bool:
    """Uniform titles such as "Works" or "Selections" are no titles that a reader would say."""
    return title.casefold().rstrip(".") in _COLLECTIVE


def clean_name(text: str) -> str:
    """Without trailing commas and full stops that follow no initial."""
    text = re.sub(r"\s+", " ", _DIRECTION.sub("", text)).strip().rstrip(",;:/ ，；：．،").strip()
    if text.endswith(".") and not re.search(r"(?:\b[A-Z]|\bJr|\bSr|\bInc|\bLtd|\bCo)\.$", text):
        text = text[:-1].rstrip()
    return text


def direct_name(name: str) -> str:
    """ "Liu, Cixin" → "Cixin Liu"; Chinese, Japanese and Korean names without the comma and space."""
    if _HAN.search(name):
        return re.sub(r"[,，\s]+", "", name) if "," in name or "，" in name else name
    family, comma, given = name.replace("،", ",").partition(",")
    if not comma or not given.strip():
        return name
    given, _, rest = given.strip().partition(",")
    joined = f"{given.strip()} {family.strip()}"
    return f"{joined}, {rest.strip()}" if rest.strip() else joined


def name_forms(name: str) -> tuple[str, ...]:
    """Every order in which a name is said: direct, inverted as catalogued, initials joined (JK Rowling)."""
    direct = direct_name(name)
    forms = [direct, name]
    joined = re.sub(r"\b([A-Z])\.\s*(?=[A-Z]\b)", r"\1", direct)
    joined = re.sub(r"\b([A-Z]{2,})\.", r"\1", joined)
    forms.append(joined)
    if _HAN.search(name):
        forms.append(re.sub(r"[,，\s]+", "", name))
    return unique(forms)


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Without empty texts and repeats, in order."""
    return tuple(dict.fromkeys(text for text in texts if text))


def find_year(*texts: str) -> int | None:
    """The first year 1000–2099 in the texts."""
    for text in texts:
        found = re.search(r"(?<!\d)(1\d{3}|20\d{2})(?!\d)", text)
        if found:
            return int(found[1])
    return None


def clean_isbn(text: str) -> str:
    """Ten or thirteen digits (and X) of an ISBN field, "" when it holds none."""
    found = re.match(r"\s*((?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx])(?!\d)", text)
    return re.sub(r"[- ]", "", found[1]).upper() if found else ""
