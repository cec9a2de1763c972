"""Speech that starts while the model still writes, over real sockets on both sides: what is said, cut, and when."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from avatars.engines.openai_http import OpenAIModel, OpenAISettings
from avatars.thinking import ThinkingMind
from server.ears import Ears
from server.finder import Finder
from server.home import Home
from server.parts import Parts
from server.workers import PoolSize
from tests.avatars.engines.model_server import ModelServer, Turn, ended, event, serve_model, tool_call
from tests.server.client import EVERYTHING, Client
from tests.server.scripted import StreamingTranscriber
from tests.server.test_hear import until
from tests.server.world import make_parts, running

QUESTION = "Would the crew of a whaling ship have had anything to say about the state of my garden shed?"
FIRST = "“Moby Dick” by Herman Melville stands on Level 3."
SECOND = "It is about whaling."
LOOK_UP = [*tool_call("find", {"query": "whaling"}), ended("tool_calls")]


def words(text: str) -> list[bytes]:
    """A text in the pieces of a model, the last one without a blank behind it."""
    return [event(content=piece) for piece in text.replace(" ", "\0 ").split("\0")]


@contextmanager
def talking(
    home: Home, *turns: Turn | Sequence[bytes | threading.Event]
) -> Iterator[tuple[Client, Parts, ModelServer]]:
    """A client of a server whose librarian has the demo's home and a model by this script."""
    with serve_model(*turns) as server:
        limits = {"first_s": 0.5, "gap_s": 0.5} if any(isinstance(t, Turn) for t in turns) else {"gap_s": 60.0}
        model = OpenAIModel(OpenAISettings(server.url, "tiny", **limits))  # type: ignore[arg-type]
        parts = make_parts()
        parts.plan, parts.building, parts.here = home.plan, home.building, home.here
        parts.finder = Finder(home.catalogue, home.books)
        parts.mind = ThinkingMind(home.dialogue, model)
        parts.ears = Ears({"en": StreamingTranscriber("where is dune please")})
        with running(parts) as port:
            client = Client(port, capabilities=[*EVERYTHING, "figures"])
            yield client, parts, server
            client.close()
        model.close()


def until_audio(client: Client) -> None:
    """Until the first sound is here."""
    while not client.audio:
        client.take(client.socket.recv(timeout=30))


def get(client: Client, of: str) -> dict[str, Any]:
    """The answer to a question, whether it has come already or is still to come."""
    while not (found := [m for m in client.got if m["type"] == "answer" and m["of"] == of]):
        client.take(client.socket.recv(timeout=30))
    return found[0]


def types(client: Client) -> list[str]:
    return [message["type"] for message in client.got]


def test_the_first_audio_leaves_before_the_model_has_ended(home: Home) -> None:
    held = threading.Event()
    with talking(home, LOOK_UP, [*words(FIRST), held, *words(f" {SECOND}"), ended()]) as (client, _, server):
        client.say(type="ask", id="q", text=QUESTION)
        until_audio(client)
        assert not held.is_set()
        assert "answer" not in types(client)
        assert len(server.asked) == 2
        held.set()
        answer = get(client, "q")
        while "speech_end" not in types(client):
            client.take(client.socket.recv(timeout=30))
    assert answer["text"] == f"{FIRST} {SECOND}"
    assert (answer["of"], answer["refused"], answer["items"][0]["record_id"]) == ("q", False, "demo-0030")
    assert answer["sources"]
    starts = [m for m in client.got if m["type"] == "speech_start"]
    clauses = [m for m in client.got if m["type"] == "speech_clause"]
    assert [(m["utterance"], m["of"]) for m in starts] == [(answer["utterance"], "q")]
    assert "".join(clause["text"] for clause in clauses) == answer["text"]
    for before, after in itertools.pairwise(clauses):
        assert after["start_s"] == pytest.approx(before["end_s"])
        assert after["words"][0]["start_s"] >= after["start_s"]
        assert after["visemes"][0]["start_s"] >= before["visemes"][-1]["end_s"] - 1e-6
    at = 0
    for number, frame in enumerate(client.audio):
        assert (frame.sequence, frame.first_sample) == (number, at)
        at += frame.count
    assert clauses[-1]["end_s"] == pytest.approx(at / 16000)


def test_a_chinese_sentence_is_said_at_its_stop(home: Home) -> None:
    held = threading.Event()
    look_up = [*tool_call("find", {"query": "三体"}), ended("tool_calls")]
    said = [event(content=c) for c in "《三体》的作者是刘慈欣。"]
    question = "我的花园棚子要是让刘慈欣来写会不会变成一个三体那样的问题世界呢"
    with talking(home, look_up, [*said, held, ended()]) as (client, parts, _):
        assert parts.composing is not None
        client.say(type="ask", id="q", text=question, lang="zh")
        until_audio(client)
        assert "answer" not in types(client)
        held.set()
        assert client.wait("answer")["text"].startswith("《三体》的作者是刘慈欣。")


