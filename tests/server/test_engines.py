"""Which engine the settings lead to: told by the files, opened on tiny models, or named with what is missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from avatars.engines import EngineError, EngineMissing, Message, find_missing
from avatars.speech import say
from server.engines import (
    hearing_engine,
    hearing_model,
    open_detector,
    open_end_of_turn,
    open_language_model,
    open_speaker,
    speaking_engine,
)
from server.errors import SettingsError
from server.settings import Settings, load_settings
from tests.avatars.engines import tiny_sherpa, tiny_voices
from tests.avatars.engines.model_server import say as answer
from tests.avatars.engines.model_server import serve_model
from tests.avatars.engines.test_turn import make_classifier
from tests.avatars.engines.tiny_onnx import silero


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


def test_models_are_told_by_their_files(tmp_path: Path) -> None:
    assert hearing_engine(touch(tmp_path / "small.pt")) == "whisper-openai"
    assert hearing_engine(touch(tmp_path / "ct2" / "model.bin").parent) == "whisper-faster"
    assert hearing_engine(touch(tmp_path / "hf" / "config.json").parent) == "whisper-hf"
    assert hearing_engine(tiny_sherpa.sense_voice(tmp_path / "sense")) == "sherpa"
    assert hearing_engine(tiny_sherpa.zipformer(tmp_path / "zip")) == "sherpa-streaming"
    assert hearing_engine(tiny_sherpa.zipformer_ctc(tmp_path / "ctc")) == "sherpa-streaming"
    assert speaking_engine(tiny_voices.piper(tmp_path / "piper" / "en.onnx")) == "piper"
    assert speaking_engine(tmp_path / "piper") == "piper"
    assert speaking_engine(tiny_voices.kokoro(tmp_path / "kokoro")) == "kokoro"
    assert speaking_engine(tiny_voices.sherpa_vits(tmp_path / "vits")) == "sherpa-speaker"
    assert speaking_engine(touch(tmp_path / "coqui" / "best.pth").parent) == "coqui"
    for told in (hearing_engine, speaking_engine):
        with pytest.raises(EngineMissing, match="nowhere"):
            told(tmp_path / "nowhere")
        with pytest.raises(EngineError, match="is no"):
            told(touch(tmp_path / "other" / "readme.md").parent)


def test_a_fetched_model_is_named_by_its_name(tmp_path: Path) -> None:
    fetched = touch(tmp_path / "models" / "sense" / "tokens.txt").parent
    assert hearing_model(Settings(home=tmp_path, hearing_model=Path("sense"))) == fetched
    assert hearing_model(Settings(home=tmp_path, whisper_model=Path("sense"))) == fetched
    assert hearing_model(Settings(home=tmp_path, hearing_model=Path("absent"))) == Path("absent")
    assert hearing_model(Settings(home=tmp_path, models_dir=tmp_path / "models", hearing_model=fetched)) == fetched
    assert hearing_model(Settings(home=tmp_path)) is None


@pytest.mark.skipif(find_missing("espeak") is not None, reason=str(find_missing("espeak")))
@pytest.mark.skipif(find_missing("sherpa") is not None, reason=str(find_missing("sherpa")))
def test_each_language_has_its_voice_and_one_rate(tmp_path: Path) -> None:
    tiny_voices.piper(tmp_path / "models" / "alba" / "en.onnx")
    chinese = tiny_voices.sherpa_vits(tmp_path / "melo")
    faults: list[str] = []
    settings = Settings(home=tmp_path, voices={"en": Path("alba"), "zh": chinese})
    speaker: Any = open_speaker(settings, faults)
    try:
        assert faults == []
        told = say(speaker, "The book 你好 is here.", "en")
        assert told.sample_rate == 22_050
        assert told.duration_s > 1
        assert [word.text for word in told.words][:2] == ["The", "book"]
    finally:
        speaker.close()


@pytest.mark.skipif(find_missing("espeak") is not None, reason=str(find_missing("espeak")))
@pytest.mark.skipif(find_missing("kokoro") is not None, reason=str(find_missing("kokoro")))
def test_voices_of_other_rates_are_brought_to_one(tmp_path: Path) -> None:
    speaker: Any = open_speaker(Settings(home=tmp_path, voices={"en": tiny_voices.kokoro(tmp_path / "k")}), [])
    try:
        english, chinese = (list(speaker.speak(text, lang)) for text, lang in (("Hello.", "en"), ("你好。", "zh")))
        assert {chunk.sample_rate for chunk in (*english, *chinese)} == {24_000}
        pcm = np.concatenate([chunk.pcm for chunk in chinese])
        assert 0.3 < len(pcm) / 24_000 < 2
        assert pcm.dtype == np.int16
    finally:
        speaker.close()


@pytest.mark.skipif(find_missing("espeak") is not None, reason=str(find_missing("espeak")))
def test_a_voice_that_cannot_be_used_is_named_and_espeak_speaks(tmp_path: Path) -> None:
    faults: list[str] = []
    speaker: Any = open_speaker(Settings(home=tmp_path, voices={"en": tmp_path / "gone"}), faults)
    try:
        assert len(faults) == 1
        assert "gone" in faults[0]
        assert "espeak-ng speaks instead" in faults[0]
        assert speaker.capabilities.languages == ("zh", "en")
    finally:
        speaker.close()
    assert open_speaker(Settings(home=tmp_path, speaker="none"), faults) is None


def test_tasks_have_models_of_their_own(tmp_path: Path) -> None:
    with serve_model(answer("Yes.")) as one, serve_model(answer("是。")) as other:
        (tmp_path / "shelfway.toml").write_text(
            f"[language_models.default]\nurl = '{one.url}'\nmodel = 'small'\n"
            f"[language_models.translate]\nurl = '{other.url}'\nmodel = 'large'\nkey_env = 'MODEL_KEY'\n",
            encoding="utf-8",
        )
        settings = load_settings(tmp_path, {}).settings
        think, translate = (
            open_language_model(settings, task, {"MODEL_KEY": "k"})
            for task in ("think", "translate")  # type: ignore[arg-type]
        )
        assert think is not None
        assert translate is not None
        for model in (think, translate):
            list(model.chat([Message("user", "Well?")], []))
    assert [server.asked[0]["model"] for server in (one, other)] == ["small", "large"]
    assert other.headers[0]["authorization"] == "Bearer k"
    with pytest.raises(EngineMissing, match="MODEL_KEY"):
        open_language_model(settings, "translate", {})
    assert open_language_model(Settings(home=tmp_path), "think") is None


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"think": {"model": "m"}}, "needs url"),
        ({"think": {"model": "m", "url": "ftp://x"}}, "needs url"),
        ({"dream": {"model": "m", "url": "http://x/v1"}}, "language_models"),
        ({"think": {"model": "m", "url": "http://x/v1", "key": "secret"}}, "language_models"),
        ({"think": {"engine": "transformers", "model": "m", "url": "http://x/v1"}}, "takes no url"),
    ],
)
def test_a_wrong_model_setting_stops_the_start(tmp_path: Path, body: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        load_settings(tmp_path, {"SHELFWAY_LANGUAGE_MODELS": json.dumps(body)})


def test_the_detector_that_is_set_listens(tmp_path: Path) -> None:
    if find_missing("silero"):
        pytest.skip(str(find_missing("silero")))
    silero(tmp_path / "models" / "silero-vad" / "silero_vad.onnx", 5)
    detector = open_detector(Settings(home=tmp_path, voice_detector="silero"))
    assert detector.feed(np.full(1024, 0.9, np.float32))
    assert not open_detector(Settings(home=tmp_path, voice_detector="energy")).feed(np.zeros(320, np.float32))


def test_the_turn_detector_that_is_set_decides_and_a_broken_one_is_named(tmp_path: Path) -> None:
    faults: list[str] = []
    rules = open_end_of_turn(Settings(home=tmp_path, turn_model=tmp_path / "gone"), faults)
    assert rules.ended("where is the", "en", 0.7) < 0.5
    assert len(faults) == 1
    assert "rules decide instead" in faults[0]
    if find_missing("turn-model") is None:
        model = open_end_of_turn(Settings(home=tmp_path, turn_model=make_classifier(tmp_path / "turn")), faults)
        assert model.ended("where is emma", "en", 0.4) > 0.5
        assert len(faults) == 1
