"""Neck, clothes, arms, hands, legs and shoes, each with the joints that bend it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assets.glb import Colour
from assets.librarian_rig import BONE, OTHER_SIDE
from assets.librarian_shapes import Floats, Ints, Shape, ball, grid, join, shape, smooth, tube

_Y = [0.79, 0.86, 0.93, 0.99, 1.05, 1.11, 1.155, 1.19, 1.215, 1.235, 1.25]
_WIDE = [0.150, 0.149, 0.134, 0.118, 0.117, 0.124, 0.130, 0.129, 0.115, 0.082, 0.056]
_DEEP = [0.112, 0.112, 0.098, 0.087, 0.089, 0.098, 0.099, 0.092, 0.080, 0.066, 0.052]
ARM_Y, ARM_Z = 1.203, -0.005


def shade(color: Colour, by: float) -> Colour:
    """The colour with less (or a little more) light."""
    red, green, blue = (min(1.0, c * by) for c in color[:3])
    return red, green, blue, color[3]


def build_body(skin: Colour, cardigan: Colour, blouse: Colour, trousers: Colour, accent: Colour, skirt: bool) -> Shape:
    """Everything below the head, in the pose of a T."""
    neck = tube(
        [(0, 1.20, -0.012), (0, 1.24, -0.012), (0, 1.28, -0.008), (0, 1.325, -0.004)],
        [(0.048, 0.046), (0.040, 0.040), (0.037, 0.038), (0.042, 0.044)],
        skin, 18, caps=False,
    )  # fmt: skip
    neck.colors[:, :3] *= (1.0 - 0.22 * smooth(1.255, 1.31, neck.points[:, 1]))[:, None]
    trunk = [_by_height(neck), _by_height(_torso(blouse)), _by_height(_cardigan(cardigan)), *_collar(blouse)]
    trunk += [_by_height(s) for s in _details(cardigan, accent)]
    left = [_arm(cardigan, skin), *_leg(trousers, skin, accent, skirt)]
    both = [part for s in left for part in (s, s.mirrored(OTHER_SIDE))]
    if skirt:
        trunk.append(_skirt(trousers))
    else:
        trunk.append(_seat(trousers))
    return join([*trunk, *both])


def _profile(y: Floats, extra: float) -> tuple[Floats, Floats, Floats]:
    wide = np.interp(y, _Y, _WIDE) + extra
    deep = np.interp(y, _Y, _DEEP) + extra
    lean = np.interp(y, [0.79, 0.99, 1.13, 1.25], [-0.004, 0.0, 0.006, -0.008])
    return wide, deep, lean


def _torso(color: Colour) -> Shape:
    y = np.array([0.94, *np.linspace(0.99, 1.235, 9), 1.25])
    wide, deep, lean = _profile(y, 0.0)
    path = np.column_stack([np.zeros(len(y)), y, lean])
    return tube(path, np.column_stack([wide, deep]), color, 16)


def _cardigan(color: Colour) -> Shape:
    """A soft shell, open in front, its hem and edges turned in."""
    y = np.linspace(0.785, 1.243, 12)
    columns = 27
    wide, deep, lean = _profile(y, 0.010)
    hang = smooth(0.0, 1.0, (0.97 - y) / 0.2)
    wide, deep = wide + 0.010 * hang, deep + 0.012 * hang
    gap = np.interp(y, [0.785, 0.98, 1.10, 1.243], [0.34, 0.16, 0.24, 0.62])
    rows, tones = [], []
    for k, height in enumerate(y):
        az = np.linspace(gap[k], 2 * np.pi - gap[k], columns)
        edge = np.minimum(np.arange(columns), np.arange(columns)[::-1])
        inward = np.where(edge == 0, 0.86, np.where(edge == 1, 1.0, 1.0))
        fold = 1.0 + 0.010 * np.sin(9 * az) * hang[k]
        rows.append(
            np.column_stack(
                [
                    wide[k] * np.sin(az) * inward * fold,
                    np.full(columns, height),
                    lean[k] + deep[k] * np.cos(az) * inward * fold,
                ]
            )
        )
        rib = (edge <= 2) | (k <= 1)
        tone = np.tile(np.asarray(color, float), (columns, 1))
        tone[rib, :3] *= 0.80
        tone[:, :3] *= 0.86 + 0.14 * (k / 11)
        tones.append(tone)
    return shape(np.concatenate(rows), grid(len(y), columns, False), np.concatenate(tones))


def _collar(color: Colour) -> list[Shape]:
    """A low standing collar."""
    path = [(0, 1.232, -0.011), (0, 1.246, -0.011), (0, 1.266, -0.010), (0, 1.267, -0.010), (0, 1.25, -0.011)]
    radii = [(0.062, 0.056), (0.052, 0.049), (0.0475, 0.046), (0.044, 0.043), (0.043, 0.042)]
    return [_by_height(tube(path, radii, shade(color, 1.05), 24, caps=False))]


def _details(cardigan: Colour, accent: Colour) -> list[Shape]:
    """Buttons, a name badge and a pocket's edge."""
    made = []
    for y in (0.86, 0.93, 1.00):
        wide, deep, lean = _profile(np.array([y]), 0.012)
        gap = float(np.interp(y, [0.785, 0.98], [0.34, 0.16])) + 0.09
        spot = (-(wide[0] + 0.006) * np.sin(gap), y, lean[0] + (deep[0] + 0.006) * np.cos(gap))
        made.append(ball(spot, (0.0075, 0.0075, 0.004), shade(cardigan, 0.55), 4, 8))
    wide, deep, lean = _profile(np.array([1.125]), 0.014)
    angle = 0.60
    out = np.array([np.sin(angle) * deep[0] / wide[0], 0.10, np.cos(angle)])
    out /= np.linalg.norm(out)
    middle = np.array([wide[0] * np.sin(angle), 1.125, lean[0] + deep[0] * np.cos(angle)]) + 0.002 * out
    side = np.cross([0.0, 1.0, 0.0], out)
    side /= np.linalg.norm(side)
    up = np.cross(out, side)
    for half, rise, lift, color in ((0.021, 0.0115, 0.0, (0.93, 0.91, 0.85, 1.0)), (0.021, 0.0035, 0.0012, accent)):
        centre = middle + lift * out + (0.008 * up if lift else 0)
        corners = np.array([centre + a * half * side + b * rise * up for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))])
        made.append(shape(corners, np.array([[0, 1, 2], [0, 2, 3]]), color))
    return made


