"""Reads glTF files for tests, and asks the Khronos validator what it thinks of them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

WEB = Path(__file__).resolve().parents[2] / "web"
DTYPES = {5120: "i1", 5121: "u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}
UNKNOWN = ("UNSUPPORTED_EXTENSION", "UNUSED_OBJECT", "UNUSED_MESH_TANGENT", "UNUSED_MESH_WEIGHTS")
"""Codes that say only that the validator does not know an extension, and so finds what it uses unused."""


def read_accessor(document: dict[str, Any], binary: bytes, index: int) -> Any:
    """The numbers of an accessor as float64 (n, k), sparse ones filled in, normalized ones divided."""
    accessor = document["accessors"][index]
    dtype, width, count = np.dtype(DTYPES[accessor["componentType"]]), WIDTHS[accessor["type"]], accessor["count"]
    values = np.zeros((count, width))
    if "bufferView" in accessor:
        values = _read(document, binary, accessor["bufferView"], accessor.get("byteOffset", 0), dtype, width, count)
    if "sparse" in accessor:
        sparse = accessor["sparse"]
        at, new = sparse["indices"], sparse["values"]
        kind = np.dtype(DTYPES[at["componentType"]])
        rows = _read(document, binary, at["bufferView"], at["byteOffset"], kind, 1, sparse["count"])
        values[rows.ravel().astype(int)] = _read(
            document, binary, new["bufferView"], new["byteOffset"], dtype, width, sparse["count"]
        )
    if accessor.get("normalized"):
        values = np.maximum(values / np.iinfo(dtype).max, -1.0)
    return values


def _read(
    document: dict[str, Any], binary: bytes, view_index: int, offset: int, dtype: np.dtype[Any], width: int, count: int
) -> Any:
    view = document["bufferViews"][view_index]
    stride = view.get("byteStride", dtype.itemsize * width)
    start = view.get("byteOffset", 0) + offset
    raw = np.frombuffer(binary, np.uint8)
    rows = raw[start + np.arange(count)[:, None] * stride + np.arange(dtype.itemsize * width)]
    return np.ascontiguousarray(rows).view(dtype).astype(float)


def run_node(script: str, *arguments: str, stdin: bytes = b"") -> Any:
    """What a script of ``web/tests/gltf`` prints as JSON; the test is skipped where Node or its packages are absent."""
    node = shutil.which("node")
    if node is None or not (WEB / "node_modules" / "gltf-validator").is_dir():
        pytest.skip("needs Node and `npm ci` in web/")
    command = [node, str(WEB / "tests" / "gltf" / script), *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def validate(data: bytes) -> list[str]:
    """Every error, warning, hint and information of the Khronos validator, less those about unknown extensions."""
    report = run_node("validate.mjs", stdin=data)
    return [f"{m['code']} {m['pointer']}: {m['message']}" for m in report if m["code"] not in UNKNOWN]
