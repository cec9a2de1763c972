"""What may be said of what a language model writes: checked sentence by sentence, each said as soon as it has passed.

A sentence that the evidence does not support is withheld. In its place stands a sentence of the evidence about the
same, where there is one; else the answer says once that something was left out. Politeness and such replacements never
make an answer: they wait for a sentence that is supported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from avatars.grounding import instead_of, is_polite, is_supported
from avatars.language import Lang


class Checked:
    """The checked sentences of one answer, in order."""

    def __init__(self, question: str, lang: Lang, forbidden: Callable[[str], bool]) -> None:
        """``question``: its words are no evidence for figures. ``forbidden``: tells what is never said."""
        self._question, self._lang, self._forbidden = question, lang, forbidden
        self._said: list[str] = []
        self._held: list[str] = []
        self.left_out = False
        """A sentence was withheld and nothing stands in its place."""

    @property
    def text(self) -> str:
        """All that may be said, "" as long as no sentence is supported."""
        return self._joined(self._said)

    def take(self, sentence: str, evidence: Sequence[str]) -> bool:
        """The model's next sentence; True when ``text`` has grown."""
        told = " ".join(evidence)
        if is_polite(sentence) and is_supported(sentence, told, self._question):
            return self._hold(sentence)
        if evidence and is_supported(sentence, told, self._question):
            if self._never(sentence) or sentence in self._said:
                return False
            self._said += [*self._held, sentence]
            self._held.clear()
            return True
        found = instead_of(sentence, evidence, self._lang)
        if found and found not in self._said and found not in self._held:
            return self._hold(found)
        self.left_out = self.left_out or not found
        return False

    def add(self, sentence: str) -> None:
        """A sentence of ours, at the end of what was said."""
        if self._said and not self._never(sentence):
            self._said.append(sentence)

    def _hold(self, sentence: str) -> bool:
        if self._never(sentence):
            return False
        (self._said if self._said else self._held).append(sentence)
        return bool(self._said)

    def _never(self, sentence: str) -> bool:
        return self._forbidden(self._joined([*self._said, *self._held, sentence]))

    def _joined(self, sentences: Sequence[str]) -> str:
        return ("" if self._lang == "zh" else " ").join(sentences)
