"""The turn core on scripted time: when a turn begins, pauses and ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avatars.turn import TurnCore
from avatars.turn_values import (
    BeginTurn,
    CancelThinking,
    DropGuess,
    Guess,
    Ignore,
    StartThinking,
    StopSpeaking,
    Transcribe,
    TurnSettings,
)
from tests.avatars_voice.turn_script import Script, answering, kinds


def test_a_turn_begins_with_some_sound_before_it_pauses_and_ends_with_silence() -> None:
    script = Script()
    script.quiet(1.0)
    assert script.speak(1.0) == [BeginTurn(1, 0.7)]
    assert script.quiet(0.14) == [Guess(1, 0.7, 2.14)]
    assert script.quiet(0.64) == []
    assert script.quiet(0.04) == [Transcribe(1, 0.7, 2.3, "silence", guessed=True)]


@pytest.mark.parametrize(
    ("sure", "settled", "silence_s"), [(1.0, True, 0.3), (1.0, False, 0.8), (0.1, True, 1.2), (0.1, False, 1.2)]
)
def test_the_silence_that_ends_a_turn_depends_on_what_was_said(sure: float, settled: bool, silence_s: float) -> None:
    script = Script(says="where is Emma")
    script.sure, script.settled = sure, settled
    script.speak(1.0)
    script.quiet(2.0)
    assert script.when(Transcribe) == pytest.approx(1.0 + silence_s)


def test_what_was_said_is_thought_about_in_the_pause_and_answered_at_the_end() -> None:
    script = Script(says="where is Emma")
    script.speak(1.0)
    commands = script.quiet(1.0)
    assert kinds(commands) == ["Guess", "StartThinking", "Transcribe", "StartThinking"]
    assert [c.tentative for c in commands if isinstance(c, StartThinking)] == [True, False]


def test_a_guess_is_dropped_when_the_reader_goes_on_and_the_turn_stays_one() -> None:
    script = Script(says="where is")
    script.sure = 0.1
    script.speak(0.5)
    assert kinds(script.quiet(0.7)) == ["Guess", "StartThinking"]
    script.says, script.sure = "where is Emma", 1.0
    assert script.speak(0.5) == [DropGuess(1)]
    commands = script.quiet(1.0)
    assert commands[0] == Guess(1, 0.0, pytest.approx(1.84))
    assert commands[-1] == StartThinking(1, "where is Emma")
    assert len([c for c in commands if isinstance(c, Transcribe)]) == 1


def test_a_click_in_a_pause_neither_drops_the_guess_nor_delays_the_end() -> None:
    script = Script(says="where is Emma")
    script.settled = False
    script.speak(1.0)
    script.quiet(0.4)
    script.speak(0.04)
    script.quiet(0.6)
    assert not any(isinstance(c, DropGuess) for _, c in script.log)
    assert script.when(Transcribe) == pytest.approx(1.8)


def test_a_transcript_that_comes_after_the_end_is_answered_then() -> None:
    script = Script()
    script.speak(1.0)
    script.quiet(1.0)
    assert script.core.transcript(script.at_s, 1, "where is Emma") == (StartThinking(1, "where is Emma"),)
    assert script.core.transcript(script.at_s, 1, "where is Emma") == ()


def test_a_click_does_not_begin_a_turn_and_a_short_noise_is_ignored() -> None:
    script = Script()
    assert script.speak(0.04) + script.quiet(1.0) == []
    script.speak(0.1)
    assert script.quiet(1.0) == [Ignore(1, "too short")]


def test_a_turn_is_cut_at_its_longest_and_waits_for_quiet_before_the_next() -> None:
    script = Script(TurnSettings(longest_s=2.0))
    commands = script.speak(30 * 60)
    assert kinds(commands) == ["BeginTurn", "Transcribe"]
    cut = commands[1]
    assert isinstance(cut, Transcribe)
    assert (cut.reason, cut.end_s - cut.start_s <= 2.02) == ("longest", True)
    script.core.transcript(script.at_s, 1, "where is it")
    assert script.quiet(1.0) == []
    assert kinds(script.speak(0.2)) == ["BeginTurn"]


def test_the_button_bypasses_the_voice_detector() -> None:
    script = Script()
    assert script.core.push_start(0.0) == (BeginTurn(1, 0.0),)
    assert script.quiet(1.0) == []
    assert script.core.push_stop(script.at_s) == (Transcribe(1, 0.0, 1.0, "released"),)
    assert script.core.push_stop(script.at_s) == ()


def test_a_slip_of_the_button_is_ignored_and_a_held_one_is_cut_once() -> None:
    script = Script(TurnSettings(longest_s=2.0))
    script.core.push_start(0.0)
    assert script.core.push_stop(0.1) == (Ignore(1, "too short"),)
    script.core.push_start(0.2)
    assert [c.reason for c in script.speak(9.0) if isinstance(c, Transcribe)] == ["longest"]
    assert script.core.push_stop(script.at_s) == ()
    assert kinds(script.speak(0.2)) == ["BeginTurn"]


def test_going_on_before_the_answer_joins_both_parts() -> None:
    script = Script(says="where is")
    script.quiet(1.0)
    script.speak(0.6)
    assert kinds(script.quiet(0.32)) == ["Guess", "StartThinking", "Transcribe", "StartThinking"]
    assert script.speak(0.3) == [CancelThinking(1), BeginTurn(2, 0.7)]
    assert script.core.transcript(script.at_s, 1, "stale") == ()
    script.says = "where is Emma"
    assert script.quiet(1.0)[-1] == StartThinking(2, "where is Emma")


def test_speech_long_after_a_turn_is_another_turn_and_both_are_answered_in_order() -> None:
    script = Script()
    script.speak(0.6)
    script.quiet(2.0)
    assert kinds(script.speak(0.6)) == ["BeginTurn"]
    script.quiet(1.0)
    assert script.core.transcript(script.at_s, 1, "where is Emma") == (StartThinking(1, "where is Emma"),)
    assert script.core.transcript(script.at_s, 2, "where is the lift") == (StartThinking(2, "where is the lift"),)


@pytest.mark.parametrize(
    ("text", "rejected", "expected"),
    [
        ("where is Emma", False, StartThinking(1, "where is Emma")),
        ("好的", False, StartThinking(1, "好的")),
        ("", False, Ignore(1, "rejected")),
        ("where is Emma", True, Ignore(1, "rejected")),
        ("嗯。", False, Ignore(1, "back-channel")),
    ],
)
def test_a_transcript_starts_thinking_unless_it_says_nothing(text: str, rejected: bool, expected: object) -> None:
    script = Script()
    script.speak(0.5)
    script.quiet(1.0)
    assert script.core.transcript(script.at_s, 1, text, rejected) == (expected,)


def test_a_transcript_that_nobody_asked_for_is_dropped() -> None:
    assert TurnCore().transcript(0.0, 1, "hello") == ()
    assert TurnCore().partial(0.0, 1, "hello") == ()


def test_interrupt_stops_speech_and_thought() -> None:
    script = answering()
    assert kinds(list(script.core.interrupt(script.at_s))) == ["StopSpeaking", "Commit"]
    script.speak(0.5)
    script.quiet(1.0)
    assert script.core.interrupt(script.at_s) == (CancelThinking(None),)
    assert script.core.interrupt(script.at_s) == ()
    assert script.core.transcript(script.at_s, 1, "where is Emma") == ()


def test_the_end_of_the_stream_ends_the_turn() -> None:
    script = Script()
    script.speak(0.5)
    assert script.core.stream_ended(script.at_s) == (Transcribe(1, 0.0, 0.5, "ended"),)
    assert script.core.stream_ended(script.at_s) == ()


def test_with_a_wake_phrase_only_what_begins_with_it_or_follows_soon_is_for_her() -> None:
    script = Script(TurnSettings(wake=("Hello Shelfway",)), says="where is Emma")

    def say(text: str) -> list[object]:
        script.says = text
        script.speak(0.6)
        return [c for c in script.quiet(2.0) if not isinstance(c, Guess | Transcribe)]

    assert say("where is Emma") == [Ignore(1, "not addressed")]
    assert say("hello, shelfway: where is Emma?") == [
        StartThinking(2, "where is Emma", True),
        StartThinking(2, "where is Emma"),
    ]
    assert say("and the lift")[-1] == StartThinking(3, "and the lift")
    script.quiet(20.0)
    assert say("and the lift") == [Ignore(4, "not addressed")]
    assert kinds(say("Hey, hello Shelfway!"))[-1] == "Attend"  # type: ignore[arg-type]
    assert say("where is Emma")[-1] == StartThinking(6, "where is Emma")


def test_the_button_needs_no_wake_phrase() -> None:
    core = TurnCore(TurnSettings(wake=("hello shelfway",)))
    core.push_start(0.0)
    core.push_stop(1.0)
    assert core.transcript(1.0, 1, "where is Emma") == (StartThinking(1, "where is Emma"),)


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 60), st.sampled_from(["", "mm", "where is Emma", None]))))
def test_turns_end_once_in_order_and_are_never_too_long(parts: list[tuple[bool, int, str | None]]) -> None:
    script = Script(TurnSettings(longest_s=3.0))
    for number, (speech, frames, says) in enumerate(parts):
        script.says = says
        if number % 5 == 4:
            script.core.answer_started(script.at_s, f"u{number}", "It is upstairs.")
        script.run(frames * 0.02, speech)
    script.quiet(3.0)
    ended = [c for _, c in script.log if isinstance(c, Transcribe)]
    begun = [c for _, c in script.log if isinstance(c, BeginTurn)]
    assert [c.turn for c in ended] == sorted({c.turn for c in ended})
    assert all(0 <= span.start_s < span.end_s for span in ended)
    assert all(span.end_s - span.start_s <= 3.0 + 0.02 + 1e-6 for span in ended)
    assert [c.turn for c in begun] == list(range(1, len(begun) + 1))
    assert not script.core.listening
    stopped = [c.utterance for _, c in script.log if isinstance(c, StopSpeaking)]
    assert len(stopped) == len(set(stopped))
