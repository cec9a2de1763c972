"""The label as it lies in a file, and what each format must be able to do with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Packet:
    """``xmp``: the XMP packet, UTF-8. ``aigc``: the GB 45438 fields as JSON text, None for what no model made."""

    xmp: bytes
    aigc: str | None = None


class Carrier(Protocol):
    """One file format. ``embeds_c2pa``: C2PA manifests lie inside; otherwise in a sidecar."""

    name: str
    mime: str
    embeds_c2pa: bool

    def matches(self, data: bytes) -> bool:
        """Do the first bytes say that it is this format?"""
        ...

    def put(self, data: bytes, packet: Packet) -> bytes:
        """The file with this label and no other. Raises FormatError."""
        ...

    def get(self, data: bytes) -> Packet | None:
        """The label, None when there is none. Raises FormatError when the file is broken."""
        ...

    def content(self, data: bytes) -> Iterator[bytes]:
        """Everything that is neither label nor signature, in order. Raises FormatError."""
        ...
