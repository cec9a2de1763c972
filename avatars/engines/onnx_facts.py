"""What an ONNX file says about itself, read without loading it: some libraries end the process when a fact is absent.

Reads the outermost fields of the file's protobuf message (ModelProto: metadata_props is field 14, graph is field 7) and
steps over the rest, so a file of gigabytes takes some microseconds.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Final

from avatars.errors import EngineError

_GRAPH: Final = 7
_METADATA: Final = 14
_LONGEST: Final = 4 << 20  # bytes of one fact; the longest real one, of mean and deviation, has some 20 kB


def read_facts(path: Path) -> dict[str, str]:
    """The file's metadata. Raises EngineError: it is no ONNX model."""
    facts: dict[str, str] = {}
    graph = False
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            while file.tell() < size:
                field, wire = divmod(_read_number(file), 8)
                if wire == 0:
                    _read_number(file)
                elif wire == 2:
                    length = _read_number(file)
                    if file.tell() + length > size or (field == _METADATA and length > _LONGEST):
                        raise ValueError
                    if field == _METADATA:
                        key, value = _read_pair(file.read(length))
                        facts[key] = value
                    else:
                        graph = graph or field == _GRAPH
                        file.seek(length, 1)
                elif wire in (1, 5):
                    file.seek(8 if wire == 1 else 4, 1)
                else:
                    raise ValueError
    except (ValueError, EOFError, OSError):
        raise EngineError(f"{path} is no ONNX model: it is cut off or something else") from None
    if not graph:
        raise EngineError(f"{path} is no ONNX model: it holds no graph")
    return facts


def _read_number(file: BinaryIO) -> int:
    """A protobuf varint."""
    number = shift = 0
    while True:
        byte = file.read(1)
        if not byte or shift > 63:
            raise EOFError
        number |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return number
        shift += 7


def _read_pair(body: bytes) -> tuple[str, str]:
    """Key and value (StringStringEntryProto: fields 1 and 2)."""
    found = {1: "", 2: ""}
    at = 0
    while at < len(body):
        tag, at = body[at], at + 1
        length = shift = 0
        while True:
            if at >= len(body):
                raise EOFError
            byte, at = body[at], at + 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        if at + length > len(body) or tag & 7 != 2:
            raise ValueError
        found[tag >> 3] = body[at : at + length].decode("utf-8")
        at += length
    return found[1], found[2]
