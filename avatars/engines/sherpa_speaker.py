"""Speech by sherpa-onnx: VITS voices with a lexicon (MeloTTS and AISHELL-3 among them), the natural ones for Chinese.

A folder with ``model*.onnx``, ``tokens.txt`` and ``lexicon.txt``. sherpa-onnx 2 holds no espeak-ng; voices without a
lexicon are refused here, because the library would end the process over them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from avatars.engines import ENGINES, EngineError, EngineMissing, Samples, SpeechChunk, Stop, find_missing
from avatars.engines.device import sherpa_provider
from avatars.engines.onnx_facts import read_facts
from avatars.engines.phonemic import Pronounce, list_clauses, place, to_pcm

_DEMANDED: Final = ("sample_rate", "n_speakers", "language", "comment")


@dataclass(frozen=True, slots=True)
class SherpaSpeakerSettings:
    """``speaker``: number of the speaker in a model with several. ``speed``: 1 is the voice's own pace."""

    speaker: int = 0
    speed: float = 1.0
    device: str = "auto"
    threads: int = 2


class SherpaSpeaker:
    """One voice; may be used from several threads."""

    def __init__(self, model: Path, pronounce: Pronounce, settings: SherpaSpeakerSettings | None = None) -> None:
        """``model``: the folder. Raises EngineError, EngineMissing."""
        missing = find_missing("sherpa-speaker")
        if missing:
            raise EngineMissing(missing)
        path = next(iter(sorted(model.glob("*.onnx"), key=lambda one: (".int8" not in one.name, one.name))), None)
        absent = [name for name in ("tokens.txt", "lexicon.txt") if not (model / name).is_file()]
        if path is None or absent:
            raise EngineMissing(f"{model} holds no voice of sherpa-onnx: it needs model.onnx, tokens.txt, lexicon.txt")
        facts = read_facts(path)
        lacking = [name for name in _DEMANDED if name not in facts]
        if lacking:
            raise EngineError(f"{path} is no VITS voice of sherpa-onnx: its metadata lacks {', '.join(lacking)}")
        import sherpa_onnx

        self.settings = settings or SherpaSpeakerSettings()
        self._pronounce = pronounce
        vits = sherpa_onnx.OfflineTtsVitsModelConfig(
            model=str(path), lexicon=str(model / "lexicon.txt"), tokens=str(model / "tokens.txt")
        )
        config = sherpa_onnx.OfflineTtsConfig(
            model=sherpa_onnx.OfflineTtsModelConfig(
                vits=vits, num_threads=self.settings.threads, provider=sherpa_provider(self.settings.device)
            ),
            max_num_sentences=1,
        )
        try:
            self._model: Any = sherpa_onnx.OfflineTts(config)
        except (RuntimeError, ValueError, IndexError) as error:
            raise EngineError(f"the folder {model} cannot be loaded by sherpa-onnx: {error}") from error
        told = facts["language"].lower()
        known = ("zh", "en") if "english" in told and "chinese" in told else ("en",) if told == "english" else ("zh",)
        self.capabilities = replace(
            ENGINES["sherpa-speaker"].capabilities, languages=known, sample_rate=int(self._model.sample_rate)
        )

    def speak(self, text: str, lang: str, stop: Stop | None = None) -> Iterator[SpeechChunk]:
        """A chunk a clause. Raises EngineError."""
        rate, said = self.capabilities.sample_rate, 0
        for clause in list_clauses(text, lang, self._pronounce):
            if stop is not None and stop():
                return
            sound = self._make(text[clause.start : clause.end].strip(), stop)
            marks, sounds = place(clause, sound, rate, said / rate)
            said += len(sound)
            yield SpeechChunk(to_pcm(sound), rate, marks, sounds)

    def _make(self, text: str, stop: Stop | None) -> Samples:
        def go_on(samples: Any, progress: float) -> int:
            return 0 if stop is not None and stop() else 1

        try:
            made = self._model.generate(text, sid=self.settings.speaker, speed=self.settings.speed, callback=go_on)
        except (RuntimeError, ValueError, IndexError) as error:
            raise EngineError("sherpa-onnx failed on a clause", retryable=True) from error
        sound: Samples = np.asarray(made.samples, np.float32)
        return sound
