"""Engines that tests of the voice share: started once, ended with the session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from avatars.engines import Samples, find_missing
from avatars.engines.espeak import EspeakSpeaker
from avatars.grammar import Title, Vocabulary

TITLES = Path(__file__).with_name("titles.txt")


@pytest.fixture(scope="session")
def speaker() -> Iterator[EspeakSpeaker]:
    missing = find_missing("espeak")
    if missing:
        pytest.skip(missing)
    made = EspeakSpeaker()
    yield made
    made.close()


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """300 well-known books, some rooms and topics."""
    lines = [line.split("|") for line in TITLES.read_text(encoding="utf-8").splitlines()]
    titles = tuple(Title(f"r{i}", (title,), (author,)) for i, (title, author) in enumerate(lines))
    return Vocabulary(
        titles,
        ("Children's Room", "Reading Room", "Auditorium", "Information Desk", "儿童阅览室"),
        ("toilet", "lift", "stairs", "water fountain"),
        ("history", "gardening", "astronomy", "Chinese history"),
        ("where is story hour",),
    )


def hearable(speaker: EspeakSpeaker, text: str, voice: str = "en-us") -> Samples:
    """float32, 16 kHz: ``text`` as espeak-ng says it."""
    soxr = pytest.importorskip("soxr")
    pcm = np.concatenate([chunk.pcm for chunk in speaker.speak(text, "en", voice=voice, rate_wpm=150)])
    made: Samples = soxr.resample(pcm.astype(np.float32) / 32768, speaker.capabilities.sample_rate, 16_000)
    return np.pad(made, 4_800)
