"""The package as Unity takes it from git: .meta files, manifest, assembly definitions."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.unity.conftest import PACKAGE
from unity_bridge import metas

HIDDEN = re.compile(r"(^|/)(\.|[^/]*~(/|$))")


def visible() -> list[Path]:
    """What Unity looks at, by its own rule; samples as they lie in a project."""
    paths = [p for p in PACKAGE.rglob("*") if not HIDDEN.search(p.relative_to(PACKAGE).as_posix())]
    samples = PACKAGE / "Samples~"
    return [*paths, *(p for p in samples.rglob("*") if not HIDDEN.search(p.relative_to(samples).as_posix()))]


def test_every_file_and_folder_has_a_meta_and_none_is_left_over() -> None:
    files = {p for p in visible() if p.suffix != ".meta"}
    there = set(PACKAGE.rglob("*.meta"))
    wanted = {p.with_name(p.name + ".meta") for p in files}
    assert sorted(wanted - there) == [], "run python -m unity_bridge.metas"
    assert sorted(there - wanted) == []
    assert metas.main(["--check"]) == 0


def test_ids_are_whole_and_unique() -> None:
    guids = [re.search(r"^guid: ([0-9a-f]{32})$", p.read_text(), re.MULTILINE) for p in PACKAGE.rglob("*.meta")]
    assert all(guids)
    assert len({g[1] for g in guids if g}) == len(guids)


def test_a_missing_meta_is_written_and_a_left_over_one_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Runtime").mkdir()
    (tmp_path / "Runtime" / "A.cs").write_text("")
    (tmp_path / "Hidden~").mkdir()
    (tmp_path / "Hidden~" / "B.cs").write_text("")
    (tmp_path / "Gone.cs.meta").write_text("guid: 0")
    monkeypatch.setattr(metas, "PACKAGE", tmp_path)
    monkeypatch.setattr(metas, "list_assets", lambda: ASSETS(tmp_path))
    monkeypatch.setattr(metas, "meta_text", lambda path: TEXT(path, tmp_path))
    assert metas.main(["--check"]) == 1
    assert metas.main([]) == 0
    assert metas.main(["--check"]) == 0
    assert {p.name for p in tmp_path.rglob("*.meta")} == {"Runtime.meta", "A.cs.meta"}
    assert "MonoImporter" in (tmp_path / "Runtime" / "A.cs.meta").read_text()


ASSETS, TEXT = metas.list_assets, metas.meta_text


def test_the_manifest_is_one() -> None:
    manifest = json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))
    assert re.fullmatch(r"com(\.[a-z0-9-]+)+", manifest["name"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", manifest["version"])
    assert f"[{manifest['version']}]" in (PACKAGE / "CHANGELOG.md").read_text(encoding="utf-8")
    assert manifest["unity"] == "2021.3"
    for sample in manifest["samples"]:
        assert list((PACKAGE / sample["path"]).rglob("*.cs")), sample["path"]
    for name in ("README.md", "LICENSE.md", "Documentation~/index.md"):
        assert (PACKAGE / name).read_text(encoding="utf-8").strip()


def test_assemblies_refer_to_what_exists_and_the_core_needs_no_engine() -> None:
    found = [json.loads(p.read_text(encoding="utf-8")) for p in PACKAGE.rglob("*.asmdef")]
    definitions = {body["name"]: body for body in found}
    assert definitions["Shelfway.Core"]["noEngineReferences"] is True
    assert definitions["Shelfway.Editor"]["includePlatforms"] == ["Editor"]
    for body in definitions.values():
        own = {name for name in body["references"] if name.startswith("Shelfway")}
        assert own <= set(definitions)
    for path in (PACKAGE / "Runtime" / "Core").rglob("*.cs"):
        assert not re.search(r"\busing Unity|\bUnityEngine\.", path.read_text(encoding="utf-8")), path.name


def test_the_readme_says_what_was_not_run() -> None:
    text = (PACKAGE / "README.md").read_text(encoding="utf-8")
    for words in ("not been run in the Unity editor", "IL2CPP", "device"):
        assert words in text
