"""What can go wrong in what is seen: a short tree with one root.

AssetError
└── GlbError          bytes that are not a glTF 2.0 binary, or values that cannot become one
"""

from __future__ import annotations


class AssetError(Exception):
    """Root of all errors of this room."""


class GlbError(AssetError):
    """Bytes that are not a glTF 2.0 binary, or values that cannot become one."""
