"""Texts as terms: the same idea in other words, days inside ranges, verbs that look like nouns."""

from __future__ import annotations

import pytest

from library.idea_words import RELATED, WEEK
from library.ideas import KIND, likeness, names, read_terms


def ideas(text: str) -> frozenset[str]:
    return names(read_terms(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("late fee", "滞纳金"),
        ("opening hours", "开放时间"),
        ("wheelchair", "轮椅"),
        ("renewals", "续借"),
        ("photographs", "拍照"),
        ("study room", "研习间"),
        ("postgrads", "研究生"),
    ],
)
def test_both_languages_meet(one: str, other: str) -> None:
    assert ideas(one) & ideas(other)


def test_a_range_holds_its_days() -> None:
    assert {"tue", "wed", "thu"} <= ideas("Tuesday to Thursday 9:00–17:00")
    assert "mon" not in ideas("Tuesday to Thursday")
    assert {"sat", "sun", "mon"} <= ideas("周六至周一")
    assert not set(WEEK) & ideas("the library opens at nine")


def test_to_book_is_not_a_book() -> None:
    assert "reserve" in ideas("can I book a room")
    assert "book" not in ideas("can I book a room")
    assert "reserve" not in ideas("how many books may I have")


def test_hours_that_are_counted_are_not_opening_hours() -> None:
    assert "open" in ideas("what are your hours")
    assert "open" not in ideas("for up to 4 hours a day")


def test_words_of_one_root_are_alike() -> None:
    assert likeness("exam", "exam") == 1.0
    assert likeness("telescop", "telescopic") > 0.5
    assert likeness("dune", "dungeon") == 0.0


def test_related_ideas_exist() -> None:
    assert {*RELATED, *(told for group in RELATED.values() for told in group)} <= KIND.keys()
