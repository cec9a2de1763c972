"""Short questions that lean on the last one: "and on Sunday?", "那周末呢", "in English?", "is there one on level 3?" """

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from avatars.desk import Desk
from avatars.guiding import about_places
from avatars.language import fold, has_han
from avatars.values import Located, Memory, Question, Reply
from library.idea_words import WEEK
from library.ideas import read_terms
from spatial.locate import Place

_AND = re.compile(
    r"^(?:and|what about|how about|or)\b\s*(?P<x>.+?)[?.! ]*$|^(?:那么?)(?P<y>.{1,10}?)(?:呢|怎么样|也是吗|也一样吗)?[?？。! ]*$|^(?P<z>.{1,8})呢[?？。! ]*$",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(
    r"^(?:and |now |what about |can you say (?:it|that) |say (?:it|that) )?in (?P<x>english|chinese|mandarin)[?.! ]*$|^(?:那|请)?用?(?P<y>英文|英语|中文|汉语)(?:怎么说|说一遍|再说一遍|呢|说)*[?？。! ]*$",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"^(?:is there|are there|do you have|got|what about) (?:one|any|another|another one)(?: (?P<f>.+?))?[?.! ]*$|^(?P<g>.*?[楼层])(?:也|还)?(?:有|有没有)(?:吗|么)?[?？ ]*$",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"^(?:the |that )?(?P<l>english|chinese) (?:one|edition|version|copy)[?.! ]*$|^(?P<m>中文|英文)的?(?:那本|那个|版)?[?？。 ]*$",
    re.IGNORECASE,
)
_ZH = ("chinese", "mandarin", "中文", "汉语")


_NTH = ("first", "second", "third", "fourth", "fifth")


class Answers(Protocol):
    """The librarian, to be asked again."""

    def answer(self, question: Question, memory: Memory) -> Reply: ...


def follow_up(librarian: Answers, desk: Desk, text: str) -> Reply | None:
    """The reply to a question that only makes sense after the last one; None when it stands on its own."""
    memory = desk.memory
    if not memory.turns:
        return None
    before = memory.turns[-1][0]
    chosen = _WHICH.match(text)
    listed = [x for x in (memory.candidates or memory.items) if isinstance(x, Located)]
    if chosen and len(listed) > 1:
        wants = (chosen["l"] or chosen["m"]).lower() in _ZH
        fitting = [x for x in listed if has_han(x.record.title) == wants]
        if len(fitting) == 1:
            number = listed.index(fitting[0]) + 1
            ordinal = f"第{'一二三四五'[number - 1]}本" if desk.lang == "zh" else f"the {_NTH[number - 1]} one"
            return librarian.answer(replace(desk.question, text=ordinal), memory)
    picked = [i for i, one in enumerate(memory.candidates) if _named(desk, one, text)]
    if memory.candidates and len(picked) == 1 and len(text) <= 20:
        ordinal = f"第{'一二三四五'[picked[0]]}个" if desk.lang == "zh" else f"the {_NTH[picked[0]]} one"
        return librarian.answer(replace(desk.question, text=ordinal), memory)
    spoken = _LANGUAGE.match(text)
    if spoken:
        lang = "zh" if (spoken["x"] or spoken["y"]).lower() in _ZH else "en"
        return _in_language(librarian, desk, before, lang)
    one = _ONE.match(text)
    if one and memory.place is not None:
        kind = desk.tools.places.kind_of(memory.place)
        floor = one["f"] or one["g"] or ""
        if kind is not None:
            word = kind.zh if desk.lang == "zh" else kind.en
            phrase = f"{floor}{word}" if desk.lang == "zh" else f"{word} {floor}"
            found = desk.tools.places.understand(phrase.strip())
            if found.places:
                return about_places(replace(desk, frame=replace(desk.frame, act="guide", phrase=word)), found.places)
    more = _AND.match(text)
    if more and memory.chosen is None and memory.place is None and not memory.candidates:
        new = more["x"] or more["y"] or more["z"] or ""
        days = {term.name for term in read_terms(new)} & {*WEEK, "weekend", "weekday", "holiday"}
        asked = _without_days(before) if days else before
        return desk.tools.facts.answer(desk, text) or desk.tools.facts.answer(desk, f"{asked} {new}")
    return None


def _named(desk: Desk, one: Located | Place, text: str) -> bool:
    """Does a short answer name this candidate: "203", "the one by Camus", 茶馆?"""
    said = fold(text).strip(" .!?。！？")
    names = one.record.titles if isinstance(one, Located) else tuple(one.name.values())
    return len(said) > 1 and any(said in fold(name) for name in names)


def _in_language(librarian: Answers, desk: Desk, before: str, lang: str) -> Reply | None:
    if desk.memory.chosen is not None or desk.memory.place is not None:
        again = librarian.answer(replace(desk.question, text=before, lang=None), desk.memory)
        return again if again.lang == lang else None
    return desk.tools.facts.answer(replace(desk, lang=lang), before)  # type: ignore[arg-type]


def _without_days(question: str) -> str:
    return re.sub(
        r"(?:on |this )?\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:today|tomorrow|tonight)\b|(?:星期|周|礼拜)[一二三四五六日天末]|今天|明天|今晚",
        " ", question, flags=re.IGNORECASE,
    )  # fmt: skip
