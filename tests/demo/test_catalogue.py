"""The demo catalogue: 300 real books, each complete, and synthetic records that say what they are."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from demo import data_folder
from demo.marc import SYNTHETIC_COUNT, cutter, direct, skipped, split_title
from demo.read_books import Book, read_books
from library.marc import MarcRead, read_marc

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def books() -> tuple[Book, ...]:
    return read_books()


@pytest.fixture(scope="module")
def catalogue() -> MarcRead:
    return read_marc(data_folder() / "catalogue.mrc")


@pytest.fixture(scope="module")
def synthetic() -> MarcRead:
    return read_marc(data_folder() / "synthetic.mrc")


def test_three_hundred_books_half_in_each_language(books: tuple[Book, ...]) -> None:
    assert len(books) == 300
    assert [book.id for book in books] == [f"demo-{n:04d}" for n in range(1, 301)]
    count = Counter(book.edition for book in books)
    assert min(count["en"], count["zh"]) >= 140


def test_every_book_is_complete_in_both_languages(books: tuple[Book, ...]) -> None:
    for book in books:
        assert all((book.title, book.authors, book.number)), book.id
        assert all((book.summary_en, book.summary_zh)), book.id
        assert all((book.subjects_en, book.subjects_zh)), book.id
        assert len(book.other_authors) == len(book.authors), book.id
        chinese = [book.title if book.edition == "zh" else book.other_title, book.summary_zh, *book.subjects_zh]
        assert all(HAN.search(text) for text in chinese), book.id
        assert not HAN.search(book.summary_en), book.id


def test_titles_are_unambiguous(books: tuple[Book, ...]) -> None:
    titles = [title.casefold() for book in books for title in {book.title, book.other_title} if title]
    assert [title for title, count in Counter(titles).items() if count > 1] == []


def test_years_are_possible(books: tuple[Book, ...]) -> None:
    assert all(book.year is None or 1000 < book.year < 2025 for book in books)


def test_english_copies_go_by_dewey_and_chinese_ones_by_clc(books: tuple[Book, ...]) -> None:
    for book in books:
        form = r"\d{3}(\.\d+)?" if book.edition == "en" else r"[A-Z]{1,2}[\d.-]*"
        assert re.fullmatch(form, book.number), book.id


def test_marc_reads_back_whole(catalogue: MarcRead, books: tuple[Book, ...]) -> None:
    assert catalogue.refused == ()
    assert [record.record_id for record in catalogue.records] == [book.id for book in books]
    for record, book in zip(catalogue.records, books, strict=True):
        heads = {title.replace("：", ": ") for title in (book.title, book.other_title) if title}
        assert heads <= set(record.titles), book.id
        assert record.authors == tuple(direct(name) for name in book.authors)
        assert {direct(name) for name in book.other_authors} <= set(record.author_forms)
        assert record.year == book.year
        (item,) = record.items
        assert item.sort_key
        assert item.location == book.location
        assert item.scheme == ("ddc" if book.edition == "en" else "clc")
        assert not record.synthetic


def test_call_numbers_look_like_those_on_spines(catalogue: MarcRead) -> None:
    calls = {record.title: record.items[0].call_number for record in catalogue.records}
    assert calls["Pride and Prejudice"] == "823.7 AUS"
    assert calls["三体"] == "I247.55/1"


def test_books_that_must_be_there(books: tuple[Book, ...]) -> None:
    titles = {title for book in books for title in (book.title, book.other_title)}
    assert titles >= {
        "三体", "The Three-Body Problem", "Nineteen Eighty-Four", "Pride and Prejudice", "Dream of the Red Chamber",
        "A Brief History of Time", "Sapiens", "The Art of Computer Programming", "论语",
    }  # fmt: skip


def test_synthetic_records_say_so(synthetic: MarcRead) -> None:
    assert synthetic.refused == ()
    assert len(synthetic.records) == SYNTHETIC_COUNT
    for record in synthetic.records:
        assert record.synthetic
        assert re.match(r"Synthetic record \d{4}", record.titles[0])
        assert all((record.authors, record.items[0].sort_key))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("Brontë, Emily", "BRO"), ("Le Guin, Ursula K.", "LEG"), ("Plato", "PLA"), ("Pólya, G.", "POL")],
)
def test_cutter(name: str, wanted: str) -> None:
    assert cutter(name) == wanted


def test_title_parts() -> None:
    assert split_title("人工智能：现代方法") == ("人工智能", "现代方法")
    assert skipped("The Hobbit") == 4
    assert skipped("Theatre") == 0
