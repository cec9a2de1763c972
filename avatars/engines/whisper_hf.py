"""Hearing by Whisper in transformers' format: Chinese, English and finding out which."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from avatars.engines import ENGINES, EngineError, EngineMissing, Samples, Transcript, find_missing
from avatars.engines.agreement import AgreementStream
from avatars.engines.device import torch_device
from avatars.listening_whisper import check_speech, choose_language, clean_text, judge


@dataclass(frozen=True, slots=True)
class WhisperHfSettings:
    """``device``: torch's name; "auto" takes CUDA when it is there. ``longest_tokens``: of one answer."""

    device: str = "auto"
    longest_tokens: int = 200


class WhisperHf:
    """One model, one utterance at a time; calls from threads queue."""

    capabilities = ENGINES["whisper-hf"].capabilities

    def __init__(self, model: Path, settings: WhisperHfSettings | None = None) -> None:
        """``model``: folder with config.json, weights and tokenizer. Raises EngineError, EngineMissing."""
        missing = find_missing("whisper-hf")
        if missing:
            raise EngineMissing(missing)
        if not (model / "config.json").is_file():
            raise EngineMissing(f"{model} is not a Whisper folder of transformers: it has no config.json")
        from transformers import WhisperForConditionalGeneration, WhisperProcessor

        self.settings = settings or WhisperHfSettings()
        self._device = torch_device(self.settings.device)
        try:
            self._processor: Any = WhisperProcessor.from_pretrained(str(model), local_files_only=True)
            loaded: Any = WhisperForConditionalGeneration.from_pretrained(str(model), local_files_only=True)
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            raise EngineError(f"the Whisper folder {model} cannot be loaded: {error}") from error
        self._model = loaded.to(self._device).eval()
        self._lock = threading.Lock()

    def transcribe(self, samples: Samples, lang: str | None = None) -> Transcript:
        """samples: float32 (n,), 16 kHz mono, −1…1; the first 30 s count. Raises EngineError."""
        if not check_speech(samples):
            return Transcript("", lang or "en", rejected=True)
        import torch

        rate = self.capabilities.sample_rate
        with self._lock, torch.inference_mode():
            features = self._processor(samples[: 30 * rate], sampling_rate=rate, return_tensors="pt").input_features
            features = features.to(self._device, self._model.dtype)
            try:
                chosen = lang or self._detect(features)
                made = self._model.generate(
                    features, language=chosen, task="transcribe", max_new_tokens=self.settings.longest_tokens,
                    num_beams=1, do_sample=False, return_dict_in_generate=True, output_scores=True,
                )  # fmt: skip
            except (RuntimeError, ValueError) as error:
                raise EngineError(f"Whisper failed: {error}", retryable=True) from error
            text = clean_text(self._processor.batch_decode(made.sequences, skip_special_tokens=True)[0], chosen)
            return judge(text, chosen, self._mean_log_probability(made))

    def open(self, lang: str | None = None) -> AgreementStream:
        """A stream for one utterance: partials by repeated hearing."""
        return AgreementStream(self, lang)

    def _detect(self, features: Any) -> str:
        """The likelier of our two languages."""
        import torch

        known: dict[str, int] = getattr(self._model.generation_config, "lang_to_id", None) or {}
        ours = {lang: known[f"<|{lang}|>"] for lang in self.capabilities.languages if f"<|{lang}|>" in known}
        if not ours:
            return "en"
        start = torch.tensor([[self._model.config.decoder_start_token_id]], device=self._device)
        scores = self._model(features, decoder_input_ids=start).logits[0, -1]
        return choose_language({lang: float(scores[token]) for lang, token in ours.items()})

    @staticmethod
    def _mean_log_probability(made: Any) -> float:
        """Over the tokens made."""
        steps = made.scores or ()
        tokens = made.sequences[0, -len(steps) :] if steps else ()
        values = [float(step[0].log_softmax(-1)[token]) for step, token in zip(steps, tokens, strict=True)]
        return float(np.mean(values)) if values else -99.0
