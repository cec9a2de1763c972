"""Triangles with their attributes, and how they become a glTF mesh.

Positions may be packed into 16 bits and normals into 8 (KHR_mesh_quantization): a node that draws a packed mesh must
carry the scale and the offset that ``packed_frame`` gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from assets.errors import GlbError
from assets.glb_buffer import GlbBuffer

QUANTIZED = "KHR_mesh_quantization"


@dataclass(frozen=True, slots=True)
class Morph:
    """A morph target: what each vertex moves by at weight 1, (n, 3) metres; normals' change likewise."""

    name: str
    positions: npt.ArrayLike
    normals: npt.ArrayLike | None = None


@dataclass(frozen=True, slots=True)
class Primitive:
    """Triangles of one material. Counter-clockwise seen from the front.

    ``positions`` (n, 3) metres; ``triangles`` (m, 3) indices; ``normals`` (n, 3) unit; ``colors`` (n, 3) or (n, 4)
    linear 0…1; ``uvs`` (n, 2), v downwards; ``joints`` (n, 4) indices into the skin with ``weights`` (n, 4) that sum to
    1; ``feature_ids`` (n,) numbers for picking, written as ``_FEATURE_ID_0``.
    ``packed``: positions are integers 0…65535 already (see ``pack_positions``). ``plain``: no 8-bit normals, for
    readers that know glTF's core only, as readers of VRM may.
    """

    positions: npt.ArrayLike
    triangles: npt.ArrayLike
    material: int | None = None
    normals: npt.ArrayLike | None = None
    colors: npt.ArrayLike | None = None
    uvs: npt.ArrayLike | None = None
    joints: npt.ArrayLike | None = None
    weights: npt.ArrayLike | None = None
    feature_ids: npt.ArrayLike | None = None
    morphs: Sequence[Morph] = ()
    packed: bool = False
    plain: bool = False


def pack_positions(
    positions: npt.ArrayLike, step_m: float
) -> tuple[npt.NDArray[np.uint16], tuple[float, float, float]]:
    """Positions as whole steps above their least corner, and that corner in metres: the drawing node's translation.

    Its scale is ``step_m`` on each axis. Raises GlbError when the box is more than 65,535 steps wide.
    """
    points = np.asarray(positions, float)
    low = np.floor(points.min(axis=0) / step_m) * step_m
    steps = np.rint((points - low) / step_m)
    if steps.max(initial=0) > 65535:
        raise GlbError(f"{steps.max():.0f} steps of {step_m} m do not fit into 16 bits; use a longer step")
    east, up, south = (round(float(v), 4) for v in low)
    return steps.astype(np.uint16), (east, up, south)


def mesh_json(name: str, primitives: Sequence[Primitive], buffer: GlbBuffer) -> tuple[dict[str, Any], set[str]]:
    """The mesh as glTF JSON with its arrays in ``buffer``, and the extensions that a reader must know."""
    used: set[str] = set()
    made: list[dict[str, Any]] = []
    names: list[str] = []
    for primitive in primitives:
        made.append(_primitive(name, primitive, buffer))
        if primitive.packed or (primitive.normals is not None and not (primitive.morphs or primitive.plain)):
            used.add(QUANTIZED)
        names = [morph.name for morph in primitive.morphs] or names
    mesh: dict[str, Any] = {**({"name": name} if name else {}), "primitives": made}
    if names:
        # three.js, glTFast and Blender all read the names of morph targets from here
        mesh |= {"weights": [0.0] * len(names), "extras": {"targetNames": names}}
    return mesh, used


def _primitive(name: str, primitive: Primitive, buffer: GlbBuffer) -> dict[str, Any]:
    positions = np.asarray(primitive.positions, np.uint16 if primitive.packed else np.float32).reshape(-1, 3)
    triangles = np.asarray(primitive.triangles).reshape(-1)
    count = len(positions)
    if not count or not len(triangles) or triangles.min() < 0 or triangles.max() >= count:
        raise GlbError(f"{name}: triangles must name vertices 0…{count - 1}")
    attributes = {"POSITION": buffer.add(positions, "vertices", bounds=True)}
    given: list[tuple[str, npt.ArrayLike | None, int]] = [
        ("NORMAL", primitive.normals, 3),
        ("COLOR_0", primitive.colors, 0),
        ("TEXCOORD_0", primitive.uvs, 2),
        ("JOINTS_0", primitive.joints, 4),
        ("WEIGHTS_0", primitive.weights, 4),
        ("_FEATURE_ID_0", primitive.feature_ids, 1),
    ]
    for key, values, width in given:
        if values is None:
            continue
        array = np.asarray(values)
        if len(array) != count or (width > 1 and array.shape[1:] != (width,)):
            raise GlbError(f"{name}: {key} is {array.shape} for {count} vertices")
        attributes[key] = _attribute(key, array, bool(primitive.morphs) or primitive.plain, buffer)
    body: dict[str, Any] = {"attributes": attributes}
    body["indices"] = buffer.add(triangles.astype(np.uint16 if count <= 65535 else np.uint32), "indices")
    if primitive.material is not None:
        body["material"] = primitive.material
    if primitive.morphs:
        body["targets"] = [_morph(name, morph, count, buffer) for morph in primitive.morphs]
    return body


def _attribute(key: str, array: npt.NDArray[Any], exact: bool, buffer: GlbBuffer) -> int:
    if key == "NORMAL" and not exact:
        return buffer.add(np.rint(array * 127).astype(np.int8), "vertices", normalized=True)
    if key == "COLOR_0":
        alpha = np.ones((len(array), 1)) if array.shape[1] == 3 else array[:, :0]
        parts = np.clip(np.hstack([array, alpha]), 0.0, 1.0)
        return buffer.add(np.rint(parts * 255).astype(np.uint8), "vertices", normalized=True)
    if key == "JOINTS_0":
        return buffer.add(array.astype(np.uint8), "vertices")
    if key == "WEIGHTS_0":
        return buffer.add(_whole_weights(array), "vertices", normalized=True)
    if key == "_FEATURE_ID_0":
        return buffer.add(array.astype(np.uint16), "vertices")
    if key == "TEXCOORD_0" and array.min() >= 0.0 and array.max() <= 1.0:
        return buffer.add(np.rint(array * 65535).astype(np.uint16), "vertices", normalized=True)
    return buffer.add(array.astype(np.float32), "vertices")


def _whole_weights(weights: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """Weights in 1/255 whose sum is exactly 255, as the validator demands: the largest takes the rounding."""
    parts = np.rint(weights / weights.sum(axis=1, keepdims=True) * 255).astype(int)
    parts[np.arange(len(parts)), parts.argmax(axis=1)] += 255 - parts.sum(axis=1)
    whole: npt.NDArray[np.uint8] = parts.astype(np.uint8)
    return whole


def _morph(name: str, morph: Morph, count: int, buffer: GlbBuffer) -> dict[str, int]:
    body: dict[str, int] = {}
    for key, values in (("POSITION", morph.positions), ("NORMAL", morph.normals)):
        if values is None:
            continue
        array = np.asarray(values, np.float32)
        if array.shape != (count, 3):
            raise GlbError(f"{name}: morph {morph.name} is {array.shape} for {count} vertices")
        body[key] = buffer.add_sparse(array)
    return body
