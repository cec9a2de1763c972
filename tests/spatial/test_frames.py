from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spatial.frames import (
    Frame,
    from_gltf,
    from_unity,
    heading_between,
    to_gltf,
    to_unity,
    turn_between,
)
from spatial.plan import Origin

METRES = st.floats(-2000, 2000)


@given(st.floats(-80, 80), st.floats(-180, 180), st.floats(-180, 180), METRES, METRES)
def test_a_map_point_comes_back_from_earth(lat: float, lon: float, turn: float, x: float, y: float) -> None:
    frame = Frame(Origin(lat, lon, turn))
    back = frame.to_map(*frame.to_lonlat(x, y))
    assert math.dist(back, (x, y)) < 1e-6


def test_known_places() -> None:
    # one second of latitude on the meridian at 45° is 30.87 m; one of longitude at 60° is 15.5 m
    assert Frame(Origin(45.0, 7.0)).to_map(7.0, 45.0 + 1 / 3600)[1] == pytest.approx(30.87, abs=0.01)
    assert Frame(Origin(60.0, 7.0)).to_map(7.0 + 1 / 3600, 60.0)[0] == pytest.approx(15.50, abs=0.01)


def test_antimeridian_is_no_seam() -> None:
    frame = Frame(Origin(10.0, 179.9999))
    x, y = frame.to_map(-179.9999, 10.0)
    assert 20 < x < 23
    assert abs(y) < 0.01


def test_rotation_turns_the_map_under_the_compass() -> None:
    frame = Frame(Origin(31.0, 121.0, 90.0))  # map north looks to the east
    lon, lat = frame.to_lonlat(0.0, 100.0)
    assert lon > 121.0009
    assert lat == pytest.approx(31.0, abs=1e-5)


@given(METRES, METRES, METRES)
def test_axes_come_back(e: float, n: float, u: float) -> None:
    assert to_gltf((e, n, u)) == (e, u, -n)
    assert to_unity((e, n, u)) == (e, u, n)
    assert from_gltf(to_gltf((e, n, u))) == (e, n, u)
    assert from_unity(to_unity((e, n, u))) == (e, n, u)


@given(METRES, METRES, st.floats(0, 359.99), st.floats(-180, 180))
def test_geopose_round_trip(x: float, y: float, heading: float, turn: float) -> None:
    frame = Frame(Origin(31.23, 121.47, turn))
    point, back = frame.from_geopose(frame.to_geopose((x, y, 4.0), heading))
    assert math.dist(point, (x, y, 4.0)) < 1e-6
    assert abs(turn_between(back, heading)) < 1e-6


def test_geopose_looks_east_when_unturned() -> None:
    frame = Frame(Origin(31.23, 121.47))
    pose = {"position": {"lat": 31.23, "lon": 121.47, "h": 0}, "quaternion": {"x": 0, "y": 0, "z": 0, "w": 1}}
    assert frame.from_geopose(pose)[1] == pytest.approx(90.0)
    assert frame.to_geopose((0, 0, 0), 0.0)["angles"]["yaw"] == pytest.approx(90.0)
    with pytest.raises(ValueError, match="GeoPose"):
        frame.from_geopose({"position": {}})


def test_headings() -> None:
    assert heading_between((0, 0), (1, 0)) == pytest.approx(90)
    assert heading_between((0, 0), (-1, 0)) == pytest.approx(270)
    assert turn_between(350, 10) == pytest.approx(20)
    assert turn_between(10, 350) == pytest.approx(-20)
