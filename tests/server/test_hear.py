"""Hearing over the real socket: streams, guesses, barge-in, one queue, wake phrase."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from avatars.turn_values import TurnSettings
from server.ears import Ears
from server.parts import Parts
from server.turns import Turns
from tests.server.client import EVERYTHING, Client
from tests.server.scripted import StreamingTranscriber
from tests.server.world import LoudActivity, make_parts, running


@contextmanager
def at(engine: StreamingTranscriber, **rules: Any) -> Iterator[tuple[Client, Parts]]:
    """A client of a server that hears with this engine."""
    parts = make_parts()
    parts.ears = Ears({"en": engine})
    parts.make_turns = lambda clock: Turns(clock, LoudActivity(), replace(TurnSettings(), **rules))
    with running(parts) as port:
        client = Client(port, capabilities=[*EVERYTHING, "figures"])
        yield client, parts
        client.close()


def until(so: Callable[[], bool]) -> None:
    """Wait until something is so in the server's thread."""
    never = threading.Event()
    for _ in range(2000):
        if so():
            return
        never.wait(0.01)
    raise AssertionError("it never came to that")


def thought(parts: Parts) -> list[str]:
    """Spoken questions that the mind has been asked, warming up aside."""
    return [q.text for _, q in parts.mind.asked if "test book" in q.text or q.text == "where is"]  # type: ignore[attr-defined]


def test_what_is_understood_so_far_is_shown_while_the_reader_speaks() -> None:
    engine = StreamingTranscriber()
    with at(engine) as (client, _):
        client.speak(1, 0.3, 1.2, mode="open")
        partial = client.wait("heard_partial")
        assert "where is the test book".startswith(partial["text"])
        client.silence(1, 1.5)
        heard = client.wait("heard")
        assert (heard["of"], heard["text"]) == (partial["of"], "where is the test book")
        assert client.wait("answer")["of"] == heard["of"]


def test_a_turn_is_thought_about_in_its_pause_and_answered_once() -> None:
    engine = StreamingTranscriber()
    with at(engine) as (client, parts):
        client.speak(1, 0.3, 1.0, mode="open")
        client.silence(1, 0.2)
        until(lambda: thought(parts) == ["where is the test book"])
        assert "heard" not in [m["type"] for m in client.got]
        client.silence(1, 0.5)
        client.wait("answer")
        trace = client.wait("turn_trace")
        assert (trace["guessed"], trace["channel"]) == (True, "open")
        assert trace["heard_s"] <= trace["turn_end_s"] <= trace["sent_s"]
        assert thought(parts) == ["where is the test book"]
        assert "test book" not in str(trace)


def test_a_guess_is_thrown_away_when_the_reader_goes_on() -> None:
    engine = StreamingTranscriber("where is")
    with at(engine) as (client, parts):
        client.speak(1, 0.3, 1.0, mode="open")
        client.silence(1, 0.2)
        until(lambda: engine.finished == 1)
        engine.text = "where is the test book"
        client.tone(1, 0.3, 0.5)
        client.silence(1, 1.5)
        assert client.wait("heard")["text"] == "where is the test book"
        client.wait("answer")
        assert [m["text"] for m in client.got if m["type"] == "heard"] == ["where is the test book"]
        assert thought(parts)[-1] == "where is the test book"


def test_a_slow_ear_is_waited_for() -> None:
    engine = StreamingTranscriber()
    engine.gate.clear()
    with at(engine) as (client, _):
        client.speak(1, 0.3, 1.0, mode="open")
        client.silence(1, 2.0)
        client.wait("state", state="thinking")
        engine.gate.set()
        assert client.wait("heard")["text"] == "where is the test book"
        assert engine.finished == 1


def test_words_into_the_answer_soften_and_stop_it() -> None:
    with at(StreamingTranscriber()) as (client, _):
        client.say(type="ask", id="q", text="Where is the test book?")
        client.wait("speech_clause")
        client.speak(1, 0.0, 0.3, mode="open")
        client.tone(1, 0.3, 0.2)
        assert client.wait("duck")["gain"] == 0.25
        client.tone(1, 0.3, 0.5)
        assert client.wait("flush")["reason"] == "interrupted"
        client.silence(1, 1.5)
        assert client.wait("answer")["of"].startswith("turn-")


def test_a_back_channel_leaves_her_speaking() -> None:
    with at(StreamingTranscriber("mm")) as (client, _):
        client.say(type="ask", id="q", text="Where is the test book?")
        client.wait("speech_clause")
        client.speak(1, 0.0, 0.3, mode="open")
        client.tone(1, 0.3, 0.4)
        client.silence(1, 0.6)
        assert client.wait("duck", gain=1.0)
        assert client.wait("speech_end")
        assert "flush" not in [m["type"] for m in client.got]


def test_noise_that_stopped_her_lets_her_say_the_rest() -> None:
    with at(StreamingTranscriber("")) as (client, _):
        client.say(type="ask", id="q", text="Where is the test book?")
        client.wait("speech_clause")
        client.speak(1, 0.0, 0.3, mode="open")
        client.tone(1, 0.3, 0.9)
        client.wait("flush")
        client.silence(1, 1.5)
        start = client.wait("speech_start")
        assert start["of"] == "q"
        assert client.wait("speech_end")["utterance"] == start["utterance"]


def test_a_second_reader_is_answered_after_the_first() -> None:
    engine = StreamingTranscriber()
    with at(engine) as (client, parts):
        parts.mind.gate.clear()  # type: ignore[attr-defined]
        client.speak(1, 0.3, 0.8, mode="open")
        client.silence(1, 2.0)
        client.wait("state", state="thinking")
        client.tone(1, 0.3, 0.8)
        client.silence(1, 2.0)
        until(lambda: engine.finished == 2)
        parts.mind.gate.set()  # type: ignore[attr-defined]
        first, second = client.wait("answer")["of"], client.wait("answer")["of"]
        assert first != second
        assert [client.wait("speech_end")["utterance"] for _ in range(2)] == [1, 2]
        starts = [m["of"] for m in client.got if m["type"] == "speech_start"]
        assert starts == [first, second]
        assert "flush" not in [m["type"] for m in client.got]


def test_with_a_wake_phrase_what_is_said_to_others_is_neither_shown_nor_answered() -> None:
    engine = StreamingTranscriber("did you see the match")
    with at(engine, wake=("hello mei",)) as (client, parts):
        client.speak(1, 0.3, 1.2, mode="open")
        client.silence(1, 1.5)
        client.wait("state", state="thinking")
        client.wait("state", state="idle")
        engine.text = "hello mei where is the test book"
        client.tone(1, 0.3, 1.2)
        client.silence(1, 1.5)
        client.wait("answer")
        assert [m["text"] for m in client.got if m["type"] == "heard"] == ["hello mei where is the test book"]
        assert "heard_partial" not in [m["type"] for m in client.got]
        assert thought(parts)[-1] == "where is the test book"


def test_streams_are_abandoned_when_the_reader_leaves() -> None:
    engine = StreamingTranscriber()
    with at(engine) as (client, _):
        client.speak(1, 0.3, 1.0, mode="open")
        client.wait("heard_partial")
        client.say(type="reset")
        until(lambda: engine.abandoned == engine.opened - engine.finished)
        assert engine.opened >= 1
