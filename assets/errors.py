"""What can go wrong in what is seen: a short tree with one root.

AssetError
├── GlbError          bytes that are not a glTF 2.0 binary, or values that cannot become one
├── TwinModelError    a level that the building does not have
├── PackError         the package that makes models smaller is not installed
├── LookError         a librarian's look that is not one of ours, or has a word it does not know
├── StoreError        the store cannot keep, find or give a file
│   └── StoreFullError    no room: the budget or the disk is full
├── PainterError      a painter cannot paint
│   ├── StoppedError      it was called off
│   ├── ModelError        a folder is no model that it could use, or a package for it is missing
│   └── MemoryShortError  not enough memory for the picture
├── BriefError        no brief can be made of what was given
├── BlockedError      what was asked for, or what was painted, may not be shown; carries what the audit keeps
├── FontError         no font with Chinese is installed
└── LabelError        a file cannot carry a label, or a label's field holds what the standard does not allow
    └── FormatError   bytes of no known format, or broken in a way that hides their label
"""

from __future__ import annotations

from typing import Any


class AssetError(Exception):
    """Root of all errors of this room."""


class GlbError(AssetError):
    """Bytes that are not a glTF 2.0 binary, or values that cannot become one."""


class LabelError(AssetError):
    """A file cannot carry a label, or a label's field holds what the standard does not allow."""


class FormatError(LabelError):
    """Bytes of no known format, or broken in a way that hides their label."""


class FontError(AssetError):
    """No font with Chinese is installed."""


class TwinModelError(AssetError):
    """The building has no such level."""


class LookError(AssetError):
    """A look that is not one of ours, or holds a word that is not known."""


class StoreError(AssetError):
    """The store cannot keep, find or give a file."""


class StoreFullError(StoreError):
    """No room: the budget or the disk is full."""


class BriefError(AssetError):
    """No brief can be made of what was given."""


class BlockedError(AssetError):
    """What was asked for, or what was painted, may not be shown. ``audited``: ``assets.safety.Audited``."""

    def __init__(self, message: str, audited: Any) -> None:
        super().__init__(message)
        self.audited = audited


class PainterError(AssetError):
    """A painter cannot paint."""


class StoppedError(PainterError):
    """The painting was called off."""


class ModelError(PainterError):
    """A folder is no model that the painter could use, or a package for it is missing."""


class MemoryShortError(PainterError):
    """Not enough memory for the picture."""


class PackError(AssetError):
    """The package that makes models smaller is not installed."""
