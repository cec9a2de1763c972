"""Where a camera is that sees an AprilTag of the home: its whole pose where the camera is known, else before it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wire.messages.base import Position
from wire.messages.look import FixBody, GeoAngles, GeoPose, GeoPosition

if TYPE_CHECKING:
    from avatars.seeing_tags import TagSeen
    from spatial.locate import Place
    from spatial.plan import Plan
    from spatial.tags import CameraPose, Tag

SEEN_FROM_M = 3.0
"""How far off the place of a tag a camera may be that says nothing of itself."""
_STANDS_OFF_M = 0.8
"""A reader who holds a camera to a tag stands about so far before it."""


@dataclass(frozen=True, slots=True)
class Lens:
    """What a client says of its camera. ``focal_px``: None when nothing; ``mark_m``, ``tag_m``: printed sizes."""

    focal_px: float | None
    centre_px: tuple[float, float] | None
    mark_m: float
    tag_m: float | None


def fix_by_tag(
    plan: Plan | None, tags: tuple[Tag, ...], seen: TagSeen, size_px: tuple[int, int], lens: Lens
) -> tuple[FixBody | None, Place, Mapping[str, str]] | None:
    """The fix, the place of the tag, and what readers are told; None when the home has no such tag.

    A tag of which nobody knows the way it looks gives a place and no fix.
    """
    tag = next((one for one in tags if one.id == seen.id), None)
    if plan is None or tag is None:
        return None
    place, name = _place(plan, tag)
    size_m = lens.tag_m or tag.size_m
    if lens.focal_px is not None and size_m is not None:
        fix = _whole(plan, tag, seen, size_m, lens.focal_px, lens.centre_px or (size_px[0] / 2, size_px[1] / 2))
        if fix is not None:
            return fix, place, name
    if tag.facing_deg is None:
        return None, place, name
    facing, heading = math.radians(tag.facing_deg), round((tag.facing_deg + 180.0) % 360.0, 1)
    east = tag.point[0] + _STANDS_OFF_M * math.sin(facing)
    north = tag.point[1] + _STANDS_OFF_M * math.cos(facing)
    at = Position(east_m=round(east, 3), north_m=round(north, 3), level=tag.ordinal)
    return FixBody(position=at, heading_deg=heading, accuracy_m=SEEN_FROM_M), place, name


def _whole(
    plan: Plan, tag: Tag, seen: TagSeen, size_m: float, focal_px: float, centre_px: tuple[float, float]
) -> FixBody | None:
    from avatars.seeing_tags import view_of
    from spatial.tags import place_camera

    found = view_of(seen, size_m, focal_px, centre_px)
    if found is None:
        return None
    view, off_px = found
    pose = place_camera(tag, view)
    if pose is None:
        return None
    away = math.dist(view.camera, (0.0, 0.0, 0.0))
    # one pixel of error in the edge of the tag moves the camera by away² / (focal length × size)
    accuracy = max(0.03, (0.5 + off_px) * away * away / (focal_px * size_m))
    at = Position(east_m=round(pose.point[0], 3), north_m=round(pose.point[1], 3), level=tag.ordinal)
    return FixBody(
        position=at,
        heading_deg=round(pose.heading_deg, 1),
        accuracy_m=round(accuracy, 2),
        height_m=round(pose.height_m, 3),
        pitch_deg=round(pose.pitch_deg, 1),
        roll_deg=round(pose.roll_deg, 1),
        geopose=_geopose(plan, tag, pose),
    )


def _geopose(plan: Plan, tag: Tag, pose: CameraPose) -> GeoPose:
    from spatial.frames import Frame

    up = tag.elevation_m + pose.height_m
    made = Frame(plan.origin).to_geopose((*pose.point, up), pose.heading_deg, pose.pitch_deg)
    angles = {**made["angles"], "roll": pose.roll_deg}
    return GeoPose(position=GeoPosition(**made["position"]), angles=GeoAngles(**angles))


def _place(plan: Plan, tag: Tag) -> tuple[Place, Mapping[str, str]]:
    """The place that a tag marks, and its name: the file's, else the room it hangs in, else the level."""
    from shapely.geometry import Point

    from spatial.locate import Place, list_places

    level = next(level for level in plan.levels if level.id == tag.level_id)
    here = Point(tag.point)
    rooms = [unit for unit in plan.units if unit.level_id == tag.level_id and unit.name]
    near = min(rooms, key=lambda unit: (unit.geometry.distance(here), unit.geometry.area), default=None)
    room = near if near is not None and near.geometry.distance(here) < 0.6 else None
    name = dict(tag.name) or (dict(room.name) if room is not None else dict(level.name))
    known = next((p for p in list_places(plan) if room is not None and p.id == room.id), None)
    if known is not None and not tag.name:
        return known, name
    unit = room.id if room is not None else None
    return Place(f"tag-{tag.id}", "point", name, tag.level_id, tag.ordinal, tag.point, unit_id=unit), name
