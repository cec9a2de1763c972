"""Shelves: one copy of a model per shelf face, so that a picked copy is a range of call numbers.

The model of a face with n bays begins at the face's start and runs along x; the reader stands at negative y, the body
lies behind. ``extras.bay_m`` is the width of a bay in the model: the bay of a picked point is one more than its x in
the copy's own frame divided by it. Faces of one size have a model of that size, others a model that is scaled.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.strtree import STRtree

from assets import twin_palette as paint
from assets.twin_parts import Copies, Model, Part
from assets.twin_spines import ROWS
from assets.twin_surface import Floats, Surface, box, join, quads
from spatial.plan import Fixture, ShelfFace
from spatial.shelves import reader_side

DEPTH_M, HEIGHT_M = 0.3, 2.0
BOARDS = 6
MOST_BAYS = 99
TOUCH_M = 0.12
"""A fixture this near to the middle of a face is the body that the face belongs to."""


def build_shelf_parts(
    ordinal: int, faces: Sequence[ShelfFace], fixtures: Sequence[Fixture]
) -> tuple[list[Part], set[str]]:
    """The shelves of a level, one part per number of bays, and the ids of fixtures that they stand for."""
    depths, bodies = _depths(faces, fixtures)
    by_bays: dict[int, list[int]] = defaultdict(list)
    for i, face in enumerate(faces):
        by_bays[min(max(face.bays, 1), MOST_BAYS)].append(i)
    parts = []
    for bays, members in sorted(by_bays.items()):
        chosen = sorted(members, key=lambda i: _turn(faces[i]))  # equal turns one after another: the file packs smaller
        held = [faces[i] for i in chosen]
        starts, ends = np.array([f.start for f in held]), np.array([f.end for f in held])
        along = ends - starts
        lengths = np.hypot(along[:, 0], along[:, 1])
        scales = np.column_stack([lengths / bays, np.array([depths[i] for i in chosen]) / DEPTH_M, np.ones(len(held))])
        places = np.column_stack([starts, np.zeros(len(held))])
        model, bay_m, scales = _sized(bays, scales)
        copies = Copies(model, places, np.arctan2(along[:, 1], along[:, 0]), scales)
        extras = {"kind": "shelves", "bays": bays, "bay_m": bay_m, "range_ids": [f.range_id for f in held]}
        parts.append(Part(f"{ordinal}/shelves-{bays}", ordinal, copies=copies, extras=extras))
    return parts, bodies


def _turn(face: ShelfFace) -> float:
    (x0, y0), (x1, y1) = face.start, face.end
    return round(math.atan2(y1 - y0, x1 - x0), 3)


def _sized(bays: int, scales: Floats) -> tuple[str, float, Floats]:
    """The model, the width of its bay, and the scales of its copies: none where all faces have one size."""
    whole = np.rint(scales[:, :2] * 1000).astype(int)
    if (whole == whole[0]).all():
        width, depth = whole[0].tolist()
        return f"shelf-{bays}-{width}-{depth}", width / 1000, np.ones_like(scales)
    return f"shelf-{bays}-1000-1000", 1.0, scales


def _depths(faces: Sequence[ShelfFace], fixtures: Sequence[Fixture]) -> tuple[list[float], set[str]]:
    """How deep the body behind each face is, shared by the faces that have it in common, and the bodies' ids."""
    depths = [DEPTH_M] * len(faces)
    if not faces or not fixtures:
        return depths, set()
    tree = STRtree([f.geometry for f in fixtures])
    middles = shapely.points([((f.start[0] + f.end[0]) / 2, (f.start[1] + f.end[1]) / 2) for f in faces])
    near, which = tree.query(middles, predicate="dwithin", distance=TOUCH_M)
    owners: dict[int, int] = {}
    for i, j in zip(near.tolist(), which.tolist(), strict=True):
        if fixtures[j].category not in ("wall", "column", "obstruction"):
            owners.setdefault(i, j)
    shared: dict[int, list[int]] = defaultdict(list)
    for i, j in owners.items():
        shared[j].append(i)
    for j, members in shared.items():
        xy = shapely.get_coordinates(fixtures[j].geometry)
        for i in members:
            east, north = reader_side(faces[i])
            depth = float(((middle_of(faces[i]) - xy) @ np.array([east, north])).max())
            depths[i] = min(max(depth / (2 if _back_to_back(faces, members, i) else 1), 0.1), 1.2)
    return depths, {fixtures[j].id for j in shared}


def _back_to_back(faces: Sequence[ShelfFace], members: Sequence[int], i: int) -> bool:
    east, north = reader_side(faces[i])
    return any(east * e + north * n < -0.7 for e, n in (reader_side(faces[k]) for k in members if k != i))


