"""Meeting over two servers and a real Redis: people see, hear and lose one another as if there were one server."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from server.hub_redis import RedisHub
from server.parts import Parts
from tests.contract.redis_server import PROGRAM, RedisServer, redis_server
from tests.server.test_meet import Person
from tests.server.world import make_parts, running

pytestmark = pytest.mark.skipif(
    PROGRAM is None or importlib.util.find_spec("redis") is None, reason="needs redis-server and the extra [redis]"
)
Meet = Callable[..., Person]


def joined(url: str) -> Parts:
    parts = make_parts(hub_url=url)
    parts.hub = RedisHub(url)
    return parts


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="module")
def ports(redis: RedisServer) -> Iterator[tuple[int, int]]:
    with running(joined(redis.url)) as one, running(joined(redis.url)) as two:
        yield one, two


@pytest.fixture
def person() -> Iterator[Meet]:
    people: list[Person] = []

    def make(port: int, room: str, **fields: Any) -> Person:
        people.append(Person(port, {"visible": "all", "room": room, **fields}))
        return people[-1]

    yield make
    for one in people:
        one.close()


def test_people_of_two_servers_see_and_hear_one_another(person: Meet, ports: tuple[int, int]) -> None:
    here, there = person(ports[0], "both", name="Ada"), person(ports[1], "both", name="Bo")
    shy = person(ports[1], "both", visible="nobody")
    here.at(4.0)
    there.at(5.0)
    shy.at(5.0)
    both = {here.number, there.number}
    here.until(lambda: set(here.drawn) == both)
    there.until(lambda: set(there.drawn) == both)
    assert (here.names[there.number], there.names[here.number]) == ("Bo", "Ada")
    here.at(6.25, 5.0, "wave")
    there.until(lambda: there.drawn[here.number].gesture == "wave")
    assert there.drawn[here.number].east_m == 6.25

    there.say(type="chat", id="c", text="good morning")
    said = here.wait("said")
    assert (said["text"], said["number"], said["name"]) == ("good morning", there.number, "Bo")
    shy.wait("said")
    there.say(type="chat", id="c", text="good morning")  # was it heard?
    for _ in range(2):
        there.wait("said")
    here.say(type="chat", id="d", text="yes")
    for one in (there, shy):
        one.wait("said", of="d")
    here.settle()
    assert [m["of"] for m in here.got if m["type"] == "said"] == ["c", "d"]

    there.say(type="visibility", visible="nobody")
    here.until(lambda: set(here.drawn) == {here.number})
    there.say(type="visibility", visible="own")
    here.until(lambda: set(here.drawn) == both)
    there.close()
    here.until(lambda: set(here.drawn) == {here.number})


def test_a_room_learns_who_is_there_already(person: Meet, ports: tuple[int, int]) -> None:
    first = person(ports[0], "later", name="Ada")
    first.at(3.0)
    first.until(lambda: set(first.drawn) == {first.number})
    second = person(ports[1], "later")
    second.at(3.0)
    second.until(lambda: set(second.drawn) == {first.number, second.number})
    assert second.names[first.number] == "Ada"


def test_people_are_told_anew_after_redis_was_away(person: Meet, ports: tuple[int, int], redis: RedisServer) -> None:
    here, there = person(ports[0], "again"), person(ports[1], "again")
    here.at(3.0)
    there.at(3.0)
    both = {here.number, there.number}
    here.until(lambda: set(here.drawn) == both)
    redis.kill()
    there.at(7.0)  # lost, for nobody carries it
    there.settle()
    redis.start()
    here.until(lambda: there.number in here.drawn and here.drawn[there.number].east_m == 7.0)
    here.say(type="chat", id="c", text="there you are")
    there.wait("said", of="c")


def test_the_people_of_a_server_that_ends_are_gone(person: Meet, ports: tuple[int, int], redis: RedisServer) -> None:
    here = person(ports[0], "ends")
    here.at(3.0)
    with running(joined(redis.url)) as third:
        there = person(third, "ends")
        there.at(3.0)
        here.until(lambda: set(here.drawn) == {here.number, there.number})
    here.until(lambda: set(here.drawn) == {here.number})
