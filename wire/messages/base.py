"""What every message shares: frozen, ignoring fields it does not know, so that old clients and servers keep talking."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Lang = Literal["en", "zh"]
ShortText = Annotated[str, Field(max_length=200)]
Id = Annotated[str, Field(min_length=1, max_length=128)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Metres = Annotated[float, Field(allow_inf_nan=False, ge=-1e7, le=1e7)]
"""A coordinate that a client sends: within 10,000 km of the map origin, or it is not in this building."""


class Message(BaseModel):
    """Base of all messages and their parts."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Position(Message):
    """A place in the map frame."""

    east_m: Metres = Field(description="East of the map origin, metres.")
    north_m: Metres = Field(description="North of the map origin, metres.")
    level: int = Field(ge=-50, le=200, description="Ordinal of the level, 0 = ground.")


class Point(Message):
    """A point for drawing: the same as a position, with the level's id for clients that key on it."""

    east_m: Number = Field(description="East of the map origin, metres.")
    north_m: Number = Field(description="North of the map origin, metres.")
    level: int = Field(description="Ordinal of the level, 0 = ground.")