def middle_of(face: ShelfFace) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The middle of the line of a face."""
    return np.array([(face.start[0] + face.end[0]) / 2, (face.start[1] + face.end[1]) / 2])


def build_shelf_model(bays: int, width: float, depth: float) -> Model:
    """A run of ``bays`` bays with books, and the soft shade that it throws on the floor.

    ``width``: of a bay, metres. ``depth``: in units of ``DEPTH_M``.
    """
    margin = 0.22
    outer = [(-margin, -margin), (bays + margin, -margin), (bays + margin, DEPTH_M), (-margin, DEPTH_M)]
    inner = [(0.0, 0.0), (float(bays), 0.0), (float(bays), DEPTH_M), (0.0, DEPTH_M)]
    clear = (*paint.SHADE[:3], 0.0)
    ring = [[(*p, 0.015) for p in (outer[k], outer[m], inner[m], inner[k])] for k, m in ((0, 1), (1, 2), (3, 0))]
    ring.append([(*p, 0.015) for p in inner])
    tones = [[clear, clear, paint.SHADE, paint.SHADE]] * 3 + [[paint.SHADE] * 4]
    made = {"wood": _carcass(bays), "books": _books(bays), "shade": quads(ring, np.array(tones))}
    size = np.array([width, depth, 1.0])
    return {name: replace(surface, points=surface.points * size) for name, surface in made.items()}


def _carcass(bays: int) -> Surface:
    """Ends, top, plinth, back, uprights and boards."""
    oak, dark, wide = paint.OAK, paint.shaded(paint.OAK_DARK, 0.5), float(bays)
    uprights = [
        box((x - 0.012, 0.0, 0.08), (x + 0.012, DEPTH_M - 0.02, HEIGHT_M - 0.03), oak, 0.7, "swe")
        for x in range(1, bays)
    ]
    boards = [
        box((0.03, 0.005, z - 0.022), (wide - 0.03, DEPTH_M - 0.02, z), paint.shaded(oak, 0.9), 0.8, "stb")
        for z in _boards()
    ]
    ends = [
        box((0.0, 0.0, 0.0), (0.035, DEPTH_M, HEIGHT_M), oak, 0.72, "wsen"),
        box((wide - 0.035, 0.0, 0.0), (wide, DEPTH_M, HEIGHT_M), oak, 0.72, "wsen"),
        box((0.0, 0.0, HEIGHT_M - 0.035), (wide, DEPTH_M, HEIGHT_M), oak, 0.7, "snwetb"),
        box((0.035, 0.03, 0.0), (wide - 0.035, DEPTH_M, 0.08), dark, 0.8, "s"),
    ]
    y = DEPTH_M - 0.01
    back = quads([[(0.0, y, 0.0), (wide, y, 0.0), (wide, y, HEIGHT_M), (0.0, y, HEIGHT_M)]], [dark])
    rear = [(wide, DEPTH_M, 0.0), (0.0, DEPTH_M, 0.0), (0.0, DEPTH_M, HEIGHT_M), (wide, DEPTH_M, HEIGHT_M)]
    low, high, near, far = 1.45, 1.63, 0.09, 0.21
    west = [(-0.004, far, low), (-0.004, near, low), (-0.004, near, high), (-0.004, far, high)]
    east = [(wide - x, y, z) for x, y, z in (west[1], west[0], west[3], west[2])]
    plates = quads([rear, west, east], [paint.shaded(paint.OAK_DARK, 0.9), paint.PAPER, paint.PAPER])
    return join([*uprights, *boards, *ends, back, plates])


def _boards() -> list[float]:
    """Height of the top of each board."""
    return [0.085 + k * (HEIGHT_M - 0.12) / BOARDS for k in range(BOARDS)]


def _books(bays: int) -> Surface:
    """One piece of the picture of spines on each board of each bay."""
    corners, uvs = [], []
    for bay in range(bays):
        for board, z in enumerate(_boards()):
            seed = (bay * BOARDS + board) * 7919 + 17
            filled = (48 + seed % 17) / 64  # whole 64ths, as all places in the picture: the file packs smaller
            left, right, y = bay + 0.02, bay + 0.02 + 0.96 * filled, 0.05
            start, row = (seed % 61) / 64, seed % ROWS
            top, bottom = (row + 1 / 64) / ROWS, (row + 1 - 1 / 64) / ROWS
            high = z + 0.29
            corners.append([(left, y, z), (right, y, z), (right, y, high), (left, y, high)])
            uvs.append([(start, bottom), (start + filled, bottom), (start + filled, top), (start, top)])
    return quads(corners, [(1.0, 1.0, 1.0, 1.0)], uvs=np.array(uvs))
