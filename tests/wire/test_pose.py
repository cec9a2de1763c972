"""Pose frames: golden files that every client's language reads, and any bytes give a frame or a named error."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire.pose import (
    GESTURES,
    POSE_LAYOUT,
    ROLES,
    PoseError,
    PoseFrame,
    PoseRecord,
    decode_poses,
    encode_poses,
)

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "frames" / "poses.json"
EXAMPLES = {
    "from a client": PoseFrame(0, (PoseRecord(0, 1.25, -2.5, 90.0, "wave"),)),
    "full": PoseFrame(
        -1,
        (
            PoseRecord(7, 12.34, -0.01, 0.0),
            PoseRecord(4_294_967_295, -10_000_000.0, 10_000_000.0, None, "listen", "librarian", True),
        ),
        (),
        True,
        1,
    ),
    "changes": PoseFrame(3, (PoseRecord(9, 0.0, 5.0, 270.0, "point", "staff"),), (7, 8), False, 4_294_967_295),
    "nobody": PoseFrame(0, (), (), True, 2),
}

RECORD = st.builds(
    PoseRecord,
    number=st.integers(0, 2**32 - 1),
    east_m=st.integers(-(10**9), 10**9).map(lambda cm: cm / 100),
    north_m=st.integers(-(10**9), 10**9).map(lambda cm: cm / 100),
    heading_deg=st.none() | st.integers(0, 65535).map(lambda turn: turn / 65536 * 360),
    gesture=st.sampled_from(GESTURES),
    role=st.sampled_from(ROLES),
    virtual=st.booleans(),
)
FRAME = st.builds(
    PoseFrame,
    level=st.integers(-50, 200),
    poses=st.lists(RECORD, max_size=5).map(tuple),
    gone=st.lists(st.integers(0, 2**32 - 1), max_size=5).map(tuple),
    full=st.booleans(),
    tick=st.integers(0, 2**32 - 1),
)


def golden() -> dict[str, dict[str, object]]:
    return {
        name: {"hex": encode_poses(frame).hex(), "frame": json.loads(json.dumps(asdict(frame)))}
        for name, frame in EXAMPLES.items()
    }


def test_the_golden_file_is_what_the_frames_say() -> None:
    assert json.loads(GOLDEN.read_text(encoding="utf-8")) == golden()


@pytest.mark.parametrize("name", EXAMPLES)
def test_golden_frames_are_read(name: str) -> None:
    data = bytes.fromhex(str(golden()[name]["hex"]))
    assert decode_poses(data) == EXAMPLES[name]
    assert data[0] == POSE_LAYOUT["kind"]


@given(FRAME)
def test_what_is_written_is_read(frame: PoseFrame) -> None:
    assert decode_poses(encode_poses(frame)) == frame


@given(st.floats(-1e7, 1e7), st.floats(-1e7, 1e7), st.floats(-1e4, 1e4))
def test_rounding_stays_within_a_centimetre_and_a_hundredth_of_a_degree(east: float, north: float, turn: float) -> None:
    (read,) = decode_poses(encode_poses(PoseFrame(0, (PoseRecord(1, east, north, turn),)))).poses
    assert abs(read.east_m - east) <= 0.0051
    assert abs(read.north_m - north) <= 0.0051
    assert read.heading_deg is not None
    assert abs((read.heading_deg - turn + 180) % 360 - 180) <= 0.003


@given(st.binary(max_size=80) | st.binary(max_size=64).map(lambda rest: b"\x02\x01" + rest))
def test_any_bytes_give_a_frame_or_a_named_error(data: bytes) -> None:
    with suppress(PoseError):
        assert encode_poses(decode_poses(data))[:1] == b"\x02"


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (PoseFrame(0, (PoseRecord(1, float("nan"), 0.0),)), "outside"),
        (PoseFrame(0, (PoseRecord(1, 2e7, 0.0),)), "outside"),
        (PoseFrame(0, (PoseRecord(-1, 0.0, 0.0),)), "width"),
        (PoseFrame(0, (PoseRecord(1, 0.0, 0.0, float("inf")),)), "heading"),
        (PoseFrame(0, (PoseRecord(1, 0.0, 0.0, None, "dance"),)), "dance"),
        (PoseFrame(40_000, ()), "width"),
    ],
)
def test_what_does_not_fit_is_refused(frame: PoseFrame, says: str) -> None:
    with pytest.raises(PoseError, match=says):
        encode_poses(frame)


if __name__ == "__main__":  # python -m tests.wire.test_pose writes the golden file anew
    GOLDEN.write_text(json.dumps(golden(), indent=1) + "\n", encoding="utf-8")
