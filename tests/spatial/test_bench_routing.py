from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest
from shapely.geometry import MultiPolygon, box, mapping


@pytest.fixture(scope="module")
def routing() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "bench/routing.py"
    spec = importlib.util.spec_from_file_location("bench_routing", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_all_kinds_of_space_and_both_kinds_of_pairs(routing: ModuleType, tmp_path: Path) -> None:
    space = mapping(box(0, 0, 10, 10) - box(4, 4, 6, 6))
    halves = MultiPolygon([box(0, 0, 5, 1), box(5, 0, 10, 1)])
    feature = {"type": "Feature", "geometry": space, "properties": {}}
    pairs = tmp_path / "p.csv"
    for i, document in enumerate((space, feature, {"type": "FeatureCollection", "features": [feature]})):
        src = tmp_path / f"{i}.json"
        src.write_text(json.dumps(document))
        pairs.write_text("x1,y1,x2,y2\n1,1,9,1\n5,5,9,9\n" if i else "1,1,9,1\n5,5,9,9")
        told = routing.run_routing(src, pairs)
        assert [p["length_m"] for p in told["pairs"]] == [pytest.approx(8), None]
        assert told["build_s"] > 0
        assert all(p["time_us"] > 0 for p in told["pairs"])
    src = tmp_path / "m.json"
    src.write_text(json.dumps(mapping(halves)))
    pairs.write_text("1,0.5,9,0.5\n")
    assert routing.run_routing(src, pairs)["pairs"][0]["length_m"] == pytest.approx(8)


def test_bad_files_are_named(routing: ModuleType, tmp_path: Path) -> None:
    src, pairs = tmp_path / "s.json", tmp_path / "p.csv"
    pairs.write_text("1,1,2,2\n1,1,two,2\n")
    for text in ("", "[]", '{"type": "Point", "coordinates": [0, 0]}', '{"type": "FeatureCollection", "features": []}'):
        src.write_text(text)
        with pytest.raises(routing.BenchInputError, match=r"s\.json"):
            routing.read_space(src)
    with pytest.raises(routing.BenchInputError, match="line 2"):
        routing.read_pairs(pairs)
