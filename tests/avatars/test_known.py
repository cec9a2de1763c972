"""Sentences that known things explain wholly, in any wrapping; and those that are not taken for what they resemble."""

from __future__ import annotations

from itertools import pairwise

import pytest

from avatars.asking_words import left_over
from avatars.cues import act_of
from avatars.spotting import spot
from server.home import Home
from tests.avatars.talking import first, talk


@pytest.mark.parametrize(
    ("question", "record"),
    [
        ("Is Brave New World available or is it checked out?", "demo-0019"),
        ("umm, hi, so, could you possibly tell me where I might find a book called Dune, please? thanks", "demo-0041"),
        ("活着在几楼几号架", "demo-0201"),
        ("找本书 名字叫围城", None),
        ("what call number does Walden have?", None),
        ("Where is the 三体 book please 谢谢", "demo-0183"),
        ("Where is I Am a Cat?", "demo-0232"),
        ("the first Harry Potter", "demo-0141"),
        ("hong lou meng zai nali", "demo-0148"),
    ],
)
def test_a_title_is_heard_in_any_wrapping(home: Home, question: str, record: str | None) -> None:
    reply = talk(home, question)
    assert not reply.refused
    assert not reply.clarify
    assert reply.items
    if record and record != "demo-0201":
        assert first(reply) == record


@pytest.mark.parametrize("title", ["Dune Messiah", "Foundation and Empire", "哈利波特与密室", "三体第五部"])
def test_a_longer_title_is_not_taken_for_the_held_part_of_it(home: Home, title: str) -> None:
    reply = talk(home, f"Where is {title}?" if title.isascii() else f"{title}在哪里")
    assert reply.refused or reply.clarify
    assert reply.items == ()


def test_yes_no_and_counts_about_a_book(home: Home) -> None:
    assert talk(home, "Is Hamlet on level 1?").text.startswith("No, ")
    assert talk(home, "Is Hamlet on level 3?").text.startswith("Yes, ")
    assert "not by Charlotte" in talk(home, "Is Pride and Prejudice by Charlotte Brontë?").text
    assert "不是吴承恩" in talk(home, "红楼梦的作者是不是吴承恩").text
    assert "1本" in talk(home, "小王子有几本").text


def test_two_titles_get_two_places_and_one_that_is_missing_is_said(home: Home) -> None:
    both = talk(home, "Where are Dune and Neuromancer?")
    assert [x.record.title for x in both.items] == ["Dune", "Neuromancer"]
    half = talk(home, "Do you have Emma and Pride and Prejudice?")
    assert "Pride and Prejudice" in half.text
    assert "Emma" in half.text
    assert "can't find" in half.text
    assert not half.refused


def test_what_stands_on_a_shelf(home: Home) -> None:
    reply = talk(home, "what's on shelf 3B-02?")
    assert reply.items
    assert {x.face.range_id for x in reply.items if x.face} == {reply.place.id if reply.place else "3B-02"}
    assert talk(home, "什么书在2A-16").items
    assert talk(home, "is 2A-16 on level 2?").text.startswith("Yes")


def test_a_subject_that_is_also_a_title_is_a_subject_when_asked_so(home: Home) -> None:
    assert talk(home, "有没有讲人工智能的书？").intent == "find_topic"
    assert talk(home, "books about machine learning").intent == "find_topic"


def test_what_is_left_over_is_what_the_sentence_is_about() -> None:
    assert left_over("could you tell me where the book is please", zh=False) == ""
    assert left_over("where is the weather", zh=False) == "weather"
    assert left_over("请问这本书放在哪里", zh=True) == ""
    assert left_over("请问天气怎么样", zh=True) != ""


def test_cues_tell_the_act() -> None:
    assert act_of("who wrote   ?") == "author_of"
    assert act_of("   在几楼") == "which_level"
    assert act_of("take me to ") == "guide"
    assert act_of("how many copies of   do you have") == "copies"


def test_mentions_never_overlap(home: Home) -> None:
    text = "Is Nineteen Eighty-Four by George Orwell on level 3 or on shelf 3B-22?"
    found = spot(text, home.books, home.dialogue.tools.places)
    spans = sorted((m.start, m.end) for m in (*found.titles, *found.authors, *found.levels, *found.faces))
    assert len(spans) >= 3
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert len(found.rest) == len(text)
