from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString

from spatial.locate import find_places
from spatial.mesh import Building, build_building
from spatial.plan import Plan, ShelfFace
from spatial.read_imdf import read_imdf
from spatial.route import NoRoute, Position, Route, find_route, nearest
from spatial.twin_file import with_faces
from tests.spatial.sample_venue import Venue, box, new_id, two_floors


@pytest.fixture(scope="module")
def building(tmp_path_factory: pytest.TempPathFactory) -> Building:
    return build_building(two_floors().plan(tmp_path_factory.mktemp("v")))


def way(
    building: Building, a: tuple[float, float], b: tuple[float, float], *args: str, floors: tuple[int, int] = (0, 0)
):
    return find_route(building, Position(a, floors[0]), Position(b, floors[1]), *args)  # type: ignore[arg-type]


def got(route: Route | NoRoute) -> Route:
    assert isinstance(route, Route), route
    return route


def rooms(**doors: tuple[tuple[float, float], tuple[float, float]]) -> Venue:
    v = Venue()
    v.level(0, "G", "Ground floor")
    v.unit("left", 0, box(0, 0, 10, 10), "room", {"en": "Left"})
    v.unit("right", 0, box(10, 0, 20, 10), "room", {"en": "Right"})
    for name, (a, b) in doors.items():
        v.opening(name, 0, a, b)
    return v


def test_the_way_through_a_door_is_exact(tmp_path: Path) -> None:
    b = build_building(rooms(door=((10, 8), (10, 9))).plan(tmp_path))
    route = got(way(b, (5, 2), (15, 2)))
    # round the jamb at (10, 8), kept 0.25 m away on both sides of the wall
    expected = 2 * math.dist((5, 2), (9.75, 8.25)) + 0.5
    assert route.length_m == pytest.approx(expected, abs=1e-5)


def test_walls_are_passed_only_through_openings(tmp_path: Path) -> None:
    refused = way(build_building(rooms().plan(tmp_path)), (5, 2), (15, 2))
    assert isinstance(refused, NoRoute)
    assert refused.reason_code == "no_way"
    assert "Left" in refused.message["en"]
    assert "Right" in refused.message["zh"]


@pytest.mark.parametrize("width", [0.2, 0.42, 0.5, 0.9])
def test_narrow_doors_stay_passable(tmp_path: Path, width: float) -> None:
    b = build_building(rooms(door=((10, 5), (10, 5 + width))).plan(tmp_path))
    assert got(way(b, (5, 5), (15, 5))).length_m < 10.5
    assert isinstance(way(b, (5, 5), (15, 5), "robot"), Route if width >= 0.7 else NoRoute)


@pytest.mark.parametrize("off", [-0.25, -0.1, 0.1, 0.25])
def test_doors_drawn_off_the_wall_are_forgiven(tmp_path: Path, off: float) -> None:
    b = build_building(rooms(door=((10 + off, 5), (10 + off, 6))).plan(tmp_path))
    assert got(way(b, (5, 5.5), (15, 5.5))).length_m == pytest.approx(10, abs=0.05)
    assert isinstance(way(b.closing([new_id("door")]), (5, 5.5), (15, 5.5)), NoRoute)


def test_a_wall_with_thickness_has_a_doorway(tmp_path: Path) -> None:
    v = Venue()
    v.level(0, "G", "Ground floor")
    v.unit("left", 0, box(0, 0, 10, 10))
    v.unit("right", 0, box(10.3, 0, 20, 10))
    v.opening("door", 0, (10, 5), (10, 6))
    b = build_building(v.plan(tmp_path))
    assert got(way(b, (5, 5.5), (15, 5.5))).length_m == pytest.approx(10)


def test_shut_doors(tmp_path: Path) -> None:
    shut = ({"access_control": ["outofservice"]}, {"category": "emergencyexit"}, {"category": "automobile"})
    for more in shut:
        v = rooms()
        v.opening("door", 0, (10, 5), (10, 6), **more)
        assert isinstance(way(build_building(v.plan(tmp_path)), (5, 5), (15, 5)), NoRoute)
    v = rooms()
    v.opening("door", 0, (10, 5), (10, 6), door={"type": "revolving", "automatic": None, "material": None})
    b = build_building(v.plan(tmp_path))
    assert isinstance(way(b, (5, 5), (15, 5)), Route)
    assert isinstance(way(b, (5, 5), (15, 5), "step-free"), NoRoute)


def test_obstacles_are_walked_round(tmp_path: Path) -> None:
    v = rooms(door=((10, 5), (10, 6)))
    v.fixture("desk", 0, box(4, 0, 5, 9))
    v.unit("pillar", 0, box(14, 3, 15, 8), "column")
    b = build_building(v.plan(tmp_path))
    route = got(way(b, (2, 5), (18, 5.5)))
    solid = LineString([p[:2] for p in route.points])
    for f in (box(4, 0, 5, 9), box(14, 3, 15, 8)):
        from shapely.geometry import Polygon

        assert solid.distance(Polygon(f)) >= 0.25 - 1e-5
    assert route.length_m > 16


