"""A brief and its panorama → a world as one glTF file that can be entered.

Nodes: ``sky`` (sphere of 400 m), ``ground`` (a disc whose picture is what the panorama shows there), ``spawn`` (where
to stand; the view begins along −Z), ``notice`` (how it was made, in the opening view), ``title``, ``quotation 1…``,
``portal …`` and ``props``. What can be touched says so in its node's extras under ``hotspot``: {kind, …}. Kinds:
``quote`` (text, source, lang, speak), ``portal`` (to "record" with record_id and title, or to "shelf"), ``title``.
Equal input gives equal bytes. Errors: GlbError.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from assets.brief import Brief
from assets.build_plates import name_plate, notice_plate, quote_plate, title_plate, to_texture
from assets.build_props import add_props
from assets.build_shapes import EYE_M, box, ground_disc, joined, plate, ring, seen_from_above, sky_sphere
from assets.glb import Glb, Material, linear
from assets.glb_mesh import Primitive
from assets.label import label_bytes
from assets.label_aigc import Provenance

SKY_M, GROUND_M = 400.0, 13.0
ROOMS_M = {"library": 7.5, "study": 3.9, "hall": 11.0, "laboratory": 6.6, "stage": 9.0, "gallery": 7.5}
"""How far one can walk in a painted room, metres."""

PORTALS_DEG = (130.0, 230.0, 90.0, 270.0)
QUOTES_DEG = (30.0, -60.0, 62.0)
WORDS = {
    "en": {"back": "Back to the shelf", "title": "Title"},
    "zh": {"back": "回到书架", "title": "书名"},
}


@dataclass(frozen=True, slots=True)
class World:
    """The file, not yet labelled, and what is in it."""

    data: bytes
    hotspots: int
    portals: int
    props: int


def build_world(brief: Brief, panorama: npt.NDArray[np.uint8], made: Provenance) -> World:
    """The world of a brief. ``made``: what its pictures' own labels say, so that they keep it when taken out."""
    glb = Glb(asset_extras={"title": brief.title})
    glb.scene_extras = {
        "world": {"record_id": brief.record_id, "lang": brief.lang, "motif": brief.motif, "kind": made.kind}
    }
    reach = ROOMS_M.get(brief.motif, GROUND_M)
    rng = np.random.default_rng(brief.seed)
    root = glb.add_node("world")
    _sky(glb, root, panorama, made)
    _ground(glb, root, panorama, made, reach)
    glb.add_node("spawn", parent=root, translation=(0, 0, 0), extras={"spawn": True, "eye_m": EYE_M, "heading_deg": 0})
    near = min(4.6, reach - 0.9)
    _plate(glb, root, "notice", to_texture(notice_plate(made.kind)), (1.8, 0.22), 0.0, near - 0.6, 0.72, {})
    title = {
        "hotspot": {"kind": "title", "title": brief.title, "byline": brief.byline, "speak": True, "lang": brief.lang}
    }
    _plate(
        glb, root, "title", to_texture(title_plate(brief.title, brief.byline)), (1.08, 1.42), -23.0, near, 1.4, title
    )
    for number, (quotation, azimuth) in enumerate(zip(brief.quotations, QUOTES_DEG, strict=False), start=1):
        hotspot = {
            "kind": "quote", "text": quotation.text, "source": quotation.source, "lang": quotation.lang, "speak": True
        }  # fmt: skip
        image = to_texture(quote_plate(quotation.text, quotation.source))
        _plate(glb, root, f"quotation {number}", image, (1.8, 1.0), azimuth, near, 1.5, {"hotspot": hotspot})
    arch = _arch(glb)
    for azimuth, book in zip(PORTALS_DEG, brief.neighbours, strict=False):
        portal = {"kind": "portal", "to": "record", "record_id": book.record_id, "title": book.title}
        _portal(glb, root, arch, book.title, azimuth, near, portal)
    back = {"kind": "portal", "to": "shelf", "record_id": brief.record_id}
    _portal(glb, root, arch, WORDS[brief.lang]["back"], 180.0, near, back)
    props = add_props(glb, brief, glb.add_node("props", parent=root), reach, rng)
    portals = min(len(PORTALS_DEG), len(brief.neighbours)) + 1
    return World(glb.to_bytes(), 1 + min(3, len(brief.quotations)) + portals, portals, props)


def _sky(glb: Glb, root: int, panorama: npt.NDArray[np.uint8], made: Provenance) -> None:
    texture = glb.add_texture(label_bytes(_jpeg(panorama), made).data, "image/jpeg", name="sky")
    points, uvs, triangles = sky_sphere(SKY_M)
    material = glb.add_material(Material("sky", texture=texture, unlit=True))
    mesh = glb.add_mesh("sky", [Primitive(points, triangles, material, uvs=uvs)])
    glb.add_node("sky", parent=root, mesh=mesh, translation=(0, EYE_M, 0))


