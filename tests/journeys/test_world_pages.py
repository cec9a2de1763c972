"""A book's world in a real browser on a real server: asked for, entered, listed in the gallery, entered by hash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.build import build_parts
from server.settings import load_settings
from tests.journeys.test_twin_page import page as page  # the fixture
from tests.server.world import running

playwright = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
pytestmark = pytest.mark.browser


@pytest.fixture
def port(demo_home: Path, tmp_path: Path) -> Iterator[int]:
    import shutil

    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    with running(build_parts(load_settings(home, flags={"port": 0, "speaker": "none"}).settings)) as number:
        yield number


def enter(page: Any, url: str) -> bytes:
    """Open a world's page; what is seen when one may look round, as PNG."""
    page.goto(url)
    playwright.expect(page.get_by_test_id("line")).to_have_text(re.compile("Drag"), timeout=60_000)
    picture: bytes = page.screenshot()
    return picture


def test_a_world_is_entered_turned_in_and_found_in_the_gallery(page: Any, port: int) -> None:
    base = f"http://127.0.0.1:{port}"
    page.goto(f"{base}/gallery.html?lang=en")
    playwright.expect(page.get_by_text("No world is open yet")).to_be_visible(timeout=20_000)
    first = enter(page, f"{base}/world.html?record=demo-0041&lang=en")
    assert len(first) > 30_000, "a picture, not one colour"
    page.locator("canvas").focus()
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")
    assert page.screenshot() != first, "the eye has turned"
    page.goto(f"{base}/gallery.html?lang=en")
    link = page.get_by_role("link", name="Dune")
    playwright.expect(link).to_have_count(1, timeout=20_000)
    picture = page.request.get(base + page.locator("#gallery img").get_attribute("src"))
    assert (picture.status, picture.headers["content-type"]) == (200, "image/jpeg")
    link.click()
    playwright.expect(page.get_by_test_id("line")).to_have_text(re.compile("Drag"), timeout=30_000)
    assert "hash=" in page.url
