"""The folders of sherpa-onnx's models: which kind one is, and whether it is whole.

sherpa-onnx ends the process (exit code 255) when a fact or the token table is missing, so everything is looked at here
before it is loaded. Facts demanded: sherpa-onnx 2.0, ``csrc/*-model.cc``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from avatars.engines.onnx_facts import read_facts
from avatars.errors import EngineError, EngineMissing

Kind = Literal["sense-voice", "paraformer", "streaming-paraformer", "streaming-zipformer", "streaming-ctc"]

_FRONT: Final = ("vocab_size", "lfr_window_size", "lfr_window_shift", "neg_mean", "inv_stddev")
_LANGS: Final = tuple(f"lang_{lang}" for lang in ("auto", "zh", "en", "ja", "ko", "yue"))
_LAYERS: Final = (
    "encoder_dims",
    "num_encoder_layers",
    "cnn_module_kernels",
    "left_context_len",
    "T",
    "decode_chunk_len",
)
_HEADS: Final = ("query_head_dims", "value_head_dims", "num_heads")
DEMANDED: Final[dict[Kind, dict[str, tuple[str, ...]]]] = {
    "sense-voice": {"model": (*_FRONT, "normalize_samples", "with_itn", "without_itn", *_LANGS)},
    "paraformer": {"model": _FRONT},
    "streaming-paraformer": {
        "encoder": (*_FRONT, "encoder_output_size", "decoder_num_blocks", "decoder_kernel_size"),
        "decoder": (),
    },
    "streaming-zipformer": {
        "encoder": (*_LAYERS, "model_type"),
        "decoder": ("vocab_size", "context_size"),
        "joiner": ("joiner_dim",),
    },
    "streaming-ctc": {"model": (*_LAYERS, *_HEADS)},
}


@dataclass(frozen=True, slots=True)
class SherpaFolder:
    """A whole folder. ``files``: paths by part: "model", or "encoder", "decoder" and "joiner".

    ``shouts``: the model writes English in capitals only, which readers should not be shown.
    """

    kind: Kind
    files: dict[str, Path]
    tokens: Path
    shouts: bool


def read_folder(folder: Path) -> SherpaFolder:
    """Look at everything that will be loaded. Raises EngineMissing: no such folder; EngineError: it is not whole."""
    if not folder.is_dir():
        raise EngineMissing(f"there is no folder {folder} with a model of sherpa-onnx")
    files = {part: _find(folder, part) for part in ("model", "encoder", "decoder", "joiner")}
    found = {part: path for part, path in files.items() if path is not None}
    facts = {part: read_facts(path) for part, path in found.items()}
    kind = _tell(folder, facts)
    for part, names in DEMANDED[kind].items():
        if part not in found:
            raise EngineError(f"{folder}: a model of kind {kind} needs {part}.onnx")
        if facts[part].get("model_type") == "zipformer2":
            names = (*names, *_HEADS)
        absent = [name for name in names if name not in facts[part]]
        if absent:
            raise EngineError(f"{found[part]} cannot be used for {kind}: its metadata lacks {', '.join(absent)}")
        if kind == "streaming-zipformer" and facts["encoder"]["model_type"] not in ("zipformer", "zipformer2"):
            raise EngineError(f"{found['encoder']} is of kind {facts['encoder']['model_type']}, not zipformer")
    sizes = [int(one["vocab_size"]) for one in facts.values() if one.get("vocab_size", "").isdecimal()]
    symbols = _check_tokens(folder / "tokens.txt", max(sizes, default=1))
    words = [symbol for symbol in symbols if symbol.isascii() and not symbol.startswith("<")]
    shouts = any(map(str.isupper, words)) and not any(map(str.islower, words))
    return SherpaFolder(kind, {part: found[part] for part in DEMANDED[kind]}, folder / "tokens.txt", shouts)


def _find(folder: Path, part: str) -> Path | None:
    """``model.int8.onnx``, ``encoder-epoch-99-avg-1.onnx`` and the like; the smallest number type first."""
    files = [path for path in folder.glob("*.onnx") if path.name.startswith((f"{part}.", f"{part}-", f"{part}_"))]
    return min(files, key=lambda path: (".int8" not in path.name, ".fp16" not in path.name, path.name), default=None)


def _tell(folder: Path, facts: dict[str, dict[str, str]]) -> Kind:
    if {"encoder", "decoder", "joiner"} <= set(facts):
        return "streaming-zipformer"
    if {"encoder", "decoder"} <= set(facts):
        return "streaming-paraformer"
    if "model" not in facts:
        raise EngineError(f"{folder} holds no model of sherpa-onnx: neither model*.onnx nor encoder*.onnx")
    if "encoder_dims" in facts["model"]:
        return "streaming-ctc"
    if "lang_auto" in facts["model"] or "with_itn" in facts["model"]:
        return "sense-voice"
    return "paraformer"


def _check_tokens(path: Path, size: int) -> list[str]:
    """The symbols of "symbol number" lines, one at least for each of ``size`` numbers. Raises EngineError."""
    if not path.is_file():
        raise EngineError(f"{path.parent} is not whole: tokens.txt is missing")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise EngineError(f"{path} is no table of tokens: it is not UTF-8") from None
    numbers: set[int] = set()
    symbols: list[str] = []
    for row, line in enumerate(lines, 1):
        fields = line.split()
        if not (1 <= len(fields) <= 2 and fields[-1].isdecimal()):
            raise EngineError(f'{path} is no table of tokens: line {row} is not "symbol number"')
        numbers.add(int(fields[-1]))
        symbols.append(fields[0].strip("▁"))
    absent = next((number for number in range(size) if number not in numbers), None)
    if absent is not None:
        raise EngineError(f"{path} belongs to another model: it has no token {absent}, this one has {size}")
    return symbols
