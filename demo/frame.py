"""Where the demo library stands: drawing metres to longitude and latitude.

The drawing has its origin at the south-west corner of the building, x east and y north, in metres. It is laid on the
Earth as a topocentric plane (ENU, WGS84) that touches it in the middle of the building.
"""

from __future__ import annotations

from functools import cache

from pyproj import Transformer
from shapely import transform
from shapely.geometry.base import BaseGeometry

WIDTH_M = 60.0
DEPTH_M = 40.0
LON = 120.0712
LAT = 30.2684
"""Middle of the building: a lawn at the edge of a wetland park. No such library stands there."""

DECIMALS = 9
"""Of a degree: 0.1 mm, so that openings still lie on the edges of their rooms."""


@cache
def _to_geographic() -> Transformer:
    return Transformer.from_pipeline(
        "+proj=pipeline "
        f"+step +inv +proj=topocentric +ellps=WGS84 +lon_0={LON} +lat_0={LAT} +h_0=0 "
        "+step +inv +proj=cart +ellps=WGS84 "
        "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )


def to_lonlat(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude in degrees, rounded to ``DECIMALS``, of a point of the drawing in metres."""
    lon, lat, _ = _to_geographic().transform(x - WIDTH_M / 2, y - DEPTH_M / 2, 0.0)
    return round(lon, DECIMALS), round(lat, DECIMALS)


def to_earth(shape: BaseGeometry) -> BaseGeometry:
    """A shape of the drawing (metres) in longitude and latitude (degrees)."""
    return transform(shape, lambda points: [to_lonlat(float(x), float(y)) for x, y in points])
