"""Our own pictograms for amenities, drawn from circles, bars and bows, and the picture that holds them all.

``python -m assets.twin_pictograms`` writes ``assets/signs.png``, which is kept with the code: zlib may pack the same
pixels otherwise on another machine, and the twin must have the same bytes everywhere. The pictograms stand under one
another, each in a chunk (IDAT) of its own that needs no other: so ``pick_signs`` makes the picture of a few of them
without packing anything again.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from shapely.affinity import rotate, translate
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

FILE = Path(__file__).with_name("signs.png")
CELL, FINE = 64, 4
PLATES = {
    "blue": (47, 96, 116),
    "green": (62, 124, 92),
    "red": (173, 53, 34),
    "ink": (64, 84, 82),
    "warm": (150, 104, 62),
}
PAPER = (251, 252, 248)
TONES = 8


def _bar(*points: tuple[float, float], width: float = 0.07) -> BaseGeometry:
    return LineString(points).buffer(width / 2, cap_style="round", join_style="round")


def _disc(x: float, y: float, r: float) -> BaseGeometry:
    return Point(x, y).buffer(r, quad_segs=12)


def _all(*shapes: BaseGeometry) -> BaseGeometry:
    return shapely.union_all(shapes)


def _arrow(x: float, y: float, size: float, angle: float) -> BaseGeometry:
    tip = Polygon([(x, y + size), (x + size * 0.8, y - size * 0.3), (x - size * 0.8, y - size * 0.3)])
    return rotate(tip, angle, origin=(x, y))


def _person(x: float, skirt: bool = False, scale: float = 1.0) -> BaseGeometry:
    s = scale
    body = (
        Polygon([(x, 0.66 * s), (x + 0.15 * s, 0.3 * s), (x - 0.15 * s, 0.3 * s)]).buffer(0.03)
        if skirt
        else box(x - 0.09 * s, 0.34 * s, x + 0.09 * s, 0.66 * s).buffer(0.02)
    )
    legs = [_bar((x + d * s, 0.34 * s), (x + d * s, 0.1 * s), width=0.075 * s) for d in (-0.055, 0.055)]
    arms = [_bar((x + d * s, 0.62 * s), (x + 1.5 * d * s, 0.38 * s), width=0.055 * s) for d in (-0.13, 0.13)]
    return _all(_disc(x, 0.8 * s, 0.085 * s), body, *legs, *arms)


def _stairs() -> BaseGeometry:
    steps = [(0.15, 0.2)]
    for k in range(4):
        steps += [(0.15 + 0.175 * k, 0.2 + 0.15 * (k + 1)), (0.15 + 0.175 * (k + 1), 0.2 + 0.15 * (k + 1))]
    return Polygon([*steps, (0.85, 0.2)])


def _lift() -> BaseGeometry:
    frame = box(0.2, 0.12, 0.8, 0.66).difference(box(0.27, 0.19, 0.73, 0.59))
    people = [translate(_person(x, scale=0.42), 0, 0.17) for x in (0.4, 0.6)]
    return _all(frame, *people, _arrow(0.36, 0.78, 0.11, 0), _arrow(0.64, 0.82, 0.11, 180))


def _escalator() -> BaseGeometry:
    return _all(
        _bar((0.12, 0.2), (0.3, 0.2), (0.68, 0.55), (0.88, 0.55), width=0.11),
        _disc(0.47, 0.83, 0.075), _bar((0.47, 0.7), (0.47, 0.5), width=0.12),
        _bar((0.3, 0.45), (0.62, 0.76), width=0.04),
    )  # fmt: skip


def _wheelchair() -> BaseGeometry:
    wheel = _disc(0.45, 0.33, 0.24).difference(_disc(0.45, 0.33, 0.175)).difference(box(0.5, 0.33, 0.75, 0.6))
    sitter = _bar((0.42, 0.7), (0.44, 0.45), (0.62, 0.45), (0.72, 0.2), (0.82, 0.23))
    return _all(wheel, _disc(0.42, 0.84, 0.08), sitter, _bar((0.43, 0.6), (0.6, 0.6), width=0.06))  # fmt: skip


def _baby() -> BaseGeometry:
    return _all(_disc(0.3, 0.62, 0.13), _bar((0.44, 0.52), (0.68, 0.46), width=0.17), _bar((0.7, 0.5), (0.84, 0.62)),
                _bar((0.68, 0.42), (0.84, 0.36)), _bar((0.14, 0.28), (0.86, 0.28), width=0.08))  # fmt: skip


def _drop() -> BaseGeometry:
    tip = Polygon([(0.5, 0.88), (0.68, 0.5), (0.32, 0.5)])
    return _all(_disc(0.5, 0.42, 0.2), tip, _bar((0.25, 0.12), (0.75, 0.12), width=0.08)).difference(
        _bar((0.42, 0.42), (0.48, 0.33), width=0.05)
    )


def _cross() -> BaseGeometry:
    return _all(box(0.4, 0.16, 0.6, 0.84), box(0.16, 0.4, 0.84, 0.6))


def _heart() -> BaseGeometry:
    heart = _all(
        _disc(0.35, 0.6, 0.19), _disc(0.65, 0.6, 0.19), Polygon([(0.19, 0.5), (0.5, 0.12), (0.81, 0.5), (0.5, 0.7)])
    )
    bolt = Polygon([(0.56, 0.72), (0.38, 0.44), (0.5, 0.44), (0.42, 0.24), (0.62, 0.52), (0.5, 0.52)])
    return heart.difference(bolt)


def _extinguisher() -> BaseGeometry:
    return _all(box(0.38, 0.12, 0.62, 0.62).buffer(0.04), _bar((0.5, 0.66), (0.5, 0.78)), _bar((0.4, 0.8), (0.66, 0.8)),
                _bar((0.4, 0.8), (0.24, 0.66), (0.24, 0.4), width=0.05))  # fmt: skip


def _key() -> BaseGeometry:
    ring = _disc(0.32, 0.62, 0.18).difference(_disc(0.32, 0.62, 0.09))
    return _all(
        ring,
        _bar((0.44, 0.52), (0.8, 0.2), width=0.09),
        _bar((0.66, 0.32), (0.74, 0.42)),
        _bar((0.76, 0.23), (0.83, 0.31)),
    )


def _plug() -> BaseGeometry:
    head = box(0.3, 0.4, 0.7, 0.62).union(_disc(0.5, 0.42, 0.2))
    return _all(
        head, _bar((0.4, 0.6), (0.4, 0.84)), _bar((0.6, 0.6), (0.6, 0.84)), _bar((0.5, 0.3), (0.5, 0.1), width=0.09)
    )


def _copier() -> BaseGeometry:
    sheet = box(0.32, 0.6, 0.68, 0.86)
    tray = box(0.3, 0.12, 0.7, 0.34).difference(box(0.36, 0.18, 0.64, 0.28))
    return _all(sheet, box(0.16, 0.34, 0.84, 0.54).buffer(0.02), tray)


def _cup() -> BaseGeometry:
    handle = _disc(0.7, 0.44, 0.14).difference(_disc(0.7, 0.44, 0.08))
    cup = _all(box(0.24, 0.36, 0.68, 0.58), _disc(0.46, 0.36, 0.22).intersection(box(0, 0, 1, 0.36)), handle)
    steam = [_bar((x, 0.66), (x + 0.05, 0.74), (x, 0.82), width=0.05) for x in (0.36, 0.5)]
    return _all(cup, _bar((0.2, 0.11), (0.76, 0.11)), *steam)


def _door() -> BaseGeometry:
    frame = box(0.5, 0.12, 0.84, 0.88).difference(box(0.57, 0.12, 0.77, 0.81))
    return _all(frame, _bar((0.14, 0.5), (0.52, 0.5), width=0.09), _arrow(0.56, 0.5, 0.15, -90))


def _book() -> BaseGeometry:
    left = Polygon([(0.47, 0.2), (0.12, 0.28), (0.12, 0.78), (0.47, 0.7)])
    return _all(left, Polygon([(1 - x, y) for x, y in left.exterior.coords]))


def _info() -> BaseGeometry:
    return _all(
        _disc(0.5, 0.8, 0.085), box(0.42, 0.16, 0.58, 0.62), box(0.34, 0.52, 0.5, 0.62), box(0.33, 0.14, 0.67, 0.24)
    )


def _meeting() -> BaseGeometry:
    arrows = []
    for angle in (45, 135, 225, 315):
        turn = np.radians(angle)
        arrows.append(translate(_arrow(0.5, 0.5, 0.12, angle + 180), -0.32 * np.sin(turn), 0.32 * np.cos(turn)))
    return _all(_disc(0.5, 0.5, 0.12), *arrows)


def _sofa() -> BaseGeometry:
    return _all(_person(0.5, scale=0.9), _bar((0.14, 0.14), (0.86, 0.14)))


ICONS: dict[str, tuple[str, Callable[[], BaseGeometry]]] = {
    "information": ("blue", _info),
    "stairs": ("ink", _stairs),
    "elevator": ("ink", _lift),
    "escalator": ("ink", _escalator),
    "restroom.female": ("blue", lambda: _person(0.5, skirt=True)),
    "restroom.male": ("blue", lambda: _person(0.5)),
    "restroom": ("blue", lambda: _all(_person(0.3, skirt=True, scale=0.95), _person(0.7, scale=0.95))),
    "wheelchair": ("blue", _wheelchair),
    "baby": ("blue", _baby),
    "drinkingfountain": ("blue", _drop),
    "firstaid": ("green", _cross),
    "defibrillator": ("green", _heart),
    "fireextinguisher": ("red", _extinguisher),
    "coinlocker": ("warm", _key),
    "powerchargingstation": ("warm", _plug),
    "copymachine": ("warm", _copier),
    "food": ("warm", _cup),
    "exit": ("green", _door),
    "desk": ("warm", _book),
    "meetingpoint": ("green", _meeting),
    "seat": ("warm", _sofa),
    "other": ("ink", lambda: _disc(0.5, 0.5, 0.2)),
}
"""Pictogram → colour of its plate and its shape in the unit square, y upwards. Cells of the picture in this order."""

SAME = {
    "restroom.unisex.wheelchair": "wheelchair",
    "restroom.wheelchair": "wheelchair",
    "mobilityrescue": "wheelchair",
    "wheelchairassist": "wheelchair",
    "ramp": "wheelchair",
    "babychanging": "baby",
    "mothersroom": "baby",
    "entry": "exit",
    "emergencyexit": "exit",
    "vendingmachine": "food",
    "cafe": "food",
    "reception": "desk",
    "library": "desk",
    "lostandfound": "information",
    "service": "information",
    "privatelounge": "seat",
    "locker": "coinlocker",
    "steps": "stairs",
}
"""IMDF amenity category → pictogram, where the name differs; ``restroom.x`` without an entry is ``restroom``'s."""


