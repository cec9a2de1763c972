"""What a reader needs, from the middle of a sentence: "my phone is nearly dead, where can I plug it in?" """

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz

from avatars.amenities import KINDS, Kind
from avatars.asking_words import left_over
from avatars.desk import Desk
from avatars.frame import Frame
from avatars.guiding import about_places, lead_to_level
from avatars.language import fold
from avatars.values import Reply

_CUE = re.compile(
    r"\b(?:where|need|want|looking for|take me|lead me|how (?:do|can) (?:i|we) (?:get|find)|is there|are there|any|nearest|closest|somewhere|"
    r"i'm|i am|have to|got to|must|could i|can i|may i|who (?:do|should|can) i|give it)\b|哪|想|要|去|找|最近|有没有|怎么走|了|得|附近",
    re.IGNORECASE,
)
_RULE_ASKED = re.compile(
    r"\bhow (?:much|long|many|often|late|early|old|big|soon)\b|\bwhat time\b|\bwhen\b|\bcost|\bprice\b|\bfees?\b|\ballowed\b|\bwhy\b|"
    r"多少钱|几点|多久|多长|多少|几天|几个|几次|能不能|可不可以|可以.*吗|收费|免费|为什么|什么时候|多大|尺寸|多高|多宽|什么(?:讲座|活动|展览)",
    re.IGNORECASE,
)
_LOST_PERSON = re.compile(
    r"\b(?:lost|can't find|cannot find|looking for) my (?:son|daughter|child|kid|kids|boy|girl|husband|wife|mum|mom|mother|dad|father|grand\w+)\b|"
    r"(?:孩子|小孩|小朋友|儿子|女儿|娃|老人|爷爷|奶奶|爸|妈)(?:.{0,4})(?:走丢|走散|丢了|不见了|找不到)|找不到(?:我)?(?:的)?(?:孩子|小孩|儿子|女儿|娃)",
    re.IGNORECASE,
)
_MISSPELT = 83.0
_WHERE_CAN = re.compile(
    r"\bwhere (?:can|could|do|should|may) (?:i|we|you)\b|\b(?:somewhere|a place|a spot|a room|anywhere) (?:to|i can|we can|where|quiet)\b|哪里|哪儿|什么地方|去哪|在哪|放哪|到哪|找个?地方|有地方|找个位|有没有.{1,8}的?地方",
    re.IGNORECASE,
)
_RETURNS = re.compile(r"还书|借书|报纸|看书|读书")
_BOOK = re.compile(
    r"\b(?:books?|novels?|find|by|about|author|title|copy|copies|borrow|read)\b|[书本]|小说|作者|借", re.IGNORECASE
)
_PERMISSION = re.compile(
    r"\b(?:can|may|could) (?:i|we|you) (?:borrow|rent|hire|bring|vape|smoke|film|reserve|book|renew|return|cancel|extend|record|pay)\b|"
    r"\bwho (?:do|can|should) i (?:call|phone|contact|ring)\b|(?:能|可以|可不可以)(?:借|租|带|抽|拍|预约|续)",
    re.IGNORECASE,
)
_ONLY_NAMED = frozenset(
    ["out", "information", "human", "power", "steps", "study", "kids", "children", "print", "scan", "service", "exit", "水", "eat", "food",
     "staff", "a librarian", "printing", "plug", "water", "tea", "lunch", "drink", "concentrate", "打印", "复印", "扫描", "还书", "借书"]
)  # fmt: skip
"""Words that mean a place only when they are the whole phrase."""
_MORE_WORDS: dict[str, str] = {
    "group": "视频会议|开视频|video (?:call|meeting|conference)|(?:talk|discuss|work|meet) (?:with|in) (?:my |a |our )?(?:team|group|friends|classmates)|group work|大声讨论|讨论|小组(?:学习|作业)|开会",
    "media": "watch (?:a |the )?(?:film|movie|dvd|video)s?|看电影|看影片|听音乐",
    "recording": "record (?:a |my |some )?(?:podcast|song|music|voice|video)|podcast|录(?:个|首|一)?(?:歌|播客|音)",
    "local": "old maps|local history|family history|地方志|方志|家谱",
    "news": "newspapers?|magazines?|journals?|periodicals?|看报|报纸|杂志|期刊|报刊",
    "power": "about to die|going to die|phone is dying|plug it in|plug in|phone is dead|phone's dead|battery is|battery's|out of battery|nearly dead|recharge|没电|快没电|充充电",
    "locker": "行李|寄存|存东西|rucksack|backpack|suitcase|leave my (?:\\w+ )?(?:bag|bags|coat|things|stuff)|put my (?:bag|coat|things)|store my (?:bag|bags|things)|my luggage|放包|放行李|背包|行李箱|书包放|包放",
    "cafe": "coffee|caffeine|饿|something to eat|get a bite|grab a bite|吃点东西|吃点什么|吃饭|买吃的|喝咖啡|cup of (?:tea|coffee)",
    "water": "thirsty|渴|fill (?:up )?my bottle|接水|打水|喝口水|drink of water|some water|glass of water|倒水|热水",
    "toilet": "尿|toilet|restroom|bathroom|washroom|bursting|need to go badly|上厕所|厕所|洗手间|卫生间|内急|憋不住|尿急|拉肚子",
    "children": "带(?:小孩|孩子|娃|宝宝|小朋友).{0,4}(?:看书|读书|玩)|(?:kids|children|toddlers) (?:can )?(?:read|play)",
    "sight": "盲人|视障|看不见|low vision",
    "study": "写作业|最安静|quietly|in peace|quiet|silence|安静|清静|没有?声音|不吵",
    "lost": "lost property|dropped (?:a|my|this)|丢了|捡到|found a (?:wallet|phone|key|bag)|遗失",
    "mothers": "needs changing|nappy|diaper|breastfeed|feed my baby|换尿布|喂奶|哺乳",
    "aed": "defibrillator|heart attack|心脏骤停",
    "elevator": "wheelchair.{0,20}(?:upstairs|downstairs|up to|get up)|(?:upstairs|up) (?:in|with) (?:a|my|the) (?:wheelchair|pram|stroller|buggy)|(?:轮椅|婴儿车|童车).{0,6}[上下]楼|wheelchair up|pram up|can't climb|cannot climb",
    "self_service": "return this|return these|return a book|hand (?:books|a book|this|these) back|还书|borrow these|check these out|return these|hand back|give back (?:a|my|these|the) books?|自己借书|自己还书",
    "atm": "取款机|withdraw cash|取钱|提款",
    "copy": "to print|print (?:my|a|an|the|something|out)|photocopy|photocopies|make copies|run off copies|复印几|复印一|打印几|打印一份",
}