def test_a_gap_too_narrow_is_told_from_no_gap(tmp_path: Path) -> None:
    venue = rooms()
    venue.fixture("crates", 0, box(4, 0.3, 6, 10), "furniture")
    plan = venue.plan(tmp_path / "narrow")
    refused = way(build_building(plan), (2, 5), (8, 5))
    assert isinstance(refused, NoRoute)
    assert refused.reason_code == "too_narrow"
    assert "narrow" in refused.message["en"]
    assert "窄" in refused.message["zh"]
    venue.fixture("more crates", 0, box(4, 0, 6, 0.5), "furniture")
    shut = way(build_building(venue.plan(tmp_path / "shut")), (2, 5), (8, 5))
    assert isinstance(shut, NoRoute)
    assert shut.reason_code == "no_way"


def test_shelves_are_obstacles_and_their_fronts_can_be_reached(tmp_path: Path) -> None:
    face = ShelfFace("R1", "R1", new_id("level0"), "clc", "A", "B", "a", "c", "", 4, (2.0, 5.0), (8.0, 5.0))
    b = build_building(with_faces(rooms().plan(tmp_path), (face,)))
    # the books are to the north of the line, the reader to the south
    assert got(way(b, (5, 4.4), (5, 6))).length_m > 6
    assert got(way(b, (5, 4.4), (5, 4.2))).length_m == pytest.approx(0.2)


def test_units_that_overlap_keep_their_walls(tmp_path: Path) -> None:
    v = Venue()
    v.level(0, "G", "Ground floor")
    v.unit("hall", 0, box(0, 0, 20, 10), "lobby")
    v.unit("booth", 0, box(8, 3, 12, 7), "room")
    v.opening("door", 0, (12, 4.5), (12, 5.5))
    b = build_building(v.plan(tmp_path))
    # into the booth through its door only, and round it rather than through it
    assert got(way(b, (5, 5), (10, 5))).length_m > 8
    assert got(way(b, (5, 5), (15, 5))).length_m > 10.5


def test_a_start_in_a_wall_margin_or_an_obstacle_is_moved_out(tmp_path: Path) -> None:
    v = rooms()
    v.fixture("desk", 0, box(4, 4, 6, 6))
    b = build_building(v.plan(tmp_path))
    route = got(way(b, (0.05, 5), (5, 5.8)))
    assert route.start_moved_m == pytest.approx(0.2, abs=1e-3)
    assert route.goal_moved_m == pytest.approx(0.45, abs=1e-3)
    far = way(b, (500, 5), (5, 5))
    assert isinstance(far, NoRoute)
    assert far.reason_code == "start_outside"
    nowhere = way(b, (5, 5), (5, 5), floors=(0, 7))
    assert isinstance(nowhere, NoRoute)
    assert nowhere.reason_code == "goal_outside"


def test_a_start_beside_a_wall_stays_on_its_side(tmp_path: Path) -> None:
    b = build_building(rooms().plan(tmp_path))
    assert isinstance(way(b, (9.95, 5), (5, 5)), Route)
    assert isinstance(way(b, (9.95, 5), (15, 5)), NoRoute)


def test_staff_rooms_are_no_thoroughfare(tmp_path: Path) -> None:
    v = Venue()
    v.level(0, "G", "Ground floor")
    v.unit("left", 0, box(0, 0, 10, 10))
    v.unit("staff", 0, box(10, 0, 20, 10), restriction="employeesonly")
    v.unit("right", 0, box(20, 0, 30, 10))
    v.opening("d1", 0, (10, 5), (10, 6))
    v.opening("d2", 0, (20, 5), (20, 6))
    b = build_building(v.plan(tmp_path))
    assert isinstance(way(b, (5, 5), (25, 5)), NoRoute)
    assert isinstance(way(b, (5, 5), (15, 5)), Route)


def test_profiles_choose_stairs_or_lift(building: Building) -> None:
    walk = got(way(building, (30, 4), (30, 4), floors=(0, 1)))
    assert [c.kind for c in walk.crossings] == ["stairs"]
    assert walk.levels == [0, 1]
    for profile in ("step-free", "robot"):
        assert [c.kind for c in got(way(building, (30, 4), (30, 4), profile, floors=(0, 1))).crossings] == ["elevator"]
    assert got(way(building, (30, 4), (30, 4), floors=(1, 0))).crossings[0].to_ordinal == 0


