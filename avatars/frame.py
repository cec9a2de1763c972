"""What a sentence asks for before anything is looked up: an act and the phrase it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Act = Literal[
    "greet", "thanks", "bye", "who_are_you", "how_are_you", "help", "praise", "rude", "where_am_i",
    "what_is_here", "what_is_on", "guide", "locate", "have", "available", "author_of", "tell_about", "topic",
    "by_author", "recommend", "more_like", "year_of", "edition", "in_language", "fact", "which_level",
    "how_far", "call_number", "copies", "book_space", "account", "world", "out_of_scope", "injection", "yes", "no",
    "bare",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """``phrase``: the thing asked about, "" when none was named. ``by``: an author named beside a title.

    ``quoted``: the phrase stood in title marks, so it can only be a title. ``pronoun``: the phrase points back ("it",
    "there", "那里"). ``ordinal``: "the second one" is 2, "the last one" is −1. ``step_free``: no stairs were asked for.
    ``single``: one book of an author is meant ("the Tolstoy novel"). ``title``: the phrase without the author in it.
    """

    act: Act
    phrase: str = ""
    by: str = ""
    quoted: bool = False
    pronoun: bool = False
    ordinal: int | None = None
    step_free: bool = False
    near: bool = False
    whole: str = ""
    single: bool = False
    title: str = ""
