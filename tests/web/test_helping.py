"""Help on the way to a question and after it: suggestions, the help sheet, the way on a phone, no server."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from tests.web.test_access import check


def test_suggestions_by_keyboard(open_kiosk, script):
    script.speaks = False
    kiosk = open_kiosk()
    keys, box = kiosk.page.keyboard, kiosk.get("ask-input")
    box.press_sequentially("flu", delay=10)
    kiosk.get("suggestion").nth(2).wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert "3" in kiosk.get("suggestion-count").inner_text()
    check(kiosk)
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    keys.press("ArrowUp")  # round the end of the list
    assert kiosk.page.locator(f"#{box.get_attribute('aria-activedescendant')}").inner_text() == "Fluck, Ann"
    keys.press("Escape")
    assert kiosk.get("suggestions").count() == 0
    assert box.input_value() == "flu"
    keys.type("e")
    kiosk.get("suggestions").wait_for()
    keys.press("ArrowDown")
    keys.press("Enter")
    kiosk.get("item-card").wait_for()
    assert [ask["text"] for ask in script.of_type("ask")] == ["Where is “Fluent Python”?"]
    assert kiosk.get("suggestions").count() == 0


def test_suggestions_by_touch_and_what_is_typed_stays_what_is_asked(open_kiosk, script):
    script.speaks = False
    kiosk = open_kiosk("phone", has_touch=True)
    kiosk.get("ask-input").fill("fluency")
    kiosk.get("suggestion").first.tap()
    kiosk.get("turn-reader").wait_for()
    kiosk.get("ask-input").fill("flu")
    kiosk.get("suggestions").wait_for()
    kiosk.page.keyboard.press("Enter")
    kiosk.get("turn-reader").nth(1).wait_for()
    assert [ask["text"] for ask in script.of_type("ask")] == ["Where is Fluency Lab?", "flu"]


def test_help_shows_how_and_leads_to_a_person(open_kiosk, script):
    script.speaks = False
    kiosk = open_kiosk()
    kiosk.get("open-help").focus()
    kiosk.page.keyboard.press("Enter")
    assert kiosk.page.evaluate("document.activeElement.dataset.testid") == "dialog-close"
    check(kiosk)
    kiosk.page.keyboard.press("Escape")
    assert kiosk.get("help").count() == 0
    assert kiosk.page.evaluate("document.activeElement.dataset.testid") == "open-help"
    kiosk.get("open-help").click()
    kiosk.get("help-example").first.click()
    assert script.of_type("ask")[0]["text"].startswith("Do you have books")
    kiosk.get("open-help").click()
    assert "Information" in kiosk.get("help-desk").inner_text()
    kiosk.get("help-go").click()
    kiosk.until(lambda s: s["revision"] == 1, "the way")
    assert kiosk.get("help").count() == 0
    assert script.of_type("guide")[0]["to"]


def test_a_way_is_taken_along_on_a_phone(open_kiosk, script):
    script.speaks, script.handoff = False, "#key=abc"
    kiosk = open_kiosk()
    kiosk.ask("Where is Fluent Python?")
    kiosk.get("take-me").first.click()
    kiosk.until(lambda s: s["revision"] == 1, "the way")
    kiosk.get("open-handoff").click()
    check(kiosk)
    address = kiosk.get("qr").get_attribute("data-text")
    parts = parse_qs(urlsplit(address).fragment)
    assert parts["key"] == ["abc"]
    assert kiosk.get("handoff-local").is_visible(), "a phone cannot reach this machine's own address"
    asked = script.of_type("guide")[0]
    script.received.clear()
    phone = open_kiosk("phone", address=address)
    phone.until(lambda s: s["revision"] == 1, "the same way")
    (hello,) = script.of_type("hello")
    assert (hello["client"], hello["token"]) == ("browser", "abc")
    assert script.of_type("guide")[0]["record_id"] == asked["record_id"]
    east, north, level = map(float, parts["from"][0].split(","))
    pose = script.of_type("pose")[0]
    assert (pose["east_m"], pose["north_m"], pose["level"]) == (east, north, level)
    assert "key" not in phone.page.url
    assert "record" in phone.page.url


def test_without_the_server_the_page_says_so_and_keeps_the_plan(open_kiosk, script):
    kiosk = open_kiosk()
    kiosk.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    kiosk.page.wait_for_function("caches.match('/v1/plan').then((kept) => kept !== undefined)")
    kiosk.page.context.set_offline(True)
    kiosk.page.reload()
    kiosk.get("lost").wait_for()
    kiosk.page.locator(".shelf").first.wait_for(state="attached", timeout=15_000)
    kiosk.ask("Where is Fluent Python?")
    assert "not sent" in kiosk.get("trouble").inner_text()
    assert kiosk.get("ask-input").input_value() == "Where is Fluent Python?"
    check(kiosk)
    kiosk.page.context.set_offline(False)
    kiosk.get("back").wait_for(timeout=20_000)
    assert kiosk.get("trouble").count() == 0
    assert kiosk.get("lost").count() == 0
    kiosk.faults[:] = [
        fault for fault in kiosk.faults if "ERR_INTERNET_DISCONNECTED" not in fault and "ERR_FAILED" not in fault
    ]


LATER = """async () => {
  const now = performance.now;
  performance.now = () => now.call(performance) + 7 * 3600e3;  // seven hours on, for two frames
  for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
  performance.now = now;
}"""


def test_an_idle_kiosk_renews_the_key_it_hands_out(open_kiosk, script):
    script.handoff = "#key=monday"
    kiosk = open_kiosk()
    script.handoff = "#key=tuesday"
    kiosk.page.evaluate(LATER)
    kiosk.until(lambda s: len(script.of_type("hello")) == 2 and s["connected"], "a new welcome")
    kiosk.ask("Where is Fluent Python?")
    kiosk.get("take-me").first.click()
    kiosk.get("open-handoff").click()
    assert "key=tuesday" in kiosk.get("qr").get_attribute("data-text")
    assert kiosk.get("lost").count() == 0
    assert len(script.of_type("hello")) == 2
