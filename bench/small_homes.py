"""Makes the small libraries of ``bench/data/fresh``, which the engine was not made with, from tables and documents.

A library is a folder: ``rooms.csv`` and ``points.csv`` (metres, x east, y north), ``shelves.csv``, ``books.csv``,
``documents/`` and ``shelfway.toml``. They become an IMDF folder, a shelf list and MARC-in-JSON, and go through the same
imports that any library uses.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from server.commands.imports import import_catalogue, import_documents, import_shelves, import_venue

FRESH = Path(__file__).with_name("data") / "fresh"
LON, LAT = 118.5, 37.1
METRES_E, METRES_N = 88_900.0, 110_980.0
"""Of a degree, near LAT: both homes are small enough for a flat grid."""
_DOOR_M = 1.4
_COLUMNS = [
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
]
Row = dict[str, str]


def make_small_home(name: str, home: Path) -> None:
    """Make the library ``name`` of the fresh set at ``home``, an empty or missing folder."""
    source = FRESH / name
    made = home.with_name(f"{home.name}.source")
    (made / "imdf").mkdir(parents=True)
    home.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copy2(source / "shelfway.toml", home / "shelfway.toml")
        for file, content in build_venue(source).items():
            (made / "imdf" / file).write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        (made / "shelves.csv").write_text(build_shelves(source), "utf-8")
        (made / "books.json").write_text("\n".join(build_records(source)), "utf-8")
        import_venue(home, made / "imdf")
        import_shelves(home, made / "shelves.csv", None)
        import_catalogue(home, [made / "books.json"])
        import_documents(home, [source / "documents"])
    finally:
        shutil.rmtree(made, ignore_errors=True)


def identify(source: Path, kind: str, key: str) -> str:
    """The feature's UUID, made from its library and key: the same for ever."""
    return str(uuid5(NAMESPACE_URL, f"https://shelfway.example/{source.name}/{kind}/{key}"))


def build_venue(source: Path) -> dict[str, Any]:
    """File name → content of the IMDF folder."""
    rooms, points = _rows(source / "rooms.csv"), _rows(source / "points.csv")
    zh = source.name == "qinghe"
    name = {"zh": "清河县图书馆"} if zh else {"en": "Halloran Library of Law and Medicine"}
    outline, middle = _ring(0, 0, 30, 20), _at(15, 10)
    building = identify(source, "building", "main")
    shared = {"restriction": None, "alt_name": None, "display_point": middle}

    def feature(kind: str, key: str, geometry: object, **properties: object) -> dict[str, Any]:
        return {"id": identify(source, kind, key), "type": "Feature", "feature_type": kind, "geometry": geometry, "properties": properties}  # fmt: skip

    address = identify(source, "address", "main")
    features = [
        feature("address", "main", None, address="1", locality="-", province="CN-SD", country="CN", unit=None, postal_code=None, postal_code_ext=None),
        feature("venue", "main", outline, category="communitycenter", name=name, hours=None, phone=None, website=None, address_id=address, **shared),
        feature("building", "main", None, category="unspecified", name=name, address_id=address, **shared),
        feature("footprint", "main", outline, category="ground", name=None, building_ids=[building]),
    ]  # fmt: skip
    for n in (0, 1):
        long = {"zh": "一楼二楼"[2 * n : 2 * n + 2]} if zh else {"en": ("Ground Floor", "First Floor")[n]}
        short = {"zh": ("一楼", "二楼")[n]} if zh else {"en": ("G", "1F")[n]}
        features.append(feature("level", str(n), outline, category="unspecified", outdoor=False, ordinal=n, name=long, short_name=short,
                                address_id=None, building_ids=[building], restriction=None, display_point=middle))  # fmt: skip
    for row in rooms:
        x0, y0, x1, y1 = (float(row[c]) for c in ("x0", "y0", "x1", "y1"))
        level = identify(source, "level", row["level"])
        staff = "employeesonly" if row["category"] == "storage" else None
        features.append(feature("unit", row["key"], _ring(x0, y0, x1, y1), category=row["category"], restriction=staff, accessibility=None,
                                name=_named(row), alt_name=None, level_id=level, display_point=_at((x0 + x1) / 2, (y0 + y1) / 2)))  # fmt: skip
        if row["door"]:
            middle_x, y = (x0 + x1) / 2, y0 if row["door"] == "S" else y1
            features.append(_door(feature, row["key"], middle_x, y, level))
        if row["category"] == "lobby":
            side = {"type": "LineString", "coordinates": [_lonlat(x0, 9.2), _lonlat(x0, 10.8)]}
            features.append(feature("opening", "entrance", side, category="pedestrian.principal", accessibility=["wheelchair"], access_control=None,
                                    door=None, name=None, alt_name=None, display_point=_at(x0, 10), level_id=level))  # fmt: skip
    for row in points:
        features.append(feature("amenity", row["key"], _at(float(row["x"]), float(row["y"])), category=row["category"], accessibility=None,
                                name=_named(row), alt_name=None, hours=None, phone=None, website=None, unit_ids=[identify(source, "unit", row["room"])],
                                address_id=None, correlation_id=None))  # fmt: skip
    screen = {"zh": "问讯屏"} if zh else {"en": "Welcome Screen"}
    ground = identify(source, "level", "0")
    features.append(feature("kiosk", "screen", _ring(5.8, 9.0, 6.2, 9.4), name=screen, alt_name=None, anchor_id=None, level_id=ground, display_point=_at(6, 9.2)))  # fmt: skip
    for key, category in (("stairs", "stairs"), ("lift", "elevator")):
        ends = [{"id": identify(source, "unit", f"{key}.{n}"), "feature_type": "unit"} for n in (0, 1)]
        features.append(feature("relationship", key, None, category=category, direction="undirected", origin=ends[0], intermediary=None,
                                destination=ends[1], hours=None))  # fmt: skip
    language = "zh" if zh else "en"
    manifest = {
        "version": "1.0.0",
        "created": "2026-01-01T00:00:00Z",
        "generated_by": "bench",
        "language": language,
        "extensions": None,
    }
    files: dict[str, Any] = {"manifest.json": manifest}
    for kind in sorted({f["feature_type"] for f in features}):
        of_kind = [f for f in features if f["feature_type"] == kind]
        files[f"{kind}.geojson"] = {"type": "FeatureCollection", "features": of_kind}
    return files


