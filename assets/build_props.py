"""Things that stand in a world and can be walked round: books, lanterns, stones, trees, columns, crystals.

One mesh per kind, drawn many times (EXT_mesh_gpu_instancing). Places come from the brief's seed; nothing stands on the
way from the spawn point to the title, nor before a plate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assets.brief import Brief
from assets.build_shapes import Body, box, joined, lathe, moved
from assets.glb import Glb, Material, linear
from assets.glb_mesh import Primitive


@dataclass(frozen=True, slots=True)
class Part:
    """A body and its colour; ``glow``: it shines."""

    body: Body
    color: str
    glow: float = 0.0


def _tree() -> tuple[Part, ...]:
    crown = [
        moved(lathe(_dome(r, 0.8 * r), 11, x), (x, y, z))
        for x, y, z, r in ((0, 1.1, 0, 0.95), (0.55, 1.5, 0.2, 0.6), (-0.5, 1.6, 0.15, 0.62), (0.05, 1.95, -0.2, 0.66))
    ]
    return Part(lathe([(0.16, 0), (0.1, 1.4)], 7), "#5a4330"), Part(joined(crown), "#5c8a3f")


def _spruce() -> tuple[Part, ...]:
    crown = [lathe([(r, y), (0.02, y + 1.3)], 9, y) for y, r in ((0.6, 1.0), (1.3, 0.8), (2.0, 0.55))]
    return Part(lathe([(0.13, 0), (0.1, 0.8)], 7), "#4a3728"), Part(joined(crown), "#3a6149")


def _rock(color: str = "#85817a") -> tuple[Part, ...]:
    return (Part(lathe([(0.5, -0.05), (0.62, 0.2), (0.4, 0.5), (0.05, 0.6)], 7, 0.4), color),)


def _lantern() -> tuple[Part, ...]:
    post = joined([lathe([(0.05, 0), (0.04, 2.1)], 6), moved(box((0.5, 0.05, 0.05)), (0.2, 2.1, 0))])
    lamp = moved(lathe([(0.06, -0.26), (0.2, -0.1), (0.2, 0.1), (0.06, 0.26)], 10), (0.4, 1.72, 0))
    return Part(post, "#3a2a22"), Part(lamp, "#f0542f", 1.4)


def _lamp() -> tuple[Part, ...]:
    post = lathe([(0.12, 0), (0.05, 0.3), (0.04, 2.4)], 8)
    return Part(post, "#2b2d31"), Part(
        moved(lathe([(0.03, -0.2), (0.17, 0), (0.03, 0.22)], 10), (0, 2.62, 0)), "#ffe2a0", 1.6
    )


def _column() -> tuple[Part, ...]:
    return (Part(lathe([(0.42, 0), (0.42, 0.15), (0.3, 0.2), (0.26, 2.2), (0.4, 2.3), (0.4, 2.45)], 14), "#e6dcc8"),)


def _crystal(color: str = "#8fd6f0") -> tuple[Part, ...]:
    parts = [
        moved(lathe([(0.16 * s, -0.1), (0.2 * s, 0.9 * s), (0.01, 1.3 * s)], 6, s), (x, 0, z))
        for x, z, s in ((0, 0, 1.0), (0.3, 0.1, 0.6), (-0.25, 0.15, 0.7))
    ]
    return (Part(joined(parts), color, 0.7),)


def _mushroom() -> tuple[Part, ...]:
    cap = lathe([(0.02, 0.62), (0.62, 0.6), (0.5, 0.9), (0.2, 1.08), (0.01, 1.1)], 12)
    return Part(lathe([(0.2, 0), (0.12, 0.65)], 9), "#f0e4cf"), Part(cap, "#d8483e")


def _bush(color: str = "#5f8a45") -> tuple[Part, ...]:
    balls = [
        moved(lathe(_dome(r, 0.85 * r), 11, x), (x, -0.12 * r, z))
        for x, z, r in ((0, 0, 0.46), (0.38, 0.12, 0.33), (-0.36, 0.1, 0.36), (0.12, 0.34, 0.3), (-0.1, -0.3, 0.34))
    ]
    return (Part(joined(balls), color),)


def _dome(wide: float, tall: float) -> list[tuple[float, float]]:
    """The outline of a round top of this half width and of twice this height, from the ground up."""
    turns = np.linspace(-0.5, 0.5, 7) * np.pi
    return [(max(0.01, round(wide * float(np.cos(t)), 3)), round(tall * float(1 + np.sin(t)), 3)) for t in turns]


def _flowers() -> tuple[Part, ...]:
    spots = [
        moved(lathe([(0.01, 0.3), (0.09, 0.38), (0.01, 0.42)], 6), (x, 0, z))
        for x, z in ((0, 0.3), (0.35, 0), (-0.3, 0.1), (0.1, -0.3), (-0.2, -0.25))
    ]
    return (*_bush("#4f8040"), Part(joined(spots), "#f2a0b8"))


def _table() -> tuple[Part, ...]:
    legs = [moved(box((0.07, 0.74, 0.07)), (x, 0.37, z)) for x in (-0.7, 0.7) for z in (-0.3, 0.3)]
    lamp = lathe([(0.02, 1.0), (0.18, 1.02), (0.1, 1.2), (0.02, 1.22)], 10)
    return Part(joined([box((1.6, 0.06, 0.8), (0, 0.77, 0)), *legs]), "#7d5432"), Part(lamp, "#3f9a63", 0.9)


KINDS = {
    "tree": _tree, "spruce": _spruce, "rock": _rock, "lantern": _lantern, "lamp": _lamp, "column": _column,
    "crystal": _crystal, "mushroom": _mushroom, "bush": _bush, "flowers": _flowers, "table": _table,
}  # fmt: skip

PROPS: dict[str, str] = {
    "forest": "spruce tree bush", "jungle": "tree bush flowers", "mountains": "spruce rock flowers",
    "fairy_forest": "mushroom lantern flowers", "flowers": "flowers tree bush", "herbs": "flowers bush rock",
    "manor": "bush flowers tree", "village": "bush tree", "farm": "bush tree", "balloons": "flowers bush tree",
    "railway": "lamp bush", "steppe": "rock bush", "snow": "spruce rock", "dinosaur": "bush rock",
    "canal_town": "lantern rock bush", "palace": "lantern column", "garden": "lantern rock flowers",
    "temple": "lantern spruce rock", "market": "lantern lamp", "ink_mountains": "rock", "ink_river": "rock",
    "sea": "rock", "island": "rock bush", "harbour": "rock lamp", "undersea": "rock crystal", "desert": "rock",
    "egypt": "column rock", "war": "rock", "gothic": "rock lamp", "old_city": "lamp bush", "city": "lamp bush",
    "future_city": "crystal bush", "circuit": "crystal", "space": "rock crystal", "mars": "rock",
    "geometry": "crystal column", "ruins": "column bush rock", "cave": "crystal rock",
    "sky_islands": "flowers tree bush", "library": "table", "study": "", "hall": "column", "laboratory": "table",
    "stage": "lamp", "gallery": "column",
}  # fmt: skip
"""Motif → what stands about. Every motif of the vocabulary has a row."""


def add_props(glb: Glb, brief: Brief, parent: int, reach_m: float, rng: np.random.Generator) -> int:
    """Strew the motif's things between 4 m and ``reach_m`` from the spawn point; how many there are."""
    total = 0
    for name in PROPS[brief.motif].split():
        count = int(rng.integers(6, 11)) if reach_m > 8 else 4
        places, turns, sizes = [], [], []
        for _ in range(count):
            # behind and beside; ahead stand the title and the quotations
            azimuth = float(rng.uniform(np.radians(75), np.radians(285)))
            away = float(rng.uniform(min(6.5, reach_m * 0.7), reach_m - 0.6))
            if any(abs((np.degrees(azimuth) - taken + 180) % 360 - 180) < 13 for taken in (90, 130, 180, 230, 270)):
                continue
            places.append((away * np.sin(azimuth), 0.0, -away * np.cos(azimuth)))
            half = float(rng.uniform(0, np.pi))
            turns.append((0.0, np.sin(half), 0.0, np.cos(half)))
            sizes.append([float(rng.uniform(0.8, 1.3))] * 3)
        if not places:
            continue
        primitives = []
        for part in KINDS[name]():
            shine = linear(part.color)[:3] if part.glow else (0.0, 0.0, 0.0)
            material = glb.add_material(
                Material(
                    name, linear(part.color), roughness=0.95, emissive=shine, emissive_strength=max(1.0, part.glow)
                )
            )
            primitives.append(Primitive(part.body[0], part.body[2], material, normals=part.body[1]))
        glb.add_instances(name, glb.add_mesh(name, primitives), places, turns, sizes, parent=parent)
        total += len(places)
    return total
