"""The white paper's sentence rule."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.sentence import split_sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("开馆了。请进！真的？", ["开馆了。", "请进！", "真的？"]),
        ("他说：“请进。”然后走了。", ["他说：“请进。”", "然后走了。"]),
        ("等等……再说......好", ["等等……", "再说......", "好"]),
        ("一；二;三", ["一；", "二;", "三"]),
        ("Open at 9.30 a.m. on Mondays. Dr. Smith knows. See e.g. p. 4.",
         ["Open at 9.30 a.m. on Mondays.", "Dr. Smith knows.", "See e.g. p. 4."]),
        ("We open at 9 a.m. Readers wait.", ["We open at 9 a.m.", "Readers wait."]),
        ("J. K. Rowling wrote it. Yes!", ["J. K. Rowling wrote it.", "Yes!"]),
        ("- one\n- two\n\nthree", ["- one", "- two", "three"]),
        ("Monday 9:00\nTuesday 10:00", ["Monday 9:00", "Tuesday 10:00"]),
        ("This line was wrapped by an editor because it is rather long and\ngoes on here.",
         ["This line was wrapped by an editor because it is rather long and\ngoes on here."]),
        ("1. Borrow.\n2. Return.", ["1. Borrow.", "2. Return."]),
        ("", []),
    ],
)  # fmt: skip
def test_rule(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(alphabet='ab。！？;；.…”" \n9A中', max_size=80) | st.text(max_size=60))
def test_spans_are_in_order_and_lose_only_space(text: str) -> None:
    spans = split_sentences(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


def test_the_white_paper_itself(shared: Path) -> None:
    spans = split_sentences((shared / "whitepaper.zh.txt").read_text(encoding="utf-8"))
    lengths = sorted(end - start for start, end in spans)
    assert 800 < len(spans) < 950
    assert 30 <= lengths[len(lengths) // 2] <= 50
    assert lengths[-1] < 800
