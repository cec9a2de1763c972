"""The 3-D view in a real browser on a real server: the way to a shelf is drawn and the shelf named."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from server.pages import PAGES
from tests.server.world import make_parts, running

playwright = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
pytestmark = pytest.mark.browser
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@pytest.fixture
def page() -> Iterator[Any]:
    path = os.environ.get("SHELFWAY_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None or not (PAGES / "twin.html").is_file():
        pytest.skip("needs Chromium and the built pages")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": 500, "height": 400})
        faults: list[str] = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        yield page
        browser.close()
    assert faults == []


def test_the_way_to_a_shelf_is_shown(page: Any) -> None:
    with running(make_parts()) as port:
        page.goto(f"http://127.0.0.1:{port}/twin.html?to=S1&lang=en")
        playwright.expect(page.get_by_test_id("line")).to_have_text(re.compile(r"S1 · \d+ m"), timeout=30_000)
        buttons = page.locator("nav button")
        assert buttons.all_inner_texts() == ["All", "G"]
        playwright.expect(buttons.nth(1)).to_have_attribute("aria-pressed", "true")
        buttons.nth(0).click()
        playwright.expect(buttons.nth(0)).to_have_attribute("aria-pressed", "true")


def test_a_place_that_does_not_exist_is_said(page: Any) -> None:
    with running(make_parts()) as port:
        page.goto(f"http://127.0.0.1:{port}/twin.html?to=nowhere&lang=en")
        playwright.expect(page.get_by_test_id("line")).to_have_text(re.compile("place|nowhere"), timeout=30_000)
