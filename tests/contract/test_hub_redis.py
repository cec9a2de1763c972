"""The hub's contract against a real Redis, then what only it can do: two servers, and a Redis that is killed."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import secrets
from collections.abc import Iterator

import pytest

from server.hub import RENEWED, Hub
from server.hub_redis import RedisHub
from tests.contract.hub_contract import CONTRACT
from tests.contract.redis_server import PROGRAM, RedisServer, redis_server

pytestmark = pytest.mark.skipif(
    PROGRAM is None or importlib.util.find_spec("redis") is None, reason="needs redis-server and the extra [redis]"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as running:
        yield running


@pytest.mark.parametrize("part", CONTRACT, ids=lambda part: part.__name__)
def test_hub(part, server: RedisServer) -> None:  # type: ignore[no-untyped-def]
    async def make() -> Hub:
        return RedisHub(server.url, secrets.token_hex(4))

    asyncio.run(asyncio.wait_for(part(make), 60))


def test_two_servers_hear_each_other_in_order(server: RedisServer) -> None:
    async def play() -> None:
        name = secrets.token_hex(4)
        one, two = RedisHub(server.url, name), RedisHub(server.url, name)
        async with two.subscribe("plan") as news, one.subscribe("plan") as own, two.listen("poses/0") as poses:
            for number in range(100):
                await one.publish("plan", {"number": number})
                await one.publish("else", {"number": number})
            assert [(await anext(news)).body["number"] for _ in range(100)] == list(range(100))
            assert [(await anext(own)).body["number"] for _ in range(100)] == list(range(100))
            hearing = asyncio.ensure_future(anext(poses))
            while not hearing.done():  # what is cast before the other is connected is lost, and may be
                one.cast("poses/0", b"\x02pose")
                await asyncio.sleep(0)
            assert hearing.result() == b"\x02pose"
        await one.close()
        await two.close()

    asyncio.run(asyncio.wait_for(play(), 60))


def test_nothing_is_lost_or_doubled_when_redis_is_killed_again_and_again(server: RedisServer) -> None:
    """Every publication of both servers reaches the other once and in order, over five kills that lose everything."""

    async def play() -> None:
        name = secrets.token_hex(4)
        hubs = [RedisHub(server.url, name) for _ in range(2)]
        got: list[list[int]] = [[], []]
        renewed = [0, 0]

        async def read(which: int, ready: asyncio.Event) -> None:
            async with hubs[which].subscribe("plan", RENEWED) as news:
                ready.set()
                async for publication in news:
                    if publication.topic == RENEWED:
                        renewed[which] += 1
                    elif publication.body["by"] != which:
                        assert publication.missed == 0
                        got[which].append(publication.body["number"])

        starts = [asyncio.Event(), asyncio.Event()]
        reading = [asyncio.ensure_future(read(which, starts[which])) for which in range(2)]
        await asyncio.gather(*(start.wait() for start in starts))
        number = 0

        async def publish(count: int) -> None:
            nonlocal number
            for _ in range(count):
                for which, hub in enumerate(hubs):
                    await hub.publish("plan", {"by": which, "number": number})
                number += 1

        for _ in range(5):
            await publish(30)
            await asyncio.to_thread(server.kill)  # with publications on their way
            await publish(20)
            await asyncio.to_thread(server.start)
            await publish(10)
        while not all(len(told) >= number for told in got):
            await asyncio.sleep(0)
        assert got == [list(range(number))] * 2
        assert min(renewed) >= 1
        for task in reading:
            task.cancel()
        for hub in hubs:
            await hub.close()

    asyncio.run(asyncio.wait_for(play(), 90))


def test_what_an_emptied_redis_has_lost_is_written_again(server: RedisServer) -> None:
    """Publications that were written, and that nobody else had read before Redis lost them."""
    from redis.asyncio import Redis
    from redis.exceptions import RedisError

    async def play() -> None:
        hub = RedisHub(server.url, "again")
        async with hub.subscribe("plan", RENEWED) as news:
            for number in range(10):
                await hub.publish("plan", {"number": number})
            client = Redis.from_url(server.url)
            while await client.xlen("again:events") < 10:
                await asyncio.sleep(0)
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.start)
            while (await anext(news)).topic != RENEWED:
                pass
            found = 0
            while found < 10:
                with contextlib.suppress(RedisError):  # its connection was killed as well
                    found = await client.xlen("again:events")
            assert found == 10
            await client.aclose()
        await hub.close()

    asyncio.run(asyncio.wait_for(play(), 60))


def test_without_redis_a_server_still_tells_its_own(tmp_path) -> None:  # type: ignore[no-untyped-def]
    async def play() -> None:
        hub = RedisHub(RedisServer(tmp_path).url)
        async with hub.subscribe("plan") as news:
            await hub.publish("plan", {"closed": {}})
            assert (await anext(news)).body == {"closed": {}}
        await hub.close()

    asyncio.run(asyncio.wait_for(play(), 30))
