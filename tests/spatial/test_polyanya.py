from __future__ import annotations

import math
import random
import threading

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry import MultiPolygon, Point, Polygon, box

from spatial.mesh import mesh_of_space
from spatial.navmesh import Mesh
from tests.spatial.visibility import has_touching_walls, outside_m, shortest, thickened

XY = tuple[float, float]


def length(mesh: Mesh, a: XY, b: XY) -> float | None:
    found = mesh.shortest(a, b)
    return found[0] if found else None


def check(space: Polygon, pairs: list[tuple[XY, XY]]) -> None:
    mesh = mesh_of_space(space)
    pinched = has_touching_walls(space)
    for a, b in pairs:
        # where walls touch, the reference works on walls a hair thicker, and its lengths are a hair longer
        expected, found = shortest(thickened(space, a) if pinched else space, a, b), mesh.shortest(a, b)
        if expected is None:
            assert found is None
            continue
        assert found is not None, (a, b)
        slack = 1e-4 if pinched else 1e-9
        assert found[0] == pytest.approx(expected, rel=1e-9, abs=slack), (a, b)
        assert sum(math.dist(p, q) for p, q in zip(found[1], found[1][1:], strict=False)) == pytest.approx(found[0])
        assert outside_m(space, found[1]) < 1e-6
        back = length(mesh, b, a)
        assert back == pytest.approx(found[0], rel=1e-9, abs=1e-9)
        assert found[0] >= math.dist(a, b) - 1e-9


def points_in(space: Polygon, count: int, rng: random.Random) -> list[XY]:
    x0, y0, x1, y1 = space.bounds
    found: list[XY] = []
    while len(found) < count:
        p = (rng.uniform(x0, x1), rng.uniform(y0, y1))
        if space.contains(Point(p)):
            found.append(p)
    return found


def pairs_in(space: Polygon, count: int, seed: int) -> list[tuple[XY, XY]]:
    points = points_in(space, 2 * count, random.Random(seed))
    return list(zip(points[::2], points[1::2], strict=True))


def test_round_a_box() -> None:
    mesh = mesh_of_space(box(0, 0, 10, 10) - box(4, 4, 6, 6))
    assert length(mesh, (1, 5), (9, 5)) == pytest.approx(2 * math.hypot(3, 1) + 2)
    assert length(mesh, (1, 1), (9, 1)) == pytest.approx(8)
    assert length(mesh, (5, 5), (9, 5)) is None
    assert length(mesh, (11, 5), (9, 5)) is None
    assert mesh.shortest((1, 1), (1, 1)) == (0.0, [(1, 1), (1, 1)])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_random_boxes_agree_with_the_visibility_graph(seed: int) -> None:
    rng = random.Random(seed)
    space: Polygon = box(0, 0, 20, 14)
    for _ in range(rng.randint(1, 9)):
        shape = box(0, 0, rng.choice([0.2, 1, 4, 9]), rng.choice([0.2, 1, 3]))
        # whole-number places make many corners line up
        angle = rng.choice([0, 0, 90, rng.uniform(0, 180)])
        space = space - affinity.translate(affinity.rotate(shape, angle), rng.randint(0, 19), rng.randint(0, 13))
    space = max(shapely.get_parts(space), key=lambda p: p.area)
    check(space, pairs_in(space, 5, seed))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_random_stars_with_skinny_spikes(seed: int) -> None:
    rng = random.Random(seed)
    n = rng.randint(5, 16)
    ring = []
    for i in range(n):
        a = 2 * math.pi * i / n
        r = rng.choice([1.0, 9.0, 10.0, rng.uniform(0.5, 10)])
        ring += [(r * math.cos(a), r * math.sin(a)), (r * math.cos(a + 1e-3), r * math.sin(a + 1e-3))]
    space = Polygon(ring)
    assume(space.is_valid and space.area > 1)
    check(space, pairs_in(space, 5, seed))


