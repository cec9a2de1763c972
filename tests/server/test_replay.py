"""Numbered messages: those that a client lacks are sent again, a gap is told, nothing grows without end."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from server.replay import KEPT, KEPT_BYTES, Replay, number_of


def frames(replay: Replay, count: int) -> list[str]:
    return [replay.number(f'{{"type":"pong","id":"{n}"}}') for n in range(count)]


def test_messages_carry_growing_numbers_and_stay_what_they_were() -> None:
    numbered = frames(Replay(), 3)
    assert [json.loads(frame) for frame in numbered] == [{"seq": n + 1, "type": "pong", "id": str(n)} for n in range(3)]
    assert [number_of(frame) for frame in numbered] == [1, 2, 3]


@given(sent=st.integers(0, 40), seen=st.integers(0, 60))
def test_whatever_was_seen_the_rest_comes_once_and_in_order(sent: int, seen: int) -> None:
    replay = Replay()
    numbered = frames(replay, sent)
    assert replay.after(seen) == tuple(numbered[seen:])
    assert number_of(replay.number('{"type":"pong"}')) == max(sent, seen) + 1


def test_a_gap_is_told() -> None:
    replay = Replay()
    frames(replay, KEPT + 10)
    assert replay.after(9) is None
    assert len(replay.after(10) or ()) == KEPT


def test_long_messages_make_room() -> None:
    replay = Replay()
    for _ in range(20):
        replay.number(json.dumps({"type": "answer", "text": "x" * 60_000}))
    assert sum(map(len, replay.kept)) <= KEPT_BYTES
    assert replay.after(19) == replay.kept[-1:]


def test_it_goes_on_from_what_was_kept_elsewhere() -> None:
    replay = Replay()
    frames(replay, 5)
    again = Replay(replay.last, replay.kept)
    assert again.after(3) == replay.after(3)
