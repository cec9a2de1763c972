"""Makes the building as a glTF file: time, bytes, and how long three.js takes to read it.

``python bench/twin.py`` prints one JSON document. The building is made here: one floor of 80 × 50 m with forty rooms,
a door to each, two stairwells, signs, and 500 (or, for reading, 5,000) shelf faces. Every file is checked while it is
measured: all faces must stand in its ``extras``.
"""

from __future__ import annotations

import gzip
import json
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from shapely.geometry import LineString, Polygon, box

from assets.glb_container import unpack_glb
from assets.twin import build_twin
from assets.twin_pack import PackError, pack_twin
from spatial.plan import Amenity, Connector, Level, Opening, Origin, Plan, ShelfFace, Stop, Unit
from spatial.twin_file import seal_plan

ROOT = Path(__file__).resolve().parents[1]
RUNS = 9
SIGNS = ("restroom.female", "restroom.male", "drinkingfountain", "elevator", "stairs", "information", "copymachine")


def build_plan(faces: int) -> Plan:
    """A floor with a band of forty rooms to the north, a hall with the shelves, and a storey above it."""
    width, depth = 80.0, 50.0 * max(1.0, faces / 500)
    levels = (
        Level("L0", 0, {"en": "Ground"}, {"en": "L1"}, 0.0, False, box(0, 0, width, depth)),
        Level("L1", 1, {"en": "Gallery"}, {"en": "L2"}, 4.0, False, box(0, depth - 10, 20, depth)),
    )
    units, openings, amenities, shelves = [], [], [], []

    def add_unit(key: str, category: str, shape: Polygon, level: str = "L0") -> None:
        point = shape.representative_point()
        units.append(Unit(key, level, category, {"en": key}, {}, None, (), shape, (point.x, point.y)))

    add_unit("hall", "library", box(0, 0, width, depth - 10))
    for i in range(38):
        x0, y0 = 4.0 * (i % 19), depth - 10 + 5.0 * (i // 19)
        add_unit(f"room-{i}", "office" if i % 3 else "conferenceroom", box(x0, y0, x0 + 4, y0 + 5))
        y = depth - 10 if i < 19 else depth - 5
        openings.append(_door(f"door-{i}", x0 + 1, y, x0 + 2.0 + 0.2 * (i % 2), y))
        amenities.append(Amenity(f"sign-{i}", "L0", SIGNS[i % 7], (), {}, {}, (), None, None, (x0 + 2, y0 + 2.5)))
    for k, x in enumerate((76.0, 78.0)):
        add_unit(f"stairs-{k}", "stairs", box(x, depth - 10, x + 2, depth))
        openings.append(_door(f"stair-door-{k}", x + 0.4, depth - 10, x + 1.6, depth - 10))
    add_unit("gallery", "library", box(0, depth - 10, 20, depth), "L1")
    stops = (Stop("L0", "stairs-0", (77, depth - 9)), Stop("L1", "gallery", (10, depth - 5)))
    connectors = (Connector("way", "stairs", {}, stops, False),)
    rows = (depth - 14) / max(1, faces // 20)
    for i in range(faces):
        pair, side, column = (i // 2) % (faces // 20), i % 2, i // (2 * (faces // 20))
        x, y = 2.0 + 7.7 * column, 2.0 + rows * 1.0 * pair + 0.6 * side
        ends = ((x, y), (x + 6.3, y)) if side == 0 else ((x + 6.3, y), (x, y))
        shelves.append(
            ShelfFace(f"{column:02}-{pair:03}{'AB'[side]}", "", "L0", "ddc", "000", "999", "0", "9", "", 7, *ends)
        )
    plan = Plan(
        "", {"en": "Bench"}, "en", Origin(30.0, 120.0), levels, tuple(units), tuple(openings),
        amenities=tuple(amenities), connectors=connectors, faces=tuple(shelves),
    )  # fmt: skip
    return seal_plan(plan)


def _door(key: str, x0: float, y0: float, x1: float, y1: float) -> Opening:
    return Opening(key, "L0", "pedestrian", (), (), None, None, {}, LineString([(x0, y0), (x1, y1)]))


def measure() -> dict[str, Any]:
    """All figures."""
    small, large = build_plan(500), build_plan(5000)
    found: dict[str, Any] = {}
    for name, plan in (("500", small), ("5000", large)):
        data = build_twin(plan).data
        document, _ = unpack_glb(data)
        named = {r for node in document["nodes"] for r in node.get("extras", {}).get("range_ids", ())}
        assert named == {face.range_id for face in plan.faces}
        times = []
        for _ in range(RUNS):
            begun = time.perf_counter()
            assert build_twin(plan).data == data
            times.append(1000 * (time.perf_counter() - begun))
        found[name] = {"build_ms": round(statistics.median(times), 1), "bytes": len(data)}
        found[name]["bytes_sent"] = len(gzip.compress(data, 6))
        found[name]["three_parse_ms"] = _parse_ms(data, len(plan.faces))
    try:
        packed = pack_twin(build_twin(small).data)
        found["500"] |= {"packed_bytes": len(packed), "packed_bytes_sent": len(gzip.compress(packed, 6))}
    except PackError:
        found["500"]["packed_bytes"] = None
    return found


def _parse_ms(data: bytes, shelves: int) -> float | None:
    """Milliseconds of three.js for one file, the median of several; None without Node or its packages."""
    node, script = shutil.which("node"), ROOT / "web" / "tests" / "gltf" / "parse.mjs"
    if node is None or not (ROOT / "web" / "node_modules" / "three").is_dir():
        return None
    done = subprocess.run([node, str(script)], input=data, capture_output=True, check=True)
    told = json.loads(done.stdout)
    assert told["shelves"] == shelves
    return float(told["parse_ms"])


def main() -> int:
    """Print the figures."""
    print(json.dumps(measure(), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
