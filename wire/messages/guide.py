"""Being led: the route, the reader's poses, progress along the way."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from wire.messages.base import Id, Message, Metres, Number

Profile = Literal["walk", "step-free", "robot"]


class Guide(Message):
    """Lead me there: to a place, a shelf face, or a record's shelf."""

    type: Literal["guide"] = "guide"
    id: Id
    to: Annotated[str, Field(max_length=300, description="A place as in the command `route --to`.")] | None = None
    record_id: Annotated[str, Field(max_length=128)] | None = None
    profile: Profile = "walk"


class StopGuide(Message):
    """Stop leading me."""

    type: Literal["stop_guide"] = "stop_guide"


class Pose(Message):
    """Where the reader is now; 5–20 a second. Latest wins."""

    type: Literal["pose"] = "pose"
    east_m: Metres = Field(description="East of the map origin, metres.")
    north_m: Metres = Field(description="North of the map origin, metres.")
    level: int = Field(ge=-50, le=200, description="Ordinal of the level, 0 = ground.")
    heading_deg: Number | None = Field(default=None, description="Clockwise from map north, degrees.")


class StepBody(Message):
    """One instruction."""

    text: str
    kind: str
    level: int = Field(description="Ordinal of the level on which it starts.")
    at_m: Number = Field(description="Metres from the start of the route.")
    distance_m: Number = Field(description="Metres until the next step.")
    east_m: Number = Field(description="East of the map origin, metres.")
    north_m: Number = Field(description="North of the map origin, metres.")


class RouteBody(Message):
    """A way through the building, or the reason why there is none (``length_m`` null)."""

    length_m: Number | None = Field(description="Walking length in metres; null when there is no way.")
    duration_s: Number | None = Field(description="Expected walking time in seconds.")
    levels: tuple[int, ...] = Field(description="Ordinals of the levels in the order walked.")
    points: tuple[tuple[Number, Number, int], ...] = Field(
        description="[east_m, north_m, level ordinal] of each corner."
    )
    steps: tuple[StepBody, ...] = ()
    reason: str | None = None
    start_moved_m: Number = Field(
        default=0.0, description="How far the first point lies from the start asked for, which nobody can stand on."
    )
    goal_moved_m: Number = Field(default=0.0, description="The same of the last point and the goal.")


class Route(Message):
    """A new route. ``revision`` grows with each; progress names the revision it belongs to."""

    type: Literal["route"] = "route"
    revision: int = Field(ge=1)
    of: str = Field(description="Id of the request that started the guidance.")
    reason: Literal["start", "off_route", "plan_changed", "level_changed", "profile_changed"]
    goal: dict[str, str] = Field(description="Name of the goal by language.")
    range_id: str | None = None
    bay: int | None = None
    route: RouteBody
    why: str = Field(
        default="", description="What was closed or opened, in the visit's language, when `reason` is plan_changed."
    )


class ChangeBody(Message):
    """One door, lift, stairs or room that was closed or opened."""

    id: str
    name: dict[str, str]
    closed: bool
    text: str = Field(description="The change in a sentence, in the visit's language.")


class PlanChanged(Message):
    """Something in the building was closed or opened. Readers on the way get another route where they need one."""

    type: Literal["plan_changed"] = "plan_changed"
    changes: tuple[ChangeBody, ...]


class NoWay(Message):
    """There is no way to the goal; guidance ends."""

    type: Literal["no_way"] = "no_way"
    of: str
    reason: str = Field(description="A sentence in the session's language.")


class Progress(Message):
    """How far along the route the reader is. Droppable."""

    type: Literal["progress"] = "progress"
    revision: int
    along_m: Number = Field(description="Metres walked along the route.")
    remaining_m: Number = Field(description="Metres left.")
    remaining_s: Number = Field(description="Seconds left at the profile's speed.")
    step: int = Field(ge=0, description="Index of the current step.")
    off_m: Number = Field(description="Distance from the route, metres.")


class StepDue(Message):
    """Say this step now."""

    type: Literal["step_due"] = "step_due"
    revision: int
    step: int
    text: str


class Arrived(Message):
    """The reader stands at the goal; light up the bay."""

    type: Literal["arrived"] = "arrived"
    revision: int
    text: str
    range_id: str | None = None
    bay: int | None = None
    level: int = Field(description="Ordinal of the level.")


class GuideStopped(Message):
    """Guidance has ended without arrival."""

    type: Literal["guide_stopped"] = "guide_stopped"
    of: str
    reason: Literal["asked", "replaced", "reset"]
