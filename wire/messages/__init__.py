"""Every message of the wire, in two unions: from client and to client."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter

from wire.messages.ask import Answer, Ask, Thinking
from wire.messages.guide import (
    Arrived,
    Guide,
    GuideStopped,
    NoWay,
    PlanChanged,
    Pose,
    Progress,
    Route,
    StepDue,
    StopGuide,
)
from wire.messages.meet import (
    Chat,
    Emote,
    Emoted,
    Enter,
    Entered,
    Leave,
    Left,
    Neighbours,
    Pin,
    Pinned,
    Said,
    Visibility,
)
from wire.messages.rooms import (
    FollowTour,
    Joined,
    LeadTour,
    Moderate,
    Moderated,
    Note,
    Noted,
    NoteRemoved,
    Notes,
    Overheard,
    Parted,
    People,
    RemoveNote,
    SteerTour,
    Tour,
    Unpin,
    Unpinned,
    Who,
)
from wire.messages.scene import (
    CancelWorld,
    OpenWorld,
    WorldCancelled,
    WorldPreview,
    WorldProgress,
    WorldQueued,
    WorldReady,
)
from wire.messages.session import ErrorMessage, GoAway, Hello, Ping, Pong, Reset, SetLanguage, SetSpeech, Welcome
from wire.messages.speech import (
    Duck,
    Flush,
    Heard,
    HeardPartial,
    Interrupt,
    Listen,
    ListenEnd,
    Playback,
    SpeechClause,
    SpeechEnd,
    SpeechStart,
    TurnTrace,
)

FromClient = (
    Hello
    | Ask
    | Guide
    | StopGuide
    | Pose
    | Listen
    | ListenEnd
    | Interrupt
    | Playback
    | SetLanguage
    | SetSpeech
    | Enter
    | Leave
    | Visibility
    | Chat
    | Pin
    | Emote
    | Who
    | Unpin
    | Moderate
    | Note
    | RemoveNote
    | LeadTour
    | FollowTour
    | SteerTour
    | Reset
    | Ping
    | OpenWorld
    | CancelWorld
)
ToClient = (
    Welcome
    | Answer
    | Thinking
    | Route
    | NoWay
    | Progress
    | StepDue
    | Arrived
    | GuideStopped
    | PlanChanged
    | Entered
    | Left
    | Neighbours
    | Said
    | Pinned
    | Emoted
    | People
    | Joined
    | Parted
    | Unpinned
    | Moderated
    | Notes
    | Noted
    | NoteRemoved
    | Tour
    | Overheard
    | Heard
    | HeardPartial
    | SpeechStart
    | SpeechClause
    | SpeechEnd
    | Duck
    | Flush
    | TurnTrace
    | Pong
    | GoAway
    | ErrorMessage
    | WorldQueued
    | WorldProgress
    | WorldPreview
    | WorldReady
    | WorldCancelled
)

FROM_CLIENT: TypeAdapter[FromClient] = TypeAdapter(Annotated[FromClient, Field(discriminator="type")])
TO_CLIENT: TypeAdapter[ToClient] = TypeAdapter(Annotated[ToClient, Field(discriminator="type")])
