"""Figures in a text and what they are: clock times, sums of money, spans of time, counts, ages, telephone numbers.

A question asks for one kind, a sentence answers only when it holds that kind; a claimed figure is compared with a told
one by ``amount`` (minutes after midnight, units of money, metres …).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from library.normal import fold
from library.numerals import chinese_numbers


@dataclass(frozen=True, slots=True)
class Figure:
    """``kind``: clock, money, free, duration, times, distance, speed, age, count, percent, level, phone, email or url.

    ``amount``: minutes after midnight for a clock time, else the number; None for words such as "free".
    ``of``: the words after a count ("15 books"), the unit of a duration. ``start``, ``end``: in the spelled-out text.
    """

    kind: str
    amount: float | None
    of: str
    start: int
    end: int


_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_SPOKEN = {word: str(n) for n, word in enumerate(_ONES, 1)} | {
    "fourteen": "14", "fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60",
    "ninety": "90", "hundred": "100", "twice": "2 times", "thrice": "3 times",
}  # fmt: skip
_HALF_HOUR = re.compile(r"\bhalf an hour\b")
_HAN_HALF = re.compile(r"(?<![\d一二两三四五六七八九十])半个?小时")
_SPOKEN_RE = re.compile(r"\b(?:" + "|".join(sorted(_SPOKEN, key=len, reverse=True)) + r")\b")
_HAN_ONE = re.compile(
    r"(?<!第)(?<!星期)(?<!礼拜)(?<!周)[零一二两三四五六七八九十百]+(?=点|个|本|册|天|元|次|人|位|块|毛|角|分钟|小时|年|月|周|星期|岁|页|张|台|间|折|米|公里|倍|种|份|分钱|角|成|册|辆|楼以|日内)"
)
_HAN_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "十": 10, "百": 100}
_N = r"(\d+(?:\.\d+)?)"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("email", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("url", r"(?:https?://|www\.)\S+"),
    ("phone", r"(?<![\d:.])\+?\d{2,5}[- ]\d{3,4}(?:[- ]\d{3,4})?(?![\d:])|(?:拨打|call|急救|火警|ring|dial)[^.。;；]{0,6}?(?<!\d)(\d{3})(?!\d)"),
    ("clock", r"(下午|晚上|傍晚)?(\d{1,2})[:：](\d{2})\s?([ap]m)?|(?<![\d.])(\d{1,2})\s?([ap]m|oclock)\b|half past (\d{1,2})|(下午|晚上|傍晚)?(\d{1,2})点(半|\d{1,2}分?)?|\b(noon|midnight)\b|(午夜|正午)|\b(?:at|till|until|from|by) (\d{1,2})(?=\s*(?:[.,;)]|$|on\b|every\b|and (?:close|finish|end)|except\b|each\b|sharp\b|daily\b))"),
    ("money", rf"[¥￥$€£]\s?{_N}|{_N}\s?(?:yuan|rmb|cny|dollars?|euros?|pounds?|cents?\b|pence|p\b(?! ?m)|jiao|usd|eur|gbp|francs?|chf|kron(?:a|or|er)|yen|won|rupees?|元|块钱?|角|毛钱?|分钱|美元|欧元)|按(?:图书)?(?:定|原|书|市)价(?:的?\d+(?:\.\d+)?倍)?|\bat (?:its|the|full) (?:replacement |list )?(?:price|cost)\b"),
    ("free", r"\bfree\b(?! seats?)|\bno (?:charge|fee|cost|deposit|late fees?)|\b(?:never|not) charged\b|\b(?:do not|dont|never) charge\b(?! (?:more|above))|\bnothing is charged|\b(?:nobody|no one|no-one)\b[^.;,]{0,20}\bpays?\b|\bcosts? nothing|\bwithout (?:charge|a fee|fee|payment)|at no charge|免费|免押|不收|免收|免除|免交|免缴|无需(?:押金|付费|缴)|不用(?:钱|付)"),
    ("speed", rf"{_N}\s?(?:megabits?|mbits?|mbps|mb/s|gigabits?|gbps|兆)"),
    ("times", rf"{_N}\s?times\b|\b(once)\b(?= (?:a|per|only|more|and|unless|,|\.|$))|{_N}次"),
    ("age", rf"\b(?:under|over|below|above|aged?)(?: the age of)?[ -]{_N}(?=[.,;]|$|s\b)(?!:)|\b(?:under|over|below|above|aged?|from|up to|until)(?: the age of)?[ -]{_N}(?= (?:must|may|can|need|are|pay|is|to {_N}|and|should|have|who|use|get|read|borrow|years|with|enter))(?!:)|{_N}[- ](?:to {_N}[- ])?years?[- ]olds?|{_N}\s?(?:(?:[-–至到~]|to)\s?{_N}\s?)?周?岁|\bages? {_N}(?:\s?(?:to|-|–)\s?{_N})?|\bfrom {_N} (?:upwards?|onwards?|and up)\b|\bfrom birth\b|自出生|{_N} (?:and|or) (?:over|under|older|younger|above)|\b(?:is|am|be|turned|im|hes|shes) {_N}(?=[.,?!]|$| and| can| years| so)"),
    ("duration", rf"{_N}\s?(?:[-–~至到]\s?{_N}\s?)?(?:[- ]?(?:working |business |calendar |consecutive )?(minute|hour|day|week|month|year|semester|term|second)s?\b|个?(工作日|分钟|小时|天|日|周|星期|个月|月|年|学期|学年|晚)(?!\d)|[- ](night)s?\b)|\b(?:at least|up to|within|for|after|about|lasts?|takes?|than) (an?) (minute|hour|day|week|fortnight|month|year)\b|\ban? (week|day|month|fortnight) (?:ahead|in advance|before)|\buntil (?:the )?end of (?:the )?\w+|至学期末|至年底"),
    ("level", r"\b(?:level|floor) (\d)\b|\b(\d)(?:st|nd|rd|th) (?:floor|level)|(\d)[层楼](?!梯)|([一二三四五六七八九])[层楼](?!梯)"),
    ("distance", rf"{_N}\s?(?:met(?:re|er)s?|m\b|cm\b|centimet(?:re|er)s?|kilomet(?:re|er)s?|km\b|feet|inch(?:es)?|米|厘米|公里)"),
    ("percent", rf"{_N}\s?(?:%|percent|per cent|％)"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
_COUNT = re.compile(
    r"(?<![\d.:a-z-])(\d+)(?:\s?(?:to|or|[-–至到~])\s?(\d+))?\s+((?:[a-z][a-z'-]*\s?){1,3})|(?<![\d.:a-z])(\d+)(?:\s?(?:[-–至到或~])\s?(\d+))?\s?((?:[本册个件间台辆张页人位种份盘部套场条把名款类])[\u4e00-\u9fff]{0,4})"
)
_GROUP = re.compile(
    r"\b(?:groups? of(?: up to)?|seats?|holds?|takes?|fits?|for) (\d+)(?:\s?(?:to|or|[-–])\s?(\d+))?(?=\s*(?:[.,;]|$|and\b|each\b))"
)
_KEPT_FREE = re.compile(
    r"\b(?:leave|keep|left|kept|feel|become|is set)\b[^.;]*$|\b(?:barrier|sugar|scent|smoke|step|noise)[- ]?$"
)
_LISTED = re.compile(r"(?<![\w-])([a-z]+):\s*(\d+)(?![\d:.])(?= (?:per|each|at|for)\b|\s*[,;.]|\s*$)")
_AT_MOST = re.compile(
    r"\b(?:at most|up to|limited to|no more than|maximum of|max(?:imum)?) (\d+)(?= at a time| at once|\s*[.,;]|\s*$)|\b(\d+) (?:at a time|at once)\b"
)
_LABEL = re.compile(
    r"(?:level|floor|room|machine|machines|shelf|gate|no\.?|number|zone|section|grade|size|a|week|chapter|page|line|bus|"
    r"layer|desk|booth|locker|article|rule|第|周)\s*$"
)
_KIND_OF_ZH = ("日", "月")


@lru_cache(maxsize=8192)
def spelled(text: str) -> str:
    """Folded, with numbers that are said as words written as digits."""
    text = fold(text)
    text = _HAN_HALF.sub("30分钟", _HALF_HOUR.sub("30 minutes", text))
    text = _SPOKEN_RE.sub(lambda m: _SPOKEN[m[0]], text)
    text = chinese_numbers(text) if re.search(r"[零一二两三四五六七八九十百]{2}", text) else text
    return _HAN_ONE.sub(lambda m: str(_HAN_DIGIT.get(m[0], m[0])), text)


@lru_cache(maxsize=8192)
def read_figures(text: str) -> tuple[Figure, ...]:
    """The figures of a text in order; of two readings of one place the first kind in the list above stands."""
    text = spelled(text)
    taken = [False] * len(text)
    found: list[Figure] = []
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            if kind == "duration" and any(g in _KIND_OF_ZH for g in match.groups()[2:]) and _is_date(text, match):
                continue
            if kind == "free" and _KEPT_FREE.search(text[max(0, match.start() - 40) : match.start()]):
                continue
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())
            for amount in _amounts(kind, match):
                found.append(Figure(kind, amount, _unit(match) if kind == "duration" else "", *match.span()))
    for match in _COUNT.finditer(text):
        if any(taken[match.start() : match.start() + 1]) or _LABEL.search(text[: match.start()]):
            continue
        first, last, noun = (match[1], match[2], match[3]) if match[1] else (match[4], match[5], match[6])
        for number in filter(None, (first, last)):
            found.append(Figure("count", float(number), noun.strip(), *match.span()))
    found += [Figure("count", float(m[2]), m[1], *m.span()) for m in _LISTED.finditer(text) if not taken[m.start(2)]]
    found += [
        Figure("count", float(m[1] or m[2]), "items people", *m.span())
        for m in _AT_MOST.finditer(text)
        if not taken[m.start(1) if m[1] else m.start(2)]
    ]
    for match in _GROUP.finditer(text):
        if not any(taken[match.start(1) : match.end()]):
            found += [Figure("count", float(n), "people", *match.span()) for n in match.groups() if n]
    return tuple(sorted(found, key=lambda figure: figure.start))


def _is_date(text: str, match: re.Match[str]) -> bool:
    return (
        bool(re.match(r"\d", text[match.end() : match.end() + 1]))
        or "月" in text[max(0, match.start() - 1) : match.start()]
    )


def _unit(match: re.Match[str]) -> str:
    unit = next((g for g in match.groups()[2:] if g), "")
    return {"分钟": "minute", "小时": "hour", "天": "day", "日": "day", "工作日": "day", "周": "week", "星期": "week",
            "个月": "month", "月": "month", "年": "year"}.get(unit, unit)  # fmt: skip


def _amounts(kind: str, match: re.Match[str]) -> list[float | None]:
    if kind in ("free", "email", "url", "phone"):
        return [None]
    if kind == "clock":
        return [_minutes(match)]
    if kind == "level":
        return [float(_HAN_DIGIT.get(match[4], 0)) if match[4] else float(match[1] or match[2] or match[3])]
    numbers = [float(g) for g in match.groups() if g and re.fullmatch(r"\d+(?:\.\d+)?", g)]
    if kind == "duration" and not numbers:
        return [1.0 if re.match(r".*\ban? ", match[0]) else None]
    if kind == "age" and not numbers:
        return [0.0]
    if kind == "times" and not numbers:
        return [1.0]
    if kind == "money" and re.search(r"cents?|pence", match[0]):
        numbers = [n / 100 for n in numbers]
    if kind == "money" and "分钱" in match[0]:
        numbers = [n / 100 for n in numbers]
    if kind == "money" and re.search(r"角|毛|jiao", match[0]):
        numbers = [n / 10 for n in numbers]
    if kind == "money" and ("价" in match[0] or match[0].startswith("at ")):
        return [None]
    return list(numbers)


def _minutes(match: re.Match[str]) -> float:
    late1, hour, minute, half, plain, mark, past, late2, han, part, noon, han_noon, bare = match.groups()
    if noon or han_noon:
        return 720.0 if (noon == "noon" or han_noon == "正午") else 1440.0
    hours = int(hour or plain or past or han or bare)
    minutes = int(minute) if minute else 30 if past or part == "半" else int(part.rstrip("分")) if part else 0
    if ((half or mark) == "pm" or late1 or late2) and hours < 12:
        hours += 12
    return hours * 60.0 + minutes
