"""The files in ``deploy/`` name what exists. They are read here, not run: no container is started."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from server.__main__ import COMMANDS
from server.rights import HTTP
from server.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FILES = [path for path in sorted(DEPLOY.iterdir()) if path.is_file()]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_settings_and_commands_in_it_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name in re.findall(r"SHELFWAY_([A-Z_]+)", text):
        assert name.lower() in Settings.model_fields, name
    for command in re.findall(r"(?:bin/shelfway|run --rm [^\n]*? shelfway) (\w+)", text):
        assert command in COMMANDS, command


def test_the_image_gets_every_package_and_its_extras_exist() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    copied = set(re.findall(r"^COPY (\w+) \1$", text, re.MULTILINE))
    rooms = {name.split(".")[0] for name in PROJECT["tool"]["setuptools"]["packages"]}
    assert rooms <= copied
    (extras,) = re.findall(r"install '\.\[([\w,]+)\]'", text)
    assert set(extras.split(",")) <= set(PROJECT["project"]["optional-dependencies"])
    ignore = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert {f"!{name}" for name in (*rooms, "web")} <= set(ignore)
    assert re.search(r"^USER shelfway$", text, re.MULTILINE)


def test_compose_reads_and_its_parts_fit() -> None:
    yaml = pytest.importorskip("yaml")
    body = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    services = body["services"]
    assert set(services) == {"shelfway", "redis", "nginx"}
    for service in services.values():
        assert set(service["networks"]) <= set(body["networks"])
        assert set(service.get("depends_on", ())) <= set(services)
    told = services["shelfway"]["environment"]
    Settings(trusted_proxies=(told["SHELFWAY_TRUSTED_PROXIES"],), hub_url=told["SHELFWAY_HUB_URL"])
    assert told["SHELFWAY_TRUSTED_PROXIES"] == body["networks"]["inside"]["ipam"]["config"][0]["subnet"]
    assert (DEPLOY / services["shelfway"]["build"]["context"] / services["shelfway"]["build"]["dockerfile"]).is_file()
    assert services["nginx"]["volumes"][0].startswith("./nginx.conf:")
    assert "ports" not in services["shelfway"], "only the proxy is open to others"


def test_the_unit_reads_and_systemd_finds_nothing_wrong_but_that_it_is_not_installed() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(DEPLOY / "shelfway.service", encoding="utf-8")
    assert unit["Service"]["User"] == "shelfway"
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(DEPLOY / "shelfway.service")], capture_output=True, text=True, check=False
    )
    told = [line for line in (done.stdout + done.stderr).splitlines() if "shelfway.service" in line]
    assert [line for line in told if "is not executable" not in line] == []


def test_nginx_passes_the_socket_and_hides_the_figures() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert text.count("{") == text.count("}")
    for path in re.findall(r"location = (\S+)", text):
        assert path == "/v1/ws" or any(rule.path == path for rule in HTTP)
    assert "proxy_set_header X-Forwarded-For   $remote_addr" in text, "never what the client says of itself"
    assert '"$request"' not in text, "tickets would stand in the log"
