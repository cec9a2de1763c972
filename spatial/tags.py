"""Tags on walls and shelves (AprilTags): which one hangs where, and where a camera is that sees one.

``tags.csv`` in the home, by hand: ``tag,level,east_m,north_m`` with, for a position, ``facing_deg`` (the way the tag's
face looks, clockwise from map north) and, for a whole pose, ``height_m`` of its middle above the floor; ``size_m`` is
the edge of its black square. ``lon,lat`` may stand for ``east_m,north_m``; readers are told ``name_en,name_zh``.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from spatial.frames import Frame
from spatial.levels import describe_levels, find_levels
from spatial.plan import XY, Fault, Labels, Plan

MAX_BYTES = 4 * 1024 * 1024
MAX_SIZE_M = 3.0


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag. ``point``: map metres; ``facing_deg``, ``size_m``: None where the file does not tell."""

    id: int
    level_id: str
    ordinal: int
    elevation_m: float
    point: XY
    height_m: float
    facing_deg: float | None
    size_m: float | None
    name: Labels


@dataclass(frozen=True, slots=True)
class TagView:
    """A camera before a tag, in the tag's own axes, metres: right, up (as one sees it who looks at it), out of it.

    ``ahead``: the way the camera looks, ``right``: to its right; unit vectors in the same axes.
    """

    camera: tuple[float, float, float]
    ahead: tuple[float, float, float]
    right: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class CameraPose:
    """``point``: map metres; ``height_m`` above the floor. Heading clockwise from map north, pitch upwards, roll to the
    right, degrees."""

    point: XY
    height_m: float
    heading_deg: float
    pitch_deg: float
    roll_deg: float


def read_tags(path: Path, plan: Plan) -> tuple[tuple[Tag, ...], tuple[Fault, ...]]:
    """The usable tags of the file and what is wrong with the others; none when there is no file."""
    if not path.is_file():
        return (), ()
    if path.stat().st_size > MAX_BYTES:
        return (), (_fault(path, "", f"the file has more than {MAX_BYTES} bytes; is it a list of tags?"),)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        return (), (_fault(path, "", f"it is not UTF-8 (byte {error.start}); save it as UTF-8"),)
    rows = csv.DictReader(io.StringIO(text))
    header = {name.strip() for name in rows.fieldnames or ()}
    if not {"tag", "level"} <= header or not ({"east_m", "north_m"} <= header or {"lon", "lat"} <= header):
        return (), (_fault(path, "", "it needs the columns tag, level and east_m, north_m (or lon, lat)"),)
    frame, found, faults = Frame(plan.origin), {}, []
    for number, row in enumerate(rows, start=2):
        cells = {str(k).strip(): (v or "").strip() for k, v in row.items() if isinstance(v, str) or v is None}
        try:
            tag = _tag(cells, plan, frame)
            if tag.id in found:
                raise ValueError(f"tag {tag.id} stands in the file before; a number may hang in one place only")
        except ValueError as error:
            faults.append(_fault(path, cells.get("tag", ""), f"line {number}: {error}"))
            continue
        found[tag.id] = tag
    return tuple(found.values()), tuple(faults)


def place_camera(tag: Tag, view: TagView) -> CameraPose | None:
    """Where the camera is in the building; None when nobody knows which way the tag looks."""
    if tag.facing_deg is None:
        return None
    facing = math.radians(tag.facing_deg)
    out = (math.sin(facing), math.cos(facing))
    across = (-out[1], out[0])  # to the right of one who looks at it

    def turned(vector: tuple[float, float, float]) -> tuple[float, float, float]:
        x, y, z = vector
        return x * across[0] + z * out[0], x * across[1] + z * out[1], y

    east, north, up = turned(view.camera)
    ahead, right = turned(view.ahead), turned(view.right)
    heading = math.degrees(math.atan2(ahead[0], ahead[1])) % 360.0
    pitch = math.degrees(math.asin(max(-1.0, min(1.0, ahead[2]))))
    roll = -math.degrees(math.asin(max(-1.0, min(1.0, right[2]))))
    point = (tag.point[0] + east, tag.point[1] + north)
    return CameraPose(point, tag.height_m + up, heading, pitch, roll)


def _tag(cells: Mapping[str, str], plan: Plan, frame: Frame) -> Tag:
    """One row. Raises ValueError."""
    if not cells.get("tag", "").isdecimal() or len(cells["tag"]) > 9:
        raise ValueError(f"{cells.get('tag', '')!r} is no number of a tag")
    levels = find_levels(plan.levels, cells.get("level", ""))
    if len(levels) != 1:
        there = describe_levels(plan.levels)
        raise ValueError(f"there is no one level {cells.get('level', '')!r}; write one of {there}")
    if cells.get("east_m") or cells.get("north_m"):
        point = (_number(cells, "east_m"), _number(cells, "north_m"))
    else:
        point = frame.to_map(_number(cells, "lon", 180), _number(cells, "lat", 90))
    size = _number(cells, "size_m", MAX_SIZE_M) if cells.get("size_m") else None
    if size is not None and size <= 0.005:
        raise ValueError(f"size_m {size} is no size; write the edge of the black square in metres")
    level = levels[0]
    names = {lang: cells[f"name_{lang}"] for lang in ("en", "zh") if cells.get(f"name_{lang}")}
    return Tag(
        int(cells["tag"]), level.id, level.ordinal, level.elevation_m, point,
        _number(cells, "height_m", 100) if cells.get("height_m") else 1.5,
        _number(cells, "facing_deg", 360) % 360.0 if cells.get("facing_deg") else None, size, names,
    )  # fmt: skip


def _number(cells: Mapping[str, str], name: str, most: float = 1e6) -> float:
    try:
        value = float(cells.get(name, ""))
    except ValueError:
        raise ValueError(f"{name} {cells.get(name, '')!r} is no number") from None
    if not math.isfinite(value) or abs(value) > most:
        raise ValueError(f"{name} {value:g} is out of range (at most {most:g})")
    return value


def _fault(path: Path, tag: str, message: str) -> Fault:
    return Fault(path.name, message, tag or None)
