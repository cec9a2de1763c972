"""How a landscape is put together: its ground, its ridges and what stands where.

``LANDSCAPES`` has one entry per motif that is painted out of doors. Things are strewn over rings around the viewer with a
random number generator of the brief's seed, so that two books of one motif differ and one book is always the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from assets.painters import things_built as built
from assets.painters import things_east as east
from assets.painters import things_landmarks as landmarks
from assets.painters import things_machines as machines
from assets.painters import things_nature as nature
from assets.painters.ridges import Ridge
from assets.painters.stage import Spot, Stage

Rng = np.random.Generator
Thing = Callable[[Spot], None]
Maker = Callable[[Rng], Thing]


@dataclass(frozen=True, slots=True)
class Strew:
    """``count`` things between two distances in metres; ``arc``: only within these degrees of azimuth.

    ``gap_deg``: none within this angle of the middle, so that the view ahead stays open.
    """

    maker: Maker
    count: int
    near_m: float
    far_m: float
    arc: tuple[float, float] = (-180.0, 180.0)
    gap_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Landscape:
    """``ground``: see ``ground.py``; ``beach`` and ``shore_m``: the land underfoot where the ground is water."""

    ground: str
    ridges: tuple[Ridge, ...] = ()
    strews: tuple[Strew, ...] = ()
    beach: str = "grass"
    shore_m: float = 0.0
    sky: str = ""
    """"Empty, "aurora", or a colour that the sky is drawn towards."""


def strew(stage: Stage, strews: tuple[Strew, ...], rng: Rng) -> None:
    """Put every thing on the stage."""
    for plan in strews:
        for number in range(plan.count):
            low, high = plan.arc
            step = (high - low) / plan.count
            azimuth = low + step * (number + float(rng.uniform(0.1, 0.9)))
            if abs((azimuth + 180) % 360 - 180) < plan.gap_deg:
                azimuth += plan.gap_deg * (1 if azimuth >= 0 else -1)
            away = float(np.exp(rng.uniform(np.log(plan.near_m), np.log(plan.far_m + 0.01))))
            stage.put(plan.maker(rng), azimuth, away)


def pick(*makers: Maker) -> Maker:
    """One of several, by chance."""
    return lambda rng: makers[int(rng.integers(len(makers)))](rng)


def colours(maker: Callable[..., Thing], name: str, *values: str) -> Maker:
    """A maker with a colour by chance."""
    return lambda rng: maker(rng, **{name: str(rng.choice(values))})


def sized(maker: Callable[..., Thing], name: str, low: float, high: float, **more: object) -> Maker:
    """A maker with a size by chance."""
    return lambda rng: maker(rng, **{name: float(rng.uniform(low, high))}, **more)


_TREES = pick(sized(nature.broadleaf, "tall", 7, 11), sized(nature.broadleaf, "tall", 6, 9, leaves="#6b8b3d"))
_SPRUCES = pick(sized(nature.conifer, "tall", 9, 17), sized(nature.conifer, "tall", 7, 13, needles="#3a6149"))
_FAR = (Ridge("peaks", 3, 15, 1500, "#7d8798", 0.72), Ridge("hills", 1, 6, 600, "#5f7a66"))
_OLD_WALLS = colours(built.town_house, "wall", "#cbb89a", "#d8c4a8", "#b9a48e", "#c9aa8c", "#bfb5a4")

