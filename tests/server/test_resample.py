"""Resampling keeps pitch, length and level, whatever the frame sizes."""

from __future__ import annotations

import numpy as np
import pytest

from server.journeys import resample
from server.journeys.resample import FRAME, RATE, ToHearing


def tone(rate: int, seconds: float, hz: float = 440.0) -> np.ndarray:
    at = np.arange(round(rate * seconds)) / rate
    return (np.sin(2 * np.pi * hz * at) * 16000).astype("<i2")


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 44100, 48000])
@pytest.mark.parametrize("soxr", [True, False])
def test_a_tone_stays_a_tone(rate: int, soxr: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if soxr:
        pytest.importorskip("soxr")
    else:
        monkeypatch.setattr(resample, "_open_soxr", lambda _: None)
    stream, pcm = ToHearing(rate), tone(rate, 1.0)
    frames = [f for at in range(0, len(pcm), 441) for f in stream.feed(pcm[at : at + 441].tobytes())]
    frames += stream.flush()
    assert {len(f) for f in frames} == {FRAME}
    samples = np.concatenate(frames)
    assert len(samples) == pytest.approx(RATE, abs=2 * FRAME)
    spectrum = np.abs(np.fft.rfft(samples[:RATE] * np.hanning(RATE)))
    assert np.argmax(spectrum) == pytest.approx(440, abs=1)
    assert np.abs(samples[2000:14000]).max() == pytest.approx(16000 / 32768, rel=0.05)


def test_channels_are_mixed() -> None:
    left_only = np.stack([tone(RATE, 0.1), np.zeros(1600, "<i2")], axis=1).tobytes()
    frames = ToHearing(RATE).feed(left_only, channels=2)
    assert len(frames) == 5
    assert np.abs(np.concatenate(frames)).max() == pytest.approx(8000 / 32768, rel=0.02)
