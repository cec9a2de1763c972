"""Tours over real websockets: from a file, a list, an answer; led by the librarian or a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.tours import Finding, NoTour, list_tours, read_tour, stops_of_answer
from tests.server.test_meet import Person
from tests.server.world import FINDER, make_parts, running

Connect = Callable[..., Person]
TOUR = """
title = {en = "First visit", zh = "初次到馆"}
[[stop]]
place = "toilet"
text = {en = "Wash your hands.", zh = "请洗手。"}
stay_s = 1
[[stop]]
record = "b1"
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    (home / "tours").mkdir()
    (home / "tours" / "first.toml").write_text(TOUR, encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def port(home: Path) -> Iterator[int]:
    with running(make_parts(home=home)) as number:
        yield number


@pytest.fixture
def person(port: int, request: pytest.FixtureRequest) -> Iterator[Connect]:
    people: list[Person] = []
    room = "tour-" + str(abs(hash(request.node.name)))[:12]

    def make(**hello: Any) -> Person:
        people.append(Person(port, {"room": room, "visible": "all"}, **{"client": "browser", **hello}))
        return people[-1]

    yield make
    for one in people:
        one.close()


def tour_when(one: Person, **fields: Any) -> dict[str, Any]:
    return one.wait("tour", **fields)


def test_the_librarian_leads_two_through_a_tour_of_the_home(person: Connect) -> None:
    ann, ben = person(), person()
    ann.say(type="lead_tour", id="t", tour="first")
    began = tour_when(ben)
    assert (began["title"]["zh"], began["at"], began["phase"], began["followers"]) == ("初次到馆", 0, "walking", 1)
    assert [stop["record_id"] for stop in began["stops"]] == [None, "b1"]
    route = ann.wait("route")
    assert (route["of"], route["goal"]["en"]) == ("t", "Toilet")
    ben.say(type="follow_tour", profile="step-free")
    tour_when(ann, followers=2)
    ben.wait("route")
    ann.at(18.0, 8.0)
    tour_when(ben, gathered=1)
    ben.at(17.0, 7.0)
    there = tour_when(ann, phase="there")
    assert there["text"]["en"] == "Wash your hands."
    spoken = ben.wait("speech_clause")
    while spoken["text"] != "Wash your hands.":
        spoken = ben.wait("speech_clause")
    assert ann.wait("route", range_id="S1")["of"] == "t"
    shelf = tour_when(ben, at=1)["stops"][1]
    for one in (ben, ann):
        one.at(shelf["east_m"], shelf["north_m"])
    tour_when(ben, phase="there", at=1)
    ben.say(type="steer_tour", to="end")
    assert ben.wait("error")["code"] == "not_allowed"
    ann.say(type="steer_tour", to="next")
    assert tour_when(ben, phase="ended")["reason"] == "finished"


def test_a_person_leads_and_is_followed_without_stops(person: Connect) -> None:
    ann, ben = person(), person()
    ben.at(2.0, 5.0)
    ann.say(type="lead_tour", id="t", led_by="person", title="Follow me")
    assert tour_when(ben)["leader"] == ann.number
    ben.say(type="follow_tour")
    tour_when(ann, followers=1)
    ann.at(15.0, 5.0)
    route = ben.wait("route")
    assert route["route"]["points"][-1][0] == pytest.approx(15.0, abs=0.5)
    session = ann.welcome["session"]
    ann.socket.socket.close()
    back = Person(ben.port, None, resume=session, client="browser")
    number = back.wait("entered")["number"]
    assert tour_when(back)["leader"] == number
    back.say(type="steer_tour", to="end")
    assert tour_when(ben, phase="ended")["reason"] == "asked"
    back.close()


class RememberingMind:
    """As the librarian does: what was answered last is in memory."""

    def __init__(self, mind: Any) -> None:
        self.mind = mind

    def answer(self, question: Any, memory: Any) -> Any:
        reply = self.mind.answer(question, memory)
        return replace(reply, memory=replace(reply.memory, last=reply))

    def heard(self, memory: Any, text: str) -> Any:
        return memory


def test_one_leads_where_the_librarian_has_just_told_of(home: Path) -> None:
    parts = make_parts(home=home)
    parts.mind = RememberingMind(parts.mind)
    with running(parts) as port:
        ann = Person(port, {"room": "tour-told", "visible": "all"}, client="browser")
        ann.say(type="lead_tour", id="t0", answer=True)
        assert ann.wait("error", of="t0")["code"] == "no_tour"
        ann.say(type="ask", id="q", text="where is the test book")
        ann.wait("answer")
        ann.say(type="lead_tour", id="t1", answer=True)
        assert tour_when(ann)["stops"][0]["record_id"] == "b1"
        assert ann.wait("route", of="t1")["range_id"] == "S1"
        ann.close()


def test_forty_are_led_at_once_and_nobody_is_turned_away(home: Path) -> None:
    with running(make_parts(home=home)) as port:
        people = [Person(port, {"room": "tour-many", "visible": "all"}, client="browser") for _ in range(40)]
        people[0].say(type="lead_tour", id="t", stops=["toilet", "record:b1"])
        for one in people[1:]:
            tour_when(one)
            one.say(type="follow_tour")
        for one in people:
            one.wait("route", of="t")
        people[0].say(type="steer_tour", to="next")
        for one in people:
            assert one.wait("route", range_id="S1")["of"] == "t"
            assert "busy" not in one.codes()
            one.close()


def test_a_tour_is_not_begun_twice_and_bad_ones_are_named(person: Connect) -> None:
    ann, ben = person(), person()
    for id_, fields, code in (
        ("a", {"tour": "nothing"}, "no_tour"),
        ("b", {"stops": ["Narnia"]}, "unknown_place"),
        ("c", {"stops": ["record:nothing"]}, "unknown_record"),
        ("d", {"stops": ["S1"], "tour": "first"}, "bad_message"),
        ("e", {}, "bad_message"),
    ):
        ann.say(type="lead_tour", id=id_, **fields)
        assert ann.wait("error", of=id_)["code"] == code
    ben.say(type="follow_tour")
    assert ben.wait("error", of="follow_tour")["code"] == "no_tour"
    ann.say(type="lead_tour", id="one", stops=["toilet", "record:b1"])
    tour_when(ben)
    ben.say(type="lead_tour", id="two", stops=["S1"])
    assert ben.wait("error", of="two")["code"] == "busy"
    ann.say(type="lead_tour", id="one", stops=["toilet"])
    assert ann.wait("error", of="one")["code"] == "busy"
    ann.say(type="leave")
    ben.wait("parted")
    ben.say(type="steer_tour", to="end")
    assert ben.wait("error", of="steer_tour")["code"] == "not_allowed"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("stop = 3", "1 to 24"),
        ("[[stop", "not readable"),
        ('[[stop]]\nplace = "Narnia"', "stop 1"),
        ('[[stop]]\nplace = "S1"\nstay_s = -1', "stay_s"),
        ('[[stop]]\nrecord = "b2"', "stop 1"),
    ],
)
def test_a_broken_file_of_a_tour_is_named(tmp_path: Path, text: str, words: str) -> None:
    parts = make_parts(home=tmp_path)
    (tmp_path / "tours").mkdir()
    (tmp_path / "tours" / "x.toml").write_text(text, encoding="utf-8")
    found = read_tour(tmp_path, "x", Finding(parts.place_of, lambda id_: FINDER.locate(id_) if id_ != "b2" else None))
    assert isinstance(found, NoTour)
    assert words in found.text
    assert list_tours(tmp_path) == ("x",)


def test_the_tours_of_the_home_are_listed(port: int, home: Path) -> None:
    (home / "tours" / "broken.toml").write_text("[[stop", encoding="utf-8")
    listed = httpx.get(f"http://127.0.0.1:{port}/v1/tours", timeout=20).json()["tours"]
    assert [(one["name"], one["title"]["en"], len(one["stops"])) for one in listed] == [("first", "First visit", 2)]


def test_the_parts_of_a_plan_are_stops() -> None:
    from avatars.values import PlanStep, Reply

    book = FINDER.locate("b1")
    assert book is not None
    assert book.stand is not None
    reply = Reply("Both.", "en", "guide", items=(book,), steps=(PlanStep("find it", "find_item", "Here.", book.stand),))
    (stop,) = stops_of_answer(reply)  # type: ignore[misc]
    assert (stop.place, stop.text) == (book.stand.id, {"en": "Here."})
    (stop,) = stops_of_answer(Reply("This one.", "en", "find_item", items=(book,)))  # type: ignore[misc]
    assert (stop.record_id, stop.text["en"]) == ("b1", "Here stands Test Book by A. Writer.")
    assert isinstance(stops_of_answer(Reply("No.", "en", "small_talk")), NoTour)
