"""AprilTags drawn as a camera at an angle would see them, through the real HTTP path: where is the camera?"""

from __future__ import annotations

import io
import math
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest
from PIL import Image

from server.build import build_parts
from server.settings import load_settings
from tests.server.client import Client
from tests.server.world import running

cv2 = pytest.importorskip("cv2", reason="needs opencv-python-headless")

FOCAL, WIDTH, HEIGHT, SIZE = 900.0, 1280, 960, 0.16
EAST, NORTH, UP, FACING = 5.0, 4.0, 1.6, 180.0
LIST = (
    "tag,level,east_m,north_m,height_m,facing_deg,size_m,name_en,name_zh\n"
    f"7,#0,{EAST},{NORTH},{UP},{FACING},{SIZE},the map,地图\n8,#0,6,4,,,,,\n9,#0,6,4,,90,,,\n10,attic,1,1,,,,,\n"
)


@pytest.fixture(scope="module")
def served(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, list[str]]]:
    home = tmp_path_factory.mktemp("tags") / "home"
    shutil.copytree(demo_home, home)
    (home / "tags.csv").write_text(LIST, encoding="utf-8")
    parts = build_parts(load_settings(home, flags={"port": 0}).settings)
    with running(parts) as port:
        yield port, list(parts.faults)


def look(served: tuple[int, list[str]], picture: bytes, session: str = "", **query: object) -> dict[str, object]:
    headers = {"X-Shelfway-Session": session} if session else {}
    url = f"http://127.0.0.1:{served[0]}/v1/look"
    answer = httpx.post(url, params=query, content=picture, headers=headers, timeout=30)  # type: ignore[arg-type]
    assert answer.status_code == 200
    body: dict[str, object] = answer.json()
    return body


def drawn(number: int, turned: int = 2) -> np.ndarray:
    """A tag with a white rim of a quarter of its edge. ``turned`` 2: as the AprilTag team prints it."""
    family = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)
    marker = np.rot90(cv2.aruco.generateImageMarker(family, number, 400), turned)
    return np.pad(marker, 100, constant_values=255)


