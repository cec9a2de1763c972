"""Meeting over real websockets: thirty clients see one another move, speak and leave; nobody is seen unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.server.client import Client
from tests.server.world import make_parts, running
from wire.pose import PoseFrame, PoseRecord, encode_poses

Connect = Callable[..., "Person"]


class Person(Client):
    """A client among others; keeps who is drawn and where."""

    def __init__(self, port: int, enter: dict[str, Any] | None = None, **hello: Any) -> None:
        self.drawn: dict[int, PoseRecord] = {}
        self.names: dict[int, str] = {}
        self.number, self.port = -1, port
        super().__init__(port, **hello)
        if enter is not None:
            self.say(type="enter", **enter)
            self.number = self.wait("entered")["number"]

    def at(self, east: float, north: float = 5.0, gesture: str = "none") -> None:
        self.socket.send(encode_poses(PoseFrame(0, (PoseRecord(0, east, north, 90.0, gesture),))))

    def settle(self) -> None:
        """Take everything that the server has sent so far."""
        self.say(type="ping", id="settled")
        self.wait("pong", id="settled")

    def until(self, true: Callable[[], bool]) -> None:
        """Take what comes until something holds; the time limit is that of one wait."""
        while not true():
            self.take(self.socket.recv(timeout=25.0))

    def on_poses(self, frame: PoseFrame) -> None:
        if frame.full:
            self.drawn = {}
        for number in frame.gone:
            del self.drawn[number]
        self.drawn |= {pose.number: pose for pose in frame.poses}

    def on_message(self, message: dict[str, Any]) -> None:
        if message["type"] == "neighbours":
            self.names |= {one["number"]: one["name"] for one in message["people"]}


@pytest.fixture
def person(port: int) -> Iterator[Connect]:
    people: list[Person] = []

    def make(enter: dict[str, Any] | None = None, **hello: Any) -> Person:
        people.append(Person(port, enter, **hello))
        return people[-1]

    yield make
    for one in people:
        one.close()


def test_thirty_clients_see_one_another() -> None:
    with running(make_parts(words_refused=["swearword"])) as port:
        people = [Person(port, {"visible": "all", "name": f"P{n}"}) for n in range(30)]
        for n, one in enumerate(people):
            one.at(2 + n / 10)
        everybody = {one.number for one in people}
        assert len(everybody) == 30
        for one in people:
            one.until(lambda one=one: set(one.drawn) == everybody)  # type: ignore[misc]
            assert one.names[people[3].number] == "P3"

        first, last = people[0], people[-1]
        first.at(8.5, 6.25, "wave")
        for one in people[1:]:
            one.until(lambda one=one: one.drawn[first.number].gesture == "wave")  # type: ignore[misc]
            seen = one.drawn[first.number]
            assert (seen.east_m, seen.north_m, seen.heading_deg) == (8.5, 6.25, 90.0)

        first.say(type="chat", id="c1", text="Here it is!")
        first.say(type="chat", id="c1", text="Here it is!")  # once more, as after a broken connection
        first.say(type="pin", id="p1", east_m=3.0, north_m=4.0, level=0, text="this one")
        first.say(type="emote", name="clap")
        for one in people:
            assert one.wait("said")["text"] == "Here it is!"
            pinned = one.wait("pinned")
            assert (pinned["number"], pinned["east_m"]) == (first.number, 3.0)
            one.wait("emoted", number=first.number)
            mine = [m for m in one.got if m["type"] == "said"]
            assert len(mine) == (2 if one is first else 1)  # the sender is told again, the others are not

        first.say(type="chat", id="c2", text="ＳＷＥＡＲ－word!")
        assert first.wait("error")["code"] == "text_refused"
        first.say(type="visibility", visible="nobody")
        last.close()
        for one in people[1:-1]:
            one.until(lambda one=one: not {first.number, last.number} & set(one.drawn))  # type: ignore[misc]
            assert [m["text"] for m in one.got if m["type"] == "said"] == ["Here it is!"]
        first.say(type="chat", id="c3", text="boo")
        assert first.wait("error", of="c3")["code"] == "not_allowed"
        for one in people[:-1]:
            one.close()


def test_ghosts_only_with_both_consents(person: Connect) -> None:
    glasses = person({"visible": "all", "room": "ghosts"}, client="ar")
    unity = person({"visible": "all", "room": "ghosts"}, client="unity")
    shy = person({"visible": "own", "room": "ghosts"}, client="unity")
    for one in (glasses, unity, shy):
        one.at(5.0)
    glasses.until(lambda: set(glasses.drawn) == {glasses.number, unity.number})
    assert glasses.drawn[unity.number].virtual
    assert not glasses.drawn[glasses.number].virtual
    unity.until(lambda: set(unity.drawn) == {glasses.number, unity.number, shy.number})
    shy.until(lambda: set(shy.drawn) == {unity.number, shy.number})
    unity.say(type="visibility", visible="nobody")
    glasses.until(lambda: set(glasses.drawn) == {glasses.number})
    glasses.say(type="chat", id="x", text="anybody there?")
    glasses.wait("said")
    shy.settle()
    unity.settle()
    assert not [m for m in (*shy.got, *unity.got) if m["type"] == "said"]


def test_a_broken_connection_comes_back_under_another_number(person: Connect) -> None:
    stays = person({"visible": "all", "room": "resume"})
    goes = person({"visible": "all", "room": "resume", "name": "Ada"})
    for one in (stays, goes):
        one.at(4.0)
    stays.until(lambda: goes.number in stays.drawn)
    goes.say(type="chat", id="c", text="one moment")
    goes.wait("said")
    session, number = goes.welcome["session"], goes.number
    goes.socket.socket.close()
    stays.until(lambda: number not in stays.drawn)
    back = person(resume=session)
    again = back.wait("entered")
    assert (again["room"], again["visible"]) == ("resume", "all")
    assert again["number"] != number
    back.at(4.0)
    stays.until(lambda: again["number"] in stays.drawn and stays.names[again["number"]] == "Ada")
    back.say(type="chat", id="c", text="one moment")  # was it heard?
    back.wait("said", of="c")
    stays.settle()
    assert len([m for m in stays.got if m["type"] == "said"]) == 1


def test_rooms_are_apart_and_leaving_ends_it(person: Connect) -> None:
    one, other = person({"visible": "all", "room": "tour-1"}), person({"visible": "all", "room": "tour-2"})
    one.at(3.0)
    other.at(3.0)
    one.until(lambda: set(one.drawn) == {one.number})
    other.say(type="enter", room="tour-1", visible="all")
    number = other.wait("entered")["number"]
    other.at(3.0)
    one.until(lambda: set(one.drawn) == {one.number, number})
    other.say(type="leave")
    other.wait("left")
    one.until(lambda: set(one.drawn) == {one.number})
    other.say(type="reset")
    other.say(type="leave")
    other.settle()
    assert len([m for m in other.got if m["type"] == "left"]) == 1


def test_what_cannot_be_done_is_told(person: Connect) -> None:
    alone = person()
    for message in ({"type": "chat", "id": "a", "text": "hi"}, {"type": "visibility", "visible": "all"}):
        alone.say(**message)
        assert alone.wait("error")["code"] == "not_entered"
    alone.say(type="enter", room="Not A Name")
    assert alone.wait("error")["code"] == "bad_message"
    alone.say(type="enter", visible="all", room="told")
    alone.wait("entered")
    alone.say(type="chat", id="long", text="x" * 501)
    assert alone.wait("error", of="long")["code"] == "bad_message"
    alone.say(type="chat", id="turn", text="a\u202eb")
    assert alone.wait("error", of="turn")["code"] == "text_refused"
    for _ in range(12):
        alone.say(type="emote", name="nod")
    assert alone.wait("error", of="emote")["code"] == "rate_limited"


@pytest.mark.parametrize(
    "frame",
    [
        b"\x02",
        b"\x02\x01" + bytes(40),
        encode_poses(PoseFrame(0, ())),
        encode_poses(PoseFrame(0, (PoseRecord(1, 0, 0), PoseRecord(2, 0, 0)))),
        encode_poses(PoseFrame(0, (PoseRecord(1, 0, 0),), (3,))),
    ],
)
def test_broken_pose_frames_are_named(person: Connect, frame: bytes) -> None:
    one = person({"visible": "all", "room": "broken"})
    one.socket.send(frame)
    assert one.wait("error")["code"] == "bad_pose"


def test_nobody_takes_anothers_number(person: Connect) -> None:
    one, other = (person({"visible": "all", "room": "claims"}) for _ in range(2))
    one.at(2.0)
    other.socket.send(encode_poses(PoseFrame(0, (PoseRecord(one.number, 7.0, 7.0, None, "none", "librarian", True),))))
    one.until(lambda: other.number in one.drawn)
    assert one.drawn[one.number].east_m == 2.0
    assert (one.drawn[other.number].role, one.drawn[other.number].virtual) == ("reader", False)
