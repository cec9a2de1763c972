"""The twin as a glTF file: the same plan that routes people, as the model that they see.

Frame: glTF axes (E, U, −N) in metres about the plan's origin; four empty nodes ``origin``, ``east``, ``north`` and
``up`` (1 m each) let a client prove it. Under Unity's glTFast the file stands under a root turned 180° about Y, which
gives (E, U, N). One node per level, named by its ordinal (``level 0``), raised to its elevation, to be hidden as one;
under it one node per part, named by its key (``0/walls``).

What is picked is named in ``extras``: copies of shelves by ``range_ids[instance]``, doors by ``opening_ids``, floors by
``unit_ids[_FEATURE_ID_0]``, signs by ``amenity_ids[triangle ÷ triangles_each]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from assets.errors import TwinModelError
from assets.glb import Glb
from assets.glb_mesh import Primitive, pack_positions
from assets.twin_models import build_model
from assets.twin_palette import build_materials
from assets.twin_parts import Copies, Part
from assets.twin_shelves import build_shelf_parts
from assets.twin_signs import build_signs, draw_signs_of, icons_of
from assets.twin_spines import read_spines
from assets.twin_surface import Surface
from assets.twin_things import build_things
from assets.twin_walls import build_floor, build_walls, storeys_of
from assets.twin_ways import build_doors, build_ways
from spatial.frames import to_gltf, to_gltf_array
from spatial.plan import Level, Plan

FORMAT = "shelfway-twin-glb/1"
STEPS_M = (0.005, 0.01, 0.05)
"""Positions are whole steps: the shortest that 16 bits can hold for the part."""


@dataclass(frozen=True, slots=True)
class TwinModel:
    """A finished file and what stands in it."""

    data: bytes
    revision: str
    levels: tuple[int, ...]
    shelves: int
    triangles: int


def build_twin(plan: Plan, ordinal: int | None = None) -> TwinModel:
    """The whole building, or one level of it. Equal plans give equal bytes.

    Raises TwinModelError when the plan has no such level.
    """
    parts = build_parts(plan, ordinal)
    return write_twin(plan, parts, None if ordinal is None else {ordinal})


def build_parts(plan: Plan, ordinal: int | None = None) -> list[Part]:
    """Everything that is drawn, as parts in a fixed order. Raises TwinModelError when the plan has no such level."""
    storeys = storeys_of(plan)
    known = sorted({s.level.ordinal for s in storeys})
    if ordinal is not None and ordinal not in known:
        raise TwinModelError(f"there is no level {ordinal}; the levels are {', '.join(map(str, known)) or 'none'}")
    ways = build_ways(plan, storeys)
    icons = icons_of(plan.amenities)
    parts: list[Part] = []
    for storey in storeys:
        level = storey.level
        if ordinal is not None and level.ordinal != ordinal:
            continue
        fixtures = [f for f in plan.fixtures if f.level_id == level.id]
        faces = [f for f in plan.faces if f.level_id == level.id]
        shelves, bodies = build_shelf_parts(level.ordinal, faces, fixtures)
        kiosks = [k for k in plan.kiosks if k.level_id == level.id]
        parts += build_floor(storey) + build_walls(storey) + build_doors(storey) + shelves
        parts += build_things(level.ordinal, fixtures, kiosks, bodies, storey.wall_m)
        parts += build_signs(level.ordinal, [a for a in plan.amenities if a.level_id == level.id], icons)
    parts += [part for part in ways if ordinal is None or part.ordinal == ordinal]
    return _distinct(parts)


def write_twin(plan: Plan, parts: Sequence[Part], ordinals: Iterable[int] | None = None) -> TwinModel:
    """The file that shows ``parts`` under their levels: under all, or those of ``ordinals``."""
    wanted = None if ordinals is None else set(ordinals)
    origin = plan.origin
    place = {"lat": _digits(origin.lat), "lon": _digits(origin.lon), "rotation_deg": _digits(origin.rotation_deg)}
    extras = {"format": FORMAT, "revision": plan.revision, "frame": "(E, U, -N), metres", "origin": place}
    pictures = {_picture(part) for part in parts}
    signs = draw_signs_of(plan.amenities) if "signs" in pictures else None
    writer = _Writer(Glb(asset_extras=extras), signs, read_spines() if "spines" in pictures else None)
    for name, at in (("origin", (0, 0, 0)), ("east", (1, 0, 0)), ("north", (0, 1, 0)), ("up", (0, 0, 1))):
        writer.glb.add_node(name, translation=to_gltf(at))
    nodes: dict[int, int] = {}
    for level in sorted(plan.levels, key=lambda level: (level.ordinal, level.id)):
        if level.ordinal not in nodes and (wanted is None or level.ordinal in wanted):
            nodes[level.ordinal] = writer.add_level(level)
    shelves = 0
    for part in parts:
        writer.add_part(part, nodes[part.ordinal])
        shelves += len(part.extras.get("range_ids", ()))
    return TwinModel(writer.glb.to_bytes(), plan.revision, tuple(sorted(nodes)), shelves, writer.triangles)


class _Writer:
    """Puts parts into a glTF document; models and materials once each, when first needed."""

    def __init__(self, glb: Glb, signs: bytes | None, spines: bytes | None) -> None:
        self.glb = glb
        self.triangles = 0
        self._looks = build_materials(
            glb.add_texture(signs) if signs is not None else None,
            glb.add_texture(spines) if spines is not None else None,
        )
        self._materials: dict[str, int] = {}
        self._models: dict[str, tuple[int, int]] = {}

    def add_level(self, level: Level) -> int:
        """The node that carries everything of one ordinal."""
        extras: dict[str, Any] = {"kind": "level", "level": level.ordinal, "id": level.id}
        extras |= {
            "names": dict(level.name),
            "short_names": dict(level.short_name),
            "elevation_m": _digits(level.elevation_m),
        }
        height = to_gltf((0.0, 0.0, level.elevation_m))
        return self.glb.add_node(f"level {level.ordinal}", translation=height, extras=extras)

    def add_part(self, part: Part, level: int) -> None:
        """One node under its level."""
        if part.copies is not None:
            self._add_copies(part, part.copies, level)
        elif part.surface is not None and not part.surface.empty:
            surface = part.surface.in_gltf()
            primitive, corner, step = _packed(surface, self._material(part.material), part)
            mesh = self.glb.add_mesh("", [primitive])  # its node has the name
            self.triangles += len(surface.triangles)
            self.glb.add_node(
                part.key, parent=level, mesh=mesh, translation=corner, scale=[step] * 3, extras=part.extras
            )

    def _add_copies(self, part: Part, copies: Copies, level: int) -> None:
        if copies.model not in self._models:
            primitives, count = [], 0
            for material, surface in build_model(copies.model).items():
                turned = surface.in_gltf()
                primitives.append(_primitive(turned, turned.points, self._material(material)))
                count += len(turned.triangles)
            self._models[copies.model] = self.glb.add_mesh(copies.model, primitives), count
        mesh, count = self._models[copies.model]
        self.triangles += count * len(copies.places)
        zero = np.zeros(len(copies.turns))
        turns = np.column_stack([zero, np.sin(copies.turns / 2), zero, np.cos(copies.turns / 2)])
        places = np.round(to_gltf_array(copies.places), 3) + 0.0
        scales = None if (copies.scales == 1.0).all() else copies.scales[:, [0, 2, 1]]
        self.glb.add_instances(part.key, mesh, places, turns, scales, parent=level, extras=part.extras)

    def _material(self, name: str) -> int:
        if name not in self._materials:
            self._materials[name] = self.glb.add_material(self._looks[name])
        return self._materials[name]


def _digits(value: float) -> float:
    return int(value) if value == int(value) else value


def _picture(part: Part) -> str:
    """The texture that a part needs."""
    if part.copies is not None and part.copies.model.startswith("shelf-"):
        return "spines"
    return "signs" if part.material == "sign" else ""


def _packed(surface: Surface, material: int, part: Part) -> tuple[Primitive, tuple[float, float, float], float]:
    extent = float(np.ptp(surface.points, axis=0).max())
    step = next((s for s in STEPS_M if extent / s < 65000), extent / 65000)
    steps, corner = pack_positions(surface.points, step)
    return _primitive(surface, steps, material, part.feature_ids, True), corner, step


def _primitive(surface: Surface, points: Any, material: int, ids: Any = None, packed: bool = False) -> Primitive:
    colors = surface.colors if surface.uvs is None else None  # a picture has its own colours
    # where every flat piece has corners of its own, readers find its normal themselves (glTF 2.0 §3.7.2.1)
    return Primitive(points, surface.triangles, material, None, colors, surface.uvs, feature_ids=ids, packed=packed)


def _distinct(parts: Sequence[Part]) -> list[Part]:
    """Parts under different keys: two levels of one ordinal make two parts of each kind."""
    seen: dict[str, int] = {}
    made = []
    for part in parts:
        seen[part.key] = seen.get(part.key, 0) + 1
        made.append(part if seen[part.key] == 1 else replace(part, key=f"{part.key}#{seen[part.key]}"))
    return made
