from __future__ import annotations

from pathlib import Path

import pytest

from spatial.legs import Leg
from spatial.locate import find_places, place_of_face
from spatial.mesh import Building, build_building
from spatial.plan import ShelfFace
from spatial.route import Position, Route, find_route
from spatial.spacing import join
from spatial.steps import Landmark, Step, build_steps, side_of
from spatial.twin_file import with_faces
from spatial.wording import say_route, say_step, say_where
from spatial.wording.zh import name_of
from tests.spatial.sample_venue import new_id, two_floors


@pytest.fixture(scope="module")
def building(tmp_path_factory: pytest.TempPathFactory) -> Building:
    plan = two_floors().plan(tmp_path_factory.mktemp("v"))
    face = ShelfFace("R1", "3-12", new_id("level1"), "clc", "A", "B", "a", "c", "", 4, (8.0, 10.0), (16.0, 10.0))
    return build_building(with_faces(plan, (face,)))


def told(building: Building, a: str, b: str, lang: str, profile: str = "walk") -> list[str]:
    start, goal = find_places(building.plan, a)[0], find_places(building.plan, b)[0]
    ends = Position(start.point, start.ordinal), Position(goal.point, goal.ordinal)
    route = find_route(building, *ends, profile, goal)  # type: ignore[arg-type]
    assert isinstance(route, Route)
    return say_route(route, building.plan, lang)  # type: ignore[arg-type]


def test_english(building: Building) -> None:
    assert told(building, "toilets", "drinking fountain", "en") == [
        "Start in Room A0 and walk 9 metres.",
        "Bear left through the door into Hall G and walk 35 metres.",
        "Take the stairs up to Level 1.",
        "Bear right through the door into Hall 1 and walk 17 metres.",
        "Turn right through the door into Room B1 and walk 15 metres.",
        "You have arrived at Drinking fountain.",
    ]


def test_chinese(building: Building) -> None:
    assert told(building, "书页咖啡", "二层甲室", "zh", "step-free") == [
        "从一层乙室出发，走6米。",
        "左转，穿过门进入一层大厅，走12米。",
        "乘电梯上到二层。",
        "穿过门进入二层大厅，走30米。",
        "右转，穿过门进入二层甲室，走7米。",
        "您已到达二层甲室。",
    ]


def test_the_way_down(building: Building) -> None:
    assert "Take the stairs down to the Ground floor." in told(building, "drinking fountain", "toilets", "en")
    assert "走楼梯下到一层。" in told(building, "drinking fountain", "toilets", "zh")


def test_arrival_at_a_shelf_says_side_and_bay(building: Building) -> None:
    face = building.plan.faces[0]
    goal = place_of_face(building.plan, face, 2)
    # books lie to the north of the reader: to the left of one who comes from the west
    for start, en, zh in (((2.0, 9.4), "on your left", "在您左手边"), ((30.0, 9.4), "on your right", "在您右手边")):
        route = find_route(building, Position(start, 1), Position(goal.point, 1), "walk", goal, 2)
        assert isinstance(route, Route)
        assert say_route(route, building.plan, "en")[-1] == f"Shelf 3-12, bay 2, is {en}."
        assert say_route(route, building.plan, "zh")[-1] == f"3-12号书架第2列{zh}。"


def test_turns(building: Building) -> None:
    def say(angle: float, lang: str) -> str:
        step = Step("turn", (0, 0), 0, new_id("level0"), 0.0, 8.2, angle)
        return say_step(step, building.plan, lang)  # type: ignore[arg-type]

    assert [say(a, "en") for a in (-90, 40, 140, -175)] == [
        "Turn left and walk 8 metres.",
        "Bear right and walk 8 metres.",
        "Turn sharp right and walk 8 metres.",
        "Turn around and walk 8 metres.",
    ]
    assert [say(a, "zh") for a in (-90, 40, 140, -175)] == [
        "左转，走8米。", "向右前方走8米。", "向右后方转，走8米。", "掉头，走8米。",
    ]  # fmt: skip
    mark = Landmark("x", "amenity", {}, "restroom.wheelchair")
    step = Step("turn", (0, 0), 0, new_id("level0"), 0.0, 27, 90, mark)
    assert say_step(step, building.plan, "en") == "Turn right at the toilets and walk 25 metres."
    assert say_step(step, building.plan, "zh") == "在洗手间处右转，走25米。"


def test_where_places_are(building: Building) -> None:
    plan = building.plan
    cafe = find_places(plan, "书页咖啡")[0]
    assert say_where(plan, cafe, "en") == "Café Page is on the Ground floor, in Room B0."
    assert say_where(plan, cafe, "zh") == "书页咖啡在一层乙室内。"


def test_sides() -> None:
    assert [side_of(a) for a in (0, 44, 90, -90, 170)] == ["front", "front", "right", "left", "behind"]


def test_a_level_is_called_by_its_short_name_where_only_that_is_chinese(tmp_path: Path) -> None:
    venue = two_floors()
    for level, zh in zip(venue.files["level"], ("一层", "二层"), strict=True):
        level["properties"]["name"] = {"en": f"Floor {level['properties']['ordinal']}"}
        level["properties"]["short_name"]["zh"] = zh
    plan = venue.plan(tmp_path)
    climb = Step("take_stairs", (0, 0), 0, new_id("level0"), 0.0, to_level_id=new_id("level1"), rising=True)
    assert say_step(climb, plan, "zh") == "走楼梯上到二层。"
    assert say_step(climb, plan, "en") == "Take the stairs up to Floor 1."


def test_chinese_and_latin_names_side_by_side() -> None:
    assert join("从", "Floor 0", "的", "甲室", "出发。") == "从 Floor 0 的甲室出发。"
    assert join("经过左手边的", "3-12号书架", "。") == "经过左手边的3-12号书架。"
    shelf = Landmark("s", "shelf", {"und": "科幻 Sci-fi"}, "clc")
    assert name_of(shelf) == "科幻 Sci-fi 书架"


def test_turning_around_at_a_door(building: Building) -> None:
    into = Landmark("b", "unit", {"en": "Booth"}, "room")
    step = Step("enter", (0, 0), 0, new_id("level0"), 0.0, 0.0, 178.0, into)
    assert say_step(step, building.plan, "en") == "Turn around and go through the door into Booth."


def test_stepping_off_is_no_turn(building: Building) -> None:
    plan = building.plan
    off = build_steps(plan, (Leg(new_id("level0"), 0, ((10.0, 10.0), (11.0, 10.0), (11.0, 2.0))),), ())
    assert [step.kind for step in off] == ["depart", "arrive"]
    assert off[0].distance_m == pytest.approx(9.0)
    later = build_steps(plan, (Leg(new_id("level0"), 0, ((10.0, 10.0), (14.0, 10.0), (14.0, 2.0))),), ())
    assert [step.kind for step in later] == ["depart", "turn", "arrive"]
