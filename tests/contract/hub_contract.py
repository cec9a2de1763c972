"""What every hub must do. A test file hands in its own hub and calls ``check_hub``'s parts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from server.hub import Hub

Make = Callable[[], Awaitable[Hub]]


async def publications_arrive_in_order(make: Make) -> None:
    hub = await make()
    async with hub.subscribe("plan") as news:
        for number in range(50):
            await hub.publish("plan", {"number": number})
        got = [(await anext(news)).body["number"] for _ in range(50)]
    assert got == list(range(50))
    await hub.close()


async def what_is_settled_stays_in_order(make: Make) -> None:
    hub = await make()
    async with hub.subscribe("plan") as news:
        for number in range(3):
            await hub.publish("plan", {"number": number})
            await hub.settled()
        assert [(await anext(news)).body["number"] for _ in range(3)] == [0, 1, 2]
    await hub.close()


async def topics_are_apart_and_may_be_joined(make: Make) -> None:
    hub = await make()
    async with hub.subscribe("plan") as plan, hub.subscribe("plan", "robots/r1") as both:
        await hub.publish("robots/r1", {"at": [1.0, 2.0]})
        await hub.publish("plan", {"revision": "b"})
        assert (await anext(plan)).topic == "plan"
        assert [(await anext(both)).topic for _ in range(2)] == ["robots/r1", "plan"]
    await hub.close()


async def nothing_is_kept_for_later(make: Make) -> None:
    hub = await make()
    await hub.publish("plan", {"revision": "a"})
    async with hub.subscribe("plan") as news:
        await hub.publish("plan", {"revision": "b"})
        assert (await anext(news)).body == {"revision": "b"}
    await hub.publish("plan", {"revision": "c"})  # nobody listens: no error
    await hub.close()


async def a_slow_subscriber_is_told_what_it_lost_and_holds_up_nobody(make: Make) -> None:
    hub = await make()
    async with hub.subscribe("plan") as slow:
        for number in range(3000):
            await hub.publish("plan", {"number": number})
        first = await anext(slow)
        assert first.missed > 0
        assert first.body["number"] == first.missed
    await hub.close()


async def what_is_cast_reaches_those_who_listen(make: Make) -> None:
    hub = await make()
    hub.cast("poses", b"nobody hears this")
    async with hub.listen("poses") as poses, hub.listen("other") as other:
        hub.cast("poses", b"\x02\x00one")
        hub.cast("other", b"two")
        assert await anext(poses) == b"\x02\x00one"
        assert await anext(other) == b"two"
    await hub.close()


async def closing_ends_every_subscription(make: Make) -> None:
    hub = await make()
    async with hub.subscribe("plan") as news:
        await hub.publish("plan", {"last": True})
        reading = asyncio.ensure_future(_all(news))
        await hub.close()
        assert len(await asyncio.wait_for(reading, 5)) == 1


async def _all(news: object) -> list[object]:
    return [publication async for publication in news]  # type: ignore[attr-defined]


CONTRACT = (
    publications_arrive_in_order,
    what_is_settled_stays_in_order,
    topics_are_apart_and_may_be_joined,
    nothing_is_kept_for_later,
    a_slow_subscriber_is_told_what_it_lost_and_holds_up_nobody,
    what_is_cast_reaches_those_who_listen,
    closing_ends_every_subscription,
)
