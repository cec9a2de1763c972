"""Labels in RIFF files: WebP (chunk ``XMP ``) and WAV (chunks ``AIGC`` and ``_PMX``), after TC260-PG-202510A and XMP
part 3."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from assets.errors import FormatError
from assets.label_values import Packet

XMP_FLAG = 0x04
_VP8X = b"VP8X"


class _Riff:
    """A RIFF file of one form. ``xmp``: the chunk that holds XMP."""

    embeds_c2pa = True

    def __init__(self, name: str, mime: str, form: bytes, xmp: bytes) -> None:
        self.name, self.mime, self._form, self._xmp = name, mime, form, xmp

    def matches(self, data: bytes) -> bool:
        return data[:4] == b"RIFF" and data[8:12] == self._form

    def put(self, data: bytes, packet: Packet) -> bytes:
        chunks = [(kind, body) for kind, body in self._chunks(data) if not self._is_label(kind)]
        if self._form == b"WEBP":
            chunks = _extended(data, chunks)
        elif packet.aigc is not None:
            chunks.append((b"AIGC", packet.aigc.encode()))
        chunks.append((self._xmp, packet.xmp))
        made = b"".join(kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2) for kind, body in chunks)
        return b"RIFF" + struct.pack("<I", len(made) + 4) + self._form + made

    def get(self, data: bytes) -> Packet | None:
        chunks = list(self._chunks(data))
        xmp = [body for kind, body in chunks if kind == self._xmp]
        aigc = [body for kind, body in chunks if kind == b"AIGC"]
        if len(xmp) > 1 or len(aigc) > 1:
            raise FormatError(f"the {self.name} carries two labels; a file may have one")
        if not xmp and not aigc:
            return None
        try:
            return Packet(xmp[0] if xmp else b"", aigc[0].rstrip(b"\0").decode("utf-8") if aigc else None)
        except UnicodeDecodeError as fault:
            raise FormatError("the AIGC chunk is not UTF-8") from fault

    def content(self, data: bytes) -> Iterator[bytes]:
        for kind, body in self._chunks(data):
            if not self._is_label(kind):
                yield kind + (body[4:] if kind == _VP8X else body)  # a signature may set a flag there

    def _is_label(self, kind: bytes) -> bool:
        return kind in (self._xmp, b"AIGC", b"C2PA")

    def _chunks(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        (length,) = struct.unpack_from("<I", data, 4)
        if length + 8 not in (len(data), len(data) - 1):
            raise FormatError(f"the {self.name} is {len(data)} bytes long, but says {length + 8}")
        at = 12
        while at + 8 <= length + 8:
            kind, size = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
            if at + 8 + size > len(data):
                raise FormatError(f"the {self.name} is cut short in its part {kind!r} at byte {at}")
            yield kind, data[at + 8 : at + 8 + size]
            at += 8 + size + size % 2


def _extended(data: bytes, chunks: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The chunks of a WebP in extended form, the only one that may hold XMP, with its flag set."""
    if chunks and chunks[0][0] == _VP8X:
        flags = chunks[0][1]
        return [(_VP8X, bytes([flags[0] | XMP_FLAG]) + flags[1:]), *chunks[1:]]
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        width, height = image.size
        alpha = 0x10 if image.mode == "RGBA" else 0
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return [(_VP8X, bytes([XMP_FLAG | alpha, 0, 0, 0]) + size), *chunks]


WEBP = _Riff("webp", "image/webp", b"WEBP", b"XMP ")
WAV = _Riff("wav", "audio/wav", b"WAVE", b"_PMX")
