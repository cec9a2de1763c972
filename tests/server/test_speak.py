"""Speaking, in virtual time: order, clock, replacement, interruption, what was heard, failure."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from server.journeys.speak import Voice
from server.journeys.utterance import heard_text
from server.line import Line
from server.sessions import Sessions
from server.telemetry import Telemetry
from server.workers import Workers
from tests.server.scripted import LETTER_S, ScriptedSpeaker, VirtualClock
from wire.audio import AudioFrame, decode_audio
from wire.messages.session import Hello
from wire.messages.speech import SpeechClause, TimedWord

TEXT = "It is on level two, near the window. Take the stairs up. Then turn left at the desk."


class Room:
    """A voice with everything around it, and what its client got."""

    def __init__(self, speaker: ScriptedSpeaker | None, capabilities: tuple[str, ...] = ("speech_out",)) -> None:
        self.clock = VirtualClock()
        self.line = Line(self.clock, self.clock.sleep)
        hello = Hello(version=1, client="test", capabilities=capabilities)
        self.visit, _ = Sessions(("en", "zh")).open(hello, 0.0)
        self.workers = Workers()
        self.cuts: list[tuple[str, str]] = []
        self.voice = Voice(
            self.line, self.visit, speaker, self.workers, Telemetry(), lambda of, text: self.cuts.append((of, text))
        )
        self.got: list[dict[str, Any] | AudioFrame] = []

    def receive(self) -> None:
        while (frame := self.line.box.take(self.clock.now)) is not None:
            self.got.append(json.loads(frame) if isinstance(frame, str) else decode_audio(frame))
            self.line.tell_sounding()

    async def settle(self, until: Callable[[], bool]) -> None:
        """Let real threads and virtual time go on until something is so."""
        for _ in range(20_000):
            self.receive()
            if until():
                return
            wait_s = self.line.box.wait_s(self.clock.now)
            if wait_s is not None:
                self.clock.now += wait_s + 1e-6
            await asyncio.sleep(0)
            await asyncio.to_thread(lambda: None)
        raise AssertionError("it never came to that")

    def types(self) -> list[str]:
        return [m["type"] for m in self.got if isinstance(m, dict)]

    def of_type(self, kind: str) -> list[dict[str, Any]]:
        return [m for m in self.got if isinstance(m, dict) and m["type"] == kind]

    def audio(self) -> list[AudioFrame]:
        return [m for m in self.got if isinstance(m, AudioFrame)]


def play(room: Room, script: Callable[[Room], Awaitable[None]]) -> Room:
    async def go() -> None:
        task = asyncio.ensure_future(room.voice.run())
        try:
            await asyncio.wait_for(script(room), 20)
        finally:
            task.cancel()
            room.workers.close()

    asyncio.run(go())
    return room


def test_an_answer_is_spoken_clause_by_clause_on_one_sample_clock() -> None:
    async def script(room: Room) -> None:
        assert room.voice.say(TEXT, "en", "q1", "answer", room.clock.now) == 1
        await room.settle(lambda: "speech_end" in room.types())

    room = play(Room(ScriptedSpeaker()), script)
    clauses = room.of_type("speech_clause")
    assert room.types()[:2] == ["state", "speech_start"]
    assert "".join(c["text"] for c in clauses) == TEXT
    assert [c["index"] for c in clauses] == list(range(len(clauses)))
    assert clauses[0]["start_s"] == 0
    for before, after in itertools.pairwise(clauses):
        assert after["start_s"] == pytest.approx(before["end_s"])
        assert before["words"][-1]["end_s"] <= before["end_s"] + 1e-6
        assert after["words"][0]["start_s"] >= after["start_s"] - 1e-6
    frames = room.audio()
    at = 0
    for number, frame in enumerate(frames):
        assert (frame.sequence, frame.first_sample, frame.stream) == (number, at, 1)
        at += frame.count
    assert room.of_type("speech_end")[0]["duration_s"] == pytest.approx(at / 16000)
    assert clauses[-1]["end_s"] == pytest.approx(at / 16000)
    order = [m["type"] if isinstance(m, dict) else "audio" for m in room.got]
    assert order.index("speech_clause") < order.index("audio")
    assert room.types()[-2:] == ["speech_end", "state"]


def test_an_interruption_flushes_and_keeps_only_what_was_heard() -> None:
    async def script(room: Room) -> None:
        room.voice.say(TEXT, "en", "q1", "answer", room.clock.now)
        await room.settle(lambda: len(room.audio()) * 0.04 > 1.4)
        room.clock.now += 0.0
        heard_until = room.clock.now
        assert room.voice.stop("interrupted")
        room.receive()
        count = len(room.audio())
        assert room.types()[-1] == "flush"
        assert room.line.box.empty
        await room.settle(lambda: True)
        room.voice.played(1, 0.62)
        assert len(room.audio()) == count
        assert heard_until > 1000

    room = play(Room(ScriptedSpeaker()), script)
    assert room.of_type("flush")[0] == {"type": "flush", "utterance": 1, "reason": "interrupted"}
    assert room.cuts[0][0] == "q1"
    assert TEXT.startswith(room.cuts[0][1])
    assert len(room.cuts[0][1]) < len(TEXT)
    assert room.cuts[-1] == ("q1", "It is on")  # 0.62 s at 0.05 s a letter, by the client's own report
    assert LETTER_S == 0.05


def test_a_ducked_answer_is_softer_and_a_held_one_waits_where_it_is() -> None:
    async def script(room: Room) -> None:
        room.voice.say(TEXT, "en", "q1", "answer", room.clock.now)
        await room.settle(lambda: len(room.audio()) > 3)
        room.voice.duck(1, 0.25)
        room.voice.duck(1, 0.0)
        room.receive()
        count, heard = len(room.audio()), room.voice._recent[-1].heard_s(room.clock.now)
        room.clock.now += 5.0
        room.receive()
        assert len(room.audio()) == count
        assert room.voice._recent[-1].heard_s(room.clock.now) == heard
        room.voice.duck(1, 1.0)
        await room.settle(lambda: "speech_end" in room.types())

    room = play(Room(ScriptedSpeaker()), script)
    assert [(m["utterance"], m["gain"]) for m in room.of_type("duck")] == [(1, 0.25), (1, 0.0), (1, 1.0)]
    assert [frame.sequence for frame in room.audio()] == list(range(len(room.audio())))
    assert room.of_type("flush") == []
    assert room.cuts == []


def test_after_a_false_interruption_she_goes_on_at_the_clause_she_was_in() -> None:
    async def script(room: Room) -> None:
        room.voice.say(TEXT, "en", "q1", "answer", room.clock.now)
        await room.settle(lambda: len(room.audio()) * 0.04 > 3.2)
        room.voice.stop("interrupted")
        room.receive()
        room.voice.played(1, 1.5)  # within "near the window. "
        assert room.voice.resume(1) == 2
        await room.settle(lambda: "speech_end" in room.types())
        assert room.cuts[-1] == ("q1", TEXT)
        room.voice.say(TEXT, "en", "q2", "answer", room.clock.now)

    room = play(Room(ScriptedSpeaker()), script)
    clauses = room.of_type("speech_clause")
    again = "".join(clause["text"] for clause in clauses if clause["utterance"] == 2)
    assert again == "near the window. Take the stairs up. Then turn left at the desk."
    assert room.of_type("speech_start")[1]["of"] == "q1"


def test_what_is_said_again_and_cut_again_is_kept_with_what_was_said_before() -> None:
    async def script(room: Room) -> None:
        room.voice.say(TEXT, "en", "q1", "answer", room.clock.now)
        await room.settle(lambda: len(room.audio()) * 0.04 > 3.2)
        room.voice.stop("interrupted")
        room.voice.played(1, 1.5)
        room.voice.resume(1)
        await room.settle(lambda: any(frame.stream == 2 for frame in room.audio()))
        room.voice.stop("interrupted")
        room.voice.played(2, 0.47)

    assert play(Room(ScriptedSpeaker()), script).cuts[-1] == ("q1", "It is on level two, near the")


def test_a_spoken_questions_answer_waits_for_the_one_before_it() -> None:
    async def script(room: Room) -> None:
        room.voice.say("It is upstairs.", "en", "q1", "answer", room.clock.now, after=True)
        await room.settle(lambda: len(room.audio()) > 3)
        room.voice.say("It is downstairs.", "en", "q2", "answer", room.clock.now, after=True)
        await room.settle(lambda: len(room.of_type("speech_end")) == 2)

    room = play(Room(ScriptedSpeaker()), script)
    assert room.of_type("flush") == []
    assert [m["of"] for m in room.of_type("speech_start")] == ["q1", "q2"]


def test_a_prepared_clause_is_made_once() -> None:
    async def script(room: Room) -> None:
        room.voice.prepare(TEXT, "en")
        await room.settle(lambda: len(speaker.said) == 1)
        room.voice.say(TEXT, "en", "q1", "answer", room.clock.now)
        await room.settle(lambda: "speech_end" in room.types())

    speaker = ScriptedSpeaker()
    room = play(Room(speaker), script)
    assert "".join(clause["text"] for clause in room.of_type("speech_clause")) == TEXT
    assert len(speaker.said) == len(set(speaker.said)) == len(room.of_type("speech_clause"))


def test_a_new_answer_replaces_the_old_one() -> None:
    async def script(room: Room) -> None:
        room.voice.say(TEXT, "en", "q1", "answer", room.clock.now)
        await room.settle(lambda: len(room.audio()) > 3)
        room.voice.say("Hello there.", "en", "q2", "answer", room.clock.now)
        await room.settle(lambda: "speech_end" in room.types())

    room = play(Room(ScriptedSpeaker()), script)
    assert room.of_type("flush")[0]["reason"] == "replaced"
    assert room.of_type("speech_end")[0]["utterance"] == 2
    assert {f.stream for f in room.audio()[-5:]} == {2}


def test_a_step_waits_for_the_answer_and_replaces_an_older_step() -> None:
    async def script(room: Room) -> None:
        room.voice.say("It is upstairs.", "en", "q1", "answer", room.clock.now)
        await room.settle(lambda: len(room.audio()) > 3)
        room.voice.say("Turn left.", "en", "g1", "step", room.clock.now)
        room.voice.say("Turn right.", "en", "g1", "step", room.clock.now)
        await room.settle(lambda: len(room.of_type("speech_end")) == 2)

    speaker = ScriptedSpeaker()
    room = play(Room(speaker), script)
    assert room.of_type("flush") == []
    assert speaker.said == ["It is upstairs.", "Turn right."]


def test_without_a_voice_or_when_unwanted_nothing_is_spoken() -> None:
    assert Room(None).voice.say("Hi.", "en", "q", "answer", 0.0) is None
    assert Room(ScriptedSpeaker(), ()).voice.say("Hi.", "en", "q", "answer", 0.0) is None
    quiet = Room(ScriptedSpeaker())
    quiet.visit.speech_on = False
    assert quiet.voice.say("Hi.", "en", "q", "answer", 0.0) is None
    assert Room(ScriptedSpeaker()).voice.say("  ", "en", "q", "answer", 0.0) is None


@pytest.mark.parametrize(("word", "flushed"), [("level", False), ("stairs", True)])
def test_a_broken_engine_is_told_and_the_voice_goes_on(word: str, flushed: bool) -> None:
    async def script(room: Room) -> None:
        room.voice.say(TEXT, "en", "q1", "answer", room.clock.now)
        await room.settle(lambda: "error" in room.types() and (not flushed or "flush" in room.types()))
        room.voice.say("Hello there.", "en", "q2", "answer", room.clock.now)
        await room.settle(lambda: "speech_end" in room.types())

    room = play(Room(ScriptedSpeaker(fails_on=word)), script)
    error = room.of_type("error")[0]
    assert (error["code"], error["of"], error["retryable"]) == ("speaking_unavailable", "q1", True)
    assert "broken" not in error["message"]
    assert [m["reason"] for m in room.of_type("flush")] == (["failed"] if flushed else [])


def test_heard_text_ends_with_the_last_word_heard_whole() -> None:
    words = tuple(TimedWord(text=t, start_s=i, end_s=i + 1) for i, t in enumerate(["On", "level", "two."]))
    first = SpeechClause(utterance=1, index=0, text="On level two. ", start_s=0, end_s=3, words=words, visemes=())
    han = tuple(TimedWord(text=t, start_s=3 + i, end_s=4 + i) for i, t in enumerate("在二层"))
    second = SpeechClause(utterance=1, index=1, text="在二层。", start_s=3, end_s=6, words=han, visemes=())
    assert heard_text([first, second], 0.5) == ""
    assert heard_text([first, second], 2.5) == "On level"
    assert heard_text([first, second], 3.0) == "On level two. "
    assert heard_text([first, second], 5.0) == "On level two. 在二"
    assert heard_text([first, second], 99.0) == "On level two. 在二层。"
