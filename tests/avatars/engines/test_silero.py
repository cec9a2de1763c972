"""Silero's voice detector through onnxruntime: each version's signature, and the real network where it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from avatars.engines import EngineError, EngineMissing, Samples, VoiceActivity, find_missing, load_class
from avatars.engines.espeak import EspeakSpeaker
from avatars.engines.silero import SileroActivity
from tests.avatars.engines import tiny_onnx

RATE = 16_000


def frames(sound: Samples) -> Iterator[Samples]:
    for at in range(0, len(sound) - 319, 320):
        yield sound[at : at + 320]


def list_said(detector: VoiceActivity, sound: Samples) -> list[bool]:
    return [detector.feed(frame) for frame in frames(sound)]


@pytest.mark.parametrize("version", [4, 5, 6])
def test_every_version_is_read(tmp_path: Path, version: int) -> None:
    detector = load_class("silero")(tiny_onnx.silero(tmp_path / "vad.onnx", version))
    sound = np.concatenate([np.full(RATE // 5, level, np.float32) for level in (0.1, 0.6, 0.4, 0.1)])
    said = list_said(detector, sound)
    tenth = len(said) // 4
    assert not any(said[:tenth])
    assert all(said[tenth + 3 : 3 * tenth])  # 0.4 does not begin voice, but carries it on
    assert not any(said[-tenth // 2 :])


def test_listeners_share_the_file_but_not_what_they_heard(tmp_path: Path) -> None:
    path = tiny_onnx.silero(tmp_path / "vad.onnx", 5)
    one, other = SileroActivity(path), SileroActivity(path)
    loud, quiet = np.full(1024, 0.9, np.float32), np.zeros(1024, np.float32)
    assert one.feed(loud)
    assert not other.feed(quiet)
    assert one._net.session is other._net.session


def test_a_wrong_or_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match="nowhere"):
        SileroActivity(tmp_path / "nowhere.onnx")
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no model")
    with pytest.raises(EngineError, match=r"broken\.onnx"):
        SileroActivity(broken)
    other = tiny_onnx.save(
        tmp_path / "other.onnx",
        [tiny_onnx.node("Identity", ["x"], ["y"])],
        [tiny_onnx.value("x", tiny_onnx.FLOAT, [1])],
        [tiny_onnx.value("y", tiny_onnx.FLOAT, [1])],
    )
    with pytest.raises(EngineError, match="not a Silero"):
        SileroActivity(other)


@pytest.mark.skipif(find_missing("whisper-faster") is not None, reason="no network of Silero is installed")
def test_the_real_network_tells_speech_from_noise() -> None:
    """Noise at the speech's own loudness, a machine's hum and a click are no voice; a sentence is, and its end is."""
    soxr = pytest.importorskip("soxr")
    missing = find_missing("espeak")
    if missing:
        pytest.skip(missing)
    speaker = EspeakSpeaker()
    try:
        said = np.concatenate([chunk.pcm for chunk in speaker.speak("Where can I find books about whales?", "en")])
    finally:
        speaker.close()
    speech = soxr.resample(said.astype(np.float32) / 32768, 22_050, RATE)
    quiet = np.zeros(RATE, np.float32)
    heard = np.array(list_said(SileroActivity(), np.concatenate([quiet, speech, quiet])))
    assert not heard[:45].any()
    assert heard[55 : 50 + len(speech) // 320 - 10].mean() > 0.8
    assert not heard[-25:].any()
    rng = np.random.default_rng(3)
    noise = (np.sqrt(np.mean(speech**2)) * rng.standard_normal(2 * RATE)).astype(np.float32)
    hum = (0.2 * np.sin(2 * np.pi * 100 * np.arange(2 * RATE) / RATE)).astype(np.float32)
    assert np.mean(list_said(SileroActivity(), noise)) < 0.05
    assert np.mean(list_said(SileroActivity(), hum)) < 0.05
