"""Writes the demo library as an IMDF 1.0.0 venue (OGC 20-094) and its shelf list."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from shapely.geometry import LineString, Point, Polygon, mapping
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from demo.doors import build_doors
from demo.drawing import LEVEL_NAME, LEVEL_SHORT, ORDINALS, Drawing, Room, block, room_point
from demo.frame import DEPTH_M, WIDTH_M, to_earth, to_lonlat
from demo.furniture import build_stands, build_things
from demo.rooms import build_rooms
from demo.shelving import build_faces
from demo.spots import build_spots, build_zones

NAME = {"en": "Shelfway Demo Library", "zh": "书径示范图书馆"}
HOURS = "Mo-Su 09:00-21:00; PH 10:00-18:00"
PHONE = "+8657100000100"
CREATED = "2025-01-01T00:00:00Z"
SPACE = uuid5(NAMESPACE_URL, "https://shelfway.example/demo")

Feature = dict[str, Any]


def identify(kind: str, key: str) -> str:
    """The feature's UUID: the same for ever, since it is made from its key."""
    return str(uuid5(SPACE, f"{kind}/{key}"))


def build_drawing() -> Drawing:
    """The whole building in metres."""
    return Drawing(build_rooms(), build_doors(), build_things(), build_stands(), build_spots(), build_zones())


def _labels(en: str, zh: str) -> dict[str, str] | None:
    return {"en": en, "zh": zh} if en else None


def _geometry(shape: BaseGeometry) -> dict[str, Any]:
    if isinstance(shape, Polygon):
        shape = orient(shape)
    return json.loads(json.dumps(mapping(to_earth(shape))))  # type: ignore[no-any-return]


