"""Speech by Piper's voices (VITS in ONNX): natural, quicker than real time on a processor.

The voice's file is run by onnxruntime and its sounds come from espeak-ng's worker process; Piper's own package, which
is GPL-3, is not needed. Format: ``NAME.onnx`` beside ``NAME.onnx.json``.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from avatars.engines import ENGINES, EngineError, EngineMissing, Samples, SpeechChunk, Stop, find_missing
from avatars.engines.device import open_onnx
from avatars.engines.phonemic import Clause, Pronounce, list_clauses, place, to_pcm

_PAD, _BEGIN, _END = "_", "^", "$"
_RATES: Final = (8_000, 48_000)


@dataclass(frozen=True, slots=True)
class PiperSettings:
    """``speaker``: number of the speaker in a file with several. ``slower``: 1 is the voice's own pace."""

    speaker: int = 0
    slower: float = 1.0
    device: str = "auto"
    threads: int = 2


class PiperSpeaker:
    """One voice; may be used from several threads."""

    def __init__(self, model: Path, pronounce: Pronounce, settings: PiperSettings | None = None) -> None:
        """``model``: the .onnx file, or a folder with one. Raises EngineError, EngineMissing."""
        missing = find_missing("piper")
        if missing:
            raise EngineMissing(missing)
        path = _find(model)
        self.settings = settings or PiperSettings()
        self._pronounce = pronounce
        try:
            config = json.loads(Path(f"{path}.json").read_text(encoding="utf-8"))
            kind = str(config.get("phoneme_type", "espeak")).rpartition(".")[2].lower()
            rate = int(config["audio"]["sample_rate"])
            self._ids: dict[str, list[int]] = {
                key: [int(i) for i in ids] for key, ids in config["phoneme_id_map"].items()
            }
            scales = config.get("inference", {})
            self._scales = (
                float(scales.get("noise_scale", 0.667)),
                float(scales.get("length_scale", 1.0)) * self.settings.slower,
                float(scales.get("noise_w", 0.8)),
            )
            self._voice = str(config.get("espeak", {}).get("voice", "en-us"))
            code = str(config.get("language", {}).get("code", self._voice))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise EngineError(f"{path}.json is no description of a Piper voice") from error
        if kind != "espeak":
            raise EngineError(f"{path} is spelt by {kind}, not by espeak-ng: take a voice for sherpa-onnx instead")
        if not _RATES[0] <= rate <= _RATES[1] or not {_PAD, _BEGIN, _END} <= set(self._ids):
            raise EngineError(f"{path}.json is no description of a Piper voice")
        self._session = open_onnx(str(path), self.settings.device, self.settings.threads)
        self._inputs = {one.name for one in self._session.get_inputs()}
        if not {"input", "input_lengths", "scales"} <= self._inputs:
            raise EngineError(f"{path} is no Piper voice: it takes {', '.join(sorted(self._inputs))}")
        lang = "zh" if code.lower().startswith(("zh", "cmn")) else "en"
        self.capabilities = replace(ENGINES["piper"].capabilities, languages=(lang,), sample_rate=rate)

    def speak(self, text: str, lang: str, stop: Stop | None = None) -> Iterator[SpeechChunk]:
        """A chunk a clause. Raises EngineError."""
        rate, said = self.capabilities.sample_rate, 0
        for clause in list_clauses(text, lang, self._pronounce, self._voice):
            if stop is not None and stop():
                return
            sound = self._make(clause)
            marks, sounds = place(clause, sound, rate, said / rate)
            said += len(sound)
            yield SpeechChunk(to_pcm(sound), rate, marks, sounds)

    def _make(self, clause: Clause) -> Samples:
        ids = self.list_ids(clause)
        inputs: dict[str, Any] = {
            "input": np.array([ids], np.int64),
            "input_lengths": np.array([len(ids)], np.int64),
            "scales": np.array(self._scales, np.float32),
        }
        if "sid" in self._inputs:
            inputs["sid"] = np.array([self.settings.speaker], np.int64)
        try:
            made: Samples = np.asarray(self._session.run(None, inputs)[0], np.float32).reshape(-1)
        except Exception as error:  # onnxruntime's errors share no public base
            if not type(error).__module__.startswith("onnxruntime"):
                raise
            raise EngineError("the Piper voice failed on a clause", retryable=True) from error
        return made

    def list_ids(self, clause: Clause) -> list[int]:
        """Numbers of the clause's letters of IPA, a pad after each, as the voices were trained."""
        pad = self._ids[_PAD]
        ids = [*self._ids[_BEGIN], *pad]
        for letter in unicodedata.normalize("NFD", clause.ipa + clause.mark):
            if letter in self._ids:
                ids += [*self._ids[letter], *pad]
        return [*ids, *self._ids[_END]]


def _find(model: Path) -> Path:
    path = model if model.suffix == ".onnx" else next(iter(sorted(model.glob("*.onnx"))), model)
    for needed in (path, Path(f"{path}.json")):
        if not needed.is_file():
            raise EngineMissing(f"there is no Piper voice at {model}: {needed.name} is missing")
    return path
