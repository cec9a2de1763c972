"""Kinds and rights, pins, orders of staff, pseudonyms: the small rules of rooms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.rooms.censure import KEPT, Censure
from spatial.rooms.gathering import Act, Kind, Role, holds, kind_of, may_see, permits, room_of_world
from spatial.rooms.notes import Note, may_remove, pseudonym, spoken_name
from spatial.rooms.pins import MOST, MOST_OF_ONE, Pin, Pins


@pytest.mark.parametrize(
    ("name", "kind"),
    [("building", "building"), ("world-ab12", "world"), ("tour-1", "tour"), ("tour", "group"), ("physics-2", "group")],
)
def test_the_name_tells_the_kind(name: str, kind: Kind) -> None:
    assert kind_of(name) == kind
    assert (holds(kind) is None) == (kind == "building")


def test_a_worlds_room_is_a_room_name() -> None:
    assert kind_of(room_of_world("ab" * 32)) == "world"
    assert len(room_of_world("ab" * 32)) <= 40


@pytest.mark.parametrize(
    ("role", "act", "kind", "may"),
    [
        ("visitor", "chat", "building", True),
        ("visitor", "note", "group", False),
        ("visitor", "lead", "tour", False),
        ("reader", "note", "building", True),
        ("reader", "exhibit", "building", False),
        ("reader", "exhibit", "group", True),
        ("reader", "lead", "building", False),
        ("reader", "lead", "tour", True),
        ("reader", "moderate", "group", False),
        ("robot", "lead", "building", True),
        ("robot", "note", "building", False),
        ("staff", "exhibit", "building", True),
        ("staff", "moderate", "building", True),
    ],
)
def test_rights(role: Role, act: Act, kind: Kind, may: bool) -> None:
    assert permits(role, act, kind) is may


def test_consent_is_mutual_between_the_worlds() -> None:
    assert may_see("building", "nobody", "building", "own")
    assert not may_see("building", "own", "virtual", "all")
    assert may_see("building", "all", "virtual", "all")
    assert not may_see("building", "all", "virtual", "own")
    assert not may_see("building", "all", "building", "nobody")


def pin(owner: int, id_: str, until: float) -> Pin:
    return Pin(owner, id_, "", (0.0, 0.0), 0, "", until)


def test_pins_end_by_themselves_and_are_replaced_by_id() -> None:
    pins = Pins()
    assert pins.put(pin(1, "a", 10.0)) == ()
    assert pins.put(pin(1, "a", 30.0)) == ()
    pins.put(pin(2, "a", 20.0))
    assert [one.owner for one in pins.shown(15.0)] == [1, 2]
    assert [one.owner for one in pins.shown(20.0)] == [1]
    assert pins.take(2, "a") is None
    assert pins.take_all(1) == (pin(1, "a", 30.0),)
    assert len(pins) == 0


def test_too_many_pins_give_way() -> None:
    pins = Pins()
    for number in range(MOST_OF_ONE):
        pins.put(pin(1, str(number), 50.0 - number))
    assert [one.id for one in pins.put(pin(1, "more", 60.0))] == ["0"]
    for number in range(MOST - MOST_OF_ONE):
        assert pins.put(pin(100 + number, "x", 40.0 + number)) == ()
    assert [one.until for one in pins.put(pin(5, "last", 1.0))] == [40.0]
    assert len(pins) == MOST


def test_orders_of_staff_end_and_are_bounded() -> None:
    orders = Censure()
    orders.mute("ann", 10.0)
    orders.remove("ann", "tour-1", 20.0)
    assert orders.is_muted("ann", 9.9)
    assert not orders.is_muted("ann", 10.0)
    assert not orders.is_muted("ben", 0.0)
    assert orders.is_removed("ann", "tour-1", 19.9)
    assert not orders.is_removed("ann", "tour-2", 0.0)
    orders.unmute("ann")
    assert not orders.is_muted("ann", 0.0)
    for number in range(KEPT + 10):
        orders.mute(f"p{number}", 100.0 + number)
    assert not orders.is_muted("p0", 0.0)
    assert orders.is_muted(f"p{KEPT + 9}", 0.0)
    orders.forget(1e9)
    assert not orders.is_muted(f"p{KEPT + 9}", 0.0)


@given(st.text(), st.text())
def test_a_pseudonym_has_a_name_in_both_languages(one: str, other: str) -> None:
    author = pseudonym(b"secret", one)
    assert set(spoken_name(author)) == {"en", "zh"}
    assert (pseudonym(b"secret", other) == author) == (one == other)
    assert pseudonym(b"other", one) != author


def test_notes_are_taken_away_by_their_author_or_staff() -> None:
    note = Note("n", "building", "note", "hello", (0.0, 0.0), 0, "ann", 0.0)
    assert may_remove(note, "ann", False)
    assert may_remove(note, "ben", True)
    assert not may_remove(note, "ben", False)
