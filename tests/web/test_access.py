"""Usable by everyone: axe-core, keyboard alone, large targets, less motion, no scrolling sideways."""

from __future__ import annotations

from pathlib import Path

import pytest

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}})
  .then((r) => ({passes: r.passes.length, violations: r.violations.map((v) =>
     [v.id, v.nodes.map((n) => n.target.join(' ') + ': ' + n.failureSummary).slice(0, 4)])}))"""


def check(kiosk) -> None:
    """No violations of WCAG 2.2 AA that axe-core can see."""
    if not AXE.is_file():
        pytest.skip("needs web/node_modules (npm ci in web/)")
    if not kiosk.page.evaluate("'axe' in window"):
        kiosk.page.evaluate(AXE.read_text())
    kiosk.page.wait_for_timeout(250)  # colours that fade have faded
    result = kiosk.page.evaluate(RUN)
    assert result["violations"] == []
    assert result["passes"] > 15


@pytest.mark.parametrize("size", ["landscape", "portrait", "phone"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_axe_finds_nothing(open_kiosk, script, size, lang):
    script.speaks = False
    kiosk = open_kiosk(size, lang)
    check(kiosk)
    kiosk.ask("the garden" if lang == "en" else "花园")
    kiosk.get("candidate").first.wait_for()
    check(kiosk)
    kiosk.ask("What are the opening hours?" if lang == "en" else "开放时间是几点？")
    kiosk.get("sources").wait_for()
    kiosk.ask("Fluent Python" if lang == "en" else "流畅的Python")
    kiosk.get("item-card").wait_for()
    kiosk.get("item-card").get_by_test_id("take-me").click()
    kiosk.get("steps").wait_for()
    check(kiosk)
    kiosk.get("places").click()
    check(kiosk)


def test_axe_finds_nothing_in_the_dark(open_kiosk, script):
    script.speaks = False
    kiosk = open_kiosk("landscape", "en", color_scheme="dark")
    kiosk.ask("Fluent Python")
    kiosk.get("take-me").first.click()
    kiosk.get("steps").wait_for()
    check(kiosk)


def test_axe_finds_nothing_in_the_warning(open_kiosk, script):
    script.speaks, script.idle_reset_s = False, 6.0
    kiosk = open_kiosk()
    kiosk.ask("What are the opening hours?")
    kiosk.get("idle-warning").wait_for(timeout=8000)
    check(kiosk)


@pytest.mark.parametrize("size", ["landscape", "portrait", "phone", "narrow", "low"])
def test_targets_are_large_and_nothing_runs_off(open_kiosk, script, size):
    script.speaks = False
    kiosk = open_kiosk(size)
    kiosk.ask("Fluent Python")
    kiosk.get("take-me").first.click()
    kiosk.get("steps").wait_for()
    small = kiosk.page.evaluate(
        """() => [...document.querySelectorAll('button, input, [role=button]')].filter((e) => e.checkVisibility())
             .map((e) => [e.dataset.testid, e.getBoundingClientRect()]).filter(([, r]) => r.width < 44 || r.height < 44)
             .map(([id, r]) => `${id} ${r.width}×${r.height}`)"""
    )
    assert small == []
    assert kiosk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def focus(kiosk, testid: str) -> None:
    """Tab until this element has the focus, which must be seen."""
    for _ in range(60):
        kiosk.page.keyboard.press("Tab")
        if kiosk.page.evaluate("document.activeElement?.dataset?.testid") == testid:
            seen = kiosk.page.evaluate(
                """() => { const e = document.activeElement;
                     const o = (x) => getComputedStyle(x).outlineStyle !== 'none';
                     return o(e) || o(e.parentElement) || (e.nextElementSibling && o(e.nextElementSibling)); }"""
            )
            assert seen, f"the focus on {testid} cannot be seen"
            return
    pytest.fail(f"{testid} cannot be reached with the Tab key")


def test_the_whole_journey_by_keyboard(open_kiosk):
    kiosk = open_kiosk()
    keys = kiosk.page.keyboard
    focus(kiosk, "ask-input")
    keys.type("Where is Fluent Python?")
    keys.press("Enter")
    kiosk.get("item-card").wait_for()
    focus(kiosk, "take-me")
    keys.press("Enter")
    kiosk.until(lambda s: s["revision"] == 1, "the way")
    focus(kiosk, "speed-4")
    keys.press("Enter")
    focus(kiosk, "walk")
    keys.press(" ")
    kiosk.until(lambda s: s["walking"], "walking")
    kiosk.until(lambda s: s["arrived"], "the arrival", 30)
    focus(kiosk, "stop-guide")
    keys.press("Enter")
    kiosk.until(lambda s: s["revision"] is None, "the end of the way")
    focus(kiosk, "places")
    keys.press("Enter")
    focus(kiosk, "directory-entry")
    keys.press("Enter")
    assert kiosk.get("picked").is_visible()
    keys.press("Escape")
    assert kiosk.get("picked").count() == 0


def test_the_reader_is_moved_with_the_arrow_keys(open_kiosk, script):
    kiosk = open_kiosk()
    kiosk.get("here").focus()
    for _ in range(4):
        kiosk.page.keyboard.press("ArrowUp")
    kiosk.page.keyboard.press("ArrowRight")
    assert kiosk.snapshot()["here"] == {"east_m": 2.0, "north_m": -12.5, "level": 0, "heading_deg": 90}
    assert len(script.of_type("pose")) == 5


def test_screen_readers_hear_answers_once_in_their_language(open_kiosk, script):
    script.speaks = False
    kiosk = open_kiosk()
    kiosk.ask("开放时间是几点？")
    kiosk.get("answer").wait_for()
    live = kiosk.get("live")
    assert live.get_attribute("aria-live") == "polite"
    assert "九点" in live.inner_text()
    assert live.locator("span").get_attribute("lang") == "zh-CN"


def test_less_motion_is_respected(open_kiosk):
    kiosk = open_kiosk(reduced_motion="reduce")
    kiosk.ask("Where is Fluent Python?")
    kiosk.get("take-me").first.click()
    kiosk.until(lambda s: s["revision"] == 1, "the way")
    still = "() => document.querySelector('.face .head').getAttribute('transform')"
    kiosk.until(lambda s: s["utterance"] is None, "silence: the directions take the word")
    kiosk.page.wait_for_timeout(900)
    before = kiosk.page.evaluate(still)
    kiosk.page.wait_for_timeout(400)
    assert kiosk.page.evaluate(still) == before, "the head does not sway"
    running = kiosk.page.evaluate("document.getAnimations().filter((a) => a.playState === 'running').length")
    assert running == 0
