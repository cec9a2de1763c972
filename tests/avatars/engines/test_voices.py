"""Voices from a model's files through their real loading code: Piper, Kokoro, sherpa-onnx and Coqui TTS."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from avatars.engines import EngineError, EngineMissing, find_missing, load_class
from avatars.engines.espeak import EspeakSpeaker
from avatars.engines.kokoro import KokoroSettings
from avatars.engines.phonemic import Pronounce, list_clauses
from avatars.engines.piper import PiperSettings
from avatars.speech import say
from tests.avatars.engines import tiny_voices

TEXT = "The whale book, by Herman Melville, is on level two."


@pytest.fixture(scope="module")
def pronounce() -> Iterator[Pronounce]:
    missing = find_missing("espeak")
    if missing:
        pytest.skip(missing)
    speaker = EspeakSpeaker()
    yield speaker.list_phonemes
    speaker.close()


def needs(name: str) -> None:
    missing = find_missing(name)
    if missing:
        pytest.skip(missing)


def open_voice(name: str, folder: Path, pronounce: Pronounce, *more: Any) -> Any:
    needs(name)
    make = {
        "piper": lambda: tiny_voices.piper(folder / "en.onnx"),
        "kokoro": lambda: tiny_voices.kokoro(folder),
        "sherpa-speaker": lambda: tiny_voices.sherpa_vits(folder),
        "coqui": lambda: tiny_voices.coqui(folder),
    }[name]
    return load_class(name)(make(), pronounce, *more)


def test_clauses_keep_their_place_and_their_stops(pronounce: Pronounce) -> None:
    clauses = list_clauses("Well, the book is here!  你好。", "en", pronounce)
    text = "Well, the book is here!  你好。"
    assert [text[clause.start : clause.end].strip() for clause in clauses] == ["Well,", "the book is here!", "你好。"]
    assert [clause.mark for clause in clauses] == [",", "!", "."]
    assert clauses[1].ipa.replace("ˈ", "").startswith("ðə bʊk")
    assert clauses[1].sounds[:2] == ("ð", "ə")
    assert list_clauses(" … ", "en", pronounce) == []


@pytest.mark.parametrize("name", ["piper", "kokoro", "coqui"])
def test_a_voice_speaks_clause_by_clause_with_marks_and_sounds(name: str, tmp_path: Path, pronounce: Pronounce) -> None:
    voice = open_voice(name, tmp_path, pronounce)
    chunks = list(voice.speak(TEXT, "en"))
    assert len(chunks) == 3
    rate = voice.capabilities.sample_rate
    assert {chunk.sample_rate for chunk in chunks} == {rate}
    starts = np.cumsum([0] + [len(chunk.pcm) for chunk in chunks])[:-1] / rate
    for chunk, start, clause in zip(chunks, starts, TEXT.split(","), strict=True):
        assert chunk.pcm.dtype == np.int16
        assert TEXT[chunk.words[0].start : chunk.words[0].end].strip(" ,") == clause.strip()
        end = start + len(chunk.pcm) / rate
        times = [sound.at_s for sound in chunk.phonemes]
        assert times == sorted(times)
        assert all(start <= at <= end for at in [*times, chunk.words[0].at_s])
    told = say(voice, TEXT, "en")
    assert [word.text for word in told.words] == TEXT.split()
    assert told.visemes[-1].end_s == pytest.approx(told.duration_s, abs=0.01)


def test_piper_is_given_the_sounds_it_was_trained_on(tmp_path: Path, pronounce: Pronounce) -> None:
    voice = open_voice("piper", tmp_path, pronounce)
    (clause,) = list_clauses("the book.", "en", pronounce)
    letters = [tiny_voices.LETTERS[i] for i in voice.list_ids(clause)]
    assert "".join(letters) == "^_ð_ə_ _b_ˈ_ʊ_k_._$".replace("b_ˈ_ʊ", "b_ˈ_ʊ" if "bˈʊ" in clause.ipa else "ˈ_b_ʊ")
    (chunk,) = voice.speak("the book.", "en")
    assert len(chunk.pcm) == len(letters) * tiny_voices.EACH


def test_kokoro_takes_the_voice_it_is_told(tmp_path: Path, pronounce: Pronounce) -> None:
    needs("kokoro")
    folder = tiny_voices.kokoro(tmp_path)
    level = {
        name: np.abs(next(load_class("kokoro")(folder, pronounce, KokoroSettings(name)).speak("Yes.", "en")).pcm).max()
        for name in ("", "af_loud", "bf_soft")
    }
    assert level[""] == level["af_loud"] > 4 * level["bf_soft"]
    with pytest.raises(EngineError, match="it has af_loud, bf_soft"):
        load_class("kokoro")(folder, pronounce, KokoroSettings("nobody"))


def test_sherpa_speaks_chinese(tmp_path: Path, pronounce: Pronounce) -> None:
    voice = open_voice("sherpa-speaker", tmp_path, pronounce)
    assert voice.capabilities.languages == ("zh",)
    chunks = list(voice.speak("你好，书。", "zh"))
    assert [("你好，书。")[chunk.words[0].start : chunk.words[0].end] for chunk in chunks] == ["你好，", "书。"]
    assert len(chunks[0].pcm) > len(chunks[1].pcm) >= 2 * tiny_voices.EACH
    assert all(chunk.phonemes for chunk in chunks)


@pytest.mark.parametrize("name", ["piper", "kokoro", "sherpa-speaker", "coqui"])
def test_told_to_stop_a_voice_says_no_more(name: str, tmp_path: Path, pronounce: Pronounce) -> None:
    voice = open_voice(name, tmp_path, pronounce)
    said: list[Any] = []
    for chunk in voice.speak("你好，书，书。" if name == "sherpa-speaker" else TEXT, "en", lambda: len(said) >= 1):
        said.append(chunk)
    assert len(said) == 1


def broken(name: str, folder: Path) -> list[tuple[Path, str]]:
    """Paths that hold no voice, and what is said about each."""
    if name == "piper":
        return [
            (tiny_voices.piper(folder / "p.onnx", "pinyin"), "spelt by pinyin"),
            (_without(tiny_voices.piper(folder / "q.onnx"), "q.onnx.json", b"{}"), "no description"),
            (_without(tiny_voices.piper(folder / "r.onnx"), "r.onnx", b"x"), "cannot be loaded"),
        ]
    if name == "kokoro":
        return [
            (tiny_voices.kokoro(folder / "a", table=False), r"config\.json"),
            (_without(tiny_voices.kokoro(folder / "b"), "voices.bin", b"x"), "holds no voices"),
            (_without(tiny_voices.kokoro(folder / "c"), "config.json", b"[]"), "no table"),
        ]
    if name == "sherpa-speaker":
        return [
            (_without(tiny_voices.sherpa_vits(folder / "a"), "model.onnx", b"x"), "no ONNX model"),
            (_without(tiny_voices.sherpa_vits(folder / "b"), "lexicon.txt", None), "lexicon"),
        ]
    return [
        (_without(tiny_voices.coqui(folder / "a"), "model.pth", b"x"), "cannot be loaded"),
        (_without(tiny_voices.coqui(folder / "b"), "config.json", b"{"), "cannot be loaded"),
        (_without(tiny_voices.coqui(folder / "c"), "config.json", None), r"config\.json"),
    ]


def _without(path: Path, name: str, content: bytes | None) -> Path:
    at = (path if path.is_dir() else path.parent) / name
    if content is None:
        at.unlink()
    else:
        at.write_bytes(content)
    return path


@pytest.mark.parametrize("name", ["piper", "kokoro", "sherpa-speaker", "coqui"])
def test_what_is_no_voice_is_named(name: str, tmp_path: Path, pronounce: Pronounce) -> None:
    needs(name)
    with pytest.raises(EngineMissing, match="nowhere"):
        load_class(name)(tmp_path / "nowhere", pronounce)
    for path, said in broken(name, tmp_path):
        with pytest.raises(EngineError, match=said):
            load_class(name)(path, pronounce)


def test_a_voice_with_several_speakers_takes_the_one_it_is_told(tmp_path: Path, pronounce: Pronounce) -> None:
    needs("piper")
    voice = load_class("piper")(tiny_voices.piper(tmp_path / "m.onnx", speakers=3), pronounce, PiperSettings(speaker=2))
    assert len(next(voice.speak("Yes.", "en")).pcm)


def test_an_error_in_the_middle_is_an_engine_error(tmp_path: Path, pronounce: Pronounce) -> None:
    def silent(texts: Sequence[str], voice: str) -> list[str]:
        raise EngineError("espeak-ng's worker process died", retryable=True)

    needs("piper")
    voice = load_class("piper")(tiny_voices.piper(tmp_path / "x.onnx"), silent)
    with pytest.raises(EngineError, match="died"):
        list(voice.speak("Yes.", "en"))
