"""Engines that hear and speak: three small protocols and one table of names.

An engine is one class in one file, imported only when its name is asked for, so that a machine without it runs the
rest. An engine that fails raises ``avatars.errors.EngineError``; one whose package or model is not on the machine
raises its kind ``EngineMissing``, whose message says what to install.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol

import numpy as np
import numpy.typing as npt

from avatars.errors import EngineError

__all__ = [
    "ENGINES", "HEARING_RATE", "Alternative", "CallPart", "Capabilities", "Delta", "EndOfTurn", "EngineError",
    "EngineMissing", "Entry", "HearingStream", "LanguageModel", "Mark", "Message", "Partial", "Pcm", "Phoneme",
    "Samples", "Speaker", "SpeechChunk", "Stop", "StreamingTranscriber", "ToolCall", "ToolSpec", "Transcriber",
    "Transcript", "VoiceActivity", "Word", "find_missing", "load_class",
]  # fmt: skip

Pcm = npt.NDArray[np.int16]
Samples = npt.NDArray[np.float32]
Stop = Callable[[], bool]

HEARING_RATE: Final = 16_000  # every transcriber and voice detector takes 16 kHz mono


class EngineMissing(EngineError):  # noqa: N818
    """A package or model that the engine needs is not on this machine."""


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
    """What an engine can do. ``sample_rate``: Hz taken (hearing) or given (speaking). ``streaming``: works on parts."""

    languages: tuple[str, ...]
    sample_rate: int
    streaming: bool
    needs_model: bool = False


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


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table: where the class is, which modules it imports and how to get them."""

    where: str
    kind: str
    modules: tuple[str, ...] = ()
    install: str = ""
    model: str = ""
    capabilities: Capabilities = field(default=Capabilities((), HEARING_RATE, False))


_SPEECH = "pip install 'shelfway[speech]'"
_WHISPER = "pip install 'shelfway[whisper]'"
_BOTH = ("zh", "en")

ENGINES: Final[dict[str, Entry]] = {
    "espeak": Entry(
        "avatars.engines.espeak:EspeakSpeaker",
        "speaker",
        ("espeakng_loader",),
        _SPEECH,
        capabilities=Capabilities(_BOTH, 22_050, True),
    ),
    "sphinx": Entry(
        "avatars.engines.sphinx:SphinxTranscriber",
        "transcriber",
        ("pocketsphinx", "espeakng_loader"),
        _SPEECH,
        capabilities=Capabilities(("en",), HEARING_RATE, False),
    ),
    "whisper-hf": Entry(
        "avatars.engines.whisper_hf:WhisperHf",
        "transcriber",
        ("transformers", "torch"),
        _WHISPER,
        "a folder in transformers' format (config.json, model.safetensors, tokenizer files)",
        Capabilities(_BOTH, HEARING_RATE, False, True),
    ),
    "whisper-openai": Entry(
        "avatars.engines.whisper_openai:WhisperOpenai",
        "transcriber",
        ("whisper", "torch"),
        _WHISPER,
        "an openai-whisper .pt file",
        Capabilities(_BOTH, HEARING_RATE, False, True),
    ),
    "whisper-faster": Entry(
        "avatars.engines.whisper_faster:WhisperFaster",
        "transcriber",
        ("faster_whisper", "ctranslate2"),
        _WHISPER,
        "a CTranslate2 folder (model.bin, config.json, tokenizer.json)",
        Capabilities(_BOTH, HEARING_RATE, False, True),
    ),
    "webrtc": Entry(
        "avatars.engines.webrtc_vad:WebrtcActivity",
        "activity",
        ("webrtcvad",),
        _SPEECH,
        capabilities=Capabilities((), HEARING_RATE, True),
    ),
    "energy": Entry(
        "avatars.engines.energy:EnergyActivity", "activity", capabilities=Capabilities((), HEARING_RATE, True)
    ),
    "scripted-transcriber": Entry(
        "avatars.engines.scripted:ScriptedTranscriber",
        "transcriber",
        capabilities=Capabilities(_BOTH, HEARING_RATE, False),
    ),
    "scripted-speaker": Entry(
        "avatars.engines.scripted:ScriptedSpeaker", "speaker", capabilities=Capabilities(_BOTH, HEARING_RATE, True)
    ),
}


def find_missing(name: str) -> str | None:
    """What keeps the engine from running and what to install, in one sentence; None when its packages are here."""
    entry = ENGINES.get(name)
    if entry is None:
        return f"no engine is called {name!r}; there are {', '.join(ENGINES)}"
    absent = [module for module in entry.modules if importlib.util.find_spec(module) is None]
    if absent:
        return f"engine {name} needs {', '.join(absent)}: {entry.install}"
    return None


def load_class(name: str) -> type[Any]:
    """The engine's class, imported now. Raises EngineMissing."""
    missing = find_missing(name)
    if missing:
        raise EngineMissing(missing)
    module, _, attribute = ENGINES[name].where.partition(":")
    loaded = getattr(importlib.import_module(module), attribute)
    if not isinstance(loaded, type):
        raise EngineError(f"engine {name}: {attribute} is not a class")
    return loaded
