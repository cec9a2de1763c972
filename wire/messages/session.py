"""Opening, keeping and ending a session."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from wire.messages.base import Id, Lang, Message, Position, ShortText

ClientKind = Literal["kiosk", "ar", "unity", "robot", "browser", "staff", "test"]
Capability = Literal[
    "speech_in", "speech_out", "visemes", "captions", "map", "poses", "worlds", "figures", "vrm", "arkit"
]


class Hello(Message):
    """The first frame of a connection: who is there and what it can do."""

    type: Literal["hello"] = "hello"
    version: int = Field(ge=0, le=1_000_000, description="Protocol version the client speaks; this page describes 1.")
    client: ClientKind
    languages: Annotated[
        tuple[Annotated[str, Field(max_length=64)], ...],
        Field(
            max_length=32,
            description="Languages of the reader, the best first, as BCP 47 tags (zh, en-GB, zh-Hans-CN). The visit "
            "starts in the first that the library has, else in the library's own.",
        ),
    ] = ("en", "zh")
    capabilities: Annotated[
        tuple[str, ...],
        Field(
            max_length=32,
            description=f"What the client can use, of: {', '.join(get_args(Capability))}. Unknown names are ignored. "
            "Without speech_out nothing is spoken to it.",
        ),
    ] = ()
    token: str | None = Field(
        default=None, max_length=4096, description="The token, or a key that admits readers, where the server has one."
    )
    name: ShortText = ""
    at: Position | None = Field(default=None, description="Where the client stands; absent: the home's `here`.")
    resume: Id | None = Field(default=None, description="Session id of a connection that broke.")
    seen: int | None = Field(
        default=None,
        ge=0,
        le=2**53,
        description="Given: messages that must arrive carry `seq`, and after a break those after this one are sent "
        "again. 0 in a new session, later the `seq` of the newest message the client has.",
    )


class SetLanguage(Message):
    """The reader chose a language."""

    type: Literal["set_language"] = "set_language"
    lang: Lang


class SetSpeech(Message):
    """The reader turned the librarian's voice on or off; captions always come."""

    type: Literal["set_speech"] = "set_speech"
    on: bool


class Reset(Message):
    """The reader has left: forget the conversation, stop speaking and guiding."""

    type: Literal["reset"] = "reset"


class Ping(Message):
    """Is the server there?"""

    type: Literal["ping"] = "ping"
    id: Annotated[str, Field(max_length=128)] = ""


class ListeningState(Message):
    """Which languages can be heard, and what to tell the reader when one cannot."""

    en: bool
    zh: bool
    note: dict[Lang, str] = Field(
        default_factory=dict, description="A sentence per language, empty when all can be heard."
    )


class Welcome(Message):
    """The answer to hello."""

    type: Literal["welcome"] = "welcome"
    version: int
    session: Id
    resumed: bool
    missed: bool = Field(
        default=False, description="Some messages after the one named by `seen` are no longer kept: look the state up."
    )
    library: dict[str, str] = Field(description="The library's name by language.")
    librarian: dict[str, str] = Field(description="The librarian's name by language.")
    languages: tuple[Lang, ...]
    lang: Lang = Field(description="The language the session starts in.")
    plan_revision: str = Field(description="Hash of the building; fetch /v1/plan when it changed.")
    here: Position | None = Field(description="Where the client is taken to stand.")
    here_name: dict[str, str] = Field(default_factory=dict)
    listening: ListeningState
    speaking: tuple[Lang, ...] = Field(description="Languages the librarian can speak aloud; empty: text only.")
    max_frame_bytes: int = Field(description="A longer frame closes the connection with 1009.")
    idle_reset_s: float = Field(description="Seconds without a reader after which a kiosk forgets the visit.")
    handoff: str = Field(
        default="",
        description="Address of this page for the reader's own phone, with the key it needs in its fragment; empty: "
        "the page's own address.",
    )
    schema_hash: str = Field(
        default="", description="`x-hash` of the server's schema; if yours is another, one of you is newer."
    )


class Pong(Message):
    """The server is there."""

    type: Literal["pong"] = "pong"
    id: str = ""


class GoAway(Message):
    """The server is about to end; connect again, with ``resume``, after the given time."""

    type: Literal["goaway"] = "goaway"
    reconnect_in_s: float = Field(ge=0, description="Seconds to wait before connecting again.")
    elsewhere: bool = Field(
        default=False, description="Another server of the library goes on with the visit: connect to the same address."
    )


class ErrorMessage(Message):
    """Something could not be done. ``code`` is from the closed list in ``wire/codes.py``."""

    type: Literal["error"] = "error"
    code: str
    message: str = Field(description="A sentence for people, in the session's language where one is known.")
    retryable: bool
    of: str | None = Field(default=None, description="Type or id of the message that caused it.")
