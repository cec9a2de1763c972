"""From a home's names to what may be heard: forms, pronunciations, model, graph, matching, rejection."""

from __future__ import annotations

import threading
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from avatars.engines import EngineError, find_missing, load_class
from avatars.engines.espeak import EspeakSpeaker
from avatars.engines.sphinx_sound import Cepstra, to_features
from avatars.grammar import Grammar, Vocabulary, build_grammar, short_titles, sort_words
from avatars.grammar_frames import FRAMES, list_phrases
from avatars.grammar_net import Label, fits, mend, read
from avatars.pronounce import accents, list_spoken_words, pronounce, say_pinyin, to_arpabet
from tests.avatars_voice.conftest import hearable


@pytest.fixture(scope="module")
def grammar(vocabulary: Vocabulary) -> Grammar:
    return build_grammar(vocabulary)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Catch-22", "catch twenty two"),
        ("Gödel, Escher, Bach", "godel escher bach"),
        ("Tess of the d'Urbervilles", "tess of the d'urbervilles"),
        ("Cry, the Beloved Country", "cry the beloved country"),
        ("1984", "nineteen eighty four"),
        ("三体", ""),
    ],
)
def test_words_as_said(text: str, words: str) -> None:
    assert " ".join(list_spoken_words(text)) == words


def test_short_titles() -> None:
    assert short_titles("Moby-Dick; or, The Whale") == ["Moby-Dick; or, The Whale", "Moby-Dick"]
    assert short_titles("Sapiens: A Brief History") == ["Sapiens: A Brief History", "Sapiens"]
    assert short_titles("Emma (Penguin classics)") == ["Emma (Penguin classics)", "Emma"]


def test_ipa_and_pinyin_become_phones() -> None:
    assert to_arpabet("s_ˈɑː_l_ɪ_t_ˌuː_d") == ("S", "AA", "L", "IH", "T", "UW", "D")
    assert say_pinyin("cixin") == ("T", "S", "IH", "SH", "IH", "N")
    assert say_pinyin("liu") == ("L", "Y", "OW")
    assert say_pinyin("zhang") == ("JH", "AA", "NG")
    assert say_pinyin("smith") is None


def test_unknown_words_are_pronounced_and_names_also_as_pinyin(speaker: EspeakSpeaker) -> None:
    found = pronounce(["emma's", "gruffalo", "cixin"], {"emma": [("EH", "M", "AH")]}, speaker.list_phonemes, ["cixin"])
    assert found["emma's"] == [("EH", "M", "AH", "Z")]
    assert found["gruffalo"][0][0] == "G"
    assert ("T", "S", "IH", "SH", "IH", "N") in found["cixin"]


def test_forms_of_a_title(grammar: Grammar) -> None:
    words = {form.words for form in grammar.forms["title"]}
    assert {("the", "great", "gatsby"), ("great", "gatsby"), ("nineteen", "eighty", "four"), ("moby", "dick")} <= words
    assert all(word.isascii() for word in grammar.list_words())
    assert all(form.text != "儿童阅览室" for form in grammar.forms["place"])


def test_a_question_reads_as_written_and_names_its_book(grammar: Grammar) -> None:
    title = next(form for form in grammar.forms["title"] if form.text == "Catch-22")
    writer = next(form for form in grammar.forms["author"] if form.words == ("joseph", "heller"))
    before = Label("before", ("where", "is"), after=((),))
    behind = [
        before,
        Label("form", title.words, 0, title),
        Label("by", ("by",)),
        Label("writer", writer.words, 0, writer),
    ]
    ahead = [before, Label("writer", writer.words, 0, writer), Label("form", title.words, 0, title)]
    for passed in (behind, ahead, [Label("open", ("hello",)), *behind, Label("close", ("please",))]):
        reading = read(grammar, passed)
        assert reading.text == "where is Catch-22 by Joseph Heller"
        assert reading.form is title
        assert fits(passed)


