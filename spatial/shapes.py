"""GeoJSON geometry → shapely geometry in map metres, repaired where that is safe, refused where it is not."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from spatial.frames import Frame
from spatial.plan import XY

Area = Polygon | MultiPolygon


class ShapeError(ValueError):
    """A geometry that cannot be used; the message says what is wrong and what to do."""


def read_area(geometry: object, frame: Frame) -> tuple[Area, str | None]:
    """A Polygon or MultiPolygon in metres, and what had to be repaired (None when nothing).

    Rings are closed if they are not. A ring that touches or crosses itself is repaired with ``make_valid``.
    Raises ShapeError when no area is left.
    """
    kind, coordinates = _parts(geometry)
    if kind == "Polygon":
        polygons = [coordinates]
    elif kind == "MultiPolygon":
        polygons = list(coordinates)
    else:
        raise ShapeError(f"geometry is {kind}, expected Polygon or MultiPolygon: redraw it as an area")
    parts = []
    for rings in polygons:
        if not isinstance(rings, list) or not rings:
            raise ShapeError("a polygon without rings: redraw it")
        points = [_ring(ring, frame) for ring in rings]
        parts.append(Polygon(points[0], points[1:]))
    area: BaseGeometry = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    if area.is_valid and area.area > 0:
        return shapely.orient_polygons(area), None  # type: ignore[return-value]
    why = explain_validity(area)
    fixed = polygons_of(shapely.make_valid(area, method="structure", keep_collapsed=False))
    if fixed is None:
        raise ShapeError(f"the outline holds no area ({_tidy(why)}): redraw it")
    return fixed, f"the outline touches or crosses itself ({_tidy(why)}); kept after repair: redraw it there"


def polygons_of(geometry: BaseGeometry, smallest_m2: float = 1e-4) -> Area | None:
    """The areas in a geometry of any kind, without crumbs; None when it holds no area."""
    parts = [g for g in shapely.get_parts(geometry) if isinstance(g, Polygon | MultiPolygon)]
    flat = [p for g in parts for p in shapely.get_parts(g)]
    kept = [p for p in flat if p.area > smallest_m2]
    if not kept:
        return None
    return shapely.orient_polygons(kept[0] if len(kept) == 1 else MultiPolygon(kept))


def read_line(geometry: object, frame: Frame) -> LineString:
    """A LineString in metres. Raises ShapeError when it is none or shorter than a centimetre."""
    kind, coordinates = _parts(geometry)
    if kind != "LineString":
        raise ShapeError(f"geometry is {kind}, expected LineString: draw the opening as a line on the wall")
    points = _points(coordinates, frame)
    line = LineString(points) if len(points) > 1 else None
    if line is None or line.length < 0.01:
        raise ShapeError("the line has no length: draw the opening as wide as the door")
    return line


def read_point(geometry: object, frame: Frame) -> XY:
    """A Point in metres. Raises ShapeError when it is none."""
    kind, coordinates = _parts(geometry)
    if kind != "Point":
        raise ShapeError(f"geometry is {kind}, expected Point")
    x, y = _points([coordinates], frame)[0]
    return float(x), float(y)


def point_inside(area: Area, wanted: XY | None) -> XY:
    """``wanted`` when it lies in the area, else a point that does."""
    if wanted is not None and shapely.intersects_xy(area, *wanted):
        return wanted
    inner = area.representative_point()
    return float(inner.x), float(inner.y)


def _parts(geometry: object) -> tuple[str, Any]:
    if geometry is None:
        raise ShapeError("geometry is missing: draw the feature")
    if not isinstance(geometry, Mapping) or not isinstance(geometry.get("type"), str):
        raise ShapeError("geometry is not a GeoJSON geometry")
    return geometry["type"], geometry.get("coordinates")


def _ring(ring: object, frame: Frame) -> np.ndarray[Any, np.dtype[np.float64]]:
    points = _points(ring, frame)
    if len(points) and not np.array_equal(points[0], points[-1]):
        points = np.vstack([points, points[:1]])
    if len(points) < 4:
        raise ShapeError(f"a ring of {max(0, len(points) - 1)} different points: an area needs three")
    return points


def _points(coordinates: object, frame: Frame) -> np.ndarray[Any, np.dtype[np.float64]]:
    if not isinstance(coordinates, list):
        raise ShapeError("coordinates are not a list")
    lonlat = np.empty((len(coordinates), 2))
    for i, pair in enumerate(coordinates):
        if (
            not isinstance(pair, list)
            or len(pair) < 2
            or any(isinstance(n, bool) or not isinstance(n, int | float) or not math.isfinite(n) for n in pair[:2])
        ):
            raise ShapeError(f"position {i} is not [longitude, latitude]")
        lonlat[i] = pair[:2]
    if len(lonlat) and (np.abs(lonlat[:, 0]).max() > 180 or np.abs(lonlat[:, 1]).max() > 90):
        raise ShapeError("a position beyond ±180° longitude or ±90° latitude: write WGS 84 as [longitude, latitude]")
    return frame.to_map_array(lonlat)


def _tidy(why: str) -> str:
    """GEOS' reason with its map position rounded to centimetres."""
    head, _, rest = why.partition("[")
    try:
        east, north = (float(n) for n in rest.rstrip("]").split())
    except ValueError:
        return head.strip()
    return f"{head.strip().lower()} at {east:.2f},{north:.2f} m"
