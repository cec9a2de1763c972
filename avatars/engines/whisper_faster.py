"""Hearing by faster-whisper: Whisper in CTranslate2's format, the quickest on a processor."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from avatars.engines import ENGINES, EngineError, EngineMissing, Samples, Transcript, Word, find_missing
from avatars.engines.agreement import AgreementStream
from avatars.engines.device import ctranslate_device
from avatars.listening_whisper import check_speech, choose_language, clean_text, judge


@dataclass(frozen=True, slots=True)
class WhisperFasterSettings:
    """``device``: "auto", "cpu" or "cuda". ``threads``: 0 is its own choice.

    ``compute``: CTranslate2's number type; "auto" is int8, with float16 beside it on CUDA.
    """

    device: str = "auto"
    compute: str = "auto"
    threads: int = 0
    beams: int = 1
    words: bool = True


class WhisperFaster:
    """One model, one utterance at a time; calls from threads queue."""

    capabilities = ENGINES["whisper-faster"].capabilities

    def __init__(self, model: Path, settings: WhisperFasterSettings | None = None) -> None:
        """``model``: folder with model.bin, config.json and tokenizer.json. Raises EngineError, EngineMissing."""
        missing = find_missing("whisper-faster")
        if missing:
            raise EngineMissing(missing)
        if not (model / "model.bin").is_file():
            raise EngineMissing(f"{model} is not a Whisper folder of CTranslate2: it has no model.bin")
        from faster_whisper import WhisperModel

        self.settings = settings or WhisperFasterSettings()
        device = ctranslate_device(self.settings.device)
        compute = self.settings.compute
        if compute == "auto":
            compute = "int8_float16" if device == "cuda" else "int8"
        try:
            self._model: Any = WhisperModel(
                str(model), device=device, compute_type=compute,
                cpu_threads=self.settings.threads, local_files_only=True,
            )  # fmt: skip
        except (RuntimeError, ValueError, OSError) as error:
            raise EngineError(f"the Whisper folder {model} cannot be loaded: {error}") from error
        self._lock = threading.Lock()

    def transcribe(self, samples: Samples, lang: str | None = None) -> Transcript:
        """samples: float32 (n,), 16 kHz mono, −1…1. Raises EngineError."""
        if not check_speech(samples):
            return Transcript("", lang or "en", rejected=True)
        heard = np.ascontiguousarray(samples, dtype=np.float32)
        with self._lock:
            try:
                chosen = lang or self._detect(heard)
                found, _ = self._model.transcribe(
                    heard, language=chosen, task="transcribe", beam_size=self.settings.beams, temperature=0.0,
                    condition_on_previous_text=False, word_timestamps=self.settings.words,
                )  # fmt: skip
                parts = list(found)
            except (RuntimeError, ValueError) as error:
                raise EngineError(f"Whisper failed: {error}", retryable=True) from error
        words = tuple(
            Word(word.word.strip(), float(word.start), float(word.end)) for part in parts for word in part.words or ()
        )
        mean = float(np.mean([part.avg_logprob for part in parts])) if parts else -99.0
        no_speech = min((float(part.no_speech_prob) for part in parts), default=1.0)
        return judge(clean_text("".join(part.text for part in parts), chosen), chosen, mean, words, no_speech)

    def open(self, lang: str | None = None) -> AgreementStream:
        """A stream for one utterance: partials by repeated hearing."""
        return AgreementStream(self, lang)

    def _detect(self, samples: Samples) -> str:
        """The likelier of our two languages."""
        if not self._model.model.is_multilingual:
            return "en"
        _, _, chances = self._model.detect_language(samples)
        table = dict(chances)
        return choose_language({lang: float(table.get(lang, 0.0)) for lang in self.capabilities.languages})
