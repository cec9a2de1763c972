"""The demo as a user starts it: made once, served, stopped by SIGTERM."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from server.demo_home import make_demo_home
from server.errors import CommandError
from tests.server.client import Client


def start(home: Path) -> tuple[subprocess.Popen[str], str]:
    environ = {k: v for k, v in os.environ.items() if not k.startswith("SHELFWAY_")}
    command = [sys.executable, "-m", "server", "demo", "--home", str(home), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ)
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("http://127.0.0.1:"), process.stderr.read() if process.stderr else ""
    return process, line.strip()


def stop(process: subprocess.Popen[str]) -> float:
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0
    return time.monotonic() - begun


def test_the_demo_is_made_served_and_stopped(tmp_path: Path) -> None:
    home = tmp_path / "home"
    process, url = start(home)
    try:
        http = httpx.Client(base_url=url, timeout=30)
        assert http.get("/health").status_code == 200  # the address is printed once it listens
        assert len(http.get("/v1/plan").json()["faces"]) >= 80
        client = Client(int(url.rsplit(":", 1)[1].strip("/")))
        client.say(type="ask", id="q1", text="Where is Pride and Prejudice?")
        answer = client.wait("answer", within_s=60)
        assert answer["items"][0]["title"].startswith("Pride and Prejudice")
        client.say(type="ask", id="q2", text="带我去", lang="zh")
        assert client.wait("route", of="q2", within_s=60)["route"]["length_m"] > 5
    finally:
        assert stop(process) < 8
    assert client.code_when_closed() == 1012
    assert "goaway" in [m["type"] for m in client.got]


def test_a_second_start_uses_the_same_home(tmp_path: Path) -> None:
    home = tmp_path / "home"
    make_demo_home(home, lambda step: None)
    made = (home / "catalogue.sqlite").stat().st_ino
    process, _ = start(home)
    stop(process)
    assert (home / "catalogue.sqlite").stat().st_ino == made
    assert not list(home.parent.glob(".*making"))


def test_a_key_that_a_command_left_before_the_first_start_is_kept(tmp_path: Path) -> None:
    key = tmp_path / "home" / "keys" / "label-key.pem"
    key.parent.mkdir(parents=True)
    key.write_text("a key")
    make_demo_home(tmp_path / "home", lambda step: None)
    assert key.read_text() == "a key"
    assert (tmp_path / "home" / "catalogue.sqlite").is_file()


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(CommandError, match="not empty"):
        make_demo_home(tmp_path, lambda step: None)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]
