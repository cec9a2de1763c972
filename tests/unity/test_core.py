"""The package's core under mono, in a culture with decimal commas; what is checked lies in tests/unity/csharp."""

from __future__ import annotations

import json

import pytest

from spatial.frames import from_gltf, from_unity, to_gltf, to_unity
from tests.unity.conftest import ROOT, Run
from wire.pose import decode_poses

pytestmark = pytest.mark.xdist_group("unity")  # compiled once, one server
FRAMES = ROOT / "tests" / "golden" / "frames" / "points.json"


@pytest.mark.parametrize("what", ["link", "speech", "space", "threads", "rooms"])
def test_the_core_keeps_its_promises(mono: Run, what: str) -> None:
    mono(what)


def test_the_golden_points_are_true_in_csharp(mono: Run) -> None:
    golden = json.loads(FRAMES.read_text(encoding="utf-8"))
    assert int(mono("frames", FRAMES)) == len(golden["points"]) + len(golden["headings"])


def test_the_golden_points_are_true_in_python() -> None:
    for row in json.loads(FRAMES.read_text(encoding="utf-8"))["points"]:
        place = tuple(row["map"])
        assert to_gltf(place) == tuple(row["gltf"])
        assert to_unity(place) == tuple(row["unity"])
        assert from_gltf(tuple(row["gltf"])) == from_unity(tuple(row["unity"])) == place


def test_an_hour_of_talk_grows_nothing(mono: Run) -> None:
    rings, grown, said = map(int, mono("hour").split())
    assert said > 600
    assert rings <= 3
    assert grown < 200_000


def test_pose_frames_are_read_and_written_as_in_python(mono: Run) -> None:
    for name, golden in json.loads((FRAMES.parent / "poses.json").read_text(encoding="utf-8")).items():
        written, *lines = mono("poses", golden["hex"]).splitlines()
        assert written == golden["hex"], name
        frame = decode_poses(bytes.fromhex(golden["hex"]))
        for pose, line in zip(frame.poses, lines, strict=True):
            number, east, north, heading, gesture, role, virtual, level = line.split()
            assert (int(number), float(east), float(north)) == (pose.number, pose.east_m, pose.north_m)
            assert float(heading) == pytest.approx(-1 if pose.heading_deg is None else pose.heading_deg, abs=1e-6)
            assert (gesture, role, virtual) == (pose.gesture, pose.role, str(pose.virtual))
            assert int(level) == frame.level