def test_an_author_of_another_book_does_not_fit(grammar: Grammar) -> None:
    title = next(form for form in grammar.forms["title"] if form.text == "Emma")
    writer = next(form for form in grammar.forms["author"] if form.words == ("joseph", "heller"))
    assert not fits([Label("form", title.words, 0, title), Label("writer", writer.words, 0, writer)])


def test_a_dangling_word_is_dropped_and_an_ending_of_the_frame_is_kept() -> None:
    which = Label("before", ("which", "floor", "is"), after=((), ("on",)))
    where = Label("before", ("where", "is"), after=((),))
    on = Label("after", ("on",))
    assert mend([which, on]) == [which, on]
    assert mend([where, on]) == [where]
    assert fits([which, on])
    assert not fits([Label("before", ("what", "did"), after=(("write",),))])


def test_things_and_acts_are_told_apart() -> None:
    things, acts = sort_words(
        ["toilet", "loo", "out", "drinking fountain", "charge my phone", "a drink", "food", "lifts"]
    )
    assert things == ("toilet", "drinking fountain", "lifts")
    assert acts == ("charge my phone",)


def test_wordings_are_spelled_out() -> None:
    phrases = list_phrases()
    assert {"take me there", "could you take me there", "the second one", "what is the late fee"} <= set(phrases)
    assert not any(mark in wording for wording in phrases for mark in "()|")
    befores = {frame.before for frame in FRAMES if frame.kind == "title"}
    assert {("where", "is"), ("could", "you", "help", "me", "find"), ()} <= befores


def test_accents() -> None:
    assert ("L", "AH", "SH", "AO", "S") not in accents(("L", "AE", "S", "T"))
    assert ("L", "AA", "S", "T") in accents(("L", "AE", "S", "T"))
    assert ("D", "AO", "T", "AH") in accents(("D", "AO", "T", "ER"))
    assert ("W", "EY", "T", "EH", "R") not in accents(("W", "EY", "T", "ER"))
    assert ("W", "EH", "T", "EH", "R") in accents(("W", "EY", "T", "ER"))
    assert accents(("B", "IH", "T")) == []


@pytest.fixture(scope="module")
def engine(vocabulary: Vocabulary, speaker: EspeakSpeaker) -> Any:
    missing = find_missing("sphinx")
    if missing:
        pytest.skip(missing)
    return load_class("sphinx")(vocabulary, speaker.list_phonemes)


