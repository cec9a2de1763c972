"""The drawing of the demo library is a building.

Rooms tile each floor, doors lie in walls, nothing stands in the way.
"""

from __future__ import annotations

from itertools import combinations

import pytest
from shapely import unary_union
from shapely.geometry import LineString, Point, Polygon

from demo.drawing import ORDINALS, Drawing, Room
from demo.plan import build_drawing
from demo.shelving import build_faces

TOUCH_M = 1e-6
OUTSIDE = ("pedestrian.principal", "emergencyexit", "service")


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    return build_drawing()


def bodies(drawing: Drawing, ordinal: int) -> list[tuple[str, Polygon]]:
    return [(t.key, t.shape) for t in (*drawing.things, *drawing.stands) if t.ordinal == ordinal]


def rooms_of(drawing: Drawing, ordinal: int) -> list[Room]:
    return [room for room in drawing.rooms if room.ordinal == ordinal]


def test_keys_are_unique(drawing: Drawing) -> None:
    for group in (drawing.rooms, drawing.doors, drawing.things, drawing.stands, drawing.spots, drawing.zones):
        keys = [value.key for value in group]
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("ordinal", ORDINALS)
def test_rooms_fill_the_floor_without_overlap(drawing: Drawing, ordinal: int) -> None:
    rooms = rooms_of(drawing, ordinal)
    assert all(room.shape.is_valid for room in rooms)
    overlaps = [(a.key, b.key) for a, b in combinations(rooms, 2) if a.shape.intersection(b.shape).area > TOUCH_M]
    assert overlaps == []
    assert unary_union([room.shape for room in rooms]).area == pytest.approx(60 * 40)


def test_doors_lie_in_walls_and_are_wide_enough(drawing: Drawing) -> None:
    for door in drawing.doors:
        line = LineString([door.a, door.b])
        assert 0.9 <= round(line.length, 6) <= 2.0, door.key
        walls = [r for r in rooms_of(drawing, door.ordinal) if r.shape.boundary.buffer(TOUCH_M).contains(line)]
        assert len(walls) == 2 or (len(walls) == 1 and door.category in OUTSIDE), door.key


def test_every_room_but_the_void_has_a_door(drawing: Drawing) -> None:
    for room in drawing.rooms:
        wall = room.shape.boundary.buffer(TOUCH_M)
        doors = [d for d in drawing.doors if d.ordinal == room.ordinal and wall.contains(LineString([d.a, d.b]))]
        assert bool(doors) == (room.category != "opentobelow"), room.key


@pytest.mark.parametrize("ordinal", ORDINALS)
def test_things_stand_inside_one_room_and_apart(drawing: Drawing, ordinal: int) -> None:
    rooms = rooms_of(drawing, ordinal)
    things = bodies(drawing, ordinal)
    for key, shape in things:
        assert shape.is_valid, key
        assert any(room.shape.buffer(TOUCH_M).contains(shape) for room in rooms), key
    overlaps = [(a, b) for (a, p), (b, q) in combinations(things, 2) if p.intersection(q).area > TOUCH_M]
    assert overlaps == []


def test_doorways_are_clear(drawing: Drawing) -> None:
    for door in drawing.doors:
        front = LineString([door.a, door.b]).buffer(0.9, cap_style="flat")
        blocked = [key for key, shape in bodies(drawing, door.ordinal) if shape.intersects(front)]
        assert blocked == [], door.key


def test_amenities_stand_on_free_floor_of_their_room(drawing: Drawing) -> None:
    rooms = {room.key: room for room in drawing.rooms}
    for spot in drawing.spots:
        room = rooms[spot.room]
        point = Point(spot.at)
        assert room.ordinal == spot.ordinal
        assert room.shape.contains(point), spot.key
        near = [key for key, shape in bodies(drawing, spot.ordinal) if shape.distance(point) < 0.25]
        assert near == [], spot.key


def test_what_a_public_library_needs_is_there(drawing: Drawing) -> None:
    for ordinal in ORDINALS:
        found = {spot.category for spot in drawing.spots if spot.ordinal == ordinal}
        assert found >= {
            "restroom.female", "restroom.male", "restroom.unisex.wheelchair", "drinkingfountain", "copymachine",
            "powerchargingstation", "defibrillator", "elevator", "stairs",
        }  # fmt: skip
    names = {room.en for room in drawing.rooms}
    assert names >= {
        "Entrance Hall", "Children's Library", "Café", "Exhibition Hall", "Quiet Room", "Computer Room",
        "Multimedia Room", "Local History Room", "Storage Room", "Staff Office", "Reference Room",
    }  # fmt: skip


def test_names_differ_within_a_level_in_both_languages(drawing: Drawing) -> None:
    for ordinal in ORDINALS:
        for names in ([r.en for r in rooms_of(drawing, ordinal)], [r.zh for r in rooms_of(drawing, ordinal)]):
            assert len(set(names)) == len(names)


def test_aisles_in_front_of_faces_are_clear(drawing: Drawing) -> None:
    for face in build_faces():
        (x0, y0), (x1, y1) = face.start, face.end
        side = 1 if x1 < x0 else -1  # the reader stands on the right: north of a face that runs west
        aisle = Polygon([(x0, y0 + side * 0.01), (x1, y1 + side * 0.01), (x1, y1 + side * 1.2), (x0, y0 + side * 1.2)])
        assert any(room.shape.contains(aisle) for room in rooms_of(drawing, face.ordinal)), face.label
        assert [key for key, body in bodies(drawing, face.ordinal) if body.intersects(aisle)] == [], face.label
        row = [body for _, body in bodies(drawing, face.ordinal) if body.touches(LineString([face.start, face.end]))]
        assert row, face.label


PERSON_M = 0.3
"""Half the width that someone with a wheelchair or a trolley needs, more or less."""


@pytest.mark.parametrize("ordinal", ORDINALS)
def test_the_whole_floor_is_one_walk_from_the_lift(drawing: Drawing, ordinal: int) -> None:
    rooms = [r for r in rooms_of(drawing, ordinal) if r.category not in ("opentobelow", "escalator")]
    things = unary_union([shape.buffer(PERSON_M, join_style="mitre") for _, shape in bodies(drawing, ordinal)])
    free = [room.shape.buffer(-PERSON_M, join_style="mitre").difference(things) for room in rooms]
    doors = [
        LineString([door.a, door.b]).buffer(PERSON_M + 0.01, cap_style="flat")
        for door in drawing.doors
        if door.ordinal == ordinal and not door.key.startswith("escalator")
    ]
    floor = unary_union([*free, *doors])
    reached = (
        next(part for part in floor.geoms if part.contains(Point(28.75, 26.5))) if hasattr(floor, "geoms") else floor
    )
    for room in rooms:
        assert reached.intersects(room.shape.buffer(-PERSON_M)), room.key
    for spot in drawing.spots:
        if spot.ordinal == ordinal and spot.category != "escalator":
            assert reached.distance(Point(spot.at)) < 0.4, spot.key
    for face in build_faces():
        if face.ordinal == ordinal:
            side = 0.6 if face.end[0] < face.start[0] else -0.6
            assert reached.contains(LineString([(x, y + side) for x, y in (face.start, face.end)])), face.label


def test_names_are_written_on_free_floor(drawing: Drawing) -> None:
    for room in drawing.rooms:
        if room.label_at:
            assert room.shape.contains(Point(room.label_at)), room.key
            assert all(shape.distance(Point(room.label_at)) > 0.3 for _, shape in bodies(drawing, room.ordinal)), (
                room.key
            )
