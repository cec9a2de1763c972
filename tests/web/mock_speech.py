"""Made-up speech with the shape of the real one: words, mouth shapes and samples on one clock."""

from __future__ import annotations

import numpy as np

from wire.audio import AudioFrame, encode_audio
from wire.messages.speech import SpeechClause, TimedViseme, TimedWord

RATE = 22_050
FRAME = 882
SHAPES = ("PP", "aa", "nn", "E", "SS", "oh", "DD", "ih", "kk", "ou", "FF", "RR", "TH", "CH")


def cut_words(text: str, lang: str) -> list[str]:
    """English at blanks, Chinese character by character; punctuation is not spoken."""
    if lang == "en":
        return [word.strip(",.;:?!") for word in text.split() if word.strip(",.;:?!")]
    return [char for char in text if char.isalnum()]


def make_clause(utterance: int, index: int, text: str, lang: str, start_s: float) -> tuple[SpeechClause, np.ndarray]:
    """A clause that begins at ``start_s``, and its samples (int16 at RATE)."""
    words, visemes, pieces, at = [], [], [], start_s
    for number, word in enumerate(cut_words(text, lang)):
        length = 0.18 + 0.04 * min(len(word), 6)
        words.append(TimedWord(text=word, start_s=round(at, 3), end_s=round(at + length, 3)))
        half = length / 2
        for part in (0, 1):
            name = SHAPES[(number * 2 + part) % len(SHAPES)]
            visemes.append(
                TimedViseme(name=name, start_s=round(at + part * half, 3), end_s=round(at + (part + 1) * half, 3))
            )
        t = np.arange(int(length * RATE)) / RATE
        envelope = np.sin(np.pi * t / length) ** 0.5
        tone = sum(np.sin(2 * np.pi * 150 * k * t * (1 + 0.02 * (number % 4))) / k for k in (1, 2, 3, 5))
        pieces.append(envelope * tone * 0.22)
        at += length
    samples = np.concatenate([*pieces, np.zeros(int(0.12 * RATE))])
    pcm = np.clip(samples * 32767, -32768, 32767).astype("<i2")
    clause = SpeechClause(
        utterance=utterance,
        index=index,
        text=text,
        start_s=round(start_s, 3),
        end_s=round(start_s + len(pcm) / RATE, 3),
        words=tuple(words),
        visemes=tuple(visemes),
    )
    return clause, pcm


def cut_frames(utterance: int, first: int, sequence: int, pcm: np.ndarray) -> list[bytes]:
    """Binary frames of 40 ms."""
    return [
        encode_audio(AudioFrame(utterance, sequence + i, first + at, RATE, pcm[at : at + FRAME].tobytes()))
        for i, at in enumerate(range(0, len(pcm), FRAME))
    ]
