"""The reader's voice while the librarian speaks, on scripted time."""

from __future__ import annotations

import pytest

from avatars.playing import Playing
from avatars.turn import TurnCore
from avatars.turn_text import after_wake, is_back_channel, is_echo
from avatars.turn_values import Commit, Duck, Ignore, Resume, StartThinking, StopSpeaking, TurnSettings
from tests.avatars_voice.turn_script import Script, answering, kinds


def test_voice_makes_her_soft_within_100_ms_and_silent_within_300_ms() -> None:
    script = answering()
    before_s = script.at_s
    script.speak(0.6)
    ducks = [(at_s - before_s, c.gain) for at_s, c in script.log if isinstance(c, Duck)]
    assert [gain for _, gain in ducks] == [0.25, 0.0]
    assert ducks[0][0] <= 0.1
    assert ducks[1][0] <= 0.3
    assert not any(isinstance(c, StopSpeaking) for _, c in script.log)


def test_long_voice_interrupts_whatever_it_says_and_she_is_kept_as_far_as_heard() -> None:
    script = answering()
    commands = script.speak(1.0)
    assert kinds(commands) == ["BeginTurn", "Duck", "Duck", "StopSpeaking", "Commit"]
    commit = commands[-1]
    assert isinstance(commit, Commit)
    assert commit.heard_s == pytest.approx(1.24)  # until she waited in silence
    assert not script.core.speaking


def test_understood_words_interrupt_at_once() -> None:
    script = answering()
    script.speak(0.3)
    assert script.core.partial(script.at_s, 1, "flow") == ()  # as short as a hum, and no word that stops
    assert kinds(list(script.core.partial(script.at_s, 1, "wait where"))) == ["StopSpeaking", "Commit"]
    script.says = "wait where is the lift"
    assert script.quiet(1.0)[-1] == StartThinking(1, "wait where is the lift")


def test_a_short_word_interrupts_when_it_is_understood() -> None:
    script = answering(says="stop")
    script.speak(0.4)
    commands = script.quiet(1.0)
    assert kinds(commands)[:3] == ["Guess", "StopSpeaking", "Commit"]
    assert commands[-1] == StartThinking(1, "stop")


@pytest.mark.parametrize("sound", ["uh-huh", "mm", "mm-hmm", "嗯", "哦", "好的", "I see", "ok"])
@pytest.mark.parametrize("seconds", [0.18, 0.3, 0.5, 0.66])
def test_a_back_channel_does_not_interrupt(sound: str, seconds: float) -> None:
    script = answering(says=sound)
    script.speak(seconds)
    commands = script.quiet(1.0)
    assert not any(isinstance(c, StopSpeaking) for _, c in script.log)
    assert Ignore(1, "back-channel") in commands
    assert [c for _, c in script.log if isinstance(c, Duck)][-1] == Duck("u1", 1.0)
    assert script.core.speaking
    assert not script.core.listening


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("Odyssey", False),
        ("where are loo", False),
        ("等一下", True),
        ("excuse me", True),
        ("几点关门", True),
        ("三体", False),
    ],
)
def test_a_few_words_in_a_short_sound_interrupt_only_when_they_would(text: str, stops: bool) -> None:
    script = answering(says=text)
    script.speak(0.5)
    assert ("StopSpeaking" in kinds(script.quiet(1.0))) is stops


def test_she_does_not_wait_long_for_a_slow_ear_but_still_stops_when_it_has_heard() -> None:
    script = answering()
    script.speak(0.4)
    commands = script.quiet(0.5)
    assert Duck("u1", 1.0) in commands
    assert kinds(list(script.core.transcript(script.at_s, 1, "stop"))) == ["StopSpeaking", "Commit", "StartThinking"]


def test_what_is_too_short_for_words_is_a_back_channel() -> None:
    script = answering()
    assert kinds(script.speak(0.1)) == ["BeginTurn", "Duck"]
    assert script.quiet(0.5) == [Ignore(1, "back-channel"), Duck("u1", 1.0)]


