"""Voice detection by Silero's network: tells voice from noise where loudness and WebRTC's detector are misled.

Reads the ONNX files of Silero VAD 4 (states h and c), 5 and 6 (one state) and the one that comes with faster-whisper,
which is taken when no file is named. Windows of 512 samples (32 ms); versions from 5 on also see the 64 before them.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from avatars.engines import ENGINES, EngineError, EngineMissing, Samples, find_missing
from avatars.engines.device import open_onnx

WINDOW: Final = 512  # 32 ms at 16 kHz
CONTEXT: Final = 64


@dataclass(frozen=True, slots=True)
class SileroSettings:
    """``begins``, ``ends``: the probability from which a window is voice, and below which voice has ended."""

    begins: float = 0.5
    ends: float = 0.35


@dataclass(frozen=True, slots=True)
class _Net:
    """A loaded file and what its version wants; shared by all listeners."""

    session: Any
    context: int
    states: tuple[tuple[str, tuple[int, ...]], ...]
    takes_rate: bool


class SileroActivity:
    """One listener's detector."""

    capabilities = ENGINES["silero"].capabilities

    def __init__(self, model: Path | None = None, settings: SileroSettings | None = None) -> None:
        """``model``: an .onnx file of Silero VAD. Raises EngineError, EngineMissing."""
        missing = find_missing("silero")
        if missing:
            raise EngineMissing(missing)
        self.settings = settings or SileroSettings()
        self._net = _open(model or _find_bundled())
        self._states = {name: np.zeros(shape, np.float32) for name, shape in self._net.states}
        self._seen = np.zeros(self._net.context, np.float32)
        self._waiting = np.zeros(0, np.float32)
        self._speaking = False

    def feed(self, frame: Samples) -> bool:
        """frame: float32 (n,), 16 kHz. True while someone speaks, by the last whole window. Raises EngineError."""
        self._waiting = np.concatenate((self._waiting, np.asarray(frame, dtype=np.float32)))
        while len(self._waiting) >= WINDOW:
            window, self._waiting = self._waiting[:WINDOW], self._waiting[WINDOW:]
            chance = self._judge(window)
            self._speaking = chance >= (self.settings.ends if self._speaking else self.settings.begins)
        return self._speaking

    def _judge(self, window: Samples) -> float:
        heard = np.concatenate((self._seen, window))[None, :]
        inputs: dict[str, Any] = {"input": heard, **self._states}
        if self._net.takes_rate:
            inputs["sr"] = np.array(self.capabilities.sample_rate, np.int64)
        try:
            chance, *states = self._net.session.run(None, inputs)
        except Exception as error:  # onnxruntime's errors share no public base
            if not type(error).__module__.startswith("onnxruntime"):
                raise
            raise EngineError("Silero's network failed on a window of sound") from error
        self._states = dict(zip(self._states, states, strict=True))
        if self._net.context:
            self._seen = window[-self._net.context :]
        return float(np.ravel(chance)[0])


def _find_bundled() -> Path:
    """The file that faster-whisper brings along."""
    found = importlib.util.find_spec("faster_whisper")
    files = sorted(Path(found.origin).parent.glob("assets/silero_vad*.onnx")) if found and found.origin else []
    if not files:
        raise EngineMissing("Silero's detector needs a model: shelfway models fetch silero-vad")
    return files[-1]


@lru_cache(maxsize=2)
def _open(model: Path) -> _Net:
    if not model.is_file():
        raise EngineMissing(f"there is no Silero file {model}: shelfway models fetch silero-vad")
    session = open_onnx(str(model), "cpu")
    inputs = {one.name: one.shape for one in session.get_inputs()}
    names = [name for name in ("state", "h", "c") if name in inputs]
    if "input" not in inputs or not names or len(session.get_outputs()) != 1 + len(names):
        raise EngineError(f"{model} is not a Silero voice detector: it takes {', '.join(inputs)}")
    states = tuple((name, tuple(size if isinstance(size, int) else 1 for size in inputs[name])) for name in names)
    wide = inputs["input"][-1] == WINDOW + CONTEXT or "state" in inputs
    return _Net(session, CONTEXT if wide else 0, states, "sr" in inputs)