def test_holes_that_touch_close_the_gap_between_them() -> None:
    # two diamonds and a box: they touch at (5, 5) and at (8, 5), where the corner of one meets the edge of another
    left = Polygon([(2, 5), (3.5, 3), (5, 5), (3.5, 7)])
    right = Polygon([(5, 5), (6.5, 3), (8, 5), (6.5, 7)])
    wall = box(8, 1, 9, 9)
    outer = [(0, 0), (10, 0), (10, 10), (0, 10)]
    space = Polygon(outer, [list(g.exterior.coords) for g in (left, right, wall)])
    mesh = mesh_of_space(space)
    # above to below: round the left end, or round the wall's ends
    assert length(mesh, (5, 6), (5, 4)) == pytest.approx(
        math.dist((5, 6), (3.5, 7))
        + math.dist((3.5, 7), (2, 5))
        + math.dist((2, 5), (3.5, 3))
        + math.dist((3.5, 3), (5, 4))
    )
    for a, b in pairs_in(space, 60, 3):
        found = mesh.shortest(a, b)
        assert found is not None
        assert outside_m(space, found[1]) < 1e-9
        assert length(mesh, b, a) == pytest.approx(found[0])


def test_a_hole_that_touches_the_outer_wall_shuts_that_side() -> None:
    space = box(0, 0, 10, 10) - box(0, 5, 4, 6) - box(4, 6, 6, 8)
    assert isinstance(space, Polygon)
    a, b = (1.0, 7.0), (5.0, 5.5)  # the boxes meet at (4, 6) only: no straight way through there
    found = mesh_of_space(space).shortest(a, b)
    assert found is not None
    assert found[0] == pytest.approx(shortest(thickened(space, a), a, b), abs=1e-4)
    assert found[0] > math.dist(a, b) + 2


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_walls_that_touch_but_for_rounding_are_shut(seed: int) -> None:
    rng = random.Random(seed)
    outer = [(0.0, 0.0), (20.0, 0.0), (20.0, 14.0), (0.0, 14.0)]
    holes: list[list[XY]] = []
    tip: XY = (0.0, rng.uniform(4, 10))
    for _ in range(rng.randint(2, 4)):  # a chain of triangles, each resting on an edge of the one before
        angle, size, width = rng.uniform(-0.9, 0.9), rng.uniform(1, 4), rng.choice([0.2, 1.0, 2.0])
        x, y = tip[0] + size * math.cos(angle), tip[1] + size * math.sin(angle)
        dx, dy = -math.sin(angle) * width, math.cos(angle) * width
        hole = [tip, (x + dx, y + dy), (x - dx, y - dy)]
        if not Polygon(outer, [*holes, hole]).is_valid:
            break
        holes.append(hole)
        share = rng.uniform(0.1, 0.9)
        tip = (hole[1][0] + share * (hole[2][0] - hole[1][0]), hole[1][1] + share * (hole[2][1] - hole[1][1]))
    space = Polygon(outer, holes)
    assume(len(holes) > 1 and space.is_valid)
    mesh = mesh_of_space(space)
    for a, b in pairs_in(space, 3, seed):
        if min(space.boundary.distance(Point(p)) for p in (a, b)) < 1e-3:
            continue
        expected, found = shortest(thickened(space, a), a, b), mesh.shortest(a, b)
        assert (expected is None) == (found is None)
        if found is not None:
            assert found[0] == pytest.approx(expected, abs=2e-4)


def test_holes_that_touch_the_outer_wall_and_each_other_along_edges() -> None:
    space = box(0, 0, 10, 10) - box(0, 4, 3, 5) - box(3, 4, 6, 5) - box(5, 5, 6, 8)
    assert isinstance(space, Polygon)
    check(space, pairs_in(space, 25, 5))


