"""ISO 2709, the transmission form of MARC 21, UNIMARC and CNMARC.

Records end at 0x1D, whatever their leader says of their length, so that one bad record does not spoil the next. A
wrong base address is mended when the directory's end is found; wrong field lengths, when there are as many fields as
entries in the directory.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import BinaryIO

from library.marc_record import MarcFaultError, MarcField, MarcRecord
from library.marc_text import choose_encoding, decode_text

_BLOCK = 1 << 20
_LONGEST = 8 << 20  # a leader can say 99,999 bytes; longer records exist, endless ones are not records
_SPACE = b" \t\r\n\x00\x1a"


def iter_iso2709(file: BinaryIO) -> Iterator[tuple[int, MarcRecord | MarcFaultError]]:
    """Each record, or what is wrong with it, with its offset in the file in bytes."""
    for offset, chunk, ended in _split(file):
        try:
            yield offset, decode_iso2709(chunk, ended)
        except MarcFaultError as error:
            yield offset, error


def decode_iso2709(chunk: bytes, ended: bool = True) -> MarcRecord:
    """One record without its final 0x1D. ``ended``: whether that byte was there."""
    if not chunk and not ended:
        raise MarcFaultError(
            f"no record ends (byte 0x1D) within {_LONGEST} bytes; what follows is skipped to the next end"
        )
    if len(chunk) < 25:
        raise MarcFaultError(f"{len(chunk)} bytes are too few for a leader and a directory")
    leader_bytes = chunk[:24]
    if not ended:
        says = int(leader_bytes[:5]) if leader_bytes[:5].isdigit() else 0
        if says > len(chunk) + 1 or not chunk.endswith(b"\x1e"):
            raise MarcFaultError(f"the record is cut off: the leader says {says} bytes, the file holds {len(chunk)}")
    leader = "".join(chr(byte) if 0x20 <= byte < 0x7F else " " for byte in leader_bytes)
    raw = _fields(chunk)
    encoding = choose_encoding(leader, raw)
    return MarcRecord(leader, tuple(_field(encoding, tag, data) for tag, data in raw))


def _split(file: BinaryIO) -> Iterator[tuple[int, bytes, bool]]:
    buffer, base = b"", 0
    while True:
        block = file.read(_BLOCK)
        buffer += block
        start = 0
        while (end := buffer.find(b"\x1d", start)) >= 0:
            yield _trim(base + start, buffer[start:end], True)
            start = end + 1
        buffer, base = buffer[start:], base + start
        if not block:
            break
        if len(buffer) > _LONGEST:
            yield base, b"", False
            base += len(buffer)
            while (block := file.read(_BLOCK)) and b"\x1d" not in block:
                base += len(block)
            at = block.find(b"\x1d") + 1
            buffer, base = block[at:], base + at
    if buffer.strip(_SPACE):
        yield _trim(base, buffer.rstrip(_SPACE), False)


def _trim(offset: int, chunk: bytes, ended: bool) -> tuple[int, bytes, bool]:
    rest = chunk.lstrip(_SPACE).removeprefix(b"\xef\xbb\xbf")
    return offset + len(chunk) - len(rest), rest, ended


def _fields(chunk: bytes) -> list[tuple[str, bytes]]:
    """(tag, bytes without the final 0x1E) of every field."""
    end = chunk.find(b"\x1e", 24)
    if end < 0:
        raise MarcFaultError("the directory has no end (byte 0x1E)")
    directory = chunk[24:end]
    if not directory:
        raise MarcFaultError("the directory is empty: the record has no fields")
    if len(directory) % 12:
        raise MarcFaultError(f"the directory is {len(directory)} bytes long, not a multiple of 12")
    entries: list[tuple[str, int, int]] = []
    for at in range(0, len(directory), 12):
        entry = directory[at : at + 12]
        if not entry.isascii() or not entry[3:].isdigit():
            raise MarcFaultError(f"directory entry {at // 12 + 1} is unreadable: {entry!r}")
        entries.append((entry[:3].decode("ascii").strip() or "???", int(entry[3:7]), int(entry[7:12])))
    body = chunk[end + 1 :]
    exact = [(tag, body[start : start + length]) for tag, length, start in entries]
    if all(data.endswith(b"\x1e") and data.count(b"\x1e") == 1 for _, data in exact):
        return [(tag, data[:-1]) for tag, data in exact]
    pieces = body.removesuffix(b"\x1e").split(b"\x1e")
    if len(pieces) != len(entries):
        raise MarcFaultError(f"the directory lists {len(entries)} fields, the record holds {len(pieces)}")
    by_place = sorted(range(len(entries)), key=lambda index: entries[index][2])
    found = {index: pieces[place] for place, index in enumerate(by_place)}
    return [(entries[index][0], found[index]) for index in range(len(entries))]


def _field(encoding: str, tag: str, data: bytes) -> MarcField:
    if tag < "010" and tag.isdigit() and b"\x1f" not in data:
        return MarcField(tag, data=decode_text(encoding, tag, data))
    head, *parts = data.split(b"\x1f")
    marks = "".join(chr(byte) if 0x20 <= byte < 0x7F else " " for byte in head[:2]).ljust(2)
    subfields = []
    for part in parts:
        if not part:
            continue
        if part[0] < 0x80:
            subfields.append((chr(part[0]), decode_text(encoding, tag, part[1:])))
        else:
            subfields.append(_odd_subfield(encoding, tag, part))
    return MarcField(tag, indicators=marks, subfields=tuple(subfields))


def _odd_subfield(encoding: str, tag: str, part: bytes) -> tuple[str, str]:
    """A code with an accent stands for its letter (á for a); a replacement character before the code is left out."""
    if encoding == "utf-8":
        text = decode_text(encoding, tag, part).removeprefix("\ufffd")
        code = unicodedata.normalize("NFKD", text[:1])[:1]
        if code.isascii() and code.isalnum():
            return code, text[1:]
    raise MarcFaultError(f"field {tag}: byte 0x{part[0]:02x} stands where a subfield code belongs")
