"""The pace of ticks: on a grid, never made up for, halved under strain."""

from __future__ import annotations

import pytest

from spatial.presence_pace import FAST_S, SLOW_S, Pace


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


@pytest.mark.parametrize(("late_s", "took_s"), [(0.045, 0.001), (0.0, 0.045)])
def test_strain_halves_the_rate_within_a_second_and_calm_restores_it_within_three(late_s: float, took_s: float) -> None:
    pace = Pace(0.0)
    while pace.period_s == FAST_S:
        pace.done(pace.due + late_s, pace.due + late_s + took_s)
        assert pace.due < 1.0
    assert pace.due > 0.3  # not at the first
    calm_from = pace.due
    while pace.period_s == SLOW_S:
        pace.done(pace.due, pace.due + 0.001)
    assert 0.5 < pace.due - calm_from < 3.0


def test_a_hiccup_now_and_then_changes_nothing() -> None:
    pace = Pace(0.0)
    for number in range(200):
        late_s = 0.045 if number % 5 == 0 else 0.0
        pace.done(pace.due + late_s, pace.due + late_s + 0.002)
        assert pace.period_s == FAST_S
