"""Does a sentence hold the kind of thing a question asks for?"""

from __future__ import annotations

import re
from collections.abc import Callable

from library.forms import Figure
from library.ideas import KIND, is_han, likeness, read_terms
from library.passages import held
from library.question import Ask
from library.statement import Statement

_WHO = re.compile(
    r"\b(?:everyone|everybody|anyone|readers?|clubs?|students?|members?|staff|visitors?|guests?|children|adults?|residents?|employees?|volunteers?|people|public|open to|by|for|desk)\b|任何人|读者|学生|社团|人员|馆员|教师|供|由|者|市民|台|处"
)
_MEASURES = {"本": "book", "册": "book", "页": "page", "张": "page", "人": "capacity", "位": "capacity", "种": "book"}
_SHOWN = re.compile(r"\b(?:bring|show|present)\b|凭[^证]{1,8}[证卡]|携带|出示|请带")
_BROUGHT = re.compile(
    r"^(?:please )?(?:bring|show|present)\b|\b(?:to (?:join|register|apply|enrol|sign up)|must (?:bring|show)|need to (?:bring|show))\b|携带|出示|请带|持[^，。]{1,12}(?:办|领|申)"
)
_EXCEPT = re.compile(r"\bexcept\b|\bonly\b|除.{1,20}外|只能|仅限")
_MEANS = re.compile(
    r"\b(?:at|through|by|via|with) (?:the |an? |your )?(?:kiosk|telephone|phone|desk|counter|information|help|machine|self|staff|reader|card|page|code|website|app)|\b(?:by|via) (?:e-?mail|phone|telephone)\b|\bonline\b|\bwebsite\b|\bin the app\b|\bfill in\b|通过|向[^，。]{2,10}(?:预约|申请|办理|登记)|请用|请到|拨打|凭|请携带|在[^，。]{1,12}(?:办理|预约)"
)
_WITH_CARD = re.compile(r"\bwith (?:a|an|your|the) [a-z' ]{0,20}card\b|凭[\u4e00-\u9fff]{0,3}[证卡]")
_PAID_BY = re.compile(
    r"\b(?:cash|coins?|cards?|account|online|contactless|pay|paid|top up|app|bank transfer|invoice)\b|现金|硬币|投币|刷卡|支付|充值|微信|扫码|转账"
)
_ALL_DAY = re.compile(
    r"\ball day\b|\b24 hours\b|around the clock|through the night|all night|overnight|to be announced|另行通知|通宵|never close|24小时开放|全天|不关门|不闭馆"
)
_FOR = re.compile(
    r"\bopen to\b|\b(?:only|reserved) for\b|\bby (?:clubs|staff|students|readers)\b|供.{1,12}(?:使用|用)|面向|仅限"
)
_UNIT_ASKED = re.compile(r"how many (minute|hour|day|week|month|year)|几个?(分钟|小时|天|周|星期|月|年)")
_UNITS_ZH = {"分钟": "minute", "小时": "hour", "天": "day", "周": "week", "星期": "week", "月": "month", "年": "year"}
_SOONER = re.compile(r"\b(?:earlier|later) than\b|\b(?:earlier|later|before|after) the\b|提前|推迟|[早晚]\d")
_AHEAD = re.compile(r"in advance|ahead|beforehand|before|提前|之?前")
_MOST = re.compile(r"\bmost\b|\bmax(?:imum)?\b|\bcap(?:ped)?\b|\blimit\b|最多|最高|上限|封顶")
_CAPPED = re.compile(
    r"\bcapped\b|\bmaximum\b|\bup to\b|\bnever more\b|\bat most\b|\bno more than\b|\bceiling\b|封顶|最高|最多|上限|不超过"
)
_OFFERED = frozenset(
    ("ill", "volunteer", "wifi", "tour", "course", "lecture", "story hour", "braille", "glasses", "large print")
)
"""What a library offers when its rules speak of it at all."""
_OPENS = frozenset(("open", "close"))


def _clock(one: Statement, ask: Ask) -> bool:
    if ask.names & _OPENS and one.has("duration") and _SOONER.search(one.plain):
        return True
    if "last call" in ask.names & one.own:
        return True
    return one.has("clock") or ("close" in one.own and bool(one.days)) or _ALL_DAY.search(one.plain) is not None


def _time(one: Statement, ask: Ask) -> bool:
    if ask.names & _OPENS:
        if one.has("duration") and _SOONER.search(one.plain):
            return True
        timed = one.has("clock") or _ALL_DAY.search(one.plain) is not None
        told = bool(one.own & _OPENS) or one.under in ("time", "clock")
        named = bool(one.dates) or any(head.kind in ("word", "run") and head.name in one.own for head in ask.heads)
        return timed or (told and (bool(one.days) or named))
    return (
        one.has("clock")
        or bool(one.days)
        or (one.conditional and re.search(r"\bonce\b|\bif\b|when|满|超过", one.plain) is not None)
    )