def test_what_is_not_supported_is_never_sent(home: Home) -> None:
    held = threading.Event()
    invented = "It opens at 4:30 and costs 12 euros at https://whale.example."
    script = [*words(f"{invented} {FIRST}"), held, *words(f" {invented} {SECOND}"), ended()]
    with talking(home, LOOK_UP, script) as (client, _, __):
        client.say(type="ask", id="q", text=QUESTION)
        until_audio(client)
        held.set()
        answer = get(client, "q")
        while "speech_end" not in types(client):
            client.take(client.socket.recv(timeout=30))
    everything = json.dumps(client.got)
    assert "4:30" not in everything
    assert "whale.example" not in everything
    assert answer["text"].startswith(FIRST)
    assert SECOND in answer["text"]


def played(client: Client, seconds: float) -> None:
    client.say(type="playback", utterance=1, played_s=seconds)
    client.say(type="ping", id="p")
    client.wait("pong")


def test_stopping_her_ends_the_model_and_keeps_what_was_heard(home: Home) -> None:
    held = threading.Event()
    script = [*words(FIRST), held, *words(f" {SECOND}"), ended()]
    with talking(home, LOOK_UP, script, LOOK_UP, [*words(FIRST), ended()]) as (client, _, server):
        client.say(type="ask", id="q", text=QUESTION)
        until_audio(client)
        client.say(type="interrupt")
        assert client.wait("flush")["reason"] == "interrupted"
        played(client, 0.78)  # 0.05 s a letter: “Moby Dick” by
        assert server.left.wait(10), "the model writes on although nobody listens"
        assert [m["text"] for m in client.got if m["type"] == "answer"] in ([FIRST], [])
        client.say(type="ask", id="q2", text=QUESTION)
        get(client, "q2")
        told = server.asked[2]["messages"]
        assert [m["content"] for m in told if m["role"] == "assistant"] == ["“Moby Dick” by"]
    assert [m["of"] for m in client.got if m["type"] == "answer"] == ["q", "q2"]


def test_a_question_in_between_ends_the_model_and_is_answered(home: Home) -> None:
    held = threading.Event()
    with talking(home, LOOK_UP, [*words(FIRST), held, ended()]) as (client, _, server):
        client.say(type="ask", id="q", text=QUESTION)
        until_audio(client)
        client.say(type="ask", id="q2", text="Where is Dune?")
        assert client.wait("answer")["text"] == FIRST
        assert client.wait("answer")["of"] == "q2"
        assert server.left.wait(10)


def test_words_into_the_stream_end_it_and_are_answered(home: Home) -> None:
    held = threading.Event()
    with talking(home, LOOK_UP, [*words(FIRST), held, ended()]) as (client, _, server):
        client.say(type="ask", id="q", text=QUESTION)
        until_audio(client)
        client.speak(1, 0.0, 0.3, mode="open")
        client.tone(1, 0.3, 1.0)
        assert client.wait("flush")["reason"] == "interrupted"
        client.silence(1, 1.5)
        assert server.left.wait(10)
        while not any(m["type"] == "answer" and m["of"].startswith("turn-") for m in client.got):
            client.take(client.socket.recv(timeout=30))
    spoken = next(m for m in client.got if m["type"] == "answer" and m["of"].startswith("turn-"))
    assert "Dune" in spoken["text"]


def test_after_a_false_interruption_the_stream_goes_on(home: Home) -> None:
    held = threading.Event()
    with talking(home, LOOK_UP, [*words(FIRST), held, *words(f" {SECOND}"), ended()]) as (client, parts, _):
        parts.ears = Ears({"en": StreamingTranscriber("")})
        client.say(type="ask", id="q", text=QUESTION)
        until_audio(client)
        client.speak(1, 0.0, 0.3, mode="open")
        client.tone(1, 0.3, 1.0)
        assert client.wait("flush")["reason"] == "interrupted"
        client.silence(1, 1.5)
        again = client.wait("speech_start")
        held.set()
        while not any(m["type"] == "speech_end" and m["utterance"] == again["utterance"] for m in client.got):
            client.take(client.socket.recv(timeout=30))
    said = "".join(
        m["text"] for m in client.got if m["type"] == "speech_clause" and m["utterance"] == again["utterance"]
    )
    assert said.endswith(SECOND)
    assert next(m for m in client.got if m["type"] == "answer")["text"] == f"{FIRST} {SECOND}"


