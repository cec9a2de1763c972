"""Whole sentences out of a text that a language model is still writing, each as soon as it is certain to be over."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from library.sentence import Span, split_sentences

LONGEST: Final = 600
"""Characters after which a sentence is taken as it stands, whatever is still open in it."""
_PROBE: Final = " xx"
_PAIRS: Final = (("《", "》"), ("「", "」"), ("“", "”"), ("（", "）"), ("(", ")"), ("【", "】"))
_MARKUP: Final = re.compile(r"[*_`#]+|^\s*(?:[-•]|\d{1,2}[.)])\s+(?=\S)", re.MULTILINE)
_FIGURE: Final = re.compile(r"\d+(?:[.,:]\d+)*(?=\.$)")


class Cutter:
    """Sentences of one turn of a model. Mark-up is taken out; what has no letter or figure is dropped."""

    def __init__(self, goes_on: Callable[[str], bool] = lambda figure: False) -> None:
        """``goes_on``: may a text that ends in "3." still become "3.5"?"""
        self._text = ""
        self._goes_on = goes_on

    def feed(self, text: str) -> list[str]:
        """The sentences that are over with this piece."""
        self._text += text
        if not text:
            return []
        spans = split_sentences(self._text + _PROBE)
        if not spans or (self._text + _PROBE)[slice(*spans[-1])] != _PROBE.strip():
            spans = [*spans[:-1], (len(self._text), len(self._text))] if len(spans) > 1 else []
        over = self._closed([span for span in spans[:-1] if span[1] <= len(self._text)])
        sentences = [self._text[start:end] for start, end in over]
        if over:
            self._text = self._text[over[-1][1] :]
        return _plain(sentences)

    def finish(self) -> list[str]:
        """What is left, when the model has ended in good order."""
        spans = split_sentences(self._text)
        over = self._closed(spans)
        if spans and (not over or over[-1][1] < spans[-1][1]):
            over.append((over[-1][1] if over else spans[0][0], spans[-1][1]))
        sentences, self._text = [self._text[start:end] for start, end in over], ""
        return _plain(sentences)

    def _closed(self, spans: list[Span]) -> list[Span]:
        """The sentences that are over: what stands in quotation marks or brackets is part of the one around it."""
        found: list[Span] = []
        begun: int | None = None
        for start, end in spans:
            begun = start if begun is None else begun
            if not self._open(begun, end):
                found.append((begun, end))
                begun = None
        return found

    def _open(self, start: int, end: int) -> bool:
        """May the sentence go on: a bracket or quotation mark is open, or its last figure may not be whole?"""
        sentence = self._text[start:end]
        if len(sentence) > LONGEST:
            return False
        if any(sentence.count(left) > sentence.count(right) for left, right in _PAIRS) or sentence.count('"') % 2:
            return True
        figure = _FIGURE.search(sentence)
        return figure is not None and end == len(self._text) and self._goes_on(figure[0])


def _plain(sentences: list[str]) -> list[str]:
    told = (" ".join(_MARKUP.sub("", sentence).split()) for sentence in sentences)
    return [sentence for sentence in told if any(c.isalnum() for c in sentence)]
