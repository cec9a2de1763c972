"""How likely it is that what fits best was said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from avatars.engines.sphinx_belief import MOST_LEAD, Fit, Weights
from bench.listen_belief import weigh

FIT = Fit(whole=0.5, name=0.8, lead=60.0, phones=8)


def test_what_fits_better_is_believed_more() -> None:
    sure = Weights().sure
    for better in (
        replace(FIT, whole=0.2),
        replace(FIT, name=0.3),
        replace(FIT, lead=90.0),
        replace(FIT, phones=16),
    ):
        assert sure(better) > sure(FIT)
    assert sure(replace(FIT, lead=MOST_LEAD)) == sure(replace(FIT, lead=10 * MOST_LEAD)), "a lead says no more then"
    assert 0 <= sure(replace(FIT, whole=500.0)) < 1e-9
    assert 1 - 1e-9 < sure(replace(FIT, whole=-500.0)) <= 1


def test_the_weights_are_found_again_from_what_they_made() -> None:
    draw = np.random.default_rng(3)
    features = np.column_stack([draw.normal(2, 3, 40_000), draw.normal(-1, 0.5, 40_000), np.ones(40_000)])
    true = np.array([0.8, -1.5, 0.4])
    right = (draw.random(40_000) < 1 / (1 + np.exp(-features @ true))).astype(float)
    assert np.allclose(weigh(features, right), true, atol=0.1)
