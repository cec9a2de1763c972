"""Text → speech with captions and mouth shapes, all on one clock: seconds from the first sample."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from avatars.engines import EngineError, Pcm, Speaker, Stop, Word
from avatars.spoken import Reading, read_aloud
from avatars.visemes import Viseme, build_track

_PAUSE_S: Final = 0.12
_OPENING: Final = "《〈「『“（([【\"'‘"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said. ``samples``: int16 (n,), mono. ``spoken``: the text as read aloud.

    ``words``: words of the text as written (a Chinese character each), in order, without overlap. ``visemes`` cover
    0…``duration_s``. ``stopped``: ended early because it was told to.
    """

    samples: Pcm
    sample_rate: int
    spoken: str
    words: tuple[Word, ...]
    visemes: tuple[Viseme, ...]
    stopped: bool = False

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate if self.sample_rate else 0.0


def say(speaker: Speaker, text: str, lang: str, stop: Stop | None = None) -> Spoken:
    """Speaks the whole text, each stretch by the voice of its script. Raises EngineError.

    A speaker with an attribute ``mixes`` that is true reads Latin words among Chinese ones with one voice.
    """
    reading = read_aloud(text, lang)
    pcm: list[Pcm] = []
    marks: list[tuple[int, float]] = []
    sounds: list[tuple[str, float]] = []
    rate = speaker.capabilities.sample_rate
    total = 0
    stopped = False
    for run in reading.list_runs(getattr(speaker, "mixes", False)):
        if stopped:
            break
        base_s = total / rate
        for chunk in speaker.speak(run.text, run.lang, stop):
            if chunk.sample_rate != rate and pcm:
                raise EngineError(f"the speaker changed its rate from {rate} to {chunk.sample_rate} Hz within a text")
            rate = chunk.sample_rate
            pcm.append(chunk.pcm)
            total += len(chunk.pcm)
            marks.extend(
                (run.origin[mark.start], base_s + mark.at_s) for mark in chunk.words if mark.start < len(run.origin)
            )
            sounds.extend((phoneme.ipa, base_s + phoneme.at_s) for phoneme in chunk.phonemes)
        stopped = stop is not None and stop()
    samples = np.concatenate(pcm) if pcm else np.zeros(0, dtype=np.int16)
    duration_s = total / rate
    words = _caption(reading, marks, _find_pauses(sounds, duration_s), duration_s)
    if stopped:
        words = tuple(word for word in words if word.start_s < duration_s)
    return Spoken(samples, rate, reading.spoken, words, build_track(sounds, duration_s), stopped)


def list_words(text: str) -> list[tuple[int, int]]:
    """Spans of the words to caption: Latin words with their marks, Chinese characters with theirs."""
    spans: list[tuple[int, int]] = []
    pattern = re.compile(
        r"[\u3400-\u9fff\uf900-\ufaff]|[^\s\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…]+|\S"
    )
    opening = -1
    for match in pattern.finditer(text):
        start, end = match.span()
        if any(c.isalnum() for c in match[0]):
            spans.append((opening if opening >= 0 else start, end))
            opening = -1
        elif match[0] in _OPENING:
            opening = start if opening < 0 else opening
        elif spans and opening < 0:
            spans[-1] = (spans[-1][0], end)
    if opening >= 0 and spans:
        spans[-1] = (spans[-1][0], len(text.rstrip()))
    return spans


def _find_pauses(sounds: Sequence[tuple[str, float]], duration_s: float) -> list[tuple[float, float]]:
    """Stretches of silence longer than a stop consonant, (start, end) in seconds."""
    pauses: list[tuple[float, float]] = []
    begun: float | None = None
    for ipa, at_s in [*sounds, ("end", duration_s)]:
        if ipa == "":
            begun = at_s if begun is None else begun
        elif not ipa.startswith("("):
            if begun is not None and at_s - begun >= _PAUSE_S:
                pauses.append((begun, at_s))
            begun = None
    return pauses


def _caption(
    reading: Reading, marks: Sequence[tuple[int, float]], pauses: Sequence[tuple[float, float]], duration_s: float
) -> tuple[Word, ...]:
    """Times for the written words: those that the speaker marked, and between them by length."""
    spans = list_words(reading.written)
    if not spans or duration_s <= 0:
        return ()
    starts: list[float | None] = [None] * len(spans)
    k = 0
    for origin, at_s in sorted(marks, key=lambda mark: mark[1]):
        while k + 1 < len(spans) and spans[k + 1][0] <= origin:
            k += 1
        if starts[k] is None and origin < spans[k][1]:
            starts[k] = at_s
    starts[0] = min(starts[0] or 0.0, duration_s) if starts[0] is not None else 0.0
    known = [i for i, at in enumerate(starts) if at is not None]
    times: list[float] = []
    for i, (left, right) in enumerate(zip(known, [*known[1:], len(spans)], strict=True)):
        from_s = starts[left] or 0.0
        to_s = (starts[right] or 0.0) if right < len(spans) else duration_s
        if i and from_s < times[-1]:
            from_s = times[-1]
        lengths = [spans[j][1] - spans[j][0] for j in range(left, right)]
        passed = 0
        for length in lengths:
            times.append(from_s + max(0.0, to_s - from_s) * passed / sum(lengths))
            passed += length
    words = []
    for i, (start, end) in enumerate(spans):
        until = times[i + 1] if i + 1 < len(spans) else duration_s
        for begun, ended in pauses:
            if times[i] < begun < until and ended >= until - 0.03:
                until = begun
        begin_s, end_s = (min(round(at_s, 4), duration_s) for at_s in (times[i], max(times[i], until)))
        words.append(Word(reading.written[start:end], begin_s, end_s))  # rounded, yet never after the sound
    return tuple(words)
