"""A question, what is known when it is asked, and the reply: values the whole mind hands around."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from avatars.language import Lang
from library.values import Item, Record
from spatial.locate import Place
from spatial.plan import ShelfFace
from spatial.route import NoRoute, Position, Profile, Route

Intent = Literal[
    "find_item", "find_topic", "guide", "where_am_i", "what_is_here", "ask_fact", "book_space", "recommend",
    "open_world", "account", "small_talk", "unclear", "out_of_scope",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """One thing a reader said or typed. ``at``: where the reader stands; ``now``: local time at the library.

    ``lang``: the language the reader seems to use; the words themselves decide. ``answer_in``: the language that was
    asked for, whatever the words are in.
    ``tentative``: the reader may not have finished and the reply may be thrown away; nothing may be done for it.
    """

    text: str
    lang: Lang | None = None
    at: Position | None = None
    now: datetime | None = None
    tentative: bool = False
    answer_in: Lang | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """A record, its copy, and the shelf it stands on; ``face`` is None when no shelf on the map holds it."""

    record: Record
    item: Item | None
    face: ShelfFace | None = None
    bay: int | None = None
    bay_estimated: bool = True
    stand: Place | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What a sentence rests on: a span of a document, a record, or a feature of the map."""

    document: str | None = None
    heading: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    record_id: str | None = None
    feature_id: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """Something done or proposed. ``state``: "proposed", "done" or "not_available". ``record_id``: of a book."""

    kind: str
    state: str
    record_id: str | None = None


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One part of a request of several parts, and what was answered to it."""

    asked: str
    intent: Intent
    text: str
    place: Place | None = None
    route: Route | NoRoute | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """What the visit has been about so far, for "take me there" and "the second one".

    ``rest``: what a list left unsaid, for "more". ``last``: the last reply without its memory, for "say that again".
    ``kept``: the code under which the reader had the visit kept.
    """

    lang: Lang | None = None
    items: tuple[Located, ...] = ()
    chosen: Located | None = None
    place: Place | None = None
    candidates: tuple[Located | Place, ...] = ()
    pending: str = ""
    rest: tuple[Located, ...] = ()
    last: Reply | None = None
    turns: tuple[tuple[str, str], ...] = ()
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """The librarian's answer with everything it rests on, and the memory to hand to the next question.

    ``steps``: the parts of a request that had several, in order; empty for a plain question.
    """

    text: str
    lang: Lang
    intent: Intent
    refused: bool = False
    clarify: bool = False
    items: tuple[Located, ...] = ()
    place: Place | None = None
    route: Route | NoRoute | None = None
    profile: Profile = "walk"
    sources: tuple[Source, ...] = ()
    candidates: tuple[Located | Place, ...] = ()
    action: Action | None = None
    steps: tuple[PlanStep, ...] = ()
    memory: Memory = field(default_factory=Memory)
