"""What staff did: who, when, what. Append-only, kept in the home's ``audit.sqlite``, readable by staff.

Whoever carries out an act of staff calls ``Audit.write`` before it; if it cannot be written, the act is not done. Every
entry holds a hash over itself and the one before, and the file refuses changes: an entry altered or taken out from
outside shows in ``verify``. Entries name the role and the number of a key, places and records, never a reader's words.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from server.errors import CommandError, ServerError
from server.sqlite_file import open_file

if TYPE_CHECKING:
    from typing import Any

FILE: Final = "audit.sqlite"
KEPT_AT_LEAST_DAYS: Final = 30
DAY_S: Final = 86_400.0

MIGRATIONS: Final = (
    f"""
    CREATE TABLE entries (
      number INTEGER PRIMARY KEY AUTOINCREMENT, at_s REAL NOT NULL, who TEXT NOT NULL, act TEXT NOT NULL,
      what TEXT NOT NULL, hash TEXT NOT NULL
    );
    CREATE INDEX entries_by_time ON entries (at_s);
    CREATE TRIGGER entries_stay BEFORE UPDATE ON entries BEGIN
      SELECT RAISE (ABORT, 'the audit log is append-only');
    END;
    CREATE TRIGGER entries_are_kept BEFORE DELETE ON entries
      WHEN OLD.at_s > unixepoch('now') - {KEPT_AT_LEAST_DAYS} * 86400 BEGIN
      SELECT RAISE (ABORT, 'the audit log is append-only');
    END;
    """,
)


class AuditError(ServerError):
    """An entry could not be written; what it would have told of must not be done."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act. ``at_s``: Unix seconds. ``who``: role and key, as "staff" or "staff:tk_3f"."""

    number: int
    at_s: float
    who: str
    act: str
    what: Mapping[str, Any]
    hash: str


class Audit:
    """The log of one home. Blocking, milliseconds; safe to call from several threads and processes."""

    def __init__(self, path: Path, wall_clock: Callable[[], float] = time.time) -> None:
        self._path, self._clock = path, wall_clock
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def write(self, who: str, act: str, what: Mapping[str, Any] | None = None) -> int:
        """Add an entry; its number. ``act``: as "plan.close"; ``what``: ids, never words. Raises AuditError."""
        body = json.dumps(dict(what or {}), ensure_ascii=False, sort_keys=True)
        with self._lock:
            connection = self._open()
            try:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    last = connection.execute("SELECT hash FROM entries ORDER BY number DESC LIMIT 1").fetchone()
                    at_s = round(self._clock(), 3)
                    hashed = _hash(last[0] if last else "", at_s, who, act, body)
                    row = connection.execute(
                        "INSERT INTO entries (at_s, who, act, what, hash) VALUES (?, ?, ?, ?, ?)",
                        (at_s, who, act, body, hashed),
                    )
                    connection.execute("COMMIT")
                    return int(row.lastrowid or 0)
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
            except sqlite3.Error as fault:
                raise AuditError(f"{self._path}: the audit log cannot be written: {fault}") from fault

    def read(self, limit: int = 100, before: int | None = None) -> tuple[Entry, ...]:
        """The newest entries, newest first; ``before``: only those with a smaller number."""
        with self._lock:
            rows = self._open().execute(
                "SELECT number, at_s, who, act, what, hash FROM entries WHERE number < ? ORDER BY number DESC LIMIT ?",
                (before if before is not None else 2**62, limit),
            )
            return tuple(Entry(n, at, who, act, json.loads(what), hashed) for n, at, who, act, what, hashed in rows)

    def verify(self) -> int | None:
        """Number of the first entry that does not follow from the one before; None when the log is whole."""
        with self._lock:
            rows = self._open().execute("SELECT number, at_s, who, act, what, hash FROM entries ORDER BY number")
            before: tuple[int, str] | None = None
            for number, at_s, who, act, what, hashed in rows:
                # what came before the oldest entry may have been let go by ``expire``
                follows = before is None and number > 1
                if before is None or number == before[0] + 1:
                    follows = follows or _hash(before[1] if before else "", at_s, who, act, what) == hashed
                if not follows:
                    return int(number)
                before = (number, hashed)
        return None

    def expire(self, days: int) -> int:
        """Let go of entries older than so many days (30 at least); how many."""
        limit = self._clock() - max(days, KEPT_AT_LEAST_DAYS) * DAY_S
        with self._lock:
            return self._open().execute("DELETE FROM entries WHERE at_s < ?", (limit,)).rowcount

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            try:
                self._connection = open_file(self._path, MIGRATIONS)
            except CommandError as fault:
                raise AuditError(f"{fault.where}: {fault}") from fault
        return self._connection


def _hash(before: str, at_s: float, who: str, act: str, what: str) -> str:
    return hashlib.sha256(json.dumps([before, at_s, who, act, what], ensure_ascii=False).encode()).hexdigest()
