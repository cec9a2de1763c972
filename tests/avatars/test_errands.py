"""Several requests in one breath, and one request that only looks like several."""

from __future__ import annotations

import pytest

from server.home import Home
from tests.avatars.talking import first, place, talk


def test_a_book_then_a_quiet_place_near_it(home: Home) -> None:
    reply = talk(home, "Find me a book on insects, then take me to a quiet place where I can read it.")
    assert [step.intent for step in reply.steps] == ["find_topic", "guide"]
    assert reply.items
    assert place(reply) == "Quiet Room"


@pytest.mark.parametrize(
    ("asked", "not_held"),
    [
        ("Find a book on bees, then take me to a quiet seat near it.", "bees"),
        ("Do you have Wolf Hall? And take me to the toilet.", "Wolf Hall"),
    ],
)
def test_what_is_not_held_is_said_beside_what_is_done(home: Home, asked: str, not_held: str) -> None:
    reply = talk(home, asked)
    assert reply.text.startswith("I can't find")
    assert not_held in reply.text
    assert reply.route is not None


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("how do I get a library card", "Bring your identity card"),
        ("How can I join the library?", "Bring your identity card"),
        ("怎么办借书证", "请携带身份证"),
        ("如何办卡", "请携带身份证"),
        ("证丢了怎么办", "挂失"),
    ],
)
def test_who_wants_a_card_is_told_what_to_bring(home: Home, asked: str, told: str) -> None:
    assert told in talk(home, asked).text


def test_the_way_that_is_told_is_the_way_that_is_drawn(home: Home) -> None:
    plain = talk(home, "Find me a book on insects, then take me to a quiet place where I can read it.")
    alone = talk(home, "take me to a quiet place")
    assert plain.route is not None
    assert plain.route.length_m == pytest.approx(alone.route.length_m)  # type: ignore[union-attr]
    near = talk(home, "Find me a book on insects, then take me to a toilet near it.")
    assert near.steps[0].place is not None
    assert near.place is not None
    assert near.place.id == near.steps[0].place.id, "the book comes first"
    assert near.steps[1].place is not None
    assert near.steps[1].place.ordinal == near.steps[0].place.ordinal, "a toilet on the book's floor"


def test_a_later_part_starts_where_the_earlier_one_ended(home: Home) -> None:
    reply = talk(home, "先带我去咖啡厅，再带我去洗手间")
    alone = talk(home, "带我去洗手间", at="Café")
    assert len(reply.steps) == 2
    assert reply.steps[1].route is not None
    assert alone.route is not None
    assert reply.steps[1].route.length_m == pytest.approx(alone.route.length_m, abs=0.01)  # type: ignore[union-attr]


def test_a_list_of_needs(home: Home) -> None:
    reply = talk(home, "I need to store my bag, use a computer and then find something by Hemingway.")
    assert len(reply.steps) == 3
    assert "Lockers" in reply.text
    assert "Computer Room" in reply.text
    assert first(reply) is not None


@pytest.mark.parametrize(
    "question",
    [
        "Where is Dune? Take me there.",
        "我腿脚不方便，怎么上三楼",
        "Have you got 1587, a Year of No Significance? I need it for a seminar.",
        "Hello. Where is the lift?",
        "I think I'm lost, what floor is this?",
    ],
)
def test_one_request_is_not_made_a_plan(home: Home, question: str) -> None:
    reply = talk(home, question)
    assert reply.steps == ()
    assert not reply.refused
