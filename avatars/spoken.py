"""Written text → the text as read aloud, with the way back, so that captions show the words as written.

Numbers, dates, times, rooms, call numbers, money and addresses become words of the language around them; marks that
are not spoken go. Text of the other language inside a sentence stays and is told apart, so that a speaker can give it
a voice of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from avatars import spoken_en as en
from avatars import spoken_zh as zh

_CJK: Final = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CHINESE: Final = re.compile(f"[{_CJK}]")
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ]")
_LATIN_WORDS: Final = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’.,:&\- ]*[A-Za-zÀ-ɏ]")


@dataclass(frozen=True, slots=True)
class Piece:
    """``spoken`` is how ``written[start:end]`` is read aloud. ``same``: letter for letter as written."""

    spoken: str
    start: int
    end: int
    lang: str
    same: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch in one language. ``text`` goes to the speaker; ``origin[i]`` is where its i-th letter is written."""

    text: str
    lang: str
    origin: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How ``written`` is read aloud: pieces in order that cover all of it."""

    written: str
    lang: str
    pieces: tuple[Piece, ...]

    @property
    def spoken(self) -> str:
        """The whole text as read aloud, blanks tidied."""
        said = re.sub(r"\s+", " ", "".join(piece.spoken for piece in self.pieces))
        return re.sub(r" (?=[,.;:!?，。；：！？、])", "", said).strip()

    def list_runs(self, mixes: bool = False) -> tuple[Run, ...]:
        """Stretches of one language in order, told by their script; those that say nothing join their neighbour.

        ``mixes``: the Chinese voice reads Latin words as well, so that a Chinese sentence is one stretch, without the
        small pauses of a change of voice.
        """
        one_voice = mixes and self.lang == "zh" and _CHINESE.search(self.written) is not None
        runs: list[tuple[str, str, list[int]]] = []
        for piece in self.pieces:
            lang = "zh" if one_voice else piece.lang
            last, said, origin = runs.pop() if runs else (lang, "", [])
            if not _sounds(said):
                last = lang if _sounds(piece.spoken) else last
            elif _sounds(piece.spoken) and last != lang:
                runs.append((last, said, origin))
                last, said, origin = lang, "", []
            written = range(piece.start, piece.end) if piece.same else [piece.start] * len(piece.spoken)
            runs.append((last, said + piece.spoken, [*origin, *written]))
        return tuple(Run(said, lang, tuple(origin)) for lang, said, origin in runs if _sounds(said))


def _sounds(text: str) -> bool:
    return any(c.isalnum() for c in text)


def spoken(text: str, lang: str) -> str:
    """``text`` as read aloud in ``lang`` ("zh" or "en")."""
    return read_aloud(text, lang).spoken


_NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MONTH: Final = "|".join(en.MONTHS)
_UNIT: Final = "|".join(sorted((re.escape(u) for u in en.UNITS), key=len, reverse=True))
_THINGS: Final = (
    "books|items|records|titles|copies|pages|seats|volumes|people|steps|metres|meters|minutes|seconds|hours|days|years"
)
_PATTERNS: Final = (
    ("mail", r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    (
        "url",
        r"https?://[^\s，。；！？、）》]+[A-Za-z0-9/]|(?:www\.)?(?:[A-Za-z0-9-]+\.)+(?:com|org|net|edu|cn|uk|gov)\b"
        r"(?:/[A-Za-z0-9._/-]*[A-Za-z0-9])?",
    ),
    ("isbn", r"\b97[89](?:[- ]?\d){10}\b"),
    ("date", r"(?<!\d)(\d{4})(?P<mark>[-/.])(\d{1,2})(?P=mark)(\d{1,2})(?!\d)"),
    ("day_month", rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH})(?:,? (\d{{4}}))?\b"),
    ("month_day", rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?(?:, (\d{{4}}))?\b"),
    ("zh_years", r"(?<!\d)(\d{4})\s*[-–—~～至]\s*(\d{4})(?=年)"),
    ("zh_year", r"(?<!\d)\d{4}(?=年)"),
    ("times", r"(?<![\d:])(\d{1,2}):(\d{2})\s*(?:-|–|—|~|～|至)\s*(\d{1,2}):(\d{2})(?![\d:])"),
    ("time", r"(?<![\d:])(\d{1,2}):(\d{2})(?![\d:])(?:\s*([AaPp])\.?[Mm]\b\.?)?"),
    ("hour", r"(?<![\d:.])(\d{1,2})\s?([AaPp])\.?[Mm]\b"),
    ("lcc", r"(?<![A-Za-z0-9])[A-Z]{1,3}\d{1,4}(?:\.\d+)?(?: ?\.[A-Z]\d+)(?: [A-Z]\d+)?(?: \d{4})?(?![A-Za-z0-9])"),
    ("call", r"(?<![A-Za-z0-9])[A-Z]{1,3}\d+(?:[.\-:=]\d+)*(?:/[A-Za-z0-9\-.]*[A-Za-z0-9])?(?![A-Za-z0-9])"),
    ("ddc", r"(?<![\w.])(\d{3})(\.\d+)?[ /]([A-Z]{2,4}|[A-Z]\d+[a-z]?)\b|(?<![\w.,])\d{3}\.\d{3,}(?![\w.])"),
    ("room", r"\b(Rooms?|room|ROOM) (\d{2,4})\b"),
    ("zh_room", r"(?<!\d)\d{3,4}(?=室|房|教室|号房|阅览室)"),
    ("money", rf"[$£€¥￥]\s?({_NUMBER})(?:元(?!件))?"),
    ("percent", rf"({_NUMBER})\s?[%％]"),
    (
        "phone",
        r"\+\d{1,3}(?:[- ]\d{2,4}){2,4}(?![\w-])"
        r"|(?<![\w.-])(?:\+?\d{1,3}[- ])?\d{3,4}-\d{3,4}-?\d{3,4}(?![\w-])|(?<![\w.,])\d{9,}(?!\w)",
    ),
    ("th", r"\b(\d+)(?:st|nd|rd|th)\b"),
    ("ranges", rf"(?<![\w.-])({_NUMBER})\s?[–—~～]\s?({_NUMBER})(?![\w-])"),
    ("shelf", r"(?<![\w.-])(\d{1,2})-(\d{1,3})(?![\w-])"),
    ("unit", rf"(?<![\w.])({_NUMBER})\s?({_UNIT})(?![A-Za-z0-9²])"),
    ("year", rf"(?<![\w.,])(?:1[1-9]|20)\d\d(?!\w|[.,]\d)(?! (?:{_THINGS})\b)"),
    ("number", rf"(?<!\d)({_NUMBER})(?!\d)"),
    ("and", r"(?<=\s)&(?=\s)"),
    ("silent", r"[《》〈〉「」『』“”\"*_#`()（）\[\]{}|<>【】]+"),
    ("till", r"(?<=[日月年号点楼层页时分])\s?[-–—~～]\s?(?=\d)|(?<=[^\W_])–(?=[^\W_])"),
    ("dash", r"\s*(?:——|—|–|…+|\.{3,})\s*"),
)
_SCAN: Final = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS), re.ASCII)
_BY_NAME: Final = {name: re.compile(pattern, re.ASCII) for name, pattern in _PATTERNS}


def read_aloud(text: str, lang: str) -> Reading:
    """How ``text`` is read aloud in ``lang`` ("zh" or "en")."""
    lang = "zh" if lang.startswith("zh") else "en"
    pieces: list[Piece] = []
    at = 0
    for match in _SCAN.finditer(text):
        name = match.lastgroup or ""
        # lastgroup is the outermost group that closed last, hence always one of our names
        groups = _BY_NAME[name].match(text, match.start())
        if groups is None or groups.end() != match.end():
            continue
        pieces.extend(_plain(text, at, match.start(), lang))
        local = _language_at(text, match.start(), match.end(), lang)
        pieces.extend(_verbalise(name, groups, text, local))
        at = match.end()
    pieces.extend(_plain(text, at, len(text), lang))
    return Reading(text, lang, tuple(pieces))


def _plain(text: str, start: int, end: int, lang: str) -> Iterator[Piece]:
    """Ordinary text as it stands. In English text Chinese stretches are set apart; a Chinese voice reads both."""
    whole = text[start:end]
    if not whole:
        return
    if lang == "zh" and (_CHINESE.search(text) or not _LATIN.search(text)):
        yield from _set_latin_apart(text, start, end)
        return
    at = start
    for match in re.finditer(rf"[{_CJK}][{_CJK}，。、！？；：]*", whole):
        if start + match.start() > at:
            yield Piece(text[at : start + match.start()], at, start + match.start(), "en", True)
        yield Piece(match[0], start + match.start(), start + match.end(), "zh", True)
        at = start + match.end()
    if at < end:
        yield Piece(text[at:end], at, end, "en", True)


def _set_latin_apart(text: str, start: int, end: int) -> Iterator[Piece]:
    """Chinese text whose Latin words are English; a single letter is read by the Chinese voice."""
    at = start
    for match in _LATIN_WORDS.finditer(text, start, end):
        if match.start() > at:
            yield Piece(text[at : match.start()], at, match.start(), "zh", True)
        yield Piece(match[0], match.start(), match.end(), "en", True)
        at = match.end()
    if at < end:
        yield Piece(text[at:end], at, end, "zh", True)


def _language_at(text: str, start: int, end: int, lang: str) -> str:
    """The language in which a number at ``start`` is read: that of the sentence unless its neighbours say otherwise."""
    if re.search(r"[A-Za-z]{2,}-$", text[:start]):
        return "en"
    before, after = text[:start].rstrip(" -"), text[end:].lstrip(" -")
    left, right = before[-1:], after[:1]
    if lang == "en":
        return "zh" if _CHINESE.match(left) or _CHINESE.match(right) else "en"
    if not _CHINESE.search(text):
        return "en" if re.search(r"[a-z]{2,}", text) else "zh"
    inside = before.rfind("《") > before.rfind("》") and "》" in after
    if inside:
        title = before[before.rfind("《") + 1 :] + text[start:end] + after[: after.find("》")]
        return "en" if _LATIN.search(title) and not _CHINESE.search(title) else "zh"
    word = re.search(r"[A-Za-z]{2,}$", before)
    return "en" if word and not _CHINESE.match(right) else "zh"


def _verbalise(name: str, match: re.Match[str], text: str, lang: str) -> Iterator[Piece]:
    """Pieces for one thing that is not read as it is written."""
    start, end = match.span()

    def whole(said: str) -> Iterator[Piece]:
        lead = " " if start and not text[start - 1].isspace() and text[start - 1] != "-" else ""
        yield Piece(
            f"{lead}{said} " if lang == "en" else f"{lead if said[:1].isascii() else ''}{said}", start, end, lang, False
        )

    if name == "silent":
        yield Piece(" ", start, end, lang, False)
    elif name == "dash":
        yield Piece(", " if lang == "en" else "，", start, end, lang, False)
    elif name == "till":
        yield Piece(" to " if lang == "en" else "至", start, end, lang, False)
    elif name == "and":
        yield from whole("and" if lang == "en" else "和")
    elif name in ("day_month", "month_day"):
        yield from _month_and_day(name, match, lang)
    elif name == "room":
        yield Piece(match[1] + " ", start, match.start(2), lang, False)
        said = en.room(match[2]) if lang == "en" else zh.digits(match[2])
        yield Piece(said + (" " if lang == "en" else ""), match.start(2), end, lang, False)
    elif name == "lcc":
        parts = list(re.finditer(r"\S+", match[0]))
        for i, part in enumerate(parts):
            stop = start + (parts[i + 1].start() if i + 1 < len(parts) else len(match[0]))
            if re.fullmatch(r"(1[5-9]|20)\d\d", part[0]):
                said = en.year(int(part[0])) if lang == "en" else zh.digits(part[0])
            else:
                said = en.call_number(part[0]) if lang == "en" else zh.call_number(part[0])
            comma = ("," if lang == "en" else "，") if i + 1 < len(parts) else ""
            yield Piece(f" {said}{comma} ", start + part.start(), stop, lang, False)
    else:
        say = (_ENGLISH if lang == "en" else _MANDARIN)[name]
        yield from whole(say(match, text))


def _month_and_day(name: str, match: re.Match[str], lang: str) -> Iterator[Piece]:
    month, day, year = (match[2], match[1], match[3]) if name == "day_month" else (match[1], match[2], match[3])
    first, second = (1, 2)
    said = {month: month, day: en.day(int(day))}
    for group, following in ((first, second), (second, 3 if year else 0)):
        stop = match.start(following) if following else match.end()
        yield Piece(said[match[group]] + " ", match.start(group), stop, lang, False)
    if year:
        yield Piece(en.year(int(year)) + " ", match.start(3), match.end(), lang, False)


Say = Callable[["re.Match[str]", str], str]


def _zh_number(match: re.Match[str], text: str) -> str:
    """Cardinal, but a year-like number in a title is read digit by digit."""
    number = match[0]
    before, after = text[: match.start()], text[match.end() :]
    titled = before.endswith("《") or (before.endswith(("“", "「", "『")) and after.startswith(("”", "」", "』")))
    if re.fullmatch(r"(1\d|20)\d\d", number) and titled:
        return zh.digits(number)
    return zh.counted(number, after.lstrip())


def _en_clocks(match: re.Match[str], text: str) -> str:
    return f"{en.clock(int(match[1]), int(match[2]))} to {en.clock(int(match[3]), int(match[4]))}"


def _en_time(match: re.Match[str], text: str) -> str:
    if int(match[1]) > 24 or int(match[2]) > 59:
        return f"{en.cardinal(int(match[1]))} {en.cardinal(int(match[2]))}"
    return en.clock(int(match[1]), int(match[2]), f"{match[3].lower()}m" if match[3] else "")


def _zh_time(match: re.Match[str], text: str) -> str:
    if int(match[1]) > 24 or int(match[2]) > 59:
        return f"{zh.cardinal(int(match[1]))}比{zh.cardinal(int(match[2]))}"
    half = {"a": "上午", "p": "下午"}.get((match[3] or "").lower(), "")
    return half + zh.clock(int(match[1]), int(match[2]))


def _en_ddc(match: re.Match[str], text: str) -> str:
    number, _, mark = match[0].replace("/", " ").partition(" ")
    said = en.call_number(number)
    return f"{said}, {' '.join(en.call_number(mark).split())}" if mark else said


def _zh_ddc(match: re.Match[str], text: str) -> str:
    return zh.call_number(match[0].replace("/", " "))


def _en_date(match: re.Match[str], text: str) -> str:
    year, month, day = int(match[1]), int(match[3]), int(match[4])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return en.digits(match[0])
    return f"{en.MONTHS[month - 1]} {en.day(day)}, {en.year(year)}"


def _zh_date(match: re.Match[str], text: str) -> str:
    year, month, day = match[1], int(match[3]), int(match[4])
    return f"{zh.digits(year)}年{zh.cardinal(month)}月{zh.cardinal(day)}日"


_ENGLISH: Final[dict[str, Say]] = {
    "mail": lambda m, _: en.address(m[0]),
    "url": lambda m, _: en.address(m[0]),
    "isbn": lambda m, _: en.digits(m[0]),
    "date": _en_date,
    "zh_years": lambda m, _: f"{en.year(int(m[1]))} to {en.year(int(m[2]))}",
    "zh_year": lambda m, _: en.year(int(m[0])),
    "times": _en_clocks,
    "time": _en_time,
    "hour": lambda m, _: en.clock(int(m[1]), 0, f"{m[2].lower()}m"),
    "call": lambda m, _: en.call_number(m[0]),
    "ddc": _en_ddc,
    "zh_room": lambda m, _: en.room(m[0]),
    "money": lambda m, _: en.price(m[1], en.MONEY[m[0][0]]),
    "percent": lambda m, _: en.decimal(m[1]) + " per cent",
    "phone": lambda m, _: ", ".join(en.digits(part) for part in re.split(r"[- ]", m[0].lstrip("+"))),
    "th": lambda m, _: en.ordinal(int(m[1])),
    "ranges": lambda m, _: f"{en.decimal(m[1])} to {en.decimal(m[2])}",
    "shelf": lambda m, _: f"{en.cardinal(int(m[1]))} dash {en.cardinal(int(m[2]))}",
    "unit": lambda m, _: en.amount(m[1], en.UNITS[m[2]]),
    "year": lambda m, _: en.year(int(m[0])),
    "number": lambda m, _: en.decimal(m[1]),
}
_MANDARIN: Final[dict[str, Say]] = {
    "mail": lambda m, _: zh.address(m[0]),
    "url": lambda m, _: zh.address(m[0]),
    "isbn": lambda m, _: zh.digits(m[0]),
    "date": _zh_date,
    "zh_years": lambda m, _: f"{zh.digits(m[1])}至{zh.digits(m[2])}",
    "zh_year": lambda m, _: zh.digits(m[0]),
    "times": lambda m, _: f"{zh.clock(int(m[1]), int(m[2]))}至{zh.clock(int(m[3]), int(m[4]))}",
    "time": _zh_time,
    "hour": lambda m, _: {"a": "上午", "p": "下午"}[m[2].lower()] + zh.clock(int(m[1]), 0),
    "call": lambda m, _: zh.call_number(m[0]),
    "ddc": _zh_ddc,
    "zh_room": lambda m, _: zh.digits(m[0]),
    "money": lambda m, _: zh.decimal(m[1]) + zh.MONEY[m[0][0]],
    "percent": lambda m, _: "百分之" + zh.decimal(m[1]),
    "phone": lambda m, _: "，".join(zh.phone(part) for part in re.split(r"[- ]", m[0].lstrip("+"))),
    "th": lambda m, _: "第" + zh.cardinal(int(m[1])),
    "ranges": lambda m, _: f"{zh.decimal(m[1])}至{zh.decimal(m[2])}",
    "shelf": lambda m, _: f"{zh.cardinal(int(m[1]))}杠{zh.cardinal(int(m[2]))}",
    "unit": lambda m, _: zh.counted(m[1], zh.UNITS[m[2]]) + zh.UNITS[m[2]],
    "year": _zh_number,
    "number": _zh_number,
}
