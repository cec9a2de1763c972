"""Golden files: every message has one, and it reads back as the message it was written from."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from tests.wire.examples import FROM_CLIENT_EXAMPLES, GOLDEN, TO_CLIENT_EXAMPLES, golden_path, golden_text
from wire.messages import FromClient, ToClient
from wire.messages.base import Message
from wire.text import decode_from_client, decode_to_client, encode

EXAMPLES = (*FROM_CLIENT_EXAMPLES, *TO_CLIENT_EXAMPLES)


def test_every_message_has_one_example_and_every_golden_file_a_message() -> None:
    assert {type(e) for e in FROM_CLIENT_EXAMPLES} == set(get_args(FromClient))
    assert {type(e) for e in TO_CLIENT_EXAMPLES} == set(get_args(ToClient))
    assert {p.name for p in GOLDEN.glob("*.json")} == {golden_path(e).name for e in EXAMPLES}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: type(e).__name__)
def test_the_golden_file_is_what_the_message_says(example: Message) -> None:
    assert golden_path(example).read_text(encoding="utf-8") == golden_text(example)


@pytest.mark.parametrize("example", FROM_CLIENT_EXAMPLES, ids=lambda e: type(e).__name__)
def test_a_client_message_is_read_from_its_golden_file(example: Message) -> None:
    assert decode_from_client(golden_path(example).read_bytes()) == example
    assert decode_from_client(encode(example)) == example


@pytest.mark.parametrize("example", TO_CLIENT_EXAMPLES, ids=lambda e: type(e).__name__)
def test_a_server_message_is_read_from_its_golden_file(example: Message) -> None:
    assert decode_to_client(golden_path(example).read_bytes()) == example


def test_unknown_fields_are_ignored() -> None:
    body = {**json.loads(golden_path(FROM_CLIENT_EXAMPLES[-1]).read_text()), "colour": "green"}
    assert decode_from_client(json.dumps(body)) == FROM_CLIENT_EXAMPLES[-1]
