"""What a phrase that nothing in the home knows sounds like: a title, a thing or place, talk, noise, another library."""

from __future__ import annotations

import re

from avatars.desk import Desk
from avatars.language import ENGLISH_FRAME, Lang, fold, has_han

_PLACE_NOUN = re.compile(
    r"\b(?:pool|gym|room|hall|office|shop|bookshop|store|station|garden|cinema|theatre|bar|pub|kitchen|car park|court|studio|lab|bank|"
    r"hospital|clinic|pharmacy|bus stop|metro|subway|playground|terrace|roof|basement|chapel|museum|gallery|auditorium)s?$"
)
_OWN = frozenset(("the", "your", "this", "our", "where", "is", "does", "what", "when", "how", "can", "are", "do"))
_HERE = re.compile(
    r"(?:这个|你们|咱们|贵|本|我们|在|去|到|儿|来|的|有|是|吗|整个|座|家|请问)$|^[你我咱这在去到请带怎想]"
)
_PERSONS = frozenset(("i", "me", "my", "you", "your", "we", "do", "can", "how", "why"))


def is_title(desk: Desk, phrase: str) -> bool:
    """More likely a title that is not held than talk or noise?"""
    if has_han(phrase):
        plain = re.sub(r"[的了吗呢吧啊是在有我你他]", "", phrase)
        asks = re.search(r"[我你您吗呢吧啊？?]|怎么|什么|为什么", phrase)
        return 2 <= len(plain) <= 12 and len(plain) * 2 > len(phrase) and not asks
    words = re.findall(r"[a-z']+", fold(phrase))
    if not 1 <= len(words) <= 8 or _PERSONS & set(words):
        return False
    said = [w for w in words if re.search(r"[aeiouy]", w) and not re.search(r"[^aeiouy']{5}|(.)\1\1|q(?!u)", w)]
    if len(said) < len(words):
        return False
    return len(words) > 1 or desk.tools.books.knows_words([w for w in words if len(w) > 3])


def is_thing(phrase: str) -> bool:
    """A thing or place rather than a title: "a swimming pool", 游泳池?"""
    if has_han(phrase):
        ends = re.search(r"(?:室|厅|馆|池|场|店|区|处|机|台|间|柜|房|站|楼|院|吧|园)$", phrase)
        return len(phrase) <= 5 and ends is not None
    named = re.search(r"\b[A-Z][a-z]", phrase)
    return named is None and (
        re.match(r"(?:a|an|any|some|free|public)\b", phrase) is not None or _PLACE_NOUN.search(phrase) is not None
    )


def is_talk(phrase: str, lang: Lang) -> bool:
    """A sentence of the language rather than noise?"""
    if lang == "zh":
        return len(phrase) >= 4 and re.search(r"[的是我你他她有在不了这那吗呢要想会能]", phrase) is not None
    words = re.findall(r"[a-z']+", phrase.lower())
    return len(words) >= 3 and sum(w in ENGLISH_FRAME for w in words) * 4 >= len(words)


def is_other_library(desk: Desk, text: str) -> bool:
    """Is another library named: 浙江图书馆, "the British Library"?"""
    ours = fold(" ".join(desk.tools.persona.library.values()))
    rooms = " ".join(fold(name) for unit in desk.tools.plan.units for name in unit.name.values())
    for name in re.findall(r"([\u4e00-\u9fff]{2,6})图书馆", text):
        if desk.tools.places.understand(f"{name}图书馆").sure:
            continue
        if not _HERE.search(name) and f"{name}图书馆" not in ours and f"{name}图书馆" not in rooms:
            return True
    for name in re.findall(r"\b(?:the )?((?:[A-Z][\w']+ )+)Librar(?:y|ies)\b", text):
        known = fold(name) in ours or fold(f"{name}library") in rooms
        if not known and fold(name.split()[0]) not in _OWN:
            return True
    return False
