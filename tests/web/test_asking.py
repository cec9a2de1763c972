"""A typed question: answer, captions, a voice that sounds, a mouth that moves, and silence when it is told so."""

from __future__ import annotations

import re

from tests.web import mock_speech


def test_a_typed_question_is_answered_with_a_card(open_kiosk, script):
    kiosk = open_kiosk()
    kiosk.ask("Where is Fluent Python?")
    card = kiosk.get("item-card")
    card.wait_for()
    assert "Luciano Ramalho" in card.inner_text()
    assert "3A-22" in card.inner_text()
    assert "about bay 3" in card.inner_text()
    assert "level 3" in kiosk.get("answer").inner_text()
    assert kiosk.snapshot()["level"] == 2, "the plan shows the level of the shelf"
    assert kiosk.get("goal-face").get_attribute("data-range") == "3A-22"
    (asked,) = script.of_type("ask")
    assert asked["at"] == {"east_m": 1.5, "north_m": -14.5, "level": 0}
    assert kiosk.get("ask-input").input_value() == ""


def test_the_voice_sounds_and_captions_and_mouth_follow_it(open_kiosk, script):
    kiosk = open_kiosk()
    kiosk.ask("Where is Fluent Python?")
    loudest, shapes, words, moments = 0.0, set(), set(), []
    kiosk.until(lambda s: s["utterance"] is not None, "the voice")
    while (snapshot := kiosk.snapshot())["utterance"] is not None and len(moments) < 400:
        loudest = max(loudest, kiosk.page.evaluate("window.__shelfway.rms()"))
        shapes.add(snapshot["viseme"])
        words.add((snapshot["caption"], snapshot["word"]))
        moments.append(snapshot["played_s"])
        kiosk.page.wait_for_timeout(25)
    assert loudest > 0.02, "sound came out"
    assert len(shapes) >= 6, shapes
    assert shapes <= {"sil", *mock_speech.SHAPES}
    assert len(words) >= 8, "captions light up word by word"
    assert len({caption for caption, _ in words}) >= 3, "a caption for each clause"
    assert moments == sorted(moments)
    played = script.of_type("playback")
    assert len(played) >= 4
    assert [p["played_s"] for p in played] == sorted(p["played_s"] for p in played)
    text = "Fluent Python is on level 3, on shelf 3A-22, about the third bay. Shall I take you there?"
    clauses = re.findall(r"[^.,?]+[.,?]", text)
    length = (
        sum(len(mock_speech.make_clause(1, 0, clause.strip(), "en", 0.0)[1]) for clause in clauses) / mock_speech.RATE
    )
    assert abs(played[-1]["played_s"] - length) < 0.05, "all of it was heard, and said so"


def test_the_mouth_shows_the_shape_that_is_heard(open_kiosk):
    kiosk = open_kiosk()
    kiosk.ask("Where is Fluent Python?")
    kiosk.until(lambda s: s["viseme"] == "aa", "the shape aa")
    # Face and hook are read in one go, between two frames of the page.
    same = kiosk.page.evaluate(
        """() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
            const face = document.querySelector('[data-testid=face]');
            done(face.dataset.viseme === window.__shelfway.snapshot().viseme);
        })))"""
    )
    assert same


def test_stop_silences_at_once(open_kiosk, script):
    kiosk = open_kiosk()
    kiosk.ask("Where is Fluent Python?")
    kiosk.until(lambda s: (s["played_s"] or 0) > 0.6, "the voice")
    kiosk.get("hush").click()
    kiosk.until(lambda s: s["utterance"] is None, "silence", 1.0)
    kiosk.page.wait_for_timeout(120)
    assert kiosk.page.evaluate("window.__shelfway.rms()") < 1e-4
    assert script.of_type("interrupt")
    heard = script.of_type("playback")[-1]["played_s"]
    assert 0.5 < heard < 2.5, "the server learns how much was heard"


def test_a_new_question_replaces_the_voice(open_kiosk):
    kiosk = open_kiosk()
    kiosk.ask("Where is Fluent Python?")
    first = kiosk.until(lambda s: (s["played_s"] or 0) > 0.3, "the voice")["utterance"]
    kiosk.ask("What are the opening hours?")
    second = kiosk.until(lambda s: s["utterance"] not in (None, first), "the second answer's voice")
    assert second["utterance"] == first + 1
    kiosk.until(lambda s: "library is open" in s["caption"], "the second answer's caption")
    assert kiosk.get("sources").last.inner_text().find("opening-hours.md") > 0


def test_choices_are_offered_when_it_is_not_clear(open_kiosk, script):
    kiosk = open_kiosk()
    kiosk.ask("the garden")
    choices = kiosk.get("candidate")
    choices.first.wait_for()
    assert choices.count() == 2
    assert "On loan" in choices.nth(1).inner_text()
    choices.nth(1).get_by_test_id("take-me").click()
    kiosk.until(lambda s: s["revision"] == 1, "the way")
    assert script.of_type("guide")[0]["record_id"] == "d0078"


def test_without_a_voice_the_answer_is_read(open_kiosk, script):
    script.speaks = False
    kiosk = open_kiosk()
    kiosk.ask("What are the opening hours?")
    kiosk.until(lambda s: "9:00 to 21:00" in s["caption"], "the caption")
    assert kiosk.snapshot()["utterance"] is None
    assert kiosk.get("voice").is_disabled()


def test_chinese_question_chinese_page(open_kiosk, script):
    kiosk = open_kiosk(lang="zh")
    assert kiosk.page.evaluate("document.documentElement.lang").startswith("zh")
    kiosk.ask("流畅的Python在哪里")
    kiosk.get("item-card").wait_for()
    assert "索书号" in kiosk.page.locator(".spine-label").first.get_attribute("aria-label")
    assert "约第 3 列" in kiosk.get("item-card").inner_text()
    snapshot = kiosk.until(lambda s: s["word"] and s["word"] > 1, "lit characters")
    assert "流畅的Python" in snapshot["caption"]
    assert kiosk.get("caption").get_attribute("lang") == "zh-CN"
    assert script.of_type("set_language")[-1]["lang"] == "zh"


def test_switching_the_language_changes_every_word_of_the_page(open_kiosk, script):
    kiosk = open_kiosk()
    assert kiosk.get("talk").inner_text() == "Hold to talk"
    kiosk.get("lang-zh").click()
    assert kiosk.get("talk").inner_text() == "按住说话"
    assert kiosk.page.title() == "柳巷图书馆"
    assert kiosk.page.evaluate("document.documentElement.lang") == "zh-CN"
    names = kiosk.page.locator(".unit-label").all_text_contents()
    assert any("大厅" in name for name in names), names
    page_text = kiosk.page.locator("#root").inner_text()
    left = set(re.findall(r"[A-Za-z]{4,}", page_text)) - {"English"}
    assert not left, f"untranslated: {left}"
    assert script.of_type("set_language") == [{"type": "set_language", "lang": "zh"}]
