from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from spatial.errors import TwinError
from spatial.plan import ShelfFace
from spatial.twin_file import load_twin, save_twin, seal_plan, with_faces
from tests.spatial.sample_venue import two_floors

FACE = ShelfFace(
    "R1", "甲 1", "x", "clc", "TP3", "TP4", "a", "b", "", 3, (0.1, 0.2), (1 / 3, 2.0), ((1, "a"), (2, "b")), {"k": "v"}
)


def test_round_trip_is_exact(tmp_path: Path) -> None:
    plan = with_faces(two_floors().plan(tmp_path / "v"), (FACE,))
    save_twin(plan, tmp_path / "twin")
    back = load_twin(tmp_path / "twin")
    assert back == plan
    assert seal_plan(back).revision == plan.revision
    assert [p.name for p in (tmp_path / "twin").iterdir()] == ["plan.json"]


def test_revision_follows_content(tmp_path: Path) -> None:
    plan = two_floors().plan(tmp_path)
    assert with_faces(plan, (FACE,)).revision != plan.revision
    assert with_faces(plan, (replace(FACE, bays=4),)).revision != with_faces(plan, (FACE,)).revision


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "shelfway-twin/1"}', '{"format": "other"}'])
def test_damaged_twins_are_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(TwinError, match="import a venue"):
        load_twin(tmp_path)
    (tmp_path / "plan.json").write_text(text, encoding="utf-8")
    with pytest.raises(TwinError, match="import the venue again"):
        load_twin(tmp_path)
