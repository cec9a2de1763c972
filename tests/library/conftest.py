"""A small bilingual catalogue of well-known books."""

# ruff: noqa: E501 (one book a line)

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from library.callnumber import key
from library.marc_names import name_forms
from library.store import Catalogue
from library.values import Item, Record

BOOKS = [  # id, titles, author, subjects, scheme, call number, location
    ("b01", ["The three-body problem", "三体", "San ti"], "Liu, Cixin", ["Science fiction", "科学幻想小说"], "ddc", "895.1352 L783", "MAIN"),
    ("b02", ["三体: 地球往事", "三体"], "刘慈欣", ["长篇小说 — 中国", "科学幻想小说"], "clc", "I247.55/123", "ZH"),
    ("b03", ["三体II: 黑暗森林", "黑暗森林"], "刘慈欣", ["科学幻想小说"], "clc", "I247.55/124", "ZH"),
    ("b04", ["Nineteen eighty-four", "1984"], "Orwell, George", ["Dystopias"], "ddc", "823.912 O79", "MAIN"),
    ("b05", ["百年孤独", "Cien años de soledad"], "加西亚·马尔克斯", ["长篇小说 — 哥伦比亚"], "clc", "I775.45/8", "ZH"),
    ("b06", ["One hundred years of solitude"], "García Márquez, Gabriel", ["Magic realism"], "ddc", "863.64 G216", "MAIN"),
    ("b07", ["Harry Potter and the philosopher's stone", "Philosopher's stone"], "Rowling, J. K.", ["Wizards — Fiction"], "ddc", "823.914 R884", "KIDS"),
    ("b08", ["哈利·波特与魔法石"], "罗琳", ["儿童小说"], "clc", "I561.84/12", "KIDS"),
    ("b09", ["A brief history of time", "A brief history of time: from the big bang to black holes"], "Hawking, Stephen", ["Cosmology"], "ddc", "523.1 H392", "MAIN"),
    ("b10", ["时间简史"], "霍金", ["宇宙学"], "clc", "P159/3", "ZH"),
    ("b11", ["Introduction to algorithms"], "Cormen, Thomas H.", ["Computer algorithms"], "lcc", "QA76.6 .I5858 2009", "MAIN"),
    ("b12", ["The art of war", "孙子兵法"], "Sunzi", ["Military art and science"], "ddc", "355.02 S957", "MAIN"),
    ("b13", ["红楼梦", "Hong lou meng"], "曹雪芹", ["章回小说"], "clc", "I242.4/5", "ZH"),
    ("b14", ["Dune"], "Herbert, Frank", ["Science fiction"], "ddc", "813.54 H537", "MAIN"),
    ("b15", ["The colour of magic"], "Pratchett, Terry", ["Fantasy fiction"], "ddc", "823.914 P912", "MAIN"),
    ("b16", ["The Lord of the Rings"], "Tolkien, J. R. R.", ["Fantasy fiction"], "ddc", "823.912 T649", "MAIN"),
    ("b17", ["Pride and prejudice"], "Austen, Jane", ["Courtship"], "ddc", "823.7 A933", "MAIN"),
    ("b18", ["Python crash course"], "Matthes, Eric", ["Python (Computer program language)"], "ddc", "005.133 M435", "MAIN"),
    ("b19", ["机器学习"], "周志华", ["机器学习"], "clc", "TP181/25", "ZH"),
    ("b20", ["Fahrenheit 451"], "Bradbury, Ray", ["Book burning"], "ddc", "813.54 B798", "MAIN"),
    ("b21", ["The Hobbit, or, There and back again", "The Hobbit"], "Tolkien, J. R. R.", ["Fantasy fiction"], "ddc", "823.912 T64", "KIDS"),
    ("b22", ["围城"], "钱锺书", ["长篇小说 — 中国"], "clc", "I246.5/7", "ZH"),
    ("b23", ["活着", "To live"], "余华", ["长篇小说 — 中国"], "clc", "I247.57/19", "ZH"),
    ("b24", ["War and peace"], "Tolstoy, Leo", ["Russia — History"], "ddc", "891.733 T654", "MAIN"),
]  # fmt: skip


def make_record(
    record_id: str, titles: list[str], author: str = "", subjects: tuple[str, ...] = (), **more: object
) -> Record:
    items = more.pop("items", ())
    assert isinstance(items, tuple)
    forms = name_forms(author) if author else ()
    return Record(
        record_id, titles[0], tuple(titles), forms[:1], forms, 2001, ("eng",), "Press", ("9780306406157",) if record_id == "b14" else (),
        subjects, "", items, record_id.startswith("s"),
    )  # fmt: skip


def book_records() -> list[Record]:
    return [
        make_record(i, titles, author, tuple(subjects), items=(Item(call, scheme, key(scheme, call), place),))
        for i, titles, author, subjects, scheme, call, place in BOOKS
    ]


@pytest.fixture(scope="session")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    catalogue = Catalogue.open(tmp_path_factory.mktemp("books") / "catalogue.sqlite")
    catalogue.put(book_records())
    yield catalogue
    catalogue.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Catalogue]:
    catalogue = Catalogue.open(tmp_path / "catalogue.sqlite")
    yield catalogue
    catalogue.close()
