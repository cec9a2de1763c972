"""Words in every disguise are found, innocent ones are not; a picture check that cannot run says no."""

from __future__ import annotations

import numpy as np
import pytest

from assets.errors import BlockedError
from assets.safety import BlockList, audit_line, check_image, check_words

WORDS = BlockList.of(["外挂", "casino night"])
PICTURE = np.zeros((4, 8, 3), np.uint8)


@pytest.mark.parametrize(
    "text",
    [
        "porn", "PORN", "ｐｏｒｎ", "p о r n", "p.o.r.n", "P0rn0graphy", "роrn", "po\u200brn",
        "p\u0336o\u0336r\u0336n",
        "色情", "色 情", "色\u200b情", "色-情", "裸體", "seqing", "se qing tupian", "外掛", "wai gua", "s3x",
        "CASINO  NIGHT",
    ],
)  # fmt: skip
def test_disguises_are_seen_through(text: str) -> None:
    assert WORDS.find(f"show me {text} please") is not None


@pytest.mark.parametrize(
    "text",
    ["Essex and Sussex", "the naked eye", "The Second Sex", "a sixth sense", "1984", "分析化学", "a night at sea", ""],
)
def test_innocent_words_pass(text: str) -> None:
    assert WORDS.find(text) is None


def test_the_audit_keeps_a_hash_and_no_words() -> None:
    kept = audit_line(check_words("the sea", WORDS, "idea"), "2026-11-24T08:00:00Z", "reader")
    assert kept["verdict"] == "allowed"
    assert len(kept["subject"]) == 64
    assert "sea" not in str(kept)


class Checker:
    def __init__(self, verdict: object) -> None:
        self.verdict = verdict

    def look(self, image: np.ndarray) -> object:
        if isinstance(self.verdict, Exception):
            raise self.verdict
        return self.verdict


@pytest.mark.parametrize("verdict", ["blocked", "unsure", None, RuntimeError("no memory"), OSError("no model")])
def test_a_picture_check_that_does_not_say_yes_says_no(verdict: object) -> None:
    with pytest.raises(BlockedError):
        check_image(PICTURE, Checker(verdict), wanted=True)  # type: ignore[arg-type]


def test_without_a_check_only_homes_that_want_none_show_pictures() -> None:
    with pytest.raises(BlockedError, match="no picture check"):
        check_image(PICTURE, None, wanted=True)
    assert check_image(PICTURE, None, wanted=False).verdict == "allowed"
    assert check_image(PICTURE, Checker("allowed"), wanted=True).reason == "check"  # type: ignore[arg-type]
