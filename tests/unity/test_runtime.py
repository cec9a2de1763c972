"""Components, the editor's menu and samples, compiled against signatures of Unity's classes, warnings as errors."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.unity.conftest import PACKAGE, ROOT, compile_csharp

pytestmark = pytest.mark.xdist_group("unity")  # compiled once, one server
ALL = "SHELFWAY_GLTFAST;SHELFWAY_VRM;SHELFWAY_ARFOUNDATION"
# Fields that only the inspector sets, and stubs that never raise their events.
QUIET = "-nowarn:0649,0169,0414,0067"


@pytest.fixture(scope="module")
def stubs(compiler: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = tmp_path_factory.mktemp("stubs") / "Stubs.dll"
    compile_csharp(library, sorted((PACKAGE / "Tests~" / "Stubs").glob("*.cs")), "-target:library", QUIET)
    return library


@pytest.mark.parametrize(
    "defines",
    ["UNITY_EDITOR", f"UNITY_EDITOR;{ALL}", f"UNITY_ANDROID;{ALL}", "UNITY_WEBGL", f"UNITY_WEBGL;UNITY_EDITOR;{ALL}"],
)
def test_the_components_compile(core: Path, stubs: Path, tmp_path: Path, defines: str) -> None:
    own = tmp_path / "Shelfway.Core.dll"
    compile_csharp(own, sorted((PACKAGE / "Runtime" / "Core").rglob("*.cs")), "-target:library", f"-define:{defines}")
    unity = tmp_path / "Shelfway.Unity.dll"
    links = (f"-r:{own}", f"-r:{stubs}", QUIET, f"-define:{defines}", "-target:library")
    compile_csharp(unity, sorted((PACKAGE / "Runtime" / "Unity").rglob("*.cs")), *links)
    samples = sorted((PACKAGE / "Samples~").rglob("*.cs"))
    compile_csharp(tmp_path / "Samples.dll", samples, *links, f"-r:{unity}")
    if "UNITY_EDITOR" in defines:
        compile_csharp(tmp_path / "Editor.dll", sorted((PACKAGE / "Editor").glob("*.cs")), *links, f"-r:{unity}")


@pytest.mark.parametrize(("checks", "name"), [("socket", "ShelfwaySocket"), ("microphone", "ShelfwayMicrophone")])
def test_what_the_browser_lends_behaves(checks: str, name: str) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs Node")
    library = PACKAGE / "Runtime" / "Unity" / "Plugins" / "WebGL" / f"{name}.jslib"
    command = [node, str(ROOT / "tests" / "unity" / f"{checks}_checks.cjs"), str(library)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
