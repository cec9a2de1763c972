"""Documents hold what they say: names exist and are complete, links resolve, examples run."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from server.__main__ import COMMANDS, main
from server.settings import Settings
from wire.codes import CLOSE_CODES, list_codes
from wire.messages import FromClient, ToClient

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [*DOCS, ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
REFERENCE = ROOT / "docs" / "reference"
ROOMS = ("wire", "spatial", "library", "avatars", "assets", "unity_bridge", "server", "demo", "bench")
TYPES = {m.model_fields["type"].default for m in (*get_args(FromClient), *get_args(ToClient))}
FENCE = re.compile(
    r"(?P<mark><!-- runnable(?:: \w+)? -->\n)?```(?P<lang>\w*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE
)
needs_voice = pytest.mark.skipif(importlib.util.find_spec("espeakng_loader") is None, reason="needs the extra [speech]")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def code_in(text: str) -> Iterator[str]:
    """Code spans, and lines of code blocks."""
    for block in FENCE.finditer(text):
        yield from block["body"].splitlines()
    yield from re.findall(r"`([^`\n]+)`", FENCE.sub("", text))


def slug(heading: str) -> str:
    """The anchor of a heading."""
    plain = re.sub(r"[`*\[\]]|\([^)]*\.md[^)]*\)", "", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def first_cells(page: str) -> set[str]:
    return set(re.findall(r"^\| `(\w+)` \|", text_of(REFERENCE / page), re.MULTILINE))


def test_the_reference_is_complete_and_true() -> None:
    assert first_cells("settings.md") == set(Settings.model_fields)
    assert first_cells("codes.md") == set(list_codes())
    assert set(re.findall(r"^### `(\w+)`", text_of(REFERENCE / "messages.md"), re.MULTILINE)) == TYPES
    assert set(re.findall(r"^## `shelfway (\w+)`", text_of(REFERENCE / "commands.md"), re.MULTILINE)) == set(COMMANDS)


def test_the_client_guide_names_every_message_and_close_code() -> None:
    guide = text_of(ROOT / "docs" / "how-to" / "clients.md")
    spoken = set(re.findall(r"`(\w+)(?:: \w+)?`", guide)) | {"error"}
    assert sorted(TYPES - spoken) == []
    assert set(re.findall(r"^\| (\d{4}) \|", guide, re.MULTILINE)) == {str(code) for code in CLOSE_CODES}


def test_the_operating_guide_names_every_figure() -> None:
    from server.telemetry import Telemetry

    figures = set(re.findall(r"^# HELP (shelfway_\w+)", Telemetry().render().decode(), re.MULTILINE))
    figures -= {name for name in figures if name.endswith("_created")}
    named = set(re.findall(r"`(shelfway_\w+)", text_of(ROOT / "docs" / "how-to" / "operate.md")))
    assert named == figures


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_names_in_a_page_exist(page: Path) -> None:
    text = text_of(page)
    for variable in re.findall(r"\bSHELFWAY_([A-Z_]+)\b", text):
        assert variable == "NAME" or variable.lower() in Settings.model_fields, variable
    bases = [ROOT, *(ROOT / room for room in (*ROOMS, "web/src", "tests", "docs"))]
    for code in code_in(text):
        for command in re.findall(r"(?:^|\$ |\./)shelfway (\w+)", code):
            assert command in COMMANDS, f"there is no command {command}"
        for path in re.findall(r"^([\w.-]+/[\w./-]+\.(?:py|ts|js|md|csv|jsonl|geojson|toml|mrc))(?::.*)?$", code):
            if not path.startswith(("twin/", "home/", "documents/")):
                assert any((base / path).exists() for base in bases), f"there is no {path}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_resolve(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text_of(page))):
        if re.match(r"https?:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        assert there.exists(), f"{target} leads nowhere"
        if anchor:
            anchors = {slug(h) for h in re.findall(r"^#+ (.+)$", text_of(there), re.MULTILINE)}
            assert anchor in anchors, f"{target}: no such heading"


def test_architecture_names_every_file() -> None:
    text = text_of(ROOT / "docs" / "architecture.md")
    missing = []
    for room in ROOMS:
        section = text.partition(f"### `{room}/`")[2].partition("\n### ")[0]
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT / room).as_posix()
            if (
                path.read_text(encoding="utf-8").strip()
                and f"`{name}`" not in section
                and f"`{room}/{name}`" not in section
            ):
                missing.append(f"{room}/{name}")
    for path in sorted((ROOT / "web" / "src").rglob("*.ts")):
        if f"`{path.relative_to(ROOT / 'web' / 'src').as_posix()}`" not in text:
            missing.append(str(path.relative_to(ROOT)))
    assert missing == [], "give each a line in docs/architecture.md"


def test_every_decision_has_its_three_parts_and_is_listed() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    listed = text_of(ROOT / "docs" / "decisions" / "README.md")
    for path in records:
        assert f"({path.name})" in listed
        assert all(part in text_of(path) for part in ("**Question.**", "**Choice.**", "**Price.**")), path.name
        assert len(text_of(path).splitlines()) < 60, f"{path.name} is longer than a page"


def runnable(kind: str) -> list[tuple[str, str]]:
    return [
        (page.name, block["body"])
        for page in PAGES
        for block in FENCE.finditer(text_of(page))
        if block["lang"] == "python" and (block["mark"] or "").strip("\n") == f"<!-- runnable{kind} -->"
    ]


def test_python_examples_compile_and_small_ones_run() -> None:
    for page in PAGES:
        for block in FENCE.finditer(text_of(page)):
            if block["lang"] == "python":
                compile(block["body"], str(page), "exec")
    assert runnable("")
    for name, body in runnable(""):
        exec(compile(body, name, "exec"), {"__name__": "example"})


@needs_voice
def test_the_client_example_runs(demo_home: Path, tmp_path: Path) -> None:
    ((_, body),) = runnable(": server")
    (tmp_path / "client.py").write_text(body, encoding="utf-8")
    environ = {k: v for k, v in os.environ.items() if not k.startswith("SHELFWAY_")}
    command = [sys.executable, "-m", "server", "serve", "--home", str(demo_home), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ, cwd=ROOT) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        client = [sys.executable, str(tmp_path / "client.py"), address]
        done = subprocess.run(client, capture_output=True, text=True, timeout=90, check=False)
        server.send_signal(signal.SIGTERM)
    assert done.returncode == 0, done.stderr
    assert "Pride and Prejudice" in done.stdout
    assert re.search(r"^[1-9][\d.]* s of speech$", done.stdout, re.MULTILINE)


def turns(page: Path) -> list[tuple[str, list[str]]]:
    """Commands of ``console`` blocks with the output that the page shows."""
    found: list[tuple[str, list[str]]] = []
    for block in FENCE.finditer(text_of(page)):
        for line in block["body"].splitlines() if block["lang"] == "console" else ():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


@pytest.mark.parametrize("name", ["tutorial.md", "how-to/own-library.md"])
def test_commands_print_what_the_page_shows(
    name: str, demo_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``…`` in the page stands for anything."""
    shutil.copytree(demo_home, tmp_path / "home")
    for folder in ("demo", "docs"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    for variable in [v for v in os.environ if v.startswith("SHELFWAY_")]:
        monkeypatch.delenv(variable)
    shown = turns(ROOT / "docs" / name)
    assert shown
    for command, lines in shown:
        words = shlex.split(command)
        assert words.pop(0) == "shelfway"
        assert main(words) == 0, (command, capsys.readouterr().err)
        told = capsys.readouterr().out
        for line in lines:
            pattern = ".*".join(re.escape(part.strip()) for part in line.split("…"))
            assert re.search(pattern, told), f"{name} shows after `{command}`:\n{line}\nit prints:\n{told}"


def test_no_page_speaks_of_one_machine() -> None:
    for page in PAGES:
        assert not re.search(r"(?<![\w.-])/work/|/home/\w+/|/tmp/", text_of(page)), page.name
