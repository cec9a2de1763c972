"""Hearing by openai-whisper's own files (.pt)."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from avatars.engines import ENGINES, EngineError, EngineMissing, Samples, Transcript, Word, find_missing
from avatars.engines.agreement import AgreementStream
from avatars.engines.device import torch_device
from avatars.listening_whisper import check_speech, choose_language, clean_text, judge


@dataclass(frozen=True, slots=True)
class WhisperOpenaiSettings:
    """``device``: torch's name; "auto" takes CUDA when it is there. ``words``: give words their times (slower)."""

    device: str = "auto"
    words: bool = False


class WhisperOpenai:
    """One model, one utterance at a time; calls from threads queue."""

    capabilities = ENGINES["whisper-openai"].capabilities

    def __init__(self, model: Path, settings: WhisperOpenaiSettings | None = None) -> None:
        """``model``: a .pt file. Raises EngineError, EngineMissing."""
        missing = find_missing("whisper-openai")
        if missing:
            raise EngineMissing(missing)
        if not model.is_file():
            raise EngineMissing(f"there is no Whisper file {model}")
        import whisper

        self.settings = settings or WhisperOpenaiSettings()
        device = torch_device(self.settings.device)
        try:
            self._model: Any = whisper.load_model(str(model), device=device)
        except (RuntimeError, KeyError, TypeError, EOFError, OSError, ValueError) as error:
            raise EngineError(f"the Whisper file {model} cannot be loaded: {error}") from error
        except Exception as error:  # torch raises pickle's own error for a file that is no model
            if type(error).__module__ not in ("_pickle", "pickle"):
                raise
            raise EngineError(f"the Whisper file {model} cannot be loaded: it is no model") from error
        self._lock = threading.Lock()

    def transcribe(self, samples: Samples, lang: str | None = None) -> Transcript:
        """samples: float32 (n,), 16 kHz mono, −1…1. Raises EngineError."""
        if not check_speech(samples):
            return Transcript("", lang or "en", rejected=True)
        with self._lock:
            try:
                chosen = lang or self._detect(samples)
                made = self._model.transcribe(
                    np.ascontiguousarray(samples, dtype=np.float32), language=chosen, task="transcribe", fp16=False,
                    temperature=0.0, condition_on_previous_text=False, word_timestamps=self.settings.words,
                )  # fmt: skip
            except (RuntimeError, ValueError) as error:
                raise EngineError(f"Whisper failed: {error}", retryable=True) from error
        parts = made["segments"]
        words = tuple(
            Word(word["word"].strip(), float(word["start"]), float(word["end"]))
            for part in parts
            for word in part.get("words", ())
        )
        mean = float(np.mean([part["avg_logprob"] for part in parts])) if parts else -99.0
        no_speech = min((float(part["no_speech_prob"]) for part in parts), default=1.0)
        return judge(clean_text(made["text"], chosen), chosen, mean, words, no_speech)

    def open(self, lang: str | None = None) -> AgreementStream:
        """A stream for one utterance: partials by repeated hearing."""
        return AgreementStream(self, lang)

    def _detect(self, samples: Samples) -> str:
        """The likelier of our two languages."""
        import whisper

        if not self._model.is_multilingual:
            return "en"
        heard = whisper.pad_or_trim(np.ascontiguousarray(samples, dtype=np.float32))
        mel = whisper.log_mel_spectrogram(heard, n_mels=self._model.dims.n_mels).to(self._model.device)
        _, chances = self._model.detect_language(mel)
        return choose_language({lang: float(chances.get(lang, 0.0)) for lang in self.capabilities.languages})
