"""The building as glTF: where things stand, what they are called; a file is whole, small and always the same."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from shapely.geometry import LineString, Point, Polygon, box

from assets.errors import PackError, TwinModelError
from assets.glb_container import unpack_glb
from assets.twin import build_twin
from assets.twin_delta import delta
from assets.twin_models import build_model
from assets.twin_pack import pack_twin
from assets.twin_pictograms import CELL, ICONS, SAME, draw_signs, find_icon, pick_signs
from assets.twin_pictograms import palette as sign_colors
from assets.twin_signs import draw_signs_of
from assets.twin_spines import draw_spines, read_spines
from bench.twin import build_plan
from spatial.plan import Plan
from spatial.twin_file import seal_plan, with_faces
from tests.assets.gltf import read_accessor, run_node, validate
from tests.assets.marker import GOLDEN, build_marker, with_shut_door

PLAN = build_marker()


class Scene:
    """A file read back: nodes by name, and points of a node in the map's frame."""

    def __init__(self, data: bytes) -> None:
        self.document, self.binary = unpack_glb(data)
        self.nodes: dict[str, Any] = {node["name"]: node for node in self.document["nodes"]}
        children = {c: n for n in self.document["nodes"] for c in n.get("children", ())}
        self.raised = {self.document["nodes"][c]["name"]: parent["translation"][1] for c, parent in children.items()}

    def points(self, name: str) -> Any:
        """(n, 3) of east, north, up: of the surface of a part, or of the places of its copies."""
        node = self.nodes[name]
        copies = node.get("extensions", {}).get("EXT_mesh_gpu_instancing")
        if copies:
            at = read_accessor(self.document, self.binary, copies["attributes"]["TRANSLATION"])
        else:
            primitive = self.document["meshes"][node["mesh"]]["primitives"][0]
            at = read_accessor(self.document, self.binary, primitive["attributes"]["POSITION"])
            at = at * node["scale"] + node["translation"]
        return np.column_stack([at[:, 0], -at[:, 2], at[:, 1] + self.raised[name]])

    def extras(self, key: str) -> list[str]:
        """All values of one list in ``extras``, in order of nodes."""
        return [v for node in self.document["nodes"] for v in node.get("extras", {}).get(key, ())]


@pytest.fixture(scope="module")
def scene() -> Scene:
    return Scene(build_twin(PLAN).data)


