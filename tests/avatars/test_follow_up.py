"""Turns that lean on the last one."""

from __future__ import annotations

import pytest

from avatars.language import has_han
from server.home import Home
from tests.avatars.talking import first, place, talk


def test_say_it_again(home: Home) -> None:
    once = talk(home, "Where is Dune?")
    for again in ("repeat that please", "sorry, I didn't catch that", "say that again"):
        assert talk(home, "Where is Dune?", again).text == once.text
    assert talk(home, "三体在哪里", "没听清，再说一遍").text == talk(home, "三体在哪里").text


def test_say_it_in_the_other_language(home: Home) -> None:
    reply = talk(home, "Where is Dune?", "say it in Chinese")
    assert has_han(reply.text)
    assert first(reply) == "demo-0041"
    assert not has_han(talk(home, "三体在哪里", "用英文说").text[:3])


def test_more_of_a_list_and_another_one(home: Home) -> None:
    listed = talk(home, "books about science fiction")
    more = talk(home, "books about science fiction", "more")
    assert {x.record.record_id for x in listed.items}.isdisjoint(x.record.record_id for x in more.items)
    assert len(talk(home, "推荐一本科幻小说", "换一本").items) == 1


def test_how_many_and_in_which_language(home: Home) -> None:
    assert "books" in talk(home, "books about science fiction", "how many have you got").text
    english = talk(home, "What do you have on Japan?", "any in English?")
    assert english.items
    assert all("eng" in x.record.languages or not has_han(x.record.title) for x in english.items)


def test_the_same_thing_on_another_floor(home: Home) -> None:
    for first_turn, then in (("nearest toilet", "on level 3"), ("最近的厕所在哪", "三楼的呢")):
        reply = talk(home, first_turn, then)
        assert reply.place is not None
        assert reply.place.ordinal == 2


def test_pick_by_what_it_is_about_or_by_number(home: Home) -> None:
    listed = talk(home, "Where do I find cookery books")
    picked = talk(home, "Where do I find cookery books", "I will take the first, where does it stand")
    assert first(picked) == first(listed)


def test_take_me_there_after_a_rule_about_a_room(home: Home) -> None:
    reply = talk(home, "When is the Exhibition Hall open?", "take me there")
    assert place(reply) == "Exhibition Hall"
    assert reply.route is not None


def test_a_short_question_is_about_what_was_spoken_of(home: Home) -> None:
    reply = talk(home, "Where are the lockers on this level?", "what do they cost")
    assert "free" in reply.text


def test_similar(home: Home) -> None:
    reply = talk(home, "Where is Dune?", "something similar")
    assert reply.intent == "recommend"
    assert first(reply) not in (None, "demo-0041")


@pytest.mark.parametrize("turn", ["1", "2", "第一本", "the second one"])
def test_an_ordinal_never_asks_itself_for_ever(home: Home, turn: str) -> None:
    assert talk(home, "camus", turn).items
