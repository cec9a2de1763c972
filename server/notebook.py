"""The home's book of notes: ``notes.sqlite``. Blocking, in threads; each call opens the file, for calls are rare.

Authors stand in it by pseudonyms, made with a secret that lies beside them: whoever has the home can tell which notes
are of one author as long as that author's visit lasts, and nothing more.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal

from server.sqlite_file import open_file
from spatial.rooms.notes import MOST_IN_ROOM, MOST_OF_ONE, Note, pseudonym

FILE = "notes.sqlite"
DAY_S = 86_400.0
MIGRATIONS = (
    """
CREATE TABLE IF NOT EXISTS notes (
  id TEXT PRIMARY KEY, room TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, east_m REAL NOT NULL,
  north_m REAL NOT NULL, ordinal INTEGER NOT NULL, author TEXT NOT NULL, written_s REAL NOT NULL, record_id TEXT,
  title TEXT NOT NULL, asked TEXT NOT NULL, UNIQUE (author, asked)
);
CREATE INDEX IF NOT EXISTS notes_by_room ON notes (room, written_s);
CREATE TABLE IF NOT EXISTS secret (only INTEGER PRIMARY KEY CHECK (only = 1), value BLOB NOT NULL);
""",
)
_COLUMNS = "id, room, kind, text, east_m, north_m, ordinal, author, written_s, record_id, title"

Full = Literal["room", "author"]


class Notebook:
    """The notes of one home. The file is made with the first note, or by ``prepare``."""

    def __init__(self, path: Path, keep_days: int = 365) -> None:
        self._path, self._keep_s = path, keep_days * DAY_S
        self._secret: bytes | None = None

    def prepare(self) -> None:
        """Make the file, or bring it up to date. Raises CommandError: it is broken, or of a newer program."""
        with self._open() as _:
            pass

    def author(self, who: str) -> str:
        """The pseudonym of somebody, by a key of their visit."""
        if self._secret is None:
            if self._path.is_file():
                self.prepare()
            else:
                self._secret = secrets.token_bytes(32)
        assert self._secret is not None
        return pseudonym(self._secret, who)

    def add(self, note: Note, asked: str) -> tuple[Note, bool] | Full:
        """Keep a note; it, and whether it is new: the author's message ``asked`` counts once. Or what is full."""
        with self._open() as book:
            before = book.execute(
                f"SELECT {_COLUMNS} FROM notes WHERE author = ? AND asked = ?", (note.author, asked)
            ).fetchone()
            if before is not None:
                return _note(before), False
            book.execute("DELETE FROM notes WHERE written_s < ?", (note.written_s - self._keep_s,))
            in_room, of_one = book.execute(
                "SELECT count(*), coalesce(sum(author = ?), 0) FROM notes WHERE room = ?", (note.author, note.room)
            ).fetchone()
            if of_one >= MOST_OF_ONE or in_room >= MOST_IN_ROOM:
                return "author" if of_one >= MOST_OF_ONE else "room"
            book.execute(f"INSERT INTO notes ({_COLUMNS}, asked) VALUES ({', '.join('?' * 12)})", (*_row(note), asked))
        return note, True

    def list(self, room: str, now_s: float, limit: int) -> tuple[Note, ...]:
        """The newest notes of a room, those too old left out. ``now_s``: seconds since 1970."""
        if not self._path.is_file():
            return ()
        with self._open() as book:
            rows = book.execute(
                f"SELECT {_COLUMNS} FROM notes WHERE room = ? AND written_s >= ? ORDER BY written_s DESC, id LIMIT ?",
                (room, now_s - self._keep_s, limit),
            ).fetchall()
        return tuple(_note(row) for row in rows)

    def find(self, id_: str) -> Note | None:
        """A note by its id."""
        if not self._path.is_file():
            return None
        with self._open() as book:
            row = book.execute(f"SELECT {_COLUMNS} FROM notes WHERE id = ?", (id_,)).fetchone()
        return _note(row) if row is not None else None

    def remove(self, id_: str) -> bool:
        """Take a note away for good; False when it is gone already."""
        if not self._path.is_file():
            return False
        with self._open() as book:
            return book.execute("DELETE FROM notes WHERE id = ?", (id_,)).rowcount == 1

    def list_of(self, author: str) -> tuple[Note, ...]:
        """Everything that one author left, for whoever asks what is kept of them."""
        if not self._path.is_file():
            return ()
        with self._open() as book:
            rows = book.execute(f"SELECT {_COLUMNS} FROM notes WHERE author = ? ORDER BY written_s", (author,))
            return tuple(_note(row) for row in rows.fetchall())

    def remove_of(self, author: str) -> int:
        """Take everything away that one author left; how many notes."""
        if not self._path.is_file():
            return 0
        with self._open() as book:
            return book.execute("DELETE FROM notes WHERE author = ?", (author,)).rowcount

    def expire(self, now_s: float) -> int:
        """Let go of notes that are too old; how many."""
        if not self._path.is_file():
            return 0
        with self._open() as book:
            return book.execute("DELETE FROM notes WHERE written_s < ?", (now_s - self._keep_s,)).rowcount

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file, inside one transaction."""
        with closing(open_file(self._path, MIGRATIONS)) as book:
            book.execute("PRAGMA secure_delete = ON")  # what is taken away does not stay readable in the file
            book.execute("BEGIN IMMEDIATE")
            if self._secret is None or book.execute("SELECT count(*) FROM secret").fetchone()[0] == 0:
                value = self._secret or secrets.token_bytes(32)
                book.execute("INSERT OR IGNORE INTO secret VALUES (1, ?)", (value,))
                self._secret = book.execute("SELECT value FROM secret").fetchone()[0]
            try:
                yield book
            except BaseException:
                book.execute("ROLLBACK")
                raise
            book.execute("COMMIT")


@dataclass(slots=True)
class NotesHolder:
    """What the book holds on one reader, for whoever gives out and erases such things. ``reader``: a key of theirs."""

    book: Notebook
    name: str = "notes"

    def export(self, reader: str) -> list[dict[str, Any]]:
        """What they left, JSON-ready."""
        notes = self.book.list_of(self.book.author(reader))
        return [
            {
                "kind": note.kind,
                "text": note.text,
                "room": note.room,
                "east_m": note.point[0],
                "north_m": note.point[1],
                "level": note.ordinal,
                "written_s": note.written_s,
                "record_id": note.record_id,
            }
            for note in notes
        ]

    def erase(self, reader: str) -> int:
        """Take away what they left; how many notes."""
        return self.book.remove_of(self.book.author(reader))

    def expire(self, now_s: float) -> int:
        """Let go of what is too old; how many notes. ``now_s``: seconds since 1970."""
        return self.book.expire(now_s)


def _row(note: Note) -> tuple[object, ...]:
    return (
        note.id, note.room, note.kind, note.text, *note.point, note.ordinal, note.author, note.written_s,
        note.record_id, note.title,
    )  # fmt: skip


def _note(row: tuple[object, ...]) -> Note:
    id_, room, kind, text, east, north, ordinal, author, written_s, record_id, title = row
    values = (id_, room, kind, text, (east, north), ordinal, author, written_s, record_id, title)
    return Note(**dict(zip((one.name for one in fields(Note)), values, strict=True)))  # type: ignore[arg-type]
