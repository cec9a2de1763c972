"""Text made comparable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.normal import fold, joined_form, pieces, pinyin, title_form, tokens
from library.numerals import chinese_numbers, english_numbers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nineteen Eighty-Four", "1984"), ("一九八四", "1984"), ("一千零一夜", "1001夜"),
        ("八十天环游地球", "80 天环游地球"),
        ("Twenty Thousand Leagues", "20,000 leagues"), ("two thousand and one", "2001"),
        ("三體", "三体"), ("ＤＵＮＥ", "Dune"), ("Colour", "color"), ("J. R. R. Tolkien", "JRR Tolkien"),
        ("Philosopher’s", "philosophers"), ("War & Peace", "war and peace"), ("哈利·波特", "哈利 波特"),
        ("Les Misérables", "les miserables"), ("Organisation", "organization"),
    ],
)  # fmt: skip
def test_ways_of_writing(one: str, other: str) -> None:
    assert joined_form(one) == joined_form(other)


def test_details() -> None:
    assert title_form("The Art of War") == "art of war"
    assert pieces("Catch-22 三体II") == ["catch", "22", "三体", "ii"]
    assert tokens("图书馆 a") == ["图书", "书馆", "馆", "a"]
    assert pinyin("三体") == "santi"
    assert pinyin("Dune") == ""
    assert english_numbers(["one", "two", "three"]) == ["1", "2", "3"]
    assert english_numbers(["one", "hundred", "and", "one", "dalmatians"]) == ["101", "dalmatians"]
    assert english_numbers(["sand", "and", "seventy"]) == ["sand", "and", "70"]
    assert chinese_numbers("三国十万个为什么万一") == "三国100000个为什么万一"


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_that_matters(text: str) -> None:
    assert tokens(text) == tokens(text)
    assert joined_form(joined_form(text)) is not None
    assert " " not in joined_form(text)
    assert fold(text) == fold(text)
