"""A real Chromium on the built page, served by a scripted librarian."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "web"
PAGES = ROOT / "server" / "pages"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream", "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
SIZES = {
    "landscape": (1920, 1080),
    "portrait": (1080, 1920),
    "phone": (390, 844),
    "narrow": (320, 640),
    "low": (844, 390),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def pages() -> Path:
    """The built pages; built now when they are missing or older than their sources."""
    sources = [WEB / "index.html", WEB / "package-lock.json", *(WEB / "src").rglob("*.*"), *(WEB / "public").glob("*")]
    newest = max(path.stat().st_mtime for path in sources)
    index = PAGES / "index.html"
    if not index.is_file() or index.stat().st_mtime < newest:
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("the pages are not built and npm is not installed")
        if not (WEB / "node_modules" / "vite").is_dir():
            subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=WEB, check=True, capture_output=True)
        subprocess.run([npm, "run", "build"], cwd=WEB, check=True, capture_output=True)
    return PAGES


@pytest.fixture(scope="session")
def browser(pages: Path) -> Iterator[Any]:
    """One Chromium for all tests."""
    path = os.environ.get("SHELFWAY_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("needs Chromium (Debian package chromium, or SHELFWAY_CHROMIUM)")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def script() -> Any:
    """What the scripted librarian does; a test may change it before it opens the page."""
    from tests.web.mock_server import Script

    return Script()


class Kiosk:
    """The open page."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)

    def get(self, testid: str) -> Any:
        """The element with this test id."""
        return self.page.get_by_test_id(testid)

    def snapshot(self) -> dict[str, Any]:
        """What the page's test hook tells."""
        return self.page.evaluate("window.__shelfway.snapshot()")

    def until(self, holds: Callable[[dict[str, Any]], object], what: str, timeout_s: float = 10.0) -> dict[str, Any]:
        """The first snapshot for which ``holds``; fails saying ``what`` did not come."""
        end = time.monotonic() + timeout_s
        while True:
            snapshot = self.snapshot()
            if holds(snapshot):
                return snapshot
            if time.monotonic() > end:
                pytest.fail(f"{what} did not come within {timeout_s} s; the page says {snapshot}")
            self.page.wait_for_timeout(30)

    def ask(self, text: str) -> None:
        """Type a question and send it."""
        self.get("ask-input").fill(text)
        self.get("ask-send").click()


@pytest.fixture
def open_kiosk(browser: Any, script: Any) -> Iterator[Callable[..., Kiosk]]:
    """Open the page: ``open_kiosk(size, lang, address, **context options)``. Faults on the page fail the test."""
    from tests.web.mock_server import serving

    contexts: list[Any] = []
    kiosks: list[Kiosk] = []
    with serving(script) as url:

        def opener(size: str = "landscape", lang: str = "en", address: str = "", **options: Any) -> Kiosk:
            width, height = SIZES[size]
            context = browser.new_context(viewport={"width": width, "height": height}, **options)
            contexts.append(context)
            kiosk = Kiosk(context.new_page())
            kiosks.append(kiosk)
            kiosk.page.goto(address or f"{url}/?lang={lang}")
            kiosk.until(lambda s: s["connected"], "the connection")
            kiosk.page.locator(".shelf").first.wait_for(state="attached")
            return kiosk

        yield opener
        faults = [fault for kiosk in kiosks for fault in kiosk.faults if "WebSocket" not in fault]
        for context in contexts:
            context.close()
        assert not faults
