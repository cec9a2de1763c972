"""Visits: resumed within 120 s, forgotten after, owned by one connection at a time."""

from __future__ import annotations

from server.sessions import RESUME_WITHIN_S, Sessions
from wire.messages.session import Hello


def hello(resume: str | None = None, **fields: object) -> Hello:
    return Hello(version=1, client="test", resume=resume, **fields)  # type: ignore[arg-type]


def test_a_visit_is_resumed_with_what_was_kept() -> None:
    sessions = Sessions(("en", "zh"))
    visit, resumed = sessions.open(hello(), 0.0)
    assert not resumed
    visit.hold("a", lambda: None)
    visit.lang = "zh"
    sessions.leave(visit, "a", 10.0)
    again, resumed = sessions.open(hello(visit.id), 10.0 + RESUME_WITHIN_S)
    assert resumed
    assert again is visit
    assert again.lang == "zh"


def test_a_visit_is_forgotten_after_its_time_and_an_unknown_id_starts_anew() -> None:
    sessions = Sessions(("en", "zh"))
    visit, _ = sessions.open(hello(), 0.0)
    visit.hold("a", lambda: None)
    sessions.leave(visit, "a", 10.0)
    other, resumed = sessions.open(hello(visit.id), 10.1 + RESUME_WITHIN_S)
    assert not resumed
    assert other.id != visit.id
    assert len(sessions) == 1
    assert not sessions.open(hello("guess"), 11.0)[1]


def test_a_connected_visit_never_expires_and_one_that_nobody_took_does() -> None:
    sessions = Sessions(("en", "zh"))
    visit, _ = sessions.open(hello(), 0.0)
    visit.hold("a", lambda: None)
    sessions.open(hello(), 0.0)
    assert sessions.expire(500.0) == 1
    assert sessions.expire(1e6) == 0
    assert sessions.open(hello(visit.id), 1e6)[1]


def test_a_second_connection_takes_the_visit_over() -> None:
    sessions, ended = Sessions(("en", "zh")), []
    visit, _ = sessions.open(hello(), 0.0)
    visit.hold("a", lambda: ended.append("a"))
    sessions.open(hello(visit.id), 1.0)
    visit.hold("b", lambda: ended.append("b"))
    sessions.leave(visit, "a", 1.1)  # the old connection's end comes late
    assert ended == ["a"]
    assert visit.left_at is None


def test_the_first_shared_language_starts_the_visit() -> None:
    assert Sessions(("en", "zh")).open(hello(languages=("zh", "en")), 0.0)[0].lang == "zh"
    assert Sessions(("zh",)).open(hello(languages=("en",)), 0.0)[0].lang == "zh"


def test_utterance_and_turn_ids_are_never_reused() -> None:
    visit, _ = Sessions(("en",)).open(hello(), 0.0)
    first = (visit.next_utterance(), visit.next_turn())
    visit.forget()
    assert (visit.next_utterance(), visit.next_turn()) != first


def test_other_languages_and_long_tags_start_a_visit_too() -> None:
    def first(*tags: str, offered: tuple[str, ...] = ("en", "zh")) -> str:
        return Sessions(offered).open(hello(languages=tags), 0.0)[0].lang  # type: ignore[arg-type]

    assert first("fr") == "en"
    assert first("fr", offered=("zh", "en")) == "zh"
    assert first("fr", "en", offered=("zh", "en")) == "en"
    assert first("en-US", offered=("zh", "en")) == "en"
    assert first("zh-Hans-CN") == first("yue-HK") == first("ZH_tw") == "zh"
    assert first() == "en"
