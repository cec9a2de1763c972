"""A question and its answer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from wire.messages.base import Id, Lang, Message, Number, Point, Position
from wire.messages.guide import RouteBody

Intent = Literal[
    "find_item",
    "find_topic",
    "guide",
    "where_am_i",
    "what_is_here",
    "ask_fact",
    "book_space",
    "recommend",
    "open_world",
    "account",
    "small_talk",
    "unclear",
    "out_of_scope",
]


class Ask(Message):
    """A typed question."""

    type: Literal["ask"] = "ask"
    id: Id
    text: Annotated[str, Field(max_length=2000)]
    lang: Lang | None = Field(default=None, description="Language of the question; absent: recognised.")
    at: Position | None = Field(default=None, description="Where the reader stands; absent: the last pose or `here`.")


class ShelfBody(Message):
    """Where an item stands."""

    range_id: str
    label: str
    level: int = Field(description="Ordinal of the level.")
    bay: int | None = Field(description="Bay along the face, 1 at its start.")
    bay_estimated: bool
    point: Point | None = Field(description="In front of the bay, where the reader stands.")


class ItemBody(Message):
    """A record in an answer."""

    record_id: str
    title: str
    authors: tuple[str, ...]
    call_number: str
    scheme: str
    status: str
    shelf: ShelfBody | None


class PlaceBody(Message):
    """A place in an answer."""

    id: str
    name: dict[str, str]
    kind: str
    level: int = Field(description="Ordinal of the level.")
    point: Point


class SourceBody(Message):
    """What a sentence rests on: a span of a document, a record or a feature of the map."""

    document: str | None = None
    heading: str | None = None
    start: int | None = Field(default=None, description="First character of the span in the document's text.")
    end: int | None = Field(default=None, description="One past the last character of the span.")
    quote: str | None = None
    record_id: str | None = None
    feature_id: str | None = None


class ActionBody(Message):
    """Something done or proposed for the reader."""

    kind: str
    state: str
    detail: dict[str, str] = Field(default_factory=dict)


class StepBody(Message):
    """One part of a request that had several, and what was answered to it."""

    asked: str
    intent: Intent
    text: str
    place: PlaceBody | None = None
    length_m: Number | None = Field(default=None, description="Length of the way to the place, in metres.")


class Answer(Message):
    """The librarian's answer. ``candidates`` are choices when one question back is needed.

    ``steps``: the parts of a request that had several, in the order they are done; empty for a plain question.
    """

    type: Literal["answer"] = "answer"
    of: str = Field(description="Id of the question, or of the spoken turn.")
    text: str
    lang: Lang
    intent: Intent
    refused: bool
    clarify: bool
    items: tuple[ItemBody, ...] = ()
    place: PlaceBody | None = None
    route: RouteBody | None = None
    sources: tuple[SourceBody, ...] = ()
    candidates: tuple[ItemBody | PlaceBody, ...] = ()
    action: ActionBody | None = None
    steps: tuple[StepBody, ...] = ()
    utterance: int | None = Field(default=None, description="Stream id of the speech that says it, if it is spoken.")


class Thinking(Message):
    """What the librarian is doing, for a client's face and lights."""

    type: Literal["state"] = "state"
    state: Literal["idle", "listening", "thinking", "speaking"]
    level: Number | None = Field(default=None, description="Loudness of the microphone, 0…1, while listening.")
