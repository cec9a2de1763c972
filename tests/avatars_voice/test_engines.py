"""The table of engines, voice detection, the scripted engines, and reading sound files."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from avatars.engines import ENGINES, EngineError, EngineMissing, Transcript, find_missing, load_class
from avatars.engines.energy import EnergyActivity
from avatars.engines.espeak import EspeakSpeaker
from avatars.engines.scripted import ScriptedTranscriber
from avatars.listening_wav import SoundError, check_voice, read_wav
from tests.avatars_voice.conftest import hearable

RATE = 16_000


def frames(samples: np.ndarray) -> list[np.ndarray]:
    return [samples[at : at + 320] for at in range(0, len(samples) // 320 * 320, 320)]


def test_every_engine_of_the_table_can_be_loaded_or_says_what_is_missing() -> None:
    for name, entry in ENGINES.items():
        missing = find_missing(name)
        if missing:
            assert entry.install in missing
            with pytest.raises(EngineMissing):
                load_class(name)
        else:
            found = load_class(name)  # one whose model decides has its capabilities only when it is open
            assert getattr(found, "capabilities", entry.capabilities) == entry.capabilities


def test_an_unknown_engine_lists_the_known_ones() -> None:
    with pytest.raises(EngineMissing, match=r"no engine is called 'nothing'.*espeak"):
        load_class("nothing")


@pytest.mark.parametrize("name", ["webrtc", "energy"])
def test_speech_is_told_from_silence(name: str, speaker: EspeakSpeaker) -> None:
    if find_missing(name):
        pytest.skip(str(find_missing(name)))
    detector: Any = load_class(name)()
    hum = (0.0005 * np.random.default_rng(1).standard_normal(RATE)).astype(np.float32)
    assert sum(detector.feed(frame) for frame in frames(hum)) == 0
    speech = 0.5 * hearable(speaker, "Where is The Great Gatsby?")[4_800:-4_800]
    voiced = [detector.feed(frame) for frame in frames(speech)]
    assert sum(voiced) > 0.5 * len(voiced)
    quiet = [detector.feed(frame) for frame in frames(hum)]
    assert not any(quiet[15:])


def test_webrtc_takes_20_ms_only() -> None:
    if find_missing("webrtc"):
        pytest.skip("needs webrtcvad")
    with pytest.raises(EngineError, match="320"):
        load_class("webrtc")().feed(np.zeros(100, np.float32))


def test_the_energy_detector_gets_used_to_a_steady_sound() -> None:
    detector = EnergyActivity()
    fan = (0.05 * np.random.default_rng(1).standard_normal(RATE * 20)).astype(np.float32)
    told = [detector.feed(frame) for frame in frames(fan)]
    assert told[5]
    assert not any(told[-50:])


def test_the_scripted_transcriber_follows_its_script() -> None:
    engine = ScriptedTranscriber([Transcript("where is Emma", "en"), EngineError("lost", retryable=True)])
    sound = np.zeros(RATE, np.float32)
    assert engine.transcribe(sound).text == "where is Emma"
    with pytest.raises(EngineError, match="lost"):
        engine.transcribe(sound)
    assert engine.transcribe(sound).rejected
    assert engine.heard_s == [1.0, 1.0, 1.0]


def tone(rate: int, seconds: float = 1.0) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * 440 * np.arange(int(rate * seconds)) / rate)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize(
    ("subtype", "channels"), [("PCM_U8", 1), ("PCM_16", 2), ("PCM_24", 1), ("PCM_32", 2), ("FLOAT", 1)]
)
def test_any_wav_becomes_16_khz_mono(tmp_path: Path, rate: int, subtype: str, channels: int) -> None:
    soundfile = pytest.importorskip("soundfile")
    path = tmp_path / "a.wav"
    soundfile.write(path, np.repeat(tone(rate)[:, None], channels, axis=1), rate, subtype=subtype)
    heard = read_wav(path)
    assert heard.dtype == np.float32
    assert abs(len(heard) - RATE) <= 2
    middle = heard[4_000:12_000]
    assert np.corrcoef(middle, tone(RATE)[4_000:12_000])[0, 1] > 0.99
    assert abs(np.abs(middle).max() - 0.5) < 0.02


def test_files_that_cannot_be_heard_are_named(tmp_path: Path) -> None:
    soundfile = pytest.importorskip("soundfile")

    def code(path: Path) -> str:
        with pytest.raises(SoundError) as refused:
            check_voice(read_wav(path))
        return refused.value.code

    empty, text, header, long, flac, silent, broken = (
        tmp_path / name
        for name in ("empty.wav", "text.wav", "header.wav", "long.wav", "a.flac", "silent.wav", "odd.wav")
    )
    empty.touch()
    text.write_text("this is no sound")
    with wave.open(str(header), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
    soundfile.write(long, np.zeros(61 * 8_000), 8_000)
    soundfile.write(flac, tone(RATE), RATE)
    soundfile.write(silent, np.zeros(RATE), RATE)
    soundfile.write(broken, np.full(RATE, np.nan), RATE, subtype="FLOAT")
    assert [code(p) for p in (empty, text, header, long, flac, silent, broken)] == [
        "empty_sound", "not_wav", "empty_sound", "too_long", "not_wav", "no_speech", "no_speech",
    ]  # fmt: skip
    with pytest.raises(OSError, match="nowhere"):
        read_wav(tmp_path / "nowhere.wav")
