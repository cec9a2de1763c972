"""MARC-in-JSON: one object, an array of them, or one a line."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from library.marc_record import MarcFaultError, MarcField, MarcRecord

_BLOCK = 1 << 20
_LONGEST = 8 << 20
_BETWEEN = re.compile(r"[\s,\[\]\x1e]*")


def iter_json(file: BinaryIO) -> Iterator[tuple[int, MarcRecord | MarcFaultError]]:
    """Each record with its offset in characters. A broken object ends an array; lines go on at the next one."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    reader = json.JSONDecoder(strict=False)
    buffer, base, ended, lines = "", 0, False, False
    while True:
        if not ended:
            block = file.read(_BLOCK)
            ended = not block
            try:
                buffer += decoder.decode(block, final=ended)
            except UnicodeDecodeError as error:
                yield base, MarcFaultError(f"byte 0x{error.object[error.start]:02x} is not UTF-8; the rest is not read")
                return
        if base == 0:
            lines = not buffer.lstrip().startswith("[")
        at = 0
        while True:
            at = _BETWEEN.match(buffer, at).end()  # type: ignore[union-attr]
            if at >= len(buffer):
                break
            try:
                value, end = reader.raw_decode(buffer, at)
            except (ValueError, RecursionError) as error:
                if not ended and len(buffer) - at < _LONGEST:
                    break
                yield base + at, MarcFaultError(f"broken JSON: {_why(error)}")
                following = buffer.find("\n{", at) if lines else -1
                if following < 0:
                    return
                at = following + 1
                continue
            yield base + at, _record(value)
            at = end
        buffer, base = buffer[at:], base + at
        if ended:
            return


def _why(error: Exception) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else f"too deep or too large ({error})"


def _record(value: object) -> MarcRecord | MarcFaultError:
    if not isinstance(value, dict) or not isinstance(value.get("fields"), list):
        return MarcFaultError("the JSON value is no MARC record (an object with leader and fields)")
    fields: list[MarcField] = []
    for entry in value["fields"]:
        if not isinstance(entry, dict):
            return MarcFaultError("a field is not an object of one tag")
        for tag, content in entry.items():
            if isinstance(content, str):
                fields.append(MarcField(tag, data=content))
            elif isinstance(content, dict) and isinstance(content.get("subfields"), list):
                marks = (str(content.get("ind1") or " ")[:1] + str(content.get("ind2") or " ")[:1]).ljust(2)
                fields.append(MarcField(tag, indicators=marks, subfields=_subfields(content["subfields"])))
            else:
                return MarcFaultError(f"field {tag} is neither text nor subfields")
    if not fields:
        return MarcFaultError("the record has no fields")
    return MarcRecord(str(value.get("leader") or "").ljust(24), tuple(fields))


def _subfields(content: list[object]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (code[:1], text)
        for entry in content
        if isinstance(entry, dict)
        for code, text in entry.items()
        if isinstance(text, str)
    )
