"""Notes: what people leave at a place for those who come later. Values and rules; keeping them is somebody else's."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Final, Literal

from spatial.plan import XY

NoteKind = Literal["note", "exhibit"]

MOST_IN_ROOM: Final = 500
MOST_OF_ONE: Final = 20
"""In one room."""
SENT: Final = 200
"""Notes that somebody who enters gets, the newest."""

_HOW_EN = (
    "Quiet", "Bright", "Swift", "Gentle", "Clear", "Brave", "Calm", "Early", "Green", "Silver", "Golden", "Blue",
    "Warm", "Keen", "Merry", "Patient",
)  # fmt: skip
_HOW_ZH = (
    "安静", "明亮", "敏捷", "温和", "清朗", "勇敢", "从容", "早起", "青绿", "银色", "金色", "蔚蓝", "温暖", "机敏",
    "快乐", "耐心",
)  # fmt: skip
_WHO_EN = (
    "Heron", "Swallow", "Crane", "Owl", "Fox", "Hare", "Deer", "Otter", "Carp", "Turtle", "Magpie", "Lark", "Cicada",
    "Panda", "Whale", "Finch",
)  # fmt: skip
_WHO_ZH = ("鹭", "燕", "鹤", "鸮", "狐", "兔", "鹿", "獭", "鲤", "龟", "鹊", "雀", "蝉", "熊猫", "鲸", "莺")


@dataclass(frozen=True, slots=True)
class Note:
    """Left at ``point`` (map metres; in a book's world metres there). ``author``: a pseudonym, see ``pseudonym``.

    ``written_s``: seconds since 1970, UTC. ``record_id``: the book that an exhibit shows.
    """

    id: str
    room: str
    kind: NoteKind
    text: str
    point: XY
    ordinal: int
    author: str
    written_s: float
    record_id: str | None = None
    title: str = ""


def pseudonym(secret: bytes, who: str) -> str:
    """A name for somebody that cannot be led back to them without the home's secret; 16 hex digits."""
    return hmac.new(secret, who.encode(), hashlib.sha256).hexdigest()[:16]


def spoken_name(author: str) -> dict[str, str]:
    """A pseudonym as people read it, by language. Two people may share one; the digits tell them apart.

    Raises ValueError when it is no pseudonym.
    """
    number = int(author[:4], 16)
    how, who = number % 16, number // 16 % 16
    return {"en": f"{_HOW_EN[how]} {_WHO_EN[who]}", "zh": f"{_HOW_ZH[how]}的{_WHO_ZH[who]}"}


def may_remove(note: Note, author: str, is_staff: bool) -> bool:
    """May whoever has this pseudonym take the note away?"""
    return is_staff or note.author == author
