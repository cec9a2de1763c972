"""A real client at a real server: the journeys of house.md over the real socket."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from server.parts import Parts
from tests.server.client import Client
from tests.server.world import HERE

Connect = Callable[..., Client]


def test_hello_is_welcomed_with_what_the_server_can_do(connect: Connect) -> None:
    client = connect()
    welcome = client.welcome
    assert client.socket.subprotocol == "shelfway.v1"
    assert (welcome["resumed"], welcome["plan_revision"], welcome["lang"]) == (False, "r1", "en")
    assert welcome["listening"]["en"] is True
    assert welcome["listening"]["zh"] is False
    assert "打字" in welcome["listening"]["note"]["zh"]
    assert welcome["speaking"] == ["en", "zh"]
    assert welcome["here"] == {"east_m": HERE.point[0], "north_m": HERE.point[1], "level": 0}
    assert welcome["max_frame_bytes"] == 65536


def test_a_typed_question_is_answered_in_text_and_speech(connect: Connect) -> None:
    client = connect()
    client.say(type="ask", id="q1", text="Where is the test book?")
    answer = client.wait("answer", of="q1")
    assert answer["items"][0]["shelf"]["range_id"] == "S1"
    assert answer["items"][0]["shelf"]["bay"] == 2
    start = client.wait("speech_start")
    assert (start["utterance"], start["of"], start["generated"]) == (answer["utterance"], "q1", True)
    clause = client.wait("speech_clause", index=1)
    assert clause["words"]
    assert clause["visemes"]
    end = client.wait("speech_end")
    seconds = sum(frame.duration_s for frame in client.audio)
    assert end["duration_s"] == pytest.approx(seconds)
    assert client.wait("state")["state"] == "idle"
    assert [m["state"] for m in client.got if m["type"] == "state"][:2] == ["thinking", "speaking"]


def test_gestures_and_the_clients_own_face_come_with_the_speech(connect: Connect) -> None:
    client = connect(capabilities=["speech_out", "vrm"])
    client.say(type="ask", id="q1", text="Where is the test book?")
    assert client.wait("speech_start")["faces"]["vrm"]["aa"] == {"aa": 1.0}
    clause = client.wait("speech_clause", index=0)
    assert [(cue["kind"], cue["at"], cue["range_id"], cue["bay"]) for cue in clause["cues"]] == [
        ("look", "shelf", "S1", 2), ("point", "shelf", "S1", 2),
    ]  # fmt: skip
    assert all(clause["start_s"] <= cue["start_s"] < cue["end_s"] <= clause["end_s"] for cue in clause["cues"])


def test_without_speech_out_only_text_comes(connect: Connect) -> None:
    client = connect(capabilities=["captions"])
    client.say(type="ask", id="q1", text="Where is the test book?")
    assert client.wait("answer")["utterance"] is None
    client.say(type="ping", id="p")
    assert client.wait("pong")["id"] == "p"
    assert not client.audio


def test_a_spoken_question_is_heard_and_answered(connect: Connect) -> None:
    client = connect()
    client.speak(1, 0.3, 1.0)
    heard = client.wait("heard")
    assert (heard["text"], heard["final"], heard["rejected"], heard["stream"]) == (
        "where is the test book", True, False, 1,
    )  # fmt: skip
    assert client.wait("answer")["of"] == heard["of"]
    assert client.wait("speech_start")["of"] == heard["of"]


@pytest.mark.parametrize("rate", [8000, 48000])
def test_any_microphone_rate_is_heard(rate: int, connect: Connect) -> None:
    client = connect()
    client.speak(1, 0.3, 0.5, rate=rate)
    assert client.wait("heard")["text"]


def test_what_is_not_understood_is_said_so(connect: Connect) -> None:
    client = connect()
    client.speak(1, 0.01, 0.5)
    assert client.wait("heard")["rejected"] is True
    assert "type" in client.wait("error", code="nothing_understood")["message"]


def test_a_broken_ear_offers_typing_and_typing_works(connect: Connect) -> None:
    client = connect()
    client.speak(1, 0.99, 0.5)
    assert "type" in client.wait("error", code="listening_unavailable")["message"]
    client.say(type="ask", id="q", text="Where is the test book?")
    assert client.wait("answer", of="q")


def test_a_language_that_cannot_be_heard_offers_typing(connect: Connect) -> None:
    client = connect()
    client.say(type="listen", stream=1, mode="push", sample_rate=16000, lang="zh")
    assert "打字" in client.wait("error", code="listening_unavailable")["message"]


def test_a_turn_that_is_too_long_is_told_and_its_beginning_heard(connect: Connect) -> None:
    client = connect()
    client.speak(1, 0.3, 21.0)
    client.wait("error", code="too_long")
    assert client.wait("heard")["text"]


def test_a_slip_on_the_button_is_no_turn(connect: Connect) -> None:
    client = connect()
    client.speak(1, 0.3, 0.1)
    assert client.wait("state", state="idle")
    client.speak(2, 0.3, 0.5)
    assert client.wait("heard")["stream"] == 2


def test_in_an_open_room_turns_are_found_by_their_pauses(connect: Connect) -> None:
    client = connect()
    client.speak(1, 0.3, 1.0, mode="open")
    client.silence(1, 1.0)
    heard = client.wait("heard")
    assert heard["text"]
    assert client.wait("answer")["of"] == heard["of"]
    client.wait("speech_clause")
    client.tone(1, 0.3, 0.9)  # the reader speaks into the answer
    assert client.wait("flush")["reason"] == "interrupted"
    client.silence(1, 1.0)
    assert client.wait("heard")["of"] != heard["of"]


def test_sounds_that_are_no_turn_are_ignored_in_an_open_room(connect: Connect) -> None:
    client = connect()
    client.speak(1, 0.3, 0.08, mode="open")
    client.silence(1, 1.2)
    client.say(type="listen_end", stream=1)
    client.say(type="ping", id="after")
    client.wait("pong")
    assert "heard" not in [m["type"] for m in client.got]
    assert client.codes() == []


def test_an_interruption_flushes_and_cuts_the_history(connect: Connect, parts: Parts) -> None:
    client = connect()
    client.say(type="ask", id="q1", text="Where is the test book?")
    utterance = client.wait("speech_clause")["utterance"]
    client.say(type="playback", utterance=utterance, played_s=0.0)
    client.say(type="interrupt")
    assert client.wait("flush") == {"type": "flush", "utterance": utterance, "reason": "interrupted"}
    client.say(type="playback", utterance=utterance, played_s=0.52)
    client.say(type="ask", id="q2", text="And then?")
    client.wait("answer", of="q2")
    memory = parts.mind.asked[-1][0]  # type: ignore[attr-defined]
    assert memory.turns[-1] == ("Where is the test book?", "It stands")


def test_speech_can_be_switched_off_and_on(connect: Connect) -> None:
    client = connect()
    client.say(type="set_speech", on=False)
    client.say(type="ask", id="q1", text="Where is the test book?")
    assert client.wait("answer")["utterance"] is None
    client.say(type="set_speech", on=True)
    client.say(type="ask", id="q2", text="Where is the test book?")
    assert client.wait("answer", of="q2")["utterance"] is not None


def test_the_chosen_language_goes_with_the_questions(connect: Connect, parts: Parts) -> None:
    client = connect()
    client.say(type="set_language", lang="zh")
    client.say(type="guide", id="g", to="Narnia")
    assert "没有" in client.wait("error", code="unknown_place")["message"]


def test_being_led_to_a_record(connect: Connect) -> None:
    client = connect()
    client.say(type="guide", id="g1", record_id="b1")
    route = client.wait("route")
    assert (route["revision"], route["of"], route["reason"]) == (1, "g1", "start")
    assert (route["range_id"], route["bay"]) == ("S1", 2)
    assert route["goal"]["zh"]
    points = route["route"]["points"]
    assert route["route"]["length_m"] > 3
    assert client.wait("step_due")["text"]
    (east, north, level) = points[-1]
    (first_east, first_north, _) = points[0]
    middle = {"east_m": (first_east + east) / 2, "north_m": (first_north + north) / 2, "level": level}
    client.say(type="pose", **middle, heading_deg=90.0)
    while (progress := client.wait("progress"))["along_m"] == 0:
        pass  # the one of the start
    assert progress["along_m"] < route["route"]["length_m"]
    client.say(type="pose", east_m=east, north_m=north, level=level)
    arrived = client.wait("arrived")
    assert (arrived["range_id"], arrived["bay"], arrived["level"]) == ("S1", 2, 0)
    assert arrived["text"]


def test_leaving_the_path_gives_a_new_route(connect: Connect) -> None:
    client = connect(at={"east_m": 2.0, "north_m": 9.0, "level": 0})
    client.say(type="guide", id="g1", to="Toilet")
    assert client.wait("route")["revision"] == 1
    client.say(type="pose", east_m=10.0, north_m=0.3, level=0)
    again = client.wait("route")
    assert (again["revision"], again["reason"]) == (2, "off_route")
    assert again["route"]["points"][0][:2] == pytest.approx([10.0, 0.3], abs=0.5)


def test_an_answer_that_leads_starts_the_guidance_from_where_the_reader_is(connect: Connect) -> None:
    client = connect(at={"east_m": 5.0, "north_m": 5.0, "level": 0})
    client.say(type="ask", id="q1", text="take me to the test book")
    answer = client.wait("answer")
    assert answer["route"]["points"][0][:2] == pytest.approx([5.0, 5.0], abs=0.5)
    route = client.wait("route")
    assert (route["of"], route["range_id"], route["bay"]) == ("q1", "S1", 2)
    assert route["route"]["points"] == answer["route"]["points"]
    client.say(type="stop_guide")
    assert client.wait("guide_stopped") == {"type": "guide_stopped", "of": "q1", "reason": "asked"}


@pytest.mark.parametrize(
    ("goal", "code"),
    [
        ({"to": "Narnia"}, "unknown_place"),
        ({"record_id": "zz"}, "unknown_record"),
        ({"record_id": "b2"}, "no_shelf"),
        ({}, "unknown_place"),
    ],
)
def test_a_goal_that_is_none_is_refused(goal: dict[str, Any], code: str, connect: Connect) -> None:
    client = connect()
    client.say(type="guide", id="g1", **goal)
    assert client.wait("error")["code"] == code


def test_no_way_is_an_answer(connect: Connect) -> None:
    client = connect()
    client.say(type="guide", id="g1", to="Cell")
    assert client.wait("no_way")["reason"]


def test_a_reset_forgets_the_visit(connect: Connect, parts: Parts) -> None:
    client = connect()
    client.say(type="ask", id="q1", text="take me to the test book")
    client.wait("route")
    client.say(type="set_language", lang="zh")
    client.say(type="reset")
    assert client.wait("guide_stopped")["reason"] == "reset"
    client.say(type="ask", id="q2", text="Where is the test book?")
    client.wait("answer", of="q2")
    memory = parts.mind.asked[-1][0]  # type: ignore[attr-defined]
    assert (memory.turns, memory.lang) == ((), "en")


def test_a_broken_connection_is_resumed_with_conversation_and_guidance(connect: Connect, parts: Parts) -> None:
    client = connect()
    client.say(type="ask", id="q1", text="take me to the test book")
    client.wait("route")
    client.socket.socket.close()  # the network is gone: no closing handshake
    again = connect(resume=client.welcome["session"])
    assert again.welcome["resumed"] is True
    assert again.wait("route")["of"] == "q1"
    again.say(type="ask", id="q2", text="Where is the test book?")
    again.wait("answer", of="q2")
    assert len(parts.mind.asked[-1][0].turns) == 1  # type: ignore[attr-defined]


def test_a_visit_resumed_elsewhere_leaves_the_old_connection(connect: Connect) -> None:
    old = connect()
    new = connect(resume=old.welcome["session"])
    assert old.code_when_closed() == 1000
    new.say(type="ping", id="x")
    assert new.wait("pong")


def test_a_reset_keeps_an_open_microphone_open(connect: Connect) -> None:
    client = connect()
    client.speak(1, 0.0, 0.4, mode="open")
    client.say(type="reset")
    client.tone(1, 0.3, 1.0)
    client.silence(1, 1.0)
    assert client.wait("heard")["text"]
