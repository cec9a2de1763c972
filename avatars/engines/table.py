"""Every engine by name: where it is, what it can do, what it needs and how to get that; nothing is imported."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass, field
from typing import Any, Final

from avatars.engines.values import HEARING_RATE, Capabilities
from avatars.errors import EngineError, EngineMissing


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
_ONNX = "pip install 'shelfway[onnx]'"
_SHERPA = "pip install 'shelfway[sherpa]'"
_LLM = "pip install 'shelfway[llm]'"
_ONNX_SPEECH = "pip install 'shelfway[onnx,speech]'"
_BOTH = ("zh", "en")

ENGINES: Final[dict[str, Entry]] = {
    "espeak": Entry(
        "avatars.engines.espeak:EspeakSpeaker",
        "speaker",
        ("espeakng_loader",),
        _SPEECH,
        capabilities=Capabilities(_BOTH, 22_050, True),
    ),
    "piper": Entry(
        "avatars.engines.piper:PiperSpeaker",
        "speaker",
        ("onnxruntime", "espeakng_loader"),
        _ONNX_SPEECH,
        "a Piper voice (NAME.onnx beside NAME.onnx.json)",
        Capabilities(("en",), 22_050, True, True),
    ),
    "kokoro": Entry(
        "avatars.engines.kokoro:KokoroSpeaker",
        "speaker",
        ("onnxruntime", "espeakng_loader"),
        _ONNX_SPEECH,
        "a folder with Kokoro's .onnx, its .bin of voices and config.json",
        Capabilities(("en",), 24_000, True, True),
    ),
    "sherpa-speaker": Entry(
        "avatars.engines.sherpa_speaker:SherpaSpeaker",
        "speaker",
        ("sherpa_onnx", "espeakng_loader"),
        "pip install 'shelfway[sherpa,speech]'",
        "a sherpa-onnx folder of a VITS voice (model.onnx, tokens.txt, lexicon.txt)",
        Capabilities(_BOTH, 44_100, True, True),
    ),
    "coqui": Entry(
        "avatars.engines.coqui:CoquiSpeaker",
        "speaker",
        ("TTS", "torch", "torchaudio", "espeakng_loader"),
        "see docs/how-to/engines.md, Coqui TTS",
        "a Coqui folder (config.json, a .pth file)",
        Capabilities(_BOTH, 22_050, True, True),
    ),
    "sphinx": Entry(
        "avatars.engines.sphinx:SphinxTranscriber",
        "transcriber",
        ("pocketsphinx", "espeakng_loader"),
        _SPEECH,
        capabilities=Capabilities(("en",), HEARING_RATE, True),
    ),
    "whisper-hf": Entry(
        "avatars.engines.whisper_hf:WhisperHf",
        "transcriber",
        ("transformers", "torch"),
        _WHISPER,
        "a folder in transformers' format (config.json, model.safetensors, tokenizer files)",
        Capabilities(_BOTH, HEARING_RATE, True, True),
    ),
    "whisper-openai": Entry(
        "avatars.engines.whisper_openai:WhisperOpenai",
        "transcriber",
        ("whisper", "torch"),
        _WHISPER,
        "an openai-whisper .pt file",
        Capabilities(_BOTH, HEARING_RATE, True, True),
    ),
    "whisper-faster": Entry(
        "avatars.engines.whisper_faster:WhisperFaster",
        "transcriber",
        ("faster_whisper", "ctranslate2"),
        _WHISPER,
        "a CTranslate2 folder (model.bin, config.json, tokenizer.json)",
        Capabilities(_BOTH, HEARING_RATE, True, True),
    ),
    "sherpa": Entry(
        "avatars.engines.sherpa:SherpaTranscriber",
        "transcriber",
        ("sherpa_onnx",),
        _SHERPA,
        "a sherpa-onnx folder of SenseVoice or Paraformer (model.int8.onnx, tokens.txt)",
        Capabilities(_BOTH, HEARING_RATE, True, True),
    ),
    "sherpa-streaming": Entry(
        "avatars.engines.sherpa_streaming:SherpaStreaming",
        "transcriber",
        ("sherpa_onnx",),
        _SHERPA,
        "a sherpa-onnx folder of a streaming Zipformer or Paraformer (encoder, decoder, joiner, tokens.txt)",
        Capabilities(_BOTH, HEARING_RATE, True, True),
    ),
    "webrtc": Entry(
        "avatars.engines.webrtc_vad:WebrtcActivity",
        "activity",
        ("webrtcvad",),
        _SPEECH,
        capabilities=Capabilities((), HEARING_RATE, True),
    ),
    "silero": Entry(
        "avatars.engines.silero:SileroActivity",
        "activity",
        ("onnxruntime",),
        _ONNX,
        "an .onnx file of Silero VAD; faster-whisper brings one along",
        Capabilities((), HEARING_RATE, True),
    ),
    "energy": Entry(
        "avatars.engines.energy:EnergyActivity", "activity", capabilities=Capabilities((), HEARING_RATE, True)
    ),
    "openai": Entry(
        "avatars.engines.openai_http:OpenAIModel",
        "language model",
        ("httpx",),
        _LLM,
        capabilities=Capabilities(_BOTH, 0, True, tools=True, images=True),
    ),
    "transformers": Entry(
        "avatars.engines.transformers_lm:TransformersModel",
        "language model",
        ("transformers", "torch"),
        _LLM,
        "a folder in transformers' format with a chat template",
        Capabilities(_BOTH, 0, True, True, tools=True),
    ),
    "turn-rules": Entry(
        "avatars.engines.turn_rules:TurnRules", "end of turn", capabilities=Capabilities(_BOTH, 0, False)
    ),
    "turn-model": Entry(
        "avatars.engines.turn_model:TurnModel",
        "end of turn",
        ("onnxruntime", "tokenizers"),
        _ONNX,
        "a folder with model.onnx, tokenizer.json and config.json of a text classifier",
        Capabilities(_BOTH, 0, False, True),
    ),
    "scripted-model": Entry(
        "avatars.engines.scripted:ScriptedModel",
        "language model",
        capabilities=Capabilities(_BOTH, 0, True, tools=True, images=True),
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
