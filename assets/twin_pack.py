"""A glTF file made smaller with meshoptimizer (EXT_meshopt_compression), where the extra [pack] is installed.

Every buffer view of numbers is compressed on its own; pictures stay as they are. Floats are first put on a grid of
powers of two (the filter EXPONENTIAL: 1/1024 m for lengths, 1/4096 for models of unit size, 1/16384 for turns), which
readers undo while they decode: half a millimetre buys a sixth of the file. Readers need the decoder: three.js'
``MeshoptDecoder``, glTFast's com.unity.meshopt.decompress. Source: EXT_meshopt_compression (vertex codec version 0).
"""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np
import numpy.typing as npt

from assets.errors import PackError
from assets.glb_buffer import bounds_of
from assets.glb_container import pack_glb, unpack_glb

NAME = "EXT_meshopt_compression"
SIZES = {5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}
FLOAT = 5126
TURN, UNIT, LENGTH, DIGITS = -14, -12, -10, 23
"""Exponents of the grid for turns, for models of unit size and for lengths; the digits that a number may have."""


def pack_twin(data: bytes) -> bytes:
    """The same model in fewer bytes. Raises PackError: meshoptimizer is not installed; GlbError: not a glTF file."""
    codec = _codec()
    document, binary = unpack_glb(data)
    pictures = {image["bufferView"] for image in document.get("images", ())}
    layouts = _layouts(document)
    packed = bytearray()
    plain = 0
    for index, view in enumerate(document.get("bufferViews", ())):
        start, length = view.get("byteOffset", 0), view["byteLength"]
        raw = binary[start : start + length]
        stride, mode = layouts.get(index, (0, ""))
        packed += b"\0" * (-len(packed) % 4)
        if index in pictures or stride == 0 or length % stride:
            view["byteOffset"] = len(packed)
            packed += raw
            continue
        if mode == "FLOATS":
            raw = _on_grid(document, index, raw, stride)
        small = _encode(codec, raw, stride, mode == "TRIANGLES")
        body: dict[str, Any] = {"buffer": 0, "byteOffset": len(packed), "byteLength": len(small), "byteStride": stride}
        body |= {"count": length // stride, "mode": "TRIANGLES" if mode == "TRIANGLES" else "ATTRIBUTES"}
        if mode == "FLOATS":
            body["filter"] = "EXPONENTIAL"
        plain += -plain % 4
        view |= {"buffer": 1, "byteOffset": plain, "extensions": {NAME: body}}
        packed += small
        plain += length
    document["buffers"] = [{"byteLength": len(packed)}]
    if plain:
        document["buffers"].append({"byteLength": plain, "extensions": {NAME: {"fallback": True}}})
    for key in ("extensionsUsed", "extensionsRequired"):
        document[key] = sorted({*document.get(key, ()), NAME})
    return pack_glb(document, bytes(packed))


def _layouts(document: dict[str, Any]) -> dict[int, tuple[int, str]]:
    """For each view of numbers the bytes of a row, and what its rows are: TRIANGLES, FLOATS or whole numbers ("").

    Views whose rows are not a multiple of four bytes long, other than indices, cannot be packed and are left out; so
    are those of sparse accessors, whose rows are not counted by them.
    """
    found: dict[int, tuple[int, str]] = {}
    mixed: set[int] = set()
    for accessor in document.get("accessors", ()):
        mixed |= {part["bufferView"] for part in accessor.get("sparse", {}).values() if isinstance(part, dict)}
        if "bufferView" not in accessor:
            continue
        at = accessor["bufferView"]
        view = document["bufferViews"][at]
        stride = view.get("byteStride", SIZES[accessor["componentType"]] * WIDTHS[accessor["type"]])
        if view.get("target") == 34963:
            found[at] = (stride, "TRIANGLES")
        elif stride % 4 == 0 and found.get(at, (stride, ""))[0] == stride:
            whole = accessor["componentType"] != FLOAT
            if at in found and (found[at][1] == "") != whole:
                found[at] = (stride, "")
                mixed.add(at)
            elif stride <= 256:
                found[at] = (stride, "" if whole else "FLOATS")
        else:
            mixed.add(at)
    return {at: layout for at, layout in found.items() if at not in mixed}


def _on_grid(document: dict[str, Any], view: int, raw: bytes, stride: int) -> bytes:
    """The view's floats as exponent and 24-bit whole number each; their accessors' bounds are those of the grid."""
    out = np.zeros(len(raw) // 4, np.uint32)
    for accessor in document["accessors"]:
        if accessor.get("bufferView") != view:
            continue
        first = accessor.get("byteOffset", 0) // 4
        count = accessor["count"] * stride // 4
        values = np.frombuffer(raw, np.float32, count, 4 * first).astype(float)
        exponent, whole = _grid(values, TURN if accessor["type"] == "VEC4" else UNIT)
        out[first : first + count] = (np.uint32(exponent & 0xFF) << np.uint32(24)) | (whole & 0xFFFFFF).astype(
            np.uint32
        )
        if "min" in accessor:
            accessor |= bounds_of((whole * 2.0**exponent).reshape(accessor["count"], -1))
    return out.tobytes()


def _grid(values: npt.NDArray[np.float64], finest: int) -> tuple[int, npt.NDArray[np.int64]]:
    """The exponent of the grid for these numbers, and each as a whole number of its steps."""
    most = float(np.abs(values).max(initial=0.0))
    exponent = finest if most <= 2.0 else LENGTH
    while most / 2.0**exponent >= 2 ** (DIGITS - 1):
        exponent += 1
    return exponent, np.rint(values / 2.0**exponent).astype(np.int64)


def _encode(codec: Any, raw: bytes, stride: int, triangles: bool) -> bytes:
    if triangles:
        indices = np.frombuffer(raw, np.uint16 if stride == 2 else np.uint32).astype(np.uint32)
        return bytes(codec.encode_index_buffer(indices, len(indices), int(indices.max()) + 1))
    rows = np.frombuffer(raw, np.uint8).reshape(-1, stride)
    return bytes(codec.encode_vertex_buffer(rows, len(rows), stride))


def _codec() -> Any:
    try:
        codec = importlib.import_module("meshoptimizer")
    except ImportError as error:
        raise PackError("meshoptimizer is not installed; install the extra [pack], or leave out --pack") from error
    codec.encode_vertex_version(0)
    codec.encode_index_version(1)
    return codec