def test_noise_that_stopped_her_lets_her_go_on_at_the_clause_she_was_in() -> None:
    script = answering(says="")
    assert StopSpeaking("u1") in script.speak(1.0)
    assert script.quiet(1.0)[-2:] == [Ignore(1, "rejected"), Resume("u1")]


def test_after_two_false_alarms_only_words_interrupt() -> None:
    script = answering(says="")
    for _ in range(2):
        script.speak(0.4)
        script.quiet(1.5)
    softened = len([c for _, c in script.log if isinstance(c, Duck)])
    script.speak(2.0)
    assert len([c for _, c in script.log if isinstance(c, Duck)]) == softened
    assert script.core.speaking
    assert kinds(list(script.core.partial(script.at_s, 3, "where is the lift"))) == ["StopSpeaking", "Commit"]


def test_what_was_not_understood_before_a_pause_still_belongs_to_the_turn() -> None:
    script = answering(says="")
    script.speak(0.4)
    assert Duck("u1", 1.0) in script.quiet(0.4)
    script.says = "where is the lift"
    script.speak(0.4)
    assert script.quiet(1.0)[-1] == StartThinking(1, "where is the lift")


def test_her_own_words_coming_back_are_dropped() -> None:
    script = answering(says="is on the second floor behind")
    script.speak(0.6)
    assert script.quiet(1.0)[-2:] == [Ignore(1, "echo"), Duck("u1", 1.0)]


def test_the_first_moment_of_an_answer_is_taken_for_its_echo() -> None:
    script = Script()
    script.core.answer_started(0.0, "u1")
    assert script.speak(0.12) == []
    assert kinds(script.speak(0.08)) == ["BeginTurn", "Duck"]


def test_scattered_noise_during_the_answer_does_not_add_up_to_an_interruption() -> None:
    script = answering()
    for _ in range(20):
        assert StopSpeaking("u1") not in script.speak(0.06) + script.quiet(0.3)


def test_pressing_the_button_interrupts_the_answer() -> None:
    script = answering()
    assert kinds(list(script.core.push_start(script.at_s))) == ["StopSpeaking", "Commit", "BeginTurn"]


def test_an_answer_that_comes_while_another_reader_speaks_waits_and_is_said_after() -> None:
    script = Script()
    script.speak(0.6)
    script.quiet(2.0)
    script.speak(0.5)
    assert script.core.answer_started(script.at_s, "u1", "It is upstairs.") == (Duck("u1", 0.0),)
    script.says = "and the lift"
    script.speak(0.5)
    commands = script.quiet(1.0)
    assert Duck("u1", 1.0) in commands
    assert not any(isinstance(c, StopSpeaking) for c in commands)
    assert commands[-1] == StartThinking(2, "and the lift")


def test_an_answer_that_comes_while_the_button_is_held_is_not_said() -> None:
    core = TurnCore()
    core.push_start(0.0)
    assert core.answer_started(0.1, "u2") == (StopSpeaking("u2"), Commit("u2", 0.0, False))


def test_going_on_into_the_answer_interrupts_it_and_is_heard_as_one_question() -> None:
    script = Script(says="where is the three body")
    script.speak(0.8)
    script.quiet(0.32)
    script.core.answer_started(script.at_s, "u1", "Which one?")
    script.quiet(0.2)
    script.speak(0.5)
    script.says = "where is the three body problem"
    commands = script.quiet(1.0)
    assert "StopSpeaking" in kinds(commands)
    assert commands[-1] == StartThinking(2, "where is the three body problem")


def test_a_listeners_sound_soon_after_the_question_does_not_stop_its_answer() -> None:
    script = Script(says="where is Emma")
    script.speak(0.8)
    script.quiet(0.32)
    script.core.answer_started(script.at_s, "u1", "On level two.")
    script.quiet(0.2)
    script.speak(0.3)
    script.says = "where is Emma mm"
    assert "StopSpeaking" not in kinds(script.quiet(1.0))


