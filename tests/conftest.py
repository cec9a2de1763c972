"""Fixtures that every room's tests may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from server.home import Home


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files that lies beside a developer's checkout; the test is skipped where it does not."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared (real files kept outside the project)")
    return folder


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo library, made by its own imports; made once per run, not to be written to."""
    from server.demo_home import make_demo_home

    home = tmp_path_factory.mktemp("demo") / "home"
    make_demo_home(home, lambda step: None)
    return home


@pytest.fixture(scope="session")
def home(demo_home: Path) -> Iterator[Home]:
    """The demo library, opened."""
    from server.home import open_home

    opened = open_home(demo_home)
    yield opened
    opened.close()
