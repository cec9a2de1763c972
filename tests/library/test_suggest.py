"""What is offered while a reader types."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library.store import Catalogue
from library.suggest import suggest


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("dun", "Dune"), ("the hob", "The Hobbit, or, There and back again"), ("rings", "The Lord of the Rings"),
        ("红", "红楼梦"), ("honglou", "红楼梦"), ("hong l", "红楼梦"), ("hlm", "红楼梦"), ("红楼", "红楼梦"),
        ("pride and p", "Pride and prejudice"), ("fahrenheit 4", "Fahrenheit 451"), ("Cien a", "百年孤独"),
    ],
)  # fmt: skip
def test_titles_by_what_they_begin_with(books: Catalogue, typed: str, first: str) -> None:
    found = suggest(books, typed, 6)
    assert (found[0].kind, found[0].text) == ("title", first)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("tolk", "J. R. R. Tolkien"), ("刘", "刘慈欣"), ("liu c", "刘慈欣"), ("garcia m", "Gabriel García Márquez")],
)
def test_authors(books: Catalogue, typed: str, name: str) -> None:
    assert name in [one.text for one in suggest(books, typed, 6) if one.kind == "author"]


def test_the_other_form_of_a_title_is_told(books: Catalogue) -> None:
    (one,) = suggest(books, "cien anos", 6)
    assert (one.text, one.also) == ("百年孤独", "Cien años de soledad")
    assert suggest(books, "百年", 6)[0].also == ""


def test_each_once_and_no_more_than_asked(books: Catalogue) -> None:
    found = suggest(books, "san", 6)
    assert len({(one.kind, one.text) for one in found}) == len(found)
    assert len(suggest(books, "the", 2)) <= 2
    assert suggest(books, "d", 6) == suggest(books, "", 6) == suggest(books, "dune", 0) == ()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=40))
def test_anything_may_be_typed(books: Catalogue, typed: str) -> None:
    assert len(suggest(books, typed, 6)) <= 6
