"""Thoughts and tagged calls, cut into pieces anywhere."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avatars.engines import Delta, EngineError
from avatars.engines.tagged import Tagged

WHOLE = (
    "<think>the reader wants < Emma >\n</think>\n\nLet me see: 3 < 4.\n"
    '<tool_call>\n{"name": "find", "arguments": {"query": "三体"}}\n</tool_call>\n'
    '<tool_call>\n{"name": "hours", "arguments": {}}\n</tool_call>'
)


def read(pieces: list[str]) -> list[Delta]:
    tagged = Tagged()
    found = [delta for piece in pieces for delta in tagged.feed(piece)]
    return [*found, *tagged.finish()]


@given(st.lists(st.integers(1, len(WHOLE) - 1), max_size=30))
def test_cuts_do_not_matter(cuts: list[int]) -> None:
    edges = [0, *sorted(set(cuts)), len(WHOLE)]
    found = read([WHOLE[start:end] for start, end in pairwise(edges)])
    assert "".join(delta.text for delta in found).strip() == "Let me see: 3 < 4."
    calls = [delta.call for delta in found if delta.call is not None]
    assert [(call.index, call.name, json.loads(call.arguments)) for call in calls] == [
        (0, "find", {"query": "三体"}),
        (1, "hours", {}),
    ]


@given(st.text(st.sampled_from("a<>/think_olcs三 \n"), max_size=60))
def test_other_text_comes_through(text: str) -> None:
    if "<think>" not in text and "<tool_call>" not in text:
        assert "".join(delta.text for delta in read(list(text))) == text.lstrip()


def test_a_call_is_whole_or_an_error() -> None:
    for broken in ('{"name": "find"', '["find"]', '{"name": 3}', '{"name": "find", "arguments": [1]}', "find"):
        with pytest.raises(EngineError, match="cannot be read"):
            read([f"<tool_call>{broken}</tool_call>"])
    with pytest.raises(EngineError, match="within a tool call"):
        read(['<tool_call>{"name"'])
    with pytest.raises(EngineError, match="without end"):
        read(["<tool_call>", "x" * 20_000])
    assert read(['<tool_call>{"name": "f", "arguments": "{\\"a\\": 1}"}</tool_call>'])[0].call is not None


def test_a_thought_without_end_says_nothing() -> None:
    assert read(["<think>hm", " hm"]) == []