def _arm(sleeve: Colour, skin: Colour) -> Shape:
    """Her left arm along x with its hand, palm down."""
    xs = np.array([0.085, 0.105, 0.125, 0.150, 0.22, 0.29, 0.32, 0.35, 0.39, 0.45, 0.508])
    radii = np.array([0.030, 0.043, 0.048, 0.0475, 0.0435, 0.0405, 0.0398, 0.039, 0.0375, 0.0352, 0.034])
    path = np.column_stack([xs, np.full(len(xs), ARM_Y), np.full(len(xs), ARM_Z)])
    cloth = tube(path, radii, sleeve, 11)
    cuff = tube([(0.497, ARM_Y, ARM_Z), (0.505, ARM_Y, ARM_Z), (0.527, ARM_Y, ARM_Z), (0.533, ARM_Y, ARM_Z)],
                [0.031, 0.0355, 0.0355, 0.029], shade(sleeve, 0.8), 11)  # fmt: skip
    y, z = ARM_Y, ARM_Z
    palm = [(0.51, y, z), (0.545, y, z), (0.562, y - 0.001, z + 0.001), (0.59, y - 0.003, z + 0.001)]
    thick = [(0.021, 0.023), (0.018, 0.022), (0.0165, 0.029), (0.0155, 0.0335), (0.012, 0.031)]
    wrist = tube([*palm, (0.608, y - 0.005, z)], thick, skin, 12)
    fingers = []
    for apart, long, wide in (
        (0.0235, 0.056, 0.0088),
        (0.0085, 0.064, 0.0092),
        (-0.0075, 0.060, 0.0088),
        (-0.0225, 0.047, 0.0078),
    ):
        steps = np.linspace(0, 1, 5)
        bend = np.column_stack(
            [0.600 + long * steps, ARM_Y - 0.004 - 0.010 * steps**2, ARM_Z + apart * (1 + 0.10 * steps)]
        )
        fingers.append(tube(bend, wide * np.array([1.0, 1.02, 0.98, 0.86, 0.42]), skin, 6))
    thumb = np.array(
        [
            [0.552, -0.004, 0.020],
            [0.566, -0.007, 0.036],
            [0.584, -0.011, 0.046],
            [0.604, -0.015, 0.050],
            [0.613, -0.017, 0.050],
        ]
    )
    thumb += [0, ARM_Y, ARM_Z]
    fingers.append(tube(thumb, np.array([0.0105, 0.0108, 0.0098, 0.0085, 0.0045]), skin, 8, up=(0.0, 1.0, 0.0)))
    whole = join([cloth, cuff, wrist, *fingers])
    x = whole.points[:, 0]
    upper, lower = smooth(0.085, 0.145, x), smooth(0.30, 0.36, x)
    hand = smooth(0.515, 0.540, x)
    return _weighted(
        whole,
        [
            ("leftShoulder", 1 - upper),
            ("leftUpperArm", upper * (1 - lower)),
            ("leftLowerArm", lower * (1 - hand)),
            ("leftHand", hand),
        ],
    )


