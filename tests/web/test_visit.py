"""A visit: microphone, idle reset, privacy, broken lines."""

from __future__ import annotations

import pytest


def test_holding_the_button_sends_what_the_microphone_hears(open_kiosk, script):
    kiosk = open_kiosk()
    box = kiosk.get("talk").bounding_box()
    kiosk.page.mouse.move(box["x"] + 40, box["y"] + 20)
    kiosk.page.mouse.down()
    kiosk.until(lambda s: s["mic"] == "push", "the microphone")
    assert kiosk.snapshot()["presence"] == "listening"
    kiosk.page.wait_for_timeout(1200)
    kiosk.page.mouse.up()
    kiosk.get("item-card").wait_for()
    (listen,) = script.of_type("listen")
    assert listen["mode"] == "push"
    assert listen["sample_rate"] == 16_000
    assert listen["lang"] == "en"
    assert 16_000 * 0.8 < script.audio_samples < 16_000 * 3
    assert script.audio_peak > 500, "the fake microphone's tone came through"
    assert kiosk.get("turn-reader").inner_text().endswith("Where is Fluent Python?")
    assert kiosk.snapshot()["mic"] == "off"


def test_the_space_bar_talks(open_kiosk, script):
    kiosk = open_kiosk()
    kiosk.page.keyboard.down(" ")
    kiosk.until(lambda s: s["mic"] == "push", "the microphone")
    kiosk.page.wait_for_timeout(400)
    kiosk.page.keyboard.up(" ")
    kiosk.get("item-card").wait_for()
    assert len(script.of_type("listen_end")) == 1


def test_a_tap_listens_until_the_next(open_kiosk, script):
    kiosk = open_kiosk()
    kiosk.get("talk").click()
    kiosk.until(lambda s: s["mic"] == "push", "the microphone")
    kiosk.page.wait_for_timeout(500)
    assert kiosk.snapshot()["mic"] == "push"
    kiosk.get("talk").click()
    kiosk.get("item-card").wait_for()
    assert len(script.of_type("listen")) == 1


def test_what_was_perhaps_said_is_offered_and_a_touch_asks_it(open_kiosk, script):
    script.maybe = ("where is Fluent Python", "who wrote Fluent Python")
    kiosk = open_kiosk()
    kiosk.get("talk").click()
    kiosk.until(lambda s: s["mic"] == "push", "the microphone")
    kiosk.page.wait_for_timeout(300)
    kiosk.get("talk").click()
    offered = kiosk.get("maybe").get_by_role("button")
    offered.first.wait_for()
    assert [one.lower() for one in offered.all_inner_texts()] == [one.lower() for one in script.maybe]
    offered.first.click()
    kiosk.get("item-card").wait_for()
    assert [asked["text"] for asked in script.of_type("ask")] == ["where is Fluent Python"]


def test_open_microphone_stays_on(open_kiosk, script):
    kiosk = open_kiosk()
    kiosk.get("open-mic").click()
    kiosk.until(lambda s: s["mic"] == "open", "the microphone")
    assert script.of_type("listen")[0]["mode"] == "open"
    assert kiosk.get("open-mic").get_attribute("aria-pressed") == "true"
    kiosk.get("open-mic").click()
    kiosk.until(lambda s: s["mic"] == "off", "the end of listening")


def test_a_blocked_microphone_is_explained(open_kiosk):
    kiosk = open_kiosk()
    kiosk.page.evaluate(
        """() => { const no = new DOMException('no', 'NotAllowedError');
                  navigator.mediaDevices.getUserMedia = () => Promise.reject(no); }"""
    )
    kiosk.get("open-mic").click()
    kiosk.get("mic-problem").wait_for()
    assert "type your question" in kiosk.get("mic-problem").inner_text()
    assert kiosk.snapshot()["mic"] == "off"


def test_unheard_chinese_is_said_and_typing_offered(open_kiosk, script):
    kiosk = open_kiosk(lang="zh")
    assert "请输入" in kiosk.get("listening-note").inner_text()
    assert kiosk.get("talk").is_disabled()
    kiosk.get("lang-en").click()
    assert kiosk.get("talk").is_enabled()
    assert kiosk.get("listening-note").count() == 0


def test_idle_warns_and_then_wipes_the_visit(open_kiosk, script):
    script.idle_reset_s, script.speaks = 3.0, False
    kiosk = open_kiosk()
    kiosk.get("lang-zh").click()
    kiosk.ask("开放时间是几点？")
    kiosk.get("answer").wait_for()
    kiosk.get("idle-warning").wait_for(timeout=5000)
    assert kiosk.page.evaluate("document.activeElement.dataset.testid") == "idle-stay"
    kiosk.get("idle-stay").click()
    assert kiosk.get("answer").count() == 1
    kiosk.get("idle-warning").wait_for(timeout=5000)
    kiosk.until(lambda s: s["turns"] == 0, "the wipe", 5)
    snapshot = kiosk.snapshot()
    assert snapshot["lang"] == "en", "back to the library's language"
    assert snapshot["caption"] == ""
    assert "九点" not in kiosk.page.content()
    assert "21:00" not in kiosk.page.content()
    assert kiosk.get("live").inner_text() == ""
    assert len(script.of_type("reset")) == 1


def test_nothing_to_wipe_nothing_to_warn_of(open_kiosk, script):
    script.idle_reset_s = 1.0
    kiosk = open_kiosk()
    kiosk.page.wait_for_timeout(1500)
    assert kiosk.get("idle-warning").count() == 0
    assert script.of_type("reset") == []


@pytest.mark.parametrize("resumes", [True, False])
def test_a_broken_line_is_taken_up_again(open_kiosk, script, resumes):
    script.resumes = resumes
    kiosk = open_kiosk()
    kiosk.ask("Where is Fluent Python?")
    kiosk.get("take-me").first.click()
    kiosk.until(lambda s: s["revision"] == 1, "the way")
    kiosk.page.evaluate("window.__shelfway.drop()")
    kiosk.until(lambda s: not s["connected"], "the loss")
    kiosk.until(lambda s: s["connected"], "the connection")
    assert script.of_type("hello")[1]["resume"] == "visit-1"
    assert kiosk.get("item-card").count() == 1, "the conversation is still there"
    if not resumes:
        kiosk.until(lambda s: s["revision"] == 1, "the way, asked for anew")
        assert len(script.of_type("guide")) == 2


def test_a_lost_connection_is_told(open_kiosk, script):
    kiosk = open_kiosk()
    kiosk.page.context.set_offline(True)
    kiosk.page.evaluate("window.__shelfway.drop()")
    kiosk.get("lost").wait_for(timeout=6000)
    assert "Trying again" in kiosk.get("lost").inner_text()
    kiosk.page.context.set_offline(False)
    kiosk.until(lambda s: s["connected"], "the connection", 12)
    assert kiosk.get("lost").count() == 0
