"""Speech in and out. Samples travel as binary frames (``wire/audio.py``); these messages say what they are."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from wire.messages.base import Lang, Message, Number

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


class SpeechStart(Message):
    """An utterance begins; audio frames with this stream id follow."""

    type: Literal["speech_start"] = "speech_start"
    utterance: StreamId
    of: str = Field(description="Id of the question or guidance that it belongs to.")
    lang: Lang
    sample_rate: int = Field(description="Samples a second of the audio frames.")
    generated: bool = Field(default=True, description="The voice is synthetic.")


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


class SpeechEnd(Message):
    """All samples of the utterance have been sent."""

    type: Literal["speech_end"] = "speech_end"
    utterance: StreamId
    duration_s: Seconds = Field(description="Length of the utterance.")


class Flush(Message):
    """Stop playing this utterance at once and drop what is queued of it."""

    type: Literal["flush"] = "flush"
    utterance: StreamId
    reason: Literal["interrupted", "replaced", "reset", "failed"]
