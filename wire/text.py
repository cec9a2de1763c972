"""Text frames: JSON ↔ messages. Any bytes give a message or one of the errors below, never another exception.

Errors: MessageError(ValueError) > NotJsonError, UnknownTypeError(type), BadFieldsError.
"""

from __future__ import annotations

import json
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from wire.messages import FROM_CLIENT, TO_CLIENT, FromClient, ToClient
from wire.messages.base import Message

M = TypeVar("M")


class MessageError(ValueError):
    """A text frame that is not a message of this protocol. ``of``: its type or id, as far as it could be read."""

    def __init__(self, text: str, of: str | None = None) -> None:
        super().__init__(text)
        self.of = of


class NotJsonError(MessageError):
    """Not UTF-8, not JSON, or not a JSON object."""


class UnknownTypeError(MessageError):
    """A JSON object whose ``type`` this version does not know, or that has none."""


class BadFieldsError(MessageError):
    """A known type with a field missing or wrong."""


def decode_from_client(data: str | bytes) -> FromClient:
    """Read a client's text frame. Raises MessageError."""
    return _decode(data, FROM_CLIENT)


def decode_to_client(data: str | bytes) -> ToClient:
    """Read a server's text frame, as clients written in Python do. Raises MessageError."""
    return _decode(data, TO_CLIENT)


def encode(message: Message) -> str:
    """The message as JSON text; every field is written, null where it has no value."""
    return message.model_dump_json()


def _decode(data: str | bytes, adapter: TypeAdapter[M]) -> M:
    try:
        text = data if isinstance(data, str) else bytes(data).decode("utf-8")
        body = json.loads(text)
    except UnicodeDecodeError as fault:
        raise NotJsonError(f"the frame is not UTF-8 at byte {fault.start}") from None
    except (ValueError, RecursionError) as fault:
        raise NotJsonError(f"the frame is not JSON: {_short(str(fault))}") from None
    if not isinstance(body, dict):
        raise NotJsonError("the frame is not a JSON object")
    kind = body.get("type")
    if not isinstance(kind, str):
        raise UnknownTypeError("the message has no type")
    own = body.get("id")
    of = own if isinstance(own, str) and 0 < len(own) <= 128 else _short(kind)
    try:
        return adapter.validate_json(text, strict=True)
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_context=False, include_input=False)[0]
        if first["type"] == "json_invalid":
            raise NotJsonError(f"the frame is not JSON: {_short(first['msg'])}") from None
        if first["type"].startswith("union_tag"):
            raise UnknownTypeError(f"the type {_short(kind)!r} is not known here", _short(kind)) from None
        where = ".".join(str(part) for part in first["loc"][1:]) or "the message"
        raise BadFieldsError(f"{_short(kind)}: {_short(where)}: {first['msg']}", of) from None


def _short(text: str) -> str:
    """At most 80 characters, and only such as can be sent on (no lone surrogates)."""
    return text[:80].encode("utf-8", "replace").decode("utf-8")
