"""A trigram language model (ARPA) of a grammar: every frame with every form, counted without writing them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from math import log10
from typing import Final, TextIO

from avatars.grammar import Grammar
from avatars.grammar_frames import Frame, Kind

_DISCOUNT: Final = 0.5
_PHRASE_SHARE: Final = 0.15
_SHARES: Final[dict[Kind, float]] = {"title": 0.5, "author": 0.1, "topic": 0.12, "place": 0.13}

Gram = tuple[str, ...]
Counts = list[dict[Gram, float]]
Add = Callable[[Gram, float], None]


def _count(grammar: Grammar) -> Counts:
    """Weighted counts of 1-, 2- and 3-grams. Inner grams of a form are counted once per form, not once per frame."""
    counts: Counts = [defaultdict(float), defaultdict(float), defaultdict(float)]

    def add(words: Gram, weight: float, first_end: int = 0) -> None:
        """Counts grams that end after ``first_end`` words."""
        for order in (1, 2, 3):
            for end in range(max(order, first_end + 1), len(words) + 1):
                counts[order - 1][words[end - order : end]] += weight

    for phrase in grammar.phrases:
        add(("<s>", *phrase, "</s>"), _PHRASE_SHARE / max(1, len(grammar.phrases)))
    for kind, share in _SHARES.items():
        forms = grammar.forms.get(kind, ())
        frames = [frame for frame in grammar.frames if frame.kind == kind]
        if not forms or not frames:
            continue
        total = sum(frame.weight for frame in frames)
        each = share / len(forms)
        lefts: dict[Gram, float] = defaultdict(float)
        rights: dict[Gram, float] = defaultdict(float)
        for frame in frames:
            _count_frame(frame, share * frame.weight / total, add, lefts, rights)
        for form in forms:
            inner = form.words
            add(inner, each)
            for left, weight in lefts.items():  # grams that begin in the frame and end in the form
                joined = (*left, *inner[:2])
                for end in range(len(left) + 1, len(joined) + 1):
                    for order in (2, 3):
                        start = end - order
                        if 0 <= start < len(left):
                            counts[order - 1][joined[start:end]] += weight * each / share
            for right, weight in rights.items():  # grams that begin in the form and end behind it
                joined = (*inner[-2:], *right)
                here = min(2, len(inner))
                for end in range(here + 1, len(joined) + 1):
                    for order in (2, 3):
                        start = end - order
                        if 0 <= start < here:
                            counts[order - 1][joined[start:end]] += weight * each / share
        for form in forms:  # "… by AUTHOR" behind a title
            for said, _ in form.by[:2]:
                add((*form.words[-2:], "by", *said, "</s>"), each * 0.1, first_end=min(2, len(form.words)))
    return counts


def _count_frame(frame: Frame, weight: float, add: Add, lefts: dict[Gram, float], rights: dict[Gram, float]) -> None:
    before = ("<s>", *frame.before)
    add(before, weight)
    lefts[before[-2:]] += weight
    for after in frame.after:
        behind = (*after, "</s>")
        add(behind, weight / len(frame.after))
        rights[behind[:2]] += weight / len(frame.after)


def write_arpa(grammar: Grammar, out: TextIO) -> None:
    """Writes the model: absolute discounting by half of each count, back-off to the next shorter history."""
    counts = _count(grammar)
    unigrams = counts[0]
    for word in grammar.list_words():
        unigrams[(word,)] += 1e-6
    mass = sum(weight for (word,), weight in unigrams.items() if word != "<s>")
    probability: list[dict[Gram, float]] = [
        {gram: (weight / mass if gram != ("<s>",) else 1e-99) for gram, weight in unigrams.items()}
    ]
    backoff: list[dict[Gram, float]] = []
    for order in (2, 3):
        grams = counts[order - 1]
        sums: dict[Gram, float] = defaultdict(float)
        lower_sums: dict[Gram, float] = defaultdict(float)
        for gram, weight in grams.items():
            sums[gram[:-1]] += weight
            lower_sums[gram[:-1]] += probability[order - 2].get(gram[1:], 0.0)
        probability.append({gram: (1 - _DISCOUNT) * weight / sums[gram[:-1]] for gram, weight in grams.items()})
        backoff.append({history: _DISCOUNT / max(1e-6, 1 - min(lower_sums[history], 1 - 1e-6)) for history in sums})
    out.write("\\data\\\n")
    for order in (1, 2, 3):
        out.write(f"ngram {order}={len(probability[order - 1])}\n")
    for order in (1, 2, 3):
        out.write(f"\n\\{order}-grams:\n")
        for gram in sorted(probability[order - 1]):
            value = log10(max(probability[order - 1][gram], 1e-99))
            line = f"{value:.4f} {' '.join(gram)}"
            if order < 3:
                line += f" {log10(backoff[order - 1].get(gram, 1.0)):.4f}"
            out.write(line + "\n")
    out.write("\n\\end\\\n")
