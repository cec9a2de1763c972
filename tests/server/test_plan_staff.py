"""Staff close the lift of the demo library: readers get another route and hear why; it survives a restart."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from server.__main__ import main
from server.build import build_parts
from server.home import open_home
from server.settings import Settings
from spatial.changes import find_closable
from tests.server.client import Client
from tests.server.world import running


@pytest.fixture
def own_home(demo_home: Path, tmp_path: Path) -> Path:
    shutil.copytree(demo_home, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture(scope="module")
def upstairs(demo_home: Path) -> str:
    """A shelf on the top floor, which one reaches without steps by the lift only."""
    home = open_home(demo_home)
    assert home.plan is not None
    top = max(home.plan.levels, key=lambda level: level.ordinal)
    found = next(face.range_id for face in home.plan.faces if face.level_id == top.id)
    home.close()
    return found


def settings_for(home: Path, **more: object) -> Settings:
    return Settings(home=home, port=0, speaker="none", **more)  # type: ignore[arg-type]


def test_two_readers_are_led_anew_when_the_lift_is_closed(own_home: Path, upstairs: str) -> None:
    with running(build_parts(settings_for(own_home))) as port:
        readers = [Client(port, languages=[lang]) for lang in ("en", "zh")]
        for reader in readers:
            reader.say(type="guide", id="g", to=upstairs)
            assert any(step["kind"] == "take_elevator" for step in reader.wait("route", revision=1)["route"]["steps"])
        wheels = Client(port)
        wheels.say(type="guide", id="w", to=upstairs, profile="step-free")
        wheels.wait("route", revision=1)

        body = {"features": ["Lift"], "reason": {"en": "repair", "zh": "维修"}}
        told = httpx.post(f"http://127.0.0.1:{port}/v1/plan/close", json=body)
        assert told.status_code == 200
        assert [row["name"]["en"] for row in told.json()["closed"]] == ["Lift"]
        for reader, why in zip(readers, ("Lift is closed at the moment: repair.", "电梯目前关闭：维修。"), strict=True):
            assert reader.wait("plan_changed")["changes"][0]["text"] == why
            route = reader.wait("route", revision=2)
            assert (route["reason"], route["why"], route["of"]) == ("plan_changed", why, "g")
            assert not any(step["kind"] == "take_elevator" for step in route["route"]["steps"])
        assert wheels.wait("no_way")["reason"].startswith("Lift is closed at the moment: repair. ")
        readers[0].say(type="ask", id="q", text="how do I get upstairs without stairs")
        readers[0].wait("answer")

        httpx.post(f"http://127.0.0.1:{port}/v1/plan/open", json={"features": ["电梯"]})
        back = readers[0].wait("route", revision=3)
        assert (back["reason"], back["why"]) == ("plan_changed", "Lift is open again.")
        for client in (*readers, wheels):
            client.close()


def test_the_command_reaches_a_running_server_and_outlives_it(
    own_home: Path, upstairs: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with running(build_parts(settings_for(own_home))) as port:
        reader = Client(port)
        reader.say(type="guide", id="g", to=upstairs)
        reader.wait("route", revision=1)
        assert main(["plan", "close", "Lift", "--reason", "repair", "--home", str(own_home), "--json"]) == 0
        document = json.loads(capsys.readouterr().out)
        assert [row["closed"] for row in document["changed"]] == [True]
        assert reader.wait("route", revision=2)["why"] == "Lift is closed at the moment: repair."
        reader.close()
    with running(build_parts(settings_for(own_home))) as port:
        closed = httpx.get(f"http://127.0.0.1:{port}/v1/plan/closed").json()["closed"]
        assert [row["reason"] for row in closed] == [{"und": "repair"}]
        reader = Client(port)
        reader.say(type="guide", id="g", to=upstairs, profile="step-free")
        reader.wait("no_way")
        reader.close()
    assert main(["plan", "list", "--home", str(own_home)]) == 0
    assert "Lift" in capsys.readouterr().out
    assert main(["plan", "open", "Lift", "--home", str(own_home)]) == 0
    assert capsys.readouterr().out == "Lift is open again.\n"
    assert main(["check", "--home", str(own_home)]) == 0


def test_many_processes_close_at_once(own_home: Path) -> None:
    names = ["Lift", "Escalator", "Main Stairs", "East Stairs"]
    command = [sys.executable, "-m", "server", "plan", "close", "--home", str(own_home)]
    running_now = [subprocess.Popen([*command, name], stdout=subprocess.DEVNULL) for name in names]
    assert [process.wait(60) for process in running_now] == [0] * len(names)
    home = open_home(own_home)
    assert home.plan is not None
    assert home.building.closed == {find_closable(home.plan, name)[0].id for name in names}
    home.close()


def test_what_cannot_be_closed_is_refused(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for features, code in ((["Narnia"], "unknown_place"), (["Lift", "Narnia"], "unknown_place")):
        assert main(["plan", "close", *features, "--home", str(own_home), "--json"]) == 1
        assert json.loads(capsys.readouterr().out)["code"] == code
    assert main(["plan", "list", "--home", str(own_home)]) == 0
    assert capsys.readouterr().out == "nothing is closed\n"


def test_only_staff_close(own_home: Path) -> None:
    with running(build_parts(settings_for(own_home, token="t0ken"))) as port:
        url, body = f"http://127.0.0.1:{port}/v1/plan/close", {"features": ["Lift"]}
        assert httpx.post(url, json=body).status_code == 401
        assert httpx.post(url, json=body, headers={"Authorization": "Bearer wrong"}).status_code == 401
        right = {"Authorization": "Bearer t0ken"}
        assert httpx.post(url, json=body, headers={**right, "Origin": "https://evil.example"}).status_code == 403
        assert httpx.post(url, json={"features": []}, headers=right).status_code == 422
        assert httpx.post(url, json={"features": ["Narnia"]}, headers=right).status_code == 404
        assert httpx.get(f"http://127.0.0.1:{port}/v1/plan/closed").json() == {"closed": []}
        assert httpx.post(url, json=body, headers=right).status_code == 200
