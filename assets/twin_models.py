"""Models that stand in many places: doors, flights of stairs, lifts, furniture. Each fills a unit box or a unit width.

Frames: x right, y back, z up. Doors are 1 m wide about x = 0 and stand on the line of the opening; furniture fills
−½…½ by −½…½ by 0…1; a flight climbs from y = 0 to y = 1 and from z = 0 to z = 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from assets import twin_palette as paint
from assets.glb import Colour
from assets.twin_parts import Model
from assets.twin_shelves import build_shelf_model
from assets.twin_surface import Surface, box, join, quads

WALL_M, DOOR_M, HALF_WALL_M = 2.7, 2.1, 0.06
"""Height of walls and of doorways, half the thickness of a wall."""


def build_model(name: str) -> Model:
    """The model of this name; KeyError when there is none. ``shelf-5-900-1000`` (bays, width and depth in
    thousandths) and ``flight-12`` (steps) carry their numbers."""
    kind, _, rest = name.partition("-")
    if kind == "shelf":
        bays, width, depth = map(int, rest.split("-"))
        return build_shelf_model(bays, width / 1000, depth / 1000)
    if kind == "flight":
        return {"stone": _flight(int(rest))}
    return _MODELS[name]()


def _frame() -> list[Surface]:
    """Jambs, head, and the piece of wall above the doorway."""
    t = HALF_WALL_M + 0.02
    jambs = [box((x, -t, 0.0), (x + 0.05, t, DOOR_M), paint.FRAME, 0.75, "wesn") for x in (-0.5, 0.45)]
    head = box((-0.5, -t, DOOR_M - 0.05), (0.5, t, DOOR_M), paint.FRAME, 0.9, "snb")
    above = box((-0.5, -HALF_WALL_M, DOOR_M), (0.5, HALF_WALL_M, WALL_M), paint.WALL, 0.97, "snb")
    top = box((-0.5, -HALF_WALL_M, WALL_M - 0.01), (0.5, HALF_WALL_M, WALL_M), paint.WALL_TOP, 1.0, "t")
    return [*jambs, head, above, top]


def _leaf(hinge: float, width: float, angle: float, color: Colour) -> Surface:
    """A door leaf that stands open by ``angle`` from its hinge at x."""
    sign = 1.0 if hinge < 0 else -1.0
    c, s = math.cos(angle) * sign, math.sin(angle)
    a, b = (hinge, 0.0), (hinge + width * c, width * s)
    n = (-s * 0.02, c * 0.02) if sign > 0 else (s * 0.02, -c * 0.02)
    front = [(a[0] - n[0], a[1] - n[1]), (b[0] - n[0], b[1] - n[1])]
    back = [(b[0] + n[0], b[1] + n[1]), (a[0] + n[0], a[1] + n[1])]
    if sign < 0:
        front, back = front[::-1], back[::-1]
    ring = [*front, *back]
    sides = [
        [(*ring[k], 0.0), (*ring[(k + 1) % 4], 0.0), (*ring[(k + 1) % 4], 2.04), (*ring[k], 2.04)] for k in range(4)
    ]
    top = [[(*p, 2.04) for p in ring]]
    return quads([*sides, *top], [color] * 5)


def _door() -> Model:
    return {"wood": join([*_frame(), _leaf(-0.45, 0.88, 1.25, paint.DOOR)])}


def _double() -> Model:
    leaves = [_leaf(-0.45, 0.44, 1.2, paint.DOOR), _leaf(0.45, 0.44, 1.2, paint.DOOR)]
    return {"wood": join([*_frame(), *leaves])}


def _passage() -> Model:
    return {"wood": join(_frame())}


def _closed(color: Colour) -> Callable[[], Model]:
    def build() -> Model:
        leaf = box((-0.45, -0.03, 0.0), (0.45, 0.03, DOOR_M - 0.05), color, 0.8, "sn")
        bar = [box((-0.36, y, 0.98), (0.36, y + 0.03, 1.06), paint.METAL, 0.9, "snt") for y in (-0.07, 0.04)]
        return {"wood": join([*_frame(), leaf, *bar])}

    return build


def _lift() -> Model:
    doors = [box((x, -0.03, 0.0), (x + 0.44, 0.03, DOOR_M - 0.05), paint.METAL, 0.75, "snwe") for x in (-0.445, 0.005)]
    panel = box((0.52, -0.1, 1.0), (0.6, -0.07, 1.25), paint.METAL_DARK, 0.9, "swet")
    return {"metal": join([*_frame(), *doors, panel])}


def _flight(steps: int) -> Surface:
    """``steps`` risers; 0 makes a ramp."""
    if steps == 0:
        return join([quads([[(0, 0, 0), (1, 0, 0), (1, 1, 1), (0, 1, 1)]], [paint.STONE]), *_cheeks(0.02)])
    corners, shades = [], []
    for k in range(steps):
        y0, y1, z0, z1 = k / steps, (k + 1) / steps, k / steps, (k + 1) / steps
        corners += [
            [(1, y0, z0), (1, y0, z1), (0, y0, z1), (0, y0, z0)],
            [(1, y0, z1), (1, y1, z1), (0, y1, z1), (0, y0, z1)],
        ]
        riser, dark = paint.shaded(paint.STONE, 0.72), paint.shaded(paint.STONE, 0.8)
        shades += [[riser] * 4, [paint.STONE, dark, dark, paint.STONE]]
    return join([quads(corners, np.array(shades)), *_cheeks(1 / steps)])


def _cheeks(rise: float) -> list[Surface]:
    """The sides of a flight, from the floor line to a little above the steps, and a rail over each."""
    made = []
    for x, out in ((0.0, -1), (1.0, 1)):
        low = [(x, 0.0, 0.0), (x, 1.0, 1.0 - 0.08), (x, 1.0, 1.0 + rise), (x, 0.0, rise)]
        ring = low if out > 0 else low[::-1]
        made += [quads([ring], [paint.shaded(paint.STONE, 0.7)]), quads([ring[::-1]], [paint.shaded(paint.STONE, 0.7)])]
        inner = x - 0.03 * out
        a, b = sorted((x, inner))
        top = [(a, 0.0, 0.42), (b, 0.0, 0.42), (b, 1.0, 1.42), (a, 1.0, 1.42)]
        under = [(a, 0.0, 0.38), (b, 0.0, 0.38), (b, 1.0, 1.38), (a, 1.0, 1.38)]
        rail = [top, under[::-1], [under[0], under[3], top[3], top[0]][::-1], [under[1], under[2], top[2], top[1]]]
        made.append(quads(rail, [paint.RAIL] * 4))
    return made


def _escalator() -> Model:
    """A moving stair: treads, closed cheeks, black handrails; flat at both ends."""
    profile = [(0.0, 0.0), (0.1, 0.012), (0.9, 1.0), (1.0, 1.0)]
    made = []
    for (y0, z0), (y1, z1) in pairwise(profile):
        pieces = 14 if z1 - z0 > 0.5 else 2
        for k in range(pieces):
            a, b = k / pieces, (k + 1) / pieces
            p, q = (y0 + a * (y1 - y0), z0 + a * (z1 - z0)), (y0 + b * (y1 - y0), z0 + b * (z1 - z0))
            tone = paint.METAL_DARK if k % 2 else paint.shaded(paint.METAL_DARK, 0.75)
            made.append(quads([[(0.15, *p), (0.85, *p), (0.85, *q), (0.15, *q)]], [tone]))
        under = [(0.0, y0, z0 - 0.03), (0.0, y1, z1 - 0.03), (1.0, y1, z1 - 0.03), (1.0, y0, z0 - 0.03)]
        made.append(quads([under], [paint.shaded(paint.METAL, 0.7)]))
        for x0, x1 in ((0.0, 0.15), (0.85, 1.0)):
            lift = 0.24
            top = [(x0, y0, z0 + lift), (x1, y0, z0 + lift), (x1, y1, z1 + lift), (x0, y1, z1 + lift)]
            made.append(quads([top], [paint.shaded(paint.RAIL, 0.35)]))
            for x, ring in ((x1, 1), (x0, -1)):
                side = [(x, y0, z0 - 0.03), (x, y1, z1 - 0.03), (x, y1, z1 + lift), (x, y0, z0 + lift)]
                made.append(quads([side if ring > 0 else side[::-1]], [paint.METAL]))
    return {"metal": join(made)}


def _block(color: Colour, foot: float = 0.7) -> Callable[[], Surface]:
    return lambda: box((-0.5, -0.5, 0.0), (0.5, 0.5, 1.0), color, foot)


def _table() -> Surface:
    legs = [
        box((x, y, 0.0), (x + 0.07, y + 0.1, 0.94), paint.OAK_DARK, 0.6, "wesn")
        for x in (-0.45, 0.38)
        for y in (-0.42, 0.32)
    ]
    return join([box((-0.5, -0.5, 0.93), (0.5, 0.5, 1.0), paint.TABLE, 0.85, "wesntb"), *legs])


def _counter() -> Surface:
    body = box((-0.46, -0.46, 0.0), (0.46, 0.46, 0.94), paint.SILL, 0.65, "wesn")
    return join([body, box((-0.5, -0.5, 0.94), (0.5, 0.5, 1.0), paint.OAK, 0.9, "wesntb")])


def _sofa() -> Surface:
    soft, dark = paint.SOFT, paint.shaded(paint.SOFT, 0.85)
    seat = box((-0.5, -0.5, 0.08), (0.5, 0.5, 0.55), soft, 0.65)
    return join([seat, box((-0.5, 0.22, 0.55), (0.5, 0.5, 1.0), dark, 0.85, "wesnt")])


def _cabinet() -> Surface:
    seams = [box((x, -0.505, 0.06), (x + 0.012, -0.5, 0.96), paint.OAK_DARK, 1.0, "s") for x in (-0.17, 0.16)]
    return join([box((-0.5, -0.5, 0.0), (0.5, 0.5, 1.0), paint.CABINET, 0.7), *seams])


def _kiosk() -> Surface:
    post = box((-0.18, -0.12, 0.0), (0.18, 0.12, 0.75), paint.METAL_DARK, 0.7, "wesn")
    screen = box((-0.42, -0.16, 0.55), (0.42, 0.06, 1.0), paint.KIOSK, 0.9)
    glow = box((-0.36, -0.17, 0.6), (0.36, -0.165, 0.96), paint.SCREEN, 1.0, "s")
    return join([post, screen, glow, box((-0.4, -0.3, 0.0), (0.4, 0.3, 0.03), paint.METAL_DARK)])


def _round_table() -> Surface:
    ring = [(0.5 * math.cos(t), 0.5 * math.sin(t)) for t in np.linspace(0, 2 * math.pi, 15)[:-1]]
    rim = [[(*a, 0.94), (*b, 0.94), (*b, 1.0), (*a, 1.0)] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]
    wedges = [
        [(0.0, 0.0, 1.0), (*a, 1.0), (*b, 1.0), (*c, 1.0)]
        for a, b, c in zip(ring[::2], ring[1::2], ring[2::2] + ring[:1], strict=True)
    ]
    leg = box((-0.07, -0.07, 0.0), (0.07, 0.07, 0.94), paint.OAK_DARK, 0.6, "wesn")
    foot = box((-0.25, -0.25, 0.0), (0.25, 0.25, 0.04), paint.OAK_DARK, 0.8)
    return join(
        [quads(rim, [paint.TABLE]), quads(wedges, [paint.TABLE], np.tile([0, 0, 1.0], (len(wedges), 1))), leg, foot]
    )


_MODELS: dict[str, Callable[[], Model]] = {
    "door": _door,
    "double": _double,
    "passage": _passage,
    "exit": _closed(paint.EXIT),
    "shut": _closed(paint.SHUT),
    "lift": _lift,
    "escalator": _escalator,
    "landing": lambda: {"stone": _block(paint.STONE, 0.8)()},
    "column": lambda: {"stone": _block(paint.COLUMN, 0.72)()},
    "panel": lambda: {"wall": _block(paint.SILL, 0.75)()},
    "stage": lambda: {"wood": _block(paint.STAGE, 0.7)()},
    "machine": lambda: {"metal": _block(paint.MACHINE, 0.7)()},
    "ware": lambda: {"stone": _block(paint.WALL, 0.8)()},
    "table": lambda: {"wood": _table()},
    "round": lambda: {"wood": _round_table()},
    "counter": lambda: {"wood": _counter()},
    "sofa": lambda: {"fabric": _sofa()},
    "cabinet": lambda: {"wood": _cabinet()},
    "kiosk": lambda: {"metal": _kiosk()},
}
