"""Generated files: up to date, valid, and true to the messages."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.wire.examples import FROM_CLIENT_EXAMPLES, TO_CLIENT_EXAMPLES, golden_path
from wire.codes import MEANINGS, list_codes
from wire.generate import ROOT, build_files, main
from wire.schemas import build_schema
from wire.typescript import write_typescript

SCHEMA = build_schema()


def test_the_files_in_the_checkout_are_up_to_date() -> None:
    assert main(["--check"]) == 0


def test_a_changed_file_is_found_and_written_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", "--root", str(tmp_path)]) == 1
    assert main(["--root", str(tmp_path)]) == 0
    assert main(["--check", "--root", str(tmp_path)]) == 0
    (tmp_path / "web/src/messages.ts").write_text("// by hand")
    assert main(["--check", "--root", str(tmp_path)]) == 1
    assert "web/src/messages.ts differs" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("union", "example"),
    [("FromClient", e) for e in FROM_CLIENT_EXAMPLES] + [("ToClient", e) for e in TO_CLIENT_EXAMPLES],
    ids=lambda v: v if isinstance(v, str) else type(v).__name__,
)
def test_golden_files_are_valid_by_the_schema(union: str, example: object) -> None:
    body = json.loads(golden_path(example).read_text(encoding="utf-8"))  # type: ignore[arg-type]
    checker = jsonschema.Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{union}"})
    checker.validate(body)
    assert not checker.is_valid({**body, "type": "teleport"})
    del body["type"]
    assert not checker.is_valid(body)


def test_the_schema_is_a_schema_and_lists_every_code() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["x-error-codes"]) == set(list_codes()) == set(MEANINGS)


def test_every_reference_in_asyncapi_leads_somewhere() -> None:
    document = json.loads((ROOT / "wire/schema/asyncapi.json").read_text(encoding="utf-8"))

    def follow(part: object) -> None:
        if isinstance(part, dict):
            if "$ref" in part:
                place: object = document
                for step in part["$ref"].removeprefix("#/").split("/"):
                    assert isinstance(place, dict)
                    place = place[step]
            for value in part.values():
                follow(value)
        elif isinstance(part, list):
            for value in part:
                follow(value)

    follow(document)
    assert document["asyncapi"].startswith("3.")


def test_typescript_has_every_message_and_no_hole() -> None:
    text = build_files()["web/src/messages.ts"]
    for example in (*FROM_CLIENT_EXAMPLES, *TO_CLIENT_EXAMPLES):
        assert f"export interface {type(example).__name__} {{" in text
    assert 'lang?: "en" | "zh" | null;' in text  # Ask.lang may be left out
    assert "route: RouteBody | null;" in text  # Answer.route is always written
    assert "points: [number, number, number][];" in text
    with pytest.raises(ValueError, match="no TypeScript"):
        write_typescript({"$defs": {"X": {"properties": {"a": {"type": "colour"}}}}})
