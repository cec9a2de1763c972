"""How numbers, dates, call numbers and the like are read aloud, and the way back to the written text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avatars import spoken_en, spoken_zh
from avatars.spoken import read_aloud, spoken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It was published in 1984.", "It was published in nineteen eighty-four."),
        ("since 2005", "since two thousand and five"),
        ("in 1900", "in nineteen hundred"),
        ("in 1905", "in nineteen oh five"),
        ("2026", "twenty twenty-six"),
        ("2000 books", "two thousand books"),
        ("12,345 items", "twelve thousand three hundred and forty-five items"),
        ("3.5 km", "three point five kilometres"),
        ("45 m ahead", "forty-five metres ahead"),
        ("1 min", "one minute"),
        ("Open 9:00–21:00", "Open nine A M to nine P M"),
        ("at 9:05", "at nine oh five A M"),
        ("until 5 pm", "until five P M"),
        ("at 12:00", "at noon"),
        ("on 24 November 2026", "on twenty-fourth November twenty twenty-six"),
        ("on November 3, 2026", "on November third twenty twenty-six"),
        ("on 2026-11-24", "on November twenty-fourth, twenty twenty-six"),
        ("Room 305", "Room three oh five"),
        ("Room 12", "Room twelve"),
        ("TP312", "T P three one two"),
        ("I247.55/1234", "I two four seven point five five, slash one two three four"),
        ("823.914 ORW", "eight two three point nine one four, O R W"),
        ("QA76.73", "Q A seventy-six point seven three"),
        ("QA76.73 .P98 2013", "Q A seventy-six point seven three, point P ninety-eight, twenty thirteen"),
        ("on the 3rd floor", "on the third floor"),
        ("the 21st", "the twenty-first"),
        ("45%", "forty-five per cent"),
        ("$5", "five dollars"),
        ("help@lib.org", "help at lib dot org"),
        ("see https://www.lib.org/a", "see lib dot org slash a"),
        ("shelf 3-12", "shelf three dash twelve"),
        ("Catch-22", "Catch-twenty-two"),
        ("War & Peace", "War and Peace"),
        ("978-7-02-000220-7", "nine seven eight seven zero two zero zero zero two two zero seven"),
    ],
)  # fmt: skip
def test_english(text: str, said: str) -> None:
    assert spoken(text, "en") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026年", "二零二六年"),
        ("1949–1976年", "一九四九至一九七六年"),
        ("《1984》", "一九八四"),
        ("2026-11-24", "二零二六年十一月二十四日"),
        ("11月24日", "十一月二十四日"),
        ("9:00–21:00开放", "九点至二十一点开放"),
        ("14:05", "十四点零五分"),
        ("2:30", "两点三十分"),
        ("305室", "三零五室"),
        ("2本书在2层", "两本书在二层"),
        ("第3排", "第三排"),
        ("共12,345册", "共一万二千三百四十五册"),
        ("10005", "一万零五"),
        ("约45 m", "约四十五米"),
        ("45%", "百分之四十五"),
        ("¥35.5", "三十五点五元"),
        ("TP312", "T P 三一二"),
        ("I247.55/1234", "I 二四七点五五 斜杠 一二三四"),
        ("到F2层", "到 F 二层"),
        ("书架3-12", "书架三杠十二"),
        ("《三体》在2层", "三体 在二层"),
    ],
)
def test_chinese(text: str, said: str) -> None:
    assert spoken(text, "zh") == said


def test_a_number_takes_the_language_of_what_is_around_it() -> None:
    assert spoken("The book 三体 of 2006年", "en") == "The book 三体 of 二零零六年"
    assert spoken("《Catch-22》在三层", "zh") == "Catch-twenty-two 在三层"
    assert spoken("《The 39 Steps》在3层", "zh").startswith("The thirty-nine Steps")


def test_languages_of_a_mixed_sentence_are_told_apart_for_the_voice() -> None:
    runs = read_aloud("The book 三体 is here.", "en").list_runs()
    assert [run.lang for run in runs] == ["en", "zh", "en"]
    mixed = read_aloud("《Pride and Prejudice》在三层，索书号TP312，Level 2。", "zh")
    assert [(run.lang, run.text.strip()) for run in mixed.list_runs()] == [
        ("en", "Pride and Prejudice"), ("zh", "在三层，索书号 T P 三一二，"), ("en", "Level two 。"),
    ]  # fmt: skip
    assert [run.lang for run in mixed.list_runs(mixes=True)] == ["zh"]


@given(st.text(alphabet='aZ é19.,:/-–%$¥《》三体年月室本("\n&', max_size=40), st.sampled_from(["zh", "en"]))
def test_pieces_cover_the_text_and_leave_no_digit(text: str, lang: str) -> None:
    reading = read_aloud(text, lang)
    assert "".join(text[piece.start : piece.end] for piece in reading.pieces) == text
    assert all(piece.spoken == text[piece.start : piece.end] for piece in reading.pieces if piece.same)
    assert not any(c.isdigit() for c in reading.spoken)
    for run in reading.list_runs():
        assert len(run.origin) == len(run.text)
        assert all(0 <= at < len(text) for at in run.origin)
        assert list(run.origin) == sorted(run.origin)


@given(st.integers(0, 10**15))
def test_cardinals_are_words(value: int) -> None:
    assert spoken_en.cardinal(value).replace(" ", "").replace("-", "").isalpha()
    assert spoken_zh.cardinal(value).isalpha()


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "零"), (10, "十"), (110, "一百一十"), (1001, "一千零一"), (10_000, "一万"), (20_500, "二万零五百"),
     (1_000_001, "一百万零一"), (100_000_000, "一亿")],
)  # fmt: skip
def test_chinese_cardinals(value: int, said: str) -> None:
    assert spoken_zh.cardinal(value) == said


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        (
            "Call +86 138 0013 8000.",
            "en",
            "Call eight six, one three eight, zero zero one three, eight zero zero zero.",
        ),
        ("It costs £12.50 or $3.", "en", "It costs twelve pounds fifty or three dollars."),
        ("Mon–Fri 9:00–17:30", "en", "Mon to Fri nine A M to five thirty P M"),
        ("拨打13800138000", "zh", "拨打幺三八零零幺三八零零零"),
        ("价格¥12.5元", "zh", "价格十二点五元"),
        ("8月3日–5日", "zh", "八月三日至五日"),
    ],
)
def test_telephones_prices_and_spans(text: str, lang: str, said: str) -> None:
    assert spoken(text, lang) == said
