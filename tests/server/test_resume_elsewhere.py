"""A visit that goes on after a break, on the same server or another: nothing lost, nothing done twice."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from server.parts import Parts
from tests.contract.redis_server import PROGRAM, RedisServer, redis_server
from tests.server.client import Client
from tests.server.test_meet_two import joined
from tests.server.world import running

pytestmark = pytest.mark.skipif(
    PROGRAM is None or importlib.util.find_spec("redis") is None, reason="needs redis-server and the extra [redis]"
)
QUESTION = "where is the test book"
Connect = Callable[..., "Reader"]


class Reader(Client):
    """A client that numbers what it gets."""

    def __init__(self, port: int, **hello: Any) -> None:
        self.seqs: list[int] = []
        super().__init__(port, **{"seen": 0, **hello})

    def take(self, frame: str | bytes) -> dict[str, Any] | None:
        if isinstance(frame, str) and "seq" in (body := json.loads(frame)):
            self.seqs.append(body["seq"])
        return super().take(frame)

    @property
    def session(self) -> str:
        return str(self.welcome["session"])

    def breaks(self) -> int:
        """The line breaks without a word; the number of the newest message that was read."""
        self.socket.socket.close()
        return self.seqs[-1] if self.seqs else 0

    def closed_with(self) -> int | None:
        """Read to the end; the server's close code."""
        try:
            while True:
                self.take(self.socket.recv(timeout=20))
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd is not None else None


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="module")
def servers(redis: RedisServer) -> Iterator[list[tuple[int, Parts]]]:
    parts = [joined(redis.url) for _ in range(2)]
    with running(parts[0]) as one, running(parts[1]) as two:
        yield [(one, parts[0]), (two, parts[1])]


@pytest.fixture
def connect() -> Iterator[Connect]:
    readers: list[Reader] = []

    def make(port: int, **hello: Any) -> Reader:
        readers.append(Reader(port, **hello))
        return readers[-1]

    yield make
    for reader in readers:
        reader.close()


def asked(parts: Parts) -> list[str]:
    return [question.text for _, question in parts.mind.asked]  # type: ignore[attr-defined]


@pytest.mark.parametrize("there", [0, 1])
def test_what_was_not_read_is_sent_again_and_nothing_is_done_twice(
    connect: Connect, servers: list[tuple[int, Parts]], there: int
) -> None:
    here = connect(servers[0][0])
    here.say(type="ask", id="a", text=QUESTION)
    first = here.wait("answer", of="a")
    before = len(asked(servers[0][1])) + len(asked(servers[1][1]))
    here.say(type="ping", id="p")  # answered, and never read
    here.wait("pong")
    seen = here.seqs[-1] - 1
    here.breaks()
    back = connect(servers[there][0], resume=here.session, seen=seen)
    assert (back.welcome["resumed"], back.welcome["missed"]) == (True, False)
    back.wait("pong", id="p")
    assert back.seqs[0] == seen + 1
    back.say(type="ask", id="a", text=QUESTION)  # did it arrive?
    back.say(type="ping", id="q")
    back.wait("pong", id="q")
    assert not [m for m in back.got if m["type"] == "answer"]  # it has that by its number
    plain = connect(servers[there][0], resume=here.session, seen=None)
    plain.say(type="ask", id="a", text=QUESTION)
    again = plain.wait("answer", of="a")
    assert {k: v for k, v in again.items() if k != "seq"} == {k: v for k, v in first.items() if k != "seq"}
    back = connect(servers[there][0], resume=here.session, seen=0)
    assert len(asked(servers[0][1])) + len(asked(servers[1][1])) == before
    back.say(type="ask", id="b", text="take me there")
    back.wait("answer", of="b")
    memory = servers[there][1].mind.asked[-1][0]  # type: ignore[attr-defined]
    assert memory.turns[-1][0] == QUESTION
    assert back.seqs == list(range(back.seqs[0], back.seqs[0] + len(back.seqs)))


