"""``shelfway verify`` on files that our own commands made, changed and unchanged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from server.__main__ import main
from server.labelling import label_file
from server.settings import Settings
from tests.assets.sample_files import sample_files

FILES = sample_files()


def verify(capsys: pytest.CaptureFixture[str], path: Path, home: Path) -> tuple[int, dict[str, Any]]:
    code = main(["verify", str(path), "--home", str(home), "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", FILES)
def test_a_labelled_file_is_verified_and_a_changed_one_exits_1(capsys, tmp_path, name):
    path = tmp_path / f"a.{name}"
    path.write_bytes(FILES[name])
    settings = Settings(home=tmp_path / "h", producer_code="001TEST")
    label_file(path, settings, "algorithmic", "test")
    code, body = verify(capsys, path, tmp_path / "h")
    assert (code, body["label"], body["intact"], body["producer"]) == (0, "algorithmic", True, "001TEST")
    data = bytearray(path.read_bytes())
    data[len(data) - 20] ^= 1
    path.write_bytes(bytes(data))
    code, body = verify(capsys, path, tmp_path / "h")
    assert (code, body["intact"]) == (1, False)
    assert body["faults"]


def test_a_file_without_a_label_is_no_fault(capsys, tmp_path):
    (tmp_path / "a.png").write_bytes(FILES["png"])
    assert verify(capsys, tmp_path / "a.png", tmp_path)[0] == 0


def test_what_cannot_be_verified_is_refused_by_name(capsys, tmp_path):
    (tmp_path / "a.txt").write_text("hello")
    assert verify(capsys, tmp_path / "a.txt", tmp_path)[1]["code"] == "unknown_format"
    assert verify(capsys, tmp_path / "none.png", tmp_path)[1]["code"] == "not_found"


def test_speech_is_labelled_as_made_by_rules(capsys, tmp_path):
    pytest.importorskip("espeakng_loader")
    out = tmp_path / "say.wav"
    assert main(["say", "hello there", "--out", str(out), "--home", str(tmp_path / "h"), "--json"]) == 0
    capsys.readouterr()
    code, body = verify(capsys, out, tmp_path / "h")
    assert (code, body["label"], body["intact"]) == (0, "algorithmic", True)
