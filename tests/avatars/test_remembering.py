"""A visit is forgotten unless the reader asks otherwise and says yes: what is kept, for whom, what deletes it."""

from __future__ import annotations

import itertools
import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from avatars.dialogue import Dialogue
from avatars.remembering import Kept
from avatars.values import Memory, Question, Reply
from server.build import build_parts
from server.errors import KeptError
from server.home import Home
from server.kept import VISITS, KeptVisits
from server.settings import Settings
from tests.server.client import Client
from tests.server.world import running


class Clock:
    day = date(2026, 11, 24)

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def keeper(tmp_path: Path) -> KeptVisits:
    return KeptVisits(tmp_path / VISITS, 30, Clock())


def librarian(home: Home, keeper: KeptVisits | None) -> Dialogue:
    return Dialogue(replace(home.dialogue.tools, keeper=keeper))


def talk(dialogue: Dialogue, *said: str, memory: Memory | None = None) -> list[Reply]:
    replies, memory = [], memory or Memory()
    for text in said:
        replies.append(dialogue.answer(Question(text), memory))
        memory = replies[-1].memory
    return replies


def code_of(reply: Reply) -> str:
    return reply.memory.kept


def kept_in(keeper: KeptVisits) -> int:
    if not keeper._path.exists():
        return 0
    with sqlite3.connect(keeper._path) as db:
        return int(db.execute("SELECT count(*) FROM visits").fetchone()[0])


@pytest.mark.parametrize(
    ("said", "asks", "yes", "back"),
    [
        ("Where is Dune?", "Please remember this for next time", "yes please", "My code is {code}"),
        ("沙丘在哪里？", "请记住我", "好的", "我的代码是{code}"),
    ],
)
def test_a_visit_is_kept_after_a_yes_and_comes_back_by_its_code(
    home: Home, keeper: KeptVisits, said: str, asks: str, yes: str, back: str
) -> None:
    dialogue = librarian(home, keeper)
    _, asked, done = talk(dialogue, said, asks, yes)
    assert asked.clarify
    assert "30" in asked.text
    assert kept_in(keeper) == 1
    code = code_of(done)
    assert code in done.text
    (again,) = talk(dialogue, back.format(code=code.lower().replace("-", " ")))
    assert [x.record.record_id for x in again.items] == ["demo-0041"]
    assert again.memory.chosen is not None
    later = talk(dialogue, "Take me there", memory=again.memory)[0]
    assert later.intent == "guide"


@pytest.mark.parametrize("instead", ["no", "Where is the café?", "maybe later", "你好"])
def test_without_a_yes_nothing_is_kept(home: Home, keeper: KeptVisits, instead: str) -> None:
    replies = talk(librarian(home, keeper), "Where is Dune?", "remember me", instead, "yes")
    assert kept_in(keeper) == 0
    assert all(not reply.memory.kept for reply in replies)


def test_nobody_is_asked_who_did_not_ask(home: Home, keeper: KeptVisits) -> None:
    replies = talk(librarian(home, keeper), "Where is Dune?", "yes", "Do you remember the name of the rose?", "Bye")
    assert kept_in(keeper) == 0
    assert all(reply.action is None or reply.action.kind != "remember" for reply in replies)


def test_no_word_and_no_code_is_in_the_file(home: Home, keeper: KeptVisits) -> None:
    said = "I am Ada Lovelace, where is Dune?"
    *_, done = talk(librarian(home, keeper), "Where is Dune?", said, "remember me", "yes")
    with sqlite3.connect(keeper._path) as db:
        everything = "\n".join(db.iterdump())
    code = code_of(done)
    assert code
    for secret in ("Ada", "Where", code, code.replace("-", "")):
        assert secret not in everything


def test_forget_me_deletes_what_is_kept_and_what_is_remembered(home: Home, keeper: KeptVisits) -> None:
    dialogue = librarian(home, keeper)
    *_, done, gone, lost = talk(dialogue, "Where is Dune?", "remember me", "yes", "Forget me", "Take me there")
    assert kept_in(keeper) == 0
    assert keeper.find(code_of(done)) is None
    assert gone.memory.items == ()
    assert lost.items == ()


def test_to_think_ahead_keeps_and_forgets_nothing(home: Home, keeper: KeptVisits) -> None:
    dialogue = librarian(home, keeper)
    memory = talk(dialogue, "Where is Dune?", "remember me")[-1].memory
    ahead = dialogue.answer(Question("yes", tentative=True), memory)
    assert kept_in(keeper) == 0
    assert ahead.action is not None, "so that it is thought about again in earnest"


def test_old_visits_are_deleted(keeper: KeptVisits) -> None:
    code = keeper.keep(Kept(("b1",), "", "en"))
    keeper._today.day = Clock.day + timedelta(days=30)  # type: ignore[attr-defined]
    assert keeper.find(code) == Kept(("b1",), "", "en")
    keeper._today.day = Clock.day + timedelta(days=31)  # type: ignore[attr-defined]
    assert keeper.find(code) is None
    assert kept_in(keeper) == 0


def test_wrong_codes_open_nothing(home: Home, keeper: KeptVisits) -> None:
    keeper.keep(Kept(("demo-0041",), "", "en"))
    for text in ("My code is AAAA-BBBB-CCCC", "my code is ' OR 1=1 --", "我的代码是 AAAABBBBCCCC"):
        (reply,) = talk(librarian(home, keeper), text)
        assert reply.items == ()
    assert keeper.find("") is None
    assert not keeper.forget("AAAA")


def test_a_home_that_keeps_nothing_says_so(home: Home) -> None:
    replies = talk(librarian(home, None), "Where is Dune?", "remember me", "yes")
    assert replies[1].refused
    assert "nothing of a visit is kept" in replies[1].text


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / VISITS).write_bytes(b"no database at all, whatever its name says" * 50)
    with pytest.raises(KeptError, match=VISITS):
        KeptVisits(tmp_path / VISITS, 30).find("x")


def test_over_the_socket_a_new_visit_knows_nothing_without_the_code(demo_home: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(demo_home, tmp_path / "home")
    parts = build_parts(Settings(home=tmp_path / "home", port=0, speaker="none"))
    numbers = itertools.count()
    with running(parts) as port:

        def ask(client: Client, text: str) -> dict[str, object]:
            client.say(type="ask", id=f"q{next(numbers)}", text=text)
            return client.wait("answer")

        first = Client(port)
        ask(first, "Where is Dune?")
        ask(first, "Please remember this")
        kept = ask(first, "yes")
        code = str(kept["text"]).split("code is ")[1].split(":")[0]
        first.say(type="reset")
        assert not ask(first, "Take me there")["items"]
        first.close()
        second = Client(port)
        assert not ask(second, "Take me there")["items"]
        assert [x["record_id"] for x in ask(second, f"My code is {code}")["items"]] == ["demo-0041"]  # type: ignore[attr-defined]
        assert ask(second, "Take me there")["route"] is not None
        second.close()
