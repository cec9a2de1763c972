"""A ``.glb`` file as its two parts: the JSON document and the binary buffer (glTF 2.0 §4.4, binary container)."""

from __future__ import annotations

import json
import struct
from typing import Any

from assets.errors import GlbError

MAGIC, VERSION = 0x46546C67, 2
JSON_CHUNK, BIN_CHUNK = 0x4E4F534A, 0x004E4942


def pack_glb(document: dict[str, Any], binary: bytes) -> bytes:
    """The file's bytes. Equal documents (in key order too) and buffers give equal bytes; nothing is added.

    Raises GlbError when the document holds what JSON cannot (NaN, infinity, objects).
    """
    try:
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        raise GlbError(
            f"the glTF document cannot be written as JSON ({error}); use finite numbers and texts"
        ) from error
    text += b" " * (-len(text) % 4)
    parts = [struct.pack("<II", len(text), JSON_CHUNK), text]
    if binary:
        padded = binary + b"\0" * (-len(binary) % 4)
        parts += [struct.pack("<II", len(padded), BIN_CHUNK), padded]
    return struct.pack("<III", MAGIC, VERSION, 12 + sum(map(len, parts))) + b"".join(parts)


def unpack_glb(data: bytes) -> tuple[dict[str, Any], bytes]:
    """The JSON document and the binary buffer (empty when the file has none) of a file.

    Raises GlbError: not a glTF 2.0 binary, cut short, or its JSON is broken.
    """
    if len(data) < 20:
        raise GlbError(f"{len(data)} bytes are too few for a glTF binary; the file is cut short")
    magic, version, length = struct.unpack_from("<III", data)
    if magic != MAGIC or version != VERSION:
        raise GlbError("this is not a glTF 2.0 binary: its first bytes differ; give a .glb file")
    if length > len(data):
        raise GlbError(f"the glTF binary is cut short: {len(data)} of {length} bytes; fetch it again")
    chunks: dict[int, bytes] = {}
    at = 12
    while at + 8 <= length:
        size, kind = struct.unpack_from("<II", data, at)
        if at + 8 + size > length:
            raise GlbError(f"a chunk at byte {at} is longer than the glTF binary; fetch the file again")
        chunks.setdefault(kind, data[at + 8 : at + 8 + size])
        at += 8 + size
    try:
        document = json.loads(chunks[JSON_CHUNK])
    except (KeyError, ValueError) as error:
        raise GlbError("the glTF binary has no readable JSON chunk; make the file again") from error
    if not isinstance(document, dict):
        raise GlbError("the glTF binary's JSON chunk is not an object; make the file again")
    return document, chunks.get(BIN_CHUNK, b"")
