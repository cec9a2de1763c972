"""What was seen in a camera's picture: the body of ``POST /v1/look``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from wire.messages.ask import ItemBody, PlaceBody
from wire.messages.base import Message, Number, Position


class CodeBody(Message):
    """One code in the picture."""

    kind: Literal["isbn", "shelf", "tag", "other"]
    text: str = Field(description="ISBN-13, id of a shelf face, `tag36h11:` and a number, or what the code says.")


class GeoPosition(Message):
    """Where, on Earth."""

    lat: Number
    lon: Number
    h: Number = Field(description="Metres above the ground floor of the library.")


class GeoAngles(Message):
    """Which way, in degrees: yaw from east, counter-clockwise; pitch turns the nose down; roll about its line."""

    yaw: Number
    pitch: Number
    roll: Number


class GeoPose(Message):
    """An OGC GeoPose 1.0, Basic-YPR."""

    position: GeoPosition
    angles: GeoAngles


class FixBody(Message):
    """Where the camera is, from one mark. The last four are there when a known camera sees an AprilTag."""

    position: Position
    heading_deg: Number = Field(description="Degrees clockwise from map north, the way the camera looks.")
    accuracy_m: Number = Field(description="Metres: most that the position is likely to be off.")
    height_m: Number | None = Field(default=None, description="Metres above the floor.")
    pitch_deg: Number | None = Field(default=None, description="Degrees upwards.")
    roll_deg: Number | None = Field(default=None, description="Degrees to the right.")
    geopose: GeoPose | None = None


class LookBody(Message):
    """What the codes of a picture mean here. ``items``: books by their ISBN, every copy with the shelf it stands on."""

    codes: tuple[CodeBody, ...]
    items: tuple[ItemBody, ...] = ()
    place: PlaceBody | None = None
    fix: FixBody | None = None
    text: str = Field(description="One sentence for the reader.")
