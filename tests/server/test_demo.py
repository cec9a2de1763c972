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

from tests.server.client import Client


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "home"


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


def test_the_demo_is_made_served_and_stopped(home: Path) -> None:
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


def test_a_second_start_uses_the_same_home(home: Path) -> None:
    made = (home / "catalogue.sqlite").stat().st_ino
    process, _ = start(home)
    stop(process)
    assert (home / "catalogue.sqlite").stat().st_ino == made
    assert not list(home.parent.glob(".*making"))
