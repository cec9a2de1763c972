"""Rooms: who is there, what staff may do, pins taken back, notes that stay, tours, and the librarian overheard."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from wire.messages.base import Id, Lang, Message, Metres, Number, ShortText
from wire.messages.guide import Profile
from wire.messages.meet import PersonBody, PersonNumber

ModerateAct = Literal["mute", "unmute", "remove"]
NoteKind = Literal["note", "exhibit"]
TourLeader = Literal["librarian", "person"]


class Who(Message):
    """Who is in the room?"""

    type: Literal["who"] = "who"
    id: Id


class Unpin(Message):
    """Take one's own pin back; staff may take anybody's by naming the number."""

    type: Literal["unpin"] = "unpin"
    id: Id
    pin: Id = Field(description="Id of the pin message.")
    number: PersonNumber | None = Field(default=None, description="Whose pin; absent: one's own.")


class Moderate(Message):
    """Staff let somebody be silent, speak again, or go. It holds for the visit, also over broken lines."""

    type: Literal["moderate"] = "moderate"
    id: Id
    act: ModerateAct
    number: PersonNumber
    for_s: float = Field(default=600.0, ge=1, le=86_400, description="Seconds for which it holds.")


class Note(Message):
    """Leave something at a place for those who come later: a note, or an exhibit (a book that others can open)."""

    type: Literal["note"] = "note"
    id: Id
    kind: NoteKind = "note"
    text: Annotated[str, Field(min_length=1, max_length=500)]
    east_m: Metres = Field(description="East of the map origin (in a book's world: of its origin), metres.")
    north_m: Metres = Field(description="North of it, metres.")
    level: int = Field(default=0, ge=-50, le=200, description="Ordinal of the level, 0 = ground.")
    record_id: Annotated[str, Field(max_length=128)] | None = Field(
        default=None, description="The book that is shown; an exhibit needs it."
    )


class RemoveNote(Message):
    """Take a note away: its author, in the same visit, or staff."""

    type: Literal["remove_note"] = "remove_note"
    id: Id
    note: Id


class LeadTour(Message):
    """Begin a tour in one's room: one of ``tour``, ``stops``, ``answer``; none of them: the leader is followed."""

    type: Literal["lead_tour"] = "lead_tour"
    id: Id
    tour: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")] | None = Field(
        default=None, description="Name of a tour that the home keeps in its folder of tours."
    )
    stops: Annotated[tuple[ShortText, ...], Field(max_length=24)] = Field(
        default=(), description="Places as in guide, or `record:` and a record's id."
    )
    answer: bool = Field(default=False, description="The places and books of the librarian's last answer.")
    led_by: TourLeader = Field(
        default="librarian",
        description="librarian: she goes on by herself when all are there. person: whoever began says when.",
    )
    title: ShortText = ""
    profile: Profile = Field(default="walk", description="How whoever begins it walks.")


class FollowTour(Message):
    """Join the room's tour, or stop following it."""

    type: Literal["follow_tour"] = "follow_tour"
    on: bool = True
    profile: Profile = Field(default="walk", description="How the one who follows walks; each is led their own way.")


class SteerTour(Message):
    """Whoever began the tour, or staff, takes it on, back, or ends it."""

    type: Literal["steer_tour"] = "steer_tour"
    to: Literal["next", "back", "end"]


class People(Message):
    """Who is in the room, as far as they show themselves to the one who asks; comes after entering as well."""

    type: Literal["people"] = "people"
    of: str | None = Field(default=None, description="Id of the question; null: not asked for.")
    people: tuple[PersonBody, ...]
    total: int = Field(description="How many show themselves; more than are listed in a full building.")


class Joined(Message):
    """Somebody has come into the room (not told in the building, where too many come and go)."""

    type: Literal["joined"] = "joined"
    person: PersonBody


class Parted(Message):
    """Somebody has left the room, or shows themselves no longer."""

    type: Literal["parted"] = "parted"
    number: PersonNumber


class Unpinned(Message):
    """A pin is no longer to be shown, before its time."""

    type: Literal["unpinned"] = "unpinned"
    of: str = Field(description="Id of the pin message.")
    number: PersonNumber


class Moderated(Message):
    """What staff did: to the one it was done to, and to the staff."""

    type: Literal["moderated"] = "moderated"
    of: str | None = Field(default=None, description="Id of the staff's message; null for the one it was done to.")
    act: ModerateAct
    number: PersonNumber
    for_s: Number = Field(description="Seconds for which it holds.")


class NoteBody(Message):
    """Something that was left at a place."""

    id: Id
    kind: NoteKind
    text: str
    east_m: Number = Field(description="East of the origin, metres.")
    north_m: Number = Field(description="North of the origin, metres.")
    level: int = Field(description="Ordinal of the level, 0 = ground.")
    record_id: str | None = None
    title: str = Field(default="", description="Title of the book that is shown.")
    author: str = Field(description="Of whoever wrote it: a pseudonym; one's own is in entered.")
    author_name: dict[Lang, str] = Field(description="The same for people to read, by language.")
    written_at: str = Field(description="When, UTC, ISO 8601.")


class Notes(Message):
    """Everything that was left in the room; comes after entering, the newest first."""

    type: Literal["notes"] = "notes"
    room: str
    notes: tuple[NoteBody, ...]


class Noted(Message):
    """Something was left at a place in the room."""

    type: Literal["noted"] = "noted"
    of: str = Field(description="Id of the note message.")
    note: NoteBody


class NoteRemoved(Message):
    """A note is gone."""

    type: Literal["note_removed"] = "note_removed"
    of: str = Field(description="Id of the message that removed it.")
    note: Id


class StopBody(Message):
    """One stop of a tour."""

    name: dict[str, str] = Field(description="By language.")
    east_m: Number = Field(description="East of the map origin, metres.")
    north_m: Number = Field(description="North of the map origin, metres.")
    level: int = Field(description="Ordinal of the level, 0 = ground.")
    record_id: str | None = None


class Tour(Message):
    """How the room's tour stands; sent to everybody in the room whenever that changes."""

    type: Literal["tour"] = "tour"
    of: str = Field(description="Id of the message that began it.")
    title: dict[str, str] = Field(description="By language.")
    led_by: TourLeader
    leader: PersonNumber | None = Field(description="Number of the person who leads; null: the librarian.")
    stops: tuple[StopBody, ...] = Field(description="Empty: the tour goes wherever the leader goes.")
    at: int = Field(description="Index of the stop that is being walked to or has been reached.")
    phase: Literal["walking", "there", "ended"]
    followers: int = Field(description="People on the tour, the leader not counted.")
    gathered: int = Field(description="Of these, how many are at the stop.")
    text: dict[str, str] = Field(default_factory=dict, description="What is told at the stop, by language.")
    reason: Literal["finished", "asked", "leader_left", "nobody"] | None = Field(
        default=None, description="Why it has ended."
    )


class Overheard(Message):
    """What the librarian answers somebody who stands near and shares it. What that person said is never sent."""

    type: Literal["overheard"] = "overheard"
    number: PersonNumber = Field(description="Whom she answers.")
    name: str
    text: str
    lang: Lang
    utterance: int | None = Field(default=None, description="The speech that says it; null: it is not spoken to you.")
