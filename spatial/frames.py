"""The only axis conversions: Earth ↔ map frame ↔ glTF, Unity and OGC GeoPose.

Map frame: right-handed local ENU in metres, touching WGS84 at the origin (height 0), turned so that map north lies
``rotation_deg`` clockwise of true north; z is height above the ellipsoid surface at the origin, so that a level's
``elevation_m`` is its z. Headings are degrees clockwise from map north, in 0 ≤ h < 360.

Sources: PROJ ``topocentric`` (EPSG method 9837); glTF 2.0 §3.4; OGC 21-056r11 (GeoPose 1.0), where the outer frame is
local-tangent-plane ENU and the pose with no rotation looks along east.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from pyproj import Transformer

from spatial.plan import XY, Origin

XYZ = tuple[float, float, float]
"""East, north and up in metres in the map frame (or the three axes of the frame the function names)."""

Floats = npt.NDArray[np.float64]


class Frame:
    """Turns places on Earth into map metres and back, about one origin."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        turn = math.radians(origin.rotation_deg)
        self._cos, self._sin = math.cos(turn), math.sin(turn)
        self._proj = Transformer.from_pipeline(
            "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
            "+step +proj=cart +ellps=WGS84 "
            f"+step +proj=topocentric +ellps=WGS84 +lon_0={origin.lon!r} +lat_0={origin.lat!r} +h_0=0"
        )

    def to_map_array(self, lonlat: Floats) -> Floats:
        """Map (n, 2) of degrees lon, lat to (n, 2) of metres east, north."""
        east, north, _ = self._proj.transform(lonlat[:, 0], lonlat[:, 1], np.zeros(len(lonlat)))
        return np.column_stack([east * self._cos - north * self._sin, east * self._sin + north * self._cos])

    def to_map(self, lon: float, lat: float) -> XY:
        """Map one place on the ellipsoid (degrees) to metres east and north."""
        x, y = self.to_map_array(np.array([[lon, lat]], dtype=float))[0]
        return float(x), float(y)

    def to_lonlat(self, x: float, y: float) -> tuple[float, float]:
        """Map metres east and north to degrees (lon, lat) on the ellipsoid."""
        east, north = x * self._cos + y * self._sin, -x * self._sin + y * self._cos
        up, lon, lat = 0.0, 0.0, 0.0
        for _ in range(3):  # the tangent plane lies above the ellipsoid: step down onto it
            lon, lat, height = self._proj.transform(east, north, up, direction="INVERSE")
            up -= height
        return float(lon), float(lat)

    def to_geopose(self, point: XYZ, heading_deg: float, pitch_deg: float = 0.0) -> dict[str, Any]:
        """The pose as an OGC GeoPose 1.0 Basic-YPR object; ``pitch_deg`` is upwards."""
        lon, lat = self.to_lonlat(point[0], point[1])
        yaw = _half_turn(90.0 - (heading_deg + self.origin.rotation_deg))
        # yaw, then pitch about the turned y axis: a right-handed turn about y lowers the nose
        return {
            "position": {"lat": lat, "lon": lon, "h": point[2]},
            "angles": {"yaw": yaw, "pitch": -pitch_deg, "roll": 0.0},
        }

    def from_geopose(self, pose: Mapping[str, Any]) -> tuple[XYZ, float]:
        """Position (map metres) and heading (degrees) of a Basic-YPR or Basic-Quaternion GeoPose.

        Raises ValueError for an object that is neither.
        """
        try:
            position = pose["position"]
            lon, lat, height = float(position["lon"]), float(position["lat"]), float(position["h"])
            if "angles" in pose:
                yaw = float(pose["angles"]["yaw"])
            else:
                x, y, z, w = (float(pose["quaternion"][k]) for k in "xyzw")
                yaw = math.degrees(math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError("not a GeoPose 1.0 Basic-YPR or Basic-Quaternion object") from error
        if not all(map(math.isfinite, (lon, lat, height, yaw))) or abs(lat) > 90 or abs(lon) > 180:
            raise ValueError("GeoPose numbers must be finite, lat within ±90 and lon within ±180")
        x, y = self.to_map(lon, lat)
        return (x, y, height), (90.0 - yaw - self.origin.rotation_deg) % 360.0


def to_gltf(point: XYZ) -> XYZ:
    """Map (E, N, U) to glTF and WebXR axes (E, U, −N)."""
    return point[0], point[2], -point[1]


def to_gltf_array(points: Floats) -> Floats:
    """Map (n, 3) of E, N, U to glTF and WebXR axes (E, U, −N); directions turn the same way."""
    return np.column_stack([points[:, 0], points[:, 2], -points[:, 1]])


def from_gltf(point: XYZ) -> XYZ:
    """glTF and WebXR axes (E, U, −N) to map (E, N, U)."""
    return point[0], -point[2], point[1]


def to_unity(point: XYZ) -> XYZ:
    """Map (E, N, U) to Unity's left-handed axes (E, U, N)."""
    return point[0], point[2], point[1]


def from_unity(point: XYZ) -> XYZ:
    """Unity's axes (E, U, N) to map (E, N, U)."""
    return point[0], point[2], point[1]


def heading_between(a: XY, b: XY) -> float:
    """Degrees clockwise from map north of the line from ``a`` to ``b``; 0 when they are one point."""
    return math.degrees(math.atan2(b[0] - a[0], b[1] - a[1])) % 360.0


def turn_between(before_deg: float, after_deg: float) -> float:
    """Degrees to turn from one heading to another, right positive, in −180 < t ≤ 180."""
    return _half_turn(after_deg - before_deg)


def _half_turn(degrees: float) -> float:
    turned = degrees % 360.0
    return turned - 360.0 if turned > 180.0 else turned
