"""Others in the 3-D view, in a real browser on a real server: joined by keys alone, heard, pointed at, left notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.parts import Parts
from tests.journeys.test_twin_page import page as page  # the fixture
from tests.server.test_meet import Person
from tests.server.world import make_parts, running

playwright = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}})
  .then((r) => r.violations.map((v) => [v.id, v.nodes.map((n) => n.target.join(' ') + ': ' + n.failureSummary)]))"""

KEEP_SOCKETS = """window.sockets = []; const Real = WebSocket;
window.WebSocket = class extends Real { constructor(...all) { super(...all); sockets.push(this); } };"""


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return make_parts(home=tmp_path)


@pytest.fixture
def port(parts: Parts) -> Iterator[int]:
    with running(parts) as number:
        yield number


def open_page(page: Any, port: int, lang: str = "en") -> Any:
    page.set_viewport_size({"width": 1100, "height": 800})
    page.goto(f"http://127.0.0.1:{port}/twin.html?lang={lang}")
    playwright.expect(page.get_by_test_id("line")).to_have_text(re.compile("Tap|点按"), timeout=30_000)
    return page.get_by_test_id


def check(page: Any) -> None:
    if AXE.is_file():
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text())
        assert page.evaluate(RUN) == []


def test_two_talk_point_and_leave_a_note(page: Any, port: int) -> None:
    get = open_page(page, port)
    ben = Person(port, {"visible": "all", "name": "Ben"}, client="unity")
    ben.at(2.0, 5.0)
    get("others").focus()
    page.keyboard.press("Enter")
    check(page)
    page.keyboard.press("Tab")
    page.keyboard.type("Ann")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    get("visible").select_option("own")
    get("join").focus()
    page.keyboard.press("Enter")
    playwright.expect(get("people").locator("li")).to_have_text([re.compile("Ben")], timeout=20_000)
    ben.until(lambda: len(ben.drawn) == 2 and "Ann" in ben.names.values())
    ben.say(type="chat", id="c1", text="Hello <b>Ann</b>")
    playwright.expect(get("said").locator("li")).to_have_text(["Ben Hello <b>Ann</b>"])
    get("say").fill("Hello Ben")
    page.keyboard.press("Enter")
    assert ben.wait("said", name="Ann")["text"] == "Hello Ben"
    playwright.expect(get("said").locator("li")).to_have_count(2)
    playwright.expect(get("say")).to_have_value("")

    get("point").click()
    playwright.expect(get("point")).to_have_attribute("aria-pressed", "true")
    get("others").focus()  # a key anywhere but in a field points at the middle of the view
    page.locator("canvas").focus()
    page.keyboard.press("Enter")
    pinned = ben.wait("pinned")
    assert (pinned["name"], pinned["lasts_s"], pinned["level"]) == ("Ann", 60.0, 0)
    playwright.expect(get("pins").locator("li")).to_have_count(1)
    get("point").click()
    page.locator("canvas").click(position={"x": 700, "y": 450})
    east = ben.wait("pinned")["east_m"]
    assert east != pinned["east_m"]

    get("say").fill("The light is best here")
    get("note").click()
    note = ben.wait("noted")["note"]
    playwright.expect(get("notes").locator("li")).to_have_count(1)
    check(page)
    get("notes").get_by_role("button", name="Take away").click()
    assert ben.wait("note_removed")["note"] == note["id"]
    playwright.expect(get("notes")).to_have_count(0)
    get("wave").click()
    ben.wait("emoted", name="wave")
    get("leave").click()
    ben.until(lambda: len(ben.drawn) == 1)
    playwright.expect(get("join")).to_be_visible()
    ben.close()


def test_who_is_not_seen_can_only_listen_and_is_told_so(page: Any, port: int) -> None:
    get = open_page(page, port, "zh")
    get("others").click()
    get("join").click()
    playwright.expect(get("invisible")).to_have_text(re.compile("看得见您"), timeout=20_000)
    playwright.expect(get("say")).to_have_count(0)
    get("visible").select_option("all")
    playwright.expect(get("say")).to_be_visible()


def test_a_broken_line_is_taken_up_again_with_the_same_people(page: Any, port: int) -> None:
    page.add_init_script(KEEP_SOCKETS)
    get = open_page(page, port)
    ben = Person(port, {"visible": "all", "name": "Ben"}, client="unity")
    ben.at(2.0, 5.0)
    get("others").click()
    get("join").click()
    playwright.expect(get("people").locator("li")).to_have_count(1, timeout=20_000)
    page.evaluate("sockets.at(-1).close(4000)")
    playwright.expect(get("people").locator("li")).to_have_count(0)
    playwright.expect(get("people").locator("li")).to_have_text([re.compile("Ben")], timeout=30_000)
    ben.close()


def test_the_kiosk_draws_who_shows_themselves_near_it_and_is_seen_by_nobody(page: Any, port: int) -> None:
    ann, shy = (
        Person(port, {"visible": "own", "name": "Ann"}, client="ar"),
        Person(port, {"visible": "nobody"}, client="ar"),
    )
    ann.at(4.0, 5.0)
    shy.at(4.0, 6.0)
    page.set_viewport_size({"width": 1100, "height": 800})
    page.goto(f"http://127.0.0.1:{port}/?lang=en")
    others = page.get_by_test_id("plan-others")
    playwright.expect(others).to_have_attribute("aria-label", "Others on this floor: 1", timeout=30_000)
    playwright.expect(others.locator("circle")).to_have_count(1)
    ann.say(type="pin", id="p", east_m=5.0, north_m=5.0, level=0, text="Meet here")
    playwright.expect(others.get_by_text("Meet here")).to_be_visible()
    assert "Ann" not in page.content()
    ann.say(type="unpin", id="u", pin="p")
    playwright.expect(others.get_by_text("Meet here")).to_have_count(0)
    ann.say(type="visibility", visible="nobody")
    playwright.expect(others).to_have_attribute("aria-label", "Others on this floor: 0")
    ann.settle()
    assert set(ann.drawn) <= {ann.number}
    for one in (ann, shy):
        one.close()
