"""The catalogue in one SQLite file: records, their keys in shelf order, and what search reads.

Usable from several threads: each has its own connection (WAL: readers do not wait for the writer); writers wait for one
another. A record put again under its id replaces the former one.
"""

from __future__ import annotations

import dataclasses
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from library.errors import CatalogueError
from library.migrations import migrate
from library.normal import acronyms, initials, joined_form, pinyin, title_form, tokens
from library.spelling import cuts
from library.store_schema import MIGRATIONS
from library.values import Item, Record

_BUSY_MS = 30_000


class Catalogue:
    """Open with ``Catalogue.open``; close when done."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._puts = 0
        self.cache: dict[str, tuple[int, object]] = {}  # search's word lists, by name, with the version they saw

    @classmethod
    def open(cls, path: Path) -> Catalogue:
        """CatalogueError when the file is no catalogue or a newer one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = cls(path)
        try:
            connection = catalogue.connection()
            connection.execute("PRAGMA journal_mode = WAL")
            migrate(connection, MIGRATIONS, str(path))
        except sqlite3.DatabaseError as error:
            catalogue.close()
            raise CatalogueError(f"{path} is not a catalogue: {error}", where=str(path)) from None
        return catalogue

    def close(self) -> None:
        """Let go of the file. Threads that are in the middle of a search keep their connection until they are through:
        to close it under them would bring the whole process down.
        """
        self._local = threading.local()  # with the old one go the connections that nobody is using

    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
            found.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
            found.execute("PRAGMA synchronous = NORMAL")
            found.execute("PRAGMA cache_size = -32768")
            self._local.connection = found
        return found

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing."""
        connection = self.connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def put(self, records: Iterable[Record]) -> int:
        """Keep the records in one transaction; how many were given."""
        count = 0
        seen: set[str] = set()
        with self.writing() as connection:
            for record in records:
                _put(connection, record, seen)
                count += 1
        self._puts += 1
        return count

    def version(self) -> int:
        """Changes when records were added, by anyone, or put through this object."""
        return hash((self.newest_row(), self._puts))

    def newest_row(self) -> int:
        """The last row in use, which is the number of records (rows are never taken out): quick at any size."""
        return int(self.connection().execute("SELECT coalesce(max(row), 0) FROM records").fetchone()[0])

    def get(self, record_id: str) -> Record | None:
        """The record with this id, or None."""
        row = self.connection().execute("SELECT body FROM records WHERE record_id = ?", (record_id,)).fetchone()
        return to_record(row[0]) if row else None

    def get_rows(self, rows: Iterable[int]) -> dict[int, Record]:
        """Records by their rows in the file."""
        wanted = list(dict.fromkeys(rows))
        marks = ",".join("?" * len(wanted))
        found = self.connection().execute(f"SELECT row, body FROM records WHERE row IN ({marks})", wanted)
        return {row: to_record(body) for row, body in found}

    def count(self) -> int:
        return int(self.connection().execute("SELECT count(*) FROM records").fetchone()[0])

    def records(self) -> Iterator[Record]:
        """Every record, by id."""
        for (body,) in self.connection().execute("SELECT body FROM records ORDER BY record_id").fetchall():
            yield to_record(body)

    def titles(self) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """(record_id, title forms, author forms) of every record, by id: what grammars are built from."""
        for record in self.records():
            yield record.record_id, record.titles, record.author_forms

    def keys_between(self, scheme: str, low: str, high: str, location: str = "") -> tuple[tuple[str, str], ...]:
        """(sort key, record id) of the items with ``low <= key < high``, one for each copy, in shelf order.

        ``location``: only items kept there; "" for any.
        """
        found = self.connection().execute(
            "SELECT sort_key, record_id FROM items JOIN records USING (row)"
            " WHERE scheme = ? AND sort_key >= ? AND sort_key < ? AND sort_key <> '' AND (? = '' OR location = ?)"
            " ORDER BY sort_key, record_id",
            (scheme, low, high, location, location),
        )
        return tuple((str(key), str(record_id)) for key, record_id in found)


def to_record(body: str) -> Record:
    value: dict[str, Any] = json.loads(body)
    items = tuple(Item(**item) for item in value.pop("items"))
    fields: dict[str, Any] = {name: tuple(part) if isinstance(part, list) else part for name, part in value.items()}
    return Record(items=items, **fields)


def _put(connection: sqlite3.Connection, record: Record, seen: set[str]) -> None:
    body = json.dumps(dataclasses.asdict(record), ensure_ascii=False)
    found = connection.execute("SELECT row FROM records WHERE record_id = ?", (record.record_id,)).fetchone()
    if found:
        row = found[0]
        for table in ("items", "forms", "isbns"):
            connection.execute(f"DELETE FROM {table} WHERE row = ?", (row,))
        for table in ("words", "sounds"):
            connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))
        connection.execute("UPDATE records SET body = ? WHERE row = ?", (body, row))
    else:
        row = connection.execute(
            "INSERT INTO records (record_id, body) VALUES (?, ?)", (record.record_id, body)
        ).lastrowid
    connection.executemany(
        "INSERT INTO items VALUES (?, ?, ?, ?)", [(row, i.scheme, i.sort_key, i.location) for i in record.items]
    )
    forms = {(title_form(title), joined_form(title), pinyin(title), initials(title)) for title in record.titles}
    forms |= {("", "", "", short) for title in record.titles for short in acronyms(title)}
    connection.executemany("INSERT INTO forms VALUES (?, ?, ?, ?, ?)", [(row, *form) for form in sorted(forms)])
    connection.executemany(
        "INSERT INTO isbns VALUES (?, ?)", [(form, row) for isbn in record.isbns for form in isbn_forms(isbn)]
    )
    columns = (record.titles, record.author_forms, (*record.subjects, *record.series, record.summary))
    cut = [[token for text in texts for token in tokens(text)] for texts in columns]
    connection.execute(
        "INSERT INTO words (rowid, title, author, subject) VALUES (?, ?, ?, ?)", (row, *(" ".join(c) for c in cut))
    )
    sounds = [" ".join(dict.fromkeys(filter(None, map(pinyin, t)))) for t in (record.titles, record.author_forms)]
    if any(sounds):
        connection.execute("INSERT INTO sounds (rowid, title, author) VALUES (?, ?, ?)", (row, *sounds))
    fresh = {token for part in cut for token in part if token.isascii() and token.isalpha()} - seen
    seen |= fresh
    connection.executemany(
        "INSERT OR IGNORE INTO spellings VALUES (?, ?)", [(c, term) for term in fresh for c in cuts(term)]
    )


def isbn_forms(isbn: str) -> set[str]:
    """The number as given and as its ISBN-13."""
    forms = {isbn}
    if len(isbn) == 10:
        core = "978" + isbn[:9]
        check = -sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(core)) % 10
        forms.add(f"{core}{check}")
    return forms
