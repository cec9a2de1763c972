"""Pose frames: where everybody is whom a client sees, in whole centimetres, all little-endian.

    offset  size  field
    0       1     kind, 2
    1       1     version, 1
    2       1     flags; bit 0: full (who is not listed is not there), other bits 0
    3       1     0
    4       2     level (i16), ordinal of all poses in this frame
    6       2     count of poses (u16)
    8       2     count of gone (u16)
    10      2     0
    12      4     tick (u32), grows with every frame of a connection's room
    16      16·n  poses
    …       4·m   gone: numbers (u32) of those who are no longer to be drawn

    pose, 16 bytes
    0       4     number (u32) of the person for as long as they stay; 0 in a frame from a client
    4       4     east of the map origin (i32), centimetres
    8       4     north of the map origin (i32), centimetres
    12      2     heading (u16), clockwise from map north, 65536 = a full turn
    14      1     gesture, index in GESTURES
    15      1     look; bits 0–1 index in ROLES, bit 2 in the virtual library, bit 3 the heading is known, others 0

A client sends the same frame with one pose, its own. Errors: PoseError(ValueError), naming what is wrong.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

HEADER: Final = struct.Struct("<BBBBhHHHI")
POSE: Final = struct.Struct("<IiiHBB")
OWN: Final = struct.Struct("<BBBBhHHHIIiiHBB")
"""The header and one pose."""
GONE: Final = struct.Struct("<I")
KIND_POSES: Final = 2
POSES_VERSION: Final = 1
FULL: Final = 1
VIRTUAL: Final = 4
HEADED: Final = 8
TURN: Final = 65_536
FARTHEST_M: Final = 1e7
"""Coordinates beyond this are refused, as in the message ``pose``."""

GESTURES: Final = ("none", "wave", "nod", "shake", "clap", "point", "read", "listen")
ROLES: Final = ("reader", "robot", "staff", "librarian")


class PoseError(ValueError):
    """A binary frame that is not a pose frame of this protocol."""


@dataclass(frozen=True, slots=True)
class PoseRecord:
    """One person. ``virtual``: in the virtual library, not in the building."""

    number: int
    east_m: float
    north_m: float
    heading_deg: float | None = None
    gesture: str = "none"
    role: str = "reader"
    virtual: bool = False


@dataclass(frozen=True, slots=True)
class PoseFrame:
    """What has changed on one level, or (``full``) everybody who is to be seen there."""

    level: int
    poses: tuple[PoseRecord, ...]
    gone: tuple[int, ...] = ()
    full: bool = False
    tick: int = 0


def encode_pose(pose: PoseRecord) -> bytes:
    """The 16 bytes of one pose, to be joined by ``join_poses``. Raises PoseError when a field does not fit."""
    return pack_pose(pose.number, pose.east_m, pose.north_m, pose.heading_deg, pose.gesture, pose.role, pose.virtual)


def pack_pose(
    number: int, east_m: float, north_m: float, heading_deg: float | None, gesture: str, role: str, virtual: bool
) -> bytes:
    """As ``encode_pose``, without the record. Raises PoseError."""
    if not (abs(east_m) <= FARTHEST_M and abs(north_m) <= FARTHEST_M):
        raise PoseError(f"the point {east_m}, {north_m} is outside ±{FARTHEST_M:g} m")
    look = (VIRTUAL if virtual else 0) | _index(ROLES, role)
    turn = 0
    if heading_deg is not None:
        if not math.isfinite(heading_deg):
            raise PoseError(f"the heading {heading_deg} is not a number of degrees")
        turn, look = round(heading_deg % 360.0 / 360.0 * TURN) % TURN, look | HEADED
    try:
        return POSE.pack(number, round(east_m * 100), round(north_m * 100), turn, _index(GESTURES, gesture), look)
    except struct.error as fault:
        raise PoseError(f"a field does not fit its width: {fault}") from None


def join_poses(level: int, poses: bytes, gone: Sequence[int] = (), full: bool = False, tick: int = 0) -> bytes:
    """A frame of poses that are encoded and joined already. Raises PoseError when a field does not fit."""
    count = len(poses) // POSE.size
    try:
        head = HEADER.pack(KIND_POSES, POSES_VERSION, FULL if full else 0, 0, level, count, len(gone), 0, tick)
        return head + poses + (b"".join(map(GONE.pack, gone)) if gone else b"")
    except struct.error as fault:
        raise PoseError(f"a field does not fit its width: {fault}") from None


def encode_poses(frame: PoseFrame) -> bytes:
    """The frame's bytes. Raises PoseError when a field does not fit."""
    return join_poses(frame.level, b"".join(map(encode_pose, frame.poses)), frame.gone, frame.full, frame.tick)


