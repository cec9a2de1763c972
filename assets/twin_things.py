"""What stands on the floor: fixtures and kiosks as copies of a few models, by what they are called and how they look.

IMDF says little more of a fixture than "furniture"; its name tells the rest. A thing whose name says nothing, or whose
outline is neither a rectangle nor round, is drawn as a plain block of its own shape.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np
import shapely

from assets import twin_palette as paint
from assets.glb import Colour
from assets.twin_parts import Part, copies_of
from assets.twin_surface import Surface, extrude, join
from assets.twin_ways import Row
from spatial.plan import Fixture, Kiosk

WORDS: tuple[tuple[tuple[str, ...], str, float], ...] = (
    (("sofa", "沙发", "armchair", "nursing chair", "哺乳椅"), "sofa", 0.8),
    (("seat", "座", "bench", "吧台"), "sofa", 0.62),
    (("shelf", "shelving", "书架"), "cabinet", 2.0),
    (("rack", "货架", "期刊架", "locker", "存包柜", "cabinet", "柜子"), "cabinet", 1.75),
    (("display case", "展柜", "box", "绘本箱"), "cabinet", 0.95),
    (("counter", "柜台", "enquir", "information"), "counter", 1.05),
    (("worktop", "操作台", "copier", "复印", "vending", "售货", "machine", "机"), "machine", 1.15),
    (("toilet", "便器", "washbasin", "洗手台", "basin", "fountain", "饮水"), "ware", 0.6),
    (("carrel", "研读桌", "table", "桌", "desk", "terminal"), "table", 0.75),
    (("partition", "隔断", "panel", "展板", "screen", "投影"), "panel", 2.0),
    (("column", "pillar", "柱"), "column", 0.0),
)
"""Words of a name, in English and Chinese → model and height in metres (0: up to the ceiling)."""

BY_CATEGORY: dict[str, tuple[str, float]] = {
    "desk": ("counter", 0.78),
    "furniture": ("table", 0.75),
    "equipment": ("machine", 1.1),
    "obstruction": ("column", 0.0),
    "wall": ("panel", 2.0),
    "stage": ("stage", 0.35),
}
BLOCK = ("panel", 1.0)
ROUND = ("table", "counter", "column")


def build_things(
    ordinal: int, fixtures: Sequence[Fixture], kiosks: Sequence[Kiosk], without: Collection[str], wall_m: float
) -> list[Part]:
    """The fixtures of a level, less those in ``without`` (shelves draw themselves), and its kiosks."""
    rows: dict[str, list[Row]] = defaultdict(list)
    odd: list[Surface] = []
    for fixture in fixtures:
        if fixture.id in without:
            continue
        model, height = _model_of(fixture)
        height = height or wall_m
        for polygon in shapely.get_parts(fixture.geometry):
            east, north, turn, long, short, filled = _frame_of(polygon)
            if long < 0.02 or short < 0.02:
                continue
            is_round = len(polygon.exterior.coords) > 7 and 0.7 < filled < 0.86 and short > 0.85 * long
            if is_round and model in ROUND:
                rows["round"].append((east, north, 0.0, turn, long, short, height))
            elif filled > 0.93:
                rows[model].append((east, north, 0.0, turn, long, short, height))
            else:
                odd.append(extrude([polygon], 0.0, height, _color_of(model), 0.7))
    parts = [
        Part(f"{ordinal}/things-{model}", ordinal, copies=copies_of(model, rows[model]), extras={"kind": "things"})
        for model in sorted(rows)
    ]
    if odd:
        parts.append(Part(f"{ordinal}/things", ordinal, "wood", join(odd), extras={"kind": "things"}))
    if kiosks:
        stands: list[Row] = []
        for kiosk in kiosks:
            east, north, turn, long, short, _ = _frame_of(kiosk.geometry)
            stands.append((east, north, 0.0, turn, long, short, 1.45))
        names = {"kind": "kiosks", "kiosk_ids": [kiosk.id for kiosk in kiosks]}
        parts.append(Part(f"{ordinal}/kiosks", ordinal, copies=copies_of("kiosk", stands), extras=names))
    return parts


def _model_of(fixture: Fixture) -> tuple[str, float]:
    text = " ".join([*fixture.name.values(), *fixture.alt_name.values()]).lower()
    for words, model, height in WORDS:
        if any(word in text for word in words):
            return model, height
    return BY_CATEGORY.get(fixture.category, BLOCK)


def _frame_of(shape: shapely.Geometry) -> tuple[float, float, float, float, float, float]:
    """Middle, turn of the long side, both lengths, and how much of that rectangle the shape fills."""
    corners = shapely.get_coordinates(shapely.oriented_envelope(shape))
    if len(corners) < 5:
        return 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    sides = corners[1:3] - corners[0:2]
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    k = int(lengths[1] > lengths[0] + 1e-6)
    # of the two ways that the long side may be read, the one that points east: stable under the order of corners
    turn = math.atan2(sides[k][1], sides[k][0]) % math.pi
    turn = turn if turn < math.pi - 1e-6 else 0.0
    middle = corners[:4].mean(axis=0)
    area = float(lengths[0] * lengths[1])
    filled = float(shapely.area(shape)) / area if area > 0 else 0.0
    return float(middle[0]), float(middle[1]), turn, float(lengths[k]), float(lengths[1 - k]), filled


def _color_of(model: str) -> Colour:
    colors = {
        "column": paint.COLUMN,
        "stage": paint.STAGE,
        "counter": paint.OAK,
        "sofa": paint.SOFT,
        "panel": paint.SILL,
    }
    return colors.get(model, paint.TABLE)
