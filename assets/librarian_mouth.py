"""How the face moves: fifteen mouth shapes, a smile, and what each does to every corner of the head.

A mouth shape is a few measures of the lips and the tongue. Sources: the OpenXR list of visemes (XR_META_face_tracking_
visemes) for the names, phonetics for what lips and tongue do; the figures are our own and were judged by eye.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assets.librarian_head import LIP_RINGS, SEGMENTS, TILT, Head
from assets.librarian_shapes import Floats, bump, smooth

_OUT = np.array([0.0, -np.sin(TILT), np.cos(TILT)])
_UP = np.array([0.0, np.cos(TILT), np.sin(TILT)])


@dataclass(frozen=True, slots=True)
class Mouth:
    """Measures in millimetres but ``width``, a factor. ``drop`` the lower lip and jaw, ``lift`` the upper lip, ``pout``
    both forward, ``tuck`` the lower lip back under the teeth, ``press`` lips onto each other, ``corner`` upwards,
    ``tip`` the tongue up, ``out`` the tongue forward."""

    drop: float = 0.0
    width: float = 1.0
    lift: float = 0.0
    pout: float = 0.0
    tuck: float = 0.0
    press: float = 0.0
    corner: float = 0.0
    tip: float = 0.0
    out: float = 0.0


VISEMES: dict[str, Mouth] = {
    "sil": Mouth(),
    "PP": Mouth(width=0.93, press=1.6, pout=1.2),
    "FF": Mouth(drop=1.0, lift=2.6, tuck=3.6, width=1.02),
    "TH": Mouth(drop=5.0, lift=1.6, tip=5.0, out=8.0),
    "DD": Mouth(drop=5.5, lift=1.6, tip=7.0, out=2.0),
    "kk": Mouth(drop=7.5, lift=1.5, width=1.02, out=-3.0, tip=2.0),
    "CH": Mouth(drop=5.0, lift=2.4, width=0.76, pout=5.5),
    "SS": Mouth(drop=3.8, lift=2.4, width=1.12, corner=1.0),
    "nn": Mouth(drop=4.8, lift=1.3, tip=7.5, width=1.03),
    "RR": Mouth(drop=5.5, lift=1.5, width=0.84, pout=3.2, tip=4.0, out=-2.0),
    "aa": Mouth(drop=20.0, lift=3.2, width=0.98),
    "E": Mouth(drop=11.0, lift=2.6, width=1.12, corner=1.2),
    "ih": Mouth(drop=7.0, lift=2.2, width=1.2, corner=2.0, tip=2.0),
    "oh": Mouth(drop=14.5, lift=3.2, width=0.68, pout=4.5),
    "ou": Mouth(drop=7.0, lift=2.6, width=0.46, pout=8.0),
}
"""Mouth shape by its name in ``wire/visemes.py``."""

SMILE = Mouth(width=1.16, corner=6.5, lift=0.8, drop=1.2)


def move_head(head: Head, mouth: Mouth) -> Floats:
    """What each corner of the head moves by, (n, 3) metres; movements under half a millimetre are none."""
    points, s, c = head.shape.points, np.sin(head.turn), np.cos(head.turn)
    near = 1.0 - smooth(0.23, 0.60, head.ring)
    below = np.where(s < 0, 1.0 - smooth(0.30, 0.84, head.ring), 0.0)
    down, up = np.maximum(-s, 0.0), np.maximum(s, 0.0)
    moved = np.zeros_like(points)
    wide = (mouth.width - 1.0) * points[:, 0] * near
    moved[:, 0] += wide
    rise = 1e-3 * (mouth.lift * up * near - mouth.drop * down**0.85 * below)
    moved += rise[:, None] * _UP
    moved += (-0.25e-3 * mouth.drop * down * below)[:, None] * _OUT
    moved += (1e-3 * mouth.pout * near * (0.55 + 0.45 * np.abs(s)))[:, None] * _OUT
    lips = (np.arange(len(points)) < LIP_RINGS * SEGMENTS) & (head.part == 0)
    moved += (1e-3 * mouth.tuck * down * np.where(lips, 1.0, 0.0))[:, None] * (0.9 * _UP * 0.5 - _OUT)
    if mouth.press:
        moved -= (1e-3 * mouth.press * lips * np.abs(s))[:, None] * _OUT
        moved -= (0.4e-3 * mouth.press * lips * s)[:, None] * _UP
    corner = 1e-3 * mouth.corner * np.abs(c) ** 3 * near
    moved += corner[:, None] * (_UP - 0.25 * _OUT) + (0.45 * corner * np.sign(c))[:, None] * [1, 0, 0]
    if mouth.corner:
        side = np.abs(points[:, 0:1]) * [1, 0, 0] + points * [0, 1, 1]
        cheek = 0.45e-3 * mouth.corner * bump(side, (0.058, -0.034, 0.09), (0.020, 0.016, 0.04)) * (head.part == 0)
        moved += cheek[:, None] * [0, 0.8, 0.6]
    _move_inside(head, mouth, moved)
    moved[np.linalg.norm(moved, axis=1) < 4.5e-4] = 0.0
    return moved


def _move_inside(head: Head, mouth: Mouth, moved: Floats) -> None:
    """Hollow, teeth and tongue, in place."""
    jaw = -1e-3 * mouth.drop
    deep = np.flatnonzero(head.part == 1)[SEGMENTS:]  # the back of the hollow stays where it is
    moved[deep] = 0.0
    moved[head.part >= 2] = 0.0
    inward = 1e-3 * (0.6 * mouth.pout)
    moved[head.part == 2] += inward * _OUT + 0.25e-3 * mouth.lift * _UP
    moved[head.part == 3] += 0.85 * jaw * _UP + (inward + 0.2 * jaw) * _OUT
    moved[head.part == 4] += (0.62 * jaw + 1e-3 * mouth.tip) * _UP + 1e-3 * mouth.out * _OUT
    narrow = (head.part >= 2) & (mouth.width < 0.8)
    moved[narrow, 0] += (mouth.width - 1.0) * 0.6 * head.shape.points[narrow, 0]