@pytest.mark.parametrize("there", [0, 1])
def test_what_is_being_thought_about_when_the_line_breaks_is_answered(
    connect: Connect, servers: list[tuple[int, Parts]], there: int
) -> None:
    here = connect(servers[0][0])
    mind: Any = servers[0][1].mind
    mind.gate.clear()
    try:
        here.say(type="ask", id="slow", text=QUESTION)
        here.wait("state", state="thinking")
        seen = here.breaks()
        back = connect(servers[there][0], resume=here.session, seen=seen)
        back.say(type="ask", id="slow", text=QUESTION)
        before = len(asked(servers[0][1]))
    finally:
        mind.gate.set()
    back.wait("answer", of="slow")
    back.say(type="ping", id="end")
    back.wait("pong", id="end")
    assert len([m for m in back.got if m["type"] == "answer"]) == 1
    assert len(asked(servers[0][1])) == before  # on the same server it is not thought about twice


def test_a_held_visit_is_handed_over(connect: Connect, servers: list[tuple[int, Parts]]) -> None:
    here = connect(servers[0][0])
    here.say(type="set_language", lang="zh")
    here.say(type="enter", room="handed", visible="own", name="Ada")
    here.wait("entered")
    there = connect(servers[1][0], resume=here.session)
    assert there.welcome["resumed"]
    assert there.welcome["lang"] == "zh"
    entered = there.wait("entered")
    assert (entered["room"], entered["visible"]) == ("handed", "own")
    assert here.closed_with() == 1000
    back = connect(servers[0][0], resume=here.session)
    assert back.welcome["resumed"]


def test_she_goes_on_saying_and_leading_where_the_line_broke(
    connect: Connect, servers: list[tuple[int, Parts]]
) -> None:
    here = connect(servers[0][0])
    here.say(type="ask", id="g", text="take me there")
    text = here.wait("answer", of="g")["text"]
    route = here.wait("route")
    if not any(m["type"] == "speech_start" for m in here.got):
        here.wait("speech_start")
    seen = here.breaks()
    back = connect(servers[1][0], resume=here.session, seen=seen)
    said = back.wait("speech_clause")["text"].strip()  # the rest of the answer goes before the way's first step
    assert said
    assert said in text
    routes = [m for m in back.got if m["type"] == "route"] or [back.wait("route")]
    assert routes[0]["goal"] == route["goal"]


def test_a_server_that_ends_sends_its_visitors_to_the_other(
    connect: Connect, servers: list[tuple[int, Parts]], redis: RedisServer
) -> None:
    parts = joined(redis.url)
    with running(parts) as port:
        here = connect(port)
        here.say(type="ask", id="a", text=QUESTION)
        here.wait("answer", of="a")
        while parts.rooms.link is None or not parts.rooms.link.alive():  # it has heard of the others
            here.say(type="ping", id="")
            here.wait("pong")
    away = here.wait("goaway")
    assert away["elsewhere"]
    assert away["reconnect_in_s"] < 1
    assert here.closed_with() == 1012
    back = connect(servers[0][0], resume=here.session, seen=here.seqs[-1])
    assert back.welcome["resumed"]
    assert back.wait("speech_start")["of"] == "a"  # nothing of it was heard, as far as the server knows


def test_an_unknown_visit_and_a_redis_that_is_away_begin_a_new_one(
    connect: Connect, servers: list[tuple[int, Parts]], redis: RedisServer
) -> None:
    assert not connect(servers[0][0], resume="nobody-knows").welcome["resumed"]
    here = connect(servers[0][0])
    here.say(type="set_language", lang="zh")
    redis.kill()
    there = connect(servers[1][0], resume=here.session)
    assert not there.welcome["resumed"]
    there.say(type="ask", id="a", text=QUESTION)
    there.wait("answer", of="a")  # readers come first
    redis.start()
    here.say(type="ping", id="x")
    here.wait("pong")
    for _ in range(200):  # what Redis lost is written again
        back = connect(servers[1][0], resume=here.session)
        if back.welcome["resumed"]:
            break
        back.close()
    assert back.welcome["resumed"]
    assert back.welcome["lang"] == "zh"
