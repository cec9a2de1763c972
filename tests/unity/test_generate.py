"""The generated C#: up to date, whole, and true to the golden files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unity.conftest import ROOT, Run
from unity_bridge.csharp import write_messages, write_protocol
from unity_bridge.generate import SCHEMA, main
from wire.schemas import build_schema, schema_hash

pytestmark = pytest.mark.xdist_group("unity")  # compiled once, one server
GOLDEN = ROOT / "tests" / "golden"


def test_the_files_in_the_checkout_are_up_to_date() -> None:
    assert main(["--check"]) == 0


def test_a_changed_file_is_found_and_written_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", "--root", str(tmp_path)]) == 1
    assert main(["--root", str(tmp_path)]) == 0
    assert main(["--check", "--root", str(tmp_path)]) == 0
    (tmp_path / "unity_bridge/unity/Runtime/Core/Messages/Protocol.cs").write_text("// by hand")
    assert main(["--check", "--root", str(tmp_path)]) == 1
    assert "Protocol.cs differs" in capsys.readouterr().err


def test_the_golden_files_are_read_and_written_the_same(mono: Run) -> None:
    lines = dict(line.split("\t", 1) for line in mono("golden", GOLDEN).splitlines())
    assert set(lines) == {path.name for path in GOLDEN.glob("*.json")}
    for name, text in lines.items():
        assert json.loads(text) == json.loads((GOLDEN / name).read_text(encoding="utf-8")), name


def test_a_broken_message_is_refused_by_name_and_nothing_else_happens(mono: Run) -> None:
    refused, read = map(int, mono("broken", GOLDEN).split())
    assert refused > 2000
    assert read > 0  # a changed letter inside a text breaks nothing


def test_the_hash_is_the_servers_and_does_not_hang_on_wording() -> None:
    schema = build_schema()
    assert f'SchemaHash = "{schema_hash()}"' in write_protocol(schema)
    assert json.loads((ROOT / SCHEMA).read_text(encoding="utf-8"))["x-hash"] == schema_hash()


def test_a_schema_without_csharp_is_refused() -> None:
    body = {"type": "object", "properties": {"a": {"type": "colour"}}}
    with pytest.raises(ValueError, match="no C#"):
        write_messages({"$defs": {"X": body}})
    with pytest.raises(ValueError, match="no C#"):
        write_messages({"$defs": {"X": {"type": "string"}}})
