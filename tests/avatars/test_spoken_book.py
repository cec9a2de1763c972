"""Short questions about the book just spoken of, and what no record says."""

from __future__ import annotations

import pytest

from server.home import Home
from tests.avatars.talking import first, talk


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("Where is Walden?", "who's it by"), "Thoreau"),
        (("Where is Walden?", "when did it come out"), "1854"),
        (("三体在哪里", "讲什么的"), "三体"),
        (("books by lu xun", "the last one", "call number"), "I210"),
        (("who wrote hamlet", "and Romeo and Juliet?"), "is by William Shakespeare"),
    ],
)
def test_what_is_asked_of_it(home: Home, turns: tuple[str, ...], told: str) -> None:
    assert told in talk(home, *turns).text


@pytest.mark.parametrize(
    "turns",
    [
        ("Where is Walden?", "how many pages does it have"),
        ("黑客与画家是谁翻译的",),
        ("小王子在几楼", "适合几岁"),
        ("苏菲的世界适合多大孩子看",),
    ],
)
def test_what_no_record_says_is_not_made_up(home: Home, turns: tuple[str, ...]) -> None:
    reply = talk(home, *turns)
    assert reply.refused
    assert reply.intent == "find_item"
    assert first(reply) is not None


def test_the_author_s_other_books(home: Home) -> None:
    assert talk(home, "where is frankenstein", "what else did she write").refused
    others = talk(home, "三体在哪里", "他还写过什么")
    assert others.items
    assert "demo-0183" not in {x.record.record_id for x in others.items}


def test_how_many_copies_is_about_the_book(home: Home) -> None:
    assert "Dune" in talk(home, "where's dune", "how many copies").text


def test_the_language_of_the_book_and_of_the_answer(home: Home) -> None:
    """After a book, "in Chinese" asks for an edition; "say it in Chinese" for the answer."""
    assert talk(home, "do you have war and peace", "in chinese").refused
    assert not talk(home, "do you have war and peace", "say it in chinese").refused
    assert all("eng" in x.record.languages for x in talk(home, "mathematics books", "in english").items)


def test_a_turn_that_is_not_understood_does_not_forget(home: Home) -> None:
    assert talk(home, "Where is Walden?", "hmm hmm hmm", "take me there").route is not None


@pytest.mark.parametrize(("said", "title"), [("lotr", "Lord of the Rings"), ("SICP", "Structure and Interpretation")])
def test_short_names_are_asked_back(home: Home, said: str, title: str) -> None:
    reply = talk(home, said)
    assert reply.clarify
    assert title in reply.text


def test_a_part_of_a_work(home: Home) -> None:
    assert "资本论" in talk(home, "资本论第一卷").text
    assert talk(home, "哈利波特第七部在哪").refused


def test_two_requests_without_a_comma(home: Home) -> None:
    reply = talk(home, "能借几本 借多久")
    assert "15册" in reply.text
    assert "30天" in reply.text
    both = talk(home, "can you tell me a joke and then where's the toilet")
    assert both.place is not None


def test_a_lost_child_is_not_lost_property(home: Home) -> None:
    reply = talk(home, "小朋友走丢了")
    assert reply.place is not None
    assert reply.place.category != "lostandfound"
