"""What a signed-in reader has agreed to be kept, and nothing else: the home's ``readers.sqlite``.

Each purpose is agreed to on its own and can be taken back at any time, which erases what was kept for it. What comes in
waits in memory for some seconds and is written only where the consent still stands in the file. Readers are pseudonyms
(``server/sign_in.py``). Deleted rows are overwritten and the journal is cut, so that the file does not remember either.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

from server.sqlite_file import open_file

Purpose = Literal["history", "poses"]
PURPOSES: Final[tuple[Purpose, ...]] = get_args(Purpose)
FILE: Final = "readers.sqlite"
DAY_S: Final = 86_400.0
POSE_EVERY_S: Final = 5.0
ERASED_KEPT_DAYS: Final = 730
"""Older back-ups than this must not be kept."""
WAITING: Final = 10_000
TEXTS_VERSION: Final = 1
TEXTS: Final[dict[Purpose, dict[str, str]]] = {
    "history": {
        "en": "Keep my questions and the answers to them for {days} days, so that I can read them again.",
        "zh": "保存我的提问和得到的回答 {days} 天，供我以后查看。",
    },
    "poses": {
        "en": "Keep where in the building I was, every five seconds, for {days} days, so that I can see my ways.",
        "zh": "每五秒记录一次我在馆内的位置，保存 {days} 天，供我查看走过的路线。",
    },
}
"""What is agreed to, word for word; a changed text gets a new version and is asked for anew."""

MIGRATIONS: Final = (
    """
    CREATE TABLE consents (
      reader TEXT NOT NULL, purpose TEXT NOT NULL, granted INTEGER NOT NULL, version INTEGER NOT NULL,
      at_s REAL NOT NULL, PRIMARY KEY (reader, purpose)
    );
    CREATE TABLE kept (
      row INTEGER PRIMARY KEY, reader TEXT NOT NULL, purpose TEXT NOT NULL, at_s REAL NOT NULL, body TEXT NOT NULL
    );
    CREATE INDEX kept_by_reader ON kept (reader, purpose, at_s);
    CREATE INDEX kept_by_time ON kept (purpose, at_s);
    CREATE TABLE erased (reader TEXT PRIMARY KEY, at_s REAL NOT NULL);
    """,
)


@dataclass(frozen=True, slots=True)
class Consent:
    """One reader's word on one purpose. ``at_s``: Unix seconds of the last change; None: never asked."""

    purpose: Purpose
    granted: bool
    at_s: float | None


