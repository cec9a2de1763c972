"""Clients that do not behave, among others who meet: who floods, leaps, lies, or is half gone."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from server.parts import Parts
from tests.server.test_meet import Person
from tests.server.world import make_parts, running
from wire.pose import PoseFrame, PoseRecord, encode_poses

Meet = Callable[..., Person]


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[int, Parts]]:
    parts = make_parts()
    with running(parts) as port:
        yield port, parts


@pytest.fixture
def person(served: tuple[int, Parts]) -> Iterator[Meet]:
    people: list[Person] = []

    def make(room: str, **fields: Any) -> Person:
        people.append(Person(served[0], {"visible": "all", "room": room, **fields}))
        return people[-1]

    yield make
    for one in people:
        one.close()


def test_who_leaps_is_seen_where_they_are_and_leaves_nothing_behind(person: Meet, served: tuple[int, Parts]) -> None:
    here, leaping = person("leaps"), person("leaps")
    here.at(5.0)
    for step in range(100):
        leaping.at((-1) ** step * 1000.0 * step)
    leaping.at(6.0)
    here.until(lambda: leaping.number in here.drawn and here.drawn[leaping.number].east_m == 6.0)
    leaping.at(9_000.0)
    here.until(lambda: leaping.number not in here.drawn)
    here.at(5.1)
    here.until(lambda: abs(here.drawn[here.number].east_m - 5.1) < 0.005)
    room = served[1].rooms.find("leaps")
    assert room is not None
    assert len(room.presence._cells) <= 2 * 9


def test_a_flood_of_poses_harms_nobody_and_is_told(person: Meet) -> None:
    here, flooding = person("flood"), person("flood")
    here.at(5.0)
    flooding.at(5.0)
    here.until(lambda: len(here.drawn) == 2)
    frames = [encode_poses(PoseFrame(0, (PoseRecord(0, 4.0 + n / 1000, 5.0, None),))) for n in range(1000)]
    for frame in frames * 3:
        flooding.socket.send(frame)
    flooding.wait("error", code="rate_limited")
    here.at(6.0)
    here.until(lambda: here.drawn[here.number].east_m == 6.0)


def test_a_line_that_breaks_without_a_word_takes_its_people_along(person: Meet) -> None:
    here, gone = person("half"), person("half")
    here.at(5.0)
    gone.at(5.0)
    here.until(lambda: len(here.drawn) == 2)
    raw: socket.socket = gone.socket.socket
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raw.close()  # a reset, not a close
    here.until(lambda: set(here.drawn) == {here.number})


@pytest.mark.parametrize("number", [0, 1, 2**32 - 1])
def test_the_number_in_ones_own_frame_means_nothing(person: Meet, number: int) -> None:
    here, claiming = person("claim"), person("claim")
    here.at(5.0)
    for claimed in (number, here.number):
        claiming.socket.send(encode_poses(PoseFrame(0, (PoseRecord(claimed, 7.0, 5.0, None, "none", "staff"),))))
    here.until(lambda: claiming.number in here.drawn)
    assert here.drawn[here.number].east_m == 5.0
    assert here.drawn[claiming.number].role == "reader"
