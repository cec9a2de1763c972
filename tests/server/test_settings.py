"""Settings: three layers, an origin for each value, a clear sentence for each mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.errors import SettingsError
from server.settings import Settings, describe, load_settings


def write(home: Path, text: str) -> Path:
    home.mkdir(exist_ok=True)
    (home / "shelfway.toml").write_text(text, encoding="utf-8")
    return home


def test_environment_wins_over_file_wins_over_default(tmp_path: Path) -> None:
    home = write(tmp_path / "h", 'port = 9000\nhere = "Entrance"\n[library_name]\nen = "Ours"\nzh = "我们"\n')
    loaded = load_settings(home, {"SHELFWAY_PORT": "9001", "HOME": "/root"}, {"host": None})
    assert (loaded.settings.port, loaded.settings.here, loaded.settings.host) == (9001, "Entrance", "127.0.0.1")
    assert loaded.settings.library_name == {"en": "Ours", "zh": "我们"}
    assert loaded.origins["port"] == "SHELFWAY_PORT"
    assert loaded.origins["here"].endswith("shelfway.toml: here")
    assert loaded.origins["host"] == "default"


def test_flags_win_over_everything(tmp_path: Path) -> None:
    loaded = load_settings(tmp_path, {"SHELFWAY_PORT": "9001", "SHELFWAY_HOME": "/elsewhere"}, {"port": 9002})
    assert (loaded.settings.port, loaded.settings.home) == (9002, tmp_path)
    assert (loaded.origins["port"], loaded.origins["home"]) == ("--port", "--home")


def test_the_home_of_the_environment_is_read(tmp_path: Path) -> None:
    home = write(tmp_path / "h", "port = 9000\n")
    assert load_settings(None, {"SHELFWAY_HOME": str(home)}).settings.port == 9000
    assert load_settings(None, {}).settings.home == Path("home")


def test_tables_and_lists_can_be_given_in_the_environment() -> None:
    environ = {
        "SHELFWAY_ELEVATIONS": '{"0": 0, "1": 4.5, "-1": -3}',
        "SHELFWAY_LANGUAGES": "zh, en",
        "SHELFWAY_LIBRARY_NAME": "Riverside",
        "SHELFWAY_ORIGINS": '["https://a.example"]',
        "SHELFWAY_TOKEN": "",
    }
    settings = load_settings(Path("none"), environ).settings
    assert settings.elevations == {0: 0.0, 1: 4.5, -1: -3.0}
    assert settings.languages == ("zh", "en")
    assert settings.library_name == {"en": "Riverside", "zh": "Riverside"}
    assert settings.origins == ("https://a.example",)
    assert settings.token is None


@pytest.mark.parametrize(
    ("environ", "where", "says"),
    [
        ({"SHELFWAY_PROT": "1"}, "SHELFWAY_PROT", "did you mean port"),
        ({"SHELFWAY_ZZZZ": "1"}, "SHELFWAY_ZZZZ", "there are home"),
        ({"SHELFWAY_PORT": "many"}, "SHELFWAY_PORT", "cannot be 'many'"),
        ({"SHELFWAY_PORT": "70000"}, "SHELFWAY_PORT", "65535"),
        ({"SHELFWAY_LANGUAGES": "fr"}, "SHELFWAY_LANGUAGES", "languages"),
        ({"SHELFWAY_ELEVATIONS": "high"}, "SHELFWAY_ELEVATIONS", "not JSON"),
    ],
)
def test_a_wrong_variable_stops_the_start(environ: dict[str, str], where: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says) as caught:
        load_settings(Path("none"), environ)
    assert caught.value.where == where


@pytest.mark.parametrize(
    ("text", "says"),
    [("port = ", "not TOML"), ("colour = 1", "no setting colour"), ('home = "x"', "cannot be set inside the home")],
)
def test_a_wrong_file_stops_the_start(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=says) as caught:
        load_settings(write(tmp_path / "h", text), {})
    assert "shelfway.toml" in caught.value.where


def test_settings_are_described_and_the_token_is_not_shown(tmp_path: Path) -> None:
    rows = describe(load_settings(tmp_path, {"SHELFWAY_TOKEN": "secret"}))
    assert {row["name"] for row in rows} == set(Settings.model_fields)
    assert all(row["description"] for row in rows)
    assert "secret" not in repr(rows)


def test_passwords_in_addresses_are_not_shown(tmp_path: Path) -> None:
    loaded = load_settings(tmp_path, environ={"SHELFWAY_HUB_URL": "redis://:geheim@redis.example:6379/0"})
    rows = {row["name"]: row["value"] for row in describe(loaded)}
    assert rows["hub_url"] == "redis://(set)@redis.example:6379/0"