def _ground(glb: Glb, root: int, panorama: npt.NDArray[np.uint8], made: Provenance, reach: float) -> None:
    picture = label_bytes(_jpeg(seen_from_above(panorama, reach, 1024)), made).data
    texture = glb.add_texture(picture, "image/jpeg", name="ground", wrap_s="clamp")
    points, uvs, triangles = ground_disc(reach)
    material = glb.add_material(Material("ground", texture=texture, unlit=True))
    mesh = glb.add_mesh("ground", [Primitive(points, triangles, material, uvs=uvs)])
    glb.add_node("ground", parent=root, mesh=mesh, extras={"walkable": True, "radius_m": reach})


def _plate(
    glb: Glb, root: int, name: str, image: bytes, size: tuple[float, float], azimuth: float, away: float, high: float,
    extras: dict[str, Any],
) -> None:  # fmt: skip
    """A standing plate that faces the spawn point."""
    texture = glb.add_texture(image, "image/jpeg", name=name, wrap_s="clamp")
    front = glb.add_material(Material(name, texture=texture, unlit=True))
    wood = glb.add_material(Material("frame", linear("#4a3626"), roughness=0.8))
    points, normals, uvs, triangles = plate(*size)
    frame = [box((size[0] + 0.08, size[1] + 0.08, 0.04), (0, 0, -0.025))]
    if high > 1:
        legs = high - size[1] / 2
        frame += [box((0.06, legs, 0.05), (x, -size[1] / 2 - legs / 2, -0.03)) for x in (-size[0] / 3, size[0] / 3)]
    body = joined(frame)
    mesh = glb.add_mesh(
        name,
        [
            Primitive(points, triangles, front, normals=normals, uvs=uvs),
            Primitive(body[0], body[2], wood, normals=body[1]),
        ],
    )
    glb.add_node(name, parent=root, mesh=mesh, extras=extras or None, **_facing(azimuth, away, high))


def _arch(glb: Glb) -> int:
    stone = glb.add_material(Material("arch", linear("#d9cba8"), roughness=0.85))
    light = glb.add_material(
        Material("door", linear("#9fd8ff", 0.4), alpha="BLEND", emissive=(0.2, 0.45, 0.7), double_sided=True)
    )
    posts = [box((0.2, 1.5, 0.2), (x, 0.75, 0)) for x in (-0.8, 0.8)]
    over = ring(0.8, 0.2, 0.0, np.pi)
    body = joined([*posts, (over[0] + np.array([0, 1.5, 0]), over[1], over[2])])
    turn = np.linspace(0, np.pi, 20)
    rim = [(0.72, 0.0, 0.0), *((0.72 * np.cos(t), 1.5 + 0.72 * np.sin(t), 0.0) for t in turn), (-0.72, 0.0, 0.0)]
    door = np.array([(0.0, 1.0, 0.0), *rim])
    fan = np.array([(0, k, k + 1) for k in range(1, len(rim))] + [(0, len(rim), 1)])
    flat = np.tile([0.0, 0.0, 1.0], (len(door), 1))
    return glb.add_mesh(
        "portal",
        [Primitive(body[0], body[2], stone, normals=body[1]), Primitive(door, fan, light, normals=flat)],
    )


def _portal(glb: Glb, root: int, arch: int, name: str, azimuth: float, away: float, hotspot: dict[str, Any]) -> None:
    node = glb.add_node(
        f"portal {name}", parent=root, mesh=arch, extras={"hotspot": hotspot}, **_facing(azimuth, away, 0.0)
    )
    texture = glb.add_texture(to_texture(name_plate(name)), "image/jpeg", name=name, wrap_s="clamp")
    front = glb.add_material(Material("name", texture=texture, unlit=True, double_sided=True))
    points, normals, uvs, triangles = plate(1.5, 0.35)
    mesh = glb.add_mesh("name", [Primitive(points, triangles, front, normals=normals, uvs=uvs)])
    glb.add_node("name", parent=node, mesh=mesh, translation=(0, 2.57, 0.06))


def _facing(azimuth_deg: float, away: float, high: float) -> dict[str, Any]:
    """Where a thing stands that looks back at the spawn point: translation and rotation of its node."""
    angle = np.radians(azimuth_deg)
    place = (round(float(away * np.sin(angle)), 4), high, round(float(-away * np.cos(angle)), 4))
    return {"translation": place, "rotation": (0.0, float(np.sin(-angle / 2)), 0.0, float(np.cos(angle / 2)))}


def _jpeg(picture: npt.NDArray[np.uint8]) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=90, subsampling=0)
    return out.getvalue()