def test_an_answer_is_committed_whole_when_it_has_been_played() -> None:
    core = TurnCore()
    core.answer_started(0.0, "u1")
    assert core.playback(1.0, "u1", 1.0) == ()
    assert core.answer_ended(1.1, "u1", 3.0) == ()
    assert core.speaking
    assert core.playback(3.0, "u1", 2.98) == (Commit("u1", 3.0, True),)
    assert not core.speaking
    assert core.playback(3.1, "u1", 3.0) == ()


def test_a_client_that_never_reports_is_taken_to_play_in_real_time() -> None:
    script = Script()
    script.core.answer_started(0.0, "u1")
    script.core.answer_ended(0.1, "u1", 3.0)
    script.quiet(1.0)
    assert Commit("u1", pytest.approx(1.24), False) in script.speak(1.0)
    silent = Script()
    silent.core.answer_started(0.0, "u1")
    silent.core.answer_ended(0.1, "u1", 1.0)
    assert silent.quiet(2.9) == []
    assert silent.quiet(0.2) == [Commit("u1", 1.0, True)]


def test_a_second_answer_commits_the_first_as_far_as_heard() -> None:
    script = answering()
    assert script.core.answer_started(script.at_s, "u2") == (Commit("u1", 1.0, False),)


def test_reports_about_another_utterance_change_nothing() -> None:
    script = answering()
    assert script.core.playback(script.at_s, "old", 99.0) == ()
    assert script.core.answer_ended(script.at_s, "old", 0.0) == ()
    assert script.core.speaking


def test_holding_shorter_settings_still_order_the_steps() -> None:
    script = answering(settings=TurnSettings(duck_s=0.06, hold_s=0.12, decide_s=0.2))
    assert kinds(script.speak(0.3)) == ["BeginTurn", "Duck", "Duck", "StopSpeaking", "Commit"]


def test_playing_counts_reports_real_time_and_waits() -> None:
    silent = Playing(10.0)
    assert silent.heard(11.5) == pytest.approx(1.5)
    silent.hold(11.5)
    assert silent.heard(13.0) == pytest.approx(1.5)
    silent.release(13.0)
    assert silent.heard(13.5, 1.75) == pytest.approx(1.75)
    telling = Playing(10.0)
    telling.report(12.0, 1.2)
    assert telling.heard(12.5) == pytest.approx(1.7)
    telling.stop(12.5)
    telling.report(12.7, 1.4)
    assert telling.heard(20.0) == pytest.approx(1.4)


def test_back_channels() -> None:
    assert all(map(is_back_channel, ("Uh huh.", "mm", "嗯", "嗯嗯", "Hmm…", "mm-hmm")))
    assert not any(map(is_back_channel, ("yes", "no", "好的", "", "where")))
    assert all(is_back_channel(text, speaking=True) for text in ("好的", "OK", "yeah, right", "I see.", "明白了"))
    assert not any(is_back_channel(text, speaking=True) for text in ("no", "stop", "等一下", "ok where is it"))


def test_echo_needs_several_words_in_her_order() -> None:
    said = ["The book is on the second floor, behind the stairs.", "《三体》在二楼，书架 2-07。"]
    assert is_echo("on the second floor", said)
    assert is_echo("三体在二楼", said)
    assert not is_echo("second floor", said)
    assert not is_echo("where is the floor with the stairs", said)
    assert not is_echo("三体有没有英文版", said)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Hello Shelfway, where is Emma?", "where is Emma"),
        ("hello shelf way where is Emma", "where is Emma"),
        ("小书，三体在哪里？", "三体在哪里"),
        ("嗨，小书", ""),
        ("where is Emma", None),
        ("小书店在哪里", "店在哪里"),
        ("hello shelfways", None),
    ],
)
def test_wake_phrases(text: str, rest: str | None) -> None:
    assert after_wake(text, ("Hello Shelfway", "小书")) == rest
