"""In company over real websockets: who is there, orders of staff, pins, the librarian heard by those who stand near."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from server.moderation import BLOCKED_FILE
from spatial.rooms.gathering import MOST_TOGETHER
from tests.server.test_meet import Person
from tests.server.world import make_parts, running

TOKEN = "0123456789abcdef0123456789abcdef"
Connect = Callable[..., Person]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def guarded(home: Path) -> Iterator[int]:
    """A server with a token, so that there may be staff."""
    with running(make_parts(token=TOKEN, home=home)) as port:
        yield port


@pytest.fixture
def person(guarded: int) -> Iterator[Connect]:
    people: list[Person] = []

    def make(enter: dict[str, Any] | None = None, **hello: Any) -> Person:
        hello = {"client": "browser", "token": TOKEN, **hello}
        people.append(Person(guarded, enter, **hello))
        return people[-1]

    yield make
    for one in people:
        one.close()


def names(message: dict[str, Any]) -> set[str]:
    return {one["name"] for one in message["people"]}


def test_who_is_in_the_room(person: Connect) -> None:
    room = {"room": "physics", "visible": "all"}
    ann = person({**room, "name": "Ann"})
    assert ann.wait("people")["people"] == []
    ben = person({**room, "name": "Ben"}, client="unity")
    assert names(ben.wait("people")) == {"Ann"}
    assert ann.wait("joined")["person"]["number"] == ben.number
    shy = person({"room": "physics", "visible": "own", "name": "Shy"})
    assert names(shy.wait("people")) == {"Ann"}  # Ben is in the other world, and Shy does not show themselves there
    ann.wait("joined")
    ann.say(type="who", id="w1")
    asked = ann.wait("people", of="w1")
    assert (names(asked), asked["total"]) == ({"Ben", "Shy"}, 2)
    ben.say(type="who", id="w2")
    assert names(ben.wait("people", of="w2")) == {"Ann"}
    ben.say(type="visibility", visible="nobody")
    assert ann.wait("parted")["number"] == ben.number
    assert names(ben.wait("people")) == set()
    ben.say(type="visibility", visible="all")
    assert ann.wait("joined")["person"]["number"] == ben.number
    ben.say(type="leave")
    assert ben.wait("left")["reason"] == "asked"
    assert ann.wait("parted")["number"] == ben.number
    shy.settle()
    assert not [m for m in shy.got if m["type"] in ("joined", "parted") and m.get("number") == ben.number]


def test_in_a_group_what_is_said_reaches_all_however_far(person: Connect) -> None:
    group, building = ({"room": room, "visible": "all"} for room in ("far", "building"))
    for room, hears in ((group, True), (building, False)):
        ann, ben = person(room), person(room)
        ann.at(1.0, 1.0)
        ben.at(500.0, 1.0)
        ann.until(lambda ann=ann: ann.number in ann.drawn)  # type: ignore[misc]
        ann.say(type="chat", id="c", text="hello")
        ann.wait("said")
        ben.settle()
        assert bool([m for m in ben.got if m["type"] == "said"]) is hears


def test_pins_last_as_asked_are_told_to_who_comes_later_and_taken_back(person: Connect) -> None:
    room = {"room": "pins", "visible": "all"}
    ann = person(room)
    ann.say(type="pin", id="p", east_m=1.0, north_m=2.0, level=0, text="here", lasts_s=200)
    assert ann.wait("pinned")["lasts_s"] == 200.0
    later = person(room)
    told = later.wait("pinned", number=ann.number)
    assert (told["text"], told["east_m"]) == ("here", 1.0)
    assert 150 < told["lasts_s"] <= 200
    later.say(type="unpin", id="u", pin="p", number=ann.number)
    assert later.wait("error", of="u")["code"] == "not_allowed"
    ann.say(type="unpin", id="u", pin="p")
    assert later.wait("unpinned") == {"type": "unpinned", "of": "p", "number": ann.number}
    ann.say(type="pin", id="p2", east_m=1.0, north_m=2.0, level=0, lasts_s=200)
    later.wait("pinned", of="p2")
    staff = person(room, client="staff")
    staff.say(type="unpin", id="u", pin="p2", number=ann.number)
    later.wait("unpinned", of="p2")
    ann.say(type="pin", id="p3", east_m=1.0, north_m=2.0, level=0, lasts_s=200)
    later.wait("pinned", of="p3")
    ann.say(type="visibility", visible="nobody")
    later.wait("unpinned", of="p3")
    late = person(room)
    late.settle()
    assert not [m for m in late.got if m["type"] == "pinned"]


def test_staff_let_somebody_be_silent_and_speak_again(person: Connect) -> None:
    room = {"room": "loud", "visible": "all"}
    loud, other, staff = person(room), person(room), person(room, client="staff")
    loud.say(type="moderate", id="m", act="mute", number=other.number)
    assert loud.wait("error", of="m")["code"] == "not_allowed"
    staff.say(type="moderate", id="m0", act="mute", number=1)
    assert staff.wait("error", of="m0")["code"] == "unknown_person"
    staff.say(type="moderate", id="m1", act="mute", number=loud.number, for_s=60)
    assert staff.wait("moderated")["of"] == "m1"
    assert loud.wait("moderated") == {
        "type": "moderated", "of": None, "act": "mute", "number": loud.number, "for_s": 60.0,
    }  # fmt: skip
    loud.say(type="chat", id="c1", text="hello")
    assert loud.wait("error", of="c1")["code"] == "muted"
    loud.say(type="enter", **room)  # entering again does not help
    number = loud.wait("entered")["number"]
    loud.say(type="note", id="n1", text="hello", east_m=1, north_m=1)
    assert loud.wait("error", of="n1")["code"] == "muted"
    staff.say(type="moderate", id="m2", act="unmute", number=number)
    loud.wait("moderated", act="unmute")
    loud.say(type="chat", id="c2", text="sorry")
    other.wait("said", of="c2")
    assert [m["of"] for m in other.got if m["type"] == "said"] == ["c2"]


def test_whom_staff_send_away_stays_away_also_after_resuming(person: Connect) -> None:
    room = {"room": "away", "visible": "all"}
    rude, staff = person(room), person(room, client="staff")
    staff.say(type="moderate", id="m", act="remove", number=rude.number)
    assert rude.wait("left")["reason"] == "removed"
    staff.wait("parted")
    rude.say(type="enter", **room)
    assert rude.wait("error", of="enter")["code"] == "not_allowed"
    session = rude.welcome["session"]
    rude.socket.socket.close()
    back = person(resume=session)
    assert back.welcome["resumed"]
    back.say(type="enter", **room)
    assert back.wait("error", of="enter")["code"] == "not_allowed"
    back.say(type="enter", room="elsewhere")
    back.wait("entered")


def test_the_homes_list_of_words_is_read_anew(person: Connect, home: Path) -> None:
    ann = person({"room": "words", "visible": "all"})
    for number, (words, refused) in enumerate(((None, False), ("# rude\nblorb\n", True), ("other\n", False))):
        if words is not None:
            (home / BLOCKED_FILE).write_text(words, encoding="utf-8")
        ann.say(type="chat", id=f"c{number}", text="what a BLORB!")
        if refused:
            assert ann.wait("error", of=f"c{number}")["code"] == "text_refused"
        else:
            ann.wait("said", of=f"c{number}")


def test_a_room_of_ones_own_is_full_some_time() -> None:
    with running(make_parts()) as port:
        people = [Person(port, {"room": "full"}) for _ in range(MOST_TOGETHER)]
        late = Person(port)
        late.say(type="enter", room="full")
        assert late.wait("error", of="enter")["code"] == "busy"
        late.say(type="enter", room="building")
        late.wait("entered")
        for one in (*people, late):
            one.close()


def test_the_librarian_is_heard_by_those_who_stand_near_and_want_it(person: Connect) -> None:
    room = {"room": "building", "visible": "all"}
    asks = person({**room, "name": "Ann", "shares": True})
    near = person({**room, "hears": True})
    deaf = person(room)
    far = person({**room, "hears": True})
    hidden = person({**room, "visible": "own", "hears": True}, client="unity")
    for one, east in ((asks, 2.0), (near, 4.0), (deaf, 3.0), (far, 11.0), (hidden, 2.5)):
        one.at(east)
    asks.until(lambda: {near.number, deaf.number, far.number} <= set(asks.drawn))
    asks.say(type="ask", id="q1", text="where is my secret diary")
    answer = asks.wait("answer", of="q1")
    heard = near.wait("overheard")
    assert (heard["text"], heard["number"], heard["name"]) == (answer["text"], asks.number, "Ann")
    assert heard["utterance"] is not None
    near.wait("speech_end", utterance=heard["utterance"])
    for one in (deaf, far, hidden):
        one.settle()
        assert not [m for m in one.got if m["type"] == "overheard"]
    for one in (near, deaf, far, hidden):
        assert not any("diary" in str(m) for m in one.got)
    asks.say(type="visibility", visible="all", shares=False)
    asks.say(type="ask", id="q2", text="where is it")
    asks.wait("answer", of="q2")
    near.settle()
    assert len([m for m in near.got if m["type"] == "overheard"]) == 1


def test_a_kiosk_is_a_visitor_and_a_key_makes_no_staff(person: Connect) -> None:
    kiosk = person({"room": "roles", "visible": "all"}, client="kiosk")
    assert next(m for m in kiosk.got if m["type"] == "entered")["role"] == "visitor"
    for message in (
        {"type": "note", "id": "n", "text": "hello", "east_m": 1, "north_m": 1},
        {"type": "lead_tour", "id": "t", "stops": ["S1"]},
        {"type": "moderate", "id": "m", "act": "mute", "number": 1},
    ):
        kiosk.say(**message)
        assert kiosk.wait("error", of=message["id"])["code"] == "not_allowed"
    kiosk.say(type="chat", id="c", text="hello")
    kiosk.wait("said")


def test_in_the_world_of_a_book_positions_are_not_the_buildings(person: Connect) -> None:
    room = {"room": "world-" + "ab" * 16, "visible": "all"}
    ann, ben = person(client="unity"), person(room, client="unity")
    ann.say(type="guide", id="g", to="toilet")
    route = ann.wait("route")
    ann.say(type="enter", **room)
    assert ann.wait("entered")["kind"] == "world"
    for _ in range(3):
        ann.at(900.0, -900.0)
    ben.at(901.0, -900.0)
    ben.until(lambda: len(ben.drawn) == 2)
    ann.settle()
    assert not [m for m in ann.got if m["type"] in ("error", "route") and m is not route]
    ann.say(type="note", id="n", text="I was here", east_m=900.0, north_m=-900.0)
    assert ben.wait("noted")["note"]["east_m"] == 900.0
    ann.say(type="enter", room="building")
    ann.at(19.0, 8.0)
    assert ann.wait("arrived")
