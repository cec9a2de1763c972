"""Two small libraries the engine was not made with: a law and medical one in English, a county library in Chinese."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.home import Home, open_home
from tests.avatars.talking import first, place, talk

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Home]]:
    sys.path.insert(0, str(BENCH))
    try:
        from small_homes import make_small_home
    finally:
        sys.path.remove(str(BENCH))
    made = {}
    for name in ("halloran", "qinghe"):
        folder = tmp_path_factory.mktemp("small") / name
        make_small_home(name, folder)
        made[name] = open_home(folder)
    yield made
    for each in made.values():
        each.close()


def test_the_fresh_set(homes: dict[str, Home]) -> None:
    """Floors under both halves of ``bench dialogue --set dialogue_fresh``: they may only rise."""
    sys.path.insert(0, str(BENCH))
    try:
        import dialogue
    finally:
        sys.path.remove(str(BENCH))
    for half, floor in (("seen", 0.93), ("unseen", 0.8)):
        rows = [row for row in dialogue._rows("dialogue_fresh") if row["half"] == half]
        scores = dialogue.measure(homes, "dialogue_fresh", rows)["scores"]
        right, asked = map(int, scores["right"].split("/"))
        assert right >= floor * asked, half
        held, of = map(int, scores["stable"].split("/"))
        assert held == of
        assert scores["figures without support"].startswith("0/")


RULES = [
    ("halloran", "are you open on christmas day?", "from December 24 to January 2"),
    ("halloran", "is the library open on july 4", "July 4"),
    ("halloran", "what do I owe at most for one late book", "capped at $10"),
    ("halloran", "can guests borrow", "4 items"),
    ("halloran", "do i need closed shoes in the lab", "Closed shoes are required"),
    ("halloran", "i dropped my book in the bath", "Water damage"),
    ("halloran", "can you get me an article you don't have", "interlibrary loan"),
    ("qinghe", "大年初二开门吗", "从除夕到初三休息"),
    ("qinghe", "国庆开不开", "国庆、元旦照常开放"),
    ("qinghe", "最多罚多少", "封顶二十元"),
    ("qinghe", "听书机能带回家吗", "外借一个月"),
    ("qinghe", "讲座收费吗", "免费"),
    ("qinghe", "小孩自己能来吗，九岁", "十岁以下小朋友要有大人看护"),
    ("qinghe", "想让馆里买本书", "意见簿"),
]


@pytest.mark.parametrize(("library", "question", "told"), RULES)
def test_rules_in_other_words(homes: dict[str, Home], library: str, question: str, told: str) -> None:
    reply = talk(homes[library], question)
    assert told in reply.text
    assert reply.text.count(told) == 1
    assert reply.sources


def test_a_room_is_not_another_room(homes: dict[str, Home]) -> None:
    """A rule that begins with the name of a room here is that room's, though no dictionary knows the name."""
    assert "四十天" in talk(homes["qinghe"], "借多久").text
    assert "数字体验室" not in talk(homes["qinghe"], "小孩自己能来吗，九岁").text


def test_reference_works_stay_here(homes: dict[str, Home]) -> None:
    for library, question, stays in (
        ("halloran", "can i check out gray's anatomy", "do not circulate"),
        ("qinghe", "新华字典能借走吗", "不外借"),
    ):
        reply = talk(homes[library], question)
        assert stays in reply.text
        assert reply.items


def test_a_wish_in_other_words_than_the_record(homes: dict[str, Home]) -> None:
    assert first(talk(homes["qinghe"], "想学种大棚菜")) == "q28"
    assert first(talk(homes["qinghe"], "家里老人想学用微信")) == "q42"
    assert talk(homes["qinghe"], "有没有讲火箭的书").refused


def test_author_and_a_piece_of_the_title(homes: dict[str, Home]) -> None:
    assert first(talk(homes["halloran"], "arendt eichmann")) == "h07"
    assert first(talk(homes["halloran"], "gawande being mortal in english")) == "h33"
    assert talk(homes["halloran"], "do you have being mortal in chinese").refused


def test_a_number_that_no_room_bears(homes: dict[str, Home]) -> None:
    reply = talk(homes["halloran"], "take me to group study 5")
    assert reply.refused
    assert "Group Study 3" in reply.text


def test_the_language_asked_for_before_the_question(homes: dict[str, Home]) -> None:
    reply = talk(homes["halloran"], "用中文回答：图书馆周五几点关门")
    assert reply.lang == "zh"
    assert "7 p.m." in reply.text


def test_a_thing_asked_of_what_was_spoken_of(homes: dict[str, Home]) -> None:
    assert "押证件" in talk(homes["qinghe"], "轮椅在哪借", "要押金吗").text
    assert "appointment" in talk(homes["halloran"], "where is the rare books room", "when is it open").text
    assert place(talk(homes["halloran"], "where's the bathroom", "no, the accessible one")) == "Accessible Restroom"
    assert (
        "2 hours" in talk(homes["halloran"], "i want to book a room", "for six people", "how long can i have it").text
    )


def test_a_rare_book_room_is_no_booking(homes: dict[str, Home]) -> None:
    assert talk(homes["halloran"], "can i take photos in the rare book room").intent != "book_space"
    assert talk(homes["qinghe"], "帮我订明天的培训教室").intent == "book_space"


def test_who_smells_smoke_is_not_told_the_smoking_rule(homes: dict[str, Home]) -> None:
    reply = talk(homes["halloran"], "i smell smoke")
    assert reply.intent == "ask_fact"
    assert "emergency" in reply.text


def test_where_children_read(homes: dict[str, Home]) -> None:
    reply = talk(homes["qinghe"], "带小孩看书去哪")
    assert reply.place is not None
    assert reply.place.name["zh"] == "亲子绘本馆"


def test_periodicals_that_stay(homes: dict[str, Home]) -> None:
    assert "不外借" in talk(homes["qinghe"], "杂志能借吗").text
