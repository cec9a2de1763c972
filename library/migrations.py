"""SQLite files with numbered migrations: ``PRAGMA user_version`` counts those that a file has been through."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from library.errors import CatalogueError


def migrate(connection: sqlite3.Connection, migrations: Sequence[str], where: str) -> None:
    """Bring the file to the newest version, each migration done whole or not at all.

    Raises CatalogueError when a newer program wrote it.
    """
    version = version_of(connection)
    if version > len(migrations):
        raise CatalogueError(
            f"{where} was written by a newer Shelfway (version {version}, known are {len(migrations)}): "
            "update Shelfway, or put an older back-up in its place",
            where=where,
        )
    if version == len(migrations):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in range(version_of(connection), len(migrations)):  # asked again: another may have been quicker
            for statement in _statements(migrations[number]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def version_of(connection: sqlite3.Connection) -> int:
    """How many migrations the file has been through."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, also where a trigger holds semicolons."""
    begun = ""
    for line in script.splitlines():
        begun += line + "\n"
        if line.rstrip().endswith(";") and sqlite3.complete_statement(begun):
            yield begun
            begun = ""
    if begun.strip():
        yield begun