def _duration(one: Statement, ask: Ask) -> bool:
    if ask.names & _OPENS and not one.has("duration"):
        return one.has("clock")
    return one.has("duration")


def _count(one: Statement, ask: Ask) -> bool:
    counts = [figure for figure in one.figures if figure.kind == "count"]
    if not ask.noun:
        return bool(counts)
    return counted(one, ask.noun) >= 0.5


def counted(one: Statement, noun: str) -> float:
    """How far a statement counts this, 0…1."""
    counts = [figure for figure in one.figures if figure.kind == "count"]
    listed = 0.9 if noun in one.own and any(figure.of.startswith("items") for figure in counts) else 0.0
    return max([listed, *(_counts(figure, noun) for figure in counts)])


def _counts(figure: Figure, noun: str) -> float:
    """How far a figure counts this: the first words after the number say what it counts."""
    told = [term.name for term in read_terms(figure.of)] + [_MEASURES.get(figure.of[:1], "")]
    return max((max(likeness(noun, name), 0.95 * likeness(name, noun)) for name in told if name), default=0.0)


def _age(one: Statement, ask: Ask) -> bool:
    return one.has("age")


def _permission(one: Statement, ask: Ask) -> bool:
    if all(any(likeness(head.name, name) >= 0.85 for name in one.own) for head in ask.heads) and (
        ask.names & one.lead and not is_han(one.plain)
    ):
        return True
    acts = {w.name for w in ask.wanted if w.kind == "act"}
    if len(ask.heads) > 1 and all(held_in(head.name, one.own, 0.8) for head in ask.heads):
        return True
    if _row_of(one, ask) or (one.own & ask.names & _OFFERED):
        return True
    said = all(head.name in acts or held(head.name, one.own, one.plain) >= 0.8 for head in ask.heads)
    if acts and ask.heads and said and acts & (one.own | one.heading):
        return True
    return one.rules or one.has("free") or (bool(one.own & _OPENS) and (one.has("clock") or bool(one.days)))


def _row_of(one: Statement, ask: Ask) -> bool:
    """Does it count what a kind of reader may have: the row "Guest: 4 items; period 14 days"?"""
    people = [w.name for w in ask.wanted if w.kind == "person"]
    return bool(people) and one.has("count") and any(held_in(name, one.own) for name in people)


def _limit(one: Statement, ask: Ask) -> bool:
    return any(
        f.kind in ("count", "percent", "money", "duration", "times", "distance", "speed", "age") for f in one.figures
    )


_FITS: dict[str, Callable[[Statement, Ask], bool]] = {
    "clock": _clock, "time": _time, "duration": _duration, "count": _count, "age": _age, "permission": _permission,
    "limit": _limit,
    "means": lambda one, ask: _PAID_BY.search(one.plain) is not None,
    "year": lambda one, ask: re.search(r"\b(?:1[5-9]|20)\d\d\b|(?:1[5-9]|20)\d\d年", one.plain) is not None,
    "level": lambda one, ask: one.has("level"),
    "money": lambda one, ask: one.has("money") or one.has("free") or ("deposit" in ask.names and held_in("deposit", one.own)),
    "times": lambda one, ask: one.has("times") or bool(one.days) or any(_counts(f, n) >= 0.9 for f in one.figures if f.kind == "count" for n in ask.names),
    "ahead": lambda one, ask: one.has("duration") and _AHEAD.search(one.plain) is not None,
    "distance": lambda one, ask: one.has("distance"),
    "speed": lambda one, ask: one.has("speed"),
    "phone": lambda one, ask: one.has("phone"),
    "email": lambda one, ask: one.has("email"),
    "address": lambda one, ask: "address" in one.own,
    "password": lambda one, ask: one.signs_in,
    "need": lambda one, ask: one.brings,
    "bring": lambda one, ask: _SHOWN.search(one.plain) is not None,
    "who": lambda one, ask: _WHO.search(one.plain) is not None,
    "where": lambda one, ask: one.placed or ("pay" in ask.names and _PAID_BY.search(one.plain) is not None),
}  # fmt: skip


def fits(one: Statement, ask: Ask) -> bool:
    """Is the slot filled? True for questions that ask for no certain form."""
    if ask.slot in ("permission", "need", "bring", "where", "who") and (
        one.under in (ask.slot, "any") or (ask.slot == "permission" and one.under in ("exists", "who"))
    ):
        return True
    return ask.slot not in _FITS or _FITS[ask.slot](one, ask)


