"""Subjects in everyday words, in both languages."""

from __future__ import annotations

import pytest

from avatars.topics import core_of, holds
from library.subject_words import find_subject
from server.home import Home
from tests.avatars.talking import talk


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("books on economics for beginners", "Principles of Economics"),
        ("recommend a sci-fi novel", "Dune"),
        ("想看点武侠", "天龙八部"),
        ("医学书", "黄帝内经"),
        ("Which shelf has the Russian novels?", "Anna Karenina"),
        ("侦探推理", "无人生还"),
    ],
)
def test_a_subject_finds_its_books(home: Home, question: str, title: str) -> None:
    reply = talk(home, question)
    assert not reply.refused
    held = {t for x in (*reply.items, *reply.memory.rest) for t in x.record.titles}
    assert title in held


def test_a_subject_the_catalogue_lacks_is_refused(home: Home) -> None:
    assert talk(home, "books about dinosaurs").refused
    assert talk(home, "any books on knitting").refused


def test_wrappings_come_off() -> None:
    assert core_of("good books on economics for beginners").endswith("economics")
    assert core_of("心理学方面的书") == "心理学"


def test_plurals_and_near_forms_are_held() -> None:
    assert holds("a wolf in winter", "wolves")
    assert holds("chess fundamentals", "chess")
    assert not holds("chest of drawers", "chess")


def test_both_languages_name_one_subject() -> None:
    one, other = find_subject("sci-fi"), find_subject("科幻小说")
    assert one is not None
    assert one is other