def test_a_spoken_question_reaches_the_model_too(home: Home) -> None:
    with talking(home, LOOK_UP, [*words(FIRST), ended()]) as (client, parts, server):
        parts.ears = Ears({"en": StreamingTranscriber(QUESTION.lower())})
        client.speak(1, 0.3, 1.0, mode="open")
        client.silence(1, 2.0)
        assert client.wait("answer")["text"] == FIRST
        assert len(server.asked) == 2
        trace = client.wait("turn_trace")
    assert trace["first_token_s"] <= trace["sent_s"]


BROKEN: dict[str, Turn] = {
    "hangs": Turn(words(FIRST), hang=True),
    "breaks off": Turn(words(FIRST), cut=True),
    "babbles": Turn([*words(FIRST), b"data: {not json\n\n"]),
    "bytes of nothing": Turn([*words(FIRST), bytes(range(256)) * 8]),
    "half a call": Turn([*words(FIRST), *tool_call("find", {"query": "whales"})[:-1], ended("tool_calls")]),
    "half a sentence": Turn([*words(f"{FIRST} It opens at"), ended("length")]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_model_that_fails_in_mid_answer_is_told_and_the_visit_goes_on(home: Home, name: str) -> None:
    with talking(home, LOOK_UP, BROKEN[name]) as (client, _, __):
        client.say(type="ask", id="q", text=QUESTION)
        until_audio(client)
        answer = get(client, "q")
        assert answer["text"].startswith(FIRST)
        assert ("couldn't finish" in answer["text"]) == (name != "half a sentence")
        assert "opens at" not in answer["text"]
        assert client.codes() == []
        client.say(type="ask", id="q2", text="Where is Dune?")
        assert "Dune" in get(client, "q2")["text"]


DEAD: dict[str, Turn] = {
    "silent": Turn(silent=True),
    "hangs": Turn(hang=True),
    "broken": Turn(status=500),
    "garbage": Turn([bytes(range(256)) * 8]),
    "half a call": Turn([*tool_call("find", {"query": "whales"})[:-1], ended("tool_calls")]),
    "empty": Turn([ended()]),
    "lies": Turn([*words("The library closes at 3:15."), ended()]),
}


@pytest.mark.parametrize("name", DEAD)
def test_a_model_that_gives_nothing_leaves_the_grounded_reply(home: Home, name: str) -> None:
    with talking(home, DEAD[name]) as (client, parts, _):
        client.say(type="ask", id="q", text=QUESTION)
        answer = get(client, "q")
        assert answer["refused"] or answer["clarify"]
        assert answer["utterance"] is not None
        assert client.codes() == []
        client.say(type="ask", id="q2", text="Where is Dune?")
        assert "Dune" in get(client, "q2")["text"]
        until(lambda: parts.workers.waiting("composing") == 0)


def test_a_model_that_outlasts_its_thread_is_given_up_in_words(home: Home) -> None:
    held = threading.Event()
    with talking(home, LOOK_UP, [*words(FIRST), held, ended()]) as (client, parts, server):
        parts.workers._sizes["composing"] = PoolSize(2, 4, 1.5)
        client.say(type="ask", id="q", text=QUESTION)
        answer = get(client, "q")
        assert not held.is_set()
        assert answer["text"].startswith(FIRST) or answer["refused"]
        assert answer["refused"] or "couldn't finish" in answer["text"]
        assert server.left.wait(10)


def test_a_model_server_that_is_gone_leaves_the_grounded_reply(home: Home) -> None:
    with talking(home, LOOK_UP) as (client, parts, server):
        with serve_model(LOOK_UP) as gone:
            url = gone.url
        assert url != server.url
        parts.mind = ThinkingMind(home.dialogue, OpenAIModel(OpenAISettings(url, "tiny")))
        client.say(type="ask", id="q", text=QUESTION)
        answer = get(client, "q")
        assert answer["refused"] or answer["clarify"]
        assert server.asked == []


def test_a_reader_does_not_wait_for_a_slow_model_for_ever(home: Home) -> None:
    held = threading.Event()
    with talking(home, [held, *LOOK_UP]) as (client, parts, server):
        parts.patience_s = 0.05
        client.say(type="ask", id="q", text=QUESTION)
        answer = get(client, "q")
        assert answer["refused"] or answer["clarify"]
        assert not held.is_set()
        assert not server.asked or server.left.wait(10)


def test_a_new_reader_hears_nothing_of_an_answer_that_is_still_written(home: Home) -> None:
    held = threading.Event()
    with talking(home, LOOK_UP, [*words(FIRST), held, *words(f" {SECOND}"), ended()]) as (client, _, server):
        client.say(type="ask", id="q", text=QUESTION)
        until_audio(client)
        client.say(type="reset")
        client.wait("flush")
        assert server.left.wait(10)
        client.say(type="ask", id="q2", text="Say that again")
        answer = get(client, "q2")
    assert "Moby" not in answer["text"]
    assert [m["of"] for m in client.got if m["type"] == "answer"] == ["q2"]
