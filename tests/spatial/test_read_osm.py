from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from spatial.errors import VenueError
from spatial.frames import Frame
from spatial.locate import find_places
from spatial.mesh import build_building
from spatial.osm_file import levels_of
from spatial.plan import Origin, Plan
from spatial.read_osm import read_osm
from spatial.route import NoRoute, Position, Route, find_route

FRAME = Frame(Origin(31.18, 121.59))


class Map:
    """An OSM file drawn in metres."""

    def __init__(self) -> None:
        self.nodes: dict[tuple[float, float], str] = {}
        self.tags: dict[str, dict[str, str]] = {}
        self.body: list[str] = []

    def node(self, x: float, y: float, **tags: str) -> str:
        id_ = self.nodes.setdefault((x, y), f"n{len(self.nodes)}")
        self.tags.setdefault(id_, {}).update(tags)
        return id_

    def way(self, id_: str, *points: tuple[float, float], **tags: str) -> None:
        refs = "".join(f"<nd ref={quoteattr(self.node(*p))}/>" for p in points)
        self.body.append(f"<way id={quoteattr(id_)}>{refs}{xml(tags)}</way>")

    def room(self, id_: str, *points: tuple[float, float], **tags: str) -> None:
        self.way(id_, *points, points[0], **{"indoor": "room", "level": "0", "name": id_, **tags})

    def write(self, path: Path) -> Path:
        nodes = ""
        for (x, y), id_ in self.nodes.items():
            lon, lat = FRAME.to_lonlat(x, y)
            nodes += f"<node id='{id_}' lat='{lat!r}' lon='{lon!r}'>{xml(self.tags[id_])}</node>"
        path.write_text(f"<osm version='0.6'>{nodes}{''.join(self.body)}</osm>", encoding="utf-8")
        return path


def xml(tags: dict[str, str]) -> str:
    return "".join(f"<tag k={quoteattr(k.replace('__', ':'))} v={quoteattr(v)}/>" for k, v in tags.items())


def two_rooms() -> Map:
    m = Map()
    m.room("left", (0, 0), (10, 0), (10, 5), (10, 10), (0, 10))
    m.room("right", (10, 0), (20, 0), (20, 10), (10, 10), (10, 5))
    return m


def way(plan: Plan, a: str, b: str, profile: str = "walk") -> Route | NoRoute:
    one, two = find_places(plan, a)[0], find_places(plan, b)[0]
    ends = Position(one.point, one.ordinal), Position(two.point, two.ordinal)
    return find_route(build_building(plan), *ends, profile)  # type: ignore[arg-type]


def test_a_door_node_is_an_opening_and_a_wall_is_none(tmp_path: Path) -> None:
    m = two_rooms()
    assert isinstance(way(read_osm(m.write(tmp_path / "a.osm")).plan, "left", "right"), NoRoute)
    m.node(10, 5, door="yes", width="1.2", level="0")
    read = read_osm(m.write(tmp_path / "b.osm"))
    assert read.faults == ()
    assert read.plan.openings[0].line.length == pytest.approx(1.2, abs=1e-3)
    assert isinstance(way(read.plan, "left", "right"), Route)


def test_a_door_on_a_corner_keeps_its_width(tmp_path: Path) -> None:
    m = two_rooms()
    m.node(10, 10, door="yes")
    plan = read_osm(m.write(tmp_path / "a.osm")).plan
    assert plan.openings[0].line.length == pytest.approx(0.9, abs=1e-3)


def test_areas_are_open_to_one_another(tmp_path: Path) -> None:
    m = Map()
    m.room("left", (0, 0), (10, 0), (10, 10), (0, 10), indoor="area")
    m.room("right", (10, 0), (20, 0), (20, 10), (10, 10), indoor="corridor")
    assert isinstance(way(read_osm(m.write(tmp_path / "a.osm")).plan, "left", "right"), Route)


