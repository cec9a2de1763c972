"""The brief: what a world or a poster shall show, as plain values, before anybody paints.

A brief is made by ``brief_compose.py`` from a record, a theme shelf or a reader's own idea, through the controlled
vocabulary of ``brief_words.py``. Equal briefs have equal keys, so that a world is painted once.
Core: no files, no clock.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Literal

from assets.errors import BriefError

Time = Literal["dawn", "day", "dusk", "night"]
Weather = Literal["clear", "cloudy", "mist", "snow", "storm"]
Style = Literal["plain", "ink"]
Audience = Literal["children", "everyone"]
Lang = Literal["en", "zh"]
Level = Literal["full", "easy"]
"""Of reading: easy has short sentences and the pictures that children get."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of the home's own records or documents. ``source``: record id, or file name and heading."""

    text: str
    source: str
    lang: Lang


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A book whose world a portal leads to."""

    record_id: str
    title: str


@dataclass(frozen=True, slots=True)
class Brief:
    """What to show.

    ``motif``: key of the vocabulary, decides place and painting. ``also``: a second motif whose things stand about.
    ``prompt``: the composed words for painters that read words; built from the vocabulary only. ``seed``: 0…2³²−1.
    ``accent``: −1…1, turns the palette a little, so that two books of one motif differ.
    """

    title: str
    byline: str
    lang: Lang
    motif: str
    also: str
    time: Time
    weather: Weather
    style: Style
    accent: float
    seed: int
    prompt: str
    negative: str
    quotations: tuple[Quotation, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    record_id: str = ""
    audience: Audience = "everyone"

    def canonical(self) -> str:
        """The brief as JSON text with a fixed order."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def key(self, painter: str, width_px: int) -> str:
        """What a finished world is found by: the brief, who paints, how large. ``painter``: with its version."""
        text = f"{painter}\n{width_px}\n{self.canonical()}"
        return hashlib.sha256(text.encode()).hexdigest()


def read_brief(text: str) -> Brief:
    """The brief of a canonical text. Raises BriefError when it is none."""
    try:
        value = json.loads(text)
        value["quotations"] = tuple(Quotation(**one) for one in value["quotations"])
        value["neighbours"] = tuple(Neighbour(**one) for one in value["neighbours"])
        return Brief(**value)
    except (ValueError, TypeError, KeyError) as fault:
        raise BriefError("this is not the text of a brief; ask for the world again") from fault


def seed_of(text: str) -> int:
    """A number that is the same for the same text on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
