"""The last answer in the other language: from its structure, from the home's documents, by a checked model, or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from avatars.dialogue import Dialogue
from avatars.engines import Delta, EngineError
from avatars.engines.scripted import ScriptedModel
from avatars.translator import Translator, is_faithful
from avatars.values import Memory, Question, Reply
from server.commands.imports import import_documents
from server.home import Home, open_home

RULE = "# 借阅规则\n\n## 借期\n\n图书借期为31天，到期前可续借2次。\n"
ASKED = "图书借期多少天？"


@pytest.fixture(scope="module")
def chinese_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home whose one document is in Chinese."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "borrowing.zh.md").write_text(RULE, encoding="utf-8")
    import_documents(folder / "home", [folder / "borrowing.zh.md"])
    opened = open_home(folder / "home")
    yield opened
    opened.close()


def talk(librarian: Dialogue, *said: str) -> list[Reply]:
    replies, memory = [], Memory()
    for text in said:
        replies.append(librarian.answer(Question(text), memory))
        memory = replies[-1].memory
    return replies


def with_model(home: Home, *script: str | list[Delta | EngineError]) -> Dialogue:
    translator = Translator(ScriptedModel(script))
    return Dialogue(replace(home.dialogue.tools, translator=translator))


@pytest.mark.parametrize(
    ("said", "again"),
    [
        (("Where is Dune?",), "say that in Chinese"),
        (("Where is Dune?", "Take me there"), "用中文再说一遍"),
        (("Where is the nearest toilet?",), "Could you say it again in Chinese, please?"),
        (("books about space", "the second one"), "say it in Chinese"),
        (("books about space",), "translate that into Chinese"),
        (("When does the café open?",), "translate this rule"),
        (("How long can I keep a book?",), "what does that mean in Chinese?"),
        (("Do you have Giraffes of Mars?",), "用中文说"),
    ],
)
def test_an_answer_is_said_again_with_the_same_structure(home: Home, said: tuple[str, ...], again: str) -> None:
    *_, first, second, third = talk(home.dialogue, *said, again, "and say that in English")
    assert (first.lang, second.lang, third.lang) == ("en", "zh", "en")
    for reply in (second, third):
        assert (reply.intent, reply.refused) == (first.intent, first.refused)
        assert [x.record.record_id for x in reply.items] == [x.record.record_id for x in first.items]
        assert (reply.place and reply.place.id) == (first.place and first.place.id)
        assert bool(reply.sources) == bool(first.sources)
    assert third.text == first.text


@pytest.mark.parametrize("again", ["把这条规定翻译成英文", "翻译成英文", "请用英文再说一遍", "这段话译成英语"])
def test_a_rule_is_told_by_the_document_in_that_language(home: Home, again: str) -> None:
    first, second = talk(home.dialogue, "借书可以借多久？", again)
    assert (second.lang, second.sources[0].document) == ("en", "borrowing.en.md")
    assert [c for c in second.text if c.isdigit()] == [c for c in first.text if c.isdigit()]


def test_without_a_document_or_a_model_she_says_that_she_cannot(chinese_only: Home) -> None:
    first, second = talk(chinese_only.dialogue, ASKED, "translate this rule into English")
    assert "31" in first.text
    assert second.refused
    assert second.lang == "en"
    assert "in Chinese only" in second.text
    assert second.sources == first.sources


def test_a_model_translates_what_the_home_has_in_one_language(chinese_only: Home) -> None:
    made = "Books are lent for 31 days and may be renewed 2 times before they are due."
    first, second = talk(with_model(chinese_only, made), ASKED, "translate this rule into English")
    assert made in second.text
    assert "computer's translation" in second.text
    assert not second.refused
    assert second.sources == first.sources


@pytest.mark.parametrize(
    "made",
    [
        "Books are lent for 30 days and may be renewed 2 times.",
        "Books are lent for 31 days.",
        "Books are lent for 31 days, renewable 2 times, for a fee of 5 yuan.",
        "Books are lent for 31 days, renewable 2 times; see https://evil.example.",
        "图书借期为31天，可续借2次。",
        "",
        "31 2 " + "and so on " * 80,
    ],
)
def test_a_translation_that_changes_anything_is_not_believed(chinese_only: Home, made: str) -> None:
    reply = talk(with_model(chinese_only, made), ASKED, "translate this rule into English")[-1]
    assert reply.refused
    assert "fee" not in reply.text
    assert "evil" not in reply.text


@pytest.mark.parametrize(
    "turn",
    [
        [EngineError("gone", retryable=True)],
        [Delta("Books are lent for 31 days"), EngineError("hung up")],
        [Delta("Books are lent for 31 days, 2 times"), Delta(ended="length")],
        [Delta("Books are lent for 31 days, 2 times")],
    ],
)
def test_a_model_that_fails_is_no_translator(chinese_only: Home, turn: list[Delta | EngineError]) -> None:
    assert talk(with_model(chinese_only, turn), ASKED, "translate this rule into English")[-1].refused


def test_a_slow_model_is_given_up() -> None:
    times = iter([0.0, 1.0, 99.0, 99.0, 99.0])
    model = ScriptedModel(["The library is closed. Now."])
    assert Translator(model, clock=lambda: next(times)).translate("图书馆关门了。", "en") == ""


def test_titles_stay_or_become_another_title_of_the_same_book() -> None:
    titles = [("三体", "The Three-Body Problem")]
    said = "《三体》在二层2B-12号书架。"
    assert is_faithful(said, "“The Three-Body Problem” is on the second level, shelf 2B-12.", "en", titles)
    assert is_faithful(said, "《三体》 is on the second level, shelf 2B-12.", "en", titles)
    assert not is_faithful(said, "“The Dark Forest” is on the second level, shelf 2B-12.", "en", titles)
    assert not is_faithful(said, "The book is on the second level, shelf 2B-12.", "en", titles)


def test_other_languages_are_refused_in_words(home: Home) -> None:
    for text in ("translate that into French", "用法语再说一遍", "say it in Japanese"):
        reply = talk(home.dialogue, "Where is Dune?", text)[-1]
        assert reply.refused
        assert "Dune" not in reply.text


def test_nothing_of_the_kind_is_taken_for_it(home: Home) -> None:
    for text in (
        "Do you have books in Chinese?",
        "Where are the dictionaries?",
        "books about translation",
        "翻译方面的书",
    ):
        alone = home.dialogue.answer(Question(text), Memory())
        after = talk(home.dialogue, "Where is Dune?", text)[-1]
        assert after.intent == alone.intent
    assert not talk(home.dialogue, "translate that")[-1].text.startswith("In a computer")
