"""Sentences out of a stream: at which character each is over, whatever the pieces are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avatars.thinking_checked import Checked
from avatars.thinking_cut import LONGEST, Cutter


def cut(text: str, size: int = 1, **how: bool) -> list[str]:
    """The sentences of a text that comes in pieces of ``size``."""
    cutter = Cutter(lambda figure: how.get("goes_on", False))
    found = [s for at in range(0, len(text), size) for s in cutter.feed(text[at : at + size])]
    return [*found, *cutter.finish()]


def first_at(text: str, **how: bool) -> int | None:
    """How many characters must have come before the first sentence is given."""
    cutter = Cutter(lambda figure: how.get("goes_on", False))
    return next((at + 1 for at, c in enumerate(text) if cutter.feed(c)), None)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It is here. It is there.", ["It is here.", "It is there."]),
        ("By Dr. A. B. Smith, no. 3. Next.", ["By Dr. A. B. Smith, no. 3.", "Next."]),
        ("《三体》在二层。在2B-12号书架！对吗？", ["《三体》在二层。", "在2B-12号书架！", "对吗？"]),
        ("He asked “Where? Here” and left. So.", ["He asked “Where? Here” and left.", "So."]),
        ("**Moby Dick** is here.\n- `Dune` is there.", ["Moby Dick is here.", "Dune is there."]),
        ("It takes 3.5 minutes. Go.", ["It takes 3.5 minutes.", "Go."]),
        ("no mark at all", ["no mark at all"]),
        ("... !! ??", []),
        ("", []),
    ],
)
def test_sentences_are_whole_whatever_the_pieces(text: str, sentences: list[str]) -> None:
    for size in (2, 3, 7, 1000):
        assert cut(text, size, goes_on=True) == sentences
    assert cut(text, 1, goes_on=True) == sentences


def test_a_sentence_is_given_at_its_mark() -> None:
    assert first_at("It is here. It") == len("It is here.")
    assert first_at("在二层。在") == len("在二层。")
    assert first_at("Level 3. It") == len("Level 3.")
    assert first_at("Level 3.5 it", goes_on=True) is None
    assert first_at("“Here.” it", goes_on=True) == len("“Here.”")


def test_what_is_never_closed_does_not_wait_for_ever() -> None:
    assert first_at("“" + "word " * LONGEST + ". x. y") is not None


@given(st.text(alphabet='ab3.。？! \n“”《》"', max_size=80), st.integers(1, 9))
def test_no_letter_is_lost_or_doubled(text: str, size: int) -> None:
    kept = [c for c in text if c.isalnum()]
    assert [c for sentence in cut(text, size) for c in sentence if c.isalnum()] in (kept, _without_numbers(text))


def _without_numbers(text: str) -> list[str]:
    """A list's number at the start of a line may be taken out as mark-up: then only figures are missing."""
    return [c for c in "".join(cut(text, max(1, len(text)))) if c.isalnum()]


EVIDENCE = ["The Café is open from 9:00 to 20:00. It is on Level 1.", "[hours.md › Café]\nBooks are lent for 28 days."]


def checked(*sentences: str, lang: str = "en") -> Checked:
    made = Checked("", lang, lambda text: "forbidden" in text)  # type: ignore[arg-type]
    for sentence in sentences:
        made.take(sentence, EVIDENCE)
    return made


def test_politeness_waits_for_something_to_be_polite_about() -> None:
    assert checked("Of course.").text == ""
    assert checked("Of course.", "The Café is on Level 1.").text == "Of course. The Café is on Level 1."


def test_a_withheld_sentence_is_replaced_by_the_evidence_about_it() -> None:
    assert checked("The Café is open from 9:00 to 23:00.").text == "", "a replacement alone is no answer"
    made = checked("The Café is on Level 1.", "The Café is open until 23:00.", "The Café is open until 23:30.")
    assert made.text == "The Café is on Level 1. The Café is open from 9:00 to 20:00."
    assert not made.left_out


def test_what_cannot_be_replaced_is_told_to_be_left_out() -> None:
    made = checked("The Café is on Level 1.", "Giraffes adore tropical waterfalls.")
    assert made.text == "The Café is on Level 1."
    assert made.left_out


def test_what_is_forbidden_is_dropped_even_when_it_is_true() -> None:
    assert checked("The Café is on Level 1.", "forbidden: Level 1.").text == "The Café is on Level 1."
