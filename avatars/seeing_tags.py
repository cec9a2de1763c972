"""AprilTags in a camera's picture (family 36h11), and how the camera stands before one. Needs OpenCV; else sees none.

A tag is taken to hang upright and the camera to be held upright within 45°: which edge is the upper one is told by the
picture, since programs that print tags do not agree on it (OpenCV's are turned by 180° against the AprilTag team's).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

from spatial.tags import TagView

Corners = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
FAMILY = "36h11"
_ALIKE = 2.0
"""Two poses that explain the corners almost as well (mirrored about the line of sight): the upright one is taken."""


@dataclass(frozen=True, slots=True)
class TagSeen:
    """A tag's number and its corners in pixels: upper left, upper right, lower right, lower left in the picture."""

    id: int
    corners: Corners

    @property
    def height_px(self) -> float:
        """Mean length of its upright edges."""
        a, b, c, d = self.corners
        return (math.dist(a, d) + math.dist(b, c)) / 2


def can_see_tags() -> bool:
    """Is OpenCV installed?"""
    return find_spec("cv2") is not None


def find_tags(grey: npt.NDArray[np.uint8]) -> tuple[TagSeen, ...]:
    """The tags in a grey picture (height, width), the largest first; none without OpenCV."""
    if not can_see_tags():
        return ()
    import cv2

    parameters = cv2.aruco.DetectorParameters()
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    family = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)
    squares, ids, _ = cv2.aruco.ArucoDetector(family, parameters).detectMarkers(grey)
    if ids is None:
        return ()
    numbered = zip(ids.ravel(), squares, strict=True)
    found = [TagSeen(int(number), _upright(square.reshape(4, 2))) for number, square in numbered]
    return tuple(sorted(found, key=lambda tag: -tag.height_px))


def view_of(
    tag: TagSeen, size_m: float, focal_px: float, centre_px: tuple[float, float]
) -> tuple[TagView, float] | None:
    """How a pinhole camera stands before the tag, and how far the corners are off it in pixels; None when none fits."""
    import cv2

    half = size_m / 2
    square = np.array([[-half, half, 0], [half, half, 0], [half, -half, 0], [-half, -half, 0]], np.float64)
    camera = np.array([[focal_px, 0, centre_px[0]], [0, focal_px, centre_px[1]], [0, 0, 1]], np.float64)
    corners = np.array(tag.corners, np.float64)
    try:
        count, turns, shifts, errors = cv2.solvePnPGeneric(
            square, corners, camera, None, flags=cv2.SOLVEPNP_IPPE_SQUARE
        )
    except cv2.error:
        return None
    poses = [
        (float(error), _view(cv2.Rodrigues(turn)[0], np.ravel(shift)))
        for turn, shift, error in zip(turns[:count], shifts[:count], np.ravel(errors)[:count], strict=True)
        if np.ravel(shift)[2] > 0
    ]
    poses.sort(key=lambda pose: pose[0])
    if not poses:
        return None
    best = poses[0]
    if len(poses) > 1 and poses[1][0] <= _ALIKE * max(poses[0][0], 0.05) and _lean(poses[1][1]) < _lean(best[1]):
        best = poses[1]
    return best[1], best[0]


def _view(turn: npt.NDArray[Any], shift: npt.NDArray[Any]) -> TagView:
    """From the tag's pose before the camera (x right, y down, z ahead) to the camera's before the tag."""
    back = turn.T
    x, y, z = (float(v) for v in -back @ shift)
    ahead = tuple(float(v) for v in back @ np.array([0.0, 0.0, 1.0]))
    right = tuple(float(v) for v in back @ np.array([1.0, 0.0, 0.0]))
    return TagView((x, y, z), ahead, right)  # type: ignore[arg-type]


def _lean(view: TagView) -> float:
    """How far the camera is from being held level, 0…2."""
    return abs(view.right[1]) + abs(view.ahead[1])


def _upright(corners: npt.NDArray[Any]) -> Corners:
    """The corners, going round as one reads the tag, from the one that is upper left in the picture."""
    middle = corners.mean(axis=0)

    def rise(first: int) -> float:
        """How far the edge from ``first`` to the next lies above the middle."""
        edge = (corners[first] + corners[(first + 1) % 4]) / 2
        return float(middle[1] - edge[1])

    first = max(range(4), key=rise)
    turned = [corners[(first + step) % 4] for step in range(4)]
    a, b, c, d = ((float(x), float(y)) for x, y in turned)
    return a, b, c, d
