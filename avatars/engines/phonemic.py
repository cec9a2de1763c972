"""What speakers share that are given sounds in IPA: text in clauses, each clause's IPA, and where its sounds fall.

IPA comes from espeak-ng in its worker process (``espeak.py``), so that no GPL code is joined to ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from avatars.engines import Mark, Phoneme, Samples

Pronounce = Callable[[Sequence[str], str], list[str]]
"""Texts and a voice of espeak-ng → IPA of each, "_" between sounds and a blank between words."""

VOICES: Final = {"en": "en-us", "zh": "cmn"}
_CLAUSE: Final = re.compile(r"[^,.;:!?，。；：！？、\n]+[,.;:!?，。；：！？、\n]*")
_LATIN: Final = str.maketrans("，。；：！？、", ",.;:!?,")
_LANGUAGE: Final = re.compile(r"\([^)]+\)")  # espeak-ng marks words of another language so
_QUIET: Final = 0.01


@dataclass(frozen=True, slots=True)
class Clause:
    """``text[start:end]`` of what is to be said and its sounds. ``mark``: the stop behind it, "" if none."""

    start: int
    end: int
    sounds: tuple[str, ...]
    ipa: str
    mark: str


def list_clauses(text: str, lang: str, pronounce: Pronounce, voice: str | None = None) -> list[Clause]:
    """Clauses with something to say, in order. Raises EngineError."""
    spans = [match.span() for match in _CLAUSE.finditer(text) if any(c.isalnum() for c in match[0])]
    chosen = voice or VOICES["zh" if lang.startswith("zh") else "en"]
    found = pronounce([text[start:end] for start, end in spans], chosen)
    clauses = []
    for (start, end), ipa in zip(spans, found, strict=True):
        written = text[start:end].rstrip()
        mark = written[-1].translate(_LATIN) if written[-1].translate(_LATIN) in ",.;:!?" else ""
        told = _LANGUAGE.sub("", ipa).strip()
        lead = len(text[start:end]) - len(text[start:end].lstrip())
        sounds = tuple(sound.strip("ˈˌ ") for sound in re.split(r"[_ ]+", told) if sound.strip("ˈˌ "))
        clauses.append(Clause(start + lead, end, sounds, told.replace("_", ""), mark))
    return [clause for clause in clauses if clause.ipa]


def place(clause: Clause, sound: Samples, rate: int, begin_s: float) -> tuple[tuple[Mark, ...], tuple[Phoneme, ...]]:
    """The clause's mark and its sounds, spread evenly over what is not silent, when the model does not say more.

    sound: float32 (n,) at ``rate``; ``begin_s``: where it begins.
    """
    heard = np.flatnonzero(np.abs(sound) > _QUIET)
    if not len(heard):
        return (Mark(clause.start, clause.end, begin_s),), (Phoneme("", begin_s),)
    first, last = begin_s + heard[0] / rate, begin_s + heard[-1] / rate
    each = (last - first) / max(1, len(clause.sounds))
    sounds = tuple(Phoneme(ipa, float(first + i * each)) for i, ipa in enumerate(clause.sounds))
    return (Mark(clause.start, clause.end, float(first)),), (*sounds, Phoneme("", float(last)))


def to_pcm(sound: Samples) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    """float32 (n,), −1…1 → int16 (n,)."""
    return (np.clip(sound, -1, 1) * 32767).astype(np.int16)
