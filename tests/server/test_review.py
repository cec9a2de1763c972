"""The review gate: nothing a model wrote is told before staff have approved it; what is kept, and who decided."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from avatars.personal import tells_who
from avatars.reviewed import Draft, key_of, may_be_kept
from avatars.values import Source
from server.__main__ import main
from server.build import build_parts
from server.errors import ReviewError
from server.model_settings import LanguageModelSettings
from server.parts import Parts
from server.review import REVIEW, Review
from server.settings import Settings
from tests.avatars.engines.model_server import ModelServer, ended, say, serve_model, tool_call
from tests.server.client import Client
from tests.server.test_compose import FIRST, LOOK_UP, QUESTION, words
from tests.server.test_hear import until
from tests.server.world import running


@pytest.fixture
def own_home(demo_home: Path, tmp_path: Path) -> Path:
    shutil.copytree(demo_home, tmp_path / "home")
    return tmp_path / "home"


@contextmanager
def gated(home: Path, server: ModelServer, token: str | None = None) -> Iterator[tuple[int, Parts]]:
    """A server of that home whose model answers are held for staff."""
    model = LanguageModelSettings(url=server.url, model="tiny")
    settings = Settings(
        home=home, port=0, speaker="none", review_answers=True, language_models={"default": model}, token=token
    )
    parts = build_parts(settings)
    with running(parts) as port:
        yield port, parts


def ask(port: int, text: str = QUESTION, **fields: str) -> dict[str, Any]:
    client = Client(port)
    client.say(type="ask", id="q", text=text, **fields)
    answer = client.wait("answer")
    client.close()
    return answer


def waiting(port: int, state: str = "pending") -> list[dict[str, Any]]:
    answer = httpx.get(
        f"http://127.0.0.1:{port}/staff/answers", params={"state": state}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 200
    return answer.json()


def decide(port: int, number: object, **body: str) -> httpx.Response:
    headers = {"Accept": "application/json"}
    return httpx.post(f"http://127.0.0.1:{port}/staff/answers/{number}", json=body, headers=headers)


def test_an_answer_is_told_only_after_it_was_approved(own_home: Path) -> None:
    with serve_model(LOOK_UP, [*words(FIRST), ended()]) as server, gated(own_home, server) as (port, parts):
        held = ask(port)
        assert "approved" in str(held["text"])
        assert "Moby" not in json.dumps(held)
        assert held["refused"] or held["clarify"]
        assert held["action"] == {"kind": "review", "state": "proposed", "detail": {}}
        until(lambda: not parts.drafts and bool(waiting(port)))
        (kept,) = waiting(port)
        assert (kept["question"], kept["text"], kept["asked"], kept["lang"]) == (QUESTION, FIRST, 1, "en")
        assert any(source["record_id"] == "demo-0030" for source in kept["sources"])
        assert "Moby" not in json.dumps(ask(port, QUESTION.upper()))
        until(lambda: waiting(port)[0]["asked"] == 2)
        assert len(server.asked) == 2, "it was written once"

        assert decide(port, kept["id"], decision="approve", by="Ms Zhao").json()["state"] == "approved"
        told = ask(port, QUESTION.lower().rstrip("?") + " ?")
        assert (told["text"], told["refused"], told["action"]) == (FIRST, False, None)
        assert [item["record_id"] for item in told["items"]] == ["demo-0030"]
        assert told["sources"] == kept["sources"]
        trail = httpx.get(f"http://127.0.0.1:{port}/staff/answers/{kept['id']}/audit").json()
    assert [(entry["who"], entry["what"]) for entry in trail] == [("language model", "write"), ("Ms Zhao", "approve")]
    assert all(entry["at"].endswith("+00:00") for entry in trail)


def test_it_stays_in_the_home_and_holds_nothing_of_the_reader(own_home: Path) -> None:
    with serve_model(LOOK_UP, [*words(FIRST), ended()]) as server:
        with gated(own_home, server) as (port, parts):
            client = Client(port, at={"east_m": 2.0, "north_m": 3.0, "level": 0})
            client.say(type="ask", id="q", text=QUESTION)
            client.wait("answer")
            until(lambda: not parts.drafts and bool(waiting(port)[0]["text"]))
            decide(port, waiting(port)[0]["id"], decision="approve", by="Zhao", text="Read Moby Dick.")
            session = client.welcome["session"]
            client.close()
        with gated(own_home, server) as (port, _):
            assert ask(port)["text"] == "Read Moby Dick."
            (kept,) = waiting(port, "approved")
    with sqlite3.connect(own_home / REVIEW) as db:
        everything = "\n".join(db.iterdump())
    assert session not in everything
    assert set(kept) == {
        "id",
        "state",
        "asked",
        "first_day",
        "question",
        "lang",
        "text",
        "intent",
        "records",
        "sources",
    }
    assert len(str(kept["first_day"])) == 10


def test_what_is_refused_is_never_told_and_can_be_taken_up_again(own_home: Path) -> None:
    with serve_model(LOOK_UP, [*words(FIRST), ended()]) as server, gated(own_home, server) as (port, parts):
        ask(port)
        until(lambda: not parts.drafts and bool(waiting(port)[0]["text"]))
        number = waiting(port)[0]["id"]
        assert decide(port, number, decision="refuse", by="Li").status_code == 200
        refused = ask(port)
        assert refused["refused"]
        assert refused["action"] is None
        assert "Moby" not in str(refused["text"])
        assert decide(port, number, decision="reopen", by="Li").json()["state"] == "pending"
        assert "approved" in str(ask(port)["text"])


def test_a_question_without_an_answer_waits_for_one_by_staff(own_home: Path) -> None:
    with serve_model(say("I know nothing.")) as server, gated(own_home, server) as (port, parts):
        ask(port)
        until(lambda: not parts.drafts and bool(waiting(port)))
        number = waiting(port)[0]["id"]
        assert waiting(port)[0]["text"] == ""
        assert decide(port, number, decision="approve", by="Li").status_code == 422
        assert decide(port, number, decision="approve", by="Li", text="Ask at the desk.").status_code == 200
        assert ask(port)["text"] == "Ask at the desk."


def test_a_way_is_not_kept_for_readers_who_stand_elsewhere(own_home: Path) -> None:
    look_up = [*tool_call("nearest", {"kind": "toilet"}), ended("tool_calls")]
    with serve_model(look_up, say("The toilets are on Level 1.")) as server, gated(own_home, server) as (port, parts):
        ask(port)
        until(lambda: not parts.drafts and bool(waiting(port)))
        assert waiting(port)[0]["text"] == ""
        assert len(server.asked) == 2


def test_the_command_holds_and_tells_by_the_same_file(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serve_model(LOOK_UP, [*words(FIRST), ended()]) as server:
        model = json.dumps({"default": {"url": server.url, "model": "tiny"}})
        (own_home / "shelfway.toml").write_text(
            f'review_answers = true\n[language_models.default]\nurl = "{server.url}"\nmodel = "tiny"\n', "utf-8"
        )
        assert model
        told = ["ask", QUESTION, "--home", str(own_home), "--json"]
        assert main(told) == 0
        assert "Moby" not in json.loads(capsys.readouterr().out)["text"]
        review = Review.open(own_home / REVIEW)
        (kept,) = review.list_kept("pending")
        assert kept.draft.text == FIRST
        review.decide(kept.id, "approve", "Zhao")
        assert main(told) == 0
        assert json.loads(capsys.readouterr().out)["text"] == FIRST


@pytest.mark.parametrize(
    "text",
    [
        "My name is Ada Lovelace, is there a whaling book about garden sheds for me?",
        "Write to ada@example.org about the state of my garden shed and the whaling crews please",
        "我叫王小明，我的花园棚子和捕鲸船员之间到底有什么样的关系呢",
        "Would 0151 2345 6789 have anything to say about the state of my garden shed and whales?",
        "What would it say about that one?",
    ],
)
def test_who_asks_is_not_kept(own_home: Path, text: str) -> None:
    assert tells_who(text) or not may_be_kept(text, "en")
    with serve_model(LOOK_UP, [*words(FIRST), ended()]) as server, gated(own_home, server) as (port, parts):
        answer = ask(port, text)
        assert "Moby Dick” by" not in str(answer["text"])
        until(lambda: not parts.drafts)
        assert waiting(port) == []


def test_ordinary_questions_tell_nobody() -> None:
    for text in (
        "Do you have 978-7-02-002207-5?",
        "I am looking for a book on bees",
        "I'm hungry, where is the café?",
        "我是读者",
    ):
        assert not tells_who(text)
    assert key_of("Where  IS “Dune”？") == key_of("where is dune?")


def test_only_staff_see_and_decide(own_home: Path) -> None:
    with serve_model(say("x")) as server, gated(own_home, server, token="s3cret") as (port, _):
        url = f"http://127.0.0.1:{port}/staff/answers"
        assert httpx.get(url).status_code == 401
        assert httpx.get(url, auth=("li", "wrong")).status_code == 401
        assert httpx.get(url, auth=("li", "s3cret")).status_code == 200
        foreign = {"Origin": "http://evil.example"}
        form = {"decision": "approve", "text": "x"}
        assert httpx.post(f"{url}/1", data=form, auth=("li", "s3cret"), headers=foreign).status_code == 403
        cross = {"Sec-Fetch-Site": "cross-site"}
        assert httpx.post(f"{url}/1", data=form, auth=("li", "s3cret"), headers=cross).status_code in (401, 403)
        assert httpx.post(f"{url}/1", data=form, auth=("li", "s3cret")).status_code == 404
        assert httpx.post(f"{url}/1", content=b"\xff{", auth=("li", "s3cret")).status_code == 422
        assert httpx.post(f"{url}/x", data=form, auth=("li", "s3cret")).status_code == 422


def test_the_page_is_a_form_and_shows_text_as_text(own_home: Path) -> None:
    review = Review.open(own_home / REVIEW)
    nasty = "<script>alert(1)</script> & “x” whales garden sheds"
    assert review.ask("k", nasty, "en")
    review.put(
        "k", Draft(nasty, "en", '</textarea><img src=x onerror="y">', sources=(Source(document="a<b", quote="<i>"),))
    )
    with serve_model(say("x")) as server, gated(own_home, server) as (port, _):
        url = f"http://127.0.0.1:{port}/staff/answers"
        page = httpx.get(url).text
        assert "<script>" not in page
        assert "<img" not in page
        assert 'method="post"' in page
        done = httpx.post(f"{url}/1", data={"decision": "approve", "by": "Li <b>", "text": "Fine."})
        assert (done.status_code, done.headers["location"]) == (303, "/staff/answers")
        assert "Fine." in httpx.get(url, params={"state": "approved"}).text
        assert httpx.post(f"{url}/1", data={"decision": "approve", "text": "Fine."}).status_code == 422, "who decides?"


def test_without_the_setting_there_is_nothing_to_review(own_home: Path) -> None:
    with running(build_parts(Settings(home=own_home, port=0, speaker="none"))) as port:
        assert httpx.get(f"http://127.0.0.1:{port}/staff/answers").status_code == 404
    assert not (own_home / REVIEW).exists()


def test_a_broken_file_silences_the_model_and_is_told(own_home: Path) -> None:
    (own_home / REVIEW).write_bytes(b"not a database, but long enough to be looked at as one" * 40)
    with pytest.raises(ReviewError, match=REVIEW):
        Review.open(own_home / REVIEW)
    with serve_model(LOOK_UP, [*words(FIRST), ended()]) as server, gated(own_home, server) as (port, parts):
        assert any("reviewed" in fault for fault in parts.faults)
        assert "Moby" not in json.dumps(ask(port))
        assert server.asked == []


def test_two_at_once_are_one_question(tmp_path: Path) -> None:
    review = Review.open(tmp_path / REVIEW)
    start = threading.Barrier(8)

    def put(_: int) -> bool:
        start.wait()
        return review.ask("k", "a question", "en")

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(put, range(8))) == 1
    assert review.list_kept("pending")[0].asked == 8
    review.put("k", Draft("a question", "en", "first"))
    review.put("k", Draft("a question", "en", "second"))
    assert review.list_kept("pending")[0].draft.text == "first"
    assert review.decide(99, "approve", "x") is None
