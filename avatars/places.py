"""Places as readers name them: rooms by (nearly) their names, kinds of things, floors, shelves."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from avatars import wording_zh
from avatars.amenities import KINDS, Kind, find_kind, is_kind
from avatars.language import fold, has_han
from spatial.errors import PlaceError
from spatial.locate import Place, find_places, list_places, place_of_face, principal_entrance
from spatial.plan import Level, Plan, text_in

_SURE = 88.0
_NEARLY = 78.0
_HEAD = re.compile(
    r"^(?:the|a|an|my|your|our|this|that|shelf|shelves|bay|range|room|in the|at the|to the|inside|书架|架子|排架|第)\s*"
)
_TAIL = re.compile(r"(?:\s+(?:please|shelf|here|area|section|corner))$|(?:那里|那边|号?书架|号架|排|那儿|区域|的位置)$")
_COMMON = re.compile(
    r"\b(?:room|hall|desk|library|toilets?|restrooms?|café|cafe|kitchen|lift|elevator|escalator|stairs|entrance|exit|kiosk|machine|"
    r"fountain|point|corridor|gallery|collection|office|studio|lobby|shop|store|lockers?|copier|printer|extinguisher|defibrillator|"
    r"table|corner|area|zone|passage|vestibule|property|returns|aid)$",
    re.IGNORECASE,
)
"""English names that take an article: "the Quiet Room", but "Group Room 201" and "Boult Wade"."""
_ON_FLOOR_EN = re.compile(
    r"^(?P<x>.+?)(?:'s| is| are)?(?: that(?:'s| is| are))? on (?P<f>(?:the )?(?:\w+ (?:floor|level)|(?:floor|level) \w+))(?:,? right)?$"
)
_ON_FLOOR_ZH = re.compile(r"^(?P<f>(?:第)?(?:地下|负)?[一二两三四五六七八九\d]+(?:楼|层))的?(?P<x>.{2,})$")
_ZH_DIGIT = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_ZH_NUMBER = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_EN_DIGIT = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
}  # fmt: skip
_FLOOR_EN = re.compile(
    r"^(?:the )?(?:(?P<a>\w+) (?:floor|level|storey|story)|(?:floor|level|l|f) ?(?P<b>\w+)|(?P<c>\d)f)$"
)
_FLOOR_ZH = re.compile(r"^(?:第)?(?P<under>地下|负)?(?P<n>[一二两三四五六七八九\d]+)(?:楼|层)$")


_DOING = re.compile(
    r"^(?:to )?(?:read|use|see|watch|look at|get|find|visit|make|listen to|play|record|attend|do)\s+(?:the |a |an |some |my )?|"
    r"^(?:看|读|用|听|录|做|玩|参观|参加|查)(?=.{2})|(?:的地方|的房间)$"
)
_SAME_WORD = {"theatre": "hall", "theater": "hall", "auditorium": "hall", "newspapers": "newspaper", "papers": "newspaper", "paper": "newspaper", "bureau": "desk", "counter": "desk", "kids": "children's", "kids'": "children's", "childrens": "children's", "children": "children's", "exhibitions": "exhibition", "exhibits": "exhibition", "lectures": "lecture", "seminars": "seminar", "computers": "computer", "pcs": "computer", "pc": "computer", "recordings": "recording"}  # fmt: skip
"""Words for rooms that readers use for one another."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a phrase may mean on the map. ``sure``: named exactly or nearly; else only some of its words fit."""

    places: tuple[Place, ...] = ()
    kind: Kind | None = None
    level: Level | None = None
    sure: bool = False
    no_floor: str = ""


