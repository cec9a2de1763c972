"""The command line: fast help, one exit code per outcome, never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from server import refusals
from server.__main__ import COMMANDS, build_parser, describe_fault, main
from server.errors import CommandError

COMMAND_FILES = Path(refusals.__file__).parent / "commands"


def test_help_names_every_command_and_imports_none_of_them() -> None:
    code = "import sys, server.__main__ as m; m.build_parser(); print([n for n in sys.modules if 'commands.' in n])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    text = build_parser().format_help()
    assert all(f"  {name}" in text for name in COMMANDS)


def test_the_table_and_the_folder_agree() -> None:
    files = {p.stem for p in COMMAND_FILES.glob("*.py")} - {"__init__"}
    assert files <= {module for module, _ in COMMANDS.values()}


def test_commands_of_later_issues_are_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("twin", "world", "verify", "plan", "models", "nonsense"):
        with pytest.raises(SystemExit) as caught:
            main([name])
        assert caught.value.code == 2
    assert "invalid choice" in capsys.readouterr().err


def test_settings_as_json_and_as_text(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["settings", "--home", str(tmp_path), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["settings"]
    assert rows[0]["origin"] == "--home"
    assert main(["settings", "--home", str(tmp_path)]) == 0
    assert "port = 8765" in capsys.readouterr().out


def test_a_refused_setting_is_one_document_or_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHELFWAY_PROT", "1")
    assert main(["settings", "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document == {
        "error": "there is no setting prot; did you mean port?",
        "code": "bad_setting",
        "where": "SHELFWAY_PROT",
    }
    assert main(["settings"]) == 1
    assert capsys.readouterr().err.startswith("shelfway: SHELFWAY_PROT: there is no setting")


def test_doctor_examines_this_machine(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["doctor", "--home", str(tmp_path / "none"), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["sound"]
    home = next(f for f in document["findings"] if f["what"] == "home")
    assert not home["ok"]
    assert "shelfway import venue" in home["detail"]


def test_a_home_that_is_none_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    assert main(["demo", "--home", str(tmp_path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["code"] == "not_a_home"
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_candidates_and_files_are_named() -> None:
    fault = CommandError("two places", "ambiguous_place", "--to", [{"id": "a"}, {"id": "b"}])
    assert describe_fault(fault) == {
        "error": "two places",
        "code": "ambiguous_place",
        "where": "--to",
        "candidates": [{"id": "a"}, {"id": "b"}],
    }
    missing = describe_fault(FileNotFoundError(2, "No such file or directory", "/x/y"))
    assert (missing["code"], missing["where"]) == ("cannot_read", "/x/y")


def test_a_fault_of_the_program_is_named_without_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.commands.settings.load_settings", lambda _: 1 // 0)
    assert main(["settings"]) == 1
    err = capsys.readouterr().err
    assert "ZeroDivisionError" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("wrong", [["serve", "--port", "99999"], ["serve", "--port", "x"], [], ["settings", "extra"]])
def test_wrong_usage_exits_2(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(wrong)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err
