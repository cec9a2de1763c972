"""A voice for each language, at one sample rate, so that a sentence in two languages is spoken by both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from avatars.engines import Capabilities, Speaker, SpeechChunk, Stop


class SpeakerByLanguage:
    """Hands each text to the voice of its language, and to ``base`` where there is none."""

    def __init__(self, by_lang: Mapping[str, Speaker], base: Any) -> None:
        """``base``: a speaker that also lists phonemes and can be closed (espeak-ng)."""
        self._by_lang = dict(by_lang)
        self._base = base
        voices: list[Speaker] = [*self._by_lang.values(), base]
        languages = tuple(dict.fromkeys((*base.capabilities.languages, *self._by_lang)))
        self.mixes = bool(getattr(base, "mixes", False)) and not self._by_lang
        self.capabilities = Capabilities(languages, max(one.capabilities.sample_rate for one in voices), True)

    def speak(self, text: str, lang: str, stop: Stop | None = None) -> Iterator[SpeechChunk]:
        """Speech at one rate, whoever says it. Raises EngineError."""
        voice: Speaker = self._by_lang.get(lang[:2], self._base)
        rate = self.capabilities.sample_rate
        if voice.capabilities.sample_rate == rate:
            yield from voice.speak(text, lang, stop)
            return
        import soxr

        stream = soxr.ResampleStream(voice.capabilities.sample_rate, rate, 1, dtype="int16")
        for chunk in voice.speak(text, lang, stop):
            pcm = np.asarray(stream.resample_chunk(chunk.pcm), np.int16).reshape(-1)
            yield SpeechChunk(pcm, rate, chunk.words, chunk.phonemes)
        rest = np.asarray(stream.resample_chunk(np.zeros(0, np.int16), last=True), np.int16).reshape(-1)
        if len(rest):
            yield SpeechChunk(rest, rate)

    def list_phonemes(self, texts: Sequence[str], voice: str = "en-us") -> list[str]:
        """IPA of each text, by the base."""
        found: list[str] = self._base.list_phonemes(texts, voice)
        return found

    def close(self) -> None:
        """Ends what the voices hold."""
        for one in (*self._by_lang.values(), self._base):
            close = getattr(one, "close", None)
            if close is not None:
                close()
