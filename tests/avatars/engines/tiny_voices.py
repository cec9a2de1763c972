"""Voices of a few nodes: a tenth of a second of a steady tone for each sound that they are given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from tests.avatars.engines.tiny_onnx import FLOAT, INT64, node, save, value

LETTERS = "_^$ ˈˌːabdefhijklmnopstuvwxzæðŋɐɑɔəɚɛɜɡɪɹʃʊʌʒθɾᵻ,.;:!?1235ɕʰ"
EACH = 2_205  # samples a sound


def _tone(source: str) -> list[Any]:
    """(1, k) numbers → (k · EACH,) samples of 0.5."""
    return [
        node("Cast", [source], ["numbers"], to=FLOAT),
        node("Mul", ["numbers", "nought"], ["zeros"]),
        node("Add", ["zeros", "half"], ["halves"]),
        node("Reshape", ["halves", "column"], ["rows"]),
        node("Expand", ["rows", "wide"], ["block"]),
        node("Reshape", ["block", "flat"], ["sound"]),
    ]


_HELD = {
    "nought": np.array(0, np.float32), "half": np.array(0.5, np.float32), "column": np.array([-1, 1], np.int64),
    "wide": np.array([1, EACH], np.int64), "flat": np.array([1, 1, -1], np.int64),
}  # fmt: skip


def piper(path: Path, kind: str = "espeak", speakers: int = 1) -> Path:
    inputs = [value("input", INT64, ["n", "k"]), value("input_lengths", INT64, ["n"]), value("scales", FLOAT, [3])]
    nodes = [*_tone("input"), node("Identity", ["sound"], ["output"])]
    if speakers > 1:
        inputs.append(value("sid", INT64, ["n"]))
    save(path, nodes, inputs, [value("output", FLOAT, [1, 1, "s"])], _HELD)
    body = {
        "audio": {"sample_rate": 22_050}, "espeak": {"voice": "en-us"}, "language": {"code": "en_US"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8}, "phoneme_type": kind,
        "num_speakers": speakers, "phoneme_id_map": {letter: [i] for i, letter in enumerate(LETTERS)},
    }  # fmt: skip
    Path(f"{path}.json").write_text(json.dumps(body), encoding="utf-8")
    return path


def kokoro(folder: Path, table: bool = True) -> Path:
    """The style's first number is how loud it is."""
    save(
        folder / "kokoro.onnx",
        [
            *_tone("tokens"),
            node("Slice", ["style", "from", "to", "axis"], ["loud"]),
            node("Mul", ["sound", "loud"], ["louder"]),
            node("Div", ["louder", "speed"], ["said"]),
            node("Reshape", ["said", "line"], ["audio"]),
        ],
        [value("tokens", INT64, [1, "k"]), value("style", FLOAT, [1, 256]), value("speed", FLOAT, [1])],
        [value("audio", FLOAT, ["s"])],
        _HELD | {
            "from": np.array([0], np.int64), "to": np.array([1], np.int64), "axis": np.array([1], np.int64),
            "line": np.array([-1], np.int64),
        },
    )  # fmt: skip
    with (folder / "voices.bin").open("wb") as file:
        np.savez(file, af_loud=np.ones((510, 1, 256), np.float32), bf_soft=np.full((510, 1, 256), 0.2, np.float32))
    if table:
        vocab = {letter: i + 1 for i, letter in enumerate(LETTERS)}
        (folder / "config.json").write_text(json.dumps({"vocab": vocab}), encoding="utf-8")
    return folder


def sherpa_vits(folder: Path) -> Path:
    inputs = [value("x", INT64, ["n", "k"]), value("x_length", INT64, ["n"])]
    inputs += [value(name, FLOAT, [1]) for name in ("noise_scale", "length_scale", "noise_scale_w")]
    save(
        folder / "model.onnx",
        [*_tone("x"), node("Div", ["sound", "length_scale"], ["y"])],
        inputs,
        [value("y", FLOAT, [1, 1, "s"])],
        _HELD,
        {
            "sample_rate": "22050", "n_speakers": "1", "language": "Chinese", "comment": "tiny", "add_blank": "0",
            "punctuation": ", . ! ? ， 。 ！ ？",
        },
    )  # fmt: skip
    sounds = ["n", "i3", "h", "ao3", "sh", "u1", "，", "。", ",", ".", "！", "？", "!", "?"]
    tokens = [f"{sound} {i}" for i, sound in enumerate(sounds)]
    (folder / "tokens.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
    (folder / "lexicon.txt").write_text("你 n i3\n好 h ao3\n书 sh u1\n", encoding="utf-8")
    return folder


def coqui(folder: Path) -> Path:
    """A VITS of a megabyte."""
    import torch
    from TTS.config.shared_configs import BaseAudioConfig
    from TTS.tts.configs.shared_configs import CharactersConfig
    from TTS.tts.configs.vits_config import VitsConfig
    from TTS.tts.models.vits import Vits, VitsArgs

    torch.set_num_threads(1)
    torch.manual_seed(1)
    small = {
        "hidden_channels": 16, "hidden_channels_ffn_text_encoder": 16, "num_heads_text_encoder": 2,
        "num_layers_text_encoder": 1, "num_layers_posterior_encoder": 1, "num_layers_flow": 1,
        "upsample_initial_channel_decoder": 32, "init_discriminator": False,
    }  # fmt: skip
    config = VitsConfig(
        audio=BaseAudioConfig(sample_rate=16_000),
        model_args=VitsArgs(**small),
        characters=CharactersConfig(
            characters_class="TTS.tts.utils.text.characters.Graphemes", pad="_", eos="~", bos="^", blank="#",
            characters="abcdefghijklmnopqrstuvwxyz", punctuations="!'(),-.:;? ",
        ),
        text_cleaner="basic_cleaners",
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    model = Vits(config)
    config.save_json(str(folder / "config.json"))
    torch.save({"model": model.state_dict(), "step": 0}, folder / "model.pth")
    return folder