def find_icon(category: str) -> int:
    """Cell of the pictogram for an IMDF amenity category; the plain dot's when we have none."""
    names = list(ICONS)
    while category:
        if category in SAME or category in ICONS:
            return names.index(SAME.get(category, category))
        category = category.rpartition(".")[0]
    return names.index("other")


def draw_signs() -> npt.NDArray[np.uint8]:
    """The picture as indices into ``palette``, (rows, columns): every pictogram, and last an empty place."""
    picture = np.zeros(((len(ICONS) + 1) * CELL, CELL), np.uint8)
    steps = (np.arange(CELL * FINE) + 0.5) / (CELL * FINE)
    x, y = np.meshgrid(steps, 1.0 - steps)
    for index, (plate, draw) in enumerate(ICONS.values()):
        shape = draw()
        shapely.prepare(shape)
        inside = shapely.contains_xy(shape, 1.25 * x - 0.125, 1.25 * y - 0.125)
        frame = (np.abs(np.abs(x - 0.5) - 0.465) < 0.008) & (np.abs(y - 0.5) < 0.473)
        frame |= (np.abs(np.abs(y - 0.5) - 0.465) < 0.008) & (np.abs(x - 0.5) < 0.473)
        cover = (inside | frame).reshape(CELL, FINE, CELL, FINE).mean(axis=(1, 3))
        tone = np.rint(cover * (TONES - 1)).astype(np.uint8) + TONES * list(PLATES).index(plate)
        picture[index * CELL : (index + 1) * CELL] = tone
    return picture


