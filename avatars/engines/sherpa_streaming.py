"""Hearing while somebody speaks, by sherpa-onnx: streaming Zipformer (transducer or CTC) and streaming Paraformer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from avatars.engines import (
    ENGINES,
    HEARING_RATE,
    EngineError,
    EngineMissing,
    Partial,
    Samples,
    Transcript,
    find_missing,
)
from avatars.engines.device import sherpa_provider
from avatars.engines.sherpa import list_words
from avatars.engines.sherpa_files import read_folder
from avatars.language import detect
from avatars.listening_whisper import check_speech, judge

_TAIL: Final = np.zeros(HEARING_RATE // 2, np.float32)  # lets the network see the end of the last word
_OPEN_WORD: Final = re.compile(r"[^\s\u2e80-\uffef]+$")


@dataclass(frozen=True, slots=True)
class SherpaStreamingSettings:
    """``device``: "auto", "cpu" or "cuda" (needs sherpa-onnx's CUDA build)."""

    device: str = "auto"
    threads: int = 1


class SherpaStreaming:
    """One model, many streams."""

    capabilities = ENGINES["sherpa-streaming"].capabilities

    def __init__(self, model: Path, settings: SherpaStreamingSettings | None = None) -> None:
        """``model``: folder with encoder, decoder, joiner and tokens. Raises EngineError, EngineMissing."""
        missing = find_missing("sherpa-streaming")
        if missing:
            raise EngineMissing(missing)
        folder = read_folder(model)
        if not folder.kind.startswith("streaming"):
            raise EngineError(f"{model} hears whole utterances only: it is for the engine sherpa")
        import sherpa_onnx

        self.settings = settings or SherpaStreamingSettings()
        self.kind = folder.kind
        self._shouts = folder.shouts
        make = sherpa_onnx.OnlineRecognizer
        how: dict[str, Any] = {part: str(path) for part, path in folder.files.items()}
        how |= {
            "tokens": str(folder.tokens),
            "num_threads": self.settings.threads,
            "provider": sherpa_provider(self.settings.device),
        }
        build = {
            "streaming-zipformer": make.from_transducer,
            "streaming-paraformer": make.from_paraformer,
            "streaming-ctc": make.from_zipformer2_ctc,
        }[folder.kind]
        try:
            self.recognizer: Any = build(**how)
        except (RuntimeError, ValueError, IndexError) as error:
            raise EngineError(f"the folder {model} cannot be loaded by sherpa-onnx: {error}") from error

    def transcribe(self, samples: Samples, lang: str | None = None) -> Transcript:
        """samples: float32 (n,), 16 kHz mono, −1…1. Raises EngineError."""
        if not check_speech(samples):
            return Transcript("", lang or "en", rejected=True)
        stream = self.open(lang)
        stream.feed(samples)
        return stream.finish()

    def open(self, lang: str | None = None) -> SherpaStream:
        """A stream for one utterance."""
        return SherpaStream(self.recognizer, lang, self.kind == "streaming-paraformer", self._shouts)


class SherpaStream:
    """One utterance; the model keeps its state, so each sound is heard once."""

    def __init__(self, recognizer: Any, lang: str | None, final: bool, shouts: bool) -> None:
        """``final``: the model wants to be told that the last sound is the last. ``shouts``: it writes in capitals."""
        self._recognizer = recognizer
        self._lang = lang
        self._final = final
        self._shouts = shouts
        self._stream: Any = recognizer.create_stream()
        self._heard = 0
        self._stable = ""

    def feed(self, samples: Samples) -> Partial:
        """What is heard so far; all but a Latin word that may go on is stable. Raises EngineError."""
        text = self._read(self._hear(samples))
        steady = _OPEN_WORD.sub("", text).rstrip()
        if steady.startswith(self._stable):
            self._stable = steady
        return Partial(text, len(self._stable) if text.startswith(self._stable) else 0)

    def finish(self) -> Transcript:
        """What was said. Raises EngineError."""
        if self._final:
            self._stream.set_option("is_final", "1")
        result = self._hear(_TAIL, last=True)
        text = self._read(result)
        lang = detect(text) or self._lang or "zh"
        sure = [float(value) for value in result.ys_probs or ()]
        words = list_words(result.tokens, result.timestamps, self._heard / HEARING_RATE)
        if self._shouts:
            words = tuple(replace(word, text=word.text.lower()) for word in words)
        return judge(text, lang, float(np.mean(sure)) if sure else -0.2, words)

    def abandon(self) -> None:
        """Forgets the utterance."""
        self._stream = self._recognizer.create_stream()
        self._heard, self._stable = 0, ""

    def _read(self, result: Any) -> str:
        text: str = result.text.strip()
        return text.lower() if self._shouts else text

    def _hear(self, samples: Samples, last: bool = False) -> Any:
        self._heard += len(samples)
        try:
            self._stream.accept_waveform(HEARING_RATE, np.ascontiguousarray(samples, dtype=np.float32))
            if last:
                self._stream.input_finished()
            while self._recognizer.is_ready(self._stream):
                self._recognizer.decode_stream(self._stream)
            return self._recognizer.get_result_all(self._stream)
        except (RuntimeError, ValueError, IndexError) as error:
            raise EngineError("sherpa-onnx failed on an utterance", retryable=True) from error
