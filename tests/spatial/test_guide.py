from __future__ import annotations

import math
import random
from collections.abc import Iterator

import pytest

from spatial.guide import Arrived, Event, Guide, NewRoute, OffRoute, Pose, Progress, StepDue
from spatial.locate import Place, find_places, place_of_face
from spatial.mesh import Building, build_building
from spatial.plan import ShelfFace
from spatial.route import NoRoute, Route
from spatial.twin_file import with_faces
from tests.spatial.sample_venue import new_id, two_floors

SPEED, TICK = 1.3, 0.2


@pytest.fixture(scope="module")
def building(tmp_path_factory: pytest.TempPathFactory) -> Building:
    plan = two_floors().plan(tmp_path_factory.mktemp("v"))
    face = ShelfFace("R1", "3-12", new_id("level0"), "clc", "A", "B", "a", "c", "", 4, (8.0, 10.0), (16.0, 10.0))
    return build_building(with_faces(plan, (face,)))


def place(building: Building, text: str) -> Place:
    return find_places(building.plan, text)[0]


def route_of(events: tuple[Event, ...]) -> Route:
    route = next(e.route for e in events if isinstance(e, NewRoute))
    assert isinstance(route, Route)
    return route


def walk(route: Route) -> Iterator[Pose]:
    """Poses along a route at walking speed."""
    for leg in route.legs:
        for a, b in zip(leg.points, leg.points[1:], strict=False):
            count = max(1, math.ceil(math.dist(a, b) / (SPEED * TICK)))
            for i in range(1, count + 1):
                yield Pose((a[0] + i / count * (b[0] - a[0]), a[1] + i / count * (b[1] - a[1])), leg.ordinal)


def follow(guide: Guide, route: Route, noise: float = 0.0, seed: int = 1) -> list[tuple[float, Event]]:
    rng = random.Random(seed)
    told, t = [], 0.0
    for pose in walk(route):
        t += TICK
        x, y = (c + rng.gauss(0, noise) for c in pose.point)
        told += [(t, e) for e in guide.moved(Pose((x, y), pose.ordinal), t)]
    return told


@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_a_walk_is_led_to_its_end_without_a_new_route(building: Building, noise: float) -> None:
    guide = Guide(building, place(building, "drinking fountain"))
    first = guide.start(Pose((2, 28), 0), 0.0)
    route = route_of(first)
    told = follow(guide, route, noise)
    events = [*first, *(e for _, e in told)]
    assert not [e for e in events[1:] if isinstance(e, NewRoute | OffRoute)]
    steps = [e.step for e in events if isinstance(e, StepDue)]
    assert steps == list(range(len(route.steps) - 1))
    assert [type(e) for e in events].count(Arrived) == 1
    assert guide.moved(Pose((2, 2), 0), 999.0) == ()


def test_steps_are_told_ahead_of_time_and_not_a_floor_early(building: Building) -> None:
    guide = Guide(building, place(building, "drinking fountain"))
    route = route_of(guide.start(Pose((2, 28), 0), 0.0))
    along = {0: 0.0}
    told: dict[int, tuple[float, int]] = {}
    for pose in walk(route):
        for e in guide.moved(pose, 0.0):
            if isinstance(e, Progress):
                along[0] = e.along_m
            if isinstance(e, StepDue):
                told[e.step] = (along[0], pose.ordinal)
    for i, (at, ordinal) in told.items():
        assert route.steps[i].at_m - at <= 5.3
        assert ordinal == route.steps[i].ordinal


def test_progress_counts_down(building: Building) -> None:
    guide = Guide(building, place(building, "cafe\u0301 page"))
    route = route_of(guide.start(Pose((2, 2), 0), 0.0))
    left = [e.remaining_m for _, e in follow(guide, route) if isinstance(e, Progress)]
    assert left == sorted(left, reverse=True)
    assert left[-1] < 2


def test_leaving_the_route_takes_two_seconds_and_gives_the_next_revision(building: Building) -> None:
    guide = Guide(building, place(building, "cafe\u0301 page"))
    guide.start(Pose((2, 2), 0), 0.0)
    astray = Pose((12, 4), 0)
    on_route_off = next(e.off_m for e in guide.moved(astray, 1.0) if isinstance(e, Progress))
    assert 3 < on_route_off < 8
    assert not [e for e in guide.moved(astray, 2.5) if isinstance(e, OffRoute)]
    events = guide.moved(astray, 3.1)
    assert isinstance(events[0], OffRoute)
    new = next(e for e in events if isinstance(e, NewRoute))
    assert (new.revision, new.reason) == (2, "off_route")
    assert isinstance(new.route, Route)
    assert new.route.legs[0].points[0] == (12, 4)


def test_a_short_swerve_is_forgiven(building: Building) -> None:
    guide = Guide(building, place(building, "cafe\u0301 page"))
    route = route_of(guide.start(Pose((2, 2), 0), 0.0))
    back = route.legs[0].points[0]
    for t, point in ((1.0, (12, 4)), (2.0, (12, 4)), (2.5, back), (4.0, (12, 4)), (5.0, (12, 4))):
        events = guide.moved(Pose(point, 0), t)
        assert not [e for e in events if isinstance(e, OffRoute)]


def test_a_jump_is_answered_at_once(building: Building) -> None:
    guide = Guide(building, place(building, "cafe\u0301 page"))
    guide.start(Pose((2, 2), 0), 0.0)
    assert [e.reason for e in guide.moved(Pose((33, 1), 0), 0.1) if isinstance(e, NewRoute)] == ["off_route"]


def test_another_floor_is_a_new_route(building: Building) -> None:
    guide = Guide(building, place(building, "cafe\u0301 page"))
    guide.start(Pose((2, 2), 0), 0.0)
    events = guide.moved(Pose((2, 2), 1), 1.0)
    assert [e.reason for e in events if isinstance(e, NewRoute)] == ["level_changed"]
    assert route_of(events).levels == [1, 0]


def test_closing_the_stairs_leads_by_lift_and_opening_them_back(building: Building) -> None:
    guide = Guide(building, place(building, "drinking fountain"))
    route = route_of(guide.start(Pose((2, 28), 0), 0.0))
    shut = building.closing([route.crossings[0].connector_id])
    new = route_of(guide.plan_changed(shut, 1.0))
    assert [c.kind for c in new.crossings] == ["elevator"]
    assert guide.plan_changed(shut, 2.0) == ()
    assert guide.revision == 2
    none = building.closing([c.id for c in building.plan.connectors])
    (refusal,) = guide.plan_changed(none, 3.0)
    assert isinstance(refusal, NewRoute)
    assert isinstance(refusal.route, NoRoute)
    assert refusal.route.reason_code == "closed"
    assert guide.moved(Pose((3, 28), 0), 4.0) == ()
    assert isinstance(route_of(guide.plan_changed(building, 5.0)), Route)


def test_arrival_names_shelf_and_bay(building: Building) -> None:
    face = building.plan.faces[0]
    guide = Guide(building, place_of_face(building.plan, face, 2), lang="zh", bay=2)
    route = route_of(guide.start(Pose((2, 2), 0), 0.0))
    arrived = [e for _, e in follow(guide, route) if isinstance(e, Arrived)]
    assert [(a.range_id, a.bay) for a in arrived] == [("R1", 2)]
    assert arrived[0].text.startswith("3-12号书架第2列")


def test_starting_at_the_goal_arrives_at_once(building: Building) -> None:
    goal = place(building, "cafe\u0301 page")
    assert isinstance(Guide(building, goal).start(Pose(goal.point, 0), 0.0)[-1], Arrived)