def joins_by(one: Statement, ask: Ask) -> bool:
    """Does it tell what one who wants a card shows or brings?"""
    over = one.own | one.heading | one.above | one.topic
    joining = "register" in ask.names and ask.slot in ("how", "need", "bring", "permission", "")
    return joining and bool(over & {"register", "card"}) and _BROUGHT.search(one.plain) is not None


def slot_bonus(one: Statement, ask: Ask) -> float:
    """Small marks among sentences that all fill the slot."""
    bonus = 0.0
    if ask.slot in ("time", "clock"):
        bonus += 0.06 * one.has("clock") + 0.05 * bool(one.own & _OPENS and ask.names & _OPENS)
        bonus += 0.15 * any(figure in _said(ask) for figure in _amounts(one, "clock"))
    if ask.slot in ("permission", "exists") and one.rules:
        bonus += 0.06
    if one.under and one.first and all(held_in(head.name, one.heading) for head in ask.heads):
        bonus += 0.05
    if ask.slot == "who" and (one.for_all or _FOR.search(one.plain)):
        bonus += 0.15
    if ask.slot == "where":
        bonus += 0.08 * any(KIND.get(name) == "place" for name in one.own)
    if ask.slot == "how":
        paid = "pay" in one.own and "pay" not in ask.names
        carried = bool(ask.names & {"card", "register"}) and _WITH_CARD.search(one.plain) is not None
        bonus += 0.02 * one.rules + 0.25 * (_MEANS.search(one.plain) is not None and not paid and not carried)
    if ask.slot in ("need", "bring") and _SHOWN.search(one.plain):
        bonus += 0.15
    if ask.slot in ("how", "permission", "") and joins_by(one, ask):
        bonus += 0.25
    if ask.slot == "permission" and _EXCEPT.search(one.plain):
        bonus += 0.02
    if any(f.kind == "money" for f in ask.figures) and one.has("money"):
        bonus += 0.08
    if ask.slot == "money" and one.has("money"):
        bonus += 0.03
    if _MOST.search(ask.text) and ask.slot in ("money", "limit", "count", "duration") and _CAPPED.search(one.plain):
        bonus += 0.12
    if ask.slot == "duration" and (unit := _UNIT_ASKED.search(ask.text)):
        wanted = _UNITS_ZH.get(unit[2], unit[2]) if unit[2] else unit[1]
        bonus += 0.1 if any(f.of == wanted for f in one.figures if f.kind == "duration") else -0.2
    units = {f.of for f in ask.figures if f.kind == "duration"}
    if units & {f.of for f in one.figures if f.kind == "duration"}:
        bonus += 0.1
    if ask.slot in ("", "consequence") and any(h.kind == "thing" and h.name in one.own for h in ask.heads):
        bonus += 0.04
    if ask.slot == "" and ask.names & one.own & {"lose", "damage"}:
        bonus += 0.03
    people = {w.name for w in ask.wanted if w.kind == "person"}
    if one.plain.startswith(("other ", "其他")) and not people & one.own:
        bonus -= 0.1
    ages = [f.amount for f in ask.figures if f.kind == "age"]
    if ages and one.has("age"):
        bonus += 0.12 if _of_age(one, float(ages[0] or 0)) else -0.05 if ask.places & one.own else -0.2
    elif re.search(r"\d", ask.text) and any(f in _said(ask) for f in _amounts(one, "count")):
        bonus += 0.03
    return bonus


def held_in(name: str, terms: frozenset[str], least: float = 0.5) -> bool:
    """Does one of the terms speak of this one, at least so far?"""
    return any(likeness(name, told) >= least for told in terms)


def _of_age(one: Statement, age: float) -> bool:
    """Does the statement speak of readers of this age?"""
    under = re.search(r"(?:under|below|up to) (\d+)|(\d+)周?岁以下|[未不]满(\d+)", one.plain)
    if under:
        return age < float(next(g for g in under.groups() if g))
    between = re.search(r"(\d+)\s?(?:to|至|到|-|–)\s?(\d+)", one.plain)
    if between:
        return float(between[1]) <= age <= float(between[2])
    over = re.search(r"(?:from|over|above|aged) (\d+)|(\d+)周?岁以上|(\d+) (?:and|or) (?:over|older)", one.plain)
    return bool(over) and age >= float(next(g for g in over.groups() if g)) if over else False


def _said(ask: Ask) -> set[float | None]:
    return {figure.amount for figure in ask.figures}


def _amounts(one: Statement, kind: str) -> list[float | None]:
    return [figure.amount for figure in one.figures if figure.kind == kind]
