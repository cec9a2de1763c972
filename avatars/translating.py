""" "Say that in English", 用中文再说一遍, "translate this rule": the last answer again, in the other language.

What she worded herself is said again from what it rests on. A passage is told by the home's own document in that
language where one says the same; else a model may translate it, checked; else she says that she cannot.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

from avatars.about_books import about_located
from avatars.desk import Desk
from avatars.guiding import about_places
from avatars.language import Lang, has_han
from avatars.sentences import loose_figures
from avatars.values import Memory, Question, Reply

_WHAT_EN = (
    r"(?:it|that|this|them|(?:your|the|this|that)(?: last)? "
    r"(?:rules?|passages?|sentences?|text|answers?|documents?|regulations?|notices?|paragraphs?|reply|directions))"
)
_TONGUE_EN = r"(?P<en>english|chinese|mandarin|french|german|spanish|japanese|korean|russian|italian|arabic|portuguese)"
_WHAT_ZH = (
    r"(?:把|将)?(?:它|你说的|您说的|刚才(?:说)?的|上面的?|以上)?(?:[这那上](?:一)?[个条段句些])?"
    r"(?:规定|规则|规章|条文|条款|回答|答案|话|内容|文字|段落|通知)?"
)
_TONGUE_ZH = r"(?P<zh>英文|英语|中文|汉语|普通话|法语|法文|德语|德文|日语|日文|韩语|韩文|俄语|俄文|西班牙语)"
_PASSAGE = re.compile(
    rf"^(?:please |now |and )*(?:(?:can|could|would|will) you )?(?:please )?translate(?: {_WHAT_EN})?(?: for me)?"
    rf"(?: (?:in|into|to) {_TONGUE_EN})?(?: for me)?(?:,? please)?[?.! ]*$"
    rf"|^(?:what does|what would) {_WHAT_EN} (?:mean|say|be) in {_TONGUE_EN.replace('en>', 'en2>')}[?.! ]*$"
    rf"|^(?:请|麻烦|能不能|可以|能|你|您|帮我|再)*{_WHAT_ZH}(?:请)?(?:给我)?(?:翻译|译)(?:一下)?(?:成|为|到)?(?:{_TONGUE_ZH})?"
    r"(?:吗|好吗|吧|给我)*[?？。!！ ]*$",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    rf"^(?:please |now |and |sorry,? )*(?:(?:can|could|would|will) you )?(?:please )?"
    rf"(?:say|repeat|tell me|give me|read|answer)(?: {_WHAT_EN})?(?: (?:once )?(?:again|more))?"
    rf" in {_TONGUE_EN}(?:,? please)?[?.! ]*$"
    rf"|^(?:请|麻烦|能不能|可以|能|你|您|那)*用{_TONGUE_ZH}(?:再|重新)?(?:说|讲|回答|重复)(?:一[遍下次])?"
    r"(?:吗|好吗|吧)*[?？。!！ ]*$",
    re.IGNORECASE,
)
_CHINESE = ("chinese", "mandarin", "中文", "汉语", "普通话")
_ENGLISH = ("english", "英文", "英语")


class Answers(Protocol):
    """The librarian, to be asked again."""

    def answer(self, question: Question, memory: Memory) -> Reply: ...


def say_in_other_language(librarian: Answers, desk: Desk, text: str) -> Reply | None:
    """The last answer in the language asked for; None when nothing of the kind is asked, or nothing was said yet."""
    passage, again = _PASSAGE.match(text), _AGAIN.match(text)
    asked = passage or again
    last = desk.memory.last
    if asked is None or last is None:
        return None
    named = next((value.lower() for value in asked.groupdict().values() if value), "")
    if named and named not in _CHINESE and named not in _ENGLISH:
        return desk.refuse(desk.words.NO_SUCH_LANGUAGE, last.intent)
    to: Lang = "zh" if named in _CHINESE else "en"
    if not named:
        to = last.lang if not _is_in(last, last.lang) else "zh" if last.lang == "en" else "en"
    desk = replace(desk, lang=to, question=replace(desk.question, answer_in=to))
    if to not in desk.tools.persona.languages:
        return desk.refuse(desk.words.NO_SUCH_LANGUAGE, last.intent)
    if _is_in(last, to):
        return replace(last, memory=desk.memory)
    found = _in_order(librarian, desk, last, model_first=passage is not None and bool(_quotes(last)))
    turns = desk.memory.turns
    return replace(found, memory=replace(found.memory, turns=turns))


def _in_order(librarian: Answers, desk: Desk, last: Reply, model_first: bool) -> Reply:
    """The best that can be had."""
    translated = _translated(desk, last) if model_first else None
    if translated is not None:
        return translated
    own = _asked_again(librarian, desk, last) or _rebuilt(desk, last)
    if own is not None:
        return own
    return (None if model_first else _translated(desk, last)) or _cannot(desk, last)


def _asked_again(librarian: Answers, desk: Desk, last: Reply) -> Reply | None:
    """The question before, answered in the other language, when that answer says the same."""
    asked = [q for q, _ in reversed(desk.memory.turns) if not _PASSAGE.match(q) and not _AGAIN.match(q)]
    if not asked:
        return None
    # without the last turn it cannot lean on itself; what was spoken of stays
    memory = replace(desk.memory, turns=desk.memory.turns[:-1])
    for before in (memory, replace(memory, last=None, items=(), chosen=None, place=None, candidates=())):
        reply = librarian.answer(replace(desk.question, text=asked[0]), before)
        if _is_in(reply, desk.lang) and _same(reply, last):
            return reply
    return None


def _same(reply: Reply, last: Reply) -> bool:
    """Do two replies say the same, each in its language?"""
    if (reply.intent, reply.refused, reply.clarify) != (last.intent, last.refused, last.clarify):
        return False
    if [x.record.record_id for x in reply.items] != [x.record.record_id for x in last.items]:
        return False
    if (reply.place and reply.place.id) != (last.place and last.place.id) or len(reply.steps) != len(last.steps):
        return False
    if bool(_quotes(reply)) != bool(_quotes(last)):
        return False
    return not loose_figures(" ".join(_quotes(last)), " ".join([*_quotes(reply), reply.text]))


def _rebuilt(desk: Desk, last: Reply) -> Reply | None:
    """A book or a place told again; None for what quotes a document, or has no such thing."""
    if _quotes(last) or last.refused or last.clarify or last.steps:
        return None
    if len(last.items) == 1 and last.intent in ("find_item", "guide"):
        act = "guide" if last.intent == "guide" else "locate"
        return about_located(replace(desk, frame=replace(desk.frame, act=act, phrase="")), last.items[0])  # type: ignore[arg-type]
    if last.place is not None and not last.items and last.intent == "guide":
        return about_places(replace(desk, frame=replace(desk.frame, act="guide", phrase="")), (last.place,))
    if len(last.items) > 1 and last.intent in ("find_topic", "recommend"):
        named = [desk.book(item) for item in last.items]
        memory = replace(desk.memory, items=last.items)
        return replace(last, text=desk.words.recommend("", named), lang=desk.lang, memory=memory)
    return None


def _translated(desk: Desk, last: Reply) -> Reply | None:
    """The model's translation, said to be one; None without a model that can be trusted with it."""
    translator = desk.tools.translator
    if translator is None:
        return None
    titles = [item.record.titles for item in last.items]
    foreign = [quote for quote in _quotes(last) if has_han(quote) != (desk.lang == "zh")]
    made = translator.translate(" ".join(foreign) or last.text, desk.lang, titles)
    if not made:
        return None
    text = desk.words.TRANSLATED.format(text=made)
    return replace(last, text=text, lang=desk.lang, memory=desk.memory)


def _cannot(desk: Desk, last: Reply) -> Reply:
    """She says so, and what it says in the language that there is."""
    quoted = next(iter(_quotes(last)), last.text)
    language = desk.words.LANGUAGE["zh" if has_han(quoted) else "en"]
    text = desk.words.NO_TRANSLATION.replace("{language}", language)
    return desk.refuse(text, last.intent, sources=last.sources)


def _quotes(reply: Reply) -> list[str]:
    return [source.quote for source in reply.sources if source.quote and source.document]


def _is_in(reply: Reply, lang: Lang) -> bool:
    """Is it all said in that language, its quotations too?"""
    return reply.lang == lang and all(has_han(quote) == (lang == "zh") for quote in _quotes(reply))
