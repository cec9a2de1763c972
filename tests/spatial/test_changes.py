"""Closing and opening: by name, kept in a file, said in words; views of the building without what is closed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.home import Home
from spatial.changes import (
    FILE,
    Change,
    Closable,
    Closures,
    change,
    close_in,
    compare,
    find_closable,
    load_closed,
    say_change,
    update_closed,
)
from spatial.errors import TwinError
from spatial.locate import place_of_face
from spatial.route import NoRoute, Position, Route, find_route

IDS = st.lists(st.sampled_from("abcd"), max_size=4)


def test_by_name_and_by_id(home: Home) -> None:
    plan = home.plan
    assert plan is not None
    (lift,) = find_closable(plan, "lift")
    assert (lift.kind, lift.name["zh"]) == ("connector", "电梯")
    assert find_closable(plan, "电梯") == find_closable(plan, lift.id) == (lift,)
    (door,) = find_closable(plan, "Main Entrance")
    assert door.kind == "opening"
    assert find_closable(plan, "Narnia") == ()
    twins = replace(plan, connectors=(*plan.connectors, replace(plan.connectors[1], id="lift-2")))
    assert {thing.id for thing in find_closable(twins, "Lift")} == {lift.id, "lift-2"}


@given(st.lists(st.tuples(IDS, IDS), max_size=6))
def test_changes_are_what_differs_and_the_number_grows_with_them(acts: list[tuple[list[str], list[str]]]) -> None:
    now, expected = Closures(), set[str]()
    for close, open_ in acts:
        before, now = now, change(now, close, open_)
        expected = (expected | set(close)) - set(open_)
        assert set(now.closed) == expected
        assert now.number == before.number + (now.closed != before.closed)


def test_compare_names_what_was_closed_and_opened(home: Home) -> None:
    assert home.plan is not None
    (lift,), (door,) = find_closable(home.plan, "Lift"), find_closable(home.plan, "Main Entrance")
    changes = compare(home.plan, {door.id: {}}, {lift.id: {"en": "repair"}, "gone from the plan": {}})
    assert {(c.what.id, c.closed) for c in changes} == {(lift.id, True), (door.id, False)}


@pytest.mark.parametrize(
    ("name", "closed", "reason", "en", "zh"),
    [
        ({"en": "Lift", "zh": "电梯"}, True, {}, "Lift is closed at the moment.", "电梯目前关闭。"),
        ({"en": "Lift", "zh": "电梯"}, True, {"und": "repair."}, "Lift is closed at the moment: repair.",
         "电梯目前关闭：repair。"),
        ({"en": "Lift", "zh": "电梯"}, False, {}, "Lift is open again.", "电梯现已重新开放。"),
        ({}, True, {"en": "wet", "zh": "地滑"}, "A door is closed at the moment: wet.", "一扇门目前关闭：地滑。"),
    ],
)  # fmt: skip
def test_words(name: dict[str, str], closed: bool, reason: dict[str, str], en: str, zh: str) -> None:
    told = Change(Closable("x", "opening", name, "door"), closed, reason)
    assert (say_change(told, "en"), say_change(told, "zh")) == (en, zh)


def test_the_view_has_exactly_what_is_closed(home: Home) -> None:
    assert home.plan is not None
    (lift,) = find_closable(home.plan, "Lift")
    top = max(home.plan.levels, key=lambda level: level.ordinal)
    stand = place_of_face(home.plan, next(face for face in home.plan.faces if face.level_id == top.id))
    start, goal = home.here, Position(stand.point, stand.ordinal)
    assert start is not None
    shut = close_in(home.building, {lift.id: {}})
    before = find_route(home.building, start, goal, "step-free")
    after = find_route(shut, start, goal, "step-free")
    assert isinstance(before, Route)
    assert isinstance(after, NoRoute)
    assert after.reason_code == "no_step_free_way"
    assert close_in(shut, {}).closed == frozenset()


def test_the_file_keeps_it_and_every_writer_gets_its_turn(tmp_path: Path) -> None:
    assert load_closed(tmp_path) == Closures()
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda n: update_closed(tmp_path, lambda now: change(now, [f"d{n}"], (), {"en": str(n)})), range(40)
            )
        )
    kept = load_closed(tmp_path)
    assert kept.number == 40
    assert dict(kept.closed) == {f"d{n}": {"en": str(n)} for n in range(40)}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "x", "closed": []}', '{"format": "shelfway-closed/1", "number": 1, "closed": [1]}'],
)
def test_a_broken_file_is_named_and_not_overwritten(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(TwinError, match=r"closed\.json"):
        update_closed(tmp_path, lambda now: change(now, ["a"]))
    assert (tmp_path / FILE).read_text(encoding="utf-8") == text


def test_without_a_twin_there_is_nothing_to_close(tmp_path: Path) -> None:
    with pytest.raises(TwinError, match="import a venue"):
        update_closed(tmp_path / "none", lambda now: now)
