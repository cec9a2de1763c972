from __future__ import annotations

from pathlib import Path

from spatial.mesh import build_building
from spatial.plan import Connector
from spatial.route import Position, Route, find_route
from tests.spatial.sample_venue import Venue, box, new_id, two_floors


def tower(floors: int = 3) -> Venue:
    v = Venue()
    for n in range(floors):
        v.level(n, str(n), f"Level {n}")
        v.unit(f"hall{n}", n, box(0, 0, 20, 20), "lobby")
    return v


def by_kind(connectors: tuple[Connector, ...], kind: str) -> list[Connector]:
    return [c for c in connectors if c.kind == kind]


def test_units_over_one_another_are_joined(tmp_path: Path) -> None:
    connectors = two_floors().plan(tmp_path).connectors
    assert sorted(c.kind for c in connectors) == ["elevator", "stairs"]
    stairs = by_kind(connectors, "stairs")[0]
    assert [s.unit_id for s in stairs.stops] == [new_id("stairs0"), new_id("stairs1")]
    assert not stairs.wheelchair
    assert by_kind(connectors, "elevator")[0].wheelchair


def test_overlap_does_not_jump_a_floor(tmp_path: Path) -> None:
    v = tower()
    for n in (0, 2):
        v.unit(f"stairs{n}", n, box(20, 0, 24, 4), "stairs")
    assert v.plan(tmp_path).connectors == ()


def test_correlation_id_joins_a_lift_that_skips_a_floor(tmp_path: Path) -> None:
    v = tower()
    for n in (0, 2):
        v.unit(f"lift{n}", n, box(20 + n, 0, 22 + n, 2), "elevator")
        v.amenity(f"lift amenity{n}", f"lift{n}", (21 + n, 1), "elevator", {"en": "Lift"}, correlation_id="c-1")
    (lift,) = v.plan(tmp_path).connectors
    assert [s.unit_id for s in lift.stops] == [new_id("lift0"), new_id("lift2")]
    assert lift.name == {"en": "Lift"}


def test_relationship_wins_and_directed_escalator_is_one_way(tmp_path: Path) -> None:
    v = tower(2)
    for n in range(2):
        v.unit(f"up{n}", n, box(20, 0, 22, 6), "escalator")
        v.unit(f"down{n}", n, box(22, 0, 24, 6), "escalator")
        v.unit(f"far{n}", n, box(24 + 10 * n, 0, 26 + 10 * n, 6), "stairs")
    v.relationship("r up", "escalator", "directed", "up0", "up1")
    v.relationship("r down", "escalator", "directed", "down1", "down0")
    v.relationship("r far", "stairs", "undirected", "far0", "far1")
    plan = v.plan(tmp_path)
    ways = {c.id: c.one_way for c in by_kind(plan.connectors, "escalator")}
    assert ways == {new_id("r up"): "up", new_id("r down"): "down"}
    assert len(by_kind(plan.connectors, "stairs")) == 1


def test_relationships_in_pairs_make_one_lift(tmp_path: Path) -> None:
    v = tower()
    for n in range(3):
        v.unit(f"lift{n}", n, box(20, 0, 22, 2), "elevator")
    v.relationship("r1", "elevator", "undirected", "lift0", "lift1")
    v.relationship("r2", "elevator", "undirected", "lift1", "lift2")
    (lift,) = v.plan(tmp_path).connectors
    assert len(lift.stops) == 3


def test_an_escalator_of_unknown_direction_gives_way_to_the_stairs(tmp_path: Path) -> None:
    v = tower(2)
    for n in (0, 1):
        v.unit(f"esc{n}", n, box(20, 0, 24, 4), "escalator")
        v.opening(f"to esc{n}", n, (20, 1), (20, 3))
    read = v.read(tmp_path / "alone")
    (escalator,) = read.plan.connectors
    assert escalator.doubtful
    assert "which way" in next(f.message for f in read.faults if f.feature_id == escalator.id)
    ends = Position((10, 10), 0), Position((10, 10), 1)
    alone = find_route(build_building(read.plan), *ends)
    assert isinstance(alone, Route)  # nothing else leads there
    assert alone.crossings[0].kind == "escalator"
    for n in (0, 1):
        v.unit(f"stairs{n}", n, box(-4, 0, 0, 4), "stairs")
        v.opening(f"to stairs{n}", n, (0, 1), (0, 3))
    both = find_route(build_building(v.plan(tmp_path / "both")), *ends)
    assert isinstance(both, Route)
    assert both.crossings[0].kind == "stairs"
    v.relationship("two way", "escalator", "undirected", "esc0", "esc1")
    told = v.read(tmp_path / "told")
    assert not any(c.doubtful for c in told.plan.connectors)
    assert told.faults == ()
