"""Words of rules: the same idea in other words, and weekdays inside ranges."""

from __future__ import annotations

import pytest

from avatars.concepts import stem, terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("late fee", "滞纳金"),
        ("opening hours", "开放时间"),
        ("wheelchair", "轮椅"),
        ("renewals", "续借"),
        ("photographs", "拍照"),
    ],
)
def test_both_languages_meet(one: str, other: str) -> None:
    assert set(terms(one)) & set(terms(other))


def test_a_range_holds_its_days() -> None:
    assert {"tue", "wed", "thu"} <= set(terms("Tuesday to Thursday 9:00–17:00"))
    assert "mon" not in terms("Tuesday to Thursday")
    assert {"sat", "sun", "mon"} <= set(terms("周六至周一"))
    assert len({"mon", "tue", "wed", "thu", "fri", "sat", "sun"} & set(terms("open every day"))) == 7


def test_booking_is_not_a_book() -> None:
    assert "book space" in terms("how is a booking made")
    assert "book space" not in terms("how many books")


@pytest.mark.parametrize(
    ("word", "root"), [("books", "book"), ("printing", "print"), ("stopped", "stop"), ("libraries", "library")]
)
def test_stems(word: str, root: str) -> None:
    assert stem(word) == root
