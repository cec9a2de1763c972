"""SQLite files of a home with numbered migrations: ``PRAGMA user_version`` counts those that a file has been through.

Every file of the server is opened here, so that an older program refuses a newer file by name instead of spoiling it.
WAL, so that a back-up and a command may read while the server writes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from library.errors import CatalogueError
from library.migrations import migrate
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
        migrate(connection, migrations, str(path))
        return connection
    except (sqlite3.Error, OSError) as fault:
        if connection is not None:
            connection.close()
        text = f"the file cannot be used: {fault}; check the disk and who owns it, or put a back-up in its place"
        raise CommandError(text, "broken_file", str(path)) from None
    except CatalogueError as fault:
        if connection is not None:
            connection.close()
        raise CommandError(str(fault), "newer_file", str(path)) from None
