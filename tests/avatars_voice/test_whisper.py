"""Whisper's three formats through real loading code, on models too small to understand anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from avatars.engines import EngineError, EngineMissing, find_missing, load_class
from avatars.engines.whisper_hf import WhisperHfSettings
from avatars.listening_whisper import check_speech, choose_language, clean_text, is_looping, judge
from tests.avatars_voice import tiny_models

NOISE = (0.1 * np.random.default_rng(1).standard_normal(16_000)).astype(np.float32)


def _needs(name: str) -> None:
    missing = find_missing(name)
    if missing:
        pytest.skip(missing)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    for name in ("whisper-hf", "whisper-openai", "whisper-faster"):
        _needs(name)
    import torch

    torch.set_num_threads(1)  # tiny matrices: on a busy machine threads wait for each other far longer than they work
    folder = tmp_path_factory.mktemp("models")
    hf = tiny_models.make_hf(folder / "hf")
    return {
        "whisper-hf": hf,
        "whisper-openai": tiny_models.make_openai(folder / "tiny.pt"),
        "whisper-faster": tiny_models.make_faster(hf, folder / "ct2"),
    }


def _open(models: dict[str, Path], name: str) -> Any:
    """The engine; a model of random weights never ends a sentence, so the slowest one is held short."""
    return load_class(name)(models[name], *([WhisperHfSettings(longest_tokens=20)] if name == "whisper-hf" else []))


@pytest.mark.parametrize("name", ["whisper-hf", "whisper-openai", "whisper-faster"])
def test_a_model_is_loaded_and_hears_in_both_languages(models: dict[str, Path], name: str) -> None:
    engine = _open(models, name)
    assert set(engine.capabilities.languages) == {"zh", "en"}
    for lang in ("zh", "en", None):
        heard = engine.transcribe(NOISE, lang)
        assert heard.lang in ("zh", "en")
        assert lang is None or heard.lang == lang
        assert heard.rejected == (not heard.text)
        assert 0 <= heard.confidence <= 1
    assert engine.transcribe(np.zeros(16_000, np.float32)).rejected
    assert engine.transcribe(NOISE[:1000]).rejected


@pytest.mark.parametrize("name", ["whisper-hf", "whisper-openai", "whisper-faster"])
def test_a_model_hears_while_somebody_speaks(models: dict[str, Path], name: str) -> None:
    stream = _open(models, name).open("zh")
    stable = ""
    for start in range(0, len(NOISE), 4_000):
        partial = stream.feed(NOISE[start : start + 4_000])
        assert partial.text.startswith(stable)
        assert 0 <= partial.stable <= len(partial.text)
        stable = partial.text[: partial.stable]
    heard = stream.finish()
    assert heard.lang == "zh"
    assert heard.text.startswith(stable)


@pytest.mark.parametrize("name", ["whisper-hf", "whisper-openai", "whisper-faster"])
def test_a_missing_or_broken_model_is_named(name: str, tmp_path: Path) -> None:
    _needs(name)
    with pytest.raises(EngineMissing, match="nowhere"):
        load_class(name)(tmp_path / "nowhere")
    broken = tmp_path / "broken.pt" if name == "whisper-openai" else tmp_path / "broken"
    if name == "whisper-openai":
        broken.write_bytes(b"not a model")
    else:
        broken.mkdir()
        (broken / "config.json").write_text("{}")
        (broken / "model.bin").write_bytes(b"not a model")
    with pytest.raises(EngineError, match="broken"):
        load_class(name)(broken)


def test_what_whisper_makes_of_noise_is_not_believed() -> None:
    for text in ("Thanks for watching!", "字幕由志愿者提供", "la la la la la la la la la", "…", ""):
        assert judge(text, "en", -0.2).rejected
    assert judge("where is Emma", "en", -9.0).rejected
    assert judge("where is Emma", "en", -1.0, no_speech=0.9).rejected
    good = judge("where is Emma", "en", -0.2)
    assert not good.rejected
    assert good.confidence > 0.8


def test_small_helpers() -> None:
    assert clean_text(" 三體\n在哪裡 ", "zh") == "三体 在哪里"
    assert choose_language({"zh": 0.1, "en": 0.2}) == "en"
    assert choose_language({}) == "en"
    assert not is_looping("where is the three body problem")
    assert not check_speech(np.zeros(16_000, np.float32))
