"""Which titles, authors, topics and places sound like what was heard: phones compared, not letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from avatars.grammar import Form, Grammar
from avatars.grammar_frames import POLITE_AFTER, Kind, Words
from avatars.pronounce import Phones

_ALPHABET: Final = [
    "AA",
    "AE",
    "AH",
    "AO",
    "AW",
    "AY",
    "B",
    "CH",
    "D",
    "DH",
    "EH",
    "ER",
    "EY",
    "F",
    "G",
    "HH",
    "IH",
    "IY",
    "JH",
    "K",
    "L",
    "M",
    "N",
    "NG",
    "OW",
    "OY",
    "P",
    "R",
    "S",
    "SH",
    "T",
    "TH",
    "UH",
    "UW",
    "V",
    "W",
    "Y",
    "Z",
    "ZH",
]
_LETTER: Final = {phone: chr(ord("A") + i) for i, phone in enumerate(_ALPHABET)}
# sounds that an accent or a poor line turns into one another count as half a mistake: merged in a second comparison
_ROUGH: Final = {
    "AE": "AA", "AH": "AA", "AO": "AA", "UH": "UW", "OW": "AA", "IH": "IY", "EH": "IY", "EY": "IY", "ER": "R", "B": "P",
    "D": "T", "DH": "T", "TH": "T", "G": "K", "V": "F", "Z": "S", "ZH": "SH", "JH": "SH", "CH": "SH", "NG": "N",
    "M": "N",
}  # fmt: skip
LIMITS: Final[dict[Kind, int]] = {"title": 24, "author": 8, "topic": 8, "place": 12}


def _encode(phones: Sequence[str]) -> str:
    return "".join(_LETTER[phone] for phone in phones if phone in _LETTER)


def _roughen(phones: Sequence[str]) -> str:
    return _encode([_ROUGH.get(phone, phone) for phone in phones])


class Matcher:
    """Forms of a grammar by sound. ``pronunciations``: phones of each word, the usual one first."""

    def __init__(self, grammar: Grammar, pronunciations: Mapping[str, Sequence[Phones]]) -> None:
        self._pronunciations = pronunciations
        self._befores = {frame.before for frame in grammar.frames}
        self._endings = {
            (*after, *polite) for frame in grammar.frames for after in frame.after for polite in ((), POLITE_AFTER)
        }
        self._longest = max(map(len, self._befores))
        self._forms = {kind: forms for kind, forms in grammar.forms.items() if forms}
        self._exact = {kind: [_encode(self._say(form.words)) for form in forms] for kind, forms in self._forms.items()}
        self._rough = {kind: [_roughen(self._say(form.words)) for form in forms] for kind, forms in self._forms.items()}

    def _say(self, words: Sequence[str]) -> list[str]:
        return [phone for word in words for phone in (self._pronunciations.get(word) or [()])[0]]

    def _residues(self, words: Sequence[str]) -> list[Words]:
        """What may be the name in a row of words: between the longest frame and its ending, and before "by"."""
        said = tuple(words)
        found: list[Words] = []
        for length in range(min(self._longest, len(said) - 1), -1, -1):
            if said[:length] in self._befores:
                rest = said[length:]
                found.append(rest)
                found += [rest[: -len(end)] for end in self._endings if end and rest[-len(end) :] == end]
                if len(found) >= 2:
                    break
        found += [residue[: residue.index("by")] for residue in found if "by" in residue]
        return [residue for residue in found if residue] or [said]

    def list_candidates(
        self, hypotheses: Sequence[Sequence[str]], phones: Sequence[str] = (), limits: Mapping[Kind, int] = LIMITS
    ) -> dict[Kind, list[tuple[Form, float]]]:
        """The likeliest forms of each kind, best first, with a likeness of 0…1.

        ``hypotheses``: rows of words that the language model heard, best first. ``phones``: what an open phone loop
        heard, searched for each form anywhere in it.
        """
        residues: dict[str, float] = {}
        rough: dict[str, float] = {}
        for rank, words in enumerate(hypotheses):
            for residue in self._residues(words):
                said = self._say(residue)
                residues.setdefault(_encode(said), 1 - 0.01 * rank)
                rough.setdefault(_roughen(said), 1 - 0.01 * rank)
        result: dict[Kind, list[tuple[Form, float]]] = {}
        for kind, forms in self._forms.items():
            scores = np.zeros(len(forms))
            for queries, choices in ((residues, self._exact[kind]), (rough, self._rough[kind])):
                if queries:
                    table = process.cdist(list(queries), choices, scorer=fuzz.ratio) / 200
                    scores += (table * np.array(list(queries.values()))[:, None]).max(axis=0)
            if phones:
                loop = process.cdist([_roughen(phones)], self._rough[kind], scorer=fuzz.partial_ratio)[0] / 100
                sizes = np.array([len(choice) for choice in self._rough[kind]])
                scores = np.maximum(scores, loop * np.clip(sizes / 12, 0.3, 0.95))
            best = np.argsort(-scores, kind="stable")[: limits.get(kind, 20)]
            result[kind] = [(forms[i], float(scores[i])) for i in best]
        return result