def palette() -> npt.NDArray[np.uint8]:
    """Each plate's colour blended into paper in ``TONES`` steps, (5 × 8, 3)."""
    share = np.linspace(0, 1, TONES)[:, None]
    return np.concatenate(
        [np.rint(np.array(c) * (1 - share) + np.array(PAPER) * share) for c in PLATES.values()]
    ).astype(np.uint8)


def to_png(
    picture: npt.NDArray[np.uint8], colors: npt.NDArray[np.uint8], clear: int = 0, band: int | None = None
) -> bytes:
    """A palette PNG (RFC 2083) of indices (rows, columns) into ``colors`` (n, 3), the first ``clear`` transparent.

    ``band``: rows of each chunk, all of them when None.
    """
    height, width = picture.shape
    rows = np.hstack([np.zeros((height, 1), np.uint8), picture])  # filter 0: indices are no neighbours' sums
    bands = [rows[at : at + (band or height)].tobytes() for at in range(0, height, band or height)]
    packed = [min((_deflated(raw, way) for way in range(5)), key=len) for raw in bands]
    return _png(
        width, height, (colors.tobytes(), b"\0" * clear), packed, zlib.adler32(b"".join(bands)), band is not None
    )


def _deflated(raw: bytes, way: int) -> bytes:
    press = zlib.compressobj(9, zlib.DEFLATED, -15, 9, way)
    return press.compress(raw) + press.flush(zlib.Z_FULL_FLUSH)


