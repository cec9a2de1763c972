"""sherpa-onnx folders of a few nodes: "loud" sound makes them write, silence makes them pause."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.avatars.engines.tiny_onnx import FLOAT, INT32, INT64, node, save, value

LOUD = 0.0  # mean logarithm of the mel energies: voice is above it, silence far below
FRONT = {
    "lfr_window_size": "7", "lfr_window_shift": "6",
    "neg_mean": ",".join(["0"] * 560), "inv_stddev": ",".join(["1"] * 560),
}  # fmt: skip
LANGS = {f"lang_{lang}": str(i) for i, lang in enumerate(("auto", "zh", "en", "ja", "ko", "yue"))}
ZIPFORMER = {
    "encoder_dims": "8", "query_head_dims": "4", "value_head_dims": "4", "num_heads": "2", "num_encoder_layers": "1",
    "cnn_module_kernels": "3", "left_context_len": "4", "T": "45", "decode_chunk_len": "32", "model_type": "zipformer2",
}  # fmt: skip


def tokens(folder: Path, symbols: Sequence[str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{symbol} {i}" for i, symbol in enumerate(symbols)]
    (folder / "tokens.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _loudness(source: str, axes: list[int], target: str = "loud") -> list[Any]:
    """1 where the mean is over LOUD, −1 elsewhere, in nodes that need the constants of ``_HELD``."""
    return [
        node("ReduceMean", [source], ["mean"], axes=axes, keepdims=1),
        node("Sub", ["mean", "limit"], ["over"]),
        node("Sign", ["over"], [target]),
    ]


_HELD = {"limit": np.array(LOUD, np.float32)}


def sense_voice(folder: Path, lang: str = "<|zh|>", event: str = "<|Speech|>") -> Path:
    """Writes 好 at each stretch of loud sound, after the four marks of SenseVoice."""
    symbols = ["<blank>", "好", lang, "<|NEUTRAL|>", event, "<|woitn|>"]
    size = len(symbols)
    marks = np.full((1, 4, size), -9.0, np.float32)
    marks[0, np.arange(4), [2, 3, 4, 5]] = 9.0
    spread = np.zeros((1, 1, size), np.float32)
    spread[..., 1] = 9.0
    base = np.full((1, 1, size), -9.0, np.float32)
    base[..., :2] = 0.0
    nodes = [
        *_loudness("speech", [2]),
        node("Mul", ["loud", "spread"], ["scaled"]),
        node("Add", ["scaled", "base"], ["frames"]),
        node("Concat", ["marks", "frames"], ["logits"], axis=1),
        node("Add", ["language", "textnorm"], ["unused"]),
        node("Add", ["unused", "speech_lengths"], ["told"]),
    ]
    inputs = [
        value("speech", FLOAT, ["n", "t", 560]), value("speech_lengths", INT32, ["n"]),
        value("language", INT32, ["n"]), value("textnorm", INT32, ["n"]),
    ]  # fmt: skip
    outputs = [value("logits", FLOAT, ["n", "t4", size]), value("told", INT32, ["n"])]
    facts = FRONT | LANGS | {"vocab_size": str(size), "normalize_samples": "0", "with_itn": "14", "without_itn": "15"}
    save(folder / "model.onnx", nodes, inputs, outputs, _HELD | {"marks": marks, "spread": spread, "base": base}, facts)
    return tokens(folder, symbols)


def paraformer(folder: Path) -> Path:
    """Writes 你好 when the sound is loud on the whole, nothing otherwise."""
    symbols = ["<blank>", "<s>", "</s>", "你", "好"]
    size = len(symbols)
    spread = np.zeros((1, 3, size), np.float32)
    spread[0, [0, 1, 2], [3, 4, 2]] = 18.0
    base = np.full((1, 3, size), -9.0, np.float32)
    base[0, :, 2] = 0.0
    nodes = [
        *_loudness("speech", [1, 2]),
        node("Mul", ["loud", "spread"], ["scaled"]),
        node("Add", ["scaled", "base"], ["logits"]),
        node("Mul", ["speech_lengths", "nought"], ["none"]),
        node("Add", ["none", "three"], ["token_num"]),
    ]
    inputs = [value("speech", FLOAT, ["n", "t", 560]), value("speech_lengths", INT32, ["n"])]
    outputs = [value("logits", FLOAT, ["n", 3, size]), value("token_num", INT32, ["n"])]
    held = _HELD | {
        "spread": spread, "base": base, "nought": np.array([0], np.int32), "three": np.array([3], np.int32),
    }  # fmt: skip
    save(folder / "model.int8.onnx", nodes, inputs, outputs, held, FRONT | {"vocab_size": str(size)})
    return tokens(folder, symbols)


def _states() -> list[tuple[str, list[int], int]]:
    """The states of one Zipformer layer (batch 1), the front end's and the frame counter."""
    return [
        ("key_0", [4, 1, 8], FLOAT), ("nonlin_attn_0", [1, 1, 4, 6], FLOAT), ("val1_0", [4, 1, 8], FLOAT),
        ("val2_0", [4, 1, 8], FLOAT), ("conv1_0", [1, 8, 1], FLOAT), ("conv2_0", [1, 8, 1], FLOAT),
        ("embed_states", [1, 128, 3, 19], FLOAT), ("processed_lens", [1], INT64),
    ]  # fmt: skip


def _keep_states() -> tuple[list[Any], list[Any], list[Any]]:
    nodes = [node("Identity", [name], [f"new_{name}"]) for name, _, _ in _states()]
    inputs = [value(name, kind, shape) for name, shape, kind in _states()]
    return nodes, inputs, [value(f"new_{name}", kind, shape) for name, shape, kind in _states()]


