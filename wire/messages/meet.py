"""Meeting others: entering and leaving, who may see one, chat, pointing, and who the numbers in pose frames are."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from wire.messages.base import Id, Message, Metres, Number

World = Literal["building", "virtual"]
Visible = Literal["nobody", "own", "all"]
Gesture = Literal["wave", "nod", "clap", "thanks", "question"]
RoomKind = Literal["building", "world", "tour", "group"]
RoomName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
PersonName = Annotated[str, Field(max_length=40)]
PersonNumber = Annotated[int, Field(ge=0, le=2**32 - 1)]
"""As in pose frames, where it has 32 bits."""

VISIBLE = (
    "Who may see one: nobody; people of one's own world; all, also the other world's. Whoever does not show "
    "themselves to the other world does not see its people."
)
SHARES = "Those who stand near may hear what the librarian answers one; never what one said oneself."
HEARS = "Hear what the librarian answers those who stand near, as far as they share it."


class Enter(Message):
    """Be with others. Poses sent from now on are shown to those who may see them, theirs come in pose frames."""

    type: Literal["enter"] = "enter"
    room: RoomName = Field(
        default="building",
        description="`building`; `world-…`, as world_ready names it; `tour-…`; any other name is a group's own room.",
    )
    name: PersonName = Field(default="", description="What others call one; empty: nothing.")
    visible: Visible = Field(default="nobody", description=VISIBLE)
    world: World | None = Field(default=None, description="Absent: virtual for clients of kind unity, else building.")
    shares: bool = Field(default=False, description=SHARES)
    hears: bool = Field(default=False, description=HEARS)


class Leave(Message):
    """Be alone again."""

    type: Literal["leave"] = "leave"


class Visibility(Message):
    """Choose anew who may see one; it holds from the next tick."""

    type: Literal["visibility"] = "visibility"
    visible: Visible = Field(description=VISIBLE)
    shares: bool | None = Field(default=None, description=f"{SHARES} Absent: as before.")
    hears: bool | None = Field(default=None, description=f"{HEARS} Absent: as before.")


class Chat(Message):
    """Say something to those near by. The same ``id`` again is not said again."""

    type: Literal["chat"] = "chat"
    id: Id
    text: Annotated[str, Field(min_length=1, max_length=500)]


class Pin(Message):
    """Point at a place: "look here"."""

    type: Literal["pin"] = "pin"
    id: Id
    east_m: Metres = Field(description="East of the map origin, metres.")
    north_m: Metres = Field(description="North of the map origin, metres.")
    level: int = Field(ge=-50, le=200, description="Ordinal of the level, 0 = ground.")
    text: Annotated[str, Field(max_length=120)] = ""
    lasts_s: float = Field(default=20.0, ge=1, le=300, description="Seconds for which it is shown.")


class Emote(Message):
    """A gesture that is made once. Lasting ones are part of the pose frame."""

    type: Literal["emote"] = "emote"
    name: Gesture


class Entered(Message):
    """The answer to enter, and to resuming a visit that had entered."""

    type: Literal["entered"] = "entered"
    number: PersonNumber = Field(description="One's own number in pose frames; another one at each entering.")
    room: str
    world: World
    visible: Visible
    most: int = Field(description="Most people shown at the same time.")
    tick_s: Number = Field(description="Seconds between pose frames when the server keeps up.")
    silent_s: Number = Field(description="Without a pose for so long one is no longer there.")
    kind: RoomKind = Field(default="building", description="In the building chat reaches those near, else all.")
    role: Literal["visitor", "reader", "robot", "staff"] = Field(
        default="reader", description="What one may do: a visitor leaves no notes, staff may moderate."
    )
    author: str = Field(default="", description="One's own pseudonym, as it stands in notes.")
    name: str = Field(default="", description="As one said in enter; for a client that has forgotten it.")
    hears: bool = Field(default=False, description=HEARS)
    shares: bool = Field(default=False, description=SHARES)


class Left(Message):
    """One is alone again."""

    type: Literal["left"] = "left"
    reason: Literal["asked", "removed"] = Field(default="asked", description="removed: by staff.")


class PersonBody(Message):
    """Who a number is."""

    number: PersonNumber
    name: str
    role: Literal["reader", "robot", "staff", "librarian"]
    world: World


class Neighbours(Message):
    """Who has come into view."""

    type: Literal["neighbours"] = "neighbours"
    people: tuple[PersonBody, ...]


class Said(Message):
    """Somebody near by said something; one's own words come back as said."""

    type: Literal["said"] = "said"
    of: str = Field(description="Id of the chat message.")
    number: PersonNumber
    name: str
    text: str


class Pinned(Message):
    """Somebody near by points at a place."""

    type: Literal["pinned"] = "pinned"
    of: str = Field(description="Id of the pin message.")
    number: PersonNumber
    name: str
    east_m: Number = Field(description="East of the map origin, metres.")
    north_m: Number = Field(description="North of the map origin, metres.")
    level: int = Field(description="Ordinal of the level, 0 = ground.")
    text: str
    lasts_s: Number = Field(description="Seconds for which to show it.")


class Emoted(Message):
    """Somebody near by made a gesture."""

    type: Literal["emoted"] = "emoted"
    number: PersonNumber
    name: Gesture
