"""End of turn by a text classifier in ONNX, weighed against the silence.

A folder with ``model.onnx`` (``input_ids`` and ``attention_mask`` to two or more logits), ``tokenizer.json`` and, to
say which logit means that the turn is over, ``config.json`` with ``id2label``; without it the last one does.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from avatars.engines import ENGINES, EngineError, EngineMissing, find_missing
from avatars.engines.device import open_onnx

_OVER: Final = re.compile(
    r"^(?!.*(in|not|un)[-_ ]?(complete|finished|over|end))(.*)(complete|finish|end|eot|eou|over)", re.I
)


@dataclass(frozen=True, slots=True)
class TurnModelSettings:
    """``sure_s``, ``doubtful_s``: silence that makes it even odds when the model says 1, and when it says 0.

    ``longest_tokens``: of the end of what was said.
    """

    sure_s: float = 0.25
    doubtful_s: float = 1.8
    longest_tokens: int = 128


class TurnModel:
    """One model, shared; it looks at a text once, however long the silence lasts."""

    capabilities = ENGINES["turn-model"].capabilities

    def __init__(self, model: Path, settings: TurnModelSettings | None = None) -> None:
        """``model``: the folder. Raises EngineError, EngineMissing."""
        missing = find_missing("turn-model")
        if missing:
            raise EngineMissing(missing)
        absent = [name for name in ("model.onnx", "tokenizer.json") if not (model / name).is_file()]
        if absent:
            raise EngineMissing(f"{model} is no turn detector: {' and '.join(absent)} missing")
        import tokenizers

        self.settings = settings or TurnModelSettings()
        try:
            self._tokenizer: Any = tokenizers.Tokenizer.from_file(str(model / "tokenizer.json"))
        except Exception as error:  # tokenizers raises bare Exception
            raise EngineError(f"{model / 'tokenizer.json'} is no table of tokens") from error
        self._tokenizer.enable_truncation(self.settings.longest_tokens, direction="left")
        self._session = open_onnx(str(model / "model.onnx"), "cpu")
        self._inputs = [one.name for one in self._session.get_inputs()]
        if "input_ids" not in self._inputs or not set(self._inputs) <= {
            "input_ids",
            "attention_mask",
            "token_type_ids",
        }:
            raise EngineError(f"{model / 'model.onnx'} is no text classifier: it takes {', '.join(self._inputs)}")
        self._over = _find_label(model / "config.json")
        self._last: tuple[str, float] = ("", 0.0)

    def ended(self, text: str, lang: str, silence_s: float) -> float:
        """How sure it is that the turn is over, 0…1. Raises EngineError."""
        known, chance = self._last
        if known != text or not text:
            chance = self._judge(text) if text.strip() else 0.5
            self._last = (text, chance)
        wait_s = self.settings.sure_s * math.pow(self.settings.doubtful_s / self.settings.sure_s, 1 - chance)
        return min(1.0, max(0.0, silence_s / (2 * wait_s)))

    def _judge(self, text: str) -> float:
        made = self._tokenizer.encode(text)
        row = {"input_ids": made.ids, "attention_mask": made.attention_mask, "token_type_ids": made.type_ids}
        try:
            logits = self._session.run(None, {name: np.array([row[name]], np.int64) for name in self._inputs})[0]
        except Exception as error:  # onnxruntime's errors share no public base
            if not type(error).__module__.startswith("onnxruntime"):
                raise
            raise EngineError("the turn detector failed on a text") from error
        scores = np.asarray(logits, np.float64).reshape(-1)
        if len(scores) == 1:
            return 1 / (1 + math.exp(-float(scores[0])))
        chances = np.exp(scores - scores.max())
        return float(chances[self._over] / chances.sum())


def _find_label(config: Path) -> int:
    """Which logit means that the turn is over."""
    if not config.is_file():
        return -1
    try:
        labels = json.loads(config.read_text(encoding="utf-8")).get("id2label", {})
        return next((int(i) for i, label in labels.items() if _OVER.match(str(label))), -1)
    except (ValueError, AttributeError):
        raise EngineError(f"{config} cannot be read: it is no JSON object") from None
