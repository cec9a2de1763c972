"""Servers and Redis killed under load: nothing that must arrive is lost, doubled or out of order."""

from __future__ import annotations

import asyncio
import importlib.util
from pathlib import Path

import pytest

from tests.chaos.history import check, write_history
from tests.chaos.play import play
from tests.contract.redis_server import PROGRAM

pytestmark = [
    pytest.mark.skipif(
        PROGRAM is None or importlib.util.find_spec("redis") is None, reason="needs redis-server and the extra [redis]"
    ),
    pytest.mark.xdist_group("chaos"),
]


def test_visitors_lose_and_double_nothing(tmp_path: Path) -> None:
    events = asyncio.run(play(tmp_path, visitors=6, rounds=5))
    write_history(tmp_path / "history.jsonl", events)
    assert check(events) == []
    assert sum(event.event == "welcome" for event in events) > 6 + 2  # lines did break
    assert sum(event.kind == "said" for event in events) > 50
    assert sum(event.kind == "answer" for event in events) > 10
