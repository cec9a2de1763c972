"""Reads the books of the demo library from the tables that people edit: ``demo/books/*.csv``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import as_file, files
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Book:
    """One work as the demo library holds it.

    ``edition``: language of the copy, "en" (shelved by DDC) or "zh" (shelved by CLC); ``title`` and ``authors`` are in
    that language, ``other_title`` (may be empty) and ``other_authors`` in the other one. An English name with a comma
    is inverted ("Austen, Jane"), without one it is read as it stands ("Liu Cixin"). ``year``: first publication.
    """

    id: str
    edition: str
    title: str
    other_title: str
    authors: tuple[str, ...]
    other_authors: tuple[str, ...]
    year: int | None
    number: str
    location: str
    subjects_en: tuple[str, ...]
    subjects_zh: tuple[str, ...]
    summary_en: str
    summary_zh: str


def read_books() -> tuple[Book, ...]:
    """All books, by record id. ValueError when a row has no title, author or class, or an id comes twice."""
    with as_file(files("demo") / "books") as folder:
        books = [book for path in sorted(folder.glob("*.csv")) for book in _read(path.name, path.read_text("utf-8"))]
    books.sort(key=lambda book: book.id)
    for first, second in pairwise(books):
        if first.id == second.id:
            raise ValueError(f"demo/books: {first.id} stands twice; give one of them a new id")
    return tuple(books)


def _read(name: str, text: str) -> Iterator[Book]:
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        own, other = ("en", "zh") if row["edition"] == "en" else ("zh", "en")
        book = Book(
            id=row["id"],
            edition=own,
            title=row[f"title_{own}"],
            other_title=row[f"title_{other}"],
            authors=_list(row[f"author_{own}"]),
            other_authors=_list(row[f"author_{other}"]),
            year=int(row["year"]) if row["year"] else None,
            number=row["class"],
            location=row["location"],
            subjects_en=_list(row["subjects_en"]),
            subjects_zh=_list(row["subjects_zh"]),
            summary_en=row["summary_en"],
            summary_zh=row["summary_zh"],
        )
        if not (book.title and book.authors and book.number):
            raise ValueError(f"demo/books/{name}, row {number}: a book needs a title, an author and a class")
        yield book


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())
