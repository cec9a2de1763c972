"""Passages keep their place in the document, and questions find the passage that answers, or none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.document_headings import markdown_headings
from library.errors import DocumentError
from library.passages import (
    LONGEST,
    find_text,
    list_documents,
    put_document,
    remove_document,
    search_passages,
    split_passages,
)
from library.store import Catalogue

RULES = """# Library guide

## Opening hours

The library is open from 9:00 to 21:00, Monday to Saturday. It is closed on public holidays.

## Borrowing

Readers may borrow ten books at a time. The loan period is 30 days.

### Renewals

A loan can be renewed twice, online or at the desk.

## 开放时间

图书馆周一至周六 9:00–21:00 开放。法定节假日闭馆。

## 借阅

读者一次可借十册图书，借期三十天。逾期每册每天收取 0.1 元。

## Food

Food is not allowed in the reading rooms. 阅览室内禁止饮食。
"""


@pytest.fixture
def guide(empty: Catalogue, tmp_path: Path) -> Catalogue:
    file = tmp_path / "guide.md"
    file.write_text(RULES, encoding="utf-8")
    put_document(empty, file)
    return empty


@pytest.mark.parametrize(
    ("question", "lang", "heading", "words"),
    [
        ("When does the library open on Monday?", "en", "Library guide › Opening hours", "9:00"),
        ("What are your opening hours?", None, "Library guide › Opening hours", "9:00"),
        ("图书馆几点开门？", "zh", "Library guide › 开放时间", "9:00"),
        ("圖書館幾點開門？", None, "Library guide › 开放时间", "9:00"),
        ("How many books can I borrow?", "en", "Library guide › Borrowing", "ten books"),
        ("How do I extend my loan?", "en", "Library guide › Borrowing › Renewals", "renewed"),
        ("借书能借多久", "zh", "Library guide › 借阅", "三十天"),
        ("超期罚款多少钱", "zh", "Library guide › 借阅", "0.1 元"),
        ("can I eat in the reading room", "en", "Library guide › Food", "Food is not allowed"),
        ("可以吃东西吗", "zh", "Library guide › Food", "禁止饮食"),
    ],
)
def test_questions(guide: Catalogue, question: str, lang: str | None, heading: str, words: str) -> None:
    hits = search_passages(guide, question, lang)
    assert hits
    assert hits[0].score >= 0.5
    passage = hits[0].passage
    assert passage.heading == heading
    assert words in passage.text
    whole = find_text(guide, "guide.md")
    assert whole is not None
    assert whole[passage.start : passage.end] == passage.text


@pytest.mark.parametrize(
    "question",
    ["Do you have a swimming pool?", "What is the capital of France?", "法国的首都是哪里", "谁是馆长", "", "???",
     "how are you", "Can I borrow a telescope?", "有没有停车场"],
)  # fmt: skip
def test_what_the_documents_lack_scores_low(guide: Catalogue, question: str) -> None:
    assert all(hit.score < 0.5 for hit in search_passages(guide, question))


def test_passages_hold_one_language_and_keep_their_place(guide: Catalogue) -> None:
    text = find_text(guide, "guide.md")
    assert text == RULES
    passages = list(split_passages("guide.md", RULES, markdown_headings(RULES)))
    assert all(RULES[p.start : p.end] == p.text for p in passages)
    assert [(p.lang, p.text) for p in passages][-2:] == [
        ("en", "Food is not allowed in the reading rooms."),
        ("zh", "阅览室内禁止饮食。"),
    ]


def test_importing_again_replaces(guide: Catalogue, tmp_path: Path) -> None:
    file = tmp_path / "guide.md"
    file.write_text("# Guide\n\nThe café sells tea.\n", encoding="utf-8")
    assert put_document(guide, file) == 1
    assert list_documents(guide) == ("guide.md",)
    assert search_passages(guide, "renew loan") == ()
    assert search_passages(guide, "tea in the cafe")[0].passage.heading == "Guide"
    file.write_bytes(b"")
    with pytest.raises(DocumentError):
        put_document(guide, file)
    assert find_text(guide, "guide.md") == "# Guide\n\nThe café sells tea.\n"
    remove_document(guide, "guide.md")
    assert list_documents(guide) == ()
    assert search_passages(guide, "tea") == ()


@given(st.text(alphabet="ab c。.\n#中文 ，", max_size=3000))
def test_any_text_is_cut_within_the_limit(text: str) -> None:
    end = -1
    for passage in split_passages("x.md", text, markdown_headings(text)):
        assert passage.text == text[passage.start : passage.end]
        assert 0 < len(passage.text) <= LONGEST
        assert passage.start >= end
        end = passage.end


def test_the_white_paper(empty: Catalogue, shared: Path) -> None:
    assert 55 <= put_document(empty, shared / "whitepaper.zh.txt") <= 110
    hits = search_passages(empty, "常见的向量化模型有哪些")
    assert "text2vec" in hits[0].passage.text
