"""Days of the year, as readers and rules name them."""

from __future__ import annotations

import pytest

from library.dates import overlap, read_dates, without_dates


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("We are shut on July 4 and on Thanksgiving Day.", ((704, 704),)),
        ("closed from December 24 to January 2", ((1224, 102),)),
        ("the 3rd of March", ((303, 303),)),
        ("夏令时（五月至九月）", ((501, 931),)),
        ("十月至次年四月", ((1001, 431),)),
        ("10月1日闭馆", ((1001, 1001),)),
        ("are you open on Christmas Day?", ((1225, 1225),)),
        ("国庆开门吗", ((1001, 1001),)),
        ("you may bring a cup", ()),
        ("closed on Chinese New Year's Eve", ()),
    ],
)
def test_what_days_are_named(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert read_dates(text) == spans


def test_a_span_over_new_year_holds_both_its_ends() -> None:
    holidays = read_dates("from December 24 to January 2")
    assert overlap(read_dates("Christmas"), holidays)
    assert overlap(read_dates("January 1"), holidays)
    assert not overlap(read_dates("January 3"), holidays)


def test_days_are_no_words_of_a_question() -> None:
    assert "july" not in without_dates("is it open on july 4")
    assert "may" in without_dates("may i come in")
