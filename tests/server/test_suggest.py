"""Suggestions over HTTP: books and places of the home, the question each stands for, silence when it cannot."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from server.settings import load_settings
from server.suggest import Suggester
from tests.server.world import make_parts, running


@pytest.fixture(scope="module")
def suggester(demo_home: Path) -> Suggester:
    from server.home import open_home

    home = open_home(None, load_settings(demo_home).settings)
    return Suggester(home.catalogue, home.plan)


def test_titles_places_and_authors_with_their_questions(suggester: Suggester) -> None:
    (dune,) = suggester.suggest("dune", "en")
    assert (dune.kind, dune.text, dune.detail, dune.ask) == ("title", "Dune", "Frank Herbert", "Where is “Dune”?")
    assert suggester.suggest("三体", "zh")[0].ask == "《三体》在哪里？"
    cafe = suggester.suggest("cafe", "en")[0]
    assert (cafe.kind, cafe.ask) == ("place", "Where is Café?")
    assert cafe.detail
    tolkien = suggester.suggest("tolk", "en")[0]
    assert (tolkien.kind, tolkien.text) == ("author", "J. R. R. Tolkien")


def test_nobody_is_led_to_a_void_or_a_staff_room(suggester: Suggester) -> None:
    texts = {one.text for typed in ("三层", "staff", "storage") for one in suggester.suggest(typed, "zh")}
    assert not any("上空" in text or "Staff" in text or "办公室" in text for text in texts)


def test_over_http(suggester: Suggester) -> None:
    parts = make_parts()
    parts.suggester = suggester
    with running(parts) as port:
        http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20)
        answer = http.get("/v1/suggest", params={"q": "pride and p", "lang": "en"})
        assert answer.json()["suggestions"][0]["text"] == "Pride and Prejudice"
        assert answer.headers["cache-control"] == "no-store"
        assert http.get("/v1/suggest", params={"q": "x" * 101}).status_code == 422
        parts.suggester = None
        assert http.get("/v1/suggest", params={"q": "dune"}).json() == {"suggestions": []}
