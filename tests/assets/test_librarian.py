"""The librarian: a clean file in every look, a mouth for each viseme, joints that other programs find."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assets.errors import LookError
from assets.glb_container import unpack_glb
from assets.librarian import build_librarian
from assets.librarian_body import build_body
from assets.librarian_eyes import EYE_RADIUS, build_lids
from assets.librarian_hair import STYLES, build_hair
from assets.librarian_head import EYE, LIP_RINGS, SEGMENTS, build_head, surface
from assets.librarian_look import LOOKS, read_look, read_persona_look
from assets.librarian_mouth import VISEMES, move_head
from assets.librarian_rig import BONE, BONES, OTHER_SIDE
from assets.librarian_vrm import HUMAN
from tests.assets.gltf import read_accessor, run_node, validate
from wire.visemes import VISEMES as NAMES

GREY = (0.5, 0.5, 0.5, 1.0)
HEAD = build_head(GREY, GREY)


@pytest.mark.parametrize("name", LOOKS)
def test_each_look_is_a_clean_small_file(name: str) -> None:
    data = build_librarian(LOOKS[name])
    assert data == build_librarian(LOOKS[name])
    assert validate(data) == []
    assert len(data) <= 400_000


def test_other_programs_find_bones_mouths_and_gestures() -> None:
    told = run_node("avatar.mjs", stdin=build_librarian(LOOKS["lin"]))
    assert told["morphs"][:15] == [f"viseme_{name}" for name in NAMES]
    assert told["morphs"][15:] == ["blink_left", "blink_right", "brow_up", "brow_worry", "smile"]
    assert {"aa", "ih", "ou", "ee", "oh", "blink", "happy", "viseme_PP"} <= set(told["expressions"])
    assert told["aa"] == 0.8
    assert told["blink"] == [1, 1]
    assert told["animations"] == ["rest", "point", "welcome", "nod"]
    assert told["head"] == pytest.approx([0, 1.305, -0.005], abs=2e-3)
    assert told["leftHand"][0] == pytest.approx(0.525, abs=2e-3), "her left is at +x"


def test_the_face_moves_by_visemes_only_where_a_mouth_moves() -> None:
    assert tuple(VISEMES) == NAMES
    lips = slice(0, LIP_RINGS * SEGMENTS)
    for name, mouth in VISEMES.items():
        moved = move_head(HEAD, mouth)
        far = HEAD.shape.points[(HEAD.part == 0) & (np.linalg.norm(moved, axis=1) > 0)]
        assert (moved[lips].any()) == (name != "sil"), name
        assert not len(far) or far[:, 1].max() < 0.0, f"{name} moves the eyes"


def _gap(name: str) -> tuple[float, float]:
    """Height and width of the open mouth in a viseme, metres."""
    line = (HEAD.shape.points + move_head(HEAD, VISEMES[name]))[:SEGMENTS]
    quarter = SEGMENTS // 4
    return float(np.linalg.norm(line[quarter] - line[-quarter])), float(np.ptp(line[:, 0]))


def test_mouth_shapes_have_the_order_that_phonetics_gives_them() -> None:
    high = {name: _gap(name)[0] for name in NAMES}
    wide = {name: _gap(name)[1] for name in NAMES}
    assert high["aa"] > high["oh"] > high["E"] > high["ih"] > high["SS"] > 0.004
    assert max(high["PP"], high["sil"]) < 0.003, "lips that should be shut"
    assert wide["ou"] < wide["oh"] < wide["CH"] < wide["sil"] < wide["E"] < wide["ih"]


def test_lids_close_the_eye() -> None:
    lids = build_lids(GREY, GREY)
    for moved, closed in ((0.0, False), (1.0, True)):
        edge = lids.shape.points[:13] + moved * lids.close[:13] - EYE
        low = lids.shape.points[65:78] - EYE
        assert (bool((edge[:, 1] - low[:, 1]).max() < 0.2 * EYE_RADIUS)) is closed
    shut = np.linalg.norm(lids.shape.points + lids.close - EYE, axis=1)
    assert shut.min() > EYE_RADIUS, "a lid must stay outside the eyeball"


def test_hair_grows_on_the_head_and_leaves_the_face_free() -> None:
    for style in STYLES:
        hair = build_hair(style, GREY)
        eyes = [EYE, EYE * [-1, 1, 1]]
        seen = hair.points[np.linalg.norm(hair.points, axis=1) > np.linalg.norm(surface(hair.points), axis=1)]
        assert all(np.linalg.norm(seen - eye, axis=1).min() > 1.2 * EYE_RADIUS for eye in eyes), style
        front = seen[(seen[:, 2] > 0.07) & (np.abs(seen[:, 0]) < 0.07)]
        assert front[:, 1].min() > 0.03, f"{style} hangs into the face"
        assert hair.points[:, 1].max() > 0.13


def test_every_corner_of_the_body_has_its_joints_and_both_sides_are_alike() -> None:
    body = build_body(GREY, GREY, GREY, GREY, GREY, skirt=False)
    assert body.weights.sum(axis=1) == pytest.approx(1.0, abs=0.02)
    assert body.points[:, 1].min() >= 0.0
    right = {OTHER_SIDE[BONE[name]] for name in BONE if name.startswith("left") and "Eye" not in name}
    on_right = np.isin(body.bones[:, 1], list(right)) & (body.weights[:, 1] > 0.5)
    assert on_right.any()
    assert body.points[on_right][:, 0].max() < 0.02
    assert [name for name, _, _ in BONES if name not in HUMAN] == []


def test_inverse_binds_undo_the_pose_of_rest() -> None:
    document, binary = unpack_glb(build_librarian(LOOKS["mei"]))
    skin = document["skins"][0]
    binds = read_accessor(document, binary, skin["inverseBindMatrices"]).reshape(-1, 4, 4).transpose(0, 2, 1)
    parent = {c: n for n, node in enumerate(document["nodes"]) for c in node.get("children", ())}
    for joint, bind in zip(skin["joints"], binds, strict=True):
        place, at = np.zeros(3), joint
        while True:
            place = place + document["nodes"][at].get("translation", [0, 0, 0])
            if at not in parent:
                break
            at = parent[at]
        assert bind[:3, 3] == pytest.approx(-place, abs=1e-4)


def test_a_persona_may_have_its_own_look(tmp_path: Path) -> None:
    assert read_persona_look(tmp_path / "persona.toml") == LOOKS["lin"]
    file = tmp_path / "persona.toml"
    file.write_text('look = { base = "amara", glasses = true, cardigan = "#112233" }', encoding="utf-8")
    look = read_persona_look(file)
    assert (look.hair, look.glasses, look.cardigan, look.name) == ("bun", True, "#112233", "own")
    assert validate(build_librarian(look)) == []


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("nobody", "the looks are lin"),
        ({"base": "who"}, "there is no look"),
        ({"hair": "mohawk"}, "one of bob"),
        ({"skin": "beige"}, "a colour like"),
        ({"skin": 5}, "a colour like"),
        ({"glasses": "yes"}, "true or false"),
        ({"lower": "kilt"}, "trousers or skirt"),
        ({"name": "x"}, "is not known"),
    ],
)
def test_looks_that_we_do_not_know_are_named(table: Any, told: str) -> None:
    with pytest.raises(LookError, match=told):
        read_look(table)


@pytest.mark.parametrize("text", ["look = 5", "look = ", "\xff"])
def test_broken_personas_are_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "persona.toml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(LookError, match=r"persona\.toml"):
        read_persona_look(file)
