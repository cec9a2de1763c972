"""What readers may not say to one another."""

from __future__ import annotations

import pytest

from server.moderation import WordModeration

RULE = WordModeration(["Rubbish", "坏话", " "])


@pytest.mark.parametrize("text", ["Look here!", "《三体》在这里", "two\nlines", "👍🏽 family 👨‍👩‍👧", "a rub, ish"])
def test_plain_words_pass(text: str) -> None:
    assert RULE.allows(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "a\nb\nc\nd",
        "a\x00b",
        "a\u202eb",
        "what RUBBISH",
        "ｒｕｂｂｉｓｈ",
        "r u b-b.i s h",
        "坏 话",
        "\ud800",
    ],
)
def test_others_do_not(text: str) -> None:
    assert not RULE.allows(text)
