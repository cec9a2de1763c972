"""The features of an IMDF archive as checked JSON: every later reader may rely on ids, properties and references.

A feature is dropped, with a fault that names it, when it is not a feature of its file's type or repeats an id.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from spatial.archive import MANIFEST
from spatial.plan import Fault, Labels

VERSION = "1.0.0"
TYPES = (
    "address", "amenity", "anchor", "building", "detail", "fixture", "footprint", "geofence", "kiosk", "level",
    "occupant", "opening", "relationship", "section", "unit", "venue",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Feature:
    """One GeoJSON feature of known type with a unique id and an object of properties."""

    id: str
    type: str
    file: str
    properties: Mapping[str, Any]
    geometry: object


@dataclass(slots=True)
class Faults:
    """Collects faults; every message says what is wrong and what to do."""

    found: list[Fault] = field(default_factory=list)

    def add(self, feature: Feature, message: str) -> None:
        self.found.append(Fault(feature.file, message, feature.id))

    def add_file(self, file: str, message: str) -> None:
        self.found.append(Fault(file, message))


def read_manifest(files: Mapping[str, bytes], faults: Faults) -> str:
    """The venue's language. A missing or odd manifest is a fault; its language is then taken to be English."""
    if MANIFEST not in files:
        faults.add_file(
            MANIFEST, f"missing: add it with version {VERSION}, created and language (read as {VERSION}, language en)"
        )
        return "en"
    document = _load(files[MANIFEST], MANIFEST, faults)
    if not isinstance(document, dict):
        if document is not None:
            faults.add_file(MANIFEST, "not a JSON object: write version, created and language into it (language en)")
        return "en"
    if document.get("version") != VERSION:
        faults.add_file(
            MANIFEST, f"version is {document.get('version')!r}, this reads {VERSION}: export as IMDF {VERSION}"
        )
    language = document.get("language")
    if not isinstance(language, str) or not language.strip():
        faults.add_file(MANIFEST, "no language: write the venue's BCP 47 tag, such as en or zh-CN (read as en)")
        return "en"
    return language.strip()


def read_features(files: Mapping[str, bytes], faults: Faults) -> dict[str, list[Feature]]:
    """Features by type, for every type of IMDF 1.0.0; types without a file have an empty list."""
    features: dict[str, list[Feature]] = {kind: [] for kind in TYPES}
    seen: set[str] = set()
    for file, data in sorted(files.items()):
        kind = file.removesuffix(".geojson")
        if file == MANIFEST:
            continue
        if kind not in features:
            faults.add_file(file, "not a feature type of IMDF 1.0.0: the file was left out")
            continue
        document = _load(data, file, faults)
        if document is None:
            continue
        items = document.get("features") if isinstance(document, dict) else None
        if not isinstance(items, list):
            faults.add_file(file, "not a GeoJSON FeatureCollection: export it again")
            continue
        for place, item in enumerate(items):
            feature = _feature(item, place, kind, file, seen, faults)
            if feature:
                features[kind].append(feature)
    return features


def _feature(item: object, place: int, kind: str, file: str, seen: set[str], faults: Faults) -> Feature | None:
    if not isinstance(item, dict):
        faults.add_file(file, f"entry {place} is not a feature: it was left out")
        return None
    id_ = item.get("id")
    if not isinstance(id_, str) or not id_.strip():
        faults.add_file(file, f"entry {place} has no id: give every feature a UUID (it was left out)")
        return None
    properties = item.get("properties")
    feature = Feature(id_, kind, file, properties if isinstance(properties, dict) else {}, item.get("geometry"))
    if item.get("feature_type", kind) != kind:
        faults.add(feature, f"feature_type is {item.get('feature_type')!r} in {file}: move it to its own file")
        return None
    if not isinstance(properties, dict):
        faults.add(feature, "has no properties: it was left out")
        return None
    if id_ in seen:
        faults.add(feature, "this id is used twice: give every feature its own UUID (the first one was kept)")
        return None
    seen.add(id_)
    return feature


def _load(data: bytes, file: str, faults: Faults) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        faults.add_file(file, f"not UTF-8 (byte {error.start}): save it as UTF-8; the file was left out")
    except (ValueError, RecursionError) as error:
        where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "too deep or too large a number"
        faults.add_file(file, f"not JSON ({where}): export it again; the file was left out")
    return None


def labels_of(value: object, language: str) -> Labels:
    """IMDF LABELS, without empty texts; a bare string counts as the venue's language; anything else is no name."""
    if isinstance(value, str) and value.strip():
        return {language: value.strip()}
    if not isinstance(value, dict):
        return {}
    return {tag: text.strip() for tag, text in value.items() if isinstance(text, str) and text.strip()}


def check_labels(feature: Feature, key: str, faults: Faults) -> None:
    """A fault when the value is neither absent nor texts by language."""
    value = feature.properties.get(key)
    if value is None:
        return
    if isinstance(value, str):
        faults.add(feature, f'{key} is a bare text: write it by language, such as {{"en": …}} (read all the same)')
    elif not isinstance(value, dict) or not all(isinstance(text, str | None) for text in value.values()):
        faults.add(
            feature, f'{key} is not texts by language: write it such as {{"en": …}} (what is no text was dropped)'
        )


def text_of(value: object) -> str | None:
    """A non-empty string, or None."""
    return value if isinstance(value, str) and value.strip() else None


def texts_of(value: object) -> tuple[str, ...]:
    """The strings of a list, or nothing."""
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()


def category_of(feature: Feature, faults: Faults) -> str:
    """The category as written; a missing one is a fault and reads as ``unspecified``."""
    category = text_of(feature.properties.get("category"))
    if category is None:
        faults.add(feature, "has no category: give it one (read as unspecified)")
        return "unspecified"
    return category
