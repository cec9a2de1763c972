"""The glTF writer: what is written can be read back, is well formed, and is the same every time."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.errors import GlbError
from assets.glb import Channel, Glb, Material, linear
from assets.glb_container import pack_glb, unpack_glb
from assets.glb_mesh import Morph, Primitive, pack_positions
from tests.assets.gltf import read_accessor, validate

TRIANGLE = np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
FRONT = np.tile([0.0, 0.0, 1.0], (3, 1))
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)


def build_everything() -> Glb:
    """A document that uses every call of the writer."""
    glb = Glb(asset_extras={"kind": "test"})
    picture = glb.add_texture(PNG, name="dot")
    oak = glb.add_material(Material("oak", linear("#b08a5b"), double_sided=True))
    lamp = glb.add_material(Material("lamp", emissive=(1.0, 0.9, 0.7), emissive_strength=3.0, alpha="BLEND"))
    sign = glb.add_material(Material("sign", texture=picture, unlit=True, alpha="MASK"))
    felt = glb.add_material(Material("felt", extensions={"KHR_materials_sheen": {"sheenRoughnessFactor": 0.5}}))
    colors = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    ids = [0, 0, 7]
    plain = glb.add_mesh(
        "plain",
        [
            Primitive(TRIANGLE, [[0, 1, 2]], oak, FRONT, colors, feature_ids=ids),
            Primitive(TRIANGLE + 1, [[0, 1, 2]], sign, FRONT, uvs=[[0, 0], [1, 0], [0, 1]]),
        ],
    )
    level = glb.add_node("L1", extras={"level": 1})
    glb.add_instances(
        "many", plain, [[0, 0, 0], [5, 0, 0]], [[0, 0, 0, 1]] * 2, parent=level, extras={"ids": ["a", "b"]}
    )
    root = glb.add_node("hips", translation=(0, 1, 0), rotation=(0, 0, 0, 1))
    tip = glb.add_node("head", parent=root, translation=(0, 1, 0))
    skin = glb.add_skin("body", [root, tip], np.tile(np.eye(4), (2, 1, 1)), root)
    morphs = [
        Morph("smile", [[0, 0, 0], [0, 0.1, 0], [0, 0, 0]], np.zeros((3, 3))),
        Morph("blink", np.full((3, 3), 0.2)),
    ]
    face = glb.add_mesh(
        "face",
        [
            Primitive(
                TRIANGLE, [[0, 1, 2]], felt, FRONT, joints=[[0, 1, 0, 0]] * 3, weights=[[1, 2, 0, 0]] * 3, morphs=morphs
            )
        ],
    )
    drawn = glb.add_node("face", mesh=face, skin=skin)
    glb.add_animation(
        "nod",
        [
            Channel(tip, "rotation", [0.0, 1.0], [[0, 0, 0, 1], [0, 1, 0, 0]]),
            Channel(drawn, "weights", [0.0, 1.0], [[0, 0], [1, 0]], "STEP"),
        ],
    )
    glb.add_mesh("lamp", [Primitive(TRIANGLE, [[0, 1, 2]], lamp)])
    glb.scene_extras["note"] = "书"
    glb.add_extension("EXAMPLE_note", {"by": "us"})
    return glb


def test_the_same_calls_give_the_same_bytes_and_a_clean_file() -> None:
    data = build_everything().to_bytes()
    assert data == build_everything().to_bytes()
    assert validate(data) == []
    document, _ = unpack_glb(data)
    assert document["extensionsRequired"] == ["EXT_mesh_gpu_instancing", "KHR_mesh_quantization"]
    assert {"KHR_materials_unlit", "KHR_materials_sheen", "EXAMPLE_note"} < set(document["extensionsUsed"])
    assert document["nodes"][1]["extras"] == {"ids": ["a", "b"]}
    assert document["scenes"][0] == {"nodes": [0, 2, 4], "extras": {"note": "书"}}


def test_arrays_come_back_as_they_went_in() -> None:
    document, binary = unpack_glb(build_everything().to_bytes())
    plain, face = document["meshes"][0]["primitives"][0], document["meshes"][1]["primitives"][0]
    read = {key: read_accessor(document, binary, at) for key, at in plain["attributes"].items()}
    assert read["POSITION"] == pytest.approx(TRIANGLE)
    assert read["NORMAL"] == pytest.approx(FRONT)
    assert read["COLOR_0"][:, :3] == pytest.approx(np.eye(3))
    assert read["_FEATURE_ID_0"].ravel().tolist() == [0, 0, 7]
    smile, blink = face["targets"]
    assert read_accessor(document, binary, smile["POSITION"])[1] == pytest.approx([0, 0.1, 0])
    assert read_accessor(document, binary, smile["NORMAL"]) == pytest.approx(np.zeros((3, 3)))
    assert read_accessor(document, binary, blink["POSITION"]) == pytest.approx(np.full((3, 3), 0.2))
    weights = read_accessor(document, binary, face["attributes"]["WEIGHTS_0"])
    assert weights.sum(axis=1) == pytest.approx(1.0)
    assert weights[0] == pytest.approx([1 / 3, 2 / 3, 0, 0], abs=1 / 255)


def test_equal_arrays_are_written_once() -> None:
    glb = Glb()
    first = glb.add_mesh("a", [Primitive(TRIANGLE, [[0, 1, 2]])])
    second = glb.add_mesh("b", [Primitive(TRIANGLE.copy(), [[0, 1, 2]])])
    glb.add_node(mesh=first)
    glb.add_node(mesh=second)
    document, _ = unpack_glb(glb.to_bytes())
    assert len(document["accessors"]) == 2


@given(st.lists(st.tuples(*[st.floats(-60, 60)] * 3), min_size=1, max_size=30))
def test_packed_positions_lie_within_half_a_step(points: list[tuple[float, float, float]]) -> None:
    steps, corner = pack_positions(points, 0.005)
    assert np.abs(steps * 0.005 + np.array(corner) - np.array(points)).max() <= 0.0026 + 5e-5


@pytest.mark.parametrize(
    "primitive",
    [
        Primitive(TRIANGLE, [[0, 1, 3]]),
        Primitive(TRIANGLE, []),
        Primitive(TRIANGLE, [[0, 1, 2]], normals=FRONT[:2]),
        Primitive(TRIANGLE * np.nan, [[0, 1, 2]]),
        Primitive(TRIANGLE, [[0, 1, 2]], morphs=[Morph("x", [[0, 0, 0]])]),
    ],
)
def test_what_cannot_be_drawn_is_refused(primitive: Primitive) -> None:
    with pytest.raises(GlbError):
        Glb().add_mesh("bad", [primitive])


def test_too_wide_and_uneven_values_are_refused() -> None:
    with pytest.raises(GlbError, match="longer step"):
        pack_positions([[0, 0, 0], [400, 0, 0]], 0.005)
    glb = Glb()
    mesh = glb.add_mesh("m", [Primitive(TRIANGLE, [[0, 1, 2]])])
    with pytest.raises(GlbError, match="1 ROTATION for 2"):
        glb.add_instances("i", mesh, np.zeros((2, 3)), [[0, 0, 0, 1]])
    glb.scene_extras["worst"] = float("nan")
    with pytest.raises(GlbError, match="JSON"):
        glb.to_bytes()


def broken_files() -> dict[str, bytes]:
    good = pack_glb({"asset": {"version": "2.0"}}, b"1234")
    return {
        "empty": b"",
        "not a glb": b"PK" + good[2:],
        "version 1": good[:4] + struct.pack("<I", 1) + good[8:],
        "cut": good[:-4],
        "chunk too long": good[:12] + struct.pack("<I", 9999) + good[16:],
        "not json": good.replace(b'{"asset"', b'{{asset"'),
        "a list": pack_glb(["asset"], b""),  # type: ignore[arg-type]
    }


@pytest.mark.parametrize("name", broken_files())
def test_broken_files_are_named_faults(name: str) -> None:
    with pytest.raises(GlbError):
        unpack_glb(broken_files()[name])


@given(st.binary(max_size=200))
def test_any_bytes_give_a_document_or_a_named_fault(data: bytes) -> None:
    document: Any = {}
    for prefix in (b"", struct.pack("<III", 0x46546C67, 2, len(data) + 12)):
        try:
            document, _ = unpack_glb(prefix + data)
        except GlbError:
            continue
        assert isinstance(document, dict)
