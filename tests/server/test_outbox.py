"""The outbox core with times of our choosing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.outbox import LEAD_S, MAX_MESSAGES, Frame, Outbox, TooSlowError


def drain(box: Outbox, now: float) -> list[Frame]:
    taken = []
    while (frame := box.take(now)) is not None:
        taken.append(frame)
    return taken


def test_reliable_frames_keep_their_order_and_go_first() -> None:
    box = Outbox()
    box.put_latest("progress", "p1")
    box.put_speech(1, b"a", 0.04)
    box.put("m1")
    box.put("m2")
    assert drain(box, 0.0) == ["m1", "m2", b"a", "p1"]
    assert box.empty
    assert box.wait_s(0.0) is None


def test_of_droppable_frames_only_the_latest_is_sent() -> None:
    box = Outbox()
    for number in range(100):
        box.put_latest("progress", f"p{number}")
    box.put_latest("level", "l")
    assert drain(box, 0.0) == ["p99", "l"]
    assert box.dropped == 99


def test_a_client_that_takes_nothing_is_let_go() -> None:
    box = Outbox()
    for _ in range(MAX_MESSAGES):
        box.put("m")
    with pytest.raises(TooSlowError):
        box.put("m")
    with pytest.raises(TooSlowError):
        Outbox().put("x" * 2_000_000)
    with pytest.raises(TooSlowError):
        Outbox().put_speech(1, b"", 121.0)


def test_audio_is_paced_as_it_is_heard_with_a_lead() -> None:
    box = Outbox()
    for _ in range(100):
        box.put_speech(1, b"x", 0.04)
    assert len(drain(box, 10.0)) * 0.04 == pytest.approx(LEAD_S + 0.04)
    assert box.wait_s(10.0) == pytest.approx(0.04)
    assert len(drain(box, 10.04)) == 1
    assert len(drain(box, 10.4)) == 9
    assert box.ahead_s(10.4) == pytest.approx(4.0 - 0.4)


def test_a_pause_in_speech_is_not_caught_up() -> None:
    box = Outbox()
    box.put_speech(1, b"x", 0.04)
    drain(box, 0.0)
    for _ in range(100):
        box.put_speech(1, b"x", 0.04)
    assert len(drain(box, 60.0)) == 11


def test_an_interrupted_utterance_is_dropped_whole_and_the_next_starts_at_once() -> None:
    box = Outbox()
    for _ in range(50):
        box.put_speech(1, b"x", 0.04)
    box.put_speech(2, b"other", 0.04)
    drain(box, 0.0)
    box.drop_speech(1, 0.1)
    assert box.ahead_s(0.1) == pytest.approx(0.04)
    assert drain(box, 0.1) == [b"other"]


LANES = st.lists(st.tuples(st.sampled_from(["put", "latest", "speech"]), st.floats(0, 0.2)), max_size=60)


@given(LANES)
def test_nothing_is_lost_and_the_lead_is_kept(puts: list[tuple[str, float]]) -> None:
    box, now, sent, speech_s = Outbox(), 0.0, [], 0.0
    for index, (lane, wait) in enumerate(puts):
        now += wait
        if lane == "put":
            box.put(f"m{index}")
        elif lane == "latest":
            box.put_latest("k", f"l{index}")
        else:
            box.put_speech(1, f"s{index}", 0.04)
        sent += drain(box, now)
    while (wait_s := box.wait_s(now)) is not None:
        now += wait_s + 1e-9
        before = box.ahead_s(now)
        sent += drain(box, now)
        assert before - box.ahead_s(now) < 1e-6
    for lane, mark in (("put", "m"), ("speech", "s")):
        assert [f for f in sent if str(f).startswith(mark)] == [
            f"{mark}{index}" for index, (which, _) in enumerate(puts) if which == lane
        ]
    speech_s = 0.04 * sum(lane == "speech" for lane, _ in puts)
    assert box.ahead_s(now) <= LEAD_S + 0.04 + 1e-6
    assert speech_s >= 0
