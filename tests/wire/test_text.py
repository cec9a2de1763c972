"""Text frames: any bytes give a message or a named error."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wire.examples import FROM_CLIENT_EXAMPLES
from wire.messages.base import Message
from wire.text import BadFieldsError, MessageError, NotJsonError, UnknownTypeError, decode_from_client, encode

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
TYPES = [json.loads(encode(example))["type"] for example in FROM_CLIENT_EXAMPLES]
FIELDS = ["id", "text", "at", "to", "level", "stream", "version", "client", "languages", "token", "east_m", "north_m"]


@given(st.binary() | st.text())
def test_any_bytes_give_a_message_or_a_named_error(data: str | bytes) -> None:
    with suppress(MessageError):
        assert isinstance(decode_from_client(data), Message)


@given(st.sampled_from(TYPES), st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_any_fields_give_a_message_or_a_named_error(kind: str, fields: dict[str, object]) -> None:
    try:
        message = decode_from_client(json.dumps({"type": kind, **fields}))
    except MessageError as fault:
        said, of = str(fault).encode("utf-8"), (fault.of or "").encode("utf-8")  # can be sent on
    else:
        said, of = b"", b""
        assert decode_from_client(encode(message)) == message
    assert len(said) < 1200
    assert len(of) <= 512


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        (b"\xff\xfe\x00", NotJsonError, "not UTF-8 at byte 0"),
        ("hello?", NotJsonError, "not JSON"),
        ("[" * 60_000, NotJsonError, "not JSON"),
        ("[1]", NotJsonError, "not a JSON object"),
        ('{"text": "hi"}', UnknownTypeError, "no type"),
        ('{"type": "teleport"}', UnknownTypeError, "'teleport' is not known"),
        ('{"type": "ask", "id": "1"}', BadFieldsError, "ask: text"),
        ('{"type": "pose", "east_m": NaN, "north_m": 0, "level": 0}', BadFieldsError, "pose: east_m"),
        ('{"type": "pose", "east_m": "1", "north_m": 0, "level": 0}', BadFieldsError, "pose: east_m"),
        ('{"type": "ask", "id": "1", "text": "\\ud800"}', NotJsonError, "not JSON"),
        ('{"type": "guide", "id": "1", "to": ' + "9" * 5000 + "}", NotJsonError, "not JSON"),
    ],
)
def test_broken_frames_are_named(data: str | bytes, kind: type[MessageError], says: str) -> None:
    with pytest.raises(kind, match=says):
        decode_from_client(data)


def test_the_error_names_the_message_by_its_id() -> None:
    with pytest.raises(BadFieldsError) as caught:
        decode_from_client('{"type": "guide", "id": "g7", "profile": "fly"}')
    assert caught.value.of == "g7"
