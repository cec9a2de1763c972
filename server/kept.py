"""Visits that readers asked to be remembered: ``visits.sqlite`` in the home, each under the hash of a code.

The code itself is not kept: who has the file cannot tell which visit belongs to whom, nor open one. Old ones are
deleted.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from avatars.remembering import Kept, plain_code
from server.errors import CommandError, KeptError
from server.sqlite_file import open_file

VISITS: Final = "visits.sqlite"
_LETTERS: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_LENGTH: Final = 12
MIGRATIONS: Final = (
    "CREATE TABLE IF NOT EXISTS visits (code TEXT PRIMARY KEY, kept TEXT NOT NULL, until TEXT NOT NULL);",
)


class KeptVisits:
    """The file of one home. Usable from several threads: each call has its own connection. Raises KeptError."""

    def __init__(self, path: Path, days: int, today: Callable[[], date] = lambda: datetime.now(UTC).date()) -> None:
        """The file is made when the first visit is kept."""
        self._path, self.days, self._today = path, days, today

    def keep(self, kept: Kept) -> str:
        """Keep a visit; its code, in groups of four."""
        code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
        body = json.dumps({"records": kept.records, "place": kept.place, "lang": kept.lang})
        until = (self._today() + timedelta(days=self.days)).isoformat()
        with self._connected() as db:
            db.execute("INSERT INTO visits (code, kept, until) VALUES (?, ?, ?)", (_hash(code), body, until))
        return "-".join(code[at : at + 4] for at in range(0, _LENGTH, 4))

    def find(self, code: str) -> Kept | None:
        """The visit under a code; None for a wrong or an old one."""
        if not self._path.is_file():
            return None
        with self._connected() as db:
            row = db.execute("SELECT kept FROM visits WHERE code = ?", (_hash(code),)).fetchone()
        if row is None:
            return None
        body = json.loads(row[0])
        return Kept(tuple(body["records"]), body["place"], body["lang"])

    def forget(self, code: str) -> bool:
        """Delete it; False when there is none."""
        if not self._path.is_file():
            return False
        with self._connected() as db:
            return db.execute("DELETE FROM visits WHERE code = ?", (_hash(code),)).rowcount > 0

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """One transaction, without what is older than it may be."""
        try:
            with closing(open_file(self._path, MIGRATIONS)) as db:
                db.execute("PRAGMA secure_delete = ON")
                db.execute("BEGIN IMMEDIATE")
                with db:
                    db.execute("DELETE FROM visits WHERE until < ?", (self._today().isoformat(),))
                    yield db
        except CommandError as error:
            raise KeptError(f"{self._path.name}: {error}") from error
        except sqlite3.Error as error:
            raise KeptError(f"{self._path.name} cannot be used: {error}; restore it, or move it away") from error


def _hash(code: str) -> str:
    """Of 60 bits of chance, so that no salt is needed."""
    return hashlib.sha256(plain_code(code).encode()).hexdigest()
