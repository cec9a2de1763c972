"""Errors of the librarian.

AvatarError
├── EngineError       an engine failed; ``retryable`` says whether trying again may help
│   └── EngineMissing a package or model that the engine needs is not on this machine
├── PersonaError      persona.toml is broken
└── HistoryError      a conversation's history file is broken
"""

from __future__ import annotations


class AvatarError(Exception):
    """Root of all errors of this room."""


class EngineError(AvatarError):
    """A speech or language engine failed. ``retryable``: the same call may work a second time."""

    def __init__(self, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.retryable = retryable


class EngineMissing(EngineError):  # noqa: N818
    """A package or model that the engine needs is not on this machine; the message says how to get it."""


class PersonaError(AvatarError):
    """persona.toml cannot be used."""


class HistoryError(AvatarError):
    """A line of a conversation's history cannot be read."""


class PictureError(AvatarError):
    """A picture is too large, or cannot be read."""
