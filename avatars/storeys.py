"""Questions about the floors themselves: how many there are, the one above, the one below."""

from __future__ import annotations

import re
from dataclasses import replace

from avatars.amenities import Kind, find_kind
from avatars.desk import Desk
from avatars.guiding import lead_to_level, what_is_on
from avatars.values import Reply, Source
from spatial.locate import Place

_HOW_MANY = re.compile(
    r"^\W*how many (?:floors|levels|storeys|stories)\b(?!.*\b(?:shel|book))|^(?:请问)?(?:这座|这个|你们|咱们)?(?:图书馆|本馆|馆|大楼|楼)?(?:里)?(?:一共|总共|共)?有?(?:几|多少)(?:个)?(?:层|楼层|层楼)[吗呢啊高?？。\s]*$",
    re.IGNORECASE,
)
_ON_IT = re.compile(r"^(?P<x>.{2,8}?)(?:都|上|里)?(?:有|是)(?:些)?(?:什么|啥|哪些)(?:地方|房间)?[?？。]*$")
_COUNT = re.compile(
    r"^\W*how many (?P<x>(?:[a-z'é]+ ){1,3}?)(?:are there|do you have|have you got|does the library have|are in (?:the|this) (?:library|building))\b|^(?:馆里|图书馆|这里|你们)?(?:一共|总共)?有(?:多少|几)(?:个|台|部|间|处)?(?P<y>.{2,8}?)[?？。吗呢]*$",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:go|get|take me|take us|way|lead me|head|walk) (?:back )?(?P<w>up|down)(?:stairs\b|\W*$| (?:one|a|1) (?:floor|level|storey)\b)",
    re.IGNORECASE,
)
_UP_ZH = re.compile(r"^(?:请问)?(?:我)?(?:怎么|如何|带我|要|想|去)+(?P<w>上楼|下楼|楼上|楼下)(?:去)?[?？。吗呢]*$")


def _count(desk: Desk, kind: Kind, things: tuple[Place, ...]) -> Reply:
    """How many things of a kind the map has, floor by floor."""
    by_level: dict[int, int] = {}
    for thing in sorted(things, key=lambda p: p.ordinal):
        by_level[thing.ordinal] = by_level.get(thing.ordinal, 0) + 1
    name = kind.en if desk.lang == "en" else kind.zh
    text = desk.words.kind_count(name, len(things), [(desk.level(o), n) for o, n in by_level.items()])
    sources = tuple(Source(feature_id=thing.id) for thing in things)
    return desk.reply(text, "ask_fact", place=things[0], sources=sources)


def about_storeys(desk: Desk, text: str) -> Reply | None:
    """The reply to a question about the floors; None for any other."""
    plan = desk.tools.plan
    if not plan.levels:
        return None
    level = _ON_IT.match(text)
    found = desk.tools.places.find_level(level["x"]) if level else None
    if found is not None:
        return what_is_on(
            replace(desk, frame=replace(desk.frame, act="what_is_on", phrase=level["x"] if level else ""))
        )
    counted = _COUNT.search(text)
    kind = find_kind((counted["x"] or counted["y"]).strip()) if counted else None
    if kind is not None and (things := desk.tools.places.of_kind(kind)):
        return _count(desk, kind, things)
    if _HOW_MANY.search(text):
        ordered = sorted(plan.levels, key=lambda level: level.ordinal)
        names = [desk.level(level.ordinal) for level in ordered]
        sources = tuple(Source(feature_id=level.id) for level in ordered)
        return desk.reply(desk.words.storeys(names), "ask_fact", sources=sources)
    step = _UP.search(text) or _UP_ZH.search(text)
    if step is None or desk.at is None:
        return None
    up = step["w"] in ("up", "Up", "上楼", "楼上")
    beyond = [
        lv.ordinal for lv in plan.levels if (lv.ordinal > desk.at.ordinal) == up and lv.ordinal != desk.at.ordinal
    ]
    if not beyond:
        return desk.reply(desk.words.last_storey(desk.level(desk.at.ordinal), up), "guide")
    return lead_to_level(desk, min(beyond) if up else max(beyond))
