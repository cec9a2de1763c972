"""A building that is alike in no direction: what is east of its shelf is not west of it, nor north, nor above.

``python -m tests.assets.marker`` writes ``tests/golden/gltf/marker.glb``, which the tests of the pages (and of Unity)
read too.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from shapely.geometry import LineString, Polygon, box

from assets.twin import build_twin
from spatial.plan import Amenity, Connector, Fixture, Kiosk, Level, Opening, Origin, Plan, ShelfFace, Stop, Unit
from spatial.twin_file import seal_plan

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "gltf" / "marker.glb"
LOW, HIGH = "G", "U"
FOOT = Polygon([(0, 0), (12, 0), (12, 5), (7, 5), (7, 9), (0, 9)])


def _unit(key: str, level: str, category: str, shape: Polygon) -> Unit:
    spot = shape.representative_point()
    return Unit(key, level, category, {"en": key}, {}, None, (), shape, (spot.x, spot.y))


def _face(key: str, level: str, start: tuple[float, float], end: tuple[float, float], bays: int) -> ShelfFace:
    return ShelfFace(key, key, level, "ddc", "000", "999", "0", "9", "", bays, start, end)


def build_marker() -> Plan:
    """An L-shaped ground floor with one shelf that faces south, one that faces west, and a floor 4.5 m above it."""
    body = Fixture("body", LOW, "furniture", {"en": "Shelf"}, {}, box(2, 4, 5, 4.6))
    return seal_plan(
        Plan(
            "",
            {"en": "Marker", "zh": "标记"},
            "en",
            Origin(31.0, 121.0, 10.0),
            (
                Level(LOW, 0, {"en": "Ground"}, {"en": "G"}, 0.0, False, FOOT),
                Level(HIGH, 1, {"en": "Upper"}, {"en": "U"}, 4.5, False, box(0, 0, 7, 9)),
            ),
            (
                _unit("hall", LOW, "library", Polygon([(0, 0), (12, 0), (12, 5), (7, 5), (7, 6), (0, 6)])),
                _unit("office", LOW, "office", box(0, 6, 4, 9)),
                _unit("well", LOW, "stairs", box(4, 6, 7, 9)),
                _unit("upper hall", HIGH, "library", box(0, 0, 7, 6)),
                _unit("void", HIGH, "opentobelow", box(0, 6, 4, 9)),
                _unit("upper well", HIGH, "stairs", box(4, 6, 7, 9)),
            ),
            openings=(
                Opening("front", LOW, "pedestrian.principal", (), (), None, None, {}, LineString([(12, 1), (12, 3)])),
                Opening("office door", LOW, "pedestrian", (), (), None, None, {}, LineString([(1, 6), (2, 6)])),
                Opening("well door", LOW, "pedestrian", (), (), None, None, {}, LineString([(5, 6), (6.2, 6)])),
                Opening("upper door", HIGH, "pedestrian", (), (), None, None, {}, LineString([(5, 6), (6.2, 6)])),
                Opening("exit", LOW, "emergencyexit", (), (), None, None, {}, LineString([(0, 1), (0, 2)])),
            ),
            fixtures=(
                body,
                Fixture("table", LOW, "furniture", {"en": "Reading table"}, {}, box(8, 1, 10, 2)),
                Fixture("odd", LOW, "stage", {}, {}, Polygon([(9, 3), (11, 3), (9, 4.5)])),
            ),
            kiosks=(Kiosk("kiosk", LOW, {"en": "Kiosk"}, {}, box(6, 1, 6.6, 1.5), (6.3, 1.25)),),
            amenities=(Amenity("lift", LOW, "elevator", (), {}, {}, (), None, None, (1.0, 5.0)),),
            connectors=(
                Connector(
                    "way", "stairs", {}, (Stop(LOW, "well", (5.5, 7)), Stop(HIGH, "upper well", (5.5, 7))), False
                ),
            ),
            faces=(
                _face("south face", LOW, (2, 4), (5, 4), 3),
                _face("north face", LOW, (5, 4.6), (2, 4.6), 3),
                _face("upstairs", HIGH, (6, 4.5), (6, 2.5), 2),
            ),
        )
    )


def with_shut_door(plan: Plan, opening_id: str) -> Plan:
    """The plan with this door out of service."""
    doors = tuple(replace(o, access_control=("outofservice",)) if o.id == opening_id else o for o in plan.openings)
    return seal_plan(replace(plan, openings=doors))


if __name__ == "__main__":
    GOLDEN.write_bytes(build_twin(build_marker()).data)