def test_length_is_that_of_the_points(building: Building) -> None:
    route = got(way(building, (2, 28), (38, 28), floors=(0, 1)))
    points = route.points
    assert route.length_m == pytest.approx(sum(math.dist(a[:2], b[:2]) for a, b in pairwise(points)))
    assert route.duration_s > route.length_m / 1.3


def test_closures_are_views(building: Building) -> None:
    stairs, lift = (next(c for c in building.plan.connectors if c.kind == k) for k in ("stairs", "elevator"))
    shut = building.closing([stairs.id])
    assert got(way(shut, (2, 2), (2, 2), floors=(0, 1))).crossings[0].connector_id == lift.id
    assert got(way(building, (2, 2), (2, 2), floors=(0, 1))).crossings[0].connector_id == stairs.id
    both = shut.closing([lift.id])
    refused = way(both, (2, 2), (2, 2), floors=(0, 1))
    assert isinstance(refused, NoRoute)
    assert refused.reason_code == "closed"
    assert isinstance(way(both.opening([lift.id]), (2, 2), (2, 2), floors=(0, 1)), Route)
    no_steps = way(building.closing([lift.id]), (2, 2), (2, 2), "step-free", floors=(0, 1))
    assert isinstance(no_steps, NoRoute)
    assert no_steps.reason_code == "no_step_free_way"


def test_closing_a_door_a_unit_or_an_area(building: Building) -> None:
    assert isinstance(way(building, (5, 5), (5, 25)), Route)
    for shut in (building.closing([new_id("door a0")]), building.closing([new_id("hall0")])):
        refused = way(shut, (30, 5) if shut.closed == {new_id("door a0")} else (30, 25), (5, 25))
        assert isinstance(refused, NoRoute)
    from shapely.geometry import Polygon

    works = building.closing(areas=[(0, Polygon(box(10, 0, 12, 18)))])
    assert got(way(works, (5, 5), (20, 5))).length_m > got(way(building, (5, 5), (20, 5))).length_m + 5


def test_one_way_escalator(tmp_path: Path) -> None:
    v = Venue()
    for n in range(2):
        v.level(n, str(n), f"Level {n}")
        v.unit(f"hall{n}", n, box(0, 0, 20, 20), "lobby")
        v.unit(f"up{n}", n, box(20, 0, 22, 6), "escalator")
        v.opening(f"d{n}", n, (20, 2), (20, 4))
    v.relationship("r", "escalator", "directed", "up0", "up1")
    b = build_building(v.plan(tmp_path))
    assert isinstance(way(b, (5, 5), (5, 5), floors=(0, 1)), Route)
    assert isinstance(way(b, (5, 5), (5, 5), floors=(1, 0)), NoRoute)


def test_nearest_is_by_walking_not_by_sight(tmp_path: Path) -> None:
    v = rooms(door=((10, 9), (10, 9.9)))
    v.amenity("behind the wall", "right", (10.5, 1), "restroom")
    v.amenity("in the room", "left", (1, 1), "restroom")
    b = build_building(v.plan(tmp_path))
    goals = [find_places(b.plan, a.id)[0] for a in b.plan.amenities]
    found = nearest(b, Position((9.5, 1), 0), goals)
    assert not isinstance(found, NoRoute)
    assert found[0].id == new_id("in the room")
    assert isinstance(nearest(b, Position((9.5, 1), 0), []), NoRoute)


POINT = st.tuples(st.floats(0.5, 39), st.floats(0.5, 29))


@settings(max_examples=40, deadline=None)
@given(POINT, POINT, st.integers(0, 1), st.integers(0, 1), st.sampled_from(["walk", "step-free", "robot"]))
def test_routes_are_symmetric_and_stay_in_free_space(
    building: Building, a: tuple[float, float], b: tuple[float, float], fa: int, fb: int, profile: str
) -> None:
    there, back = way(building, a, b, profile, floors=(fa, fb)), way(building, b, a, profile, floors=(fb, fa))
    assert isinstance(there, Route) == isinstance(back, Route)
    if not isinstance(there, Route) or not isinstance(back, Route):
        return
    if fa == fb:
        assert there.length_m == pytest.approx(back.length_m, abs=1e-4)
        moved = there.start_moved_m + there.goal_moved_m
        assert there.length_m >= math.dist(a, b) - moved - 1e-6
    for leg in there.legs:
        space = building.space_of(leg.ordinal, profile)  # type: ignore[arg-type]
        from shapely import union_all

        if leg.length_m > 0:
            assert LineString(leg.points).difference(union_all(space.faces)).length < 1e-3


def test_the_real_building(shared: Path) -> None:
    plan: Plan = read_imdf(shared / "data/imdf/CPC4").plan
    b = build_building(plan)
    for one in plan.occupants:
        for other in plan.occupants:
            route = got(find_route(b, Position(one.point, 0), Position(other.point, 0)))
            assert route.length_m >= math.dist(one.point, other.point) - 1e-6