LANDSCAPES: dict[str, Landscape] = {
    "sea": Landscape("sea", (Ridge("cliffs", -1.5, 2.4, 2200, "#5c6b5c"),), (
        Strew(sized(built.sail_ship, "long", 22, 34), 3, 70, 200, (-60, 70)), Strew(sized(built.sail_ship, "long", 22, 34), 3, 120, 320, (100, 250)),
        Strew(nature.birds, 5, 60, 120), Strew(nature.rock, 10, 17, 26)), "sand", 11),
    "island": Landscape("lagoon", (Ridge("hills", -3, 5, 900, "#4f7a52"),), (
        Strew(sized(nature.palm, "tall", 7, 10), 16, 15, 21, gap_deg=22), Strew(sized(built.sail_ship, "long", 22, 30), 2, 60, 130, (-40, 60)),
        Strew(nature.rock, 10, 17, 24), Strew(sized(nature.bush, "wide", 1.4, 2.6), 12, 15, 19, gap_deg=30), Strew(nature.birds, 3, 60, 100)), "sand", 16),
    "desert": Landscape("sand", (Ridge("dunes", 2, 11, 700, "#c98f55"), Ridge("dunes", 1, 7, 300, "#d39a5c"), Ridge("dunes", 0, 3.6, 120, "#dba866")), (
        Strew(nature.camel, 7, 44, 50, (-26, 22)), Strew(nature.camel, 6, 60, 66, (120, 165)), Strew(nature.rock, 8, 20, 60), Strew(nature.palm, 6, 40, 60, (50, 80)))),
    "egypt": Landscape("sand", (Ridge("dunes", 0, 3, 500, "#cf9d62"),), (
        Strew(sized(built.pyramid, "wide", 110, 170), 3, 170, 300, (-50, 45)), Strew(sized(built.pyramid, "wide", 60, 110), 3, 260, 420, (110, 260)),
        Strew(sized(nature.palm, "tall", 8, 12), 16, 22, 60, gap_deg=14), Strew(nature.camel, 5, 50, 60, (-40, -12)), Strew(colours(built.column, "colour", "#d9b98a"), 8, 20, 30, gap_deg=25))),
    "forest": Landscape("grass", (Ridge("forest", 6, 16, 220, "#3f5f45"), Ridge("forest", 4, 11, 110, "#35553c")), (
        Strew(_SPRUCES, 70, 26, 80), Strew(_TREES, 34, 17, 34, gap_deg=9), Strew(sized(nature.bush, "wide", 1.5, 3), 36, 16, 30), Strew(nature.rock, 10, 16, 26))),
    "fairy_forest": Landscape("grass", (Ridge("forest", 5, 13, 160, "#4b4f7f"),), (
        Strew(sized(nature.broadleaf, "tall", 9, 14, leaves="#5b7fb5"), 26, 34, 70), Strew(sized(nature.broadleaf, "tall", 8, 12, leaves="#7f6bb5"), 18, 28, 55),
        Strew(pick(sized(nature.mushroom, "tall", 3, 6.5), sized(nature.mushroom, "tall", 2.5, 5, cap="#e8873a"), sized(nature.mushroom, "tall", 2, 4, cap="#a05ad0")), 22, 16, 34, gap_deg=10),
        Strew(colours(nature.bush, "flowers", "#ffd166", "#ff8fab", "#c8b6ff"), 26, 15, 28), Strew(lambda r: east.lanterns(r, 5.0), 8, 18, 26),
        Strew(lambda r: built.castle(r, 46, 26, "#d8c4e0", "#6a5acd"), 1, 190, 200, (6, 16)))),
    "jungle": Landscape("grass", (Ridge("forest", 8, 22, 170, "#3d6b4a"), Ridge("forest", 5, 14, 90, "#2f5c3c")), (
        Strew(sized(nature.palm, "tall", 8, 15, leaves="#3f8a44"), 44, 20, 60), Strew(sized(nature.broadleaf, "tall", 12, 18, leaves="#3c7a3c"), 30, 26, 60),
        Strew(colours(nature.bush, "flowers", "#ff5d73", "#ffb13d", "", ""), 46, 15, 30), Strew(sized(nature.bamboo, "tall", 8, 12), 14, 17, 30, gap_deg=14), Strew(nature.birds, 3, 50, 80))),
    "mountains": Landscape("flowers", (Ridge("peaks", 8, 31, 1300, "#7d8798", 0.42), Ridge("peaks", 4, 19, 620, "#6a7684", 0.78), Ridge("forest", 1, 6, 190, "#3c5a3f")), (
        Strew(_SPRUCES, 50, 40, 110, gap_deg=8), Strew(nature.rock, 16, 16, 34), Strew(lambda r: built.house(r, 7, 3.6, "#8a6343", "#5a4232"), 3, 46, 80, (-50, 60)), Strew(nature.birds, 3, 80, 140))),
    "canal_town": Landscape("river", (Ridge("hills", 0, 5, 700, "#6d8377"),), (
        Strew(sized(east.water_house, "wide", 7, 11), 40, 30, 46, gap_deg=12), Strew(sized(east.water_house, "wide", 7, 10), 26, 52, 80), Strew(lambda r: east.arch_bridge(r, 24), 1, 40, 41, (-4, 4)),
        Strew(lambda r: east.arch_bridge(r, 18), 1, 34, 36, (150, 170)), Strew(lambda r: east.sampan(r), 7, 18, 27), Strew(sized(nature.broadleaf, "tall", 7, 9, leaves="#8fae5a"), 14, 26, 40), Strew(lambda r: east.lanterns(r, 5), 6, 22, 30)), "paved", 13),
    "palace": Landscape("paved", (Ridge("hills", 1, 6, 800, "#6f7d82"),), (
        Strew(lambda r: east.temple(r, 46, 11), 1, 78, 79, (-3, 3)), Strew(sized(east.temple, "wide", 26, 34, tall=7, storeys=1), 10, 90, 130), Strew(sized(east.temple, "wide", 18, 24, tall=5, storeys=1), 8, 50, 60, gap_deg=40),
        Strew(nature.pine, 16, 30, 50, gap_deg=28), Strew(lambda r: east.lanterns(r, 5.4), 8, 20, 28), Strew(nature.birds, 3, 60, 100))),
    "garden": Landscape("mirror", (Ridge("forest", 1, 5, 130, "#5b7a57"),), (
        Strew(sized(east.pavilion, "wide", 5, 7), 4, 26, 34, (-50, 60)), Strew(lambda r: east.moon_gate(r, 18), 6, 36, 40), Strew(lambda r: east.arch_bridge(r, 14), 2, 26, 30, (30, 130)),
        Strew(sized(nature.blossom, "tall", 4.5, 7), 20, 22, 40, gap_deg=8), Strew(sized(nature.broadleaf, "tall", 8, 10, leaves="#93b060"), 14, 38, 56), Strew(sized(nature.rock, "wide", 1.6, 3.6, tall=1.3, colour="#8f8c86"), 16, 17, 30, gap_deg=12),
        Strew(nature.bamboo, 9, 24, 38, gap_deg=25), Strew(lambda r: nature.reeds(r, "#7f9a5a"), 10, 16, 22)), "paved", 13),
    "temple": Landscape("stone", (Ridge("peaks", 8, 26, 420, "#64757a"), Ridge("peaks", 4, 15, 190, "#4f6462"), Ridge("forest", 3, 9, 90, "#35523f")), (
        Strew(sized(east.pagoda, "tall", 26, 36), 2, 70, 110, (-34, 30)), Strew(sized(east.temple, "wide", 16, 24, tall=5, roof="#5b5f55", storeys=1), 5, 46, 70, gap_deg=12), Strew(sized(nature.conifer, "tall", 12, 20), 40, 30, 70, gap_deg=8),
        Strew(nature.pine, 14, 18, 34, gap_deg=14), Strew(nature.rock, 12, 16, 26), Strew(nature.birds, 2, 70, 90))),
    "war": Landscape("earth", (Ridge("hills", 2, 7, 900, "#5b5a52"), Ridge("hills", 1, 4, 380, "#66604e")), (
        Strew(colours(machines.banner, "cloth", "#a8242a", "#23395d", "#c08a2a", "#3a3a3a"), 46, 20, 90, gap_deg=4), Strew(machines.watchtower, 8, 50, 110), Strew(nature.horse, 10, 40, 80), Strew(sized(nature.bare, "tall", 6, 9), 8, 26, 60, gap_deg=16),
        Strew(lambda r: built.castle(r, 60, 24, "#5d564e", ""), 2, 150, 200, (-40, 60)), Strew(nature.birds, 4, 60, 100))),
    "steppe": Landscape("grass", (Ridge("hills", 1, 5, 1200, "#7d9a6b"), Ridge("hills", 0.5, 3, 500, "#86a55c")), (
        Strew(sized(machines.yurt, "r", 2.8, 3.8), 8, 34, 70, gap_deg=6), Strew(colours(nature.horse, "colour", "#6b4a33", "#3a2c24", "#c9b296", "#8a5a3a"), 24, 28, 90), Strew(nature.birds, 3, 60, 120), Strew(nature.rock, 6, 18, 40))),
    "village": Landscape("wheat", (Ridge("hills", 3, 11, 800, "#6d8a6b"), Ridge("hills", 1, 6, 300, "#6f8f52")), (
        Strew(lambda r: built.house(r, 8, 4, "#cfae86", "#6b5a4c"), 14, 44, 80), Strew(sized(built.house, "wide", 6, 9, tall=3.6, wall="#e3d5bd", roof="#5b5f66"), 12, 60, 110), Strew(sized(nature.broadleaf, "tall", 6, 9, leaves="#c9762f"), 16, 30, 60, gap_deg=8),
        Strew(_TREES, 26, 50, 110), Strew(sized(nature.bush, "wide", 1.4, 2.4), 20, 16, 40))),
    "manor": Landscape("grass", (Ridge("forest", 1, 4, 260, "#5d7752"),), (
        Strew(landmarks.manor, 1, 70, 71, (-2, 2)), Strew(_TREES, 50, 60, 110, gap_deg=18), Strew(sized(nature.broadleaf, "tall", 9, 13), 18, 26, 46, gap_deg=24), Strew(colours(nature.bush, "flowers", "#f2c6d4", "#ffffff", "#d88aa8", ""), 34, 16, 34, gap_deg=7))),
    "gothic": Landscape("grass", (Ridge("hills", 2, 9, 500, "#3d4450"), Ridge("cliffs", 0, 5, 220, "#2f353f")), (
        Strew(lambda r: built.castle(r, 54, 34, "#57545f", "#33344a"), 1, 110, 111, (-14, -6)), Strew(sized(nature.bare, "tall", 7, 13), 26, 18, 60, gap_deg=9), Strew(lambda r: built.castle(r, 30, 16, "#4a4850", ""), 2, 120, 160, (120, 230)), Strew(nature.rock, 22, 16, 34), Strew(lambda r: nature.birds(r, 26, "#0c0d12"), 3, 60, 90))),
    "old_city": Landscape("paved", (Ridge("hills", 0, 4, 700, "#7a7a86"),), (
        Strew(_OLD_WALLS, 60, 62, 76), Strew(_OLD_WALLS, 44, 36, 40, gap_deg=15), Strew(lambda r: landmarks.dome(r, 22, "#c9bda6"), 1, 190, 191, (-5, 5)), Strew(lambda r: built.castle(r, 40, 34, "#a89c8a", "#4b5563"), 2, 150, 180, (60, 300)),
        Strew(sized(nature.broadleaf, "tall", 6, 8), 14, 26, 33, gap_deg=12), Strew(landmarks.street_lamp, 22, 17, 30, gap_deg=5))),
    "city": Landscape("river", (), (
        Strew(colours(built.skyscraper, "wall", "#4f5f73", "#5c6470", "#3f5468", "#6a6f7c"), 60, 150, 300), Strew(sized(built.skyscraper, "tall", 90, 160, wide=20), 22, 190, 320), Strew(sized(built.skyscraper, "tall", 30, 60, wide=18), 40, 110, 140),
        Strew(sized(nature.broadleaf, "tall", 6, 8), 30, 90, 100), Strew(landmarks.street_lamp, 22, 16, 19, gap_deg=5)), "paved", 20),
    "future_city": Landscape("mirror", (Ridge("peaks", 2, 8, 1600, "#7b7fa6"),), (
        Strew(sized(machines.spire, "tall", 90, 190), 34, 180, 420), Strew(sized(machines.spire, "tall", 60, 120, light="#ff9de2"), 22, 140, 300), Strew(sized(landmarks.dome, "r", 14, 24), 12, 110, 170), Strew(sized(nature.broadleaf, "tall", 5, 7, leaves="#5fbf8f"), 22, 24, 40, gap_deg=10),
        Strew(lambda r: nature.birds(r, 60, "#dff7ff"), 4, 120, 200)), "paved", 18),
    "circuit": Landscape("circuit", (Ridge("peaks", 1, 7, 1500, "#123a5a"),), (
        Strew(sized(machines.tower_block, "tall", 16, 34), 40, 60, 140), Strew(sized(machines.tower_block, "tall", 8, 18), 40, 26, 60, gap_deg=6), Strew(sized(machines.tower_block, "tall", 6, 12, light="#ff5fd2"), 20, 24, 50, gap_deg=9), Strew(sized(machines.solid, "high", 10, 22, colour="#2fd6ff"), 8, 40, 80))),
    "mars": Landscape("dust", (Ridge("cliffs", 2, 12, 900, "#9a5538"), Ridge("hills", 1, 5, 350, "#a85f3d")), (
        Strew(sized(landmarks.dome, "r", 8, 15), 6, 60, 110, (-45, 60)), Strew(machines.rocket, 2, 110, 150, (-40, 50)), Strew(sized(landmarks.dome, "r", 6, 10), 4, 70, 120, (120, 230)), Strew(colours(nature.rock, "colour", "#8a4a30", "#7a4230"), 60, 16, 70)), sky="#d9a27a"),
    "geometry": Landscape("mirror", (Ridge("hills", 0, 3, 1200, "#b8bfd8"),), (
        Strew(lambda r: machines.solid(r, float(r.uniform(6, 20)), float(r.uniform(2, 6)), str(r.choice(["#8fb7ff", "#f6b26b", "#b48ef0", "#7fd6c2", "#f28aa0"]))), 34, 26, 90, gap_deg=3), Strew(colours(built.column, "colour", "#eef0f6"), 14, 30, 50)), "paved", 13),
    "ruins": Landscape("sea", (Ridge("hills", -3, 5, 900, "#8a8f7a"),), (
        Strew(landmarks.greek_temple, 1, 54, 55, (-9, 5)), Strew(built.column, 14, 22, 40, gap_deg=10), Strew(lambda r: built.column(r, 9, True), 16, 17, 34, gap_deg=8), Strew(sized(nature.conifer, "tall", 8, 13, needles="#3d5a3f"), 16, 34, 60, gap_deg=12),
        Strew(sized(nature.broadleaf, "tall", 4, 6, leaves="#8a9a6b"), 18, 20, 44, gap_deg=12), Strew(sized(built.sail_ship, "long", 20, 26), 2, 180, 240, (60, 140)), Strew(lambda r: landmarks.greek_temple(r, 18, 8), 2, 60, 70, (120, 240))), "grass", 62),
    "farm": Landscape("wheat", (Ridge("hills", 1, 5, 900, "#7d9a5f"),), (
        Strew(sized(landmarks.windmill, "tall", 11, 15), 6, 50, 110, gap_deg=4), Strew(lambda r: built.house(r, 11, 5, "#a8503e", "#5b5650"), 5, 60, 100), Strew(sized(nature.conifer, "tall", 12, 18, needles="#6b8f45"), 24, 80, 130), Strew(_TREES, 16, 40, 90, gap_deg=10), Strew(sized(nature.bush, "wide", 1, 2, flowers="#e4572e"), 26, 16, 30))),
    "flowers": Landscape("flowers", (Ridge("hills", 2, 8, 900, "#8aa6a0"), Ridge("forest", 1, 3.6, 260, "#7f9f6b")), (
        Strew(colours(nature.blossom, "petals", "#f2b6c6", "#f7d3dd", "#fdf2f0", "#e79ab4"), 26, 20, 60, gap_deg=8), Strew(_TREES, 26, 60, 110), Strew(colours(nature.bush, "flowers", "#ffd166", "#ff8fab", "#c8b6ff", "#ffffff"), 50, 15, 34), Strew(lambda r: built.house(r, 8, 4, "#efe3cd", "#a8583f"), 2, 70, 90, (20, 60)))),
    "snow": Landscape("snow", (Ridge("hills", 2, 7, 800, "#aebccf", 0.2), Ridge("forest", 1, 4, 240, "#5b6f80")), (
        Strew(sized(nature.birch, "tall", 9, 14), 40, 18, 60, gap_deg=9), Strew(lambda r: built.house(r, 9, 4, "#6b4a36", "#dfe8f2"), 7, 44, 80, gap_deg=4), Strew(sized(nature.conifer, "tall", 8, 14, needles="#8fa6b5"), 40, 50, 110), Strew(colours(nature.rock, "colour", "#d3dde8"), 14, 16, 30)), sky="aurora"),
    "dinosaur": Landscape("grass", (Ridge("hills", 2, 8, 500, "#5f6f52"), Ridge("forest", 1, 6, 160, "#466244")), (
        Strew(landmarks.volcano, 1, 330, 331, (-26, -20)), Strew(sized(nature.dinosaur, "tall", 8, 13), 7, 44, 90, (-20, 60)), Strew(sized(nature.dinosaur, "tall", 7, 10, colour="#7d6f52"), 4, 60, 90, (110, 250)), Strew(sized(nature.palm, "tall", 5, 10, leaves="#4f8f4a"), 36, 18, 60, gap_deg=10),
        Strew(sized(nature.bush, "wide", 1.5, 3, leaves="#4a7f3f"), 36, 15, 30))),
    "harbour": Landscape("sea", (Ridge("cliffs", -2, 5, 900, "#5f6a66"),), (
        Strew(sized(landmarks.lighthouse, "tall", 22, 27), 1, 66, 67, (-17, -12)), Strew(lambda r: built.house(r, 7, 5, str(r.choice(["#d9e0e2", "#e3b7a0", "#a8c4cf", "#f0dfb5"])), "#7a4638"), 26, 46, 70, (40, 200)), Strew(sized(built.sail_ship, "long", 14, 20), 3, 70, 130, (-60, 30)),
        Strew(lambda r: east.sampan(r), 6, 18, 30, (-80, 60)), Strew(nature.rock, 22, 14, 24), Strew(nature.birds, 4, 50, 90)), "stone", 12),
    "sky_islands": Landscape("cloud_sea", (Ridge("peaks", 1, 9, 1200, "#8f96c4"),), (
        Strew(lambda r: machines.floating_island(r, float(r.uniform(18, 60)), float(r.uniform(18, 46))), 15, 90, 260), Strew(lambda r: machines.floating_island(r, 26, 44), 1, 110, 111, (-8, 8)), Strew(nature.birds, 4, 60, 120), Strew(colours(nature.bush, "flowers", "#ffd166", "#c8b6ff", ""), 22, 14, 17, gap_deg=8), Strew(_TREES, 5, 16, 18, gap_deg=40)), "grass", 19),
    "balloons": Landscape("grass", (Ridge("peaks", 3, 12, 1500, "#8290a8", 0.8), Ridge("hills", 2, 7, 600, "#7f9a7a"), Ridge("hills", 1, 4, 260, "#84a45f")), (
        Strew(lambda r: machines.balloon(r, float(r.uniform(18, 60)), float(r.uniform(5, 8)), (str(r.choice(["#e4572e", "#2a9d8f", "#4a6fd4", "#c2447a"])), str(r.choice(["#f6d365", "#fff4e0", "#f4a261"])))), 15, 60, 190), Strew(_TREES, 40, 50, 130), Strew(sized(nature.bush, "wide", 1.4, 2.4, flowers="#ffd166"), 20, 16, 34), Strew(lambda r: built.house(r, 8, 4), 6, 90, 140))),
    "market": Landscape("paved", (Ridge("hills", 0, 4, 600, "#3f4a66"),), (
        Strew(sized(east.water_house, "wide", 8, 11), 34, 44, 58), Strew(colours(east.stall, "cloth", "#c8452f", "#2a6f9d", "#3f8f5a", "#b0762a"), 26, 19, 32, gap_deg=7), Strew(lambda r: east.lanterns(r, 6.0, 16), 18, 22, 34), Strew(lambda r: east.pagoda(r, 32), 1, 110, 111, (-6, 4)), Strew(landmarks.street_lamp, 8, 18, 24, gap_deg=14))),
    "herbs": Landscape("grass", (Ridge("peaks", 4, 16, 420, "#6f8583"), Ridge("forest", 2, 7, 140, "#5b7a57")), (
        Strew(sized(nature.bamboo, "tall", 8, 12), 34, 26, 46, gap_deg=10), Strew(colours(nature.bush, "flowers", "#c8b6ff", "#ffffff", "#ffd166", "#ff8fab", ""), 64, 15, 30), Strew(sized(east.pavilion, "wide", 5, 7), 3, 34, 44, (-40, 60)), Strew(sized(east.water_house, "wide", 8, 10), 4, 44, 60, (100, 250)), Strew(nature.pine, 9, 24, 38, gap_deg=14), Strew(nature.rock, 9, 15, 24))),
    "railway": Landscape("grass", (Ridge("peaks", 3, 12, 1200, "#7d8a9a"), Ridge("hills", 2, 7, 500, "#7a9070"), Ridge("hills", 1, 4, 230, "#7f9a5a")), (
        Strew(machines.train, 1, 74, 75, (-12, -6)), Strew(machines.train, 1, 90, 91, (165, 180)), Strew(_SPRUCES, 44, 50, 110, gap_deg=26), Strew(_TREES, 30, 40, 80, gap_deg=30), Strew(landmarks.street_lamp, 10, 20, 50, gap_deg=9), Strew(sized(nature.bush, "wide", 1.2, 2.4, flowers="#ffd166"), 26, 16, 34))),
}  # fmt: skip
