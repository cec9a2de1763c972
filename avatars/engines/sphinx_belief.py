"""Is what was heard believed? How well the best question fits, made into the likelihood that it was said.

The weights are a logistic regression over questions spoken by seven synthetic voices with and without noise: for books,
places, authors and subjects held, whole sentences known, books not held, and sentences that are no questions
(``bench/listen_belief.py`` makes them again).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import Final

MOST_LEAD: Final = 100.0
"""A lead beyond this says no more: the next best was something quite different."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well the best question fits.

    ``whole``, ``name``: how much worse than any phones at all, all of it and the name in it, natural logarithms a
    frame; ``lead``: over the best question for something else, natural logarithms; ``phones``: of the name, or of the
    whole sentence where there is none: a short name fits by chance.
    """

    whole: float
    name: float
    lead: float
    phones: int

    def features(self) -> tuple[float, float, float, float]:
        """What the weights are for."""
        return self.whole, self.name, min(self.lead, MOST_LEAD), log(max(self.phones, 1))


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the features, and of one alone."""

    whole: float = -1.829
    name: float = -1.162
    lead: float = 0.0240
    size: float = 2.707
    one: float = -4.947

    def sure(self, fit: Fit) -> float:
        """How likely it is that this was said, 0…1."""
        rows = zip((self.whole, self.name, self.lead, self.size), fit.features(), strict=True)
        reason = self.one + sum(weight * feature for weight, feature in rows)
        return 1 / (1 + exp(-max(-60.0, min(60.0, reason))))
