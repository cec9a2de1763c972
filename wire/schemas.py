"""JSON Schema of everything that travels: both unions and the plan, one document with shared definitions."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from wire.codes import CLOSE_CODES, MAX_FRAME_BYTES, MEANINGS, SUBPROTOCOL, VERSION
from wire.messages import FROM_CLIENT, TO_CLIENT
from wire.messages.plan import PlanBody

Schema = dict[str, Any]
_PLAN: TypeAdapter[PlanBody] = TypeAdapter(PlanBody)


def build_schema() -> Schema:
    """The whole schema. ``FromClient`` is described as read (defaults may be left out), the rest as written."""
    inputs: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = [
        ("FromClient", "validation", FROM_CLIENT),
        ("ToClient", "serialization", TO_CLIENT),
        ("PlanBody", "serialization", _PLAN),
    ]
    unions, defs = TypeAdapter.json_schemas(inputs)
    named = dict(sorted(defs["$defs"].items()))
    for (name, _mode), body in unions.items():
        if name != "PlanBody":
            named[str(name)] = dict(body)
    for body in named.values():
        _require_type(body)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://shelfway.example/{SUBPROTOCOL}/schema.json",
        "title": "Shelfway messages",
        "description": f"Text frames of the subprotocol {SUBPROTOCOL}; generated from wire/messages/.",
        "x-version": VERSION,
        "x-max-frame-bytes": MAX_FRAME_BYTES,
        "x-error-codes": {code: {"meaning": m.text, "retryable": m.retryable} for code, m in MEANINGS.items()},
        "x-close-codes": {str(code): text for code, text in CLOSE_CODES.items()},
        "$defs": named,
    }


def _require_type(body: Schema) -> None:
    """A message's ``type`` has a default in Python but must always be on the wire."""
    properties = body.get("properties", {})
    if "const" in properties.get("type", {}):
        properties["type"].pop("default", None)
        required = body.setdefault("required", [])
        if "type" not in required:
            body["required"] = ["type", *required]
