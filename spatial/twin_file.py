"""The twin on disk: one JSON file in ``home/twin/`` that gives back exactly the plan that was saved.

The same JSON, without the revision, is what the revision is the hash of.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from shapely.geometry import LineString, MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from spatial.errors import TwinError
from spatial.plan import (
    Amenity,
    Connector,
    Fixture,
    Kiosk,
    Level,
    Occupant,
    Opening,
    Origin,
    Plan,
    Section,
    ShelfFace,
    Stop,
    Unit,
)

FORMAT = "shelfway-twin/1"
FILE = "plan.json"

_LISTS: dict[str, type] = {
    "levels": Level,
    "units": Unit,
    "openings": Opening,
    "fixtures": Fixture,
    "kiosks": Kiosk,
    "amenities": Amenity,
    "occupants": Occupant,
    "connectors": Connector,
    "faces": ShelfFace,
    "sections": Section,
}
_LATER = ("sections",)
"""Lists that twins written before 24 November 2026 lack."""


def seal_plan(plan: Plan) -> Plan:
    """The same plan with the revision that its content has. Call it after every ``replace`` of a plan."""
    text = json.dumps(_to_json(plan), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return replace(plan, revision=hashlib.sha256(text.encode()).hexdigest()[:16])


def with_faces(plan: Plan, faces: tuple[ShelfFace, ...]) -> Plan:
    """The plan with these shelf faces instead of its own, under its new revision."""
    return seal_plan(replace(plan, faces=faces))


def save_twin(plan: Plan, folder: Path) -> Path:
    """Write the plan into ``folder`` (made if absent) so that a reader sees the old file or the new one, never half."""
    folder.mkdir(parents=True, exist_ok=True)
    document = {"format": FORMAT, "revision": plan.revision, **_to_json(plan)}
    target, draft = folder / FILE, folder / f".{FILE}.{os.getpid()}"
    draft.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    os.replace(draft, target)
    return target


def load_twin(folder: Path) -> Plan:
    """The plan saved in ``folder``. Raises TwinError when there is none or it cannot be read."""
    path = folder / FILE
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise TwinError(f"{path} does not exist: import a venue first", where=str(path)) from error
    except (OSError, ValueError) as error:
        raise TwinError(
            f"{path} cannot be read as JSON ({type(error).__name__}): import the venue again", where=str(path)
        ) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise TwinError(f"{path} is not a {FORMAT} file: import the venue again", where=str(path))
    try:
        old: dict[str, Any] = {**dict.fromkeys(_LATER, ()), **document}
        lists = {key: tuple(_value(cls, item) for item in old[key]) for key, cls in _LISTS.items()}
        return Plan(
            revision=str(document["revision"]),
            name=document["name"],
            language=str(document["language"]),
            origin=Origin(**document["origin"]),
            hours=document.get("hours"),
            **lists,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TwinError(f"{path} is damaged ({error}): import the venue again", where=str(path)) from error


def _to_json(plan: Plan) -> dict[str, Any]:
    document: dict[str, Any] = {
        "name": dict(plan.name),
        "language": plan.language,
        "origin": {"lat": plan.origin.lat, "lon": plan.origin.lon, "rotation_deg": plan.origin.rotation_deg},
        "hours": plan.hours,
    }
    for key in _LISTS:
        document[key] = [_plain(item) for item in getattr(plan, key)]
    return document


def _plain(value: Any) -> Any:
    if isinstance(value, BaseGeometry):
        return mapping(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if hasattr(value, "items"):
        return dict(value)
    return value


def _value(cls: type, item: dict[str, Any]) -> Any:
    read: dict[str, Any] = {}
    for name, value in item.items():
        if isinstance(value, dict) and "coordinates" in value and "type" in value:
            geometry = shape(value)
            if not isinstance(geometry, Polygon | MultiPolygon | LineString):
                raise ValueError(f"{name} is a {geometry.geom_type}")
            read[name] = geometry
        elif name == "stops":
            read[name] = tuple(Stop(s["level_id"], s["unit_id"], _xy(s["point"])) for s in value)
        elif name == "bay_starts":
            read[name] = tuple((int(bay), str(low)) for bay, low in value)
        elif isinstance(value, list):
            read[name] = tuple(value)
        else:
            read[name] = value
    return cls(**read)


def _xy(pair: list[float]) -> tuple[float, float]:
    east, north = pair
    return float(east), float(north)
