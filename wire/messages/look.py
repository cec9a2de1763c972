"""What was seen in a camera's picture: the body of ``POST /v1/look``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from wire.messages.ask import ItemBody, PlaceBody
from wire.messages.base import Message, Number, Position


class CodeBody(Message):
    """One code in the picture."""

    kind: Literal["isbn", "shelf", "other"]
    text: str = Field(description="ISBN-13, id of a shelf face, or what the code says.")


class FixBody(Message):
    """Where the camera is, from one shelf's mark."""

    position: Position
    heading_deg: Number = Field(description="Degrees clockwise from map north, the way the camera looks.")
    accuracy_m: Number = Field(description="Metres: most that the position is likely to be off.")


class LookBody(Message):
    """What the codes of a picture mean here. ``items``: books by their ISBN, every copy with the shelf it stands on."""

    codes: tuple[CodeBody, ...]
    items: tuple[ItemBody, ...] = ()
    place: PlaceBody | None = None
    fix: FixBody | None = None
    text: str = Field(description="One sentence for the reader.")