def about_need(desk: Desk, text: str) -> Reply | None:
    """The way to what the sentence says is needed; the plain word that there is none; None when it names no need."""
    if _RULE_ASKED.search(text) or _PERMISSION.search(text):
        return None
    kind = kind_in(text)
    if _LOST_PERSON.search(text):
        kind = next(k for k in KINDS if k.key == "information")
    if kind is not None and kind.key == "lost" and desk.tools.facts.is_sure(desk, text):
        return None
    if not _CUE.search(text) and not (kind and re.search(_MORE_WORDS.get(kind.key, r"(?!)"), fold(text))):
        return None
    if kind is not None and kind.key == "toilet" and desk.frame.step_free:
        kind = next(k for k in KINDS if k.key == "toilet_wheelchair")
    places = desk.tools.places
    named = places.named_in(text)
    frame = Frame("guide", kind.en if kind and desk.lang == "en" else kind.zh if kind else "", whole=text)
    if named is not None and not (kind and named.category and places.kind_of(named) == kind):
        return about_places(replace(desk, frame=replace(frame, phrase=desk.place(named))), (named,))
    levels = [m.level for m in desk.spotted.levels if m.level is not None]
    if kind is None and len(levels) == 1 and re.search(r"\bgo(?:ing)? to\b|\btake me\b|带我|去|上|到", text):
        return lead_to_level(desk, levels[0].ordinal)
    if kind is None:
        understood = places.understand(left_over(text, zh=desk.lang == "zh"))
        ok = understood.places and (understood.sure or len({p.id for p in understood.places}) == 1)
        return about_places(replace(desk, frame=frame), understood.places) if ok else None
    found = places.of_kind(kind)
    if not found:
        name = kind.en if desk.lang == "en" else kind.zh
        return desk.refuse(desk.words.NO_KIND.replace("{kind}", name), "guide")
    return about_places(replace(desk, frame=replace(frame, step_free=desk.frame.step_free)), found)


def asks_where(text: str) -> bool:
    """Does a sentence ask where something can be done, and not for a book?"""
    return _WHERE_CAN.search(text) is not None and _BOOK.search(_RETURNS.sub("", text)) is None


def kind_in(text: str) -> Kind | None:
    """The kind of thing whose word stands in the sentence, the longest word winning."""
    said = fold(text)
    found = [
        (hit.end() - hit.start(), -hit.start(), kind) for kind, pattern in _patterns() for hit in pattern.finditer(said)
    ]
    if found:
        return max(found, key=lambda row: row[:2])[2]
    words = [w for w in re.findall(r"[a-z]{5,}", said) if left_over(w, zh=False)]
    near = [
        (fuzz.ratio(word, known), kind)
        for word in words
        for known, kind in _single_words()
        if abs(len(word) - len(known)) < 2
    ]
    best = max(near, key=lambda row: row[0], default=None)
    return best[1] if best and best[0] >= _MISSPELT else None


@lru_cache(maxsize=1)
def _single_words() -> tuple[tuple[str, Kind], ...]:
    return tuple((fold(w), kind) for kind in KINDS for w in kind.words if w.isalpha() and w.isascii() and len(w) > 4)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    made = []
    for kind in KINDS:
        words = [w for w in kind.words if fold(w) not in _ONLY_NAMED and len(w) > 1]
        latin = "|".join(re.escape(fold(w)) for w in sorted(words, key=len, reverse=True) if w.isascii() or "é" in w)
        han = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True) if not w.isascii())
        more = _MORE_WORDS.get(kind.key, "")
        parts = [rf"\b(?:{latin})\b" if latin else "", han, rf"(?:{more})" if more else ""]
        made.append((kind, re.compile("|".join(p for p in parts if p))))
    return tuple(made)
