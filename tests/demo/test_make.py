"""The data on disk is what the sources make, byte for byte."""

from __future__ import annotations

from pathlib import Path

from demo import data_folder
from demo.make import build_files, find_differences, main


def test_the_data_is_fresh() -> None:
    assert find_differences(data_folder()) == []
    assert main(["--check"]) == 0


def test_making_twice_gives_the_same_bytes() -> None:
    assert build_files() == build_files()


def test_a_changed_missing_or_extra_file_is_found(tmp_path: Path) -> None:
    for name, content in build_files().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    assert find_differences(tmp_path) == []
    (tmp_path / "shelves.csv").write_bytes(b"changed")
    (tmp_path / "imdf" / "unit.geojson").unlink()
    (tmp_path / "imdf" / "extra.geojson").write_bytes(b"{}")
    assert find_differences(tmp_path) == ["imdf/extra.geojson", "imdf/unit.geojson", "shelves.csv"]
