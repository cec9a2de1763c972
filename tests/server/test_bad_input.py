"""What clients should not send: each gets a named error, and the session stays up or can be resumed."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Frame, Opcode
from websockets.sync.client import connect as connect_raw

from server.parts import Parts
from server.settings import Settings
from server.socket import origin_allowed
from tests.server.client import Client
from tests.server.world import make_parts, running
from wire.audio import AudioFrame, encode_audio

Connect = Callable[..., Client]


def alive(client: Client) -> bool:
    client.say(type="ping", id="alive")
    return client.wait("pong")["id"] == "alive"


def test_a_frame_of_ten_megabytes_closes_with_1009_and_the_visit_can_be_resumed(connect: Connect) -> None:
    client = connect()
    with contextlib.suppress(ConnectionClosed, OSError):
        client.say(type="ask", id="q", text="x" * 10_000_000)
    assert client.code_when_closed() == 1009
    again = connect(resume=client.welcome["session"])
    assert again.welcome["resumed"] is True
    assert alive(again)


def test_a_frame_just_too_long_closes_and_one_just_short_enough_does_not(connect: Connect) -> None:
    client = connect()
    body = json.dumps({"type": "ping", "id": "a", "pad": ""})
    client.say(type="ping", id="a", pad="x" * (65_536 - len(body)))
    assert client.wait("pong")
    client.say(type="ping", id="a", pad="x" * (65_537 - len(body)))
    assert client.code_when_closed() == 1009


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ('{"type": "teleport"}', "unknown_type"),
        ("{", "bad_message"),
        ("[]", "bad_message"),
        ('"hello"', "bad_message"),
        ('{"no": "type"}', "unknown_type"),
        ('{"type": "ask", "id": "", "text": "x"}', "bad_message"),
        ('{"type": "ask", "id": "q", "text": 7}', "bad_message"),
        ('{"type": "pose", "east_m": NaN, "north_m": 0, "level": 0}', "bad_message"),
        ('{"type": "listen", "stream": -1, "mode": "push", "sample_rate": 16000}', "bad_message"),
        ('{"type": "listen_end", "stream": 9}', "audio_unexpected"),
        ('{"type": "hello", "version": 1, "client": "kiosk"}', "hello_repeated"),
        (b"", "bad_audio"),
        (b"\x07\x01nonsense", "bad_audio"),
        (encode_audio(AudioFrame(3, 0, 0, 16000, bytes(640))), "audio_unexpected"),
        ("[" * 50_000, "bad_message"),
    ],
)
def test_a_wrong_frame_gets_its_error_and_the_session_stays(frame: Any, code: str, connect: Connect) -> None:
    client = connect()
    client.socket.send(frame)
    assert client.wait("error")["code"] == code
    assert alive(client)


def test_audio_and_everything_else_before_hello_gets_an_error(connect: Connect) -> None:
    client = connect(hello=False)
    client.socket.send(encode_audio(AudioFrame(1, 0, 0, 16000, bytes(640))))
    assert client.wait("error")["code"] == "hello_expected"
    client.say(type="ask", id="q", text="hi")
    assert client.wait("error")["code"] == "hello_expected"
    client.say(type="hello", version=7, client="kiosk")
    assert client.wait("error")["code"] == "version_unsupported"
    client.say(type="hello", version=1, client="kiosk")
    assert client.wait("welcome")


def test_invalid_utf8_closes_as_the_protocol_says_and_the_visit_can_be_resumed(connect: Connect) -> None:
    client = connect()
    raw = client.socket
    with raw.send_context():
        raw.protocol.writes.append(Frame(Opcode.TEXT, b"\xff\xfe{").serialize(mask=True, extensions=[]))
    assert client.code_when_closed() == 1007
    assert alive(connect(resume=client.welcome["session"]))


def test_a_question_in_no_language_is_asked_back(connect: Connect) -> None:
    client = connect()
    client.say(type="ask", id="q", text="ßßß ¿¿ \u0000\u202e 🂡")
    answer = client.wait("answer")
    assert answer["clarify"] is True
    assert alive(client)


def test_a_mind_that_breaks_gives_a_sentence_and_the_visit_goes_on(connect: Connect) -> None:
    client = connect()
    client.say(type="ask", id="q", text="explode")
    error = client.wait("error")
    assert (error["code"], error["of"]) == ("internal", "q")
    assert client.wait("state")["state"] == "idle"
    client.say(type="ask", id="q2", text="Where is the test book?")
    assert client.wait("answer", of="q2")


def test_a_fault_of_a_journey_ends_in_order_and_the_visit_can_be_resumed(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = connect()
    monkeypatch.setattr("server.translate.answer", lambda *_: 1 // 0)
    client.say(type="ask", id="q", text="Where is the test book?")
    assert client.code_when_closed() == 1011
    assert client.got[-1]["code"] == "internal"
    monkeypatch.undo()
    assert alive(connect(resume=client.welcome["session"]))


def test_too_many_questions_at_once_are_refused_as_busy(connect: Connect, parts: Parts) -> None:
    client = connect()
    mind: Any = parts.mind
    mind.gate.clear()
    try:
        for number in range(8):
            client.say(type="ask", id=f"q{number}", text="Where is the test book?")
        assert client.wait("error")["code"] == "busy"
    finally:
        mind.gate.set()
    assert client.wait("answer", of="q0")


def test_a_flood_is_dropped_and_told_and_survived(connect: Connect) -> None:
    client = connect()
    for _ in range(1500):
        client.say(type="stop_guide")
    client.wait("error", code="rate_limited")
    other = connect()
    assert alive(other)


def test_poses_from_nowhere_harm_nobody(connect: Connect) -> None:
    client = connect()
    client.say(type="guide", id="g", to="Toilet")
    client.wait("route")
    client.say(type="pose", east_m=1e300, north_m=-1e300, level=200)
    assert client.wait("error")["code"] == "bad_message"
    client.say(type="pose", east_m=9e6, north_m=-9e6, level=200)
    client.say(type="pose", east_m=-500.0, north_m=900.0, level=-50)
    assert alive(client)
    client.say(type="guide", id="g2", to="Toilet")
    kinds = {"route", "no_way", "error"}
    while not any(m["type"] in kinds and m.get("of") == "g2" for m in client.got):
        client.say(type="ping")
        client.wait("pong")
    assert alive(client)


def test_a_pose_on_a_level_that_is_not_there_is_named_once(connect: Connect) -> None:
    client = connect(languages=["fr"])
    for _ in range(3):
        client.say(type="pose", east_m=1.0, north_m=1.0, level=99)
    fault = client.wait("error")
    assert (fault["code"], fault["of"]) == ("unknown_place", "pose")
    assert "99" in fault["message"]
    assert alive(client)
    assert [m["type"] for m in client.got].count("error") == 1


def test_a_page_of_another_site_may_not_connect(connect: Connect, port: int) -> None:
    evil = connect(hello=False, origin="https://evil.example")
    assert evil.wait("error")["code"] == "not_allowed"
    assert evil.code_when_closed() == 4403
    own = connect(origin=f"http://127.0.0.1:{port}")
    assert alive(own)


def test_another_subprotocol_is_refused_and_none_is_taken(port: int) -> None:
    url = f"ws://127.0.0.1:{port}/v1/ws"
    with pytest.raises(InvalidStatus):
        connect_raw(url, subprotocols=["mqtt"])  # type: ignore[list-item]
    with connect_raw(url) as plain:
        plain.send('{"type": "hello", "version": 1, "client": "test"}')
        assert json.loads(plain.recv(timeout=5))["type"] == "welcome"


def test_tokens_staff_and_crowds() -> None:
    with running(make_parts(token="letmein", sessions_max=1)) as port:
        wrong = Client(port, hello=False)
        wrong.say(type="hello", version=1, client="kiosk", token="guess")
        assert wrong.wait("error")["code"] == "not_authorised"
        assert wrong.code_when_closed() == 4401
        right = Client(port, token="letmein", client="staff")
        second = Client(port, hello=False)
        assert second.wait("error")["code"] == "busy"
        assert second.wait("goaway")["reconnect_in_s"] > 0
        assert second.code_when_closed() == 1012
        right.close()


def test_staff_need_a_token(connect: Connect) -> None:
    client = connect(hello=False)
    client.say(type="hello", version=1, client="staff")
    assert client.wait("error")["code"] == "not_allowed"
    assert client.code_when_closed() == 4403


def test_a_stopping_server_says_goodbye() -> None:
    with running(make_parts()) as port:
        client = Client(port)
    assert client.code_when_closed() == 1012
    assert "goaway" in [m["type"] for m in client.got]


@pytest.mark.parametrize(
    ("origin", "host", "bound", "allowed"),
    [
        (None, "127.0.0.1:8765", "127.0.0.1", True),
        ("http://127.0.0.1:8765", "127.0.0.1:8765", "127.0.0.1", True),
        ("http://localhost:5173", "127.0.0.1:8765", "127.0.0.1", True),
        ("https://evil.example", "127.0.0.1:8765", "127.0.0.1", False),
        ("http://evil.example:8765", "evil.example:8765", "127.0.0.1", False),
        ("http://library.example", "library.example", "0.0.0.0", True),
        ("http://evil.example", "library.example", "0.0.0.0", False),
        ("https://kiosk.example", "library.example", "0.0.0.0", True),
        ("null", "127.0.0.1:8765", "127.0.0.1", False),
    ],
)
def test_origins(origin: str | None, host: str, bound: str, allowed: bool) -> None:
    settings = Settings(host=bound, origins=("https://kiosk.example",))
    assert origin_allowed(origin, host, settings) is allowed