class Kept:
    """The file of one home. ``keep`` never blocks; the rest blocks for milliseconds and belongs into a thread."""

    def __init__(self, path: Path, days: Mapping[Purpose, int]) -> None:
        self._path, self.days = path, dict(days)
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._waiting: deque[tuple[str, Purpose, float, str]] = deque(maxlen=WAITING)
        self._posed_at: dict[str, float] = {}

    def keep(self, reader: str | None, purpose: Purpose, body: Mapping[str, Any], now_s: float) -> None:
        """Remember something for a purpose, if its reader is known and has agreed; decided when it is written."""
        if reader is None or not self._exists():
            return
        if purpose == "poses":
            if now_s - self._posed_at.get(reader, 0.0) < POSE_EVERY_S:
                return
            if len(self._posed_at) > WAITING:
                self._posed_at.clear()
            self._posed_at[reader] = now_s
        self._waiting.append((reader, purpose, now_s, json.dumps(dict(body), ensure_ascii=False)))

    def flush(self) -> int:
        """Write what waits and is agreed to; how many rows."""
        with self._lock:
            return self._flush()

    def consents(self, reader: str) -> tuple[Consent, ...]:
        """What the reader has said to each purpose."""
        with self._lock:
            if not self._exists():
                return tuple(Consent(purpose, False, None) for purpose in PURPOSES)
            sql = "SELECT purpose, granted, at_s FROM consents WHERE reader = ? AND version = ?"
            said = {row[0]: row for row in self._open().execute(sql, (reader, TEXTS_VERSION))}
        return tuple(
            Consent(purpose, bool(said[purpose][1]), said[purpose][2])
            if purpose in said
            else Consent(purpose, False, None)
            for purpose in PURPOSES
        )

    def decide(self, reader: str, purpose: Purpose, granted: bool, now_s: float) -> None:
        """The reader agrees, or takes it back; then what was kept for it is erased."""
        with self._lock:
            connection = self._open()
            connection.execute("BEGIN IMMEDIATE")
            sql = "INSERT INTO consents VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET granted = excluded.granted, "
            sql += "version = excluded.version, at_s = excluded.at_s "
            sql += "WHERE granted <> excluded.granted OR version <> excluded.version"
            connection.execute(sql, (reader, purpose, granted, TEXTS_VERSION, now_s))
            if not granted:
                connection.execute("DELETE FROM kept WHERE reader = ? AND purpose = ?", (reader, purpose))
            connection.execute("COMMIT")
            if not granted:
                self._wipe()

    def export(self, reader: str) -> dict[str, Any]:
        """Everything that the file holds on a reader, JSON-ready. Times in Unix seconds."""
        said = [{"purpose": c.purpose, "granted": c.granted, "at_s": c.at_s} for c in self.consents(reader)]
        with self._lock:
            if not self._exists():
                return {"consents": said, "kept": []}
            self._flush()
            sql = "SELECT purpose, at_s, body FROM kept WHERE reader = ? ORDER BY at_s, row"
            rows = self._open().execute(sql, (reader,)).fetchall()
        return {"consents": said, "kept": [{"purpose": p, "at_s": at, **json.loads(body)} for p, at, body in rows]}

    def erase(self, reader: str, now_s: float | None = None) -> int:
        """Forget a reader: what was kept, what was agreed to. How many rows.

        That it was done is remembered, so that restoring an older back-up does not bring the reader back.
        """
        with self._lock:
            for waiting in [one for one in self._waiting if one[0] == reader]:
                self._waiting.remove(waiting)
            if not self._exists():
                return 0
            connection = self._open()
            connection.execute("BEGIN IMMEDIATE")
            gone = connection.execute("DELETE FROM kept WHERE reader = ?", (reader,)).rowcount
            gone += connection.execute("DELETE FROM consents WHERE reader = ?", (reader,)).rowcount
            at_s = time.time() if now_s is None else now_s
            connection.execute("INSERT OR REPLACE INTO erased VALUES (?, ?)", (reader, at_s))
            connection.execute("COMMIT")
            self._wipe()
            return gone

    def erased_since(self, at_s: float) -> tuple[str, ...]:
        """Readers who were forgotten after a time."""
        with self._lock:
            if not self._exists():
                return ()
            rows = self._open().execute("SELECT reader FROM erased WHERE at_s >= ? ORDER BY at_s", (at_s,))
            return tuple(row[0] for row in rows)

    def expire(self, now_s: float) -> int:
        """Let go of what is older than its purpose allows; how many rows."""
        with self._lock:
            if not self._exists():
                return 0
            gone = 0
            old = now_s - ERASED_KEPT_DAYS * DAY_S
            self._open().execute("DELETE FROM erased WHERE at_s < ?", (old,))
            for purpose in PURPOSES:
                limit = now_s - self.days[purpose] * DAY_S
                sql = "DELETE FROM kept WHERE purpose = ? AND at_s < ?"
                gone += self._open().execute(sql, (purpose, limit)).rowcount
            if gone:
                self._wipe()
            return gone

    def close(self) -> None:
        """Write what waits and let go of the file."""
        with self._lock:
            if self._exists():
                self._flush()
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _flush(self) -> int:
        waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if not waiting:
            return 0
        connection = self._open()
        try:
            connection.execute("BEGIN IMMEDIATE")
            sql = (
                "INSERT INTO kept (reader, purpose, at_s, body) SELECT ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM consents "
            )
            sql += "WHERE reader = ? AND purpose = ? AND granted = 1 AND version = ?)"
            written = 0
            for reader, purpose, at_s, body in waiting:
                values = (reader, purpose, at_s, body, reader, purpose, TEXTS_VERSION)
                written += connection.execute(sql, values).rowcount
            connection.execute("COMMIT")
            return written
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def _wipe(self) -> None:
        """Leave no deleted row in the journal either."""
        self._open().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _exists(self) -> bool:
        return self._connection is not None or self._path.is_file()

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = open_file(self._path, MIGRATIONS)
            self._connection.execute("PRAGMA secure_delete = ON")
        return self._connection