def test_ends_on_corners_edges_and_mesh_lines() -> None:
    space = box(0, 0, 10, 10) - box(4, 4, 6, 6)
    corners = [(0, 0), (4, 4), (6, 6), (4, 6), (10, 10), (5, 4), (0, 5), (4, 5), (5, 6)]
    check(space, [(a, b) for a in corners for b in corners if a != b])
    mesh = mesh_of_space(space)
    rng = random.Random(1)
    middles = mesh.triangles.xy[mesh.triangles.tri].mean(axis=1)
    edges = (mesh.triangles.xy[mesh.triangles.tri] + mesh.triangles.xy[np.roll(mesh.triangles.tri, 1, axis=1)]) / 2
    ends = [tuple(p) for p in [*middles.tolist(), *edges.reshape(-1, 2).tolist()]]
    check(space, [(rng.choice(ends), rng.choice(ends)) for _ in range(60)])


def test_a_maze_of_thin_walls() -> None:
    space = box(0, 0, 20, 20)
    for i in range(1, 19):
        wall = box(i, 0, i + 0.001, 19) if i % 2 else box(i, 1, i + 0.001, 20)
        space = space - wall
    check(space, pairs_in(space, 12, 2))


def test_parts_are_joined_where_they_share_an_edge_and_not_where_they_touch() -> None:
    a, b = box(0, 0, 1, 1), box(1, 0, 2, 1)
    assert length(mesh_of_space(MultiPolygon([a, b])), (0.5, 0.5), (1.5, 0.5)) == pytest.approx(1)
    c = box(1, 1, 2, 2)
    assert length(mesh_of_space(MultiPolygon([a, c])), (0.5, 0.5), (1.5, 1.5)) is None
    assert length(mesh_of_space(Polygon()), (0, 0), (1, 1)) is None


def test_inner_mesh_edges_have_two_owners() -> None:
    rng = random.Random(9)
    space: Polygon = box(0, 0, 50, 50)
    for _ in range(60):
        shelf = affinity.rotate(box(0, 0, 4, 0.5), rng.uniform(0, 180))
        space = space - affinity.translate(shelf, rng.uniform(0, 46), rng.uniform(0, 46))
    mesh = mesh_of_space(space)
    t = mesh.triangles
    walls = np.flatnonzero(t.twin < 0)
    start, end = t.xy[t.tri.ravel()[walls]], t.xy[np.roll(t.tri, -1, axis=1).ravel()[walls]]
    middle = shapely.points((start + end) / 2)
    assert shapely.distance(middle, shapely.boundary(space)).max() < 1e-9


def test_closed_triangles_are_walls() -> None:
    mesh = mesh_of_space(box(0, 0, 10, 1))
    middle = mesh.triangles.xy[mesh.triangles.tri].mean(axis=1)
    half = mesh.with_open(middle[:, 0] < 5)
    assert (half.piece == -1).sum() > 0
    assert half.triangle_at((9.9, 0.9)) == -1 or half.triangle_at((0.1, 0.1)) == -1
    assert length(mesh, (0.1, 0.1), (9.9, 0.9)) is not None


def test_many_threads_may_ask_at_once() -> None:
    space = box(0, 0, 30, 30)
    for i in range(5):
        for j in range(5):
            space = space - box(2 + 6 * i, 2 + 6 * j, 5 + 6 * i, 5 + 6 * j)
    mesh = mesh_of_space(space)
    pairs = pairs_in(space, 60, 4)
    expected = [length(mesh, a, b) for a, b in pairs]
    wrong: list[int] = []

    def ask() -> None:
        for _ in range(10):
            wrong.extend(i for i, (a, b) in enumerate(pairs) if length(mesh, a, b) != expected[i])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert wrong == []


def test_a_turned_grid_has_slivers_without_area() -> None:
    """Corners of many walls on one line: triangles whose computed area is nothing must still turn the right way."""
    holes = [box(x, y, x + 1.5, y + 1.5) for x, y in ((4, 10), (4, 13), (7, 13), (7, 16), (10, 16))]
    room = box(0, 0, 30, 20).difference(shapely.union_all(holes))
    space = affinity.rotate(room, 17.3, origin=(15, 10))
    pair = ((7.846087640755945, 15.636812329140277), (5.062105071155813, 13.030034427061214))
    check(space, [pair, *pairs_in(space, 25, 1)])
    assert length(mesh_of_space(space), *pair) == pytest.approx(4.1149748, abs=1e-6)
