"""The catalogue's file: replacing, several threads, migrations, keys in shelf order."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from library.callnumber import key, span
from library.errors import CatalogueError
from library.search import search
from library.store import Catalogue
from library.values import Item
from tests.library.conftest import book_records, make_record


def test_round_trip_and_replacement(empty: Catalogue) -> None:
    records = book_records()
    assert empty.put(records) == len(records)
    assert empty.get("b01") == records[0]
    assert empty.get("zz") is None
    assert list(empty.records()) == records
    empty.put([make_record("b01", ["A new title"])])
    assert empty.count() == len(records)
    assert [hit.record.record_id for hit in search(empty, "new title")] == ["b01"]
    assert "b01" not in [hit.record.record_id for hit in search(empty, "three-body problem")]
    assert ("b01", ("A new title",), ()) in list(empty.titles())


def test_a_failed_put_leaves_nothing(empty: Catalogue) -> None:
    def broken():  # type: ignore[no-untyped-def]
        yield make_record("x1", ["One"])
        raise RuntimeError

    with pytest.raises(RuntimeError):
        empty.put(broken())
    assert empty.count() == 0


def test_keys_between_counts_copies_in_shelf_order(empty: Catalogue) -> None:
    def item(call: str, place: str) -> Item:
        return Item(call, "clc", key("clc", call), place)

    empty.put(
        [
            make_record("r2", ["B"], items=(item("TP312/2", "A"), item("TP312/2", "B"))),
            make_record("r1", ["A"], items=(item("TP312/2", "A"), item("TP393.08", "A"))),
            make_record("r3", ["C"], items=(item("TP4", "A"), Item("?", "clc", "", "A"))),
        ]
    )
    low, high = span("clc", "TP312", "TP393")
    ids = [record_id for _, record_id in empty.keys_between("clc", low, high)]
    assert ids == ["r1", "r2", "r2", "r1"]
    assert [record_id for _, record_id in empty.keys_between("clc", low, high, "B")] == ["r2"]
    everything = empty.keys_between("clc", *span("clc", "", ""))
    assert len(everything) == 5


def test_readers_and_a_writer_in_threads(empty: Catalogue) -> None:
    empty.put(book_records())
    failures: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(5):
                assert search(empty, "1984")[0].record.record_id == "b04"
        except BaseException as error:
            failures.append(error)

    def write(part: int) -> None:
        try:
            for number in range(5):
                empty.put([make_record(f"w{part}-{number}", [f"Extra {part} {number}"])])
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(3)]
    threads += [threading.Thread(target=write, args=(part,)) for part in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert empty.count() == len(book_records()) + 10


def test_a_search_under_way_outlives_the_catalogue(empty: Catalogue) -> None:
    """As when the server is stopped while it still warms up: SQLite would bring the process down."""
    counting = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 300000) SELECT x FROM n"
    begun, closed, last = threading.Event(), threading.Event(), [0]

    def search() -> None:
        for (x,) in empty.connection().execute(counting):
            if x == 10:
                begun.set()
                assert closed.wait(20)
            last[0] = x

    thread = threading.Thread(target=search)
    thread.start()
    assert begun.wait(20)
    empty.close()
    closed.set()
    thread.join(20)
    assert last == [300_000]


def test_strange_files_are_named(tmp_path: Path) -> None:
    strange = tmp_path / "catalogue.sqlite"
    strange.write_bytes(b"this is no database at all, but long enough to look" * 40)
    with pytest.raises(CatalogueError, match="is not a catalogue"):
        Catalogue.open(strange)
    newer = tmp_path / "newer.sqlite"
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(CatalogueError, match="newer Shelfway"):
        Catalogue.open(newer)


def test_reopening_keeps_everything(tmp_path: Path) -> None:
    path = tmp_path / "home" / "catalogue.sqlite"
    first = Catalogue.open(path)
    first.put(book_records())
    first.close()
    second = Catalogue.open(path)
    assert second.count() == len(book_records())
    second.close()
