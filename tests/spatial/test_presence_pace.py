"""The pace of ticks: on a grid, never made up for, halved under strain."""

from __future__ import annotations

import pytest

from spatial.presence_pace import CALM_S, FAST_S, SLOW_S, Pace


def test_ticks_keep_to_the_grid() -> None:
    pace = Pace(0.0)
    for number in range(1, 101):
        assert pace.due == pytest.approx(number * FAST_S)
        pace.done(pace.due + 0.004, pace.due + 0.006)
    assert (pace.period_s, pace.skipped) == (FAST_S, 0)


def test_a_late_tick_is_left_out_not_made_up_for() -> None:
    pace = Pace(0.0)
    pace.done(0.05, 0.27)
    assert pace.due == pytest.approx(0.30)
    assert pace.skipped == 4


def test_strain_halves_the_rate_and_calm_restores_it() -> None:
    pace = Pace(0.0)
    for _ in range(2):
        pace.done(pace.due, pace.due + 0.03)
    assert pace.period_s == FAST_S
    pace.done(pace.due + 0.03, pace.due + 0.031)
    assert pace.period_s == SLOW_S
    calm_from = pace.due
    while pace.period_s == SLOW_S:
        pace.done(pace.due, pace.due + 0.001)
        assert pace.due - calm_from < CALM_S + 1
    assert pace.due - calm_from >= CALM_S - 0.2
