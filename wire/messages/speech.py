"""Speech in and out. Samples travel as binary frames (``wire/audio.py``); these messages say what they are."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from wire.messages.base import Lang, Message, Number, Point

Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
StreamId = Annotated[int, Field(ge=0, le=2**32 - 1)]


class Listen(Message):
    """Audio frames of this stream follow. ``push``: until ``listen_end``; ``open``: the server finds the turns."""

    type: Literal["listen"] = "listen"
    stream: StreamId
    mode: Literal["push", "open"]
    sample_rate: int = Field(ge=8000, le=96000, description="Samples a second of the frames that follow.")
    lang: Lang | None = Field(default=None, description="Language spoken; absent: recognised, or the session's.")


class ListenEnd(Message):
    """The microphone is off, or the button was let go."""

    type: Literal["listen_end"] = "listen_end"
    stream: StreamId


class Interrupt(Message):
    """Stop speaking now."""

    type: Literal["interrupt"] = "interrupt"


class Playback(Message):
    """How much of an utterance has been heard. Sent each half second and when playing stops."""

    type: Literal["playback"] = "playback"
    utterance: StreamId
    played_s: Seconds = Field(description="Seconds of the utterance that came out of the loudspeaker.")


class TimedWord(Message):
    """A word and when it is heard."""

    text: str
    start_s: Seconds = Field(description="Seconds from the first sample of the utterance.")
    end_s: Seconds = Field(description="Seconds from the first sample of the utterance.")


class TimedViseme(Message):
    """A mouth shape and when it is held; names in ``wire/visemes.py``."""

    name: str
    start_s: Seconds = Field(description="Seconds from the first sample of the utterance.")
    end_s: Seconds = Field(description="Seconds from the first sample of the utterance.")


class Heard(Message):
    """What was understood. ``rejected``: it was speech or noise that could not be understood."""

    type: Literal["heard"] = "heard"
    of: str = Field(description="Id of the spoken turn; its answer carries the same.")
    stream: StreamId
    text: str
    lang: Lang
    final: bool
    rejected: bool = False
    confidence: Number = Field(default=1.0, ge=0, le=1)
    maybe: tuple[str, ...] = Field(
        default=(),
        description="Of what was rejected: what it may have been, likeliest first, for the reader to choose.",
    )


class HeardPartial(Message):
    """What is understood of a turn that is not over: a caption for the reader, not a question yet."""

    type: Literal["heard_partial"] = "heard_partial"
    of: str = Field(description="Id of the spoken turn; `heard` will carry the same.")
    stream: StreamId
    text: str
    stable: int = Field(ge=0, description="Leading characters that will not change any more.")


class Cue(Message):
    """What the librarian does with her body while something is said; a client without one may light the place up."""

    kind: Literal["look", "point", "nod"]
    at: Literal["reader", "place", "shelf", "path"]
    start_s: Seconds = Field(description="Seconds from the first sample of the utterance.")
    end_s: Seconds = Field(description="Seconds from the first sample of the utterance.")
    points: tuple[Point, ...] = Field(default=(), description="The place, or the way's next points in order.")
    range_id: str | None = Field(default=None, description="Of a shelf.")
    bay: int | None = Field(default=None, description="Of a shelf, 1 at its start.")


class SpeechStart(Message):
    """An utterance begins; audio frames with this stream id follow."""

    type: Literal["speech_start"] = "speech_start"
    utterance: StreamId
    of: str = Field(description="Id of the question or guidance that it belongs to.")
    lang: Lang
    sample_rate: int = Field(description="Samples a second of the audio frames.")
    generated: bool = Field(default=True, description="The voice is synthetic.")
    faces: dict[str, dict[str, dict[str, Number]]] = Field(
        default_factory=dict,
        description="For clients that can use `vrm` or `arkit`: by that name, each viseme as weights of shapes, 0…1.",
    )


class SpeechClause(Message):
    """The clause whose samples come next: its text, captions and mouth shapes on the utterance's sample clock."""

    type: Literal["speech_clause"] = "speech_clause"
    utterance: StreamId
    index: int = Field(ge=0)
    text: str
    start_s: Seconds = Field(description="When the clause's first sample is heard, seconds from the utterance's start.")
    end_s: Seconds = Field(description="When its last sample is heard.")
    words: tuple[TimedWord, ...]
    visemes: tuple[TimedViseme, ...]
    cues: tuple[Cue, ...] = ()


class SpeechEnd(Message):
    """All samples of the utterance have been sent."""

    type: Literal["speech_end"] = "speech_end"
    utterance: StreamId
    duration_s: Seconds = Field(description="Length of the utterance.")


class Duck(Message):
    """Play this utterance at another gain: the reader may be speaking. Fade within 50 ms."""

    type: Literal["duck"] = "duck"
    utterance: StreamId
    gain: Number = Field(ge=0, le=1, description="1: as it is. 0: fall silent and wait there, losing nothing.")


class Flush(Message):
    """Stop playing this utterance at once and drop what is queued of it."""

    type: Literal["flush"] = "flush"
    utterance: StreamId
    reason: Literal["interrupted", "replaced", "reset", "failed"]


class TurnTrace(Message):
    """How long one question took, stage by stage; holds nothing that was said. Sent to those who can use `figures`.

    Seconds from the end of the reader's voice (of a typed question: from its arrival); null: did not happen.
    """

    type: Literal["turn_trace"] = "turn_trace"
    of: str = Field(description="Id of the question or spoken turn.")
    channel: Literal["text", "open", "push"]
    turn_end_s: Number | None = Field(default=None, description="The turn was taken to be over.")
    heard_s: Number | None = Field(default=None, description="The transcript was there.")
    first_token_s: Number | None = Field(default=None, description="The mind had its first words.")
    thought_s: Number | None = Field(default=None, description="The answer was there.")
    sent_s: Number | None = Field(default=None, description="Its first audio was sent.")
    played_s: Number | None = Field(default=None, description="Its first sound came out at the client, as reported.")
    guessed: bool = Field(default=False, description="It was thought about before the turn was over.")
