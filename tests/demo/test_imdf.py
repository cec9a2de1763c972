"""The written IMDF folder agrees with itself and with OGC 20-094."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from shapely.geometry import shape

from demo import data_folder

Feature = dict[str, Any]


@pytest.fixture(scope="module")
def features() -> dict[str, Feature]:
    found: dict[str, Feature] = {}
    for path in sorted((data_folder() / "imdf").glob("*.geojson")):
        collection = json.loads(path.read_text(encoding="utf-8"))
        assert collection["type"] == "FeatureCollection"
        for feature in collection["features"]:
            assert feature["feature_type"] == path.stem
            assert feature["id"] not in found
            found[feature["id"]] = feature
    return found


def of_type(features: dict[str, Feature], kind: str) -> list[Feature]:
    return [feature for feature in features.values() if feature["feature_type"] == kind]


def test_manifest() -> None:
    manifest = json.loads((data_folder() / "imdf" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["version"] == "1.0.0"
    assert manifest["language"] == "en"
    assert manifest["created"]


def test_ids_are_uuids(features: dict[str, Feature]) -> None:
    assert all(str(UUID(i)) == i for i in features)


def test_references_point_at_features_of_the_right_type(features: dict[str, Feature]) -> None:
    wanted = {"level_id": "level", "anchor_id": "anchor", "unit_id": "unit", "address_id": "address"}
    many = {"unit_ids": "unit", "building_ids": "building"}
    for feature in features.values():
        for key, value in feature["properties"].items():
            ids = [value] if key in wanted and value else value if key in many and value else []
            for i in ids:
                assert features[i]["feature_type"] == (wanted | many)[key]
            if key in ("origin", "destination", "intermediary") and value:
                for reference in value if isinstance(value, list) else [value]:
                    assert features[reference["id"]]["feature_type"] == reference["feature_type"]


def test_polygons_are_valid_and_wound_as_rfc_7946_says(features: dict[str, Feature]) -> None:
    for feature in features.values():
        geometry = shape(feature["geometry"]) if feature["geometry"] else None
        if geometry is not None and geometry.geom_type == "Polygon":
            assert geometry.is_valid, feature["id"]
            assert geometry.exterior.is_ccw
            assert not any(ring.is_ccw for ring in geometry.interiors)


def test_unlocated_features_have_no_geometry(features: dict[str, Feature]) -> None:
    for kind in ("address", "building", "occupant"):
        assert all(feature["geometry"] is None for feature in of_type(features, kind))


def test_three_levels_named_alike_in_both_languages(features: dict[str, Feature]) -> None:
    short = {f["properties"]["ordinal"]: f["properties"]["short_name"] for f in of_type(features, "level")}
    assert short == {
        0: {"en": "L1", "zh": "一层"},
        1: {"en": "L2", "zh": "二层"},
        2: {"en": "L3", "zh": "三层"},
    }


def test_every_name_is_in_both_languages(features: dict[str, Feature]) -> None:
    for feature in features.values():
        for key in ("name", "alt_name", "short_name"):
            labels = feature["properties"].get(key)
            assert labels is None or set(labels) == {"en", "zh"}, feature["id"]


def test_lift_and_stairs_join_three_levels_and_the_escalator_goes_up(features: dict[str, Feature]) -> None:
    def ordinal(reference: dict[str, str]) -> int:
        level = features[features[reference["id"]]["properties"]["level_id"]]
        return int(level["properties"]["ordinal"])

    found = []
    for feature in of_type(features, "relationship"):
        properties = feature["properties"]
        stops = [properties["origin"], *(properties["intermediary"] or []), properties["destination"]]
        found.append((properties["category"], properties["direction"], [ordinal(stop) for stop in stops]))
    assert sorted(found) == [
        ("elevator", "undirected", [0, 1, 2]),
        ("escalator", "directed", [0, 1]),
        ("stairs", "undirected", [0, 1, 2]),
        ("stairs", "undirected", [0, 1, 2]),
    ]


def test_one_kiosk_is_where_the_demo_stands(features: dict[str, Feature]) -> None:
    here = [f for f in of_type(features, "kiosk") if f["properties"]["name"] == {"en": "Kiosk", "zh": "导览机"}]
    assert len(here) == 1