def _eight_frames() -> list[Any]:
    """Every fourth of the 32 new frames of "x": its loudness, (n, 8, 1)."""
    return [
        node("Slice", ["x", "from", "to", "axis", "by"], ["some"]),
        *_loudness("some", [2]),
    ]


_SLICE = {
    "from": np.array([0], np.int64), "to": np.array([32], np.int64),
    "axis": np.array([1], np.int64), "by": np.array([4], np.int64),
}  # fmt: skip
SENTENCE = ["<blk>", "▁WHERE", "▁IS", "▁EM", "MA", "▁BY", "▁JANE", "▁AU", "STEN", "▁AND"]


def zipformer(folder: Path) -> Path:
    """A transducer that says the next word of SENTENCE at each loud frame of 40 ms."""
    size = len(SENTENCE)
    kept, states, new = _keep_states()
    save(
        folder / "encoder-epoch-99-avg-1.onnx",
        [*_eight_frames(), node("Mul", ["loud", "wide"], ["encoder_out"]), *kept],
        [value("x", FLOAT, [1, 45, 80]), *states],
        [value("encoder_out", FLOAT, [1, 8, size]), *new],
        _HELD | _SLICE | {"wide": np.ones((1, 1, size), np.float32)},
        ZIPFORMER,
    )
    save(
        folder / "decoder-epoch-99-avg-1.onnx",
        [
            node("Gather", ["y", "last"], ["now"], axis=1),
            node("Add", ["now", "last"], ["then"]),
            node("Max", ["then", "last"], ["after"]),
            node("OneHot", ["after", "size", "levels"], ["decoder_out"], axis=-1),
        ],
        [value("y", INT64, ["n", 2])],
        [value("decoder_out", FLOAT, ["n", size])],
        {"last": np.array(1, np.int64), "size": np.array(size, np.int64), "levels": np.array([0, 9], np.float32)},
        {"context_size": "2", "vocab_size": str(size)},
    )
    save(
        folder / "joiner-epoch-99-avg-1.onnx",
        [node("Mul", ["encoder_out", "decoder_out"], ["logit"])],
        [value("encoder_out", FLOAT, ["n", size]), value("decoder_out", FLOAT, ["n", size])],
        [value("logit", FLOAT, ["n", size])],
        metadata={"joiner_dim": str(size)},
    )
    return tokens(folder, SENTENCE)


def zipformer_ctc(folder: Path) -> Path:
    """Writes 书 at each stretch of loud sound."""
    symbols = ["<blk>", "书"]
    kept, states, new = _keep_states()
    save(
        folder / "model.onnx",
        [*_eight_frames(), node("Mul", ["loud", "spread"], ["log_probs"]), *kept],
        [value("x", FLOAT, [1, 45, 80]), *states],
        [value("log_probs", FLOAT, [1, 8, 2]), *new],
        _HELD | _SLICE | {"spread": np.array([[[-9, 9]]], np.float32)},
        ZIPFORMER,
    )
    return tokens(folder, symbols)


def streaming_paraformer(folder: Path) -> Path:
    """Counts 二三一二… within each chunk of loud sound: four frames of 60 ms fire one token."""
    symbols = ["<blank>", "<s>", "</s>", "一", "二", "三"]
    save(
        folder / "encoder.int8.onnx",
        [
            *_loudness("speech", [2]),
            node("Relu", ["loud"], ["voice"]),
            node("Mul", ["voice", "quarter"], ["some"]),
            node("Squeeze", ["some", "last"], ["alphas"]),
            node("Mul", ["voice", "wide"], ["enc"]),
            node("Identity", ["speech_lengths"], ["enc_len"]),
        ],
        [value("speech", FLOAT, ["n", "t", 560]), value("speech_lengths", INT32, ["n"])],
        [value("enc", FLOAT, ["n", "t", 2]), value("enc_len", INT32, ["n"]), value("alphas", FLOAT, ["n", "t"])],
        _HELD
        | {
            "quarter": np.array(0.2501, np.float32), "last": np.array([2], np.int64),
            "wide": np.ones((1, 1, 2), np.float32),
        },
        FRONT
        | {
            "vocab_size": str(len(symbols)), "encoder_output_size": "2", "decoder_num_blocks": "1",
            "decoder_kernel_size": "2",
        },
    )  # fmt: skip
    save(
        folder / "decoder.int8.onnx",
        [
            node("ReduceSum", ["acoustic_embeds", "last"], ["sum"], keepdims=0),
            node("Sign", ["sum"], ["each"]),
            node("CumSum", ["each", "across"], ["counted"]),
            node("Cast", ["counted"], ["whole"], to=INT64),
            node("Mod", ["whole", "three"], ["turn"]),
            node("Add", ["turn", "three"], ["sample_ids"]),
            node("Identity", ["acoustic_embeds"], ["logits"]),
            node("Identity", ["in_cache_0"], ["out_cache_0"]),
        ],
        [
            value("enc", FLOAT, ["n", "t", 2]), value("enc_len", INT32, ["n"]),
            value("acoustic_embeds", FLOAT, ["n", "k", 2]), value("acoustic_embeds_len", INT32, ["n"]),
            value("in_cache_0", FLOAT, ["n", 2, 1]),
        ],
        [
            value("logits", FLOAT, ["n", "k", 2]), value("sample_ids", INT64, ["n", "k"]),
            value("out_cache_0", FLOAT, ["n", 2, 1]),
        ],
        {"last": np.array([2], np.int64), "across": np.array(1, np.int64), "three": np.array(3, np.int64)},
    )  # fmt: skip
    return tokens(folder, symbols)