class TestHearing:
    """pocketsphinx itself, on synthetic speech."""

    @pytest.mark.parametrize(
        ("said", "heard"),
        [
            ("Where is The Great Gatsby?", "where is The Great Gatsby"),
            ("Who wrote Bleak House?", "who wrote Bleak House"),
            ("Where is the nearest toilet?", "where is the nearest toilet"),
            ("Take me there.", "take me there"),
            ("Do you have books on astronomy?", "do you have books on astronomy"),
        ],
    )
    def test_questions(self, engine: Any, speaker: EspeakSpeaker, said: str, heard: str) -> None:  # type: ignore[no-untyped-def]
        found = engine.transcribe(hearable(speaker, said))
        assert not found.rejected
        assert found.text.lower().replace("great gatsby", "the great gatsby").replace("the the", "the") == heard.lower()
        assert 0.18 < found.confidence <= 1
        assert found.words
        assert all(a.end_s <= b.start_s + 0.02 for a, b in zip(found.words, found.words[1:], strict=False))

    def test_noise_and_silence_are_rejected(self, engine: Any) -> None:  # type: ignore[no-untyped-def]
        noise = (0.1 * np.random.default_rng(1).standard_normal(32_000)).astype(np.float32)
        for sound in (noise, np.zeros(16_000, np.float32), np.zeros(10, np.float32)):
            found = engine.transcribe(sound)
            assert found.rejected
            assert found.text == ""

    def test_speech_about_something_else_is_seldom_taken_for_a_question(
        self, engine: Any, speaker: EspeakSpeaker
    ) -> None:  # type: ignore[no-untyped-def]
        talk = (
            "I had eggs and bacon for breakfast this morning.", "The meeting has been moved to Thursday.",
            "She plays the piano very well.", "My phone battery is nearly empty.", "Turn left at the traffic lights.",
            "Nobody knows where the dog went.", "He scored two goals in the second half.",
            "It takes forty minutes by bus.",
        )  # fmt: skip
        heard = [engine.transcribe(hearable(speaker, line)) for line in talk]
        assert sum(not one.rejected for one in heard) <= 2, [one.text for one in heard]

    def test_a_book_heard_is_named_by_its_record(self, engine: Any, speaker: EspeakSpeaker) -> None:  # type: ignore[no-untyped-def]
        found = engine.transcribe(hearable(speaker, "I'm looking for One Hundred Years of Solitude."))
        assert "One Hundred Years of Solitude" in found.text
        assert found.record_id is not None
        assert found.record_id not in [other.record_id for other in found.alternatives]

    def test_in_parts_it_hears_what_it_hears_at_once(self, engine: Any, speaker: EspeakSpeaker) -> None:  # type: ignore[no-untyped-def]
        for text in ("Where is the nearest toilet?", "Take me to Bleak House.", "My train leaves at five."):
            sound = hearable(speaker, text)
            whole = engine.transcribe(sound)
            for size in (320, 4_001):
                stream = engine.open("en")
                for at in range(0, len(sound), size):
                    stream.feed(sound[at : at + size])
                assert stream.finish() == whole

    def test_what_is_sure_does_not_change(self, engine: Any, speaker: EspeakSpeaker) -> None:  # type: ignore[no-untyped-def]
        sound = hearable(speaker, "Where can I find One Hundred Years of Solitude?")
        stream = engine.open("en")
        parts = [stream.feed(sound[at : at + 1_600]) for at in range(0, len(sound), 1_600)]
        assert any(part.stable for part in parts)
        for earlier, later in pairwise(parts):
            assert later.text.startswith(earlier.text[: earlier.stable])
        stream.abandon()

    def test_readers_who_speak_at_once_do_not_disturb_each_other(self, engine: Any, speaker: EspeakSpeaker) -> None:  # type: ignore[no-untyped-def]
        sounds = [hearable(speaker, text) for text in ("Where is Emma?", "Who wrote Bleak House?", "Take me there.")]
        alone = [engine.transcribe(sound) for sound in sounds]
        together: list[Any] = [None] * len(sounds)

        def hear(i: int) -> None:
            together[i] = engine.transcribe(sounds[i])

        threads = [threading.Thread(target=hear, args=(i,)) for i in range(len(sounds))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert together == alone

    def test_features_are_pocketsphinx_s_own(self, engine: Any, speaker: EspeakSpeaker, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
        pocketsphinx = pytest.importorskip("pocketsphinx")
        sound = hearable(speaker, "Where is Dune?")
        sound = (sound + np.random.default_rng(2).normal(0, 0.005, len(sound))).astype(np.float32)
        peak = float(np.abs(sound).max())
        ours = Cepstra(hum=0.0).feed(sound, peak)
        folder = Path(pocketsphinx.get_model_path("en-us"))
        decoder = pocketsphinx.Decoder(
            hmm=str(folder / "en-us"), lm=None, dict=None, loglevel="FATAL", mfclogdir=str(tmp_path), allphone_ci=True
        )
        decoder.add_allphone_file("phones", str(folder / "en-us-phone.lm.bin"))
        decoder.activate_search("phones")
        decoder.start_utt()
        decoder.process_raw((sound * np.float32(20_000 / peak)).astype("<i2").tobytes(), full_utt=True)
        decoder.end_utt()
        theirs = np.fromfile(next(tmp_path.glob("*.mfc")), ">f4")[1:].reshape(-1, 13)
        assert np.abs(theirs[: len(ours)] - ours).max() < 1e-3
        features = to_features(ours, ours.mean(axis=0))
        assert np.allclose(features[10, 1], ours[12] - ours[8], atol=1e-4)

    def test_chinese_is_refused_with_a_way_out(self, engine: Any) -> None:  # type: ignore[no-untyped-def]
        with pytest.raises(EngineError, match="Whisper"):
            engine.transcribe(np.ones(16_000, np.float32), "zh")