def _door(feature: Any, key: str, x: float, y: float, level: str) -> dict[str, Any]:
    line = {"type": "LineString", "coordinates": [_lonlat(x - _DOOR_M / 2, y), _lonlat(x + _DOOR_M / 2, y)]}
    made: dict[str, Any] = feature("opening", key, line, category="pedestrian", accessibility=["wheelchair"], access_control=None,
                                   door=None, name=None, alt_name=None, display_point=_at(x, y), level_id=level)  # fmt: skip
    return made


def build_shelves(source: Path) -> str:
    """The shelf list of house rules as CSV text."""
    zh = source.name == "qinghe"
    lines = [",".join(_COLUMNS)]
    for row in _rows(source / "shelves.csv"):
        level = (("一楼", "二楼") if zh else ("G", "1F"))[int(row["level"])]
        ends = [
            f"{v:.9f}"
            for v in (*_lonlat(float(row["x0"]), float(row["y0"])), *_lonlat(float(row["x1"]), float(row["y1"])))
        ]
        lines.append(
            ",".join(
                [
                    row["label"],
                    row["label"],
                    level,
                    row["scheme"],
                    row["from"],
                    row["to"],
                    row["collection"],
                    row["bays"],
                    *ends,
                ]
            )
        )
    return "\n".join(lines) + "\n"


def build_records(source: Path) -> list[str]:
    """One MARC-in-JSON record a line."""
    return [json.dumps(_record(row), ensure_ascii=False) for row in _rows(source / "books.csv")]


def _record(row: Row) -> dict[str, Any]:
    clc = row["lang"] == "chi" or (row["class"][1:2].isdigit() and "." in row["class"] and row["cutter"].isdigit())
    date = f"s{row['year']}" if row["year"] else "nuuuu"
    fields: list[dict[str, Any]] = [
        {"001": row["id"]},
        {"008": f"260101{date}    xx{' ' * 18}{row['lang']} d".ljust(40)},
        _field("084" if clc else "050", " 4", a=row["class"], **({"2": "clc"} if clc else {})),
        _field("100", "1 ", a=row["author"]),
        _field("245", "10", a=row["title"], b=row["subtitle"]),
        _field("246", "3 ", a=row["other_title"]),
        _field("264", " 1", c=row["year"]),
        _field("520", "  ", a=row["summary"]),
        *(_field("650", " 7", a=s) for s in row["subjects"].split("|")),
        _field(
            "852",
            "7 " if clc else "0 ",
            b=row["location"] or "MAIN",
            h=row["class"],
            i=row["cutter"],
            p=row["id"],
            **({"2": "clc"} if clc else {}),
        ),
    ]
    kept = [f for f in fields if not isinstance(next(iter(f.values())), dict) or next(iter(f.values()))["subfields"]]
    return {"leader": "00000nam a2200000 i 4500", "fields": kept}


def _field(tag: str, marks: str, **parts: str) -> dict[str, Any]:
    return {
        tag: {"ind1": marks[0], "ind2": marks[1], "subfields": [{code: text} for code, text in parts.items() if text]}
    }


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _named(row: Row) -> dict[str, str] | None:
    return {lang: row[lang] for lang in ("en", "zh") if row[lang]} or None


def _lonlat(x: float, y: float) -> list[float]:
    return [round(LON + x / METRES_E, 9), round(LAT + y / METRES_N, 9)]


def _at(x: float, y: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": _lonlat(x, y)}


def _ring(x0: float, y0: float, x1: float, y1: float) -> dict[str, Any]:
    return {
        "type": "Polygon",
        "coordinates": [[_lonlat(*p) for p in ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))]],
    }
