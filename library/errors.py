"""What can go wrong with books and facts.

LibraryError
├── CallNumberError   a call number cannot be read in its scheme, or a range runs backwards (also a ValueError)
├── CatalogueError    a MARC file or the catalogue's database cannot be used at all
└── DocumentError     a document cannot be turned into passages
"""

from __future__ import annotations


class LibraryError(Exception):
    """Root of this room's faults. The message names what, where and what to do; ``where``: the file, if it is one."""

    def __init__(self, message: str = "", where: str = "") -> None:
        super().__init__(message)
        self.where = where


class CallNumberError(LibraryError, ValueError):
    """A call number that its scheme cannot read, or a range whose end lies before its start."""


class CatalogueError(LibraryError):
    """A file that holds no records of any known kind, or a database of a newer version than this program."""


class DocumentError(LibraryError):
    """A document that is empty, unreadable or not of the kind it says."""