def _leg(trousers: Colour, skin: Colour, accent: Colour, skirt: bool) -> list[Shape]:
    ys = np.array([0.86, 0.78, 0.66, 0.52, 0.47, 0.42, 0.30, 0.18, 0.095])
    wide = np.array([0.076, 0.079, 0.071, 0.060, 0.056, 0.056, 0.054, 0.050, 0.050])
    x = np.interp(ys, [0.09, 0.86], [0.077, 0.071])
    color = trousers
    if skirt:
        wide, color = wide * np.interp(ys, [0.1, 0.3, 0.5, 0.86], [0.60, 0.80, 0.75, 0.85]), shade(skin, 0.85)
    path = np.column_stack([x, ys, np.interp(ys, [0.09, 0.45, 0.86], [-0.012, 0.0, 0.0])])
    leg = tube(path, np.column_stack([wide, wide * 1.05]), color, 12, up=(0.0, 0.0, -1.0))
    dark = shade(accent, 0.42)
    sole = ball((0.080, 0.030, 0.030), (0.042, 0.030, 0.108), shade(dark, 0.6), 5, 12)
    shoe = ball((0.080, 0.042, 0.026), (0.041, 0.043, 0.104), dark, 6, 12)
    ankle = tube(
        [(0.078, 0.05, -0.025), (0.078, 0.10, -0.014), (0.077, 0.13, -0.012)],
        [0.040, 0.032, 0.028],
        dark if not skirt else color,
        10,
    )
    for part in (sole, shoe):
        np.maximum(part.points[:, 1], 0.0, out=part.points[:, 1])
    y = leg.points[:, 1]
    hip = smooth(0.78, 0.86, y)
    knee = 1.0 - smooth(0.40, 0.50, y)
    foot = 1.0 - smooth(0.07, 0.11, y)
    made = _weighted(
        leg,
        [
            ("hips", hip),
            ("leftUpperLeg", (1 - hip) * (1 - knee)),
            ("leftLowerLeg", knee * (1 - foot)),
            ("leftFoot", foot),
        ],
    )
    return [made, *(part.on(BONE["leftFoot"]) for part in (sole, shoe, ankle))]


def _seat(color: Colour) -> Shape:
    y = np.array([0.765, 0.79, 0.83, 0.88, 0.93, 0.985])
    wide, deep, lean = _profile(y, 0.001)
    narrow = np.array([0.55, 0.86, 1.0, 1.0, 1.0, 1.0])
    path = np.column_stack([np.zeros(6), y, lean])
    return tube(path, np.column_stack([wide * narrow, deep * narrow]), color, 16).on(BONE["hips"])


def _skirt(color: Colour) -> Shape:
    y = np.array([0.985, 0.93, 0.88, 0.80, 0.70, 0.60, 0.50, 0.47, 0.475])
    wide = np.array([0.112, 0.124, 0.136, 0.147, 0.166, 0.184, 0.198, 0.201, 0.190])
    path = np.column_stack([np.zeros(len(y)), y, np.zeros(len(y))])
    made = tube(path, np.column_stack([wide, 0.80 * wide]), color, 48, up=(0.0, 0.0, -1.0), caps=False)
    turn = np.arctan2(made.points[:, 0], made.points[:, 2])
    pleat = 0.5 + 0.5 * np.sin(24 * turn)
    low = np.clip((0.95 - made.points[:, 1]) / 0.4, 0, 1)
    made.points[:, 0] *= 1.0 + 0.035 * pleat * low
    made.points[:, 2] *= 1.0 + 0.035 * pleat * low
    made.colors[:, :3] *= (0.78 + 0.22 * pleat * low + 0.22 * (1 - low))[:, None]
    return made.on(BONE["hips"])


def _by_height(part: Shape) -> Shape:
    """Moved by hips, spine, chest and neck, each where it is nearest."""
    y = part.points[:, 1]
    spine, chest, neck = smooth(0.90, 0.98, y), smooth(1.02, 1.10, y), smooth(1.245, 1.30, y)
    return _weighted(
        part, [("hips", 1 - spine), ("spine", spine * (1 - chest)), ("chest", chest * (1 - neck)), ("neck", neck)]
    )


def _weighted(part: Shape, given: list[tuple[str, Floats]]) -> Shape:
    bones: Ints = np.tile([BONE[name] for name, _ in given], (len(part.points), 1))
    weights = np.column_stack([w for _, w in given])
    kept = np.where(weights < 0.004, 0.0, weights)  # what would be nothing in 1/255
    return replace(part, bones=np.where(kept > 0, bones, 0), weights=kept)