def _point(at: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Point", "coordinates": list(to_lonlat(*at))}


def _feature(kind: str, key: str, geometry: dict[str, Any] | None, **properties: Any) -> Feature:
    return {
        "id": identify(kind, key),
        "type": "Feature",
        "feature_type": kind,
        "geometry": geometry,
        "properties": properties,
    }


def build_venue() -> dict[str, Any]:
    """File name → content of the IMDF folder."""
    drawing = build_drawing()
    outline = _geometry(block(0, 0, WIDTH_M, DEPTH_M))
    middle = _point((WIDTH_M / 2, DEPTH_M / 2))
    address, building = identify("address", "main"), identify("building", "main")
    features: list[Feature] = [
        _feature(
            "address",
            "main",
            None,
            address="书径路1号 (1 Shujing Road, fictional)",
            unit=None,
            locality="杭州市",
            province="CN-ZJ",
            country="CN",
            postal_code=None,
            postal_code_ext=None,
            postal_code_vanity=None,
        ),
        _feature(
            "venue",
            "main",
            _geometry(block(-4, -8, WIDTH_M + 4, DEPTH_M + 4)),
            category="communitycenter",
            restriction=None,
            name=NAME,
            alt_name=None,
            hours=HOURS,
            phone=PHONE,
            website=None,
            display_point=middle,
            address_id=address,
        ),
        _feature(
            "building",
            "main",
            None,
            category="unspecified",
            restriction=None,
            name=NAME,
            alt_name=None,
            display_point=middle,
            address_id=address,
        ),
        _feature("footprint", "main", outline, category="ground", name=None, building_ids=[building]),
    ]
    for n in ORDINALS:
        features.append(
            _feature(
                "level",
                str(n),
                outline,
                category="unspecified",
                restriction=None,
                outdoor=False,
                ordinal=n,
                name=LEVEL_NAME[n],
                short_name=LEVEL_SHORT[n],
                display_point=middle,
                address_id=None,
                building_ids=[building],
            )
        )
    features += _floor_features(drawing) + _point_features(drawing) + _relationships()
    kinds = sorted({feature["feature_type"] for feature in features})
    files: dict[str, Any] = {
        "manifest.json": {
            "version": "1.0.0",
            "created": CREATED,
            "generated_by": "Shelfway demo",
            "language": "en",
            "extensions": None,
        }
    }
    for kind in kinds:
        rows = [feature for feature in features if feature["feature_type"] == kind]
        files[f"{kind}.geojson"] = {"type": "FeatureCollection", "features": rows}
    return files


def _floor_features(drawing: Drawing) -> list[Feature]:
    """What has an area or a line on a level."""
    out = []
    for room in drawing.rooms:
        point = room.label_at or _free_point(room.shape, _bodies_in(drawing, room))
        out.append(
            _feature(
                "unit",
                room.key,
                _geometry(room.shape),
                category=room.category,
                restriction=room.restriction,
                accessibility=list(room.accessibility) or None,
                name=_labels(room.en, room.zh),
                alt_name=_labels(*room.alt) if room.alt else None,
                level_id=identify("level", str(room.ordinal)),
                display_point=_point(point),
            )
        )
    for door in drawing.doors:
        leaf = {"type": door.kind, "automatic": door.automatic, "material": door.material}
        out.append(
            _feature(
                "opening",
                door.key,
                _geometry(LineString([door.a, door.b])),
                category=door.category,
                accessibility=["wheelchair"]
                if _length(door.a, door.b) >= 0.9
                and door.category != "emergencyexit"
                and not door.key.startswith(("stairs", "escalator"))
                else None,
                access_control=list(door.access) or None,
                door=leaf,
                name=_labels(door.en, door.zh),
                alt_name=None,
                display_point=_point(((door.a[0] + door.b[0]) / 2, (door.a[1] + door.b[1]) / 2)),
                level_id=identify("level", str(door.ordinal)),
            )
        )
    for thing in drawing.things:
        out.append(
            _feature(
                "fixture",
                thing.key,
                _geometry(thing.shape),
                category=thing.category,
                name=_labels(thing.en, thing.zh),
                alt_name=None,
                anchor_id=None,
                level_id=identify("level", str(thing.ordinal)),
                display_point=None,
            )
        )
    for stand in drawing.stands:
        out.append(
            _feature(
                "kiosk",
                stand.key,
                _geometry(stand.shape),
                name=_labels(stand.en, stand.zh),
                alt_name=_labels(*stand.alt) if stand.alt else None,
                anchor_id=None,
                level_id=identify("level", str(stand.ordinal)),
                display_point=_point((stand.shape.centroid.x, stand.shape.centroid.y)),
            )
        )
    for zone in drawing.zones:
        out.append(
            _feature(
                "section",
                zone.key,
                _geometry(zone.shape),
                category=zone.category,
                restriction=None,
                accessibility=None,
                name=_labels(zone.en, zone.zh),
                alt_name=None,
                display_point=_point((zone.shape.centroid.x, zone.shape.centroid.y)),
                address_id=None,
                correlation_id=None,
                parents=None,
                level_id=identify("level", str(zone.ordinal)),
            )
        )
    return out


def _point_features(drawing: Drawing) -> list[Feature]:
    """Amenities, and for each room known by name an anchor with its occupant."""
    out = []
    for spot in drawing.spots:
        out.append(
            _feature(
                "amenity",
                spot.key,
                _point(spot.at),
                category=spot.category,
                accessibility=list(spot.accessibility) or None,
                name=_labels(spot.en, spot.zh),
                alt_name=_labels(*spot.alt) if spot.alt else None,
                hours=None,
                phone=None,
                website=None,
                unit_ids=[identify("unit", spot.room)],
                address_id=None,
                correlation_id=identify("group", spot.group) if spot.group else None,
            )
        )
    for room in drawing.rooms:
        if not room.occupied:
            continue
        at = _free_point(room.shape, _bodies_in(drawing, room))
        out.append(_feature("anchor", room.key, _point(at), address_id=None, unit_id=identify("unit", room.key)))
        out.append(
            _feature(
                "occupant",
                room.key,
                None,
                name=_labels(room.en, room.zh),
                category=room.occupant_category,
                anchor_id=identify("anchor", room.key),
                hours=room.hours,
                phone=None,
                website=None,
                validity=None,
                correlation_id=None,
            )
        )
    return out


def _bodies_in(drawing: Drawing, room: Room) -> list[Polygon]:
    """The furniture of a room."""
    bodies = [*drawing.things, *drawing.stands]
    return [body.shape for body in bodies if body.ordinal == room.ordinal and body.shape.intersects(room.shape)]


def _free_point(room: Polygon, taken: list[Polygon]) -> tuple[float, float]:
    """The point of a half-metre grid nearest the room's middle that has free floor around it, else that middle."""
    x, y = room_point(room)
    free = room.buffer(-0.8)
    for shape in taken:
        free = free.difference(shape.buffer(0.7))
    x0, y0, x1, y1 = room.bounds
    grid = [
        (x0 + 0.5 * i, y0 + 0.5 * j)
        for i in range(int((x1 - x0) * 2) + 1)
        for j in range(int((y1 - y0) * 2) + 1)
        if free.contains(Point(x0 + 0.5 * i, y0 + 0.5 * j))
    ]
    return min(grid, key=lambda p: (round((p[0] - x) ** 2 + (p[1] - y) ** 2, 6), p), default=(x, y))


def _length(a: tuple[float, float], b: tuple[float, float]) -> float:
    return ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5


def _relationships() -> list[Feature]:
    """How units are joined across levels."""

    def unit(key: str) -> dict[str, str]:
        return {"id": identify("unit", key), "feature_type": "unit"}

    out = [
        _feature(
            "relationship",
            key,
            None,
            category=category,
            direction="undirected",
            origin=unit(f"{key}.0"),
            intermediary=[unit(f"{key}.1")],
            destination=unit(f"{key}.2"),
            hours=None,
        )
        for key, category in (("stairs.main", "stairs"), ("stairs.east", "stairs"), ("lift", "elevator"))
    ]
    out.append(
        _feature(
            "relationship",
            "escalator",
            None,
            category="escalator",
            direction="directed",
            origin=unit("escalator.0"),
            intermediary=None,
            destination=unit("escalator.1"),
            hours=None,
        )
    )
    return out


COLUMNS = (
    "range_id",
    "label",
    "level",
    "scheme",
    "from",
    "to",
    "collection",
    "bays",
    "start_lon",
    "start_lat",
    "end_lon",
    "end_lat",
    "area",
)


def write_shelf_list() -> str:
    """The shelf list of house rules: one row per face, as CSV text."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for face in build_faces():
        ends = [f"{value:.9f}" for value in (*to_lonlat(*face.start), *to_lonlat(*face.end))]
        rows.writerow(
            [
                face.label,
                face.label,
                LEVEL_SHORT[face.ordinal]["en"],
                face.scheme,
                face.first,
                face.last,
                face.collection,
                face.bays,
                *ends,
                face.area,
            ]
        )
    return out.getvalue()
