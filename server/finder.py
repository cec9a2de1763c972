"""Records with their shelves, for search by HTTP and for being led to a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from avatars.values import Located
from library.search import search
from library.store import Catalogue
from library.values import Record


class Shelves(Protocol):
    """Where a record's copies stand, best copy first, never empty (avatars/books.py)."""

    def locate(self, record: Record) -> Sequence[Located]: ...


class Finder:
    """The catalogue and the shelves of a home. Blocking; safe to call from several threads."""

    def __init__(self, catalogue: Catalogue, shelves: Shelves) -> None:
        self._catalogue, self._shelves = catalogue, shelves

    def find(self, query: str, limit: int) -> tuple[Located, ...]:
        """Records that a query finds, best first, each with its best copy."""
        return tuple(self._shelves.locate(hit.record)[0] for hit in search(self._catalogue, query, limit=limit))

    def locate(self, record_id: str) -> Located | None:
        """A record's best copy; None when the catalogue does not hold the record."""
        record = self._catalogue.get(record_id)
        return self._shelves.locate(record)[0] if record is not None else None
