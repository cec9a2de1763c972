"""Speech, captions and mouth shapes: real espeak-ng, one clock."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avatars.engines import EngineError
from avatars.engines.espeak import EspeakSettings, EspeakSpeaker
from avatars.engines.scripted import ScriptedSpeaker
from avatars.speech import Spoken, list_words, say
from avatars.visemes import Viseme, build_track, shapes
from wire.visemes import VISEMES

TEXTS = [
    ("1984 is at 823.914 ORW on shelf 3-12, 45 m from here.", "en"),
    ("《三体》在二层，索书号是I247.55/1234，9:00–21:00开放。", "zh"),
    ("The book 三体 was published in 2006年, by Liu Cixin.", "en"),
    ("《The Three-Body Problem》在F2层，共2本。", "zh"),
]


def check_clock(said: Spoken, text: str) -> None:
    assert said.duration_s > 0.3
    assert [word.text for word in said.words] == [text[a:b] for a, b in list_words(text)]
    assert said.words[0].start_s >= 0
    assert all(a.start_s <= a.end_s <= b.start_s + 1e-6 for a, b in pairwise(said.words))
    assert all(word.end_s <= said.duration_s for word in said.words)
    check_track(said.visemes, said.duration_s)


def check_track(track: tuple[Viseme, ...], duration_s: float) -> None:
    assert track[0].start_s == 0
    assert track[-1].end_s == duration_s
    assert track[0].name == track[-1].name == "sil"
    assert all(a.end_s == b.start_s for a, b in pairwise(track))
    assert all(v.start_s < v.end_s and v.name in VISEMES for v in track)


@pytest.mark.parametrize(("text", "lang"), TEXTS)
def test_words_as_written_and_visemes_share_the_samples_clock(speaker: EspeakSpeaker, text: str, lang: str) -> None:
    said = say(speaker, text, lang)
    check_clock(said, text)
    assert said.samples.dtype == np.int16
    assert np.abs(said.samples).max() > 1000
    assert len({v.name for v in said.visemes}) > 6


def test_a_word_is_captioned_when_it_sounds(speaker: EspeakSpeaker) -> None:
    said = say(speaker, "Level two, please.", "en")
    please = said.words[-1]
    alone = say(speaker, "Level two,", "en")
    assert abs(please.start_s - alone.duration_s) < 0.35
    pause = said.samples[
        int((please.start_s - 0.1) * said.sample_rate) : int((please.start_s - 0.03) * said.sample_rate)
    ]
    assert np.abs(pause).max() < 800


def test_lips_close_for_m_p_b(speaker: EspeakSpeaker) -> None:
    assert any(v.name == "PP" for v in say(speaker, "Emma", "en").visemes)
    assert any(v.name == "PP" for v in say(speaker, "爸爸", "zh").visemes)
    assert not any(v.name == "PP" for v in say(speaker, "see", "en").visemes)


def test_stop_ends_speech_at_once(speaker: EspeakSpeaker) -> None:
    calls = 0

    def stop() -> bool:
        nonlocal calls
        calls += 1
        return calls > 3

    said = say(speaker, "A long sentence that goes on. " * 300, "en", stop)
    assert said.stopped
    assert said.duration_s < 2
    assert say(speaker, "Good.", "en").words[0].text == "Good."


def test_leaving_a_speech_half_heard_leaves_the_worker_clean(speaker: EspeakSpeaker) -> None:
    chunks = speaker.speak("Hello there. " * 500, "en")
    next(chunks)
    began = time.perf_counter()
    chunks.close()  # type: ignore[attr-defined]
    assert time.perf_counter() - began < 0.5
    assert speaker.list_phonemes(["Emma"]) == ["ˈɛ_m_ə"]


def test_threads_share_the_workers(speaker: EspeakSpeaker) -> None:
    lengths: list[float] = []
    threads = [
        threading.Thread(target=lambda: lengths.append(say(speaker, "Where is Emma?", "en").duration_s))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lengths) == 6
    assert len(set(lengths)) == 1


def test_a_dead_worker_is_replaced() -> None:
    made = EspeakSpeaker(EspeakSettings(workers=1))
    first = say(made, "Hello.", "en")
    process = made._workers[0]._process
    assert process is not None
    process.kill()
    process.wait()
    assert say(made, "Hello.", "en").duration_s == first.duration_s
    made.close()
    assert made._workers[0]._process is None


def test_no_process_outlives_us() -> None:
    script = (
        "from avatars.engines.espeak import EspeakSpeaker\n"
        "s = EspeakSpeaker(); list(s.speak('Hi.', 'en')); print(s._workers[0]._process.pid)"
    )
    made = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    ended = subprocess.run(["kill", "-0", made.stdout.strip()], capture_output=True, check=False)
    assert ended.returncode != 0


def test_an_unknown_voice_is_an_error_and_no_more(speaker: EspeakSpeaker) -> None:
    with pytest.raises(EngineError, match="no voice 'nobody'"):
        list(speaker.speak("Hi.", "en", voice="nobody"))
    assert list(speaker.speak("  ", "en")) == []


@pytest.mark.parametrize(("text", "lang"), TEXTS)
def test_the_scripted_speaker_keeps_the_same_promises(text: str, lang: str) -> None:
    check_clock(say(ScriptedSpeaker(), text, lang), text)


def test_a_voice_that_fails_says_whether_to_try_again() -> None:
    with pytest.raises(EngineError) as failed:
        say(ScriptedSpeaker(fail_at=2), "one two three", "en")
    assert failed.value.retryable


def test_a_text_without_words_is_silence() -> None:
    said = say(ScriptedSpeaker(), "…", "en")
    assert (said.duration_s, said.words, said.visemes) == (0, (), ())


@pytest.mark.parametrize(
    ("ipa", "names"),
    [("p", ("PP",)), ("ˈaɪ", ("aa", "ih")), ("tʃ", ("CH",)), ("ts.h", ("CH",)), ("tsh", ("SS",)), ("θ", ("TH",)),
     ("oʊ", ("oh", "ou")), ("ˈɔːɹ", ("oh", "RR")), ("ər", ("RR",)), ("y", ("ou",)), ("ɕ", ("CH",)), ("(en)", ()),
     ("", ()), ("i̪", ("SS",))],
)  # fmt: skip
def test_shapes(ipa: str, names: tuple[str, ...]) -> None:
    assert shapes(ipa) == names


@given(
    st.lists(st.tuples(st.sampled_from(["p", "ˈaɪ", "s", "", "(en)", "iou", "?", "m"]), st.floats(0, 5)), max_size=30),
    st.floats(0.05, 6),
)
def test_any_sounds_make_a_whole_track(sounds: list[tuple[str, float]], duration_s: float) -> None:
    check_track(build_track(sorted(sounds, key=lambda s: s[1]), duration_s), duration_s)
