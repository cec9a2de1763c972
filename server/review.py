"""Answers of a language model that wait for staff: ``review.sqlite`` in the home, with who decided what and when.

A question is kept as it was asked, without anything of who asked it: no visit, no place, no time but the day of the
first asking. Usable from several threads and processes: each call has its own connection. Raises ReviewError.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from avatars.language import Lang
from avatars.reviewed import Draft, State
from avatars.values import Source
from server.errors import CommandError, ReviewError
from server.sqlite_file import open_file

REVIEW: Final = "review.sqlite"
Decision = Literal["approve", "refuse", "reopen"]
_STATE: Final[dict[Decision, State]] = {"approve": "approved", "refuse": "refused", "reopen": "pending"}
MIGRATIONS: Final = (
    """
CREATE TABLE answers (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, lang TEXT NOT NULL, question TEXT NOT NULL,
    text TEXT NOT NULL DEFAULT '',
    intent TEXT NOT NULL DEFAULT 'ask_fact', records TEXT NOT NULL DEFAULT '[]', sources TEXT NOT NULL DEFAULT '[]',
    state TEXT NOT NULL DEFAULT 'pending', asked INTEGER NOT NULL DEFAULT 1, first_day TEXT NOT NULL, UNIQUE (key, lang)
);
CREATE TABLE audit (
    id INTEGER PRIMARY KEY, answer INTEGER NOT NULL REFERENCES answers (id), at TEXT NOT NULL, who TEXT NOT NULL,
    what TEXT NOT NULL, text TEXT NOT NULL
);
""",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A question with its answer. ``asked``: how often; ``first_day``: ISO date of the first time."""

    id: int
    draft: Draft
    state: State
    asked: int
    first_day: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit. ``at``: UTC, ISO 8601; ``text``: the answer as it stood after it."""

    at: str
    who: str
    what: str
    text: str


class Review:
    """The file of one home."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def open(cls, path: Path) -> Review:
        """Open or begin the file. Raises ReviewError: it is none of ours, or of a newer program."""
        review = cls(path)
        with review._connected():
            pass
        return review

    def find(self, key: str, lang: Lang) -> tuple[State, Draft] | None:
        """What is known of a question."""
        with self._connected() as db:
            row = db.execute("SELECT * FROM answers WHERE key = ? AND lang = ?", (key, lang)).fetchone()
        if row is None:
            return None
        kept = _kept(row)
        return kept.state, kept.draft

    def ask(self, key: str, question: str, lang: Lang) -> bool:
        """It was asked; True the first time."""
        with self._connected() as db:
            counted = db.execute("UPDATE answers SET asked = asked + 1 WHERE key = ? AND lang = ?", (key, lang))
            if counted.rowcount:
                return False
            made = db.execute(
                "INSERT OR IGNORE INTO answers (key, lang, question, first_day) VALUES (?, ?, ?, ?)",
                (key, lang, question, _now()[:10]),
            )
            return made.rowcount == 1

    def put(self, key: str, draft: Draft) -> None:
        """The model's answer to a question that waits; one that staff have decided about stays as it is."""
        sources = json.dumps([asdict(source) for source in draft.sources], ensure_ascii=False)
        with self._connected() as db:
            row = db.execute(
                "UPDATE answers SET text = ?, intent = ?, records = ?, sources = ? "
                "WHERE key = ? AND lang = ? AND state = 'pending' AND text = '' RETURNING id",
                (draft.text, draft.intent, json.dumps(draft.records), sources, key, draft.lang),
            ).fetchone()
            if row is not None:
                _note(db, int(row["id"]), "language model", "write", draft.text)

    def list_kept(self, state: State, limit: int = 200) -> tuple[Kept, ...]:
        """What is in that state, the most asked first."""
        with self._connected() as db:
            rows = db.execute(
                "SELECT * FROM answers WHERE state = ? ORDER BY asked DESC, id LIMIT ?", (state, limit)
            ).fetchall()
        return tuple(map(_kept, rows))

    def find_kept(self, number: int) -> Kept | None:
        """One of them by its number."""
        with self._connected() as db:
            row = db.execute("SELECT * FROM answers WHERE id = ?", (number,)).fetchone()
        return _kept(row) if row is not None else None

    def decide(self, number: int, decision: Decision, who: str, text: str | None = None) -> Kept | None:
        """Staff decide; ``text``: the answer as they changed it. None when there is no such number.

        Raises ValueError: an answer without a text cannot be approved.
        """
        with self._connected() as db:
            row = db.execute("SELECT * FROM answers WHERE id = ?", (number,)).fetchone()
            if row is None:
                return None
            said = str(row["text"]) if text is None else " ".join(text.split())
            if decision == "approve" and not said:
                raise ValueError("an answer without a text cannot be approved")
            db.execute("UPDATE answers SET state = ?, text = ? WHERE id = ?", (_STATE[decision], said, number))
            what: str = decision if said == row["text"] else f"change and {decision}"
            _note(db, number, who, what, said)
            return _kept(db.execute("SELECT * FROM answers WHERE id = ?", (number,)).fetchone())

    def list_audit(self, number: int) -> tuple[Entry, ...]:
        """Who did what about an answer and when, the oldest first."""
        with self._connected() as db:
            rows = db.execute("SELECT * FROM audit WHERE answer = ? ORDER BY id", (number,)).fetchall()
        return tuple(Entry(row["at"], row["who"], row["what"], row["text"]) for row in rows)

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """One transaction."""
        try:
            with closing(open_file(self._path, MIGRATIONS)) as db:
                db.row_factory = sqlite3.Row
                db.execute("BEGIN IMMEDIATE")
                with db:
                    yield db
        except CommandError as error:
            raise ReviewError(f"{self._path.name}: {error}") from error
        except sqlite3.Error as error:
            raise ReviewError(f"{self._path.name} cannot be used: {error}; restore it, or move it away") from error


def _kept(row: sqlite3.Row) -> Kept:
    sources = tuple(Source(**source) for source in json.loads(row["sources"]))
    records = tuple(json.loads(row["records"]))
    draft = Draft(row["question"], row["lang"], row["text"], row["intent"], records, sources)
    return Kept(row["id"], draft, row["state"], row["asked"], row["first_day"])


def _note(db: sqlite3.Connection, number: int, who: str, what: str, text: str) -> None:
    db.execute(
        "INSERT INTO audit (answer, at, who, what, text) VALUES (?, ?, ?, ?, ?)", (number, _now(), who, what, text)
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
