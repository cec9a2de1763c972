"""Makes small venues for the tests: drawn in metres, written as IMDF, or given directly as a plan."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from spatial.frames import Frame
from spatial.plan import Origin, Plan
from spatial.read_imdf import read_imdf
from spatial.venue import VenueRead

ORIGIN = Origin(lat=31.23, lon=121.47)


def new_id(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"shelfway-test:{name}"))


def box(x0: float, y0: float, x1: float, y1: float) -> list[tuple[float, float]]:
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]


class Venue:
    """An IMDF archive in the making. Features are named; ids follow from names."""

    def __init__(self) -> None:
        self.frame = Frame(ORIGIN)
        self.files: dict[str, list[dict[str, Any]]] = {}
        self.manifest: dict[str, Any] | None = {"version": "1.0.0", "created": "2026-01-01T00:00:00Z", "language": "en"}
        self.add("address", "address", None, address="1 Book Street", locality="Town", country="CN")
        self.add("building", "building", None, category="unspecified", name={"en": "Library"})
        self.add(
            "venue",
            "venue",
            self.area([box(-50, -50, 100, 100)]),
            category="university",
            name={"en": "Test Library", "zh": "测试图书馆"},
            display_point=self.point((0, 0)),
            address_id=new_id("address"),
        )

    def add(self, kind: str, key: str, geometry: Any, /, **properties: Any) -> dict[str, Any]:
        feature = {
            "type": "Feature",
            "id": new_id(key),
            "feature_type": kind,
            "geometry": geometry,
            "properties": properties,
        }
        self.files.setdefault(kind, []).append(feature)
        return feature

    def lonlat(self, points: list[tuple[float, float]]) -> list[list[float]]:
        return [list(self.frame.to_lonlat(*p)) for p in points]

    def area(self, rings: list[list[tuple[float, float]]]) -> dict[str, Any]:
        return {"type": "Polygon", "coordinates": [self.lonlat(ring) for ring in rings]}

    def point(self, xy: tuple[float, float]) -> dict[str, Any]:
        return {"type": "Point", "coordinates": self.lonlat([xy])[0]}

    def level(self, ordinal: int, short: str, name: str, ring: list[tuple[float, float]] | None = None, **more: Any):
        return self.add(
            "level",
            f"level{ordinal}",
            self.area([ring or box(-1, -1, 41, 31)]),
            category="unspecified",
            ordinal=ordinal,
            outdoor=False,
            name={"en": name, "zh": more.pop("zh", name)},
            short_name={"en": short},
            building_ids=[new_id("building")],
            **more,
        )

    def unit(
        self,
        name: str,
        ordinal: int,
        ring: list[tuple[float, float]],
        category: str = "room",
        labels: Any = None,
        **more: Any,
    ) -> dict[str, Any]:
        return self.add(
            "unit",
            name,
            self.area([ring]),
            category=category,
            level_id=new_id(f"level{ordinal}"),
            name=labels,
            restriction=more.pop("restriction", None),
            accessibility=None,
            display_point=None,
            **more,
        )

    def opening(self, name: str, ordinal: int, a: tuple[float, float], b: tuple[float, float], **more: Any):
        return self.add(
            "opening",
            name,
            {"type": "LineString", "coordinates": self.lonlat([a, b])},
            category=more.pop("category", "pedestrian"),
            level_id=new_id(f"level{ordinal}"),
            door=more.pop("door", None),
            access_control=more.pop("access_control", None),
            name=None,
            **more,
        )

    def fixture(self, name: str, ordinal: int, ring: list[tuple[float, float]], category: str = "furniture"):
        return self.add(
            "fixture", name, self.area([ring]), category=category, level_id=new_id(f"level{ordinal}"), name=None
        )

    def amenity(self, name: str, unit: str, at: tuple[float, float], category: str, labels: Any = None, **more: Any):
        return self.add(
            "amenity", name, self.point(at), category=category, unit_ids=[new_id(unit)], name=labels, **more
        )

    def occupant(self, name: str, unit: str, at: tuple[float, float], labels: Any):
        self.add("anchor", f"anchor of {name}", self.point(at), unit_id=new_id(unit), address_id=None)
        return self.add(
            "occupant", name, None, category="library", name=labels, anchor_id=new_id(f"anchor of {name}"), hours=None
        )

    def relationship(self, name: str, category: str, direction: str, *units: str):
        ends = [{"id": new_id(u), "feature_type": "unit"} for u in units]
        return self.add(
            "relationship",
            name,
            None,
            category=category,
            direction=direction,
            origin=ends[0],
            intermediary=ends[1:-1] or None,
            destination=ends[-1],
            hours=None,
        )

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        if self.manifest is not None:
            (folder / "manifest.json").write_text(json.dumps(self.manifest), encoding="utf-8")
        for kind, features in self.files.items():
            document = {"type": "FeatureCollection", "name": kind, "features": features}
            (folder / f"{kind}.geojson").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        return folder

    def read(self, folder: Path) -> VenueRead:
        return read_imdf(self.write(folder))

    def plan(self, folder: Path) -> Plan:
        return self.read(folder).plan


def two_floors() -> Venue:
    """Two floors of 40 × 30 m: a hall, two rooms along the north side, stairs and a lift in the hall's east end.

    Doors: hall–room A at x = 5…6.2, hall–room B at x = 25…26.2 (y = 20), stairs and lift to the hall at x = 34.
    """
    v = Venue()
    for ordinal, short, name, zh in ((0, "G", "Ground floor", "一层"), (1, "1", "Level 1", "二层")):
        v.level(ordinal, short, name, zh=zh)
        v.unit(f"hall{ordinal}", ordinal, box(0, 0, 34, 20), "lobby", {"en": f"Hall {short}", "zh": f"{zh}大厅"})
        v.unit(f"a{ordinal}", ordinal, box(0, 20, 20, 30), "library", {"en": f"Room A{ordinal}", "zh": f"{zh}甲室"})
        v.unit(f"b{ordinal}", ordinal, box(20, 20, 40, 30), "room", {"en": f"Room B{ordinal}", "zh": f"{zh}乙室"})
        v.unit(f"stairs{ordinal}", ordinal, box(34, 0, 40, 8), "stairs")
        v.unit(f"lift{ordinal}", ordinal, box(34, 12, 37, 15), "elevator")
        v.opening(f"door a{ordinal}", ordinal, (5, 20), (6.2, 20))
        v.opening(f"door b{ordinal}", ordinal, (25, 20), (26.2, 20))
        v.opening(f"door stairs{ordinal}", ordinal, (34, 3), (34, 5))
        v.opening(f"door lift{ordinal}", ordinal, (34, 13), (34, 14))
    v.opening("entrance", 0, (0, 9), (0, 11), category="pedestrian.principal")
    v.amenity("toilet0", "a0", (2, 28), "restroom", {"en": "Toilets", "zh": "洗手间"})
    v.amenity("fountain1", "b1", (38, 28), "drinkingfountain", {"en": "Drinking fountain", "zh": "饮水机"})
    v.occupant("cafe", "b0", (30, 25), {"en": "Café Page", "zh": "书页咖啡"})
    return v
