"""Presence: what each viewer has been told is what they may see, whatever happens; nobody is seen unasked."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.presence import CELL_M, HOLD_M, MOST, SILENT_S, Presence, Seen, Shown, Update, World

CALLS = {"encode": 0}
SIZE = 12


def encode(seen: Seen) -> bytes:
    CALLS["encode"] += 1
    return struct.pack("<Iii", seen.number, round(seen.point[0] * 100), round(seen.point[1] * 100))


@dataclass
class Viewer:
    """A client: keeps what it is told."""

    level: int | None = None
    drawn: dict[int, bytes] = field(default_factory=dict)

    def take(self, update: Update) -> None:
        if update.full:
            self.level, self.drawn = update.ordinal, {}
        assert self.level == update.ordinal
        for number in update.gone:
            del self.drawn[number]  # only what is drawn can go
        assert len(update.poses) == SIZE * update.count
        for pose in (update.poses[at : at + SIZE] for at in range(0, len(update.poses), SIZE)):
            self.drawn[struct.unpack_from("<I", pose)[0]] = pose


def tell(presence: Presence, viewers: dict[int, Viewer], now: float) -> list[Update]:
    updates = presence.tick(now)
    told = [number for update in updates for number in update.to]
    assert len(told) == len(set(told)), "one frame for a viewer and tick"
    for update in updates:
        for number in update.to:
            viewers.setdefault(number, Viewer()).take(update)
    return updates


def room(*people: tuple[int, World, Shown, float, float]) -> Presence:
    presence = Presence(encode)
    for number, world, shown, east, north in people:
        presence.enter(number, world, 0.0, shown)
        presence.move(number, (east, north), 0, 0.0)
    return presence


def test_full_state_on_entry_then_only_what_changed() -> None:
    presence = room((1, "building", "all", 1, 1), (2, "building", "all", 3, 3), (3, "building", "all", 5, 5))
    (first,) = presence.tick(0.05)
    assert first.full
    assert sorted(first.to) == [1, 2, 3]
    assert first.count == 3
    presence.move(2, (3.5, 3), 0, 0.1)
    (second,) = presence.tick(0.1)
    assert not second.full
    assert second.poses == encode(Seen(2, (3.5, 3), 0, None, "none", "reader", "building"))
    presence.move(2, (3.501, 3), 0, 0.12)  # less than a centimetre: nothing to tell
    assert presence.tick(0.15) == []


def test_a_group_of_viewers_gets_one_update_and_each_pose_is_encoded_once() -> None:
    presence = room(*((n, "building", "all", n / 10, 1.0) for n in range(40)))
    presence.tick(0.0)
    CALLS["encode"] = 0
    for number in range(40):
        presence.move(number, (number / 10 + 0.5, 1.0), 0, 0.1)
    (update,) = presence.tick(0.1)
    assert (len(update.to), update.count, CALLS["encode"]) == (40, 40, 40)


def test_walking_along_an_edge_does_not_flicker() -> None:
    presence = room((1, "building", "all", CELL_M - 0.3, 1), (2, "building", "all", 1, 1))
    presence.tick(0.0)
    fulls = 0
    for step in range(20):
        presence.move(1, (CELL_M + (0.3 if step % 2 else -0.3), 1), 0, step / 20)
        fulls += sum(update.full for update in presence.tick(step / 20))
    assert fulls == 0
    presence.move(1, (CELL_M + HOLD_M + 0.1, 1), 0, 2.0)
    assert any(update.full and 1 in update.to for update in presence.tick(2.0))


@pytest.mark.parametrize(
    ("mine", "theirs", "seen"),
    [
        (("building", "nobody"), ("building", "own"), True),  # the invisible see their own world
        (("building", "all"), ("building", "nobody"), False),
        (("building", "all"), ("virtual", "own"), False),
        (("building", "own"), ("virtual", "all"), False),  # who does not show themselves there sees no ghosts
        (("building", "all"), ("virtual", "all"), True),
        (("virtual", "nobody"), ("building", "all"), False),
    ],
)
def test_consent(mine: tuple[World, Shown], theirs: tuple[World, Shown], seen: bool) -> None:
    presence = room((1, *mine, 1, 1), (2, *theirs, 2, 2))
    viewers: dict[int, Viewer] = {}
    tell(presence, viewers, 0.0)
    assert (2 in viewers[1].drawn) is seen
    assert (1 in presence.witnesses(2)) is seen


def test_becoming_invisible_takes_effect_at_the_next_tick() -> None:
    presence = room((1, "building", "all", 1, 1), (2, "building", "all", 2, 2))
    viewers: dict[int, Viewer] = {}
    tell(presence, viewers, 0.0)
    presence.show(2, "nobody")
    tell(presence, viewers, 0.05)
    assert set(viewers[1].drawn) == {1}
    assert set(viewers[2].drawn) == {1}


def test_a_crowd_is_capped_and_those_shown_stay() -> None:
    presence = room(*((n, "building", "all", 6 + math.cos(n) * n / 20, 6 + math.sin(n) * n / 20) for n in range(90)))
    viewers: dict[int, Viewer] = {}
    tell(presence, viewers, 0.0)
    assert set(viewers[0].drawn) == set(range(MOST))
    presence.move(60, (6 + math.cos(60) * 2.2, 6 + math.sin(60) * 2.2), 0, 0.1)  # a little nearer than the last shown
    assert tell(presence, viewers, 0.1) == []
    presence.move(60, (6.0, 6.0), 0, 0.2)
    (update,) = tell(presence, viewers, 0.2)
    assert (update.appeared, len(update.gone)) == ((60,), 1)


def test_silence_and_leaving_end_it() -> None:
    presence = room((1, "building", "all", 1, 1), (2, "building", "all", 2, 2), (3, "building", "all", 3, 3))
    viewers: dict[int, Viewer] = {}
    tell(presence, viewers, 0.0)
    presence.leave(3)
    presence.move(1, (1, 1), 0, SILENT_S)
    tell(presence, viewers, SILENT_S + 1)
    assert set(viewers[1].drawn) == {1}
    presence.move(2, (2, 2), 0, SILENT_S + 2)
    tell(presence, viewers, SILENT_S + 2)
    assert set(viewers[1].drawn) == set(viewers[2].drawn) == {1, 2}
    presence.leave(3)  # once more: nothing happens


def test_a_number_cannot_be_taken_twice() -> None:
    presence = room((1, "building", "all", 1, 1))
    with pytest.raises(KeyError):
        presence.enter(1, "virtual", 1.0)
    with pytest.raises(KeyError):
        presence.move(9, (0, 0), 0, 1.0)


NUMBER = st.integers(0, 7)
PLACE = st.floats(-30, 30)
ACT = st.one_of(
    st.tuples(st.just("enter"), NUMBER, st.sampled_from(["building", "virtual"]), st.sampled_from(["own", "all"])),
    st.tuples(st.just("leave"), NUMBER),
    st.tuples(st.just("show"), NUMBER, st.sampled_from(["nobody", "own", "all"])),
    st.tuples(st.just("move"), NUMBER, PLACE, PLACE, st.integers(0, 1)),
    st.tuples(st.just("lose"), NUMBER),
    st.tuples(st.just("tick")),
)


@settings(max_examples=300)
@given(st.lists(ACT, max_size=60))
def test_what_viewers_draw_is_what_they_may_see(acts: list[tuple]) -> None:  # type: ignore[type-arg]
    presence = Presence(encode)
    viewers: dict[int, Viewer] = {}
    people: dict[int, list] = {}  # type: ignore[type-arg]
    for kind, *rest in [*acts, ("tick",)]:
        number = rest[0] if rest else -1
        if kind == "enter" and number not in people:
            presence.enter(number, rest[1], 0.0, rest[2])
            people[number], viewers[number] = [rest[1], rest[2], None], Viewer()
        elif kind == "leave":
            presence.leave(number)
            people.pop(number, None)
        elif kind == "show" and number in people:
            presence.show(number, rest[1])
            people[number][1] = rest[1]
        elif kind == "move" and number in people:
            presence.move(number, (rest[1], rest[2]), rest[3], 0.0)
            people[number][2] = (rest[1], rest[2], rest[3])
        elif kind == "lose" and number in people:  # a frame did not arrive
            presence.resync(number)
            viewers[number] = Viewer()
        elif kind == "tick":
            tell(presence, viewers, 0.0)
            for me, (world, shown, at) in people.items():
                if at is None:
                    continue
                for other, (their_world, theirs, there) in people.items():
                    allowed = theirs != "nobody" and (their_world == world or shown == theirs == "all")
                    drawn = viewers[me].drawn.get(other)
                    if drawn is not None:
                        assert allowed
                        assert drawn == struct.pack("<Iii", other, round(there[0] * 100), round(there[1] * 100))
                    elif allowed and there is not None and there[2] == at[2]:
                        assert math.dist(there[:2], at[:2]) > CELL_M - 2 * HOLD_M
                assert set(viewers[me].drawn) <= set(people)
