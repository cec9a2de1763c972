"""A short run of the fuzzer; ``python -m tests.server.fuzzing`` runs 100,000 frames."""

from __future__ import annotations

import pytest

from tests.server.fuzzing import fuzz
from tests.server.world import make_parts, running


@pytest.mark.parametrize("seed", [1, 20_261_124])
def test_broken_frames_harm_nobody(seed: int) -> None:
    with running(make_parts(sessions_max=5000)) as port:
        seen = fuzz(port, 3_000, seed)
    assert seen["error bad_message"] > 20
    assert seen["error bad_audio"] + seen["error bad_pose"] > 50
    assert any(what.startswith("close 10") for what in seen)
