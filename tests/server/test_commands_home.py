"""Importing, checking, routing, finding and asking by the command line, on the demo and on real files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from server.__main__ import main
from tests.library.marc_maker import make_marc


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
    """Exit code and the one JSON document on stdout."""
    code = main([*map(str, words), "--json"])
    out = capsys.readouterr().out
    return code, json.loads(out)


def test_a_real_venue_and_the_way_between_two_occupants(capsys, tmp_path, shared):
    code, body = run(capsys, "import", "venue", shared / "data/imdf/CPC4", "--home", tmp_path / "h")
    assert code == 0
    assert body["counts"]["unit"] == 18
    assert set(body["origin"]) == {"lat", "lon"}
    names = ("Health Data Insight", "Syngenta")
    code, way = run(capsys, "route", "--from", names[0], "--to", names[1], "--home", tmp_path / "h")
    assert code == 0
    back = run(capsys, "route", "--from", names[1], "--to", names[0], "--home", tmp_path / "h")[1]
    assert way["length_m"] == pytest.approx(back["length_m"], abs=1e-3)
    assert way["reason"] is None
    assert len(way["points"][0]) == 3
    assert "input name here" not in " ".join(step["text"] for step in way["steps"])


def test_real_marc_files(capsys, tmp_path, shared):
    folder = shared / "data/marc"
    files = sorted(f for f in folder.rglob("*") if f.suffix in (".dat", ".mrc", ".marc", ".xml", ".json"))
    code, body = run(capsys, "import", "catalogue", *files, "--home", tmp_path / "h")
    assert code == 0
    assert body["kept"] > 100
    assert body["read"] == body["kept"] + sum(1 for r in body["refused"] if r["position"])
    assert all(r["reason"] and r["file"] for r in body["refused"])


def test_nothing_kept_leaves_no_home(capsys, tmp_path):
    bad = tmp_path / "bad.mrc"
    bad.write_bytes(b"this is not MARC at all")
    code, body = run(capsys, "import", "catalogue", bad, "--home", tmp_path / "h")
    assert code == 1
    assert {"error", "code", "where"} <= set(body)
    assert not (tmp_path / "h").exists()
    code, body = run(capsys, "import", "documents", bad, "--home", tmp_path / "h")
    assert code == 1
    assert not list((tmp_path / "h").glob("catalogue*"))


def test_a_file_that_is_not_there(capsys, tmp_path):
    code, body = run(capsys, "import", "venue", tmp_path / "none", "--home", tmp_path / "h")
    assert (code, body["code"]) == (1, "not_found")


def test_shelves_keep_the_good_rows(capsys, tmp_path, demo_home):
    import shutil

    home = tmp_path / "h"
    shutil.copytree(demo_home, home)
    text = (home / "twin/shelves.csv").read_text(encoding="utf-8-sig").splitlines()
    reversed_row = text[1].split(",")
    reversed_row[0], reversed_row[4], reversed_row[5] = "X-1", reversed_row[5], reversed_row[4]
    lost = text[2].split(",")
    lost[0], lost[2] = "X-2", "no such level"
    shelves = tmp_path / "s.csv"
    shelves.write_text("\ufeff" + "\n".join([*text, ",".join(reversed_row), ",".join(lost)]), encoding="utf-8")
    code, body = run(capsys, "import", "shelves", shelves, "--home", home)
    assert code == 0
    assert body["kept"] == len(text) - 1
    assert {f["range_id"] for f in body["faults"]} == {"X-1", "X-2"}
    assert all(f["row"] and f["message"] for f in body["faults"])


def test_the_demo_is_fit(capsys, demo_home):
    code, body = run(capsys, "check", "--home", demo_home)
    assert (code, body) == (0, {"fit": True, "faults": []})


def test_an_empty_home_is_not_fit(capsys, tmp_path, shared):
    run(capsys, "import", "venue", shared / "data/imdf/CPC4", "--home", tmp_path / "h")
    code, body = run(capsys, "check", "--home", tmp_path / "h")
    assert code == 1
    assert {"no_shelves", "no_catalogue"} <= {f["code"] for f in body["faults"]}


def test_ambiguous_and_unknown_places(capsys, demo_home):
    code, body = run(capsys, "route", "--to", "Women's Toilet", "--home", demo_home)
    assert (code, body["code"]) == (1, "ambiguous_place")
    assert len(body["candidates"]) == 3
    code, body = run(capsys, "route", "--to", "Narnia", "--home", demo_home)
    assert (code, body["code"]) == (1, "unknown_place")


def test_find_gives_items_with_shelves(capsys, demo_home):
    code, body = run(capsys, "find", "三体", "--limit", 3, "--home", demo_home)
    assert code == 0
    first = body["hits"][0]
    assert first["title"] == "三体"
    assert first["shelf"]["range_id"] == "2B-12"
    assert run(capsys, "find", "zzzz qqqq", "--home", demo_home) == (0, {"query": "zzzz qqqq", "hits": []})


def test_a_conversation_continues_from_its_file(capsys, demo_home, tmp_path):
    history = tmp_path / "talk.jsonl"
    run(capsys, "ask", "Where is Dune?", "--history", history, "--home", demo_home)
    code, body = run(capsys, "ask", "take me there", "--history", history, "--home", demo_home)
    assert code == 0
    assert body["intent"] == "guide"
    assert body["items"][0]["title"] == "Dune"
    assert body["route"]["length_m"] > 0
    assert len(history.read_text(encoding="utf-8").splitlines()) == 2
    history.write_text("{broken\n", encoding="utf-8")
    code, body = run(capsys, "ask", "and?", "--history", history, "--home", demo_home)
    assert (code, body["code"]) == (1, "bad_history")


def test_a_batch_answers_line_by_line(capsys, demo_home, tmp_path):
    lines = [
        '{"id": 7, "question": "Where is Dune?"}',
        '"nearest toilet"',
        "{oops",
        '{"question": "hi", "at": "Narnia"}',
    ]
    batch = tmp_path / "b.jsonl"
    batch.write_text("\n".join(lines), encoding="utf-8")
    assert main(["ask", "--batch", str(batch), "--home", str(demo_home)]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [a.get("code") for a in answers] == [None, None, "bad_batch", "unknown_place"]
    assert answers[0]["id"] == 7
    assert answers[0]["items"][0]["record_id"]
    assert answers[1]["place"]


def test_refused_is_done(capsys, demo_home):
    code, body = run(capsys, "ask", "Where is Harry Potter and the Goblet of Fire?", "--home", demo_home)
    assert code == 0
    assert body["refused"] is True


def test_usage_is_two(capsys, demo_home: Path):
    assert main(["ask", "--home", str(demo_home)]) == 2
    with pytest.raises(SystemExit) as stop:
        main(["nonsense"])
    assert stop.value.code == 2


def test_a_batch_of_queries_pairs_with_its_lines(capsys, demo_home, tmp_path):
    batch = tmp_path / "b.txt"
    batch.write_text("Dune\n\n三体\n", encoding="utf-8")
    assert main(["find", "--batch", str(batch), "--home", str(demo_home)]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [a["query"] for a in answers] == ["Dune", "", "三体"]
    assert [bool(a["hits"]) for a in answers] == [True, False, True]


def test_two_records_of_one_id_are_named(capsys, tmp_path):
    one, other = ([("001", "x1"), ("245", f"10$a{title}.")] for title in ("First book", "Second book"))
    source = tmp_path / "double.mrc"
    source.write_bytes(make_marc(one) + make_marc(other))
    code, body = run(capsys, "import", "catalogue", source, "--home", tmp_path / "h")
    assert (code, body["kept"], body["replaced"]) == (0, 2, 1)
    (double,) = body["doubles"]
    assert (double["record_id"], double["position"]) == ("x1", 2)
    assert "record 1" in double["message"]
    source.write_bytes(make_marc([("001", "x1"), ("245", "10$aSecond book.")]) * 2)
    assert run(capsys, "import", "catalogue", source, "--home", tmp_path / "h2")[1]["doubles"] == []


def test_a_refusal_says_where_and_all_that_is_wrong(capsys, tmp_path, demo_home):
    bad = tmp_path / "s.csv"
    bad.write_text("a,b\n1,2\n", encoding="utf-8")
    code, body = run(capsys, "import", "shelves", bad, "--home", demo_home)
    assert (code, body["code"], body["where"]) == (1, "bad_shelf_list", str(bad))
    twin = tmp_path / "h/twin/plan.json"
    twin.parent.mkdir(parents=True)
    twin.write_text("{}", encoding="utf-8")
    code, body = run(capsys, "route", "--to", "anywhere", "--home", tmp_path / "h")
    assert (code, body["code"], body["where"]) == (1, "bad_twin", str(twin))
    venue = tmp_path / "venue"
    venue.mkdir()
    (venue / "unit.geojson").write_text("not JSON", encoding="utf-8")
    code, body = run(capsys, "import", "venue", venue, "--home", tmp_path / "h")
    assert (code, body["code"], body["where"]) == (1, "bad_venue", str(venue))
    assert "unit.geojson" in {f["file"] for f in body["faults"]}


def test_an_unknown_level_is_named(capsys, demo_home):
    body = run(capsys, "route", "--to", "1,1@F9", "--home", demo_home)[1]
    assert body["code"] == "unknown_place"
    assert "F9" in body["error"]
    assert "level" in body["error"]


def test_an_end_that_was_moved_is_told(capsys, tmp_path, shared):
    run(capsys, "import", "venue", shared / "data/imdf/CPC4", "--home", tmp_path / "h")
    names = ("Health Data Insight", "Syngenta")
    start = run(capsys, "route", "--from", names[0], "--to", names[1], "--home", tmp_path / "h")[1]["points"][0]
    asked = f"--from={start[0] - 60},{start[1]}@#0"
    for away in range(59, 0, -1):  # from far outside to the first place that is near enough
        code, way = run(capsys, "route", asked, "--to", names[1], "--home", tmp_path / "h")
        if way["length_m"] is not None:
            break
        asked = f"--from={start[0] - away},{start[1]}@#0"
    assert code == 0
    assert way["start_moved_m"] > 1
    assert main(["route", asked, "--to", names[1], "--home", str(tmp_path / "h")]) == 0
    assert "the start lies" in capsys.readouterr().out
