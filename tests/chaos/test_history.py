"""The checker itself: a good history has no fault, and each kind of bad one is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.chaos.history import Event, check, read_history, write_history


def good() -> list[Event]:
    """Two visitors; one asks and speaks, breaks and comes back; the other hears it."""
    return [
        Event(0.0, "a", "welcome", resumed=False),
        Event(0.0, "b", "welcome", resumed=False),
        Event(4.0, "a", "asked", "ask", "a-1"),
        Event(4.1, "a", "got", "answer", "a-1", seq=1),
        Event(5.0, "a", "asked", "chat", "a-2"),
        Event(5.1, "b", "got", "said", "a-2", "a", seq=1),
        Event(5.1, "a", "got", "said", "a-2", "a", seq=2),
        Event(6.0, "a", "asked", "chat", "a-3"),
        Event(6.1, "b", "got", "said", "a-3", "a", seq=2),
        Event(6.1, "a", "got", "said", "a-3", "a", seq=3),
        Event(10.0, "a", "broke"),
        Event(10.5, "a", "welcome"),
        Event(11.0, "a", "asked", "ask", "a-4"),
        Event(11.1, "a", "got", "answer", "a-4", seq=4),
        Event(12.0, "a", "ended"),
        Event(12.0, "b", "ended"),
    ]


def without(seq: int, client: str) -> list[Event]:
    """One message is lost, and the numbers hide it."""
    kept = [e for e in good() if not (e.client == client and e.event == "got" and e.seq == seq)]
    return [replace(e, seq=e.seq - 1) if e.client == client and e.seq > seq else e for e in kept]


def changed(index: int, **fields: object) -> list[Event]:
    history = good()
    history[index] = replace(history[index], **fields)  # type: ignore[arg-type]
    return history


def test_a_good_history_has_no_fault(tmp_path: Path) -> None:
    assert check(good()) == []
    write_history(tmp_path / "h.jsonl", good())
    assert read_history(tmp_path / "h.jsonl") == good()


@pytest.mark.parametrize(
    ("history", "fault"),
    [
        (changed(3, seq=2), "a: message 2 came after 0"),
        (changed(6, seq=1), "a: message 1 came after 1"),
        (without(1, "a"), "a: question a-1 has 0 answers"),
        ([*good(), Event(11.2, "a", "got", "answer", "a-4", seq=5)], "a: question a-4 has 2 answers"),
        (changed(13, of="a-9"), "a: an answer to a-9, which was not asked"),
        (without(1, "b"), "b: never heard a-2 of a, though both were there"),
        ([*good(), Event(11.0, "b", "got", "said", "a-2", "a", seq=3)], "b: heard a-2 of a 2 times"),
        (without(2, "a"), "a: was never told that a-2 was said"),
        (changed(11, resumed=False), "a: its visit was forgotten at 10.50"),
        (changed(11, missed=True), "a: messages were given up at 10.50"),
        (good()[:-1], "b: did not get to its end"),
    ],
)
def test_bad_histories_are_named(history: list[Event], fault: str) -> None:
    assert fault in check(history)


def test_order_is_looked_at() -> None:
    history = good()
    history[5], history[8] = replace(history[5], of="a-3"), replace(history[8], of="a-2")
    assert "b: heard a in the order ['a-3', 'a-2']" in check(history)


def test_who_was_away_need_not_have_heard_it() -> None:
    history = [replace(e, t=e.t + 2.9) if e.client == "b" and e.event == "welcome" else e for e in without(1, "b")]
    assert check(history) == []
