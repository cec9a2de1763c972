"""Rooms without a network: a client that takes no frames gets everything anew, and one too slow harms nobody else."""

from __future__ import annotations

import asyncio

import pytest

from server.line import Line
from server.outbox import MAX_MESSAGES, TooSlowError
from server.rooms import LANE, MOST_ROOMS, FullError, Member, Rooms
from wire.messages.meet import Left
from wire.pose import decode_poses


class World:
    """Rooms with a clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.rooms = Rooms()
        self.fallen: list[TooSlowError] = []

    def member(self, room: str = "building", name: str = "") -> Member:
        line = Line(lambda: self.now)
        return self.rooms.enter(room, line, name, "building", "all", "reader", self.fallen.append)


def frames(member: Member) -> list[bytes]:
    taken = []
    while (frame := member.line.box.take(0.0)) is not None:
        taken.append(frame)
    return [frame for frame in taken if isinstance(frame, bytes)]


def test_who_has_not_taken_a_frame_gets_a_full_one() -> None:
    world = World()
    slow, quick, moving = (world.member() for _ in range(3))
    room = slow.room
    for one in (slow, quick, moving):
        room.presence.move(one.number, (1.0, 1.0), 0, 0.0)
    room.tick(0.0)
    assert [decode_poses(frame).full for frame in frames(quick)] == [True]
    for step in range(1, 6):
        room.presence.move(moving.number, (1.0 + step, 1.0), 0, step / 20)
        room.tick(step / 20)
        (change,) = frames(quick)
        assert (decode_poses(change).full, len(decode_poses(change).poses)) == (False, 1)
    assert slow.line.holds(LANE)
    (only,) = frames(slow)
    told = decode_poses(only)
    assert told.full
    assert {pose.number: pose.east_m for pose in told.poses} == {
        slow.number: 1.0,
        quick.number: 1.0,
        moving.number: 6.0,
    }


def test_a_frame_is_written_at_once_unless_the_client_has_not_taken_the_last_one() -> None:
    world = World()
    quick, slow = world.member(), world.member()
    written: list[bytes] = []
    taking = [True]
    quick.line.direct = lambda ready: written.append(ready) is None
    slow.line.direct = lambda ready: taking[0] and written.append(ready) is None
    room = quick.room

    def step(number: int) -> list[bytes]:
        written.clear()
        room.presence.move(quick.number, (1.0 + number, 1.0), 0, number / 20)
        room.tick(number / 20)
        return list(written)

    room.presence.move(slow.number, (1.0, 1.0), 0, 0.0)
    step(0)
    for one in (quick, slow):
        assert len(frames(one)) == 1  # the names went first, so this one waited for its turn
    for number in (1, 2):
        first, second = step(number)  # the first of these is full, for what waited may not have been taken
        assert first == second
    taking[0] = False
    for number in range(3, 8):
        assert len(step(number)) == 1
    assert slow.line.holds(LANE)
    (newest,) = frames(slow)
    told = decode_poses(newest)
    assert told.full
    assert {pose.number: pose.east_m for pose in told.poses} == {slow.number: 1.0, quick.number: 8.0}
    taking[0] = True
    assert len(step(8)) == 2
    assert len(step(9)) == 2


def test_viewers_of_one_group_get_the_very_same_bytes() -> None:
    world = World()
    people = [world.member() for _ in range(10)]
    for one in people:
        one.room.presence.move(one.number, (1.0, 1.0), 0, 0.0)
    people[0].room.tick(0.0)
    assert len({id(frame) for one in people for frame in frames(one)}) == 1


def test_a_client_that_takes_nothing_is_let_go_alone() -> None:
    world = World()
    slow, quick = world.member(), world.member()
    for one in (slow, quick):
        one.room.presence.move(one.number, (1.0, 1.0), 0, 0.0)
    for _ in range(MAX_MESSAGES + 1):
        quick.room.tell_near(quick, Left())
        quick.line.box.take(0.0)
    assert len(world.fallen) == 1
    world.rooms.leave(slow)
    quick.room.tick(0.0)
    assert len(frames(quick)) == 1


def test_rooms_come_and_go_and_are_bounded() -> None:
    world = World()
    members = [world.member(f"r{n}") for n in range(MOST_ROOMS)]
    with pytest.raises(FullError):
        world.member("one-more")
    world.rooms.leave(members[0])
    world.rooms.leave(members[0])
    world.member("one-more")
    assert len(world.rooms) == MOST_ROOMS


def test_the_task_ticks_at_its_times() -> None:
    world = World()
    one = world.member()

    async def walk() -> None:
        task = asyncio.ensure_future(world.rooms.run(lambda: world.now))
        for step in range(4):
            one.room.presence.move(one.number, (float(step), 1.0), 0, world.now)
            world.now += 0.05
            while one.room.ticks <= step:
                await asyncio.sleep(0)
        task.cancel()

    asyncio.run(asyncio.wait_for(walk(), 20))
    assert one.line.holds(LANE)
