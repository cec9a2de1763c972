"""SQLite files of a home with numbered migrations: ``PRAGMA user_version`` counts those that a file has been through.

Every file of the server is opened here, so that an older program refuses a newer file by name instead of spoiling it.
WAL, so that a back-up and a command may read while the server writes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from server.errors import CommandError

BUSY_S = 5.0


def open_file(path: Path, migrations: Sequence[str]) -> sqlite3.Connection:
    """The file, made if absent, at the newest version; each migration is a script, done whole or not at all.

    The connection may be used from several threads, one at a time. Raises CommandError: ``newer_file`` when a newer
    Shelfway wrote it, ``broken_file`` when it is no SQLite file or cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = None
    try:
        connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        path.chmod(0o600)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        _migrate(connection, migrations, path)
        return connection
    except (sqlite3.Error, OSError) as fault:
        if connection is not None:
            connection.close()
        text = f"the file cannot be used: {fault}; check the disk and who owns it, or put a back-up in its place"
        raise CommandError(text, "broken_file", str(path)) from None
    except CommandError:
        if connection is not None:
            connection.close()
        raise


def version_of(connection: sqlite3.Connection) -> int:
    """How many migrations the file has been through."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrate(connection: sqlite3.Connection, migrations: Sequence[str], path: Path) -> None:
    version = version_of(connection)
    if version > len(migrations):
        raise CommandError(
            f"the file was written by a newer Shelfway (version {version}, known are {len(migrations)}): "
            "update Shelfway, or put an older back-up in its place",
            "newer_file",
            str(path),
        )
    if version == len(migrations):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in range(version_of(connection), len(migrations)):
            for statement in _statements(migrations[number]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> list[str]:
    """The statements of a script, also where a trigger holds semicolons."""
    found, begun = [], ""
    for line in script.splitlines():
        begun += line + "\n"
        if line.rstrip().endswith(";") and sqlite3.complete_statement(begun):
            found.append(begun)
            begun = ""
    return [*found, *([begun] if begun.strip() else [])]
