"""What can go wrong in the shell around the rooms.

ServerError
├── SettingsError     a setting is unknown or has a value it cannot have
├── KeptError         the file of visits that are kept cannot be used
├── ReviewError       the file of answers that wait for staff cannot be used
└── CommandError      a command cannot do what was asked; carries the public code, where, and candidates
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class ServerError(Exception):
    """Root of the errors of this room."""


class SettingsError(ServerError):
    """A setting is unknown or wrong. ``where``: the environment variable, or the file and the name in it."""

    def __init__(self, message: str, where: str) -> None:
        super().__init__(message)
        self.where = where


class KeptError(ServerError):
    """The file of visits that readers asked to be kept cannot be read or written."""


class ReviewError(ServerError):
    """The file of answers that wait for staff cannot be read or written."""


class CommandError(ServerError):
    """A command was refused: exit code 1 and one document ``{error, code, where, candidates?, faults?}``.

    ``candidates``: JSON-ready objects to choose from when several things have the name that was given; ``faults``: all
    that is wrong with a file of which nothing could be kept.
    """

    def __init__(
        self,
        message: str,
        code: str,
        where: str = "",
        candidates: Sequence[Any] | None = None,
        faults: Sequence[Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.faults = faults
        self.code = code
        self.where = where
        self.candidates = candidates
