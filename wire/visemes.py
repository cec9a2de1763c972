"""Names of the 15 mouth shapes, in the order of the Oculus and OpenXR (XR_META_face_tracking_visemes) sets."""

from __future__ import annotations

from typing import Final

VISEMES: Final = ("sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "ih", "oh", "ou")
