"""Posters and worlds of themes: a shelf, a subject, a staff list, an idea; easy reading; what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from server.__main__ import main


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
    code = main([*map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def home(demo_home: Path, tmp_path: Path) -> Path:
    shutil.copytree(demo_home, tmp_path / "home")
    settings = tmp_path / "home" / "shelfway.toml"
    settings.write_text("world_width_px = 256\n" + settings.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path / "home"


def test_a_poster_of_a_subject_names_its_books_and_leads_to_their_shelf(capsys, home, tmp_path):
    words = ("poster", "--shelf", "astronomy", "--out", tmp_path / "p.png", "--home", home, "--lang", "en")
    code, body = run(capsys, *words, "--url", "http://x")
    assert code == 0
    assert body["books"]
    assert all(book in body["script"] for book in body["books"])
    assert body["shelf"]
    assert body["url"].startswith("http://x/#to=")
    assert run(capsys, "verify", tmp_path / "p.png", "--home", home)[1]["intact"]


def test_a_poster_of_a_staff_list_has_the_lists_name(capsys, home, tmp_path):
    (tmp_path / "list.txt").write_text("# Sea voyages\nMoby-Dick\ndemo-0001\n\n", encoding="utf-8")
    words = ("poster", "--list", tmp_path / "list.txt", "--out", tmp_path / "p.svg", "--home", home, "--lang", "en")
    code, body = run(capsys, *words)
    assert code == 0
    assert body["title"] == "Sea voyages"
    assert set(body["books"]) == {"Moby-Dick", "Pride and Prejudice"}
    assert body["script"].startswith("Our theme is Sea voyages.")


@pytest.mark.parametrize(
    ("text", "code"),
    [("# only a name\n", "no_brief"), ("no such book at all\n", "unknown_record"), (None, "not_found")],
)
def test_lists_that_name_nothing_are_refused(capsys, home, tmp_path, text, code):
    if text is not None:
        (tmp_path / "list.txt").write_text(text, encoding="utf-8")
    words = ("world", "--list", tmp_path / "list.txt", "--out", tmp_path / "w.glb", "--home", home)
    assert run(capsys, *words)[1]["code"] == code


def test_an_idea_becomes_a_world_and_a_shelf_is_found_by_its_label(capsys, home, tmp_path):
    out = tmp_path / "w.glb"
    code, body = run(capsys, "world", "--idea", "a quiet harbour at night", "--out", out, "--home", home)
    assert (code, body["motif"], body["time"]) == (0, "harbour", "night")
    assert "quiet" not in body["prompt"]
    rows = (home / "twin" / "shelves.csv").read_text(encoding="utf-8").splitlines()
    label = rows[1].split(",")[0]
    code, body = run(capsys, "world", "--shelf", label, "--out", out, "--home", home)
    assert code == 0
    assert body["portals"] > 1


def test_nothing_and_two_things_are_wrong_usage(home, tmp_path):
    for words in (["world"], ["world", "demo-0001", "--shelf", "sea"]):
        with pytest.raises(SystemExit) as left:
            main([*words, "--out", str(tmp_path / "w.glb"), "--home", str(home)])
        assert left.value.code == 2


def test_easy_reading_has_short_sentences_and_friendly_pictures(capsys, home, tmp_path):
    words = ("world", "demo-0001", "--out", tmp_path / "w.glb", "--home", home, "--lang", "en")
    full, easy = run(capsys, *words)[1], run(capsys, *words, "--level", "easy")[1]
    assert full["hash"] != easy["hash"]
    assert "for children" in easy["prompt"]
    assert "for children" not in full["prompt"]
    assert all(len(quotation["text"]) <= 70 for quotation in easy["quotations"])


def test_a_worker_without_a_redis_says_what_to_set(capsys, home):
    code, body = run(capsys, "worker", "--home", home)
    assert (code, body["code"], body["where"]) == (1, "no_hub", "hub_url")


def test_a_server_whose_worlds_are_painted_elsewhere_needs_a_redis(capsys, home):
    settings = home / "shelfway.toml"
    settings.write_text('worlds_painted = "workers"\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
    code, body = run(capsys, "serve", "--home", home, "--port", "0")
    assert code == 1
    assert "hub_url" in body["error"] + body["where"]
