"""From a home's names to what may be heard: forms, pronunciations, model, graph, matching, rejection."""

from __future__ import annotations

import io
import math
from collections import defaultdict
from typing import Any

import numpy as np
import pytest

from avatars.engines import EngineError, find_missing, load_class
from avatars.engines.espeak import EspeakSpeaker
from avatars.grammar import Grammar, Title, Vocabulary, build_grammar, short_titles
from avatars.grammar_graph import FINAL, START, Reader, build_graph
from avatars.grammar_model import write_arpa
from avatars.listening_match import Matcher
from avatars.pronounce import list_spoken_words, pronounce, say_pinyin, to_arpabet
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


def test_the_model_is_a_probability_distribution(grammar: Grammar) -> None:
    out = io.StringIO()
    write_arpa(grammar, out)
    sums: dict[tuple[str, ...], float] = defaultdict(float)
    order = 0
    for line in out.getvalue().splitlines():
        if line.endswith("-grams:"):
            order = int(line[1])
        elif order and line[:1] == "-":
            parts = line.split(" ")
            sums[tuple(parts[1:order])] += 10 ** float(parts[0])
    assert abs(sums[()] - 1) < 0.01
    assert all(total <= 0.52 for history, total in sums.items() if history)


def test_every_sentence_of_the_graph_can_be_read_back(grammar: Grammar) -> None:
    titles = [form for form in grammar.forms["title"] if form.text in ("Emma", "The Great Gatsby")]
    arcs = build_graph(grammar, {"title": titles, "place": list(grammar.forms["place"])})
    nexts: dict[int, list[tuple[int, float, str | None]]] = defaultdict(list)
    for start, end, weight, word in arcs:
        assert 0 < weight <= 1
        nexts[start].append((end, weight, word))
    reader = Reader(grammar)
    rng = np.random.default_rng(3)
    for _ in range(400):
        state, said, hops = START, list[str](), 0
        while state != FINAL:
            choices = [arc for arc in nexts[state] if arc[2] is not None or hops == 0]
            assert choices, "a row of empty arcs that pocketsphinx would not follow"
            state, _, word = choices[int(rng.integers(len(choices)))]
            hops = 0 if word else 1
            said += [word] if word else []
        assert reader.read(said), " ".join(said)


def test_a_reading_names_the_book_and_keeps_the_written_title(grammar: Grammar) -> None:
    reader = Reader(grammar)
    (first, *_) = reader.read(["please", "where", "is", "catch", "twenty", "two", "by", "joseph", "heller"])
    assert first.text == "where is Catch-22 by Joseph Heller"
    assert first.form is not None
    assert first.kind == "title"
    assert reader.read(["take", "me", "there", "please"])[0].text in ("take me there", "take me there please")
    assert reader.read(["colourless", "green", "ideas"]) == []


def test_books_that_share_a_title_are_both_readings() -> None:
    grammar = build_grammar(Vocabulary((Title("a", ("Emma",)), Title("b", ("Emma",)))))
    ids = {heard.form.record_id for heard in Reader(grammar).read(["where", "is", "emma"]) if heard.form}
    assert ids == {"a", "b"}


def test_matching_is_by_sound(grammar: Grammar, speaker: EspeakSpeaker) -> None:
    said = pronounce(sorted(grammar.list_words() | {"mobile", "duck"}), {}, speaker.list_phonemes)
    matcher = Matcher(grammar, said)
    titles = matcher.list_candidates([("where", "is", "mobile", "duck")])["title"]
    assert "Moby-Dick" in [form.text for form, _ in titles[:3]]
    scores = [score for _, score in titles]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    best = matcher.list_candidates([("is", "dune", "available", "please")])["title"][0]
    assert best[0].text == "Dune"
    assert math.isclose(best[1], 1.0)


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
        assert 0.5 < found.confidence <= 1
        assert found.words
        assert all(a.end_s <= b.start_s + 0.02 for a, b in zip(found.words, found.words[1:], strict=False))

    def test_other_speech_and_noise_are_rejected(self, engine: Any, speaker: EspeakSpeaker) -> None:  # type: ignore[no-untyped-def]
        talk = "I had eggs and bacon for breakfast this morning."
        noise = (0.1 * np.random.default_rng(1).standard_normal(32_000)).astype(np.float32)
        for sound in (hearable(speaker, talk), noise, np.zeros(16_000, np.float32), np.zeros(10, np.float32)):
            found = engine.transcribe(sound)
            assert found.rejected
            assert found.text == ""

    def test_a_book_heard_is_named_by_its_record(self, engine: Any, speaker: EspeakSpeaker) -> None:  # type: ignore[no-untyped-def]
        found = engine.transcribe(hearable(speaker, "I'm looking for One Hundred Years of Solitude."))
        assert "One Hundred Years of Solitude" in found.text
        assert found.record_id is not None
        assert found.record_id not in [other.record_id for other in found.alternatives]

    def test_chinese_is_refused_with_a_way_out(self, engine: Any) -> None:  # type: ignore[no-untyped-def]
        with pytest.raises(EngineError, match="Whisper"):
            engine.transcribe(np.ones(16_000, np.float32), "zh")
