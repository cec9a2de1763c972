"""Engines that follow a script, so that everything around them can be tried without a model."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from avatars.engines import (
    ENGINES,
    Delta,
    EngineError,
    Mark,
    Message,
    Phoneme,
    Samples,
    SpeechChunk,
    Stop,
    ToolSpec,
    Transcript,
)

_LETTER_S: Final = 0.06
_SYMBOL_S: Final = 0.2


class ScriptedTranscriber:
    """Hears the given transcripts one after another, whatever is said; an error in the script is raised."""

    capabilities = ENGINES["scripted-transcriber"].capabilities

    def __init__(self, script: Sequence[Transcript | EngineError]) -> None:
        self._script = list(script)
        self.heard_s: list[float] = []

    def transcribe(self, samples: Samples, lang: str | None = None) -> Transcript:
        """The next transcript; a rejected one when the script has ended."""
        self.heard_s.append(len(samples) / self.capabilities.sample_rate)
        if not self._script:
            return Transcript("", lang or "en", rejected=True)
        said = self._script.pop(0)
        if isinstance(said, EngineError):
            raise said
        return said


class ScriptedModel:
    """Writes the given turns one after another, whatever is asked; an error in the script is raised at its place."""

    capabilities = ENGINES["scripted-model"].capabilities

    def __init__(self, script: Sequence[str | Sequence[Delta | EngineError]]) -> None:
        """``script``: a text stands for its words as deltas and their end."""
        self._script = list(script)
        self.asked: list[tuple[Message, ...]] = []
        self.offered: list[tuple[str, ...]] = []

    def chat(self, messages: Sequence[Message], tools: Sequence[ToolSpec], stop: Stop | None = None) -> Iterator[Delta]:
        """The next turn. Raises EngineError: the script says so, or has ended."""
        self.asked.append(tuple(messages))
        self.offered.append(tuple(tool.name for tool in tools))
        if not self._script:
            raise EngineError("the script of the language model has ended")
        turn = self._script.pop(0)
        if isinstance(turn, str):
            turn = [*map(Delta, _pieces(turn)), Delta(ended="stop")]
        for delta in turn:
            if stop is not None and stop():
                return
            if isinstance(delta, EngineError):
                raise delta
            yield delta


def _pieces(text: str) -> list[str]:
    """Words with the blank before them; a Chinese character is one."""
    return re.findall(r"\s*(?:[\u3400-\u9fff]|[^\s\u3400-\u9fff]+)|\s+$", text)


class ScriptedSpeaker:
    """Hums each word: 60 ms a letter, 200 ms a Chinese character, with exact times; the same every time."""

    capabilities = ENGINES["scripted-speaker"].capabilities

    def __init__(self, fail_at: int | None = None) -> None:
        """``fail_at``: raise a retryable EngineError at that word, counted over all texts."""
        self._words_left = fail_at
        self.said: list[str] = []

    def speak(self, text: str, lang: str, stop: Stop | None = None) -> Iterator[SpeechChunk]:
        """One chunk a word."""
        self.said.append(text)
        rate = self.capabilities.sample_rate
        at_s = 0.0
        start = 0
        while start < len(text):
            if not text[start].isalnum():
                start += 1
                continue
            end = start + 1
            while text[start] < "\u2e80" and end < len(text) and text[end].isalnum() and text[end] < "\u2e80":
                end += 1
            if stop is not None and stop():
                return
            if self._words_left is not None:
                if self._words_left == 0:
                    raise EngineError("the script says that the voice fails here", retryable=True)
                self._words_left -= 1
            long_s = _SYMBOL_S if text[start] >= "\u2e80" else _LETTER_S * (end - start)
            times = np.arange(round(long_s * rate)) / rate
            pcm = (8000 * np.sin(2 * math.pi * 220 * times)).astype(np.int16)
            yield SpeechChunk(
                pcm, rate, (Mark(start, end, at_s),), (Phoneme("m", at_s), Phoneme("ɑ", at_s + long_s / 2))
            )
            at_s += len(pcm) / rate
            start = end
