"""Names of the 15 mouth shapes, in the order of the Oculus and OpenXR (XR_META_face_tracking_visemes) sets, and what
they are on faces that have other names: the five of VRM 1.0, the ARKit blend shapes.

Weights are 0…1. The ARKit weights are our own, by eye; VRM has no closed mouth, so PP and sil are no shape at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

VISEMES: Final = ("sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "ih", "oh", "ou")

VRM: Final[Mapping[str, Mapping[str, float]]] = {
    "sil": {},
    "PP": {},
    "FF": {"ih": 0.2},
    "TH": {"ih": 0.3},
    "DD": {"ih": 0.3},
    "kk": {"aa": 0.25},
    "CH": {"ou": 0.3},
    "SS": {"ee": 0.3},
    "nn": {"ih": 0.25},
    "RR": {"ou": 0.25},
    "aa": {"aa": 1.0},
    "E": {"ee": 1.0},
    "ih": {"ih": 1.0},
    "oh": {"oh": 1.0},
    "ou": {"ou": 1.0},
}
"""Expression presets aa, ih, ou, ee, oh of VRM 1.0."""

ARKIT: Final[Mapping[str, Mapping[str, float]]] = {
    "sil": {},
    "PP": {"mouthClose": 0.8, "mouthPressLeft": 0.5, "mouthPressRight": 0.5},
    "FF": {"mouthLowerDownLeft": 0.2, "mouthLowerDownRight": 0.2, "mouthRollLower": 0.6},
    "TH": {"jawOpen": 0.15, "tongueOut": 0.3},
    "DD": {"jawOpen": 0.15},
    "kk": {"jawOpen": 0.2},
    "CH": {"mouthFunnel": 0.5, "jawOpen": 0.15},
    "SS": {"mouthStretchLeft": 0.3, "mouthStretchRight": 0.3, "jawOpen": 0.05},
    "nn": {"jawOpen": 0.12},
    "RR": {"mouthPucker": 0.3, "jawOpen": 0.15},
    "aa": {"jawOpen": 0.7},
    "E": {"jawOpen": 0.35, "mouthStretchLeft": 0.4, "mouthStretchRight": 0.4},
    "ih": {"mouthSmileLeft": 0.3, "mouthSmileRight": 0.3, "jawOpen": 0.15},
    "oh": {"mouthFunnel": 0.6, "jawOpen": 0.4},
    "ou": {"mouthPucker": 0.8, "jawOpen": 0.15},
}
"""Those of the 52 blend shapes of ARKit that a mouth shape moves; the others rest."""

FACES: Final[Mapping[str, Mapping[str, Mapping[str, float]]]] = {"vrm": VRM, "arkit": ARKIT}
"""By the capability that a client names in its hello."""
