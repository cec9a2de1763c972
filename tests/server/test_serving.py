"""Starting and stopping: where it listens, what it says when it cannot, how quickly it ends."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from server import line as line_module
from server.__main__ import main
from server.line import Line
from server.outbox import TooSlowError
from server.serving import address, bind
from server.settings import Settings
from tests.server.client import Client
from wire.messages.session import Pong


def test_a_home_that_is_not_there_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--home", str(tmp_path / "none"), "--port", "0", "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["code"] == "no_home"
    assert main(["serve", "--home", str(tmp_path / "none"), "--port", "0"]) == 1
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    assert len(told.err.strip().splitlines()) == 1


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["serve", "--home", str(tmp_path), "--port", str(port), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["code"], document["where"]) == ("cannot_listen", f"127.0.0.1:{port}")


def test_the_address_is_one_that_a_browser_can_open() -> None:
    assert address("127.0.0.1", 8765) == "http://127.0.0.1:8765/"
    assert address("0.0.0.0", 80) == "http://127.0.0.1:80/"
    assert address("::1", 80) == "http://[::1]:80/"
    taken = bind(Settings(host="::1", port=0)) if socket.has_ipv6 else None
    if taken is not None:
        taken.close()


def test_a_client_that_does_not_read_is_let_go(connect: Callable[..., Client], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.outbox.MAX_BYTES", 100)
    client = connect(hello=False)
    client.say(type="hello", version=1, client="kiosk")  # the welcome is more than it takes
    assert client.code_when_closed() == 4408


def test_a_frame_that_is_not_taken_in_time_ends_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_module, "SEND_WITHIN_S", 0.01)

    async def go() -> None:
        line = Line(lambda: 0.0)
        line.send(Pong(id="x"))
        with pytest.raises(TooSlowError):
            await line.carry(lambda _: asyncio.Event().wait())  # type: ignore[arg-type, return-value]

    asyncio.run(go())


def test_ending_lets_out_what_must_arrive() -> None:
    async def go() -> list[str | bytes]:
        line, sent = Line(lambda: 0.0), []
        for number in range(3):
            line.send(Pong(id=str(number)))
        line.end()

        async def write(frame: str | bytes) -> None:
            sent.append(frame)

        await asyncio.wait_for(line.carry(write), 5)
        return sent

    assert [json.loads(frame)["id"] for frame in asyncio.run(go())] == ["0", "1", "2"]
