"""``shelfway models``: listing, fetching from a hub on a real socket or a folder carried by hand, and checking."""

from __future__ import annotations

import hashlib
import json
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from avatars.engines import find_missing
from server.__main__ import main
from server.models_known import KNOWN
from tests.avatars.engines import tiny_sherpa, tiny_voices
from tests.avatars.engines.model_server import say, serve_model
from tests.server.hub_server import HubServer, serve_hub

MODEL = bytes(range(256)) * 40
FILES = {
    "model.int8.onnx": MODEL,
    "tokens.txt": b"a 0\n",
    "README.md": b"hello",
    ".gitattributes": b"x",
    "onnx/extra.bin": MODEL,
}


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with serve_hub(FILES) as server:
        yield server


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command in a home of its own; its exit code and its one JSON document."""
    for name in ("HF_TOKEN", "HF_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)

    def go(*arguments: str) -> tuple[int, dict[str, Any]]:
        code = main(["models", *arguments, "--home", str(tmp_path), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return go


def test_the_list_says_what_a_person_wants_to_know_first(run: Any) -> None:
    code, told = run("list")
    assert code == 0
    assert {one["for"] for one in told["models"]} == {"hearing", "voice", "voice detection", "language model"}
    for one in told["models"]:
        assert one["licence"]
        assert one["size_mb"] > 0
        assert one["source"]
        assert not one["fetched"]
        assert one["name"] in one["setting"] or one["setting"] == 'voice_detector = "silero"'
        tomllib.loads(one["setting"])
    assert len({model.name for model in KNOWN}) == len(KNOWN)


def test_a_listed_model_is_fetched_whole_and_checked(run: Any, hub: HubServer, tmp_path: Path) -> None:
    code, told = run("fetch", "sense-voice", "--mirror", hub.url, "--yes")
    assert code == 0
    folder = tmp_path / "models" / "sense-voice"
    assert {path.name for path in folder.iterdir()} == {"model.int8.onnx", "tokens.txt", "manifest.json"}
    assert (folder / "model.int8.onnx").read_bytes() == MODEL
    assert told["files"]["model.int8.onnx"]["sha256"] == hashlib.sha256(MODEL).hexdigest()
    assert told["licence"].startswith("FunASR")
    assert told["setting"] == 'hearing_model = "sense-voice"'
    assert [path.name for path in (tmp_path / "models").iterdir() if path.is_dir()] == ["sense-voice"]
    assert next(one for one in run("list")[1]["models"] if one["name"] == "sense-voice")["fetched"]


def test_nothing_is_fetched_before_the_licence_is_accepted(run: Any, hub: HubServer, tmp_path: Path) -> None:
    code, told = run("fetch", "sense-voice", "--mirror", hub.url)
    assert (code, told["code"]) == (1, "licence_not_accepted")
    assert "FunASR" in told["error"]
    assert hub.served == []
    assert not (tmp_path / "models").exists()


def test_the_licence_is_shown_before_the_first_file(
    hub: HubServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "fetch", "maker/tiny", "--mirror", hub.url, "--home", str(tmp_path)]) == 1
    shown = capsys.readouterr().err
    assert "licence: mit" in shown
    assert "maker/tiny" in shown


def test_a_model_that_is_not_listed_comes_with_the_hubs_licence(run: Any, hub: HubServer, tmp_path: Path) -> None:
    code, told = run("fetch", "maker/tiny", "--mirror", hub.url, "--yes")
    assert code == 0
    assert told["licence"] == "mit"
    assert set(told["files"]) == {"model.int8.onnx", "tokens.txt", "README.md", "onnx/extra.bin"}
    assert (tmp_path / "models" / "tiny" / "onnx" / "extra.bin").read_bytes() == MODEL
    hub.licence = None
    assert run("fetch", "maker/tiny", "--mirror", hub.url, "--yes")[1]["licence"] == "unknown"


def test_a_fetch_that_breaks_off_goes_on_where_it_was(run: Any, hub: HubServer) -> None:
    hub.cut_after["model.int8.onnx"] = 4_000
    assert run("fetch", "sense-voice", "--mirror", hub.url, "--yes")[0] == 0
    assert [first for name, first in hub.served if name == "model.int8.onnx"] == [0, 4_000]


def test_a_fetch_that_was_given_up_goes_on_at_the_next_call(run: Any, hub: HubServer, tmp_path: Path) -> None:
    part = tmp_path / "models" / ".sense-voice.part"
    part.mkdir(parents=True)
    (part / "model.int8.onnx").write_bytes(MODEL[:5_000])
    (part / "stray.bin").write_bytes(b"of an older fetch")
    assert run("fetch", "sense-voice", "--mirror", hub.url, "--yes")[0] == 0
    assert ("model.int8.onnx", 5_000) in hub.served
    assert not (tmp_path / "models" / "sense-voice" / "stray.bin").exists()


def test_a_part_of_another_file_is_thrown_away(run: Any, hub: HubServer, tmp_path: Path) -> None:
    part = tmp_path / "models" / ".sense-voice.part"
    part.mkdir(parents=True)
    (part / "model.int8.onnx").write_bytes(b"x" * 5_000)
    code, told = run("fetch", "sense-voice", "--mirror", hub.url, "--yes")
    assert (code, told["code"]) == (1, "bad_checksum")
    assert run("fetch", "sense-voice", "--mirror", hub.url, "--yes")[0] == 0


def test_a_changed_file_is_refused_and_what_was_there_stays(run: Any, hub: HubServer, tmp_path: Path) -> None:
    assert run("fetch", "sense-voice", "--mirror", hub.url, "--yes")[0] == 0
    hub.files["model.int8.onnx"] = MODEL + b"new"
    hub.lies["model.int8.onnx"] = b"?" * len(MODEL + b"new")
    code, told = run("fetch", "sense-voice", "--mirror", hub.url, "--yes")
    assert (code, told["code"]) == (1, "bad_checksum")
    assert (tmp_path / "models" / "sense-voice" / "model.int8.onnx").read_bytes() == MODEL
    hub.lies.clear()
    assert run("fetch", "sense-voice", "--mirror", hub.url, "--yes")[0] == 0
    assert (tmp_path / "models" / "sense-voice" / "model.int8.onnx").read_bytes() == MODEL + b"new"


def test_what_is_here_already_is_not_fetched_again(run: Any, hub: HubServer) -> None:
    assert run("fetch", "sense-voice", "--mirror", hub.url, "--yes")[0] == 0
    before = len(hub.served)
    assert run("fetch", "sense-voice", "--mirror", hub.url, "--yes")[0] == 0
    assert len(hub.served) == before


@pytest.mark.parametrize(
    ("listing", "code"),
    [
        ([{"type": "file", "path": "../evil.txt", "size": 1, "oid": "0"}], "cannot_fetch"),
        ([{"type": "file", "path": "/etc/evil.txt", "size": 1, "oid": "0"}], "cannot_fetch"),
        ([{"type": "file", "path": "a\\evil.txt", "size": 1, "oid": "0"}], "cannot_fetch"),
        ([{"type": "directory", "path": "a", "size": 1, "oid": "0"}], "cannot_fetch"),
        ([{"path": 3}], "cannot_fetch"),
        ({"error": "no"}, "cannot_fetch"),
        ("text", "cannot_fetch"),
        ([{"type": "file", "path": "big.bin", "size": 1 << 60, "oid": "0"}], "no_space"),
    ],
)
def test_a_listing_that_is_wrong_writes_nothing(
    run: Any, hub: HubServer, tmp_path: Path, listing: Any, code: str
) -> None:
    hub.listing = listing
    assert run("fetch", "maker/tiny", "--mirror", hub.url, "--yes")[1]["code"] == code
    assert not list(tmp_path.rglob("evil*"))
    assert not (tmp_path / "models" / "tiny").exists()


@pytest.mark.parametrize(("status", "said"), [(401, "HF_TOKEN"), (404, "no such file"), (500, "HTTP 500")])
def test_what_the_hub_refuses_is_said(run: Any, hub: HubServer, status: int, said: str) -> None:
    hub.status = status
    code, told = run("fetch", "sense-voice", "--mirror", hub.url, "--yes")
    assert (code, told["code"]) == (1, "cannot_fetch")
    assert said in told["error"]


def test_a_closed_network_is_told_how_to_go_on(run: Any, hub: HubServer) -> None:
    gone = hub.url.rpartition(":")[0] + ":1"
    code, told = run("fetch", "sense-voice", "--mirror", gone, "--yes")
    assert (code, told["code"]) == (1, "cannot_fetch")
    assert "--from DIR" in told["error"]
    assert run("fetch", "sense-voice", "--mirror", "ftp://x", "--yes")[1]["code"] == "bad_address"
    code, told = run("fetch", "nonsense", "--mirror", hub.url, "--yes")
    assert (code, told["code"]) == (1, "unknown_model")
    assert "sense-voice" in told["candidates"]


def test_the_token_goes_to_the_hub(run: Any, hub: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "secret")
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    assert run("fetch", "sense-voice", "--yes")[0] == 0
    assert set(hub.tokens) == {"Bearer secret"}


def test_a_folder_is_carried_by_hand(run: Any, hub: HubServer, tmp_path: Path) -> None:
    assert run("fetch", "sense-voice", "--mirror", hub.url, "--yes")[0] == 0
    carried = tmp_path / "stick"
    shutil.copytree(tmp_path / "models" / "sense-voice", carried / "sense-voice")
    shutil.rmtree(tmp_path / "models")
    before = len(hub.tokens)
    code, told = run("fetch", "sense-voice", "--from", str(carried), "--yes")
    assert code == 0
    assert len(hub.tokens) == before
    assert told["licence"].startswith("FunASR")
    assert (tmp_path / "models" / "sense-voice" / "model.int8.onnx").read_bytes() == MODEL
    (carried / "sense-voice" / "tokens.txt").write_bytes(b"b 0\n")
    assert run("fetch", "sense-voice", "--from", str(carried), "--yes")[1]["code"] == "bad_checksum"
    (carried / "sense-voice" / "tokens.txt").unlink()
    assert run("fetch", "sense-voice", "--from", str(carried), "--yes")[1]["code"] == "bad_checksum"
    assert (tmp_path / "models" / "sense-voice" / "tokens.txt").read_bytes() == b"a 0\n"
    assert run("fetch", "sense-voice", "--from", str(tmp_path / "nowhere"), "--yes")[1]["code"] == "cannot_read"


def test_a_folder_without_a_manifest_gets_one(run: Any, tmp_path: Path) -> None:
    plain = tiny_sherpa.sense_voice(tmp_path / "plain")
    code, told = run("fetch", "our-own-ears", "--from", str(plain), "--yes")
    assert code == 0
    assert told["licence"] == "unknown"
    assert set(told["files"]) == {"model.onnx", "tokens.txt"}
    assert run("list")[1]["others"] == ["our-own-ears"]
    assert run("fetch", "../out", "--from", str(plain), "--yes")[1]["code"] == "unknown_model"


NEEDED = [find_missing(name) for name in ("sherpa", "piper", "espeak")]


@pytest.mark.skipif(any(NEEDED), reason=str(next((one for one in NEEDED if one), "")))
def test_check_loads_what_is_set_and_says_what_is_missing(run: Any, tmp_path: Path) -> None:
    plain = tiny_sherpa.sense_voice(tmp_path / "plain")
    assert run("fetch", "sense-voice", "--from", str(plain), "--yes")[0] == 0
    tiny_voices.piper(tmp_path / "models" / "alba" / "en.onnx")
    with serve_model(say("x")) as server:
        (tmp_path / "shelfway.toml").write_text(
            f"hearing_model = 'sense-voice'\nvoices = {{ en = 'alba', zh = 'melo' }}\nturn_model = 'absent'\n"
            f"[language_models.think]\nurl = '{server.url}'\nmodel = 'tiny'\n"
            f"[language_models.translate]\nurl = '{server.url}'\nmodel = 'huge'\n",
            encoding="utf-8",
        )
        code, told = run("check")
    rows = {row["setting"]: row for row in told["models"]}
    assert (code, told["sound"]) == (1, False)
    fit = {name for name, row in rows.items() if row["loadable"]}
    assert fit == {"hearing_model", "voice_detector", "speaker", "voices.en", "language_models.think"}
    assert all(not row["fault"] for row in rows.values() if row["loadable"])
    assert rows["hearing_model"]["engine"] == "sherpa"
    assert not rows["voices.zh"]["present"]
    assert "shelfway models fetch melo" in rows["voices.zh"]["fault"]
    assert "offers no 'huge' but tiny, other" in rows["language_models.translate"]["fault"]
    assert not rows["turn_model"]["present"]
    (tmp_path / "models" / "sense-voice" / "tokens.txt").write_text("changed 0\n", encoding="utf-8")
    row = next(row for row in run("check")[1]["models"] if row["setting"] == "hearing_model")
    assert row["present"]
    assert not row["loadable"]
    assert "tokens.txt" in row["fault"]


@pytest.mark.skipif(find_missing("sphinx") is not None, reason=str(find_missing("sphinx")))
def test_check_without_any_model_is_sound_and_says_what_that_means(run: Any) -> None:
    code, told = run("check")
    assert code == 0
    hearing = told["models"][0]
    assert hearing["engine"] == "sphinx"
    assert "Chinese is not heard" in hearing["fault"]


def test_people_read_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list", "--home", str(tmp_path)]) == 0
    assert "sense-voice: hearing, zh, en, 240 MB" in capsys.readouterr().out
    (tmp_path / "shelfway.toml").write_text("hearing_model = 'gone'\n", encoding="utf-8")
    assert main(["models", "check", "--home", str(tmp_path)]) == 1
    assert "MISSING  hearing (hearing_model): gone" in capsys.readouterr().out
