"""In company over two servers and a real Redis: who is there, what is said in a group, pins, and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server.hub_redis import RedisHub
from tests.contract.redis_server import PROGRAM, redis_server
from tests.server.test_meet import Person
from tests.server.world import make_parts, running

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="needs redis-server")
Meet = Callable[..., Person]


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """Two servers of one home."""
    pytest.importorskip("redis", reason="needs the extra [redis]")
    home: Path = tmp_path_factory.mktemp("home")
    with redis_server(tmp_path_factory.mktemp("redis")) as redis:
        both = [make_parts(hub_url=redis.url, home=home) for _ in range(2)]
        for parts in both:
            parts.hub = RedisHub(redis.url)
        with running(both[0]) as one, running(both[1]) as two:
            yield one, two


@pytest.fixture
def person() -> Iterator[Meet]:
    people: list[Person] = []

    def make(port: int, **enter: str) -> Person:
        people.append(Person(port, {"visible": "all", **enter}, client="browser"))
        return people[-1]

    yield make
    for one in people:
        one.close()


def test_a_group_is_one_on_two_servers(person: Meet, ports: tuple[int, int]) -> None:
    ann = person(ports[0], room="group", name="Ann")
    ann.at(1.0, 1.0)
    ben = person(ports[1], room="group", name="Ben")
    ben.at(900.0, 1.0)
    assert ann.wait("joined")["person"]["name"] == "Ben"
    ben.say(type="chat", id="c1", text="hello from far away")
    assert ann.wait("said")["text"] == "hello from far away"
    ann.say(type="who", id="w")
    assert [one["name"] for one in ann.wait("people", of="w")["people"]] == ["Ben"]
    ann.say(type="pin", id="p", east_m=1.0, north_m=2.0, level=0, text="here")
    assert ben.wait("pinned")["text"] == "here"
    ben.say(type="leave")
    assert ann.wait("parted")["number"] == ben.number


def test_a_note_is_told_on_both_servers(person: Meet, ports: tuple[int, int]) -> None:
    ann, ben = person(ports[0], room="notes"), person(ports[1], room="notes")
    ann.say(type="note", id="n", text="The light is best here", east_m=1.0, north_m=2.0)
    note = ben.wait("noted")["note"]
    later = person(ports[1], room="notes")
    assert later.wait("notes")["notes"] == [note]
    ann.say(type="remove_note", id="x", note=note["id"])
    assert ben.wait("note_removed")["note"] == note["id"]
