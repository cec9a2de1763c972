"""Partials by repeated hearing: what is stable never changes, and every utterance ends with all that was said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avatars.engines import EngineError, Samples, Transcript
from avatars.engines.agreement import AgreementSettings, AgreementStream
from avatars.engines.scripted import ScriptedTranscriber

STEP = np.full(16_000, 0.1, np.float32)  # a second: more than a step


def stream(*texts: str, lang: str | None = "en") -> AgreementStream:
    return AgreementStream(
        ScriptedTranscriber([Transcript(text, lang or "zh", confidence=0.8) for text in texts]), lang
    )


def feed(heard: AgreementStream, times: int) -> list[tuple[str, str]]:
    partials = [heard.feed(STEP) for _ in range(times)]
    return [(one.text, one.text[: one.stable]) for one in partials]


def end(heard: AgreementStream) -> Transcript:
    """A little more sound, less than a step, and the end."""
    heard.feed(STEP[:1600])
    return heard.finish()


def test_what_two_hypotheses_agree_on_is_stable_but_for_the_last_word() -> None:
    heard = stream("where is", "where is Emma", "where is Emma by", "Where is Emma by Jane Austen?")
    assert feed(heard, 3) == [
        ("where is", ""),
        ("where is Emma", "where"),
        ("where is Emma by", "where is"),
    ]
    assert end(heard).text == "where is Emma by Jane Austen?"


def test_chinese_is_compared_by_characters_and_written_without_blanks() -> None:
    heard = stream("我想找", "我想找三体", "我想找三体这本书", "我想找三体这本书，在几楼？", lang="zh")
    said = feed(heard, 3)
    assert said[1] == ("我想找三体", "我想")
    assert said[2] == ("我想找三体这本书", "我想找三")
    assert end(heard).text == "我想找三体这本书，在几楼？"


def test_a_hypothesis_that_contradicts_what_is_stable_continues_it() -> None:
    heard = stream("the whale book", "the whale book please", "a wail book please now", "a wail book please now thanks")
    said = feed(heard, 3)
    assert said[1][1] == "the whale"
    assert said[2] == ("the whale book please now", "the whale book")
    assert end(heard).text == "the whale book please now thanks"


def test_blanks_between_chinese_and_latin_stay_as_they_were_heard() -> None:
    heard = stream("找 Moby", "找 Moby Dick", "找 Moby Dick 这本", "找 Moby Dick 这本书", lang="zh")
    assert [text for text, _ in feed(heard, 3)] == ["找 Moby", "找 Moby Dick", "找 Moby Dick 这本"]
    assert end(heard).text == "找 Moby Dick 这本书"


def test_hearing_happens_only_when_enough_is_new() -> None:
    engine = ScriptedTranscriber([Transcript("yes", "en")] * 9)
    heard = AgreementStream(engine, "en", AgreementSettings(step_s=0.6))
    for _ in range(100):  # 2 s in frames of 20 ms
        heard.feed(STEP[:320])
    assert len(engine.heard_s) == 3
    assert engine.heard_s == sorted(engine.heard_s)


def test_a_detected_language_is_kept_once_there_is_enough_to_tell() -> None:
    asked: list[str | None] = []

    class Detecting:
        capabilities = ScriptedTranscriber.capabilities

        def transcribe(self, samples: Samples, lang: str | None = None) -> Transcript:
            asked.append(lang)
            return Transcript("你好", "zh")

    heard = AgreementStream(Detecting(), None)
    for _ in range(3):
        heard.feed(STEP)
    end(heard)
    assert asked == [None, None, "zh", "zh"]


def test_a_monologue_is_closed_in_parts_at_its_quiet_moments() -> None:
    class Counting:
        """Says how many whole seconds it heard."""

        capabilities = ScriptedTranscriber.capabilities

        def __init__(self) -> None:
            self.longest_s = 0.0

        def transcribe(self, samples: Samples, lang: str | None = None) -> Transcript:
            self.longest_s = max(self.longest_s, len(samples) / 16_000)
            return Transcript(f"{len(samples) / 16_000:.2f}", "en", confidence=0.5)

    engine = Counting()
    heard = AgreementStream(engine, "en", AgreementSettings(longest_s=10))
    second = np.concatenate([np.full(15_680, 0.1, np.float32), np.zeros(320, np.float32)])
    stable = ""
    for _ in range(60):
        partial = heard.feed(second)
        assert partial.text.startswith(stable)
        stable = partial.text[: partial.stable]
    whole = heard.finish()
    parts = [float(part) for part in whole.text.split()]
    assert sum(parts) == pytest.approx(60, abs=0.05)
    assert engine.longest_s <= 11.01
    assert all(part % 1 > 0.97 for part in parts[:1])  # cut where it was quiet


def test_an_error_of_the_engine_is_not_swallowed_and_abandoning_forgets() -> None:
    heard = AgreementStream(ScriptedTranscriber([EngineError("gone", retryable=True)]), "en")
    with pytest.raises(EngineError, match="gone"):
        heard.feed(STEP)
    heard = stream("one two", "one two three", "four")
    feed(heard, 2)
    heard.abandon()
    assert feed(heard, 1) == [("four", "")]


def test_what_is_not_understood_changes_nothing() -> None:
    engine = ScriptedTranscriber(
        [Transcript("one two", "en"), Transcript("", "en", rejected=True), Transcript("one two three", "en")]
    )
    heard = AgreementStream(engine, "en")
    assert feed(heard, 3) == [("one two", ""), ("one two", ""), ("one two three", "one")]


WORDS = st.lists(st.sampled_from(["a", "bee", "三", "体", "see.", "dee"]), max_size=8).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_whatever_is_heard_stable_text_stays(texts: list[str]) -> None:
    heard = stream(*texts, lang="zh")
    stable = ""
    for _ in texts[:-1]:
        partial = heard.feed(STEP)
        assert partial.text.startswith(stable)
        assert len(stable) <= partial.stable <= len(partial.text)
        stable = partial.text[: partial.stable]
    assert end(heard).text.startswith(stable)


def test_sound_that_was_just_heard_is_not_heard_again_at_the_end() -> None:
    engine = ScriptedTranscriber([Transcript("one two", "en"), Transcript("one two three", "en")])
    heard = AgreementStream(engine, "en")
    feed(heard, 2)
    assert heard.finish().text == "one two three"
    assert len(engine.heard_s) == 2
