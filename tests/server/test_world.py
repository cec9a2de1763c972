"""``shelfway world`` on the demo library: a labelled file, the same each time, refusals by name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from server.__main__ import main
from server.worlds import AUDIT_FILE, BLOCK_FILE


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
    code = main([*map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def home(demo_home: Path, tmp_path: Path) -> Path:
    shutil.copytree(demo_home, tmp_path / "home")
    return tmp_path / "home"


def test_a_book_becomes_a_world_that_verifies(capsys, home, tmp_path):
    out = tmp_path / "w.glb"
    words = ("world", "demo-0001", "--out", out, "--home", home, "--width", 512, "--lang", "en")
    code, body = run(capsys, *words)
    assert code == 0
    assert (body["title"], body["label"], body["painter"]) == ("Pride and Prejudice", "algorithmic", "procedural-1")
    assert body["bytes"] == out.stat().st_size
    assert body["quotations"][0]["source"] == "record demo-0001"
    assert body["portals"] > 1
    first = out.read_bytes()
    code, checked = run(capsys, "verify", out, "--home", home)
    assert (code, checked["label"], checked["intact"]) == (0, "algorithmic", True)
    if body["sidecar"] is not None:
        assert Path(body["sidecar"]) == tmp_path / "w.glb.c2pa"
        assert checked["signature"]["state"] == "trusted"
    assert run(capsys, *words)[1]["hash"] == body["hash"]
    assert out.read_bytes() == first


def test_a_title_names_a_record_and_unknown_ones_are_refused(capsys, home, tmp_path):
    out = tmp_path / "w.glb"
    assert run(capsys, "world", "Moby-Dick", "--out", out, "--home", home, "--width", 256)[1]["motif"] == "sea"
    code, body = run(capsys, "world", "no such book", "--out", out, "--home", home)
    assert (code, body["code"]) == (1, "unknown_record")
    code, body = run(capsys, "world", "demo-0001", "--out", tmp_path / "none" / "w.glb", "--home", home)
    assert (code, body["code"]) == (1, "cannot_write")


@pytest.mark.parametrize("ending", ["png", "pdf", "svg"])
def test_a_poster_is_labelled_and_comes_with_a_script(capsys, home, tmp_path, ending):
    out = tmp_path / f"p.{ending}"
    code, body = run(capsys, "poster", "demo-0001", "--out", out, "--home", home, "--lang", "en", "--url", "http://x")
    assert code == 0
    assert "Pride and Prejudice" in body["script"]
    assert body["url"] == "http://x/#record=demo-0001&lang=en"
    assert body["shelf"]
    code, checked = run(capsys, "verify", out, "--home", home)
    assert (code, checked["label"], checked["intact"]) == (0, "algorithmic", True)
    data = bytearray(out.read_bytes())
    data[len(data) // 2] ^= 1
    out.write_bytes(bytes(data))
    assert run(capsys, "verify", out, "--home", home)[0] == 1


def test_a_poster_of_another_kind_is_refused(capsys, home, tmp_path):
    code, body = run(capsys, "poster", "demo-0001", "--out", tmp_path / "p.docx", "--home", home)
    assert (code, body["code"]) == (1, "unknown_format")


def test_diffusion_without_a_model_says_what_to_do(capsys, home, tmp_path):
    words = ("world", "demo-0001", "--out", tmp_path / "w.glb", "--home", home, "--painter", "diffusion")
    code, body = run(capsys, *words)
    assert (code, body["code"]) == (1, "bad_model")
    assert "painter_model" in body["error"]
    (tmp_path / "model").mkdir()
    code, body = run(capsys, *words, "--model", tmp_path / "model")
    assert (code, body["code"]) == (1, "bad_model")


def test_a_word_that_the_home_has_blocked_refuses_the_world_and_is_audited(capsys, home, tmp_path):
    (home / BLOCK_FILE).write_text("prejudice\n", encoding="utf-8")
    code, body = run(capsys, "world", "demo-0001", "--out", tmp_path / "w.glb", "--home", home)
    assert (code, body["code"]) == (1, "blocked")
    kept = (home / AUDIT_FILE).read_text(encoding="utf-8")
    assert json.loads(kept)["verdict"] == "blocked"
    assert "rejudice" not in kept
