"""Route times and exact lengths on any space: the figures behind ``shelfway bench routing``.

Lengths are those of the answers that were timed. A pair is timed as the fastest of ``REPEAT`` runs, as the peers'
benchmark does, and never includes building or compiling.
"""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

from spatial.mesh import mesh_of_space

REPEAT = 3

XY = tuple[float, float]


class BenchInputError(ValueError):
    """A space or pairs file that cannot be read; the message says what and where."""


def run_routing(space_file: Path, pairs_file: Path) -> dict[str, Any]:
    """``{build_s, pairs: [{length_m, time_us}]}``; ``length_m`` is None where there is no way.

    Raises BenchInputError. A point outside the space has no way to anywhere.
    """
    space, pairs = read_space(space_file), read_pairs(pairs_file)
    _warm_up()
    begin = time.perf_counter()
    mesh = mesh_of_space(space)
    build_s = time.perf_counter() - begin
    rows: list[dict[str, Any]] = []
    for a, b in pairs:
        best, found = float("inf"), None
        for _ in range(REPEAT):
            begin = time.perf_counter()
            found = mesh.shortest(a, b)
            best = min(best, time.perf_counter() - begin)
        rows.append({"length_m": found[0] if found else None, "time_us": best * 1e6})
    return {"build_s": build_s, "pairs": rows}


def read_space(src: Path) -> BaseGeometry:
    """A GeoJSON geometry, Feature or FeatureCollection of Polygons or MultiPolygons, in plain metres."""
    try:
        document = json.loads(src.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BenchInputError(f"{src} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise BenchInputError(f"{src} is not JSON: {error}") from error
    if not isinstance(document, dict):
        raise BenchInputError(f"{src} is not a GeoJSON object")
    kind = document.get("type")
    if kind == "FeatureCollection":
        geometries = [f.get("geometry") for f in document.get("features") or [] if isinstance(f, dict)]
    else:
        geometries = [document.get("geometry") if kind == "Feature" else document]
    parts = []
    for place, geometry in enumerate(geometries):
        try:
            part = shapely.force_2d(shape(geometry))
        except (shapely.errors.ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            raise BenchInputError(f"{src}, geometry {place}: not a GeoJSON geometry") from error
        if not isinstance(part, Polygon | MultiPolygon):
            raise BenchInputError(f"{src}, geometry {place}: {part.geom_type}, expected Polygon or MultiPolygon")
        parts.append(part)
    if not parts:
        raise BenchInputError(f"{src} holds no polygon")
    return parts[0] if len(parts) == 1 else shapely.union_all([shapely.make_valid(p) for p in parts])


def read_pairs(src: Path) -> list[tuple[XY, XY]]:
    """Rows ``x1,y1,x2,y2`` in metres; a first line that is no numbers is a header."""
    try:
        lines = src.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BenchInputError(f"{src} cannot be read as UTF-8 text: {error}") from error
    pairs = []
    for number, cells in enumerate(csv.reader(lines), start=1):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            x1, y1, x2, y2 = (float(cell) for cell in cells[:4])
        except ValueError:
            if number == 1:
                continue
            raise BenchInputError(f"{src}, line {number}: expected four numbers x1,y1,x2,y2") from None
        pairs.append(((x1, y1), (x2, y2)))
    return pairs


def _warm_up() -> None:
    """Compile (or load from the cache) before anything is timed."""
    mesh_of_space(shapely.box(0, 0, 3, 3) - shapely.box(1, 1, 2, 2)).shortest((0.5, 1.5), (2.5, 1.5))


class Shelfway:
    """Our search as a peer of ``routing_peers.py``: ``--plugin bench.routing:Shelfway``."""

    name = "shelfway"
    kind = "exact (Polyanya, numba)"

    def build(self, floor: Any) -> None:
        """``floor.free``: the walkable polygon, already grown by the clearance."""
        self._mesh = mesh_of_space(floor.free)

    def query(self, a: XY, b: XY) -> tuple[float, Sequence[XY] | None]:
        """Length in metres (infinite when there is no way) and the points of the path."""
        found = self._mesh.shortest(a, b)
        return found if found is not None else (float("inf"), None)
