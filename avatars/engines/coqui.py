"""Speech by Coqui TTS from a model's folder: VITS, XTTS and the other models of that library.

A folder with ``config.json`` and ``*.pth``. The package asks for torchaudio and torchcodec to be there but uses neither
for speaking; how to install it beside a processor's torch: ``docs/how-to/engines.md``.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from avatars.engines import ENGINES, EngineError, EngineMissing, Samples, SpeechChunk, Stop, find_missing
from avatars.engines.device import torch_device
from avatars.engines.phonemic import Pronounce, list_clauses, place, to_pcm


@dataclass(frozen=True, slots=True)
class CoquiSettings:
    """``speaker``: a name in a model with several. ``sample``: a recording whose voice XTTS takes on.

    Take only a voice whose owner agreed in writing.
    """

    speaker: str = ""
    sample: Path | None = None
    device: str = "auto"


class CoquiSpeaker:
    """One model, one clause at a time; calls from threads queue."""

    def __init__(
        self, model: Path, pronounce: Pronounce, settings: CoquiSettings | None = None, lang: str | None = None
    ) -> None:
        """``model``: the folder. ``lang``: of a model that knows one only. Raises EngineError, EngineMissing."""
        missing = find_missing("coqui")
        if missing:
            raise EngineMissing(missing)
        weights = next(iter(sorted(model.glob("*.pth"))), None)
        config = model / "config.json"
        if weights is None or not config.is_file():
            raise EngineMissing(f"{model} holds no Coqui model: it needs config.json and a .pth file")
        self.settings = settings or CoquiSettings()
        self._pronounce = pronounce
        device = torch_device(self.settings.device)
        try:
            whole = str(json.loads(config.read_text(encoding="utf-8")).get("model", "")) == "xtts"
            from TTS.api import TTS

            path = model if whole else weights
            self._model: Any = TTS(model_path=str(path), config_path=str(config), progress_bar=False).to(device)
            rate = int(self._model.synthesizer.output_sample_rate)
        except ImportError as error:  # the package is there, but what it looks for is not
            raise EngineMissing(f"engine coqui cannot be imported: {error}") from error
        except (OSError, ValueError, RuntimeError, KeyError, TypeError, AttributeError) as error:
            raise EngineError(f"the folder {model} cannot be loaded by Coqui TTS: {error}") from error
        except Exception as error:  # torch raises pickle's own error for a file that is no model
            if type(error).__module__ not in ("_pickle", "pickle"):
                raise
            raise EngineError(f"the folder {model} cannot be loaded by Coqui TTS: it is no model") from error
        self._lock = threading.Lock()
        known = ("en", "zh") if self._model.is_multi_lingual else (lang or "en",)
        self.capabilities = replace(ENGINES["coqui"].capabilities, languages=known, sample_rate=rate)

    def speak(self, text: str, lang: str, stop: Stop | None = None) -> Iterator[SpeechChunk]:
        """A chunk a clause. Raises EngineError."""
        rate, said = self.capabilities.sample_rate, 0
        for clause in list_clauses(text, lang, self._pronounce):
            if stop is not None and stop():
                return
            sound = self._make(text[clause.start : clause.end].strip(), lang)
            marks, sounds = place(clause, sound, rate, said / rate)
            said += len(sound)
            yield SpeechChunk(to_pcm(sound), rate, marks, sounds)

    def _make(self, text: str, lang: str) -> Samples:
        how: dict[str, Any] = {"split_sentences": False}
        if self._model.is_multi_lingual:
            how["language"] = "zh-cn" if lang.startswith("zh") else "en"
        if self.settings.sample is not None:
            how["speaker_wav"] = str(self.settings.sample)
        elif self._model.is_multi_speaker:
            how["speaker"] = self.settings.speaker or str(self._model.speakers[0])
        with self._lock:
            try:
                made: Samples = np.asarray(self._model.tts(text, **how), np.float32).reshape(-1)
            except (RuntimeError, ValueError, KeyError, TypeError, IndexError, AssertionError) as error:
                raise EngineError("Coqui TTS failed on a clause", retryable=True) from error
        return made
