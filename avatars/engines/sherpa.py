"""Hearing whole utterances by sherpa-onnx: SenseVoice and Paraformer, which hear Chinese best on a processor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from avatars.engines import ENGINES, EngineError, EngineMissing, Samples, Transcript, Word, find_missing
from avatars.engines.agreement import AgreementStream
from avatars.engines.device import sherpa_provider
from avatars.engines.sherpa_files import read_folder
from avatars.language import detect
from avatars.listening_whisper import check_speech, clean_text, judge

_LAST_S: Final = 0.2  # how long the last token sounds, where the model says only when it begins
_NOBODY: Final = ("<|nospeech|>", "<|BGM|>", "<|Applause|>")


@dataclass(frozen=True, slots=True)
class SherpaSettings:
    """``device``: "auto", "cpu" or "cuda" (needs sherpa-onnx's CUDA build). ``digits``: write numbers as digits."""

    device: str = "auto"
    threads: int = 2
    digits: bool = True


class SherpaTranscriber:
    """One model; several utterances at a time."""

    capabilities = ENGINES["sherpa"].capabilities

    def __init__(self, model: Path, settings: SherpaSettings | None = None) -> None:
        """``model``: folder with model*.onnx and tokens.txt. Raises EngineError, EngineMissing."""
        missing = find_missing("sherpa")
        if missing:
            raise EngineMissing(missing)
        folder = read_folder(model)
        if folder.kind not in ("sense-voice", "paraformer"):
            raise EngineError(f"{model} hears while somebody speaks: it is for the engine sherpa-streaming")
        import sherpa_onnx

        self.settings = settings or SherpaSettings()
        self.kind = folder.kind
        self._shouts = folder.shouts
        shared: dict[str, Any] = {
            "tokens": str(folder.tokens),
            "num_threads": self.settings.threads,
            "provider": sherpa_provider(self.settings.device),
        }
        path = str(folder.files["model"])
        make = sherpa_onnx.OfflineRecognizer
        try:
            if folder.kind == "sense-voice":
                self._model = make.from_sense_voice(model=path, use_itn=self.settings.digits, **shared)
            else:
                self._model = make.from_paraformer(paraformer=path, **shared)
        except (RuntimeError, ValueError, IndexError) as error:
            raise EngineError(f"the folder {model} cannot be loaded by sherpa-onnx: {error}") from error

    def transcribe(self, samples: Samples, lang: str | None = None) -> Transcript:
        """samples: float32 (n,), 16 kHz mono, −1…1. The language is always detected. Raises EngineError."""
        if not check_speech(samples):
            return Transcript("", lang or "en", rejected=True)
        stream = self._model.create_stream()
        stream.accept_waveform(self.capabilities.sample_rate, np.ascontiguousarray(samples, dtype=np.float32))
        try:
            self._model.decode_stream(stream)
            result = stream.result
        except (RuntimeError, ValueError, IndexError) as error:
            raise EngineError("sherpa-onnx failed on an utterance", retryable=True) from error
        if result.lang in _NOBODY or result.event in _NOBODY:
            return Transcript("", lang or "en", rejected=True)
        found = "zh" if result.lang in ("<|zh|>", "<|yue|>") else "en" if result.lang == "<|en|>" else None
        chosen = found or detect(result.text) or lang or "zh"
        sure = [float(value) for value in result.ys_log_probs or ()]
        mean = float(np.mean(sure)) if sure else -0.2
        text = clean_text(result.text, chosen)
        words = list_words(result.tokens, result.timestamps, len(samples) / self.capabilities.sample_rate)
        if self._shouts:
            text, words = text.lower(), tuple(replace(word, text=word.text.lower()) for word in words)
        return judge(text, chosen, mean, words)

    def open(self, lang: str | None = None) -> AgreementStream:
        """A stream for one utterance: partials by repeated hearing."""
        return AgreementStream(self, lang)


def list_words(tokens: Sequence[str], starts_s: Sequence[float], end_s: float) -> tuple[Word, ...]:
    """Words of a model's tokens: "▁" or a blank begins one, a Chinese character is one, "@@" says that one goes on."""
    words: list[tuple[str, float]] = []
    joins = False
    for token, start_s in zip(tokens, starts_s, strict=False):
        if token.startswith("<|"):
            continue
        begins = token.startswith(("▁", " "))
        text = token.strip("▁ ")
        goes_on, text = text.endswith("@@"), text.removesuffix("@@")
        chinese = bool(text) and "\u2e80" <= text[0] <= "\uffef"
        if words and not begins and not chinese and (joins or text[:1].islower() or not text.isalnum()):
            words[-1] = (words[-1][0] + text, words[-1][1])
        elif text:
            words.append((text, float(start_s)))
        joins = goes_on or (begins and not chinese)
    if not words:
        return ()
    ends = [start for _, start in words[1:]] + [min(end_s, words[-1][1] + _LAST_S)]
    return tuple(Word(text, start, max(start, end)) for (text, start), end in zip(words, ends, strict=True))
