"""Labels in pages: SVG (a ``metadata`` element with the XMP packet) and PDF (a comment after its end).

PDF readers pass over what follows ``%%EOF``; so the file stays as its writer made it. Both are signed in sidecars.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from assets.errors import FormatError
from assets.label_values import Packet

_OPEN, _CLOSE = b'<metadata id="shelfway-label">', b"</metadata>"
_SVG_TAG = re.compile(rb"<svg\b[^>]*>")
_MARK = b"\n%Shelfway-Label "


class _Svg:
    name, mime, embeds_c2pa = "svg", "image/svg+xml", False

    def matches(self, data: bytes) -> bool:
        return data.lstrip()[:5] in (b"<?xml", b"<svg ") and _SVG_TAG.search(data[:4096]) is not None

    def put(self, data: bytes, packet: Packet) -> bytes:
        bare = self._bare(data)
        tag = _SVG_TAG.search(bare)
        assert tag is not None
        packed = base64.b64encode(packet.xmp)
        return bare[: tag.end()] + _OPEN + packed + _CLOSE + bare[tag.end() :]

    def get(self, data: bytes) -> Packet | None:
        start = data.find(_OPEN)
        if start < 0:
            return None
        stop = data.find(_CLOSE, start)
        return Packet(_unpacked(data[start + len(_OPEN) : stop]))

    def content(self, data: bytes) -> Iterator[bytes]:
        yield self._bare(data)

    @staticmethod
    def _bare(data: bytes) -> bytes:
        start = data.find(_OPEN)
        if start < 0:
            return data
        stop = data.find(_CLOSE, start)
        if stop < 0:
            raise FormatError("the SVG's label has no end; make the file again")
        return data[:start] + data[stop + len(_CLOSE) :]


class _Pdf:
    name, mime, embeds_c2pa = "pdf", "application/pdf", False

    def matches(self, data: bytes) -> bool:
        return data.startswith(b"%PDF-")

    def put(self, data: bytes, packet: Packet) -> bytes:
        return next(self.content(data)) + _MARK + base64.b64encode(packet.xmp) + b"\n"

    def get(self, data: bytes) -> Packet | None:
        at = data.rfind(_MARK)
        return Packet(_unpacked(data[at + len(_MARK) :].strip())) if at >= 0 else None

    def content(self, data: bytes) -> Iterator[bytes]:
        at = data.rfind(_MARK)
        yield data[:at] if at >= 0 else data


def _unpacked(text: bytes) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as fault:
        raise FormatError("the label is broken; make the file again") from fault


SVG, PDF = _Svg(), _Pdf()
