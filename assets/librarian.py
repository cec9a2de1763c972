"""The librarian's body: our own avatar, made by this code, as glTF with morph targets, a rig and VRM 1.0 metadata.

She stands at the origin on y = 0, looks along +Z, and is 1.6 m tall, in a T-pose as VRM wants it; the animation
``rest`` puts her at ease. Morph targets of the node ``face``: ``viseme_sil`` … ``viseme_ou`` (``wire/visemes.py``),
``blink_left``, ``blink_right``, ``brow_up``, ``brow_worry``, ``smile``. Only glTF's core is used besides VRMC_vrm and
KHR_materials_unlit, so that readers of VRM can show her.
"""

from __future__ import annotations

import numpy as np

from assets.glb import Glb, Material, linear
from assets.glb_mesh import Morph, Primitive
from assets.librarian_body import build_body, shade
from assets.librarian_eyes import build_brow, build_ears, build_eyeball, build_glasses, build_lids, build_sparkle
from assets.librarian_hair import build_hair
from assets.librarian_head import CENTRE, build_head
from assets.librarian_look import Look
from assets.librarian_mouth import SMILE, VISEMES, move_head
from assets.librarian_rig import BONES, add_gestures, add_rig
from assets.librarian_shapes import Floats, Shape, join
from assets.librarian_vrm import vrm_extension

FORMAT = "shelfway-librarian/1"


def build_librarian(look: Look) -> bytes:
    """The file. Equal looks give equal bytes."""
    glb = Glb(asset_extras={"format": FORMAT, "look": look.name, "made_by": "algorithm"})
    glb.asset["copyright"] = "The Shelfway authors, Apache-2.0"
    skin = glb.add_material(Material("skin", roughness=0.62))
    cloth = glb.add_material(Material("cloth", roughness=0.95, double_sided=True))
    gloss = glb.add_material(Material("eye", roughness=0.12))
    spark = glb.add_material(Material("sparkle", unlit=True))
    root = glb.add_node("librarian")
    rig = add_rig(glb, root)
    head_at = np.array(next(at for name, _, at in BONES if name == "head"))
    shift = (CENTRE - head_at).round(5).tolist()
    face, moves = _face(look)
    morphs = [Morph(name, moved) for name, moved in moves.items()]
    mesh = glb.add_mesh("face", [_primitive(face, skin, morphs=morphs)])
    face_node = glb.add_node("face", parent=rig.nodes["head"], mesh=mesh, translation=shift)
    hair = build_hair(look.hair, linear(look.hair_color))
    parts = [_primitive(hair, cloth)]
    if look.glasses:
        parts.append(_primitive(build_glasses(linear(look.glasses_color)), gloss))
    glb.add_node("hair", parent=rig.nodes["head"], mesh=glb.add_mesh("hair", parts), translation=shift)
    eye = glb.add_mesh("eye", [_primitive(build_eyeball(linear(look.eyes)), gloss), _primitive(build_sparkle(), spark)])
    for side in ("left", "right"):
        glb.add_node(f"eye {side}", parent=rig.nodes[f"{side}Eye"], mesh=eye)
    body = build_body(
        linear(look.skin),
        linear(look.cardigan),
        linear(look.blouse),
        linear(look.lower_color),
        linear(look.accent),
        look.lower == "skirt",
    )
    worn = glb.add_mesh("body", [_primitive(body, cloth, bends=True)])
    glb.add_node("body", mesh=worn, skin=rig.skin)
    add_gestures(glb, rig)
    glb.add_extension("VRMC_vrm", vrm_extension(look.name, rig.nodes, face_node, list(moves)))
    return glb.to_bytes()


def _face(look: Look) -> tuple[Shape, dict[str, Floats]]:
    """Head, ears, lids and brows as one shape, and what each morph moves."""
    skin, lips, hair = linear(look.skin), linear(look.lips), linear(look.hair_color)
    head, ears = build_head(skin, lips), build_ears(skin)
    lash = shade(hair, 0.35)
    lids = build_lids(skin, lash)
    brow = build_brow(shade(hair, 1.15))
    other_lids, other_brow = lids.shape.mirrored({}), brow.mirrored({})
    whole = join([head.shape, ears, lids.shape, other_lids, brow, other_brow])
    counts = [len(s.points) for s in (head.shape, ears, lids.shape, other_lids, brow, other_brow)]
    starts = np.cumsum([0, *counts])
    turned = np.array([-1.0, 1.0, 1.0])

    def spread(**given: Floats) -> Floats:
        moved = np.zeros_like(whole.points)
        for key, rows in given.items():
            k = ("head", "ears", "lids", "other_lids", "brow", "other_brow").index(key)
            moved[starts[k] : starts[k + 1]] = rows
        moved[np.linalg.norm(moved, axis=1) < 1e-4] = 0.0
        return moved

    moves = {f"viseme_{name}": spread(head=move_head(head, mouth)) for name, mouth in VISEMES.items()}
    moves["blink_left"] = spread(lids=lids.close)
    moves["blink_right"] = spread(other_lids=lids.close * turned)
    lift = np.tile([0.0, 0.0085, -0.001], (len(brow.points), 1))
    moves["brow_up"] = spread(brow=lift, other_brow=lift)
    worry = np.zeros_like(brow.points)
    worry[:, 1] = np.interp(brow.points[:, 0], [0.018, 0.045, 0.070], [0.0075, 0.002, -0.003])
    moves["brow_worry"] = spread(brow=worry, other_brow=worry * turned)
    raised = 0.25 * lift
    moves["smile"] = spread(
        head=move_head(head, SMILE), lids=lids.smile, other_lids=lids.smile * turned, brow=raised, other_brow=raised
    )
    return whole, moves


def _primitive(part: Shape, material: int, morphs: list[Morph] | None = None, bends: bool = False) -> Primitive:
    return Primitive(
        part.points,
        part.triangles,
        material,
        part.normals(),
        part.colors,
        joints=part.bones if bends else None,
        weights=part.weights if bends else None,
        morphs=morphs or (),
        plain=True,
    )
