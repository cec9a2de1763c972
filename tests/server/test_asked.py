"""A question asked twice has one effect; one with another text is another question."""

from __future__ import annotations

from server.asked import KEPT, AskedOnce


def test_a_question_is_new_then_waiting_then_answered() -> None:
    asked = AskedOnce()
    assert asked.ask("1", "where is it?") == "new"
    assert asked.ask("1", "where is it?") == "waiting"
    asked.answered("1", "{}")
    assert asked.ask("1", "where is it?") == "answered"
    assert asked.answer_of("1") == "{}"
    assert asked.ask("1", "when do you open?") == "new"
    assert asked.answer_of("1") == ""


def test_what_failed_or_was_dropped_may_be_asked_again() -> None:
    asked = AskedOnce()
    for id_ in "123":
        asked.ask(id_, "where is it?", "en")
    asked.answered("1", "{}")
    asked.dropped("1")  # too late: it is answered
    asked.dropped("2")
    assert list(asked.waiting()) == ["3"]
    assert asked.ask("2", "where is it?") == "new"
    asked.drop_waiting()
    assert not asked.waiting()
    assert asked.answer_of("1") == "{}"


def test_only_the_newest_are_kept() -> None:
    asked = AskedOnce()
    for number in range(KEPT + 5):
        asked.ask(str(number), "?")
    assert len(asked.questions) == KEPT
    assert asked.ask("0", "?") == "new"
