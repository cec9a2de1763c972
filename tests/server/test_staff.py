"""The staff's page of turns, and the figures behind it."""

from __future__ import annotations

import base64
import urllib.error
import urllib.request
from typing import Any

import pytest

from server.gate import on_this_machine
from server.staff_http import write_page
from server.telemetry import Telemetry
from server.turn_figures import KEPT, TurnFigures
from tests.server.client import EVERYTHING, Client
from tests.server.world import make_parts, running


def read(port: int, path: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, ""


def test_a_turn_stands_on_the_page_in_the_metrics_and_in_the_trace_without_its_words() -> None:
    with running(make_parts()) as port:
        client = Client(port, capabilities=[*EVERYTHING, "figures"])
        client.speak(1, 0.3, 1.0)
        first = client.wait("turn_trace")
        assert first["channel"] == "push"
        assert 0 <= first["turn_end_s"] <= first["heard_s"] <= first["thought_s"] <= first["sent_s"]
        assert first["played_s"] is None
        utterance = client.wait("speech_clause")["utterance"]
        client.say(type="playback", utterance=utterance, played_s=0.02)
        assert client.wait("turn_trace")["played_s"] >= first["sent_s"] - 0.02
        status, page = read(port, "/staff/turns")
        assert (status, "push" in page, "test book" in page) == (200, True, False)
        _, body = read(port, "/staff/turns", Accept="application/json")
        assert '"channel":"push"' in body
        _, metrics = read(port, "/metrics")
        for stage in ("turn_end", "heard", "thought", "sent", "played"):
            assert f'shelfway_turn_seconds_count{{channel="push",stage="{stage}"}} 1.0' in metrics
        client.close()


def test_clients_that_do_not_ask_for_figures_get_none() -> None:
    with running(make_parts()) as port:
        client = Client(port)
        client.say(type="ask", id="q", text="Where is the test book?")
        client.wait("speech_end")
        assert "turn_trace" not in [m["type"] for m in client.got]
        client.close()


def test_with_a_token_the_page_needs_it() -> None:
    with running(make_parts(token="abc")) as port:
        basic = base64.b64encode(b"staff:abc").decode()
        assert read(port, "/staff/turns")[0] == 401
        assert read(port, "/staff/turns", Authorization="Bearer abd")[0] == 401
        assert read(port, "/staff/turns", Authorization="Basic %%%")[0] == 401
        assert read(port, "/staff/turns", Authorization="Bearer abc")[0] == 200
        assert read(port, "/staff/turns", Authorization=f"Basic {basic}")[0] == 200


@pytest.mark.parametrize(
    ("host", "headers", "seen"),
    [
        ("127.0.0.1", {"host": "localhost:8765"}, True),
        ("::1", {"host": "[::1]:8765"}, True),
        ("10.0.0.7", {"host": "localhost"}, False),
        ("127.0.0.1", {"host": "library.example"}, False),
        ("127.0.0.1", {"host": "localhost", "x-forwarded-for": "10.0.0.7"}, False),
    ],
)
def test_without_a_token_only_the_servers_own_machine_sees_it(host: str, headers: dict[str, str], seen: bool) -> None:
    assert on_this_machine(host, headers) is seen


def test_figures_count_from_the_end_of_the_voice_and_only_the_newest_are_kept() -> None:
    told: Any = Telemetry()
    for number in range(KEPT + 5):
        turn = TurnFigures(f"turn-{number}", "open", 10.0)
        turn.mark("turn_end", 10.3)
        turn.mark("turn_end", 99.0)
        turn.mark("heard", 10.2)
        told.turns.add(turn)
    assert len(told.turns.newest) == KEPT
    assert told.turns.newest[-1].to_trace().turn_end_s == pytest.approx(0.3)
    page = write_page(tuple(told.turns.newest))
    assert page.count("<tr>") == KEPT + 3
    assert "<td>300</td><td>200</td><td>–</td>" in page