def decode_poses(data: bytes) -> PoseFrame:
    """Read a binary frame. Raises PoseError for anything that is not a pose frame of this protocol."""
    if len(data) < HEADER.size:
        raise PoseError(f"the frame has {len(data)} bytes, its header needs {HEADER.size}")
    kind, version, flags, spare, level, count, gone, spare2, tick = HEADER.unpack_from(data)
    if kind != KIND_POSES:
        raise PoseError(f"byte 0 is kind {kind}; kind {KIND_POSES} (poses) was expected")
    if version != POSES_VERSION:
        raise PoseError(f"byte 1 is version {version}; only {POSES_VERSION} is spoken")
    if flags & ~FULL or spare or spare2:
        raise PoseError("a bit that must be 0 is set in the header")
    size = HEADER.size + POSE.size * count + GONE.size * gone
    if len(data) != size:
        raise PoseError(f"{count} poses and {gone} gone make {size} bytes, the frame has {len(data)}")
    end = HEADER.size + POSE.size * count
    poses = tuple(_pose(*fields) for fields in POSE.iter_unpack(data[HEADER.size : end]))
    return PoseFrame(level, poses, tuple(number for (number,) in GONE.iter_unpack(data[end:])), bool(flags), tick)


def decode_own(data: bytes) -> tuple[int, PoseRecord]:
    """A client's own frame: its level and its one pose. Raises PoseError."""
    if len(data) == OWN.size:
        kind, version, flags, spare, level, count, gone, spare2, _, *fields = OWN.unpack(data)
        if (kind, version, count) == (KIND_POSES, POSES_VERSION, 1) and not (gone or flags & ~FULL or spare or spare2):
            return level, _pose(*fields)
    frame = decode_poses(data)  # says what is wrong
    if len(frame.poses) != 1 or frame.gone:
        raise PoseError("a client sends one pose, its own")
    return frame.level, frame.poses[0]


def decode_one(data: bytes) -> PoseRecord:
    """The 16 bytes of one pose. Raises PoseError."""
    if len(data) != POSE.size:
        raise PoseError(f"a pose has {POSE.size} bytes, not {len(data)}")
    return _pose(*POSE.unpack(data))


def _pose(number: int, east: int, north: int, turn: int, gesture: int, look: int) -> PoseRecord:
    if gesture >= len(GESTURES):
        raise PoseError(f"gesture {gesture} is not known; there are {len(GESTURES)}")
    if look > 15:
        raise PoseError(f"look {look} has a bit set that must be 0")
    if abs(east) > FARTHEST_M * 100 or abs(north) > FARTHEST_M * 100:
        raise PoseError(f"the point {east}, {north} cm is outside ±{FARTHEST_M:g} m")
    heading = turn / TURN * 360.0 if look & HEADED else None
    return PoseRecord(
        number, east / 100, north / 100, heading, GESTURES[gesture], ROLES[look & 3], bool(look & VIRTUAL)
    )


def _index(names: tuple[str, ...], name: str) -> int:
    if name not in names:
        raise PoseError(f"{name!r} is none of {', '.join(names)}")
    return names.index(name)


POSE_LAYOUT: dict[str, int] = {
    "kind": KIND_POSES,
    "version": POSES_VERSION,
    "headerBytes": HEADER.size,
    "flagsAt": 2,
    "levelAt": 4,
    "countAt": 6,
    "goneAt": 8,
    "tickAt": 12,
    "poseBytes": POSE.size,
    "numberAt": 0,
    "eastAt": 4,
    "northAt": 8,
    "headingAt": 12,
    "gestureAt": 14,
    "lookAt": 15,
}
"""Constants and byte offsets, for generated clients; the last six count from the start of a pose."""
