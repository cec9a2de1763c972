"""The painter that needs no model: skies, ridges, ground, rooms and things by rules, seamless and always the same.

Errors: PainterError, StoppedError, MemoryShortError.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from assets.brief import Brief
from assets.errors import MemoryShortError, PainterError
from assets.label_aigc import Kind
from assets.painters import Painting, Watch, elsewhere
from assets.painters import things_east as east
from assets.painters import things_nature as nature
from assets.painters.compose import LANDSCAPES, Landscape, Strew, colours, sized, strew
from assets.painters.furnish import furnish
from assets.painters.ground import paint_ground
from assets.painters.palette import Palette, mixed, palette_of, rgb
from assets.painters.ridges import Ridge, paint_ridges
from assets.painters.rooms import ROOMS, paint_room
from assets.painters.sky import paint_sky
from assets.painters.sphere import Array, Sphere
from assets.painters.stage import Stage

STEPS = 4
WIDEST, NARROWEST = 16_384, 128

_CORALS = colours(nature.coral, "colour", "#f08a6b", "#e86a92", "#f2c14e", "#b48ef0", "#ff9f6b")
_INK = (
    Ridge("karst", 6, 30, 330, "#3b3d3c"),
    Ridge("karst", 3, 20, 170, "#2c2e2d"),
    Ridge("karst", 1, 12, 80, "#222423"),
)
SPECIAL: dict[str, Landscape] = {
    "space": Landscape("moon", (Ridge("cliffs", 0, 4, 700, "#7d7f86"), Ridge("hills", -1, 2, 260, "#85878e")), (
        Strew(nature.rock, 40, 16, 70), Strew(lambda r: nature.crystal(r, 3.0, "#8fb7ff"), 5, 18, 30, gap_deg=16))),
    "undersea": Landscape("sand", (Ridge("hills", 1, 9, 60, "#3f7f8f"), Ridge("cliffs", 0, 12, 90, "#2f6f85")), (
        Strew(_CORALS, 50, 15, 34), Strew(sized(nature.seaweed, "tall", 3, 9), 44, 16, 44), Strew(lambda r: nature.shoal(r, float(r.uniform(3, 14)), str(r.choice(["#ffd166", "#ff8f6b", "#e8f4ff", "#7fe0d0"]))), 14, 18, 44), Strew(nature.rock, 30, 15, 34))),
    "cave": Landscape("mirror", (Ridge("cliffs", 12, 34, 90, "#5d463b"), Ridge("peaks", 5, 22, 50, "#6b5145")), (
        Strew(sized(nature.stalactite, "tall", 4, 9, roof=14.0), 34, 24, 50, gap_deg=6), Strew(lambda r: nature.crystal(r, float(r.uniform(2.5, 6)), str(r.choice(["#7fd6f0", "#b48ef0", "#7ff0c0"]))), 18, 17, 34, gap_deg=8), Strew(colours(nature.rock, "colour", "#5f4a3f"), 30, 15, 28)), "earth", 14),
    "ink_mountains": Landscape("mirror", _INK, (
        Strew(nature.pine, 22, 18, 46, gap_deg=7), Strew(lambda r: east.pavilion(r, 6), 2, 36, 48, (-38, 40)), Strew(lambda r: east.sampan(r, False, True), 3, 26, 44, (-60, 70)), Strew(sized(nature.rock, "wide", 1.5, 4, tall=0.9, colour="#55534f"), 22, 15, 26, gap_deg=9),
        Strew(lambda r: nature.birds(r, 24, "#3a3936"), 3, 60, 90), Strew(lambda r: east.pagoda(r, 26, "#3f403f", "#6b6862"), 1, 80, 90, (14, 22))), "snow", 13),
    "ink_river": Landscape("mirror", (Ridge("hills", 3, 13, 330, "#4a4c4a"), Ridge("hills", 1, 8, 150, "#353736"), Ridge("hills", 0, 4, 70, "#282a29")), (
        Strew(lambda r: east.sampan(r, False, True), 5, 22, 60, (-60, 70)), Strew(east.junk, 3, 60, 110, (-70, 60)), Strew(lambda r: nature.reeds(r, "#6b685e"), 34, 14, 20, gap_deg=7), Strew(sized(nature.broadleaf, "tall", 6, 9, leaves="#6f716c"), 12, 22, 44, gap_deg=14), Strew(east.water_house, 6, 44, 66, (40, 170)),
        Strew(lambda r: nature.birds(r, 20, "#3a3936"), 4, 50, 90)), "snow", 12),
}  # fmt: skip


class ProceduralPainter:
    """Paints every motif of the vocabulary."""

    name = "procedural-1"
    label: Kind = "algorithmic"
    licence = "CC0-1.0"

    def paint(self, brief: Brief, width_px: int, watch: Watch) -> Painting:
        """The panorama of a brief. ``width_px``: even, 128…16384."""
        if width_px % 4 or not NARROWEST <= width_px <= WIDEST:
            raise PainterError(f"{width_px} px is no width for a panorama: a multiple of 4, {NARROWEST} to {WIDEST}")
        try:
            made = _paint(brief, Sphere.of(width_px), watch)
        except MemoryError as fault:
            raise MemoryShortError(f"not enough memory for {width_px} px; ask for a narrower panorama") from fault
        picture = (np.clip(made, 0, 1) * 255 + 0.5).astype(np.uint8)
        watch.step(STEPS, STEPS)
        return Painting(picture, {"painter": self.name, "motif": brief.motif})


def _paint(brief: Brief, sphere: Sphere, watch: Watch) -> Array:
    rng, seed, palette = np.random.default_rng(brief.seed), brief.seed % 100_000, palette_of(brief)
    watch.step(0, STEPS)
    if brief.motif in ROOMS:
        return _room(brief, sphere, palette, rng, watch)
    plan = LANDSCAPES.get(brief.motif) or SPECIAL.get(brief.motif)
    if plan is None:
        raise PainterError(f"the procedural painter knows no motif {brief.motif!r}")
    palette = _palette(brief, plan, palette)
    sky = paint_sky(sphere, palette, seed, aurora=plan.sky == "aurora" and palette.night)
    _above(brief, sky, sphere, seed)
    watch.step(1, STEPS)
    paint_ridges(sky, sphere, palette, plan.ridges, seed)
    if plan.shore_m and plan.ground not in ("cloud_sea",):
        # what stands beyond the shore must be in the sky's picture before the water mirrors it
        far = Stage(sphere.width, palette)
        strew(far, tuple(s for s in plan.strews if s.near_m > plan.shore_m), np.random.default_rng(brief.seed))
        upper = np.concatenate([sky, np.zeros_like(sky)])
        far.drop_onto(upper)
        mirrored = upper[: sky.shape[0]]
    else:
        mirrored = sky
    watch.step(2, STEPS)
    ground = paint_ground(sphere, palette, plan.ground, seed, plan.shore_m, mirrored, plan.beach)
    made = np.concatenate([sky, ground])
    watch.step(3, STEPS)
    stage = Stage(sphere.width, palette)
    strew(stage, plan.strews, rng)
    also = LANDSCAPES.get(brief.also)
    if also is not None and not plan.shore_m:
        guests = tuple(replace(s, count=max(1, s.count // 8)) for s in also.strews[:3] if s.far_m < 120)
        strew(stage, guests, rng)
    stage.drop_onto(made)
    if brief.style == "ink":
        elsewhere.brush(made, sphere, seed)
    return made


def _palette(brief: Brief, plan: Landscape, palette: Palette) -> Palette:
    changes = {
        "space": elsewhere.space_palette,
        "undersea": elsewhere.sea_palette,
        "cave": elsewhere.cave_palette,
    }
    if brief.style == "ink":
        return elsewhere.ink_palette(palette)
    if brief.motif in changes:
        return changes[brief.motif](palette)
    if plan.sky.startswith("#"):
        tint = rgb(plan.sky) * (0.35 if palette.night else 1.0)
        parts: dict[str, Any] = {
            n: mixed(getattr(palette, n), tint, 0.6) for n in ("zenith", "middle", "horizon", "haze", "cloud")
        }
        return replace(palette, **parts)
    return palette


def _above(brief: Brief, sky: Array, sphere: Sphere, seed: int) -> None:
    """What only some skies have."""
    if brief.motif == "space":
        elsewhere.paint_nebula(sky, sphere, seed)
        elsewhere.paint_planet(sky, sphere, -8 + seed % 30, 27, 11, "#d8a878", seed, ring="#e8d3b0")
        elsewhere.paint_planet(sky, sphere, -62, 22, 4.5, "#5f8fd0", seed + 1)
        elsewhere.paint_planet(sky, sphere, 96, 34, 3, "#c2705a", seed + 2)
        elsewhere.paint_planet(sky, sphere, 172, 24, 8, "#6fb0a0", seed + 3)
    elif brief.motif == "mars":
        elsewhere.paint_planet(sky, sphere, -38, 34, 2.0, "#d9c3b0", seed)
    elif brief.motif == "undersea":
        elsewhere.paint_shafts(sky, sphere, seed)
    elif brief.motif == "cave":
        elsewhere.paint_vault(sky, sphere, seed)


def _room(brief: Brief, sphere: Sphere, palette: Palette, rng: np.random.Generator, watch: Watch) -> Array:
    room = ROOMS[brief.motif]
    made = paint_room(sphere, room, palette, brief.seed % 100_000)
    watch.step(2, STEPS)
    indoors = replace(
        palette,
        light=mixed(rgb("#ffffff"), rgb(room.lamp), 0.5) * 0.95,
        haze=rgb("#6b5a48"),
        haze_m=400.0,
        night=False,
        sun=(20.0, 4.0),
    )
    stage = Stage(sphere.width, indoors)
    furnish(stage, brief.motif, rng)
    stage.drop_onto(made)
    watch.step(3, STEPS)
    return made
