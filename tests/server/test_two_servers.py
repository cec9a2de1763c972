"""Two servers of one library over a real Redis: what is closed on one re-routes the readers of the other."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import httpx
import pytest

from server.build import build_parts
from server.settings import Settings
from spatial.changes import load_closed
from tests.contract.redis_server import PROGRAM, redis_server
from tests.server.client import Client
from tests.server.world import running

pytestmark = pytest.mark.skipif(
    PROGRAM is None or importlib.util.find_spec("redis") is None, reason="needs redis-server and the extra [redis]"
)


def close(port: int, act: str, feature: str) -> None:
    url = f"http://127.0.0.1:{port}/v1/plan/{act}"
    assert httpx.post(url, json={"features": [feature]}).status_code == 200


def test_a_closed_lift_reaches_the_other_server_and_outlives_redis(demo_home: Path, tmp_path: Path) -> None:
    homes = [tmp_path / "one", tmp_path / "two"]
    for home in homes:
        shutil.copytree(demo_home, home)
    with redis_server(tmp_path) as redis:
        parts = [build_parts(Settings(home=home, port=0, speaker="none", hub_url=redis.url)) for home in homes]
        with running(parts[0]) as here, running(parts[1]) as there:
            assert parts[1].plan is not None
            top = max(parts[1].plan.levels, key=lambda level: level.ordinal)
            shelf = next(face.range_id for face in parts[1].plan.faces if face.level_id == top.id)
            reader = Client(there)
            reader.say(type="guide", id="g", to=shelf)
            reader.wait("route", revision=1)
            close(here, "close", "Lift")
            assert reader.wait("route", revision=2)["why"] == "Lift is closed at the moment."
            redis.kill()
            close(here, "open", "Lift")
            redis.start()
            assert reader.wait("route", revision=3)["why"] == "Lift is open again."
            close(there, "close", "Main Stairs")
            reader.wait("plan_changed")
            reader.close()
        kept = load_closed(homes[1] / "twin")
        assert len(kept.closed) == 1
        assert kept.number == 3
