"""Hearing while somebody speaks, over any transcriber that only hears whole utterances.

The sound so far is transcribed again and again; what two successive hypotheses agree on, but for the last word, is
stable (LocalAgreement-2: Liu, Spanakis, Niehues, "Low-latency sequence-to-sequence speech recognition and translation
by partial hypothesis selection", Interspeech 2020). What was stable once stays so: later hypotheses continue it.
Speech longer than a model's window is closed at its quietest moment and goes on afresh.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from avatars.engines import HEARING_RATE, Partial, Samples, Transcriber, Transcript

_WORD: Final = re.compile(r"\s*(?:[\u3400-\u9fff\uf900-\ufaff]|[^\s\u3400-\u9fff\uf900-\ufaff]+)")
_FRAME: Final = 320


@dataclass(frozen=True, slots=True)
class AgreementSettings:
    """``step_s``: new sound between two hypotheses. ``longest_s``: sound that one hypothesis covers.

    ``settle_s``: sound from which on a detected language is kept.
    """

    step_s: float = 0.6
    longest_s: float = 24.0
    settle_s: float = 1.5


class AgreementStream:
    """One utterance."""

    def __init__(self, transcriber: Transcriber, lang: str | None, settings: AgreementSettings | None = None) -> None:
        self._transcriber = transcriber
        self._lang = lang
        self.settings = settings or AgreementSettings()
        self._parts: list[Samples] = []
        self._held = 0
        self._new = 0
        self._closed: list[Transcript] = []
        self._last: tuple[int, Transcript] | None = None  # how much sound the newest hypothesis covers, and it
        self._before: list[str] = []
        self._stable: list[str] = []
        self._text = ""

    def feed(self, samples: Samples) -> Partial:
        """Transcribes when enough is new; else what is known already. Raises EngineError."""
        self._parts.append(np.asarray(samples, dtype=np.float32))
        self._held += len(samples)
        self._new += len(samples)
        while self._held > self.settings.longest_s * HEARING_RATE:
            self._close()
        if self._new >= self.settings.step_s * HEARING_RATE:
            self._new = 0
            self._hear()
        return self._partial()

    def finish(self) -> Transcript:
        """The whole utterance, heard once more if sound is new; begins with what was stable. Raises EngineError."""
        known = self._last if self._last is not None and self._last[0] == self._held else None
        last = known[1] if known else self._transcriber.transcribe(self._sound(), self._lang)
        if not self._closed and not self._stable:
            return last
        parts = [*self._closed, last]
        words = [] if last.rejected else _split(last.text)
        text = _join([one.text for one in self._closed] + [_write(_continue(self._stable, words))])
        lang = next((one.lang for one in parts if not one.rejected), last.lang)
        sure = [one.confidence for one in parts if not one.rejected]
        if not text:
            return replace(last, lang=lang)
        kept = last.words if not self._closed and text == last.text else ()
        return Transcript(text, lang, kept, min(sure, default=last.confidence))

    def abandon(self) -> None:
        """Forgets the sound."""
        self._parts, self._closed, self._before, self._stable, self._text = [], [], [], [], ""
        self._held = self._new = 0
        self._last = None

    def _sound(self) -> Samples:
        if len(self._parts) != 1:
            self._parts = [np.concatenate(self._parts) if self._parts else np.zeros(0, np.float32)]
        return self._parts[0]

    def _hear(self) -> None:
        heard = self._transcriber.transcribe(self._sound(), self._lang)
        self._last = (self._held, heard)
        if heard.rejected:
            return
        if self._lang is None and self._held >= self.settings.settle_s * HEARING_RATE:
            self._lang = heard.lang
        words = _continue(self._stable, _split(heard.text))
        agreed = 0
        while agreed < min(len(words), len(self._before)) - 1 and _same(words[agreed], self._before[agreed]):
            agreed += 1
        if agreed > len(self._stable):
            self._stable = [*self._stable, *words[len(self._stable) : agreed]]
        self._before = words
        self._text = _write(words)

    def _close(self) -> None:
        """Ends a part at its quietest moment within the last quarter and begins the next one there."""
        sound = self._sound()
        longest = int(self.settings.longest_s * HEARING_RATE)
        first = longest * 3 // 4
        frames = sound[first : first + (longest - first) // _FRAME * _FRAME].reshape(-1, _FRAME)
        cut = first + int(np.argmin(np.square(frames).mean(axis=1))) * _FRAME + _FRAME // 2
        heard = self._transcriber.transcribe(sound[:cut], self._lang)
        words = _continue(self._stable, [] if heard.rejected else _split(heard.text))
        self._closed.append(replace(heard, text=_write(words), rejected=not words, words=()))
        self._lang = self._lang or (None if heard.rejected else heard.lang)
        self._parts, self._before, self._stable, self._text = [sound[cut:]], [], [], ""
        self._last = None
        self._held = self._new = len(sound) - cut

    def _partial(self) -> Partial:
        closed = [one.text for one in self._closed]
        whole = _join([*closed, self._text])
        stable = _join([*closed, _write(self._stable)])
        return Partial(whole, len(stable) if whole.startswith(stable) else len(_join(closed)))


def _split(text: str) -> list[str]:
    """Words, each with the blank before it; a Chinese character is one."""
    return _WORD.findall(text)


def _fold(word: str) -> str:
    return word.strip(" \t\n.,!?;:…，。！？；：、\"'“”").casefold()


def _same(one: str, other: str) -> bool:
    return _fold(one) == _fold(other)


def _continue(stable: list[str], words: list[str]) -> list[str]:
    """``words`` with what is stable in front, cut where they fit best: at the least number of words changed."""
    if not stable:
        return words
    if len(words) >= len(stable) and all(map(_same, stable, words)):
        return [*stable, *words[len(stable) :]]
    row = list(range(len(words) + 1))  # edit distance of ``stable`` to each beginning of ``words``
    for i, kept in enumerate(stable, 1):
        diagonal, row[0] = row[0], i
        for j, word in enumerate(words, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (not _same(kept, word)))
    best = min(range(len(words) + 1), key=lambda j: (row[j], abs(j - len(stable))))
    return [*stable, *words[best:]]


def _write(words: list[str]) -> str:
    return "".join(words).strip()


def _join(parts: list[str]) -> str:
    """Parts end to end, a blank between two that are not Chinese."""
    text = ""
    for part in parts:
        if text and part and not (_wide(text[-1]) or _wide(part[0])):
            text += " "
        text += part
    return text


def _wide(character: str) -> bool:
    return "\u2e80" <= character <= "\uffef"
