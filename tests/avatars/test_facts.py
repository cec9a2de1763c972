"""The demo library's rules asked in many ways: the right sentence in the asked language, put right, or refused."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from avatars.desk import Desk
from avatars.frame import Frame
from avatars.values import Memory, Question, Reply
from library.passages import find_text
from server.home import Home
from tests.library.rules import read_table

QUESTIONS = read_table(Path(__file__).parent / "rules" / "demo.tsv")
TUESDAY = datetime(2026, 11, 17, 15)


def ask(home: Home, lang: str, question: str, memory: Memory | None = None) -> Reply | None:
    tools = home.dialogue.tools
    desk = Desk(tools, Question(question, now=TUESDAY), Frame("fact", whole=question), lang, memory or Memory())  # type: ignore[arg-type]
    return tools.facts.answer(desk, question)


@pytest.mark.parametrize(("lang", "question", "wanted", "forbidden"), QUESTIONS, ids=[row[1] for row in QUESTIONS])
def test_the_rule_asked_for_is_cited(home: Home, lang: str, question: str, wanted: str, forbidden: str) -> None:
    reply = ask(home, lang, question)
    if wanted == "-":
        assert reply is None
        return
    text = reply.text if reply is not None else ""
    assert re.search(wanted, text)
    assert not forbidden or not re.search(forbidden, text)
    for source in reply.sources if reply is not None else ():
        whole = find_text(home.catalogue, source.document or "") or ""
        assert whole[source.start : source.end] == source.quote
        assert f".{lang}." in (source.document or "")
        assert source.heading


def test_a_danger_is_never_left_without_a_word(home: Home) -> None:
    for question in (
        "Help, there is smoke coming out of the lift!",
        "快来人 这边有个老人晕倒了",
        "what do I do in a fire?",
    ):
        reply = home.dialogue.answer(Question(question), Memory())
        assert reply.intent == "ask_fact"
        assert re.search("119|120", reply.text)


def test_a_book_about_fire_is_no_fire(home: Home) -> None:
    reply = home.dialogue.answer(Question("Where is Harry Potter and the Goblet of Fire?"), Memory())
    assert reply.intent == "find_item"


@pytest.mark.parametrize(
    ("turns", "wanted"),
    [
        (["Where are the lockers?", "what do they cost"], "free"),
        (["Where is the Recording Studio?", "when is it open"], "10:00"),
        (["少儿图书馆在哪", "平时开到几点", "周六呢"], "20:00"),
        (["How long is the loan period for ordinary books?", "Can it be longer?"], "renewed"),
        (["可以在馆里吃东西吗", "喝水呢"], "喝水|饮"),
    ],
)
def test_a_rule_may_be_asked_of_what_was_spoken_of(home: Home, turns: list[str], wanted: str) -> None:
    memory = Memory()
    for text in turns:
        reply = home.dialogue.answer(Question(text, now=TUESDAY), memory)
        memory = reply.memory
    assert reply.intent == "ask_fact"
    assert re.search(wanted, reply.text)


def test_an_answer_that_begins_with_it_says_what_it_is(home: Home) -> None:
    reply = ask(home, "en", "how long does story hour last")
    assert reply is not None
    assert reply.text.startswith("Story hour is")
    assert "It lasts 45 minutes" in reply.text


def test_part_of_a_sentence_begins_with_a_capital(home: Home) -> None:
    reply = ask(home, "en", "can I pay cash at the printer")
    assert reply is not None
    assert reply.text.startswith("The copiers take no cash")
    assert (reply.sources[0].quote or "").startswith("the copiers")
