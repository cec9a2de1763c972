"""What goes into engines and what comes out of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

Pcm = npt.NDArray[np.int16]
Samples = npt.NDArray[np.float32]

HEARING_RATE: Final = 16_000  # every transcriber and voice detector takes 16 kHz mono


@dataclass(frozen=True, slots=True)
class Word:
    """A word and when it sounds, in seconds from the first sample."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of what was said. ``record_id``: the book it names, if it names one. ``confidence``: 0…1."""

    text: str
    confidence: float
    record_id: str | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was heard. ``rejected``: speech that the engine does not understand, or no speech; ``text`` is then "".

    ``alternatives``: other readings, best first, without ``text`` itself. ``record_id``: the book named, if known.
    """

    text: str
    lang: str
    words: tuple[Word, ...] = ()
    confidence: float = 0.0
    rejected: bool = False
    alternatives: tuple[Alternative, ...] = ()
    record_id: str | None = None


@dataclass(frozen=True, slots=True)
class Partial:
    """What is heard so far. ``stable``: its leading characters that will not change any more."""

    text: str
    stable: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A word about to sound: ``text[start:end]`` of what the speaker was given, at ``at_s`` from its first sample."""

    start: int
    end: int
    at_s: float


@dataclass(frozen=True, slots=True)
class Phoneme:
    """A sound in IPA and when it begins, in seconds from the first sample; "" is a pause."""

    ipa: str
    at_s: float


@dataclass(frozen=True, slots=True)
class SpeechChunk:
    """Some speech. ``pcm``: int16 (n,), mono at ``sample_rate``. ``words``, ``phonemes``: what begins in it."""

    pcm: Pcm
    sample_rate: int
    words: tuple[Mark, ...] = ()
    phonemes: tuple[Phoneme, ...] = ()


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine can do. ``sample_rate``: Hz taken (hearing) or given (speaking), 0 where none is.

    ``streaming``: works on parts. ``tools``, ``images``: a language model that may call tools, that may see.
    """

    languages: tuple[str, ...]
    sample_rate: int
    streaming: bool
    needs_model: bool = False
    tools: bool = False
    images: bool = False


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool that a language model may call. ``parameters``: a JSON Schema of kind object."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call that a language model asks for. ``arguments``: a JSON object as text, as the model wrote it."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation with a language model.

    ``calls``: of an assistant's turn. ``call_id``: of a tool's turn, the call that it answers. ``images``: JPEG or PNG
    files of a user's turn, for models that see.
    """

    role: Literal["system", "user", "assistant", "tool"]
    text: str = ""
    calls: tuple[ToolCall, ...] = ()
    call_id: str | None = None
    images: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class CallPart:
    """Some of a tool call: parts of the same ``index`` are joined, ``arguments`` end to end."""

    index: int
    id: str = ""
    name: str = ""
    arguments: str = ""


@dataclass(frozen=True, slots=True)
class Delta:
    """The next piece that a language model wrote: some text, or some of a tool call.

    ``ended``: why the model stopped, on the last delta only: "stop", "length" (cut off at the limit) or "calls".
    """

    text: str = ""
    call: CallPart | None = None
    ended: Literal["", "stop", "length", "calls"] = ""
