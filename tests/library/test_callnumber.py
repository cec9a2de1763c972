"""Keys are shelf order; ranges are inclusive as prefixes. Worked examples: 中图法第五版使用手册 p. 82–83."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.callnumber import SCHEMES, key, sort_lines, span
from library.errors import CallNumberError

ORDERS = {
    "clc": [
        'R711 · R711-62 · R711(711) · R711(711)=535 · R711"5" · R711=6 · R711<326> · R711:R83 · R711+R173 · R711.1',
        "TP311 · TP32 · TP4",
        "F-1 · F0",
        "B · B-43 · B-49 · B-53 · B-61 · B0 · B0-0 · B0-53 · B1",
        "TP3 · TP3-43 · TP3-61 · TP30 · TP301 · TP301.1",
        "D035.37 · D035.4",
        "T1 · TM101 · TM90 · TP1",
        "H319-43 · H319:A312 · H319:D312-42 · H319:TP311",
        "K835.617/W365 · K835.617=43/S894",
        "J333/G251 · J333(51)/G251 · J333(512)/G251",
        "K20-42 · K20-42/15",
        "I247.5/2 · I247.5/15 · I247.5/1234",
        "K827/Z763A · K827/Z763B · K827/Z763Y · K827/Z763AA",
        "I247.58/J822-2(14) · I247.58/J822-2(15) · I247.58/J822-2(32)",
    ],
    "ddc": [
        "1 .I39 · 1.23 .I39 · 11 .I39 · 11.34 .I39 · 111Q39 · 111.12 .I39 · 111.123 I39",
        "322.44 .F816 V.1 1974 · 322.45 .R513 1957 · 323 .A512RE NO.23-28 · 323 .A778 ED.2 · 323.09 .K43 V.1",
        "813 A1 · 999 Z9 · B TWA · E SEU · [Fic] ABC · F B1 · Fic. C2 · FIC C2 1999",
        "823.914 R79 · 823.914 R79 1997 · 823.914 R79 1997 v.2 · 823.914 R79 1997 v.10 · 823.914 R79h · 823.914 R791",
    ],
    "lcc": [
        "PN2 .N49 · PN2 .N5",
        "Q1 .A1 · QA7 .B3 · QA76 · QA76 .A5 · QA76 .A5 1999 · QA76 .A5 1999 v.2 · QA76 .A5 1999 v.10"
        " · QA76 .A5 B3 · QA76 .A5x · QA76 .A53 · QA76.9 .A1 · QA100",
        "KF4558 15th .M6 · KF4558 .M6",
        "QA76.73.P98L88 2013 · QA76.73 .P98 M2",
    ],
    "title": ["1984 · Animal Farm · The Art of War · Zero", "活着 · 三国演义 · The Three-Body Problem · 围城",
              "阿里 · 阿Q正传 · Dune · The Hobbit"],
    "local": ["A9 · A10 · B1"],
}  # fmt: skip


@pytest.mark.parametrize(("scheme", "line"), [(scheme, line) for scheme, lines in ORDERS.items() for line in lines])
def test_worked_orders(scheme: str, line: str) -> None:
    ordered = line.split(" · ")
    keys = [key(scheme, text) for text in ordered]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    shuffled = random.Random(4).sample(ordered, len(ordered))
    assert sort_lines(scheme, shuffled) == ordered


@pytest.mark.parametrize(
    ("scheme", "text", "plain"),
    [
        ("clc", "[TP311.13]", "TP311.13"),
        ("clc", "{TP311}", "TP311"),
        ("clc", "ＴＰ３１２／１５", "TP312/15"),
        ("clc", "特大 TP312", "TP312"),
        ("clc", "参考TP312/5", "TP312/5"),
        ("clc", "tp312 / 5", "TP312/5"),
        ("clc", "{ns}善本/TP312/2", "TP312/2"),
        ("clc", "TP312 15", "TP312/15"),
        ("clc", "R711（711）", "R711(711)"),
        ("clc", "I247.5—43", "I247.5-43"),
        ("lcc", "Oversize QA76 .A5", "QA76 .A5"),
        ("lcc", "qa 76.9.a5", "QA76.9 .A5"),
        ("clc", "aTP311.2", "TP311.2"),
        ("clc", "TP311.2a", "TP311.2"),
        ("ddc", "[Fic] B1", "F B1"),
        ("ddc", "YA F ABC", "Fiction ABC"),
        ("ddc", "REF 823/.914 R79", "823.914 R79"),
        ("ddc", "5 A1", "005 A1"),
        ("ddc", "823.914 罗琳", "823.914 Luolin"),
        ("lcc", "QA76 .A5 第2册", "QA76 .A5 di 2 ce"),
        ("title", "The Hobbit", "hobbit"),
        ("title", "三体", "San ti"),
    ],
)
def test_same_place(scheme: str, text: str, plain: str) -> None:
    assert key(scheme, text) == key(scheme, plain)


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("clc", ""), ("clc", "  "), ("clc", "HELLO"), ("clc", "三体"), ("clc", "TP3?2"), ("clc", "823.914"),
        ("lcc", "H319.4:I234"), ("lcc", "FIC"), ("lcc", "???"), ("lcc", "QA"), ("ddc", "QA76"), ("ddc", "8234.1"),
        ("ddc", "FE 12"), ("ddc", "ROW"), ("title", "…"), ("local", "--"), ("sudoc", "A 13.28"),
    ],
)  # fmt: skip
def test_unreadable_is_named(scheme: str, text: str) -> None:
    with pytest.raises(CallNumberError, match="scheme" if scheme == "sudoc" else "cannot read"):
        key(scheme, text)
    with pytest.raises(ValueError):
        key(scheme, text)


@pytest.mark.parametrize(
    ("scheme", "first", "last", "text", "inside"),
    [
        ("clc", "TP312", "TP393", "TP393.08", True),
        ("clc", "TP312", "TP393", "TP312", True),
        ("clc", "TP312", "TP393", "TP311.9/5", False),
        ("clc", "TP312", "TP393", "TP4", False),
        ("clc", "I247.5/1", "I247.5/20", "I247.5/20(2)", True),
        ("clc", "I247.5/1", "I247.5/20", "I247.5/200", False),
        ("lcc", "QA7", "QA7", "QA76", False),
        ("lcc", "QA7", "QA7", "QA7.5 .A1", True),
        ("lcc", "QA", "QA", "QA76 .A5", True),
        ("lcc", "QA76 .A5", "QA76 .A5", "QA76 .A53 1999", True),
        ("ddc", "823", "823", "823.914 R79", True),
        ("ddc", "82", "82", "823", False),
        ("ddc", "823.9", "823.9", "823.914", True),
        ("ddc", "", "823", "004", True),
        ("ddc", "823", "", "999.9", True),
        ("ddc", "", "", "500", True),
        ("title", "A", "C", "Cats", True),
    ],
)
def test_span(scheme: str, first: str, last: str, text: str, inside: bool) -> None:
    low, high = span(scheme, first, last)
    assert (low <= key(scheme, text) < high) is inside
    assert not low <= "" < high


def test_reversed_span_is_an_error() -> None:
    with pytest.raises(CallNumberError, match="runs backwards"):
        span("clc", "TP393", "TP312")


def test_sorting_keeps_lines_and_puts_unreadable_last() -> None:
    lines = ["TP32 ", "", "?", " TP311", "[TP311]", "ＴＰ311"]
    assert sort_lines("clc", lines) == [" TP311", "[TP311]", "ＴＰ311", "TP32 ", "", "?"]


@given(st.sampled_from(SCHEMES), st.text(max_size=40))
def test_any_text_has_a_key_or_a_named_fault(scheme: str, text: str) -> None:
    try:
        found = key(scheme, text)
    except CallNumberError:
        return
    assert found > " "
    assert found < "\U0010ffff"
    assert key(scheme, text) == found


_DATES = r"( 20[0-9]{2})?( v\.[1-9]{1,2})?"
WESTERN = {
    "lcc": st.from_regex(r"[A-Z]{1,2}[1-9][0-9]{0,3}(\.[0-9]{1,2})?( \.[A-Z][1-9]{1,3}){0,2}" + _DATES, fullmatch=True),
    "ddc": st.from_regex(r"[0-9]{3}(\.[0-9]{1,4})?( [A-Z][1-9]{1,3}[a-z]?)?" + _DATES, fullmatch=True),
}


@given(st.sampled_from(["lcc", "ddc"]), st.data())
def test_western_spans_hold_what_stands_between(scheme: str, data: st.DataObject) -> None:
    first, second, third = sort_lines(scheme, [data.draw(WESTERN[scheme]) for _ in range(3)])
    low, high = span(scheme, first, third)
    assert all(low <= key(scheme, text) < high for text in (first, second, third))
    assert low <= key(scheme, third + " 2031 v.3") < high


CLASSES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["TP", "T", "B", "I", "F"]),
    st.integers(0, 999),
    st.sampled_from(["", "-43", "(711)", '"5"', "=6", ":R83", "+R1", ".1", ".15/20", "/3", "/B3", "/3(2)"]),
)


@given(CLASSES, CLASSES, CLASSES)
def test_a_span_holds_its_ends_and_what_stands_between(first: str, second: str, third: str) -> None:
    first, second, third = sort_lines("clc", [first, second, third])
    low, high = span("clc", first, third)
    assert all(low <= key("clc", text) < high for text in (first, second, third))


@given(st.lists(CLASSES), st.randoms())
def test_order_does_not_depend_on_the_start(lines: list[str], rng: random.Random) -> None:
    mixed = lines.copy()
    rng.shuffle(mixed)
    assert [key("clc", a) for a in sort_lines("clc", lines)] == [key("clc", a) for a in sort_lines("clc", mixed)]