def pick_signs(icons: Sequence[int]) -> bytes:
    """The PNG of these pictograms under one another, from the chunks of the kept file.

    Its height is a power of two, as graphics cards like it: see ``places_of``.
    """
    colors, packed = _read_kept()
    icons = [*icons, *[len(ICONS)] * (places_of(len(icons)) - len(icons))]
    total = 1
    for icon in icons:
        total = zlib.adler32(zlib.decompressobj(-15).decompress(packed[icon]), total)
    return _png(CELL, CELL * len(icons), (colors, b""), [packed[icon] for icon in icons], total, False)


def places_of(icons: int) -> int:
    """Places in the picture of so many pictograms."""
    return int(1 << max(0, icons - 1).bit_length())


@cache
def _read_kept() -> tuple[bytes, list[bytes]]:
    """The palette and the packed pictograms of the kept file."""
    data, at, colors, packed = FILE.read_bytes(), 8, b"", []
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + size]
        colors = body if kind == b"PLTE" else colors
        packed += [body] if kind == b"IDAT" else []
        at += 12 + size
    return colors, packed[1:-1]  # the first and the last hold what stands around the packed pictures


def _png(
    width: int, height: int, colors: tuple[bytes, bytes], packed: Sequence[bytes], adler: int, apart: bool
) -> bytes:
    """``colors``: palette and transparency. ``packed``: pieces of deflated rows, ``apart``: each in its own chunk;
    ``adler``: the rows' checksum."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)) + chunk(b"PLTE", colors[0])
    head += chunk(b"tRNS", colors[1]) if colors[1] else b""
    body = [b"\x78\xda", *packed, b"\x03\x00" + struct.pack(">I", adler)]
    body = body if apart else [b"".join(body)]
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunk(b"IDAT", one) for one in body) + chunk(b"IEND", b"")


if __name__ == "__main__":
    FILE.write_bytes(to_png(draw_signs(), palette(), band=CELL))
