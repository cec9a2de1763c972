"""Short words about the place or rule just spoken of: "the accessible one", 参考的, "where do I go?", "for six people"."""

from __future__ import annotations

import re
from dataclasses import replace

from avatars.desk import Desk
from avatars.guiding import about_places
from avatars.language import fold, has_han
from avatars.refusing import no_booking
from avatars.values import Memory, Reply
from spatial.locate import Place

_ATTRIBUTE = re.compile(
    r"^(?:and |or |i (?:meant?|mean|want|need) |is there |what about |how about |any )*(?:the |an? |that )?(?P<x>[a-z' -]{3,24}?) (?:one|ones|version)(?: please)?[?.! ]*$|"
    r"^(?:我要|我想去|我说的是|要|是|那)?(?P<y>.{1,6}?)(?:的|那个|那间|的那个|的那间)(?:呢|吧|在哪里?)?[?？。! ]*$",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"^(?:and |so |ok,? |okay,? )*(?:where|which desk|which counter)(?:'s| is| are| do| can| should| must)?(?: (?:i|we|it|that|this|they|those|is|held|go|get|do|find|collect|apply|ask|pay|sign up|register|happen|happening|one|there|the place|them|to))*[?.! ]*$|"
    r"^(?:那|请问)?(?:是|要|应该)?(?:在|去|到)?(?:哪里|哪儿|哪|什么地方)(?:办理?|领取?|拿|交|找|报名?|申请|举行|举办|弄|买|问|集合|参加)?(?:呢|啊|呀)?[?？。 ]*$",
    re.IGNORECASE,
)
_BOOKING = re.compile(
    r"^(?:for |at |on |from |until |maybe |about |around |make (?:it|that) |just )*(?:\w+ (?:people|persons|students|hours?|minutes)|(?:\w+ )?of us|(?:tomorrow|today|tonight|this|next|mon|tues|wednes|thurs|fri|satur|sun)\w*(?: \w+){0,4}|\d{1,2}(?::\d\d)? ?(?:am|pm|o'clock)?(?: (?:to|till|until) \w+)?(?: \w+)?)[?.! ]*$|"
    r"^(?:大概|就|我们)?(?:[\d一二两三四五六七八九十]+个?(?:人|小时|钟头)|(?:今天|明天|后天|今晚|周|星期|礼拜|下周|上午|下午|晚上)\S{0,10}|[\d一二两三四五六七八九十]+点\S{0,8})[吧。! ]*$",
    re.IGNORECASE,
)
_INTENTS = ("guide", "where_am_i", "what_is_here")


def about_spoken_place(desk: Desk, text: str) -> Reply | None:
    """The reply to words that only mean something after the last answer about a place or a rule; None for others."""
    last = desk.memory.last
    if last is None:
        return None
    if last.intent == "book_space" and _BOOKING.match(text):
        return no_booking(replace(desk, frame=replace(desk.frame, whole=f"{desk.memory.turns[-1][0]} {text}")))
    if last.intent == "ask_fact" and _WHERE.match(text):
        return _where(desk, text, last)
    kind = desk.tools.places.kind_of(desk.memory.place) if desk.memory.place is not None else None
    hit = _ATTRIBUTE.match(text)
    if hit is None or last.intent not in _INTENTS:
        return None
    said = (hit["x"] or hit["y"]).strip()
    named = [p for p in desk.memory.candidates if isinstance(p, Place) and _says(said, p)]
    if len(named) == 1:
        return _lead(desk, (named[0],))
    words = [kind.en, *kind.words] if kind is not None else []
    for word in words[:12]:
        if has_han(word) != has_han(said) and word != (kind.en if kind else ""):
            continue
        found = desk.tools.places.understand(f"{said}{word}" if has_han(said) else f"{said} {word}")
        if found.places and found.sure and found.kind is not kind:
            return _lead(desk, found.places)
    return None


def _says(said: str, place: Place) -> bool:
    return any(fold(said) in fold(name) for name in place.name.values())


def _lead(desk: Desk, places: tuple[Place, ...]) -> Reply:
    return about_places(replace(desk, frame=replace(desk.frame, act="guide")), places)


def _where(desk: Desk, text: str, last: Reply) -> Reply | None:
    """Where it is done: what the documents say of it, else the way to the place that the last answer named."""
    alone = replace(desk, memory=Memory())
    told = desk.tools.facts.answer(desk, text)
    if told is None or told.text == last.text:
        told = desk.tools.facts.answer(alone, text)
        told = replace(told, memory=desk.memory) if told is not None else None
    if told is not None and not told.refused and told.text != last.text:
        return told
    place = desk.tools.places.named_in(last.text)
    if place is not None:
        return _lead(desk, (place,))
    staff = desk.tools.places.understand("information desk").places
    if not staff:
        return None
    nearest, _ = desk.nearest(staff)
    return desk.refuse(desk.words.NO_FACT, "ask_fact", place=nearest, memory=replace(desk.memory, place=nearest))
