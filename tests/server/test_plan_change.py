"""A building that changes while a reader is being led: the hub tells every connection, guidance leads anew."""

from __future__ import annotations

import asyncio

from shapely.geometry import box

from tests.server.client import Client
from tests.server.world import make_parts, running


def test_a_closed_passage_gives_a_new_route() -> None:
    parts = make_parts()
    with running(parts) as port:
        client = Client(port, at={"east_m": 2.0, "north_m": 5.0, "level": 0})
        client.say(type="guide", id="g1", to="Toilet")
        before = client.wait("route")["route"]["length_m"]
        loop = next(iter(parts.connections))._ending.get_loop()  # type: ignore[attr-defined]
        assert parts.building is not None
        parts.building = parts.building.closing(areas=[(0, box(8, 0.8, 9, 10))])
        asyncio.run_coroutine_threadsafe(parts.hub.publish("plan", {"revision": "r2"}), loop).result(10)
        after = client.wait("route", revision=2)
        assert (after["reason"], after["of"]) == ("plan_changed", "g1")
        assert after["route"]["length_m"] > before + 3
        client.close()
