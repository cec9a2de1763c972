"""What can go wrong in what is seen: a short tree with one root.

AssetError
├── GlbError          bytes that are not a glTF 2.0 binary, or values that cannot become one
├── FontError         no font with Chinese is installed
└── LabelError        a file cannot carry a label, or a label's field holds what the standard does not allow
    └── FormatError   bytes of no known format, or broken in a way that hides their label
"""

from __future__ import annotations


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
