"""Questions about the floors themselves: how many there are, the one above, the one below."""

from __future__ import annotations

import re

from avatars.desk import Desk
from avatars.guiding import lead_to_level
from avatars.values import Reply, Source

_HOW_MANY = re.compile(
    r"^\W*how many (?:floors|levels|storeys|stories)\b(?!.*\b(?:shel|book))|^(?:请问)?(?:这座|这个|你们|咱们)?(?:图书馆|本馆|馆|大楼|楼)?(?:里)?(?:一共|总共|共)?有?(?:几|多少)(?:个)?(?:层|楼层|层楼)[吗呢啊高?？。\s]*$",
    re.IGNORECASE,
)
_UP = re.compile(r"\b(?:go|get|take me|take us|way|lead me|head|walk) (?:back )?(?P<w>up|down)stairs\b", re.IGNORECASE)
_UP_ZH = re.compile(r"^(?:请问)?(?:我)?(?:怎么|如何|带我|要|想|去)+(?P<w>上楼|下楼|楼上|楼下)(?:去)?[?？。吗呢]*$")


def about_storeys(desk: Desk, text: str) -> Reply | None:
    """The reply to a question about the floors; None for any other."""
    plan = desk.tools.plan
    if not plan.levels:
        return None
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
