"""The package's core against the demo server, as a user starts it; the program prints where it stands."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from demo.cluster import free_port
from server.__main__ import main
from tests.server.world import make_parts, running
from tests.unity.conftest import ROOT, Run

pytestmark = pytest.mark.xdist_group("unity")  # compiled once, one server
needs_voice = pytest.mark.skipif(importlib.util.find_spec("espeakng_loader") is None, reason="needs the extra [speech]")


class Demo:
    """The demo server as a process of its own, on a port that stays."""

    def __init__(self, home: Path) -> None:
        self._home, self._port = home, free_port()
        self.address = f"ws://127.0.0.1:{self._port}/v1/ws"
        self.start()

    def start(self) -> None:
        environ = {k: v for k, v in os.environ.items() if not k.startswith("SHELFWAY_")}
        command = [sys.executable, "-m", "server", "demo", "--home", str(self._home), "--port", str(self._port)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environ, cwd=ROOT
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline().startswith("http://127.0.0.1:")  # printed once it listens

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(15) == 0


@pytest.fixture(scope="module")
def demo(demo_home: Path, program: Path) -> Iterator[Demo]:
    server = Demo(demo_home)
    yield server
    server.stop()


@pytest.fixture
def address(demo: Demo) -> str:
    return demo.address


@needs_voice
def test_a_question_is_answered_with_items_and_said_aloud(mono: Run, address: str) -> None:
    assert "fault" not in mono("live", "ask", address)


def test_the_way_is_walked_to_its_end(mono: Run, address: str) -> None:
    mono("live", "guide", address)


@needs_voice
def test_a_broken_line_loses_and_doubles_nothing(mono: Run, address: str) -> None:
    mono("live", "cut", address)


def test_two_readers_meet_speak_and_part(mono: Run, address: str) -> None:
    mono("live", "meet", address)


def test_the_world_of_a_book_is_opened(mono: Run, address: str) -> None:
    _, url, size, digest = mono("live", "world", address).splitlines()[-1].split()
    data = httpx.get(address.replace("ws://", "http://").replace("/v1/ws", url), timeout=30).content
    assert data[:4] == b"glTF"
    assert (len(data), hashlib.sha256(data).hexdigest()) == (int(size), digest)


def test_a_whole_visit_with_another_reader_through_rooms_and_worlds(mono: Run, address: str) -> None:
    mono("live", "rooms", address, "tour-together", timeout=120.0)


@needs_voice
def test_a_domain_reload_goes_on_with_the_visit(mono: Run, address: str) -> None:
    mono("live", "reload", address)


@needs_voice
@pytest.mark.skipif(importlib.util.find_spec("pocketsphinx") is None, reason="needs something that hears")
def test_what_is_said_is_heard_and_answered(mono: Run, address: str, tmp_path: Path) -> None:
    wav = tmp_path / "question.wav"
    assert main(["say", "where is the quiet room", "--lang", "en", "--out", str(wav)]) == 0
    assert "quiet room" in mono("live", "speak", address, wav).lower()


def test_the_same_schema_is_no_news(mono: Run, address: str) -> None:
    assert mono("live", "hello", address).split() == ["open"]


def test_another_schema_is_told_and_they_still_talk(mono: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.connection.schema_hash", lambda: "0123456789ab")
    with running(make_parts()) as port:
        told = mono("live", "hello", f"ws://127.0.0.1:{port}/v1/ws")
    assert told.splitlines() == ["schema 0123456789ab", "open"]


@needs_voice
def test_a_server_killed_while_speaking_is_met_again(program: Path, demo: Demo) -> None:
    command = ["mono", str(program), "live", "killed", demo.address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as client:
        assert client.stdout is not None
        try:
            assert "speaking\n" in client.stdout
            demo.kill()
            assert "broken\n" in client.stdout
            demo.start()
            _, faults = client.communicate(timeout=90)
            assert client.returncode == 0, faults
        finally:
            client.kill()