class Places:
    """The map's names, ready to be asked for. Holds no state that changes but a cache."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.understand = lru_cache(maxsize=2048)(self._understand)

    @cached_property
    def _named(self) -> tuple[tuple[str, Place], ...]:
        return tuple((fold(name), place) for place in list_places(self.plan) for name in place.name.values())

    def _understand(self, phrase: str) -> Understood:
        """Every reading of ``phrase`` as a place, the surest kind of reading first."""
        text = _digits(fold(phrase).strip(" ?.!,，。？！\"'《》"))
        if not text:
            return Understood()
        on_floor = _ON_FLOOR_EN.match(text) or _ON_FLOOR_ZH.match(text)
        if on_floor and (found := self._on_floor(on_floor["x"], on_floor["f"])) is not None:
            return found
        for form in dict.fromkeys((text, _HEAD.sub("", text), _TAIL.sub("", _HEAD.sub("", text)))):
            exact = find_places(self.plan, form) if form else ()
            if exact:
                return Understood(exact, sure=True)
        level = self.find_level(text)
        if level:
            return Understood(level=level, sure=True)
        worded = self._by_words(_HEAD.sub("", text)) if len(text.split()) > 1 and not has_han(text) else ()
        kind = find_kind(text)
        if kind and worded and not any(is_kind(p.category, kind) for p in worded):
            return Understood(worded, sure=True)
        if kind:
            return Understood(self.of_kind(kind), kind=kind, sure=True)
        short = _TAIL.sub("", _HEAD.sub("", text))
        scored = [(fuzz.ratio(short, name), place) for name, place in self._named]
        best = max((score for score, _ in scored), default=0.0)
        if best >= _SURE:
            near = _unique(place for score, place in scored if score >= max(_SURE, best - 2))
            return Understood(near, sure=True)
        off = self._one_off(short) if has_han(short) and len(short) >= 4 else ()
        if off:
            return Understood(off, sure=True)
        worded = self._by_words(short)
        if not worded and best >= _NEARLY and len(short) >= 8:
            worded = _unique(place for score, place in scored if score >= best - 1)
        return Understood(worded, sure=False)

    def _one_off(self, text: str) -> tuple[Place, ...]:
        """Places whose Chinese name differs in one character, or only sounds the same: 电子阅读室, 静因自习室."""
        near = [
            place
            for name, place in self._named
            if len(name) == len(text)
            and sum(a != b for a, b in zip(name, text, strict=True)) == 1
            and not name[-1].isdigit()
        ]
        return _unique(near) if len({fold(text_in(p.name, "zh")) for p in near}) == 1 else ()

    def series_of(self, phrase: str) -> tuple[str, tuple[Place, ...]]:
        """A numbered name that no place bears, and the places that bear its other numbers: 研习间307 of 301 to 306."""
        text = _digits(fold(phrase).strip(" ?.!,，。？！"))
        said = re.match(r"^(?:the )?(?P<stem>.{2,}?)\s*(?P<n>\d+|[a-f])$", text)
        if said is None or any(name == text for name, _ in self._named):
            return "", ()
        stem = said["stem"].strip()
        series = [p for name, p in self._named if re.fullmatch(rf"{re.escape(stem)}\s*(?:\d+|[a-z])", name)]
        return (text, _unique(series)) if len({p.id for p in series}) > 1 else ("", ())

    def named_in(self, text: str) -> Place | None:
        """The one place whose whole name stands in a sentence, the longest name winning; None when none or several."""
        said = fold(text)
        found = [(len(name), p) for name, p in self._named if len(name) > 2 and _stands_in(name, said)]
        longest = [p for length, p in found if length == max(size for size, _ in found)]
        return longest[0] if len({p.id for p in longest}) == 1 else None

    def _on_floor(self, phrase: str, floor: str) -> Understood | None:
        """The places a phrase names that are on one floor; all of them when that floor has none."""
        level = self.find_level(floor)
        meant = self.understand(phrase)
        if level is None:
            no_floor = self._number(floor) is not None
            return Understood(kind=meant.kind, sure=True, no_floor=floor) if meant.places and no_floor else None
        there = tuple(p for p in meant.places if p.level_id == level.id)
        return replace(meant, places=there or meant.places) if meant.places else None

    def _by_words(self, text: str) -> tuple[Place, ...]:
        text = _DOING.sub("", text) or text
        if has_han(text):
            if len(text) < 2:
                return ()
            found = [
                (len(name), place) for name, place in self._named if text in name or (len(name) >= 3 and name in text)
            ]
        else:
            words = {
                _same(w)
                for w in re.findall(r"[\w']+", text)
                if w not in ("the", "room", "rooms", "a", "of", "for", "area")
            }
            named = [(name, {_same(w) for w in re.findall(r"[\w']+", name)}, p) for name, p in self._named]
            same = [(len(name), p) for name, held, p in named if words and words == held]
            found = same or [(len(name), p) for name, held, p in named if words and words <= held]
        return _unique(place for _, place in sorted(found, key=lambda pair: pair[0]))

    def of_kind(self, kind: Kind) -> tuple[Place, ...]:
        """Everything of one kind: amenities first, then rooms, occupants and, for the way out, the doors."""
        listed = [p for p in list_places(self.plan) if p.kind == "amenity" and is_kind(p.category, kind)]
        served = {p.unit_id for p in listed}
        rest = [
            Place(
                u.id, "unit", u.name, u.level_id, self.plan.get_level(u.level_id).ordinal, u.display_point, u.category
            )
            for u in self.plan.units
            if is_kind(u.category, kind) and u.id not in served and u.restriction is None
        ]
        rest += [p for p in list_places(self.plan) if p.kind == "occupant" and is_kind(p.category, kind)]
        if kind.named:
            rooms = (pair for pair in self._named if pair[1].kind in ("unit", "occupant"))
            rest += _unique(p for name, p in rooms if any(word in name for word in kind.named))
        if kind.key == "entrance" and not listed and self.plan.units:
            try:
                listed = [principal_entrance(self.plan)]
            except PlaceError:
                listed = []
        if kind.key == "emergency_exit":
            for door in self.plan.openings:
                if door.category == "emergencyexit":
                    middle = door.line.interpolate(0.5, normalized=True)
                    ordinal = self.plan.get_level(door.level_id).ordinal
                    rest.append(
                        Place(door.id, "point", door.name, door.level_id, ordinal, (middle.x, middle.y), door.category)
                    )
        return (*listed, *rest)

    def find_level(self, text: str) -> Level | None:
        """The floor a phrase names: by its own name, else by number counted from the ground floor as one."""
        text = fold(text)
        for level in self.plan.levels:
            names = {fold(n) for n in (*level.name.values(), *level.short_name.values())}
            if text in names or text.removeprefix("the ") in names:
                return level
        ordinal: int | None = None
        if text.removeprefix("the ") in ("ground floor", "lobby level", "底楼", "底层", "首层"):
            ordinal = 0
        elif text.removeprefix("the ") in ("top floor", "top level", "顶楼", "顶层", "最高层"):
            ordinal = max((lv.ordinal for lv in self.plan.levels), default=None)
        elif text.removeprefix("the ") in ("basement", "地下室") and any(lv.ordinal < 0 for lv in self.plan.levels):
            ordinal = -1
        number = self._number(text)
        if number is not None:
            marked = [
                lv for lv in self.plan.levels
                if any(str(number) in re.findall(r"\d+", n) for n in (*lv.name.values(), *lv.short_name.values()))
            ]  # fmt: skip
            if marked:
                return marked[0]
            ordinal = number - 1 if number > 0 else number
        return next((lv for lv in self.plan.levels if lv.ordinal == ordinal), None)

    @staticmethod
    def _number(text: str) -> int | None:
        zh = _FLOOR_ZH.match(text)
        if zh:
            n = int(zh["n"]) if zh["n"].isdigit() else _ZH_DIGIT.get(zh["n"])
            return -n if n is not None and zh["under"] else n
        en = _FLOOR_EN.match(text)
        if en:
            word = en["a"] or en["b"] or en["c"]
            return int(word) if word.isdigit() else _EN_DIGIT.get(word)
        return None

    def name(self, place: Place, lang: str) -> str:
        """What to call a place in a sentence: its name, a shelf's label, else its kind of thing."""
        if place.kind == "shelf":
            label = text_in(place.name, lang)
            return f"shelf {label}" if lang == "en" else wording_zh.shelf("", label)
        named = text_in(place.name, lang)
        if named:
            return (
                f"the {named}"
                if lang == "en" and _COMMON.search(named) and not named.lower().startswith("the ")
                else named
            )
        kind = self.kind_of(place)
        if kind:
            return f"the {kind.en}" if lang == "en" else kind.zh
        unit = next((u for u in self.plan.units if u.id == place.unit_id), None)
        if unit and text_in(unit.name, lang):
            return text_in(unit.name, lang)
        return "the place you named" if lang == "en" else "您说的位置"

    @staticmethod
    def kind_of(place: Place) -> Kind | None:
        """The kind of thing a place is, if readers have a word for it."""
        return next((kind for kind in KINDS if place.category and is_kind(place.category, kind)), None)

    def shelf(self, range_id: str, bay: int | None) -> Place:
        """Where the reader stands before a bay."""
        return place_of_face(self.plan, self.plan.get_face(range_id), bay)

    def level_name(self, ordinal: int, lang: str) -> str:
        """A floor's name in a sentence."""
        level = next((lv for lv in self.plan.levels if lv.ordinal == ordinal), None)
        if level is None:
            return f"level {ordinal}" if lang == "en" else f"{ordinal} 层"
        return text_in(level.name, lang) or text_in(level.short_name, lang)


def _same(word: str) -> str:
    word = _SAME_WORD.get(word, word)
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def _stands_in(name: str, text: str) -> bool:
    return name in text if has_han(name) else re.search(rf"\b{re.escape(name)}\b", text) is not None


def _digits(text: str) -> str:
    """Room numbers said in Chinese: 三零五 is 305."""
    return re.sub(r"[零〇一二三四五六七八九]{2,}", lambda m: "".join(_ZH_NUMBER[c] for c in m[0]), text)


def _unique(places: object) -> tuple[Place, ...]:
    seen: dict[str, Place] = {}
    for place in places:  # type: ignore[attr-defined]
        seen.setdefault(place.id, place)
    return tuple(seen.values())
