"""The look at the settings before a server starts: what, where, what to do."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from server.__main__ import main
from server.check_config import check_config
from server.settings import load_settings
from tests.contract.redis_server import redis_server


def found(home: Path, ask_others: bool = False, **flags: Any) -> dict[str, tuple[bool, str]]:
    loaded = load_settings(home, environ={}, flags=flags)
    return {f.setting: (f.grave, f.message) for f in check_config(loaded, ask_others)}


def test_the_defaults_are_fit(tmp_path: Path) -> None:
    assert {k: v for k, v in found(tmp_path).items() if "disk" not in v[1]} == {}


@pytest.mark.parametrize(
    ("flags", "setting", "grave", "words"),
    [
        ({"host": "0.0.0.0", "tls_cert": None}, "host", False, "https"),
        ({"host": "0.0.0.0"}, "token", False, "set it"),
        ({"token": "short"}, "token", False, "16"),
        ({"tls_cert": Path("absent.pem")}, "tls_cert", True, "tls_key"),
        ({"tls_cert": Path("absent.pem"), "tls_key": Path("absent.key")}, "tls_cert", True, "No such file"),
        ({"public_url": "http://library.example/"}, "public_url", False, "https"),
        ({"oidc_issuer": "https://id.example"}, "oidc_audience", True, "client id"),
        ({"oidc_staff_role": "librarians"}, "oidc_staff_role", False, "oidc_issuer"),
        (
            {"oidc_issuer": "https://id.example", "oidc_audience": "a", "oidc_keys": "no.json"},
            "oidc_keys",
            True,
            "no file",
        ),
        ({"origins": ("library.example",)}, "origins", True, "https://host"),
        ({"origins": ("https://library.example/page",)}, "origins", True, "https://host"),
        ({"painter": "diffusion"}, "painter_model", True, "folder"),
        ({"painter": "remote"}, "painter_url", True, "address"),
    ],
)
def test_what_does_not_fit_is_named(
    flags: dict[str, Any], setting: str, grave: bool, words: str, tmp_path: Path
) -> None:
    told = found(tmp_path, **flags)
    assert told[setting][0] is grave
    assert words in told[setting][1]


def test_where_it_is_set_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "shelfway.toml").write_text('painter = "remote"\ntoken = "short"\n')
    assert main(["check", "--config", "--home", str(tmp_path), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["fit"] is False
    rows = {row["setting"]: row for row in document["faults"]}
    assert rows["token"]["code"] == "warning"
    assert rows["painter_url"]["code"] == "fault"
    assert rows["token"]["where"] == f"{tmp_path / 'shelfway.toml'}: token"
    assert "short" not in json.dumps(document)
    assert main(["serve", "--home", str(tmp_path), "--port", "0", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["code"] == "bad_setting"


@pytest.mark.parametrize(
    "name", [f"{name}.sqlite" for name in ("catalogue", "audit", "access", "readers", "notes", "review", "visits")]
)
def test_files_of_a_newer_program_and_broken_ones_stop_the_start(name: str, tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / name)
    connection.execute("CREATE TABLE x (y)")
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()
    grave, text = found(tmp_path)["home"]
    assert grave
    assert name in text
    assert "newer Shelfway" in text
    (tmp_path / name).write_bytes(b"nonsense" * 1000)
    assert "no SQLite file" in found(tmp_path)["home"][1]


def test_a_trusted_proxy_that_is_no_address_is_a_wrong_setting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shelfway.toml").write_text('trusted_proxies = ["proxy.local"]\n')
    assert main(["check", "--config", "--home", str(tmp_path), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["code"] == "bad_setting"
    assert "proxy.local" in document["error"]


def test_other_machines_are_asked_only_when_told(tmp_path: Path) -> None:
    away = {"hub_url": "redis://127.0.0.1:1/0", "oidc_issuer": "http://127.0.0.1:1", "oidc_audience": "a"}
    assert set(found(tmp_path, **away)) <= {"home"}
    told = found(tmp_path, ask_others=True, **away)
    assert told["hub_url"][0]
    assert told["oidc_issuer"][0]
    with redis_server(tmp_path) as redis:
        assert "hub_url" not in found(tmp_path, ask_others=True, hub_url=redis.url)
