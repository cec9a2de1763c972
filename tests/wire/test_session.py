"""The session core, told frames and times of our choosing."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from wire.audio import AudioFrame, encode_audio
from wire.messages.session import Hello, Ping
from wire.messages.speech import Listen
from wire.session import BURST, DROPPED_MAX, Close, Do, Open, Reply, Session, Take, TakeAudio

HELLO = '{"type": "hello", "version": 1, "client": "test"}'
LISTEN = '{"type": "listen", "stream": 7, "mode": "push", "sample_rate": 16000}'


def opened(**options: Any) -> Session:
    session = Session(0.0, **options)
    assert isinstance(session.on_text(HELLO, 0.1)[0], Open)
    return session


def codes(done: list[Do]) -> list[str]:
    return [d.message.code if isinstance(d, Reply) else type(d).__name__ for d in done]


def audio(stream: int = 7, rate: int = 16000) -> bytes:
    return encode_audio(AudioFrame(stream, 0, 0, rate, bytes(640)))


def test_hello_opens_and_carries_the_session_to_resume() -> None:
    done = Session(0.0).on_text('{"type":"hello","version":1,"client":"ar","resume":"abc"}', 0.2)
    assert done == [Open(Hello(version=1, client="ar", resume="abc"))]


def test_without_hello_the_connection_ends_after_five_seconds() -> None:
    session = Session(100.0)
    assert session.deadline == 105.0
    assert session.tick(104.9) == []
    assert session.tick(105.0) == [Close(4400, "no hello within 5 s")]
    assert session.tick(106.0) == []
    assert session.on_text(HELLO, 106.0) == []


def test_a_late_hello_is_too_late_even_without_a_tick() -> None:
    assert codes(Session(0.0).on_text(HELLO, 5.0)) == ["Close"]


def test_anything_before_hello_gets_an_error_and_hello_still_works() -> None:
    session = Session(0.0)
    assert codes(session.on_text('{"type": "ping"}', 0.1)) == ["hello_expected"]
    assert codes(session.on_text('{"type": "ask"}', 0.1)) == ["hello_expected"]
    assert codes(session.on_text('{"type": "warp"}', 0.1)) == ["hello_expected"]
    assert codes(session.on_binary(audio(), 0.1)) == ["hello_expected"]
    assert codes(session.on_text("{", 0.1)) == ["bad_message"]
    assert codes(session.on_text('{"type": "hello", "client": "test"}', 0.1)) == ["bad_message"]
    assert codes(session.on_text(HELLO, 0.2)) == ["Open"]


def test_another_version_is_refused_by_name_and_may_be_corrected() -> None:
    session = Session(0.0)
    done = session.on_text('{"type": "hello", "version": 2, "client": "test"}', 0.1)
    assert codes(done) == ["version_unsupported"]
    assert isinstance(done[0], Reply)
    assert "version 2" in done[0].message.message
    assert codes(session.on_text(HELLO, 0.2)) == ["Open"]


def test_a_second_hello_is_an_error() -> None:
    assert codes(opened().on_text(HELLO, 1.0)) == ["hello_repeated"]


def test_tokens_are_judged_after_accept() -> None:
    unknown = Session(0.0, admit=lambda _: "unknown").on_text(HELLO, 0.1)
    barred = Session(0.0, admit=lambda _: "not_allowed").on_text(HELLO, 0.1)
    assert codes(unknown) == ["not_authorised", "Close"]
    assert codes(barred) == ["not_allowed", "Close"]
    assert isinstance(unknown[1], Close)
    assert isinstance(barred[1], Close)
    assert (unknown[1].code, barred[1].code) == (4401, 4403)


def test_an_unknown_type_is_an_error_not_a_hang_up() -> None:
    session = opened()
    assert codes(session.on_text('{"type": "teleport"}', 1.0)) == ["unknown_type"]
    assert session.on_text('{"type": "ping", "id": "x"}', 1.0) == [Take(Ping(id="x"))]


def test_an_oversize_frame_closes_with_1009() -> None:
    for frame in ("x" * 70_000, "书" * 30_000):
        done = opened().on_text(frame, 1.0)
        assert isinstance(done[0], Close)
        assert done[0].code == 1009
    assert codes(opened().on_binary(bytes(65_537), 1.0)) == ["Close"]


def test_audio_needs_its_listen_and_its_rate() -> None:
    session = opened()
    assert codes(session.on_binary(audio(), 1.0)) == ["audio_unexpected"]
    assert session.on_binary(audio(), 1.0) == []  # told once per stream
    assert codes(session.on_text(LISTEN, 1.0)) == ["Take"]
    assert isinstance(session.on_binary(audio(), 1.1)[0], TakeAudio)
    assert codes(session.on_binary(audio(rate=8000), 1.1)) == ["bad_audio"]
    assert codes(session.on_binary(audio(stream=8), 1.1)) == ["audio_unexpected"]
    assert codes(session.on_binary(b"\x09\x09", 1.1)) == ["bad_audio"]
    assert codes(session.on_text('{"type": "listen_end", "stream": 8}', 1.2)) == ["audio_unexpected"]
    assert codes(session.on_text('{"type": "listen_end", "stream": 7}', 1.2)) == ["Take"]
    assert session.on_binary(audio(), 1.2) == []


def test_a_flood_is_dropped_with_one_error_a_second() -> None:
    session = opened()
    results = [codes(session.on_text('{"type": "ping"}', 1.0)) for _ in range(1000)]
    assert results.count(["Take"]) == BURST
    assert results.count(["rate_limited"]) == 1
    assert codes(session.on_text('{"type": "ping"}', 1.5)) == ["Take"]


def test_a_flood_that_does_not_stop_ends_the_connection_and_a_pause_is_forgiven() -> None:
    session = opened()
    for second in range(2):
        flood = [
            codes(session.on_text('{"type": "ping"}', 10.0 * second + 1.0)) for _ in range(int(BURST) + DROPPED_MAX)
        ]
        assert ["4429"] not in flood
    end = session.on_text('{"type": "ping"}', 11.0)
    assert [do.code for do in end if isinstance(do, Close)] == [4429]
    assert session.on_text('{"type": "ping"}', 99.0) == []


def test_what_a_role_may_not_send_is_told_and_the_rest_goes_on() -> None:
    session = opened(may_send=lambda kind: kind in ("hello", "ping"))
    assert codes(session.on_text('{"type": "ask", "id": "q7", "text": "hi"}', 1.0)) == ["not_allowed"]
    assert session.on_text('{"type": "ask", "id": "q7", "text": "hi"}', 1.0)[0].message.of == "q7"  # type: ignore[union-attr]
    for data in (audio(), b"\x02\x01whatever"):
        assert codes(session.on_binary(data, 1.0)) == ["not_allowed"]
    assert codes(session.on_text('{"type": "ping"}', 1.0)) == ["Take"]


FRAME = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=60),
    st.sampled_from([HELLO, LISTEN, '{"type": "reset"}', audio(), audio(stream=1), json.dumps({"type": "ping"})]),
)


@given(st.lists(st.tuples(FRAME, st.floats(0, 3)), max_size=30))
def test_no_sequence_of_frames_breaks_the_core(frames: list[tuple[str | bytes, float]]) -> None:
    session, now, took = Session(0.0), 0.0, False
    for frame, wait in frames:
        now += wait
        done = session.on_binary(frame, now) if isinstance(frame, bytes) else session.on_text(frame, now)
        took = took or any(isinstance(d, Open) for d in done)
        assert took or not any(isinstance(d, Take | TakeAudio) for d in done)
        assert not session.closed or session.on_text(HELLO, now) == []


def test_listen_is_passed_on_whole() -> None:
    assert opened().on_text(LISTEN, 1.0) == [Take(Listen(stream=7, mode="push", sample_rate=16000))]
