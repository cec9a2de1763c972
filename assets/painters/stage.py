"""Things in the distance: flat shapes in metres, set around the viewer, drawn in the right perspective, far ones first.

A ``Spot`` is a place at an azimuth and a distance, with x to its right, y up from the ground and z away from the viewer,
in metres. Colours are dimmed by the light of the hour and fade with distance; ``glow`` colours are lights of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from assets.painters.ground import EYE_M
from assets.painters.palette import Palette, mixed, rgb
from assets.painters.sphere import Array

FINER = 2
"""Shapes are drawn this many times larger and scaled down, for smooth edges."""

Point = tuple[float, float] | tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to draw at. ``fade``: 0 near, 1 lost in the haze."""

    stage: Stage
    azimuth: float
    away_m: float
    fade: float
    lit_from: float

    def tint(self, colour: str, shade: float = 1.0, glow: bool = False) -> tuple[int, int, int]:
        """The colour as it looks from here."""
        palette = self.stage.palette
        made = rgb(colour) * shade
        if not glow:
            made = made * palette.light * (0.52 if palette.night else 1.0)
        made = mixed(made, palette.haze, self.fade * (0.5 if glow else 1.0))
        red, green, blue = (int(v) for v in np.clip(made * 255, 0, 255))
        return red, green, blue

    def poly(self, points: Sequence[Point], colour: str, shade: float = 1.0, glow: bool = False) -> None:
        """A filled shape."""
        self.stage.fill(
            [self._pixel(point) for point in _subdivided(points, self.away_m)], self.tint(colour, shade, glow)
        )

    def rect(
        self, x0: float, y0: float, x1: float, y1: float, colour: str, shade: float = 1.0, glow: bool = False
    ) -> None:
        """An upright rectangle."""
        self.poly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], colour, shade, glow)

    def oval(
        self, x: float, y: float, rx: float, ry: float, colour: str, shade: float = 1.0, glow: bool = False
    ) -> None:
        """An ellipse."""
        turn = np.linspace(0, 2 * np.pi, 18, endpoint=False)
        self.poly([(x + rx * float(np.cos(t)), y + ry * float(np.sin(t))) for t in turn], colour, shade, glow)

    def block(self, x0: float, y0: float, x1: float, y1: float, deep: float, colour: str) -> None:
        """A box whose front stands at the spot; its visible side is shaded by where the light comes from."""
        front = 1.0 if self.lit_from >= 0 else 0.86
        mid = (x0 + x1) / 2 + np.tan(0.0)
        if mid > 0:
            side = [(x0, y0, 0.0), (x0, y0, deep), (x0, y1, deep), (x0, y1, 0.0)]
            self.poly(side, colour, 0.98 if self.lit_from < 0 else 0.7)
        else:
            side = [(x1, y0, 0.0), (x1, y0, deep), (x1, y1, deep), (x1, y1, 0.0)]
            self.poly(side, colour, 0.98 if self.lit_from > 0 else 0.7)
        self.rect(x0, y0, x1, y1, colour, front * 0.94)

    def line(
        self, points: Sequence[Point], width_m: float, colour: str, shade: float = 1.0, glow: bool = False
    ) -> None:
        """A stroke."""
        wide = max(1, round(width_m / self.away_m * self.stage.px_per_radian))
        self.stage.stroke(
            [self._pixel(p) for p in _subdivided(points, self.away_m, False)], wide, self.tint(colour, shade, glow)
        )

    def _pixel(self, point: Point) -> tuple[float, float]:
        x, y = point[0], point[1]
        z = self.away_m + (point[2] if len(point) > 2 else 0.0)
        azimuth = self.azimuth + np.arctan2(x, z)
        elevation = np.arctan2(y - EYE_M, np.hypot(x, z))
        return self.stage.pixel(float(azimuth), float(elevation))


class Stage:
    """Where spots are drawn; ``drop_onto`` puts everything over the finished landscape."""

    def __init__(self, width: int, palette: Palette) -> None:
        self.palette = palette
        self._w, self._h = width * FINER, width * FINER // 2
        self.px_per_radian = self._w / (2 * np.pi)
        self._image = Image.new("RGBA", (self._w, self._h))
        self._draw = ImageDraw.Draw(self._image)
        self._queue: list[tuple[float, int, Callable[[Spot], None], Spot]] = []

    def put(self, thing: Callable[[Spot], None], azimuth_deg: float, away_m: float) -> None:
        """Have ``thing`` drawn at an azimuth (0: the middle, rising to the right) and a distance."""
        fade = float(1 - np.exp(-away_m / self.palette.haze_m)) * 0.92
        lit = float(np.sin(np.radians(self.palette.sun[0] - azimuth_deg)))
        spot = Spot(self, float(np.radians(azimuth_deg)), away_m, fade, lit)
        self._queue.append((-away_m, len(self._queue), thing, spot))

    def drop_onto(self, panorama: Array) -> None:
        """Draw everything, far things first, over a float32 panorama (h, w, 3)."""
        for _, _, thing, spot in sorted(self._queue, key=lambda one: one[:2]):
            thing(spot)
        box = self._image.getbbox()
        if box is None:
            return
        top, bottom = box[1] // FINER * FINER, min(self._h, -(-box[3] // FINER) * FINER)
        part = np.asarray(self._image.crop((0, top, self._w, bottom)).reduce(FINER), np.float32) / 255
        rows = slice(top // FINER, top // FINER + part.shape[0])
        view = panorama[rows]
        view += (part[..., :3] - view) * part[..., 3:]

    def pixel(self, azimuth: float, elevation: float) -> tuple[float, float]:
        """Where a direction lies; columns beyond the edge are wrapped when drawn."""
        return (azimuth / (2 * np.pi) + 0.5) * self._w, (0.5 - elevation / np.pi) * self._h

    def fill(self, points: list[tuple[float, float]], colour: tuple[int, int, int]) -> None:
        """A shape in pixels, drawn again on the other side where it crosses the seam."""
        for shift in self._shifts(points):
            self._draw.polygon([(x + shift, y) for x, y in points], fill=(*colour, 255))

    def stroke(self, points: list[tuple[float, float]], width: int, colour: tuple[int, int, int]) -> None:
        """A line in pixels."""
        for shift in self._shifts(points):
            self._draw.line([(x + shift, y) for x, y in points], fill=(*colour, 255), width=width, joint="curve")

    def _shifts(self, points: list[tuple[float, float]]) -> list[int]:
        low, high = min(x for x, _ in points), max(x for x, _ in points)
        return [k * self._w for k in (-1, 0, 1) if high + k * self._w >= -9 and low + k * self._w <= self._w + 9]


def _subdivided(points: Sequence[Point], away_m: float, closed: bool = True) -> list[Point]:
    """The outline with long edges cut, because straight lines are curves on the sphere."""
    made: list[Point] = []
    pairs = zip(points, [*points[1:], points[0]] if closed else points[1:], strict=False)
    for start, stop in pairs:
        a, b = [*start, 0.0][:3], [*stop, 0.0][:3]
        length = float(np.hypot(np.hypot(b[0] - a[0], b[1] - a[1]), b[2] - a[2]))
        parts = min(24, max(1, int(length / (0.12 * away_m))))
        made += [tuple(a[i] + (b[i] - a[i]) * k / parts for i in range(3)) for k in range(parts)]
    if not closed:
        made.append(points[-1])
    return made
