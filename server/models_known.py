"""Models that are known to work here: what each is for, under which licence, how big, and where it is fetched from.

Sizes are rounded and come from their makers' pages. A model that is not listed is fetched by its name on the hub
(``owner/name``); its licence is then read from the hub.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Purpose = Literal["hearing", "voice", "voice detection", "language model"]


@dataclass(frozen=True, slots=True)
class KnownModel:
    """``repo``: on the hub, ``folder`` in it; ``wanted``: patterns of file names, all when empty.

    ``links``: files that lie elsewhere, name → address. ``setting``: the line of shelfway.toml, ``%`` for the name.
    """

    name: str
    purpose: Purpose
    languages: tuple[str, ...]
    licence: str
    size_mb: int
    note: str
    setting: str
    repo: str = ""
    folder: str = ""
    wanted: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


_BOTH: Final = ("zh", "en")
_SILERO: Final = "https://github.com/snakers4/silero-vad/raw/v5.1.2/src/silero_vad/data/silero_vad.onnx"
_KOKORO: Final = "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0"
_WHOLE: Final = ("config.json", "generation_config.json", "*.safetensors", "*.safetensors.index.json", "tokenizer*",
                 "vocab*", "merges.txt", "preprocessor_config.json", "special_tokens_map.json", "added_tokens.json",
                 "normalizer.json", "chat_template*", "LICENSE*")  # fmt: skip

KNOWN: Final[tuple[KnownModel, ...]] = (
    KnownModel(
        "sense-voice", "hearing", _BOTH, "FunASR Model License 1.1 (read it: name the source)", 240,
        "quick on a processor; Mandarin, Cantonese and English, told apart by itself", 'hearing_model = "%"',
        "csukuangfj/sherpa-onnx-sense-voice-zh-en-ja-ko-yue-2024-07-17", "",
        ("model.int8.onnx", "tokens.txt", "LICENSE*"),
    ),
    KnownModel(
        "paraformer-zh", "hearing", _BOTH, "FunASR Model License 1.1 (read it: name the source)", 230,
        "Mandarin with some English", 'hearing_model = "%"',
        "csukuangfj/sherpa-onnx-paraformer-zh-2023-09-14", "", ("model.int8.onnx", "tokens.txt", "LICENSE*"),
    ),
    KnownModel(
        "zipformer-streaming-zh-en", "hearing", _BOTH, "Apache-2.0", 200,
        "hears while somebody speaks", 'hearing_model = "%"',
        "csukuangfj/sherpa-onnx-streaming-zipformer-bilingual-zh-en-2023-02-20", "",
        ("encoder-epoch-99-avg-1.int8.onnx", "decoder-epoch-99-avg-1.onnx", "joiner-epoch-99-avg-1.int8.onnx",
         "tokens.txt"),
    ),
    KnownModel(
        "whisper-small-int8", "hearing", _BOTH, "MIT", 490, "Whisper small for faster-whisper", 'hearing_model = "%"',
        "Systran/faster-whisper-small", "", ("config.json", "model.bin", "tokenizer.json", "vocabulary.*"),
    ),
    KnownModel(
        "whisper-large-v3-turbo", "hearing", _BOTH, "MIT", 1_620, "for a graphics card; transformers' format",
        'hearing_model = "%"', "openai/whisper-large-v3-turbo", "", _WHOLE,
    ),
    KnownModel(
        "silero-vad", "voice detection", (), "MIT", 3, "where it is loud", 'voice_detector = "silero"',
        links=(("silero_vad.onnx", _SILERO),),
    ),
    KnownModel(
        "piper-alba", "voice", ("en",), "CC-BY-4.0 (name the speaker's corpus)", 64, "a British voice, quick",
        'voices = { en = "%" }', "rhasspy/piper-voices", "en/en_GB/alba/medium",
        ("*.onnx", "*.onnx.json", "MODEL_CARD"),
    ),
    KnownModel(
        "kokoro", "voice", ("en",), "Apache-2.0", 350, "the most natural English voice here", 'voices = { en = "%" }',
        "hexgrad/Kokoro-82M", "", ("config.json",),
        (("kokoro.onnx", f"{_KOKORO}/kokoro-v1.0.onnx"), ("voices.bin", f"{_KOKORO}/voices-v1.0.bin")),
    ),
    KnownModel(
        "melo-zh-en", "voice", _BOTH, "MIT", 175, "Mandarin with English words", 'voices = { zh = "%" }',
        "csukuangfj/vits-melo-tts-zh_en", "", ("model.onnx", "tokens.txt", "lexicon.txt", "LICENSE*"),
    ),
    KnownModel(
        "qwen3-4b", "language model", _BOTH, "Apache-2.0", 8_060, "calls tools; wants a graphics card of 12 GB",
        'language_models = { default = { engine = "transformers", model = "%" } }',
        "Qwen/Qwen3-4B-Instruct-2507", "", _WHOLE,
    ),
)  # fmt: skip


def find_known(name: str) -> KnownModel | None:
    """The listed model of that name."""
    return next((model for model in KNOWN if model.name == name), None)


def of_hub(repo: str, licence: str, size_mb: int) -> KnownModel:
    """A model of the hub that is not listed."""
    return KnownModel(repo.rpartition("/")[2], "language model", (), licence, size_mb, "not listed here", "", repo)
