"""MARC files into records: ISO 2709, MARCXML and MARC-in-JSON, told apart by their content.

MARC 21, UNIMARC and CNMARC. Every readable record is kept, every other one refused with its place and the reason; no
content makes these functions raise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from library.marc_iso2709 import iter_iso2709
from library.marc_json import iter_json
from library.marc_record import MarcFaultError, MarcRecord
from library.marc_record21 import to_record21
from library.marc_text import check_language, check_twice_encoded, is_chinese_family
from library.marc_unimarc import to_unimarc_record
from library.marc_xml import iter_xml
from library.values import Record, Refused


@dataclass(frozen=True, slots=True)
class MarcRead:
    """``read``: records seen, kept or not."""

    records: tuple[Record, ...]
    read: int
    refused: tuple[Refused, ...]


def read_marc(path: Path) -> MarcRead:
    """The whole file. For files larger than memory use iter_marc."""
    records: list[Record] = []
    refused: list[Refused] = []
    for found in iter_marc(path):
        if isinstance(found, Record):
            records.append(found)
        else:
            refused.append(found)
    seen = len(records) + sum(1 for fault in refused if fault.position)
    return MarcRead(tuple(records), seen, tuple(refused))


def iter_marc(path: Path) -> Iterator[Record | Refused]:
    """Records and refusals one by one, in the order of the file; memory does not grow with it."""
    name = str(path)
    try:
        with path.open("rb") as file:
            kind = _sniff(file.read(1 << 16))
            file.seek(0)
            if isinstance(kind, MarcFaultError):
                yield Refused(name, 0, str(kind))
                return
            yield from _iter_records(name, kind, file)
    except OSError as error:
        yield Refused(name, 0, f"cannot be opened: {error.strerror or error}")


def _sniff(head: bytes) -> str | MarcFaultError:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x00")
    if not start:
        return MarcFaultError("the file holds nothing but blanks and zero bytes" if head else "the file is empty")
    if start.startswith((b"\x1f\x8b", b"PK\x03\x04")):
        return MarcFaultError("the file is compressed: unpack it first")
    if start.startswith(b"<") or head.startswith((b"\xff\xfe<", b"\xfe\xff\x00<")):
        return "xml"
    if start[:1] in (b"[", b"{"):
        return "json"
    if start[:5].isdigit() or b"\x1d" in head or b"\x1e" in head:
        return "iso2709"
    return MarcFaultError("neither MARC in ISO 2709, nor MARCXML, nor MARC-in-JSON")


def _iter_records(name: str, kind: str, file: BinaryIO) -> Iterator[Record | Refused]:
    iterate, unit = {
        "xml": (iter_xml, "line"), "json": (iter_json, "character"), "iso2709": (iter_iso2709, "byte"),
    }[kind]  # fmt: skip
    position = 0
    for offset, found in iterate(file):
        if kind == "xml" and offset == 0 and isinstance(found, MarcFaultError):
            yield Refused(name, 0, str(found))
            continue
        position += 1
        try:
            if isinstance(found, MarcFaultError):
                raise found
            yield to_record(found)
        except MarcFaultError as fault:
            yield Refused(name, position, f"record at {unit} {offset}: {fault}")


def to_record(marc: MarcRecord) -> Record:
    """One decoded MARC record as a Record. A record without 001 gets an id from its content, the same every time."""
    record_id = marc.control("001").strip()
    if not record_id:
        record_id = "no001-" + hashlib.sha256(repr(marc.fields).encode("utf-8", "replace")).hexdigest()[:12]
    tags = {field.tag for field in marc.fields}
    record = to_unimarc_record(marc, record_id) if is_chinese_family(tags) else to_record21(marc, record_id)
    for field in marc.list_fields("245", "200"):
        for _, text in field.subfields:
            check_twice_encoded(text)
    if marc.leader[9:10] != "a" and "245" in tags:
        check_language(marc.control("008")[35:38], record.title)
    return record
