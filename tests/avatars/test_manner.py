"""A home's persona in every sentence: tone, languages, and what is never said, whoever worded it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from avatars.dialogue import Dialogue
from avatars.engines.scripted import ScriptedModel
from avatars.errors import PersonaError
from avatars.never import says_never
from avatars.persona import Persona, read_persona
from avatars.prompts import system_prompt
from avatars.thinking import ThinkingMind
from avatars.tone import TONES
from avatars.values import Memory, Question
from server.home import Home
from tests.avatars.test_thinking import QUESTION, call, calls

ASKED = (
    "Where is Dune?",
    "沙丘在哪里？",
    "When does the café open?",
    "咖啡馆几点开门？",
    "Do you have Giraffes of Mars?",
    "有没有火星长颈鹿这本书？",
    "Hello",
)


def librarian(home: Home, **persona: object) -> Dialogue:
    return Dialogue(replace(home.dialogue.tools, persona=replace(home.persona, **persona)))


def said(dialogue: Dialogue, text: str) -> str:
    return dialogue.answer(Question(text), Memory()).text


def test_the_tone_changes_the_wording_and_no_fact(home: Home) -> None:
    for text in ASKED:
        plain = home.dialogue.answer(Question(text), Memory())
        for tone in TONES:
            reply = librarian(home, tone=tone).answer(Question(text), Memory())
            assert (reply.items, reply.place, reply.sources, reply.refused, reply.intent) == (
                plain.items, plain.place, plain.sources, plain.refused, plain.intent,
            )  # fmt: skip
            for figure in filter(str.isdigit, plain.text):
                assert figure in reply.text


def test_a_brief_librarian_offers_nothing(home: Home) -> None:
    long, short = said(home.dialogue, "Where is Dune?"), said(librarian(home, tone="brief"), "Where is Dune?")
    assert "Shall I take you there?" in long
    assert short == long.replace(" Shall I take you there?", "")
    assert "需要我带您去吗？" in said(home.dialogue, "沙丘在哪里？")
    assert said(librarian(home, tone="brief"), "沙丘在哪里？").endswith("。")


def test_a_friendly_one_is_warm_once_however_often_she_says_it(home: Home) -> None:
    warm = librarian(home, tone="friendly")
    first = warm.answer(Question("Where is Dune?"), Memory())
    assert first.text.startswith("With pleasure! ")
    again = warm.answer(Question("Say that again"), first.memory)
    assert again.text == first.text
    assert said(warm, "有没有火星长颈鹿这本书？").startswith("真抱歉。")


def test_a_formal_one_writes_words_out_but_leaves_titles_and_documents_alone(home: Home) -> None:
    formal = librarian(home, tone="formal")
    text = said(formal, "Do you have “Can't Stop Won't Stop”?")
    assert "I cannot find" in text
    assert "Can't Stop Won't Stop" in text
    assert "'" not in text.replace("Can't Stop Won't Stop", "")
    assert "您可以换一个词" in said(formal, "有没有关于火星长颈鹿的书？") or "为您查找" in said(
        formal, "有没有火星长颈鹿这本书？"
    )


@pytest.mark.parametrize(
    ("never", "text"),
    [
        ("level 3", "Where is Moby Dick?"),
        ("Level   THREE", "x"),
        ("沙丘", "沙丘在哪里？"),
        ("ｄｕｎｅ", "Where is Dune?"),
    ],
)
def test_what_is_never_said_is_in_no_answer(home: Home, never: str, text: str) -> None:
    reply = librarian(home, never_say=(never,)).answer(Question(text), Memory())
    assert not says_never(reply.text, (never,))
    assert not any(says_never(step.text, (never,)) for step in reply.steps)
    if text != "x":
        assert says_never(said(home.dialogue, text), (never,)), "the example must say it without the rule"
        assert reply.refused


def test_a_part_of_a_word_is_no_word() -> None:
    assert not says_never("The concert is on Level 3.", ("cat", "once", "level"[:3]))
    assert says_never("As an AI — language model, I cannot", ("as an ai language model",))
    assert says_never("我是 真人。", ("我是真人",))
    assert not says_never("anything", ("", "  "))


def test_even_a_home_that_forbids_everything_gets_a_reply(home: Home) -> None:
    forbidden = ("the", "I", "is", "a", "please", "that", "library")
    reply = librarian(home, never_say=forbidden).answer(Question("Where is Dune?"), Memory())
    assert reply.refused
    assert not says_never(reply.text, forbidden)


def test_a_model_says_none_of_it_either(home: Home) -> None:
    dialogue = librarian(home, never_say=("Herman Melville",))
    script = [
        calls(call("find", query="whaling")),
        "“Moby Dick” stands on Level 3. Herman Melville wrote about whaling.",
    ]
    reply = ThinkingMind(dialogue, ScriptedModel(script)).answer(Question(QUESTION), Memory())  # type: ignore[arg-type]
    assert reply.text.startswith("“Moby Dick” stands on Level 3.")
    assert "Melville" not in reply.text


def test_the_prompt_tells_tone_manner_and_what_is_never_said(home: Home) -> None:
    persona = replace(home.persona, tone="formal", manner="Speaks like a sailor.", never_say=("shiver my timbers",))
    text = system_prompt(persona, "en")
    assert "formal" in text
    assert "Speaks like a sailor." in text
    assert "shiver my timbers" in text
    assert "一律不用：shiver my timbers" in system_prompt(persona, "zh")


def test_who_speaks_one_language_answers_in_it(home: Home) -> None:
    reply = librarian(home, languages=("zh",)).answer(Question("Where is Dune?"), Memory())
    assert reply.lang == "zh"
    assert "《" in reply.text


@contextmanager
def written(folder: Path, text: str) -> Iterator[Path]:
    path = folder / "persona.toml"
    path.write_text(text, encoding="utf-8")
    yield path


def test_the_file_is_read_and_its_mistakes_are_named(tmp_path: Path) -> None:
    assert read_persona(tmp_path / "persona.toml", {}) == Persona(library={})
    with written(tmp_path, 'manner = "Brief"\nlanguages = ["zh"]\nnever_say = ["a", " "]\nname = "Lin"') as path:
        read = read_persona(path, {"en": "L"})
        assert (read.tone, read.manner, read.languages, read.never_say) == ("brief", "", ("zh",), ("a",))
        assert read.name == {"en": "Lin", "zh": "Lin"}
    with written(tmp_path, 'manner = "Speaks softly."\ntone = "formal"') as path:
        assert (read_persona(path, {}).tone, read_persona(path, {}).manner) == ("formal", "Speaks softly.")
    for wrong, named in (
        ('tone = "shouting"', "tone"), ("languages = []", "languages"), ('languages = ["fr"]', "languages"),
        ("never_say = 1", "never_say"), ("name = 3", "name"), ("manner = 3", "manner"), ("name = [", "TOML"),
    ):  # fmt: skip
        with written(tmp_path, wrong) as path, pytest.raises(PersonaError, match=named):
            read_persona(path, {})
