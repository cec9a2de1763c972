"""Speech by Kokoro (82 million weights in ONNX): English that sounds like a person, on a processor.

The file is run by onnxruntime and its sounds come from espeak-ng's worker process. A folder with ``*.onnx``, ``*.bin``
or ``*.npz`` (the voices) and, unless the model carries it in its metadata, ``config.json`` (the table of sounds).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from avatars.engines import ENGINES, EngineError, EngineMissing, Samples, SpeechChunk, Stop, find_missing
from avatars.engines.device import open_onnx
from avatars.engines.phonemic import Clause, Pronounce, list_clauses, place, to_pcm

_LONGEST: Final = 510  # sounds in one go
_TYPES: Final = {"tensor(float)": np.float32, "tensor(int64)": np.int64, "tensor(int32)": np.int32}


@dataclass(frozen=True, slots=True)
class KokoroSettings:
    """``voice``: a name in the file of voices; "" is the first one. ``speed``: 1 is the voice's own pace."""

    voice: str = ""
    speed: float = 1.0
    device: str = "auto"
    threads: int = 2


class KokoroSpeaker:
    """One voice; may be used from several threads."""

    capabilities = ENGINES["kokoro"].capabilities

    def __init__(self, model: Path, pronounce: Pronounce, settings: KokoroSettings | None = None) -> None:
        """``model``: the folder. Raises EngineError, EngineMissing."""
        missing = find_missing("kokoro")
        if missing:
            raise EngineMissing(missing)
        files = [next(iter(sorted(model.glob(kind))), None) for kind in ("*.onnx", "*.bin")]
        files[1] = files[1] or next(iter(sorted(model.glob("*.npz"))), None)
        if files[0] is None or files[1] is None:
            raise EngineMissing(f"{model} holds no Kokoro: it needs an .onnx file and a .bin file of voices")
        self.settings = settings or KokoroSettings()
        self._pronounce = pronounce
        self._session = open_onnx(str(files[0]), self.settings.device, self.settings.threads)
        self._inputs = {one.name: _TYPES.get(one.type, np.float32) for one in self._session.get_inputs()}
        self._tokens = "input_ids" if "input_ids" in self._inputs else "tokens"
        if not {self._tokens, "style", "speed"} <= set(self._inputs):
            raise EngineError(f"{files[0]} is no Kokoro: it takes {', '.join(self._inputs)}")
        self._ids = self._find_table(model)
        self._style = self._read_voice(files[1])

    def speak(self, text: str, lang: str, stop: Stop | None = None) -> Iterator[SpeechChunk]:
        """A chunk a clause. Raises EngineError."""
        rate, said = self.capabilities.sample_rate, 0
        for clause in list_clauses(text, lang, self._pronounce):
            if stop is not None and stop():
                return
            sound = self._make(clause)
            marks, sounds = place(clause, sound, rate, said / rate)
            said += len(sound)
            yield SpeechChunk(to_pcm(sound), rate, marks, sounds)

    def _make(self, clause: Clause) -> Samples:
        letters = [self._ids[letter] for letter in clause.ipa + clause.mark if letter in self._ids]
        parts = [letters[at : at + _LONGEST] for at in range(0, len(letters), _LONGEST)]
        return np.concatenate([self._run(part) for part in parts]) if parts else np.zeros(0, np.float32)

    def _run(self, letters: list[int]) -> Samples:
        style = self._style[min(len(letters), len(self._style)) - 1]
        inputs: dict[str, Any] = {
            self._tokens: np.array([[0, *letters, 0]], self._inputs[self._tokens]),
            "style": np.asarray(style, self._inputs["style"]).reshape(1, -1),
            "speed": np.array([self.settings.speed], self._inputs["speed"]),
        }
        try:
            made: Samples = np.asarray(self._session.run(None, inputs)[0], np.float32).reshape(-1)
        except Exception as error:  # onnxruntime's errors share no public base
            if not type(error).__module__.startswith("onnxruntime"):
                raise
            raise EngineError("Kokoro failed on a clause", retryable=True) from error
        return made

    def _find_table(self, model: Path) -> dict[str, int]:
        told = self._session.get_modelmeta().custom_metadata_map.get("kokoro_config")
        config = model / "config.json"
        if told is None and not config.is_file():
            raise EngineMissing(f"{model} is not whole: config.json with the table of sounds is missing")
        try:
            table = json.loads(told or config.read_text(encoding="utf-8"))["vocab"]
            return {str(letter): int(number) for letter, number in table.items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            raise EngineError(f"{config} holds no table of Kokoro's sounds") from None

    def _read_voice(self, path: Path) -> Samples:
        try:
            with np.load(path, allow_pickle=False) as voices:
                name = self.settings.voice or sorted(voices.files)[0]
                if name not in voices.files:
                    raise EngineError(f"{path} has no voice {name!r}; it has {', '.join(sorted(voices.files))}")
                style: Samples = np.asarray(voices[name], np.float32)
        except (ValueError, OSError, EOFError, AttributeError, IndexError) as error:
            raise EngineError(f"{path} holds no voices of Kokoro") from error
        return style.reshape(len(style), -1)