def test_the_file_is_clean_and_every_run_writes_the_same() -> None:
    data = build_twin(PLAN).data
    assert [m for m in validate(data) if not m.startswith("NODE_EMPTY")] == []
    script = "import hashlib; from assets.twin import build_twin; from tests.assets.marker import build_marker; "
    script += "print(hashlib.sha256(build_twin(build_marker()).data).hexdigest())"
    root = Path(__file__).resolve().parents[2]
    told = {
        subprocess.run([sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, cwd=root, capture_output=True,
                       check=True).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1


def test_the_golden_file_is_what_we_write_today(scene: Scene) -> None:
    """Not byte for byte: another GEOS may cut the same floor into other triangles."""
    golden = Scene(GOLDEN.read_bytes())
    assert golden.document["asset"] == scene.document["asset"], "run: python -m tests.assets.marker"
    assert golden.nodes.keys() == scene.nodes.keys()
    for name, node in golden.nodes.items():
        assert node.get("extras") == scene.nodes[name].get("extras"), name


def test_shelves_stand_where_the_plan_says_and_are_named(scene: Scene) -> None:
    assert scene.nodes["0/shelves-3"]["extras"]["range_ids"] == ["south face", "north face"]
    assert scene.points("0/shelves-3") == pytest.approx(np.array([[2, 4, 0], [5, 4.6, 0]]), abs=1e-3)
    assert scene.points("1/shelves-2") == pytest.approx(np.array([[6, 4.5, 4.5]]), abs=1e-3)
    assert sorted(scene.extras("range_ids")) == sorted(face.range_id for face in PLAN.faces)
    assert sorted(scene.extras("opening_ids")) == sorted(o.id for o in PLAN.openings)
    assert scene.extras("amenity_ids") == ["lift"]
    assert scene.extras("kiosk_ids") == ["kiosk"]
    assert set(scene.extras("unit_ids")) == {u.id for u in PLAN.units} - {"void", "upper well"}
    assert "table" not in scene.extras("range_ids")


def test_levels_are_nodes_at_their_height(scene: Scene) -> None:
    level = scene.nodes["level 1"]
    assert level["translation"] == [0.0, 4.5, 0.0]
    assert level["extras"]["level"] == 1
    assert level["extras"]["short_names"] == {"en": "U"}
    assert {scene.document["nodes"][c]["name"].partition("/")[0] for c in level["children"]} == {"1"}


def test_the_four_empty_nodes_tell_the_frame(scene: Scene) -> None:
    told = {name: scene.nodes[name]["translation"] for name in ("origin", "east", "north", "up")}
    assert told == {"origin": [0, 0, 0], "east": [1, 0, 0], "north": [0, 0, -1], "up": [0, 1, 0]}


def _floor_area(scene: Scene, name: str, inside: Polygon) -> float:
    """Square metres of the floor's triangles whose middle lies in ``inside``."""
    node = scene.nodes[name]
    primitive = scene.document["meshes"][node["mesh"]]["primitives"][0]
    corners = scene.points(name)[read_accessor(scene.document, scene.binary, primitive["indices"]).ravel().astype(int)]
    total = 0.0
    for a, b, c in corners.reshape(-1, 3, 3):
        middle = (a + b + c) / 3
        if inside.contains(Point(middle[0], middle[1])):
            turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
            assert turn > 0, "a floor must face upwards"
            total += turn / 2
    return total


def test_floors_cover_the_level_less_voids_and_wells(scene: Scene) -> None:
    whole = PLAN.levels[0].outline
    assert isinstance(whole, Polygon)
    assert _floor_area(scene, "0/floor", whole) == pytest.approx(whole.area, abs=0.1)
    assert _floor_area(scene, "1/floor", box(0, 0, 7, 6)) == pytest.approx(42, abs=0.1)
    assert _floor_area(scene, "1/floor", box(0, 6, 7, 9)) == 0


def _walled(scene: Scene, at: tuple[float, float]) -> bool:
    """Whether a wall of the ground floor stands over this point at door height."""
    node = scene.nodes["0/walls"]
    primitive = scene.document["meshes"][node["mesh"]]["primitives"][0]
    corners = scene.points("0/walls")[
        read_accessor(scene.document, scene.binary, primitive["indices"]).ravel().astype(int)
    ].reshape(-1, 3, 3)
    tops = [Polygon(t[:, :2]) for t in corners if np.ptp(t[:, 2]) < 1e-3 and t[:, 2].min() > 0.5]
    return any(top.buffer(1e-3).contains(Point(at)) for top in tops)


@pytest.mark.parametrize(("at", "stands"), [((3, 6), True), ((1.5, 6), False), ((5.6, 6), False), ((4, 8), True)])
def test_doorways_are_cut_through_walls(scene: Scene, at: tuple[float, float], stands: bool) -> None:
    assert _walled(scene, at) is stands


def test_stairs_reach_the_next_floor(scene: Scene) -> None:
    ways = [name for name in scene.nodes if name.startswith("0/ways-")]
    assert ways == ["0/ways-flight-14", "0/ways-landing"]
    assert scene.nodes["0/ways-flight-14"]["extras"]["connector_ids"] == ["way", "way"]
    assert scene.points("0/ways-flight-14")[:, 2].tolist() == pytest.approx([0.0, 2.25])
    assert all(4 <= x <= 7 and 6 <= y <= 9 for x, y, _ in scene.points("0/ways-flight-14"))


def test_one_level_alone_holds_only_its_own(scene: Scene) -> None:
    upper = build_twin(PLAN, 1)
    assert upper.levels == (1,)
    assert Scene(upper.data).extras("range_ids") == ["upstairs"]
    assert upper.data != build_twin(PLAN, 0).data
    with pytest.raises(TwinModelError, match="no level 7; the levels are 0, 1"):
        build_twin(PLAN, 7)


def test_a_shut_door_is_a_small_delta() -> None:
    shut = with_shut_door(PLAN, "office door")
    change = delta(PLAN, shut)
    assert (change.old, change.new, change.rebuilt) == (PLAN.revision, shut.revision, False)
    assert (change.removed, change.changed, change.added) == ((), ("0/doors-door",), ("0/doors-shut",))
    assert change.glb is not None
    assert len(change.glb) < len(build_twin(shut).data) / 4
    fresh = Scene(change.glb)
    assert fresh.nodes["0/doors-shut"]["extras"]["opening_ids"] == ["office door"]
    assert validate(change.glb) == [f"NODE_EMPTY /nodes/{i}: Empty node encountered." for i in range(4)]
    assert json.dumps(change.to_json())


def test_deltas_of_nothing_of_less_and_of_another_height() -> None:
    same = delta(PLAN, build_marker())
    assert (same.removed, same.changed, same.added, same.rebuilt, same.glb) == ((), (), (), False, None)
    bare = delta(PLAN, with_faces(PLAN, ()))
    assert bare.removed == ("0/shelves-3", "1/shelves-2")
    assert bare.added == ("0/things-cabinet",), "a body without faces is drawn as a thing"
    low, high = PLAN.levels
    raised = seal_plan(replace(PLAN, levels=(low, replace(high, elevation_m=5.0))))
    assert delta(PLAN, raised).rebuilt


def test_absurd_plans_still_give_a_file() -> None:
    nothing = Plan("r", {}, "en", PLAN.origin, (), ())
    assert Scene(build_twin(nothing).data).extras("range_ids") == []
    low, _ = PLAN.levels
    bare = replace(nothing, levels=(low,))
    assert validate(build_twin(bare).data) == [f"NODE_EMPTY /nodes/{i}: Empty node encountered." for i in range(4)]
    dot = replace(PLAN.openings[1], id="dot", line=LineString([(1, 6), (1, 6)]))
    far = replace(PLAN.faces[0], range_id="far", start=(9000.0, 1.0), end=(9003.0, 1.0), bays=4000)
    odd = seal_plan(replace(PLAN, openings=(dot,), faces=(far,)))
    assert Scene(build_twin(odd).data).extras("range_ids") == ["far"]


def test_a_real_venue(shared: Path) -> None:
    from spatial.read_imdf import read_imdf

    plan = read_imdf(shared / "data" / "imdf" / "CPC4").plan
    data = build_twin(plan).data
    assert [m for m in validate(data) if not m.startswith("NODE_EMPTY")] == []
    real = Scene(data)
    assert set(real.extras("unit_ids")) == {u.id for u in plan.units}
    assert set(real.extras("opening_ids")) == {o.id for o in plan.openings}


def test_every_model_is_closed_in_itself() -> None:
    names = ("door", "double", "passage", "exit", "shut", "lift", "escalator", "kiosk", "round", "flight-0", "flight-9")
    for name in (*names, "shelf-3-900-1000"):
        for surface in build_model(name).values():
            assert np.allclose(np.linalg.norm(surface.normals, axis=1), 1.0)
            a, b, c = (surface.points[surface.triangles[:, k]] for k in range(3))
            facing = np.cross(b - a, c - a)
            assert ((facing * surface.normals[surface.triangles[:, 0]]).sum(axis=1) > 0).all(), name


def test_pictures_are_the_ones_that_the_code_draws() -> None:
    """Pixels, not bytes: zlib may pack them otherwise."""
    for file, picture in ((pick_signs(range(len(ICONS))), draw_signs()), (read_spines(), draw_spines())):
        held = _pixels(file)
        assert (held[: len(picture)] == picture[: len(held)]).all()
        assert not held[len(picture) :].any()
    few = _pixels(pick_signs((2, 5)))
    assert (few == draw_signs()[np.r_[2 * CELL : 3 * CELL, 5 * CELL : 6 * CELL]]).all()
    with Image.open(io.BytesIO(draw_signs_of(PLAN.amenities))) as image:
        image.verify()
    assert len(sign_colors()) <= 256
    assert set(SAME.values()) <= set(ICONS)
    assert find_icon("restroom.male") != find_icon("restroom") == find_icon("restroom.transgender")
    assert find_icon("unheard.of") == find_icon("other")


def _pixels(png: bytes) -> Any:
    import struct
    import zlib

    at, width, height, data = 8, 0, 0, b""
    while at < len(png):
        size, kind = struct.unpack_from(">I4s", png, at)
        body = png[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width, height = struct.unpack_from(">II", body)
        data += body if kind == b"IDAT" else b""
        at += 12 + size
    rows = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, width + 1)
    assert (rows[:, 0] == 0).all()
    return rows[:, 1:]


def test_a_packed_file_is_smaller_and_reads_the_same() -> None:
    data = build_twin(PLAN).data
    try:
        packed = pack_twin(data)
    except PackError as missing:
        pytest.skip(str(missing))
    assert len(packed) < len(data)
    for small, whole in zip(run_node("places.mjs", stdin=packed), run_node("places.mjs", stdin=data), strict=True):
        assert small[:3] == whole[:3]
        assert np.abs(np.subtract(small[3:], whole[3:])).max() <= 1  # millimetres


def test_five_hundred_shelves_with_doors_stairs_and_signs_are_small() -> None:
    plan = build_plan(500)
    data = build_twin(plan).data
    assert len(data) <= 100_000
    assert [m for m in validate(data) if "NODE_EMPTY" not in m] == []
    try:
        packed = pack_twin(data)
    except PackError as missing:
        pytest.skip(str(missing))
    assert len(packed) <= 40_000
    assert {name for name in validate(packed) if name.startswith("ACCESSOR")} == set()
    read = run_node("places.mjs", stdin=packed)
    assert sum(copies for name, _, copies, *_ in read if "shelf" in name or "shelves" in name) >= 500
    assert {face.range_id for face in plan.faces} <= set(Scene(packed).extras("range_ids"))


def test_packing_without_the_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "meshoptimizer", None)
    with pytest.raises(PackError, match=r"extra \[pack\]"):
        pack_twin(build_twin(PLAN).data)
