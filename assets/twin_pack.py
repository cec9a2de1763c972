"""A glTF file made smaller with meshoptimizer (EXT_meshopt_compression), where the extra [pack] is installed.

Every buffer view of numbers is compressed on its own; pictures stay as they are. Readers need the decoder: three.js'
``MeshoptDecoder``, glTFast's com.unity.meshopt.decompress. Source: EXT_meshopt_compression (vertex codec version 0).
"""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

from assets.errors import PackError
from assets.glb_container import pack_glb, unpack_glb

NAME = "EXT_meshopt_compression"


def pack_twin(data: bytes) -> bytes:
    """The same model in fewer bytes. Raises PackError: meshoptimizer is not installed; GlbError: not a glTF file."""
    codec = _codec()
    document, binary = unpack_glb(data)
    pictures = {image["bufferView"] for image in document.get("images", ())}
    strides = _strides(document)
    packed = bytearray()
    plain = 0
    for index, view in enumerate(document.get("bufferViews", ())):
        start, length = view.get("byteOffset", 0), view["byteLength"]
        raw = binary[start : start + length]
        stride, triangles = strides.get(index, (0, False))
        packed += b"\0" * (-len(packed) % 4)
        if index in pictures or stride == 0 or length % stride:
            view["byteOffset"] = len(packed)
            packed += raw
            continue
        small = _encode(codec, raw, stride, triangles)
        body: dict[str, Any] = {"buffer": 0, "byteOffset": len(packed), "byteLength": len(small), "byteStride": stride}
        body |= {"count": length // stride, "mode": "TRIANGLES" if triangles else "ATTRIBUTES"}
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


def _strides(document: dict[str, Any]) -> dict[int, tuple[int, bool]]:
    """For each view of numbers the bytes of a row, and whether its rows are corners of triangles.

    Views whose rows are not a multiple of four bytes long, other than indices, cannot be packed and are left out.
    """
    sizes = {5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4}
    widths = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}
    found: dict[int, tuple[int, bool]] = {}
    for accessor in document.get("accessors", ()):
        if "bufferView" not in accessor:
            continue
        at = accessor["bufferView"]
        view = document["bufferViews"][at]
        size = sizes[accessor["componentType"]]
        stride = view.get("byteStride", size * widths[accessor["type"]])
        triangles = view.get("target") == 34963
        if triangles or stride % 4 == 0:
            found[at] = (stride, triangles)
    return found


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
