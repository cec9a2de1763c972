"""Keys that staff hand out: to devices, robots, kiosks, and to programs that read open data, with a quota a day.

Kept in the home's ``access.sqlite``: of a key only its SHA-256, so the file opens nothing. A key reads
``sw_<id>_<secret>``; the id may stand in logs. Taking one back holds at once for HTTP, and within 15 s for sockets.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import sqlite3
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, get_args

from server.errors import CommandError
from server.identity import Identity
from server.rights import Role
from server.sqlite_file import open_file

FILE: Final = "access.sqlite"
ISSUED: Final[tuple[Role, ...]] = ("data", "kiosk", "visitor", "robot", "staff")
"""Roles that a key may have; readers sign in instead."""
DAY_S: Final = 86_400
USES_KEPT_DAYS: Final = 90
PATTERN: Final = re.compile(r"sw_([0-9a-f]{8})_([\w-]{20,64})")

MIGRATIONS: Final = (
    """
    CREATE TABLE keys (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, hash TEXT NOT NULL, made_s REAL NOT NULL,
      until_s REAL, quota INTEGER
    );
    CREATE TABLE uses (id TEXT NOT NULL, day INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (id, day));
    """,
)


@dataclass(frozen=True, slots=True)
class Key:
    """What is kept of a key. Times in Unix seconds; ``used_today``: requests since midnight UTC."""

    id: str
    name: str
    role: Role
    made_s: float
    until_s: float | None
    quota: int | None
    used_today: int


class Issued:
    """The keys of a home. Blocking, well under a millisecond; the file is made with the first key."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._lock = threading.Lock()
        self._used: Counter[tuple[str, int]] = Counter()
        self._known: dict[tuple[str, int], int] = {}

    def add(self, name: str, role: str, now_s: float, days: float | None = None, quota: int | None = None) -> str:
        """A new key, shown this once. Raises CommandError."""
        if role not in ISSUED or role not in get_args(Role):
            raise CommandError(f"a key cannot have the role {role}: {', '.join(ISSUED)}", "bad_role", "--role")
        if days is not None and not 0 < days <= 3660:
            raise CommandError("a key is good for more than 0 and at most 3660 days", "bad_days", "--days")
        if quota is not None and quota < 1:
            raise CommandError("a quota is one request a day at least", "bad_quota", "--quota")
        number, secret = secrets.token_hex(4), secrets.token_urlsafe(24)
        until_s = now_s + days * DAY_S if days is not None else None
        with self._lock:
            row = (number, name, role, _hash(secret), now_s, until_s, quota)
            self._open().execute("INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        return f"sw_{number}_{secret}"

    def remove(self, number: str) -> bool:
        """Take a key back; False when there is none of that id."""
        with self._lock:
            return self._exists() and self._open().execute("DELETE FROM keys WHERE id = ?", (number,)).rowcount > 0

    def list(self, now_s: float) -> tuple[Key, ...]:
        """Every key, the oldest first."""
        with self._lock:
            if not self._exists():
                return ()
            rows = self._open().execute(
                "SELECT k.id, name, role, made_s, until_s, quota, coalesce(count, 0) FROM keys k "
                "LEFT JOIN uses u ON u.id = k.id AND u.day = ? ORDER BY made_s",
                (int(now_s // DAY_S),),
            )
            return tuple(Key(*row) for row in rows)

    def find(self, shown: str, now_s: float) -> Identity | None:
        """Who shows this key; None when it is none of ours, is too old or was taken back."""
        parts = PATTERN.fullmatch(shown)
        if parts is None:
            return None
        with self._lock:
            if not self._exists():
                return None
            sql = "SELECT role, hash, until_s, quota FROM keys WHERE id = ?"
            row = self._open().execute(sql, (parts[1],)).fetchone()
        if row is None or not hmac.compare_digest(row[1], _hash(parts[2])):
            return None
        if row[2] is not None and row[2] <= now_s:
            return None
        return Identity(row[0], f"tk_{parts[1]}", until_s=row[2], quota=row[3])

    def holds(self, identity: Identity) -> bool:
        """Whether the key of an identity has not been taken back."""
        if not identity.key.startswith("tk_"):
            return True
        with self._lock:
            sql = "SELECT 1 FROM keys WHERE id = ?"
            return self._exists() and self._open().execute(sql, (identity.key[3:],)).fetchone() is not None

    def use(self, identity: Identity, now_s: float) -> float:
        """Count one request against the quota: 0 when it is granted, else seconds until the next day (UTC)."""
        if identity.quota is None:
            return 0.0
        day = int(now_s // DAY_S)
        at = (identity.key[3:], day)
        if at not in self._known:
            self._known = {key: count for key, count in self._known.items() if key[1] >= day}
            with self._lock:
                sql = "SELECT count FROM uses WHERE id = ? AND day = ?"
                row = self._open().execute(sql, at).fetchone()
            self._known[at] = row[0] if row else 0
        if self._known[at] + self._used[at] >= identity.quota:
            return max(1.0, (day + 1) * DAY_S - now_s)
        self._used[at] += 1
        return 0.0

    def flush(self, now_s: float) -> None:
        """Write what was counted; several servers of one home add up."""
        with self._lock:
            if not self._used or not self._exists():
                return
            used, self._used = self._used, Counter()
            connection = self._open()
            connection.execute("BEGIN IMMEDIATE")
            for (number, day), count in used.items():
                sql = "INSERT INTO uses VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count"
                connection.execute(sql, (number, day, count))
            connection.execute("DELETE FROM uses WHERE day < ?", (int(now_s // DAY_S) - USES_KEPT_DAYS,))
            connection.execute("COMMIT")
            self._known.clear()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _exists(self) -> bool:
        return self._connection is not None or self._path.is_file()

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = open_file(self._path, MIGRATIONS)
        return self._connection


def today(now_s: float) -> str:
    """The UTC day of a time, for people."""
    return datetime.fromtimestamp(now_s, UTC).date().isoformat()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
