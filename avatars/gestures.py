"""Where the librarian looks and points while she speaks: cues as data, for whatever body a client gives her.

A clause that says the way points along its next points; one that names the shelf looks at it and points; a question
looks at the reader. All from the words of the clause and what the answer rests on, so that hands never say what the
text does not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from avatars.values import Located, Reply
from spatial.route import Route

_WAY: Final = re.compile(
    r"\b(?:turn|left|right|straight|ahead|along|towards?|follow|through|past|stairs|lift|escalator|go|walk|this way)\b"
    r"|左|右|直走|往前|向前|沿|穿过|经过|上楼|下楼|楼梯|电梯|扶梯|跟我|这边走",
    re.IGNORECASE,
)
_SHELF: Final = re.compile(r"\b(?:shelf|shelves|bay|rack)\b|书架|架|排|列", re.IGNORECASE)
_PLACE: Final = re.compile(
    r"\b(?:level|floor|room|over there|behind|beside|near|next to)\b|楼|层|室|旁|后面", re.IGNORECASE
)
AHEAD_M: Final = 15.0
"""How much of the way a hand shows, metres."""
LEAST_S: Final = 0.6
"""A gesture shorter than this is a twitch."""


class Timed(Protocol):
    """A word with its times in seconds."""

    @property
    def text(self) -> str: ...
    @property
    def start_s(self) -> float: ...
    @property
    def end_s(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Cue:
    """One gesture. Times in seconds on the words' clock; ``points``: (east, north, level ordinal) in the map frame."""

    kind: Literal["look", "point", "nod"]
    at: Literal["reader", "place", "shelf", "path"]
    start_s: float
    end_s: float
    points: tuple[tuple[float, float, int], ...] = ()
    range_id: str | None = None
    bay: int | None = None


def find_cues(text: str, words: Sequence[Timed], start_s: float, end_s: float, reply: Reply) -> tuple[Cue, ...]:
    """What she does while a clause is said, from ``start_s`` to ``end_s``; () when nothing is to be shown."""
    if end_s - start_s < LEAST_S:
        return ()
    if text.rstrip().endswith(("?", "？")):
        return (Cue("look", "reader", start_s, end_s),)
    shelf = next((item for item in reply.items if item.face is not None and item.stand is not None), None)
    if shelf is not None and len(reply.items) == 1:
        at_s = _when(_SHELF, text, words, start_s)
        if at_s is None and shelf.face is not None:
            at_s = _when(re.compile(re.escape(shelf.face.label)), text, words, start_s)
        if at_s is not None:
            return _show("shelf", min(at_s, end_s - LEAST_S), end_s, start_s, _shelf_points(shelf), shelf)
    if isinstance(reply.route, Route):
        at_s = _when(_WAY, text, words, start_s)
        if at_s is not None:
            points = next_points(reply.route.points)
            return _show("path", min(at_s, end_s - LEAST_S), end_s, start_s, points) if points else ()
    if reply.place is not None:
        at_s = _when(_PLACE, text, words, start_s)
        if at_s is not None:
            points = ((reply.place.point[0], reply.place.point[1], reply.place.ordinal),)
            return _show("place", min(at_s, end_s - LEAST_S), end_s, start_s, points)
    return ()


def next_points(
    points: Sequence[tuple[float, float, int]], ahead_m: float = AHEAD_M
) -> tuple[tuple[float, float, int], ...]:
    """The beginning of a way, on its first level, as far as it can be pointed along."""
    kept: list[tuple[float, float, int]] = []
    walked_m = 0.0
    for point in points:
        if kept:
            if point[2] != kept[0][2]:
                break
            walked_m += math.dist(point[:2], kept[-1][:2])
        kept.append(point)
        if walked_m >= ahead_m:
            break
    return tuple(kept) if len(kept) > 1 else ()


def _show(
    at: Literal["place", "shelf", "path"],
    from_s: float,
    end_s: float,
    start_s: float,
    points: tuple[tuple[float, float, int], ...],
    item: Located | None = None,
) -> tuple[Cue, ...]:
    """The eyes go first, the hand follows."""
    face, bay = (item.face, item.bay) if item is not None else (None, None)
    range_id = face.range_id if face is not None else None
    from_s = max(start_s, from_s)
    look = Cue("look", at, max(start_s, from_s - 0.25), end_s, points, range_id, bay)
    return (look, Cue("point", at, from_s, end_s, points, range_id, bay))


def _shelf_points(item: Located) -> tuple[tuple[float, float, int], ...]:
    stand = item.stand
    return ((stand.point[0], stand.point[1], stand.ordinal),) if stand is not None else ()


def _when(pattern: re.Pattern[str], text: str, words: Sequence[Timed], start_s: float) -> float | None:
    """When the first match is said; None when there is none."""
    found = pattern.search(text)
    if found is None:
        return None
    at, said_s = 0, start_s
    for word in words:
        place = text.find(word.text, at)
        if place < 0:
            continue
        if place > found.start():
            break
        at, said_s = place, word.start_s
    return said_s
