"""The command as other programs call it."""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path

import pytest

from server.commands import callnumber


def call(*words: str) -> int:
    parser = argparse.ArgumentParser()
    callnumber.add_parser(parser.add_subparsers())
    return callnumber.run(parser.parse_args(["callnumber", *words]))


def test_sort_returns_lines_unchanged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "numbers.txt"
    file.write_text("TP32\r\n???\n ＴＰ311\n", encoding="utf-8")
    assert call("sort", "--scheme", "clc", str(file)) == 0
    out = capsys.readouterr()
    assert out.out == " ＴＰ311\nTP32\n???\n"
    assert "row 2" in out.err


def test_keys_as_json_from_stdin(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"QA76\nQA7\nx\n")))
    assert call("key", "--scheme", "lcc", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    keys = [row["key"] for row in document["keys"]]
    assert keys[1] < keys[0]
    assert keys[2] is None
    assert document["unreadable"][0]["row"] == 3


def test_refusals_say_what_and_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("sort", "--scheme", "ddc", "--json", str(tmp_path / "absent")) == 1
    assert json.loads(capsys.readouterr().out)["code"] == "cannot_read"
    file = tmp_path / "latin.txt"
    file.write_bytes(b"823\n\xe9")
    assert call("sort", "--scheme", "ddc", "--json", str(file)) == 1
    assert "offset 4" in json.loads(capsys.readouterr().out)["error"]
    with pytest.raises(SystemExit) as wrong:
        call("sort", "--scheme", "udc")
    assert wrong.value.code == 2
