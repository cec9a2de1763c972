"""The librarian's joints, where they stand in a T-pose, and a few gestures as animations."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assets.glb import Channel, Glb
from assets.librarian_head import CENTRE, EYE
from assets.librarian_shapes import Floats

_LEFT: tuple[tuple[str, str, tuple[float, float, float]], ...] = (
    ("leftShoulder", "chest", (0.030, 1.205, -0.005)),
    ("leftUpperArm", "leftShoulder", (0.122, 1.203, -0.005)),
    ("leftLowerArm", "leftUpperArm", (0.330, 1.203, -0.005)),
    ("leftHand", "leftLowerArm", (0.525, 1.203, -0.005)),
    ("leftUpperLeg", "hips", (0.072, 0.830, 0.0)),
    ("leftLowerLeg", "leftUpperLeg", (0.074, 0.450, 0.0)),
    ("leftFoot", "leftLowerLeg", (0.076, 0.075, -0.015)),
)
_MIDDLE: tuple[tuple[str, str, tuple[float, float, float]], ...] = (
    ("hips", "", (0.0, 0.860, 0.0)),
    ("spine", "hips", (0.0, 0.965, 0.0)),
    ("chest", "spine", (0.0, 1.080, 0.0)),
    ("neck", "chest", (0.0, 1.235, -0.012)),
    ("head", "neck", (0.0, 1.305, -0.005)),
)
_EYES = tuple(
    (name, "head", tuple((CENTRE + EYE * [sign, 1, 1]).round(5).tolist()))
    for name, sign in (("leftEye", 1), ("rightEye", -1))
)
BONES: tuple[tuple[str, str, tuple[float, float, float]], ...] = (
    *_MIDDLE,
    *_EYES,
    *_LEFT,
    *((n.replace("left", "right"), p.replace("left", "right"), (-x, y, z)) for n, p, (x, y, z) in _LEFT),
)
"""VRM 1.0 name, name of the parent, place in metres; parents first."""

NAMES = tuple(name for name, _, _ in BONES)
BONE = {name: index for index, name in enumerate(NAMES)}
OTHER_SIDE = {BONE[n]: BONE[n.replace("left", "right")] for n in NAMES if n.startswith("left")}


@dataclass(frozen=True, slots=True)
class Rig:
    """The joints as nodes of a document. ``nodes`` by VRM name; ``skin`` for what bends."""

    nodes: dict[str, int]
    skin: int


def add_rig(glb: Glb, parent: int) -> Rig:
    """Add all joints in a T-pose under ``parent``, and the skin over them."""
    places = {name: np.array(at) for name, _, at in BONES}
    nodes: dict[str, int] = {}
    for name, above, at in BONES:
        offset = np.array(at) - (places[above] if above else 0.0)
        nodes[name] = glb.add_node(name, parent=nodes[above] if above else parent, translation=offset.round(5).tolist())
    binds = np.tile(np.eye(4), (len(BONES), 1, 1))
    binds[:, :3, 3] = [[-x for x in at] for _, _, at in BONES]
    return Rig(nodes, glb.add_skin("librarian", [nodes[n] for n in NAMES], binds, nodes["hips"]))


def turn(x_deg: float = 0.0, y_deg: float = 0.0, z_deg: float = 0.0) -> Floats:
    """The quaternion (x, y, z, w) of turns about x, then y, then z."""
    made = np.array([0.0, 0.0, 0.0, 1.0])
    for axis, degrees in enumerate((x_deg, y_deg, z_deg)):
        half = math.radians(degrees) / 2
        step = np.zeros(4)
        step[axis], step[3] = math.sin(half), math.cos(half)
        made = _times(step, made)
    return made


def _times(a: Floats, b: Floats) -> Floats:
    vector = a[3] * b[:3] + b[3] * a[:3] + np.cross(a[:3], b[:3])
    return np.array([*vector, a[3] * b[3] - a[:3] @ b[:3]])


Pose = dict[str, Floats]

REST: Pose = {
    "leftShoulder": turn(z_deg=-4),
    "leftUpperArm": turn(x_deg=6, y_deg=0, z_deg=-70),
    "leftLowerArm": turn(y_deg=-20, z_deg=-6),
    "leftHand": turn(x_deg=-12, z_deg=-4),
    "rightShoulder": turn(z_deg=4),
    "rightUpperArm": turn(x_deg=6, y_deg=0, z_deg=70),
    "rightLowerArm": turn(y_deg=20, z_deg=6),
    "rightHand": turn(x_deg=-12, z_deg=4),
}
"""Standing at ease."""

POINT: Pose = REST | {"rightUpperArm": turn(y_deg=42, z_deg=14), "rightLowerArm": turn(y_deg=10, z_deg=-6)}
"""Her right arm shows the way."""

WELCOME: Pose = REST | {
    "leftUpperArm": turn(y_deg=-26, z_deg=-52),
    "leftLowerArm": turn(y_deg=-50, z_deg=8),
    "leftHand": turn(x_deg=-60, z_deg=10),
    "head": turn(x_deg=4, z_deg=-3),
}


def add_gestures(glb: Glb, rig: Rig) -> None:
    """``rest`` (breathing), ``point``, ``welcome`` and ``nod``; each begins and ends at ease."""
    _add(
        glb, rig, "rest", [(0.0, REST), (2.0, REST | {"chest": turn(x_deg=-1.2), "head": turn(x_deg=0.8)}), (4.0, REST)]
    )
    _add(glb, rig, "point", [(0.0, REST), (0.6, POINT), (2.4, POINT), (3.1, REST)])
    _add(glb, rig, "welcome", [(0.0, REST), (0.6, WELCOME), (1.8, WELCOME), (2.5, REST)])
    down, up = REST | {"head": turn(x_deg=11)}, REST | {"head": turn(x_deg=-2)}
    _add(glb, rig, "nod", [(0.0, REST), (0.25, down), (0.5, up), (0.75, down), (1.1, REST)])


def _add(glb: Glb, rig: Rig, name: str, frames: Sequence[tuple[float, Pose]]) -> None:
    moving = [bone for bone in NAMES if any(bone in pose for _, pose in frames)]
    still = turn()
    channels = [
        Channel(
            rig.nodes[bone], "rotation", [t for t, _ in frames], np.array([pose.get(bone, still) for _, pose in frames])
        )
        for bone in moving
    ]
    glb.add_animation(name, channels)
