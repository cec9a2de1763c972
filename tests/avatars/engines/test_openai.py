"""The client of OpenAI-compatible servers against a scripted one on a real socket, with what can go wrong."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Sequence

import pytest

from avatars.engines import Delta, EngineError, Message, ToolCall, ToolSpec, load_class
from avatars.engines.calls import Calls
from avatars.engines.openai_http import OpenAIModel, OpenAISettings
from tests.avatars.engines.model_server import ModelServer, Turn, ended, event, say, serve_model, tool_call

ASK = [Message("system", "You are a librarian."), Message("user", "Where is Emma?")]
FIND = ToolSpec("find", "Search the catalogue.", {"type": "object", "properties": {"query": {"type": "string"}}})


def model(server: ModelServer | str, **limits: float | str) -> OpenAIModel:
    url = server if isinstance(server, str) else server.url
    settings = OpenAISettings(url, "tiny", **{"first_s": 0.3, "gap_s": 0.3, "longest_s": 5.0, **limits})  # type: ignore[arg-type]
    made: OpenAIModel = load_class("openai")(settings)
    return made


def text_of(deltas: Sequence[Delta]) -> str:
    return "".join(delta.text for delta in deltas)


def test_an_answer_streams_in() -> None:
    with serve_model(say("Emma stands on level two.")) as server:
        deltas = list(model(server, key="secret").chat(ASK, []))
    assert text_of(deltas) == "Emma stands on level two. "
    assert deltas[-1] == Delta(ended="stop")
    assert len(deltas) == 6
    asked = server.asked[0]
    assert asked["messages"] == [
        {"role": "system", "content": "You are a librarian."},
        {"role": "user", "content": "Where is Emma?"},
    ]
    assert (asked["model"], asked["stream"], asked["temperature"], asked["seed"]) == ("tiny", True, 0.0, 7)
    assert "tools" not in asked
    assert server.headers[0]["authorization"] == "Bearer secret"


def test_the_first_word_is_passed_on_while_the_server_still_writes() -> None:
    with serve_model(Turn([event(content="Emma ")], hang=True)) as server:
        answer = model(server, gap_s=30.0).chat(ASK, [])
        assert next(answer) == Delta("Emma ")
        answer.close()
        assert server.left.wait(5)


def test_tool_calls_come_in_parts_and_their_results_go_back() -> None:
    calls = [*tool_call("find", {"query": "三体"}), *tool_call("find", {"query": "Emma"}, "c2", 1), ended("tool_calls")]
    with serve_model(calls, say("Found.")) as server:
        client = model(server)
        whole = Calls()
        deltas = list(client.chat(ASK, [FIND]))
        for delta in deltas:
            if delta.call is not None:
                whole.add(delta.call)
        made = whole.finish()
        assert made == (
            ToolCall("c1", "find", '{"query": "三体"}'),
            ToolCall("c2", "find", '{"query": "Emma"}'),
        )
        assert deltas[-1].ended == "calls"
        told = [*ASK, Message("assistant", "", made), Message("tool", "[]", call_id="c1")]
        assert text_of(list(client.chat(told, [FIND]))) == "Found. "
    assert server.asked[0]["tools"][0]["function"]["parameters"] == FIND.parameters
    sent = server.asked[1]["messages"]
    assert json.loads(sent[2]["tool_calls"][0]["function"]["arguments"]) == {"query": "三体"}
    assert sent[3] == {"role": "tool", "content": "[]", "tool_call_id": "c1"}


def test_images_are_sent_as_data() -> None:
    picture = b"\x89PNG\r\n\x1a\n..."
    with serve_model(say("A book.")) as server:
        list(model(server).chat([Message("user", "What is this?", images=(picture,))], []))
    part = server.asked[0]["messages"][0]["content"][1]
    kind, _, data = part["image_url"]["url"].partition(";base64,")
    assert kind == "data:image/png"
    assert base64.b64decode(data) == picture


def test_thoughts_are_not_told_and_tagged_calls_are_calls() -> None:
    written = (
        '<think>hm, Emma</think>\n\nLooking.<tool_call>{"name": "find", "arguments": {"query": "Emma"}}</tool_call>'
    )
    with serve_model([*(event(content=c) for c in written), ended()]) as server:
        deltas = list(model(server).chat(ASK, [FIND]))
    assert text_of(deltas) == "Looking."
    made = next(delta.call for delta in deltas if delta.call is not None)
    assert (made.name, json.loads(made.arguments)) == ("find", {"query": "Emma"})
    assert deltas[-1].ended == "calls"


def test_an_answer_cut_at_the_limit_says_so() -> None:
    with serve_model([event(content="Emma stands"), ended("length")]) as server:
        assert list(model(server).chat(ASK, []))[-1].ended == "length"


HALF = tool_call("find", {"query": "Emma"})[:-1]
BAD: dict[str, tuple[Turn, str]] = {
    "silent": (Turn(silent=True), "has not begun"),
    "silent after its status": (Turn(hang=True), "has not begun"),
    "only comments": (Turn([b": ping\n\n"] * 3, hang=True), "has not begun"),
    "hangs in mid-answer": (Turn([event(content="Emma ")], hang=True), "in mid-answer"),
    "breaks off": (Turn([event(content="Emma ")], cut=True), "cannot be reached|broke off"),
    "ends without an end": (Turn([event(content="Emma ")]), "broke off"),
    "no JSON": (Turn([b"data: {not json\n\n"]), "cannot be read"),
    "another shape": (Turn([b'data: {"choices": 3}\n\n']), "cannot be read"),
    "a list": (Turn([b"data: [1, 2]\n\n"]), "cannot be read"),
    "content of numbers": (Turn([event(content=[1]), ended()]), "cannot be read"),
    "a page of HTML": (Turn([b"<html><body>welcome</body></html>"]), "broke off"),
    "bytes of nothing": (Turn([bytes(range(256)) * 8]), "broke off"),
    "an error within": (Turn([event(content="Em"), b'data: {"error": {"message": "Where is Emma?"}}\n\n']), "failed"),
    "half a call": (Turn([*HALF, ended("tool_calls")]), "broken off or garbled"),
    "half a call, then gone": (Turn(HALF), "broke off"),
    "a call without a name": (Turn([event(tool_calls=[{"function": {"arguments": "{}"}}]), ended()]), "has no name"),
    "a call that is a list": (Turn([*tool_call("find", [1]), ended("tool_calls")]), "broken off or garbled"),
    "a call without end": (
        Turn([event(tool_calls=[{"function": {"name": "f", "arguments": "x" * 9000}}])] * 2),
        "more",
    ),
    "a tagged call cut short": (Turn([event(content='<tool_call>{"name": "fi'), ended()]), "within a tool call"),
    "a tagged call of garbage": (Turn([event(content="<tool_call>find!</tool_call>"), ended()]), "cannot be read"),
    "busy": (Turn(status=429), "429"),
    "still loading": (Turn(status=503), "503"),
    "broken": (Turn(status=500), "500"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_a_server_can_do_wrong_is_a_retryable_error_in_time(name: str) -> None:
    turn, said = BAD[name]
    began = time.monotonic()
    with serve_model(turn) as server, pytest.raises(EngineError, match=said) as caught:
        list(model(server).chat(ASK, [FIND]))
    assert caught.value.retryable
    assert "Emma" not in str(caught.value)
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(("status", "said"), [(401, "key"), (404, "knows no model 'tiny'"), (400, "refuses")])
def test_what_trying_again_cannot_help_is_not_retryable(status: int, said: str) -> None:
    with serve_model(Turn(status=status)) as server, pytest.raises(EngineError, match=said) as caught:
        list(model(server).chat(ASK, []))
    assert not caught.value.retryable


def test_a_server_that_is_gone_is_named() -> None:
    with serve_model(say("x")) as server:
        url = server.url
    with pytest.raises(EngineError, match=r"cannot be reached") as caught:
        list(model(url).chat(ASK, []))
    assert caught.value.retryable


def test_one_that_never_stops_writing_is_stopped() -> None:
    with serve_model(Turn([event(content="la ")] * 2000, hang=True)) as server:
        told = model(server, longest_s=0.0, gap_s=30.0)
        with pytest.raises(EngineError, match="still writes"):
            list(told.chat(ASK, []))


@pytest.mark.parametrize("turn", [Turn(silent=True), Turn([event(content="Emma ")], hang=True)])
def test_stop_ends_it_at_once_without_an_error(turn: Turn) -> None:
    asked = threading.Event()

    def stop() -> bool:
        return asked.is_set()

    with serve_model(turn) as server:
        answer = model(server, first_s=60.0, gap_s=60.0).chat(ASK, [], stop)
        if turn.parts:
            assert next(answer) == Delta("Emma ")
        asked.set()
        assert list(answer) == []


def test_several_readers_are_answered_at_once() -> None:
    with serve_model(*(say(f"answer {i}") for i in range(8)), say("more")) as server:
        client = model(server, first_s=10.0)
        told: list[str] = []
        threads = [threading.Thread(target=lambda: told.append(text_of(list(client.chat(ASK, []))))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(told) == [f"answer {i} " for i in range(8)]


def test_models_are_listed() -> None:
    with serve_model(say("x")) as server:
        assert model(server).list_models() == ["tiny", "other"]


def test_a_server_nearby_is_not_looked_for_behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with serve_model(say("Here.")) as server:
        assert text_of(list(model(server).chat(ASK, []))) == "Here. "
    with pytest.raises(EngineError, match="cannot be reached"):
        list(model("http://models.example.org/v1", connect_s=0.5).chat(ASK, []))
