"""What a reader may be about to type, as ``GET /v1/suggest`` gives it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from wire.messages.base import Message


class Suggestion(Message):
    """One thing to go on with."""

    kind: Literal["title", "author", "place"]
    text: str = Field(description="What to show: the title, the name of the author or place.")
    detail: str = Field(description="A second line: the author of a title, the level of a place; may be empty.")
    ask: str = Field(description="The question to ask when it is chosen, in the language that was asked for.")


class SuggestBody(Message):
    """Suggestions, best first."""

    suggestions: tuple[Suggestion, ...]
