"""Needs in everyday words, and floors."""

from __future__ import annotations

import pytest

from server.home import Home
from tests.avatars.talking import place, talk


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("I need to pee", ("Toilet",)),
        ("I'm thirsty", ("Drinking Fountain",)),
        ("肚子饿了去哪儿吃点东西", ("Café",)),
        ("my phone is nearly dead where can I plug it in", ("Charging Point",)),
        ("where do I leave my rucksack", ("Lockers",)),
        ("where can I read newspapers", ("Newspaper Reading Room",)),
        ("where can I work in silence", ("Quiet Room",)),
        ("哪里能接热水", ("Drinking Fountain",)),
        ("take me to the lecture theatre", ("Lecture Hall",)),
    ],
)
def test_a_need_leads_to_its_place(home: Home, question: str, names: tuple[str, ...]) -> None:
    reply = talk(home, question)
    assert not reply.refused
    assert any(name in place(reply) for name in names)


def test_what_the_map_lacks_is_said(home: Home) -> None:
    for question in ("where can I pray?", "馆里哪儿有取款机", "where is the swimming pool"):
        reply = talk(home, question)
        assert reply.refused
        assert reply.intent == "guide"


def test_floors(home: Home) -> None:
    assert "3 floors" in talk(home, "how many floors are there?").text
    assert "3层" in talk(home, "图书馆几层").text
    assert place(talk(home, "Take me upstairs")) == "Level 2"
    assert "no floor below" in talk(home, "take me downstairs").text


def test_no_stairs_for_who_cannot_climb(home: Home) -> None:
    reply = talk(home, "我腿脚不方便，怎么上三楼")
    assert reply.profile == "step-free"
    assert "电梯" in reply.text


def test_things_are_counted(home: Home) -> None:
    assert "toilet" in talk(home, "how many toilets are there?").text


def test_a_common_noun_is_not_taken_for_a_book(home: Home) -> None:
    reply = talk(home, "guide me to the garden")
    assert reply.route is None
