"""The whole journey: ``shelfway demo``, a real Chromium, a spoken English question, the walk; then typed Chinese."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
pytest.importorskip("pocketsphinx", reason="needs the extra [speech]")
soundfile = pytest.importorskip("soundfile", reason="needs the extra [speech]")
soxr = pytest.importorskip("soxr", reason="needs the extra [speech]")

from tests.web.conftest import FLAGS, Kiosk, pages  # noqa: E402, F401

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("KIOSK_SCREENSHOTS")


@pytest.fixture(scope="module")
def address(demo_home: Path, pages: Path) -> Iterator[str]:  # noqa: F811
    """Where ``shelfway demo`` serves, in a process of its own, as a user starts it."""
    command = [sys.executable, "-m", "server", "demo", "--home", str(demo_home), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", line), line
    yield line
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0


@pytest.fixture
def microphone(tmp_path: Path) -> Path:
    """The file that Chromium's fake microphone plays, from its start at each opening."""
    return tmp_path / "microphone.wav"


@pytest.fixture
def kiosk(address: str, microphone: Path) -> Iterator[Kiosk]:
    """The page in a browser whose microphone plays a file."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("needs Chromium")
    speak("Where is The Great Gatsby?", microphone)
    flags = [*FLAGS, f"--use-file-for-fake-audio-capture={microphone}%noloop"]
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, headless=True, args=flags)
        page = chromium.new_page(viewport={"width": 1600, "height": 1000})
        opened = Kiosk(page)
        page.goto(f"{address}?lang=en")
        opened.until(lambda s: s["connected"], "the connection", 20)
        page.locator(".shelf").first.wait_for(state="attached")
        yield opened
        chromium.close()
        assert not [fault for fault in opened.faults if "WebSocket" not in fault]


def speak(text: str, file: Path) -> None:
    """A synthetic reader's voice, 48 kHz mono, a second of quiet before and after."""
    from avatars.engines.espeak import EspeakSpeaker
    from avatars.speech import say

    spoken = say(EspeakSpeaker(), text, "en")
    samples = spoken.samples.astype(np.float32) / 32768.0
    loud = soxr.resample(samples, spoken.sample_rate, 48_000)
    quiet = np.zeros(48_000, dtype=np.float32)
    soundfile.write(file, np.concatenate([quiet, loud, quiet]), 48_000, subtype="PCM_16")


def shot(kiosk: Kiosk, name: str) -> None:
    if SHOTS:
        kiosk.page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


def talk(kiosk: Kiosk) -> None:
    """Hold the button while the microphone plays its file; wait until the turn was answered."""
    turns = kiosk.snapshot()["turns"]
    box = kiosk.get("talk").bounding_box()
    kiosk.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    kiosk.page.mouse.down()
    kiosk.until(lambda s: s["mic"] == "push", "the microphone")
    kiosk.page.wait_for_timeout(4200)
    kiosk.page.mouse.up()
    kiosk.until(lambda s: s["turns"] > turns and s["presence"] != "thinking", "an answer", 20)
    kiosk.page.wait_for_timeout(500)


def test_ask_aloud_and_be_led_to_the_shelf(kiosk: Kiosk) -> None:
    talk(kiosk)
    if not kiosk.get("take-me").first.is_visible():  # a busy machine starves the fake microphone now and then
        talk(kiosk)
    kiosk.get("take-me").first.wait_for(timeout=20_000)
    assert "great gatsby" in kiosk.get("turn-reader").last.inner_text().lower()
    seen: set[str] = set()
    loudest = 0.0

    def watch(snapshot: dict[str, Any]) -> bool:
        nonlocal loudest
        seen.add(snapshot["viseme"])
        loudest = max(loudest, kiosk.page.evaluate("window.__shelfway.rms()"))
        return (snapshot["played_s"] or 0) > 1.5

    heard = kiosk.until(watch, "speech", 20)
    assert heard["caption"]
    assert loudest > 0.01
    assert len(seen - {"sil", ""}) >= 3, seen

    kiosk.get("take-me").first.click()
    kiosk.until(lambda s: s["revision"] == 1, "the way")
    kiosk.page.get_by_test_id("route").first.wait_for(state="attached")
    kiosk.page.wait_for_timeout(600)
    shot(kiosk, "way")

    kiosk.get("speed-4").click()
    kiosk.get("walk").click()
    start = kiosk.until(lambda s: s["remaining_m"], "the remaining way")["remaining_m"]
    kiosk.until(lambda s: s["remaining_m"] is not None and s["remaining_m"] < start - 8, "progress", 30)
    kiosk.get("leave-path").click()
    kiosk.until(lambda s: (s["revision"] or 0) >= 2, "a new way", 40)
    shot(kiosk, "rerouted")
    if not kiosk.snapshot()["walking"]:
        kiosk.get("walk").click()
    kiosk.until(lambda s: s["arrived"], "the shelf", 120)
    kiosk.get("arrived").wait_for()
    kiosk.page.get_by_test_id("goal-bay").first.wait_for(state="attached")
    shot(kiosk, "arrived")


def test_chinese_typed_and_mandarin_spoken(kiosk: Kiosk) -> None:
    kiosk.get("lang-zh").click()
    kiosk.until(lambda s: s["lang"] == "zh", "Chinese")
    kiosk.ask("《三体》在哪里？带我去。")
    kiosk.until(lambda s: s["revision"] == 1, "the way", 20)
    assert "三体" in kiosk.get("answer").last.inner_text()
    loudest = 0.0

    def watch(snapshot: dict[str, Any]) -> bool:
        nonlocal loudest
        loudest = max(loudest, kiosk.page.evaluate("window.__shelfway.rms()"))
        return (snapshot["played_s"] or 0) > 1.0

    spoken = kiosk.until(watch, "Mandarin speech", 20)
    assert loudest > 0.01
    assert re.search(r"[\u4e00-\u9fff]", spoken["caption"])
    shot(kiosk, "chinese")


def test_a_suggestion_is_asked_and_its_way_taken_along(kiosk: Kiosk) -> None:
    box = kiosk.get("ask-input")
    box.press_sequentially("great ga", delay=15)
    kiosk.get("suggestion").first.wait_for()
    kiosk.page.keyboard.press("ArrowDown")
    shot(kiosk, "suggestions")
    kiosk.page.keyboard.press("Enter")
    kiosk.get("take-me").first.click(timeout=20_000)
    kiosk.until(lambda s: s["revision"] == 1, "the way", 20)
    length = kiosk.snapshot()["remaining_m"]
    kiosk.get("open-handoff").click()
    shot(kiosk, "handoff")
    phone = Kiosk(kiosk.page.context.browser.new_page(viewport={"width": 390, "height": 844}))
    phone.page.goto(kiosk.get("qr").get_attribute("data-text"))
    phone.until(lambda s: s["revision"] == 1, "the same way", 20)
    assert abs(phone.snapshot()["remaining_m"] - length) < 0.5
    assert "3B" in phone.get("directions").inner_text()
    kiosk.get("dialog-close").click()
    kiosk.get("open-help").click()
    kiosk.get("help-go").click()
    kiosk.until(lambda s: s["revision"] == 1 and s["remaining_m"] != length, "the way to the desk", 20)
    assert "Information Desk" in kiosk.get("directions").inner_text()
    assert not [fault for fault in phone.faults if "WebSocket" not in fault]