def test_rooms_over_several_levels_and_lift_nodes(tmp_path: Path) -> None:
    m = Map()
    for n in (0, 1):
        m.room(f"hall{n}", (0, 0), (10, 0), (10, 5), (10, 10), (0, 10), level=str(n))
    m.room("stair", (10, 0), (14, 0), (14, 10), (10, 10), (10, 5), level="0-1", room="stairs")
    m.node(10, 5, door="yes")
    plan = read_osm(m.write(tmp_path / "a.osm")).plan
    assert [c.kind for c in plan.connectors] == ["stairs"]
    assert isinstance(way(plan, "hall0", "hall1"), Route)
    assert isinstance(way(plan, "hall0", "hall1", "step-free"), NoRoute)
    m.node(3, 3, highway="elevator", level="0;1")
    route = way(read_osm(m.write(tmp_path / "b.osm")).plan, "hall0", "hall1", "step-free")
    assert isinstance(route, Route)
    assert route.crossings[0].kind == "elevator"


def test_steps_way_and_escalator(tmp_path: Path) -> None:
    m = Map()
    for n in (0, 1):
        m.room(f"hall{n}", (0, 0), (10, 0), (10, 10), (0, 10), level=str(n))
    m.way("s", (2, 2), (2, 8), highway="steps", level="0;1", incline="up", conveying="forward")
    plan = read_osm(m.write(tmp_path / "a.osm")).plan
    (moving,) = plan.connectors
    assert (moving.kind, moving.one_way) == ("escalator", "up")
    assert isinstance(way(plan, "hall1", "hall0"), NoRoute)


def test_osmag_passages_and_shafts(tmp_path: Path) -> None:
    m = Map()
    for n in (1, 2):
        m.room(f"hall{n}", (0, 0), (10, 0), (10, 10), (0, 10), level=str(n), osmAG__type="area")
        m.way(f"p{n}", (10, 4), (10, 6), osmAG__type="passage", level=str(n))
        m.way(f"shaft{n}", (10, 0), (14, 0), (14, 10), (10, 10), (10, 0),
              indoor="room", level=str(n), name="ST", osmAG__type="area")  # fmt: skip
    read = read_osm(m.write(tmp_path / "a.osm"))
    assert [c.kind for c in read.plan.connectors] == ["stairs"]
    assert "no tag says how" in read.faults[0].message
    assert isinstance(way(read.plan, "hall1", "hall2"), Route)
    assert isinstance(way(read.plan, "hall1", "hall2", "step-free"), NoRoute)


def test_bad_outlines_are_named_and_the_rest_kept(tmp_path: Path) -> None:
    m = two_rooms()
    tags = {"indoor": "room", "level": "0"}
    m.way("unclosed", (30, 0), (35, 0), (35, 5), (30, 5), name="unclosed", **tags)
    m.way("scrap", (40, 0), (41, 0), **tags)
    m.way("bow", (50, 0), (54, 4), (54, 0), (50, 4), (50, 0), **tags)
    m.way("nowhere", (60, 0), (64, 0), (64, 4), (60, 0), indoor="room")
    m.node(5, 5, door="yes")
    read = read_osm(m.write(tmp_path / "a.osm"))
    said = {f.feature_id: f.message for f in read.faults}
    assert "joined over 5.00 m" in said["unclosed"]
    assert "left out" in said["scrap"]
    assert "touches or crosses" in said["bow"]
    assert "level" in said["nowhere"]
    assert len(said) == 5
    assert {u.id for u in read.plan.units} == {"left", "right", "unclosed", "bow"}


def test_files_that_are_no_osm(tmp_path: Path) -> None:
    for text in ("", "<osm>", "<html/>", "<osm version='0.6'/>"):
        path = tmp_path / "x.osm"
        path.write_text(text)
        with pytest.raises(VenueError, match=r"x\.osm"):
            read_osm(path)
    with pytest.raises(VenueError, match="cannot be read"):
        read_osm(tmp_path / "absent.osm")


def test_levels() -> None:
    assert levels_of({"level": "0;1"}) == (0, 1)
    assert levels_of({"level": "-1-2", "repeat_on": "5"}) == (-1, 0, 1, 2, 5)
    assert levels_of({"level": "1.5"}) == (1.5,)
    assert levels_of({"level": "mezzanine;1e999"}) == ()


def test_the_real_building(shared: Path) -> None:
    read = read_osm(shared / "data/osm/SIST_1.osm")
    assert (read.counts["level"], read.counts["unit"], read.counts["opening"]) == (2, 176, 200)
    route = way(read.plan, "E1d-F2-14", "E1d-F1-13")
    assert isinstance(route, Route)
    assert route.levels == [2, 1]
