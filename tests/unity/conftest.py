"""The Unity package's core and its test programs, compiled by mono's mcs with warnings as errors."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "unity_bridge" / "unity"
Run = Callable[..., str]


def compile_csharp(out: Path, sources: list[Path], *options: str) -> None:
    """Compile in the language level the package promises; fails the test with the compiler's own words."""
    command = ["mcs", "-langversion:7.2", "-warnaserror", "-warn:4", f"-out:{out}", *options, *map(str, sources)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def compiler() -> None:
    if shutil.which("mcs") is None or shutil.which("mono") is None:
        pytest.skip("needs mono-mcs and mono-runtime")


@pytest.fixture(scope="session")
def core(compiler: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The core alone, without UnityEngine, as a library."""
    library = tmp_path_factory.mktemp("mono") / "Shelfway.Core.dll"
    compile_csharp(library, sorted((PACKAGE / "Runtime" / "Core").rglob("*.cs")), "-target:library")
    return library


@pytest.fixture(scope="session")
def program(core: Path) -> Path:
    """The test program beside the core."""
    exe = core.with_name("Tests.exe")
    compile_csharp(exe, sorted((ROOT / "tests" / "unity" / "csharp").glob("*.cs")), f"-r:{core}")
    return exe


_DIED = (-signal.SIGABRT, -signal.SIGSEGV)


@pytest.fixture(scope="session")
def mono(program: Path) -> Run:
    """Run one test of the program; its output. Fails with what the program says."""

    def run(*arguments: str | Path, timeout: float = 60.0) -> str:
        command = ["mono", str(program), *map(str, arguments)]
        for _ in range(
            2
        ):  # mono 6.8 itself dies now and then where a socket is closed under its reader: once more then
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=timeout, check=False, cwd=program.parent
            )
            if done.returncode not in _DIED:
                break
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        return done.stdout

    return run