def photo(number: int, right: float, up: float, away: float, *, turned: int = 2, roll: float = 0.0) -> bytes:
    """What a camera sees that stands there before the tag (metres, in its axes) and looks at its middle; a PNG."""
    camera = np.array([right, up, away])
    ahead = -camera / np.linalg.norm(camera)
    side = np.cross(ahead, [0.0, 1.0, 0.0])
    side /= np.linalg.norm(side)
    below = np.cross(ahead, side)
    angle = math.radians(roll)
    side, below = side * math.cos(angle) + below * math.sin(angle), below * math.cos(angle) - side * math.sin(angle)
    turn = np.array([side, below, ahead])
    half = SIZE / 2 * 1.5  # the rim is part of the drawing
    world = np.array([[-half, half, 0], [half, half, 0], [half, -half, 0], [-half, -half, 0]])
    seen = (world - camera) @ turn.T
    pixels = np.float32(seen[:, :2] / seen[:, 2:] * FOCAL + [WIDTH / 2, HEIGHT / 2])
    image = drawn(number, turned)
    edge = image.shape[0]
    corners = np.float32([[0, 0], [edge, 0], [edge, edge], [0, edge]])
    matrix = cv2.getPerspectiveTransform(corners, pixels)
    whole = cv2.warpPerspective(image, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_AREA, borderValue=150)
    noise = np.random.default_rng(3).normal(0, 4, whole.shape)
    out = io.BytesIO()
    Image.fromarray(np.clip(whole + noise, 0, 255).astype(np.uint8)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("turned", [0, 2])
@pytest.mark.parametrize(
    ("right", "up", "away"), [(0.0, 0.0, 1.0), (0.8, 0.1, 1.2), (-1.0, -0.3, 1.0), (0.5, 0.4, 2.0), (1.5, 0.0, 1.0)]
)
def test_a_known_camera_gets_its_whole_pose(
    served: tuple[int, list[str]], right: float, up: float, away: float, turned: int
) -> None:
    body = look(served, photo(7, right, up, away, turned=turned), focal_px=FOCAL)
    assert body["codes"] == [{"kind": "tag", "text": "tag36h11:7"}]
    fix = body["fix"]
    assert isinstance(fix, dict)
    at = fix["position"]
    # the tag looks south: to its right is east
    assert at["east_m"] == pytest.approx(EAST + right, abs=0.08)
    assert at["north_m"] == pytest.approx(NORTH - away, abs=0.08)
    assert fix["height_m"] == pytest.approx(UP + up, abs=0.08)
    toward = math.degrees(math.atan2(-right, away)) % 360
    assert abs((fix["heading_deg"] - toward + 180) % 360 - 180) < 2.5
    assert fix["pitch_deg"] == pytest.approx(-math.degrees(math.atan2(up, math.hypot(right, away))), abs=2.5)
    assert abs(fix["roll_deg"]) < 2.5
    assert 0.02 < fix["accuracy_m"] < 0.3
    assert "the map" in str(body["text"])


def test_the_pose_travels_as_a_geopose(served: tuple[int, list[str]]) -> None:
    fix = look(served, photo(7, 0.0, 0.0, 1.0, roll=10.0), focal_px=FOCAL, tag_m=SIZE)["fix"]
    assert isinstance(fix, dict)
    pose = fix["geopose"]
    assert set(pose) == {"position", "angles"}
    assert -90 < pose["position"]["lat"] < 90
    assert pose["position"]["h"] == pytest.approx(UP, abs=0.1)
    assert pose["angles"]["roll"] == pytest.approx(fix["roll_deg"], abs=0.06)
    assert abs(fix["roll_deg"]) == pytest.approx(10.0, abs=2.5)


def test_twice_the_size_is_twice_as_far(served: tuple[int, list[str]]) -> None:
    far = look(served, photo(7, 0.0, 0.0, 1.0), focal_px=FOCAL, tag_m=2 * SIZE)["fix"]
    assert isinstance(far, dict)
    assert far["position"]["north_m"] == pytest.approx(NORTH - 2.0, abs=0.1)


def test_an_unknown_camera_stands_before_the_tag(served: tuple[int, list[str]]) -> None:
    body = look(served, photo(7, 0.5, 0.0, 1.5), lang="zh")
    fix = body["fix"]
    assert isinstance(fix, dict)
    assert (fix["position"]["east_m"], fix["heading_deg"]) == (EAST, 0.0)
    assert NORTH - 1.5 < fix["position"]["north_m"] < NORTH
    assert fix["accuracy_m"] >= 2.0
    assert fix["geopose"] is None
    assert body["text"] == "您在地图。"


def test_a_tag_that_looks_nobody_knows_where_gives_its_place(served: tuple[int, list[str]]) -> None:
    body = look(served, photo(8, 0.0, 0.0, 1.0), focal_px=FOCAL)
    assert body["fix"] is None
    place = body["place"]
    assert isinstance(place, dict)
    assert place["level"] == 0


def test_a_tag_without_a_size_gives_no_pose_of_its_own_making(served: tuple[int, list[str]]) -> None:
    fix = look(served, photo(9, 0.0, 0.0, 1.0), focal_px=FOCAL)["fix"]
    assert isinstance(fix, dict)
    assert fix["geopose"] is None
    assert fix["position"]["east_m"] == pytest.approx(6.8, abs=0.01)


@pytest.mark.parametrize("number", [10, 55])
def test_a_tag_that_is_not_the_homes_is_only_named(served: tuple[int, list[str]], number: int) -> None:
    body = look(served, photo(number, 0.0, 0.0, 1.0), focal_px=FOCAL)
    assert body["codes"] == [{"kind": "tag", "text": f"tag36h11:{number}"}]
    assert (body["fix"], body["place"]) == (None, None)


def test_where_am_i_is_answered_from_the_tag(served: tuple[int, list[str]]) -> None:
    client = Client(served[0], at={"east_m": 30.0, "north_m": 20.0, "level": 1})
    client.say(type="ask", id="a", text="Where am I?")
    before = client.wait("answer")
    look(served, photo(7, 0.0, 0.0, 1.0), session=client.welcome["session"], focal_px=FOCAL)
    client.say(type="ask", id="b", text="Where am I?")
    after = client.wait("answer")
    assert after["text"] != before["text"]
    look(served, photo(7, 0.0, 0.0, 1.0), session="somebody-else", focal_px=FOCAL)
    client.close()


def test_a_wrong_row_is_told_to_staff(served: tuple[int, list[str]]) -> None:
    assert any("tags.csv" in fault and "attic" in fault for fault in served[1])


def test_nothing_in_a_picture_is_no_tag(served: tuple[int, list[str]]) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (480, 640), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).save(out, "PNG")
    assert look(served, out.getvalue())["codes"] == []
