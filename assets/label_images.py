"""Labels in PNG (iTXt ``XML:com.adobe.xmp``) and JPEG (APP1 with XMP), after XMP part 3 and TC260-PG-20259A."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from assets.errors import FormatError
from assets.label_values import Packet

PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_XMP = b"XML:com.adobe.xmp\0\0\0\0\0"
PNG_C2PA = b"caBX"
JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\0"
APP1, APP11, SOS = 0xE1, 0xEB, 0xDA
_ALONE = {0x01, *range(0xD0, 0xD9)}
"""JPEG markers without a length."""


class _Png:
    name, mime, embeds_c2pa = "png", "image/png", True

    def matches(self, data: bytes) -> bool:
        return data.startswith(PNG_START)

    def put(self, data: bytes, packet: Packet) -> bytes:
        chunks = [(kind, body) for kind, body in self._chunks(data) if not self._is_label(kind, body)]
        chunks.insert(1, (b"iTXt", PNG_XMP + packet.xmp))
        made = [PNG_START]
        for kind, body in chunks:
            made.append(struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)))
        return b"".join(made)

    def get(self, data: bytes) -> Packet | None:
        found = [body for kind, body in self._chunks(data) if kind == b"iTXt" and body.startswith(PNG_XMP)]
        if len(found) > 1:
            raise FormatError("the PNG carries two XMP packets; a file may have one label")
        return Packet(found[0][len(PNG_XMP) :]) if found else None

    def content(self, data: bytes) -> Iterator[bytes]:
        for kind, body in self._chunks(data):
            if not self._is_label(kind, body):
                yield kind + body

    @staticmethod
    def _is_label(kind: bytes, body: bytes) -> bool:
        return kind == PNG_C2PA or (kind == b"iTXt" and body.startswith(PNG_XMP))

    @staticmethod
    def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
        at = len(PNG_START)
        while at < len(data):
            if at + 12 > len(data):
                raise FormatError(f"the PNG is cut short at byte {at}")
            (size,) = struct.unpack_from(">I", data, at)
            kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
            if len(body) < size or struct.unpack_from(">I", data + b"\0\0\0\0", at + 8 + size)[0] != zlib.crc32(
                kind + body
            ):
                raise FormatError(f"the PNG's part {kind!r} at byte {at} is broken: its checksum differs")
            yield kind, body
            at += 12 + size
            if kind == b"IEND" and at != len(data):
                raise FormatError(f"{len(data) - at} bytes follow the end of the PNG")


class _Jpeg:
    name, mime, embeds_c2pa = "jpeg", "image/jpeg", True

    def matches(self, data: bytes) -> bool:
        return data.startswith(b"\xff\xd8\xff")

    def put(self, data: bytes, packet: Packet) -> bytes:
        body = JPEG_XMP + packet.xmp
        if len(body) + 2 > 0xFFFF:
            raise FormatError(f"an XMP packet of {len(packet.xmp)} bytes does not fit into a JPEG segment")
        kept = [part for part in self._parts(data) if not self._is_label(part)]
        first_app = 2 if len(kept) > 1 and kept[1][:2] == b"\xff\xe0" else 1
        kept.insert(first_app, b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body)
        return b"".join(kept)

    def get(self, data: bytes) -> Packet | None:
        found = [part[4:] for part in self._parts(data) if part[1] == APP1 and part[4:].startswith(JPEG_XMP)]
        if len(found) > 1:
            raise FormatError("the JPEG carries two XMP packets; a file may have one label")
        return Packet(found[0][len(JPEG_XMP) :]) if found else None

    def content(self, data: bytes) -> Iterator[bytes]:
        return (part for part in self._parts(data) if not self._is_label(part))

    @staticmethod
    def _is_label(part: bytes) -> bool:
        return part[1] == APP11 or (part[1] == APP1 and part[4:].startswith(JPEG_XMP))

    @staticmethod
    def _parts(data: bytes) -> Iterator[bytes]:
        """SOI, each segment with its marker, and last everything from the first scan on."""
        yield data[:2]
        at = 2
        while at < len(data):
            if data[at] != 0xFF or at + 4 > len(data):
                raise FormatError(f"the JPEG is broken at byte {at}: no marker stands there")
            marker = data[at + 1]
            if marker == SOS:
                yield data[at:]
                return
            if marker in _ALONE:
                yield data[at : at + 2]
                at += 2
                continue
            (size,) = struct.unpack_from(">H", data, at + 2)
            if size < 2 or at + 2 + size > len(data):
                raise FormatError(f"the JPEG is cut short at byte {at}")
            yield data[at : at + 2 + size]
            at += 2 + size
        raise FormatError("the JPEG has no picture in it")


PNG, JPEG = _Png(), _Jpeg()
