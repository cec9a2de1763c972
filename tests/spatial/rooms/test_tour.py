"""Tours: from stop to stop together, led by the librarian or by a person; nobody is waited for for ever."""

from __future__ import annotations

import pytest

from spatial.rooms.tour import AWAY_S, PATIENCE_S, Changed, Event, LeadTo, Stop, Tell, TourCore

STOPS = (
    Stop({"en": "Desk"}, (2.0, 2.0), 0, "desk", {"en": "Here you ask.", "zh": "在这里提问。"}, stay_s=10.0),
    Stop({"en": "Shelf"}, (30.0, 2.0), 1, "S1"),
)


def led(events: tuple[Event, ...]) -> list[tuple[tuple[str, ...], int | None]]:
    return [(event.who, event.stop) for event in events if isinstance(event, LeadTo)]


def told(events: tuple[Event, ...]) -> list[int]:
    return [event.stop for event in events if isinstance(event, Tell)]


def test_the_librarian_waits_for_all_tells_and_leads_on() -> None:
    tour = TourCore(STOPS, "librarian", "ann", 0.0)
    assert led(tour.join("ann", 0.0)) == [(("ann",), 0)]
    assert led(tour.join("ben", 1.0)) == [(("ben",), 0)]
    assert told(tour.move("ann", (3.0, 2.0), 0, 5.0)) == []
    assert tour.gathered == 1
    assert tour.move("ann", (3.1, 2.0), 0, 5.1) == ()
    assert told(tour.move("ben", (2.0, 4.0), 0, 9.0)) == [0]
    assert tour.phase == "there"
    assert tour.tick(18.9) == ()
    assert led(tour.tick(19.0)) == [(("ann", "ben"), 1)]
    assert (tour.at, tour.phase, tour.gathered) == (1, "walking", 0)
    assert told(tour.move("ann", (30.0, 2.0), 0, 20.0)) == []  # right below it, on another level
    tour.move("ann", (30.0, 2.0), 1, 25.0)
    assert told(tour.move("ben", (30.0, 3.0), 1, 26.0)) == [1]
    assert Changed() in tour.tick(26.0 + STOPS[1].lasts_s)
    assert (tour.phase, tour.reason) == ("ended", "finished")
    assert tour.steer("back", 90.0) == tour.join("cem", 90.0) == tour.tick(90.0) == ()


def test_one_who_dawdles_is_not_waited_for_for_ever() -> None:
    tour = TourCore(STOPS, "librarian", "ann", 0.0)
    for who in ("ann", "ben"):
        tour.join(who, 0.0)
    tour.move("ann", (2.0, 2.0), 0, 10.0)
    assert tour.tick(10.0 + PATIENCE_S - 0.1) == ()
    assert told(tour.tick(10.0 + PATIENCE_S)) == [0]


def test_one_who_leaves_is_not_waited_for_at_all() -> None:
    tour = TourCore(STOPS, "librarian", "ann", 0.0)
    for who in ("ann", "ben"):
        tour.join(who, 0.0)
    tour.move("ann", (2.0, 2.0), 0, 10.0)
    assert told(tour.leave("ben", 11.0)) == [0]
    assert tour.leave("ann", 12.0) == (Changed(),)
    assert tour.reason == "nobody"


def test_a_broken_line_is_waited_for_but_holds_up_nobody() -> None:
    tour = TourCore(STOPS, "librarian", "ann", 0.0)
    for who in ("ann", "ben"):
        tour.join(who, 0.0)
    tour.lose("ben", 5.0)
    assert told(tour.move("ann", (2.0, 2.0), 0, 10.0)) == [0]
    assert tour.join("ben", 30.0) == ()
    assert tour.followers == ("ann", "ben")
    tour.lose("ben", 40.0)
    tour.tick(40.0 + AWAY_S + 0.1)
    assert tour.followers == ("ann",)


def test_a_person_leads_when_they_say_so() -> None:
    tour = TourCore(STOPS, "person", "ann", 0.0)
    assert tour.join("ann", 0.0) == ()
    tour.join("ben", 0.0)
    assert told(tour.move("ben", (2.0, 2.0), 0, 3.0)) == []
    assert told(tour.move("ann", (2.0, 2.0), 0, 4.0)) == [0]
    assert tour.tick(4.0 + 500.0) == ()
    assert led(tour.steer("next", 600.0)) == [(("ben", "ann"), 1)]
    assert led(tour.steer("back", 601.0)) == [(("ben", "ann"), 0)]
    assert led(tour.steer("back", 602.0)) == [(("ben", "ann"), 0)]
    tour.steer("next", 603.0)
    tour.steer("next", 604.0)
    assert tour.reason == "finished"


def test_without_stops_those_behind_are_led_after_the_leader() -> None:
    tour = TourCore((), "person", "ann", 0.0)
    for who in ("ben", "cem"):
        assert led(tour.join(who, 0.0)) == []
    tour.move("ben", (0.0, 0.0), 0, 1.0)
    tour.move("cem", (8.0, 0.0), 0, 1.0)
    assert led(tour.move("ann", (10.0, 0.0), 0, 2.0)) == [(("ben",), None)]
    assert led(tour.move("ann", (30.0, 0.0), 0, 3.0)) == []  # too soon for another way
    assert led(tour.move("ann", (31.0, 0.0), 0, 6.0)) == [(("ben", "cem"), None)]
    assert led(tour.move("ann", (31.0, 0.0), 1, 12.0)) == [(("ben", "cem"), None)]
    assert led(tour.join("dan", 13.0)) == [(("dan",), None)]
    tour.leave("ann", 14.0)
    assert tour.reason == "leader_left"


@pytest.mark.parametrize(("led_by", "reason"), [("person", "leader_left"), ("librarian", "nobody")])
def test_a_tour_that_nobody_leads_or_follows_ends(led_by: str, reason: str) -> None:
    tour = TourCore(STOPS, led_by, "ann", 0.0)  # type: ignore[arg-type]
    if led_by == "person":
        tour.lose("ann", 0.0)
    tour.tick(AWAY_S)
    assert tour.phase == "walking"
    tour.tick(AWAY_S + 0.1)
    assert tour.reason == reason


def test_people_stay_as_long_as_the_text_takes() -> None:
    assert STOPS[0].lasts_s == 10.0
    assert Stop({}, (0, 0), 0, "x", {"en": "a" * 140}).lasts_s == pytest.approx(15.0)
    assert Stop({}, (0, 0), 0, "x", {"zh": "字" * 40}).lasts_s == pytest.approx(15.0)
