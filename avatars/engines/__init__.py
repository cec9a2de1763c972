"""Engines that hear, speak, write and take turns: small protocols and one table of names.

An engine is one class in one file, imported only when its name is asked for, so that a machine without it runs the
rest. An engine that fails raises ``avatars.errors.EngineError``; one whose package or model is not on the machine
raises its kind ``EngineMissing``, whose message says what to install.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from avatars.engines.table import ENGINES, Entry, find_missing, load_class
from avatars.engines.values import (
    HEARING_RATE,
    Alternative,
    CallPart,
    Capabilities,
    Delta,
    Mark,
    Message,
    Partial,
    Pcm,
    Phoneme,
    Samples,
    SpeechChunk,
    ToolCall,
    ToolSpec,
    Transcript,
    Word,
)
from avatars.errors import EngineError, EngineMissing

__all__ = [
    "ENGINES",
    "HEARING_RATE",
    "Alternative",
    "CallPart",
    "Capabilities",
    "Delta",
    "EndOfTurn",
    "EngineError",
    "EngineMissing",
    "Entry",
    "HearingStream",
    "LanguageModel",
    "Mark",
    "Message",
    "Partial",
    "Pcm",
    "Phoneme",
    "Samples",
    "Speaker",
    "SpeechChunk",
    "Stop",
    "StreamingTranscriber",
    "ToolCall",
    "ToolSpec",
    "Transcriber",
    "Transcript",
    "VoiceActivity",
    "Word",
    "find_missing",
    "load_class",
]

Stop = Callable[[], bool]


class Transcriber(Protocol):
    """Hears."""

    capabilities: Capabilities

    def transcribe(self, samples: Samples, lang: str | None = None) -> Transcript:
        """samples: float32 (n,), 16 kHz mono, −1…1. ``lang``: "zh", "en" or None to detect. Raises EngineError."""
        ...


class HearingStream(Protocol):
    """Hears one utterance while it is said. Not thread safe: used from one worker thread at a time."""

    def feed(self, samples: Samples) -> Partial:
        """samples: float32 (n,), 16 kHz mono, the next ones. What is heard so far. Raises EngineError."""
        ...

    def finish(self) -> Transcript:
        """What was said, when it is over. Raises EngineError."""
        ...

    def abandon(self) -> None:
        """Forget the utterance."""
        ...


class StreamingTranscriber(Protocol):
    """Opens hearing streams; a Transcriber may be one as well."""

    def open(self, lang: str | None) -> HearingStream:
        """A stream for one utterance. ``lang``: "zh", "en" or None to detect. Raises EngineError."""
        ...


class LanguageModel(Protocol):
    """Writes."""

    capabilities: Capabilities

    def chat(self, messages: Sequence[Message], tools: Sequence[ToolSpec], stop: Stop | None = None) -> Iterator[Delta]:
        """The model's next turn, piece by piece; ends early, without an error, once ``stop()`` is true.

        Raises EngineError: it hangs, is gone, writes what cannot be read, or ends within a tool call. Whole calls are
        made of the parts by ``avatars.engines.calls.Calls``.
        """
        ...


class EndOfTurn(Protocol):
    """Tells whether somebody who is silent has said all they want to say."""

    capabilities: Capabilities

    def ended(self, text: str, lang: str, silence_s: float) -> float:
        """How sure it is that the turn is over, 0…1. ``text``: said so far; ``silence_s``: since the last voice."""
        ...


class Speaker(Protocol):
    """Speaks."""

    capabilities: Capabilities

    def speak(self, text: str, lang: str, stop: Stop | None = None) -> Iterator[SpeechChunk]:
        """Speech in order; ends early, without an error, once ``stop()`` is true. Raises EngineError."""
        ...


class VoiceActivity(Protocol):
    """Tells speech from other sound."""

    capabilities: Capabilities

    def feed(self, frame: Samples) -> bool:
        """frame: float32 (320,), 20 ms at 16 kHz. True while someone speaks. Keeps state: one for each listener."""
        ...
