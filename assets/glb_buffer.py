"""The binary buffer of a glTF document: arrays in, accessors out.

Arrays of one kind (indices, vertex attributes of one stride, everything else) share one buffer view, and equal arrays
share one accessor: few views keep the JSON small and let loaders upload in large pieces.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from assets.errors import GlbError

Array = npt.NDArray[Any]
QUAD = np.array([0, 1, 2, 0, 2, 3])
"""The corners of a flat four-cornered piece as two triangles."""

Use = Literal["indices", "vertices", "values", "binds"]
"""Indices, vertex attributes, anything else, or the bind matrices of a skin, which loaders want apart."""

COMPONENTS: dict[str, int] = {
    "int8": 5120,
    "uint8": 5121,
    "int16": 5122,
    "uint16": 5123,
    "uint32": 5125,
    "float32": 5126,
}
TYPES = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4", 16: "MAT4"}
TARGETS = {"indices": 34963, "vertices": 34962}


class GlbBuffer:
    """Collects arrays. ``accessors`` and ``views()`` are the lists of the same names in the glTF document."""

    def __init__(self) -> None:
        self.accessors: list[dict[str, Any]] = []
        self._views: list[tuple[dict[str, Any], bytearray]] = []
        self._by_kind: dict[tuple[str, int, int], int] = {}
        self._known: dict[tuple[Any, ...], int] = {}

    def add(self, array: Array, use: Use, *, normalized: bool = False, bounds: bool = False) -> int:
        """Index of the accessor for ``array``: (n,) or (n, k), one of the six glTF component types.

        ``normalized``: integers stand for 0…1 or −1…1. ``bounds``: write min and max, which the format demands of
        positions and of animation times. Raises GlbError for an empty array, another dtype or numbers not finite.
        """
        name = array.dtype.name
        if name not in COMPONENTS or array.size == 0:
            raise GlbError(f"an array of {array.size} {name} cannot become an accessor; use {', '.join(COMPONENTS)}")
        if name == "float32" and not np.isfinite(array).all():
            raise GlbError("an array holds NaN or infinity; glTF allows finite numbers only")
        columns = 1 if array.ndim == 1 else array.shape[1]
        quads = _quads(array) if use == "indices" else 0
        if quads:
            return self._add_quads(array, quads)
        data = self._rows(array, columns, use)
        key = (use, name, columns, normalized, bounds, len(array), data)
        if key in self._known:
            return self._known[key]
        stride = len(data) // len(array)
        broad = 0 if use == "indices" else int(array.dtype.kind == "f")
        view, offset = self._place(data, use, array.itemsize if use == "indices" else stride, array.itemsize, broad)
        accessor: dict[str, Any] = {"bufferView": view}
        if offset:
            accessor["byteOffset"] = offset
        accessor |= {"componentType": COMPONENTS[name], "count": len(array), "type": TYPES[columns]}
        if normalized:
            accessor["normalized"] = True
        if bounds:
            accessor |= bounds_of(array)
        self.accessors.append(accessor)
        self._known[key] = len(self.accessors) - 1
        return self._known[key]

    def add_sparse(self, array: Array) -> int:
        """Accessor for float32 (n, 3) that is zero almost everywhere: only the rows that are not are written.

        A morph target's accessor; with bounds, as the validator asks of morph positions.
        """
        rows = np.flatnonzero(np.any(array != 0, axis=1))
        if len(rows) * 14 > len(array) * 12:  # a row costs its number as well
            return self.add(np.ascontiguousarray(array, np.float32), "vertices", bounds=True)
        accessor: dict[str, Any] = {"componentType": 5126, "count": len(array), "type": "VEC3", **bounds_of(array)}
        if len(rows):
            index_type = "uint16" if len(array) <= 65535 else "uint32"
            indices = rows.astype(index_type)
            at_view, at = self._place(indices.tobytes(), "values", indices.itemsize, indices.itemsize)
            values = np.ascontiguousarray(array[rows], np.float32)
            value_view, value_at = self._place(values.tobytes(), "values", 12, 4)
            accessor["sparse"] = {
                "count": len(rows),
                "indices": {"bufferView": at_view, "byteOffset": at, "componentType": COMPONENTS[index_type]},
                "values": {"bufferView": value_view, "byteOffset": value_at},
            }
        self.accessors.append(accessor)
        return len(self.accessors) - 1

    def add_bytes(self, data: bytes) -> int:
        """Index of a buffer view of its own for ``data`` (an image file)."""
        self._views.append(({}, bytearray(data)))
        return len(self._views) - 1

    def views(self) -> tuple[list[dict[str, Any]], bytes]:
        """The buffer views and the whole buffer."""
        described, whole = [], bytearray()
        for head, data in self._views:
            whole += b"\0" * (-len(whole) % 4)
            view: dict[str, Any] = {"buffer": 0}
            if whole:
                view["byteOffset"] = len(whole)
            described.append({**view, "byteLength": len(data), **head})
            whole += data
        return described, bytes(whole)

    def _rows(self, array: Array, columns: int, use: Use) -> bytes:
        if use != "vertices":
            return np.ascontiguousarray(array).tobytes()
        # each vertex starts at a multiple of four bytes (glTF 2.0 §3.6.2.4)
        rows = np.ascontiguousarray(array).reshape(len(array), columns)
        width = columns * array.itemsize
        padded = np.zeros((len(rows), width + -width % 4), np.uint8)
        padded[:, :width] = rows.view(np.uint8).reshape(len(rows), width)
        return padded.tobytes()

    def _add_quads(self, array: Array, quads: int) -> int:
        """Indices of ``quads`` four-cornered pieces one after another: a part of the longest such list, kept once."""
        key = ("quads", array.dtype.name, quads)
        if key in self._known:
            return self._known[key]
        kind = ("quads", array.itemsize, 0)
        if kind not in self._by_kind:
            self._by_kind[kind] = len(self._views)
            self._views.append(({"target": TARGETS["indices"]}, bytearray()))
        view = self._by_kind[kind]
        held, data = self._views[view][1], array.tobytes()
        held += data[len(held) :]
        accessor = {"bufferView": view, "componentType": COMPONENTS[array.dtype.name], "count": len(array)}
        self.accessors.append({**accessor, "type": "SCALAR"})
        self._known[key] = len(self.accessors) - 1
        return self._known[key]

    def _place(self, data: bytes, use: Use, stride: int, align: int, broad: int = 0) -> tuple[int, int]:
        """Put rows of ``stride`` bytes into the view of their kind; (view, offset). ``broad``: 1 for floats, which
        packers treat in another way than whole numbers."""
        kind = (use, stride, broad)
        if kind not in self._by_kind:
            head: dict[str, Any] = {}
            if use == "vertices":
                head["byteStride"] = stride
            if use in TARGETS:
                head["target"] = TARGETS[use]
            self._by_kind[kind] = len(self._views)
            self._views.append((head, bytearray()))
        index = self._by_kind[kind]
        held = self._views[index][1]
        held += b"\0" * (-len(held) % align)
        offset = len(held)
        held += data
        return index, offset


def bounds_of(array: Array) -> dict[str, list[float]]:
    """The ``min`` and ``max`` of an accessor for an array (n, k)."""
    rows = array.reshape(len(array), -1)
    return {"min": [short(v) for v in rows.min(axis=0)], "max": [short(v) for v in rows.max(axis=0)]}


def short(value: Any) -> float:
    """A number in the fewest digits that give the same float32: 0.015 for 0.015000000223517418, 2 for 2.0."""
    exact = float(str(np.float32(value)))
    return int(exact) if exact == int(exact) else exact


def _quads(array: Array) -> int:
    """How many four-cornered pieces these are, each with corners of its own in order; 0 when they are not."""
    count = len(array) // 6
    if len(array) % 6 or array[-1] != 4 * count - 1:
        return 0
    return count if (array.reshape(-1, 6) == QUAD + 4 * np.arange(count)[:, None]).all() else 0
