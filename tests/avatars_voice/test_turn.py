"""The turn core on scripted time."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from avatars.engines import Word
from avatars.turn import (
    BeginTurn,
    CancelThinking,
    Command,
    Commit,
    Ignore,
    StartThinking,
    StopSpeaking,
    Transcribe,
    TurnCore,
    TurnSettings,
    heard_text,
    is_back_channel,
)


class Script:
    """Feeds frames: "speak" and "quiet" for so many seconds."""

    def __init__(self, settings: TurnSettings | None = None) -> None:
        self.core = TurnCore(settings)
        self.at_s = 0.0
        self.log: list[tuple[float, Command]] = []

    def run(self, seconds: float, speech: bool) -> list[Command]:
        done: list[Command] = []
        for _ in range(round(seconds / 0.02)):
            self.at_s = round(self.at_s + 0.02, 6)
            commands = self.core.frame(self.at_s, speech)
            self.log += [(self.at_s, command) for command in commands]
            done += commands
        return done

    def speak(self, seconds: float) -> list[Command]:
        return self.run(seconds, True)

    def quiet(self, seconds: float) -> list[Command]:
        return self.run(seconds, False)


def answering(played_s: float = 0.0, after_s: float = 1.0) -> Script:
    script = Script()
    script.core.answer_started(0.0, "u1")
    script.quiet(after_s)
    script.core.playback(script.at_s, "u1", played_s)
    return script


def test_silence_ends_a_turn_with_some_sound_before_and_after() -> None:
    script = Script()
    script.quiet(1.0)
    assert script.speak(1.0) == [BeginTurn(0.7)]
    assert script.quiet(0.58) == []
    assert script.quiet(0.04) == [Transcribe(0.7, 2.3, "silence")]
    assert script.log[-1][0] - 2.0 <= 0.6 + 1e-9


def test_a_pause_shorter_than_the_silence_does_not_end_a_turn() -> None:
    script = Script()
    script.speak(0.5)
    assert script.quiet(0.5) == []
    script.speak(0.5)
    assert len([c for c in script.quiet(1.0) if isinstance(c, Transcribe)]) == 1


def test_a_click_does_not_begin_a_turn_and_a_short_noise_is_ignored() -> None:
    script = Script()
    assert script.speak(0.04) + script.quiet(1.0) == []
    script.speak(0.1)
    assert script.quiet(1.0) == [Ignore("too short")]


def test_a_turn_is_cut_at_its_longest_and_waits_for_quiet_before_the_next() -> None:
    script = Script(TurnSettings(longest_s=2.0))
    commands = script.speak(5.0)
    assert [type(c) for c in commands] == [BeginTurn, Transcribe]
    cut = commands[1]
    assert isinstance(cut, Transcribe)
    assert cut.reason == "longest"
    assert cut.end_s - cut.start_s <= 2.02
    script.core.transcript(script.at_s, "where is it")
    assert script.quiet(1.0) == []
    assert BeginTurn(round(script.at_s - 0.3, 6)) in [
        BeginTurn(round(c.start_s, 6)) for c in script.speak(0.2) if isinstance(c, BeginTurn)
    ]


def test_the_button_bypasses_the_voice_detector() -> None:
    script = Script()
    assert script.core.push_start(0.0) == (BeginTurn(0.0),)
    assert script.quiet(1.0) == []
    assert script.core.push_stop(script.at_s) == (Transcribe(0.0, 1.0, "released"),)
    assert script.core.push_stop(script.at_s) == ()


def test_a_slip_of_the_button_is_ignored_and_a_held_one_is_cut() -> None:
    script = Script(TurnSettings(longest_s=2.0))
    script.core.push_start(0.0)
    assert script.core.push_stop(0.1) == (Ignore("too short"),)
    script.core.push_start(0.2)
    assert [c.reason for c in script.quiet(3.0) if isinstance(c, Transcribe)] == ["longest"]
    assert script.core.push_stop(script.at_s) == ()


def test_pressing_the_button_interrupts_the_answer() -> None:
    script = answering(played_s=0.8)
    assert script.core.push_start(script.at_s) == (
        StopSpeaking("u1"), Commit("u1", 0.8, False), BeginTurn(script.at_s),
    )  # fmt: skip


def test_speech_during_the_answer_stops_it_within_300_ms() -> None:
    script = answering(played_s=0.9)
    before_s = script.at_s
    commands = script.speak(0.4)
    assert commands[:2] == [StopSpeaking("u1"), Commit("u1", 0.9, False)]
    assert isinstance(commands[2], BeginTurn)
    assert commands[2].start_s <= before_s
    assert script.log[0][0] - before_s <= 0.3
    assert not script.core.speaking


def test_a_back_channel_does_not_stop_the_answer() -> None:
    script = answering()
    assert script.speak(0.2) == []
    assert script.quiet(0.5) == [Ignore("back-channel")]
    assert script.core.speaking


def test_scattered_noise_during_the_answer_does_not_add_up_to_an_interruption() -> None:
    script = answering()
    for _ in range(20):
        assert StopSpeaking("u1") not in script.speak(0.06) + script.quiet(0.3)


def test_the_first_moment_of_an_answer_is_taken_for_its_echo() -> None:
    script = Script()
    script.core.answer_started(0.0, "u1")
    assert script.speak(0.12) == []
    assert script.speak(0.24) == []
    assert StopSpeaking("u1") in script.speak(0.04)


def test_an_answer_is_committed_whole_when_it_has_been_played() -> None:
    core = TurnCore()
    core.answer_started(0.0, "u1")
    assert core.playback(1.0, "u1", 1.0) == ()
    assert core.answer_ended(1.1, "u1", 3.0) == ()
    assert core.speaking
    assert core.playback(3.0, "u1", 2.98) == (Commit("u1", 3.0, True),)
    assert not core.speaking
    assert core.playback(3.1, "u1", 3.0) == ()


def test_a_client_that_never_reports_does_not_keep_the_librarian_speaking() -> None:
    script = Script()
    script.core.answer_started(0.0, "u1")
    script.core.answer_ended(0.1, "u1", 1.0)
    assert script.quiet(2.9) == []
    assert script.quiet(0.2) == [Commit("u1", 1.0, True)]


def test_going_on_before_the_answer_joins_both_parts() -> None:
    script = Script()
    script.quiet(1.0)
    script.speak(0.6)
    assert isinstance(script.quiet(0.62)[0], Transcribe)
    commands = script.speak(0.3)
    assert commands == [CancelThinking(), BeginTurn(0.7)]
    assert script.core.transcript(script.at_s, "stale") == ()
    span = script.quiet(1.0)[0]
    assert isinstance(span, Transcribe)
    assert span.start_s == 0.7


def test_speech_long_after_a_turn_is_a_new_turn() -> None:
    script = Script()
    script.speak(0.6)
    script.quiet(3.0)
    commands = script.speak(0.3)
    assert len(commands) == 1
    assert isinstance(commands[0], BeginTurn)
    assert commands[0].start_s > 3.0


def test_a_transcript_starts_thinking_unless_it_says_nothing() -> None:
    for text, rejected, expected in (
        ("where is Emma", False, StartThinking("where is Emma")),
        ("", False, Ignore("rejected")),
        ("where is Emma", True, Ignore("rejected")),
        ("嗯。", False, Ignore("back-channel")),
    ):
        script = Script()
        script.speak(0.5)
        script.quiet(1.0)
        assert script.core.transcript(script.at_s, text, rejected) == (expected,)


def test_a_transcript_that_nobody_asked_for_is_dropped() -> None:
    assert TurnCore().transcript(0.0, "hello") == ()


def test_an_answer_that_starts_while_the_reader_speaks_is_stopped() -> None:
    script = Script()
    script.speak(0.5)
    assert script.core.answer_started(script.at_s, "u2") == (StopSpeaking("u2"), Commit("u2", 0.0, False))
    assert not script.core.speaking


def test_a_second_answer_commits_the_first_as_far_as_heard() -> None:
    script = answering(played_s=0.5)
    assert script.core.answer_started(script.at_s, "u2") == (Commit("u1", 0.5, False),)


def test_interrupt_stops_speech_and_thought() -> None:
    script = answering(played_s=0.4)
    assert script.core.interrupt(script.at_s) == (StopSpeaking("u1"), Commit("u1", 0.4, False))
    script.speak(0.5)
    script.quiet(1.0)
    assert script.core.interrupt(script.at_s) == (CancelThinking(),)
    assert script.core.interrupt(script.at_s) == ()


def test_the_end_of_the_stream_ends_the_turn() -> None:
    script = Script()
    script.speak(0.5)
    (command,) = script.core.stream_ended(script.at_s)
    assert command == Transcribe(0.0, 0.5, "ended")
    assert script.core.stream_ended(script.at_s) == ()


def test_reports_about_another_utterance_change_nothing() -> None:
    script = answering()
    assert script.core.playback(script.at_s, "old", 99.0) == ()
    assert script.core.answer_ended(script.at_s, "old", 0.0) == ()
    assert script.core.speaking


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 60)), max_size=40))
def test_turns_never_overlap_nor_run_backwards(parts: list[tuple[bool, int]]) -> None:
    script = Script(TurnSettings(longest_s=3.0))
    for speech, frames in parts:
        for command in script.run(frames * 0.02, speech):
            if isinstance(command, Transcribe):
                script.core.transcript(script.at_s, "", rejected=True)
    spans = [c for _, c in script.log if isinstance(c, Transcribe)]
    assert all(0 <= span.start_s < span.end_s for span in spans)
    assert all(span.end_s - span.start_s <= 3.0 + 0.02 + 1e-6 for span in spans)
    assert all(a.end_s <= b.end_s and a.start_s < b.start_s for a, b in pairwise(spans))
    begun = [c for _, c in script.log if isinstance(c, BeginTurn)]
    assert len(spans) <= len(begun)


def test_heard_text_ends_with_the_last_word_heard_whole() -> None:
    english = [Word("On", 0.0, 0.2), Word("level", 0.2, 0.5), Word("two.", 0.5, 0.9)]
    assert heard_text(english, 0.55) == "On level"
    assert heard_text(english, 9.0) == "On level two."
    assert heard_text(english, 0.0) == ""
    chinese = [Word("《三", 0.0, 0.2), Word("体》", 0.2, 0.5), Word("TP312", 0.5, 0.9), Word("在", 0.9, 1.0)]
    assert heard_text(chinese, 0.95) == "《三体》TP312"


def test_back_channels() -> None:
    assert all(map(is_back_channel, ("Uh huh.", "mm", "嗯", "Hmm…")))
    assert not any(map(is_back_channel, ("yes", "no", "好的", "")))
