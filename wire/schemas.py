"""JSON Schema of everything that travels: both unions and what is fetched, one document with shared definitions."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from wire.codes import CLOSE_CODES, MAX_FRAME_BYTES, MEANINGS, SUBPROTOCOL, VERSION
from wire.messages import FROM_CLIENT, TO_CLIENT
from wire.messages.plan import PlanBody
from wire.messages.suggest import SuggestBody
from wire.visemes import VISEMES

Schema = dict[str, Any]
_BODIES: dict[str, TypeAdapter[Any]] = {"PlanBody": TypeAdapter(PlanBody), "SuggestBody": TypeAdapter(SuggestBody)}
"""What is fetched by HTTP."""


def build_schema() -> Schema:
    """The whole schema. ``FromClient`` is described as read (defaults may be left out), the rest as written
    (every field is there)."""
    inputs: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = [
        ("FromClient", "validation", FROM_CLIENT),
        ("ToClient", "serialization", TO_CLIENT),
        *((name, "serialization", adapter) for name, adapter in _BODIES.items()),
    ]
    unions, defs = TypeAdapter.json_schemas(inputs)
    named = dict(sorted(defs["$defs"].items()))
    for (name, _mode), body in unions.items():
        if name not in _BODIES:
            named[str(name)] = dict(body)
    for body in named.values():
        _require_type(body)
    for name in _reached(named, "ToClient").union(*(_reached(named, body) for body in _BODIES)):
        if name not in _reached(named, "FromClient") and "properties" in named[name]:
            named[name]["required"] = list(named[name]["properties"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://shelfway.example/{SUBPROTOCOL}/schema.json",
        "title": "Shelfway messages",
        "description": f"Text frames of the subprotocol {SUBPROTOCOL}; generated from wire/messages/.",
        "x-version": VERSION,
        "x-subprotocol": SUBPROTOCOL,
        "x-hash": _hash(named),
        "x-visemes": list(VISEMES),
        "x-max-frame-bytes": MAX_FRAME_BYTES,
        "x-error-codes": {code: {"meaning": m.text, "retryable": m.retryable} for code, m in MEANINGS.items()},
        "x-close-codes": {str(code): text for code, text in CLOSE_CODES.items()},
        "$defs": named,
    }


@cache
def schema_hash() -> str:
    """12 hex digits of the messages this server speaks: a client generated from others can say so in its log."""
    return str(build_schema()["x-hash"])


def _hash(defs: Schema) -> str:
    """Of names, types and limits; wording does not count."""
    text = json.dumps(_bare(defs), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _bare(part: Any) -> Any:
    if isinstance(part, dict):
        texts = ("description", "title")
        return {k: _bare(v) for k, v in part.items() if not (k in texts and isinstance(v, str))}
    return [_bare(item) for item in part] if isinstance(part, list) else part


def _require_type(body: Schema) -> None:
    """A message's ``type`` has a default in Python but must always be on the wire."""
    properties = body.get("properties", {})
    if "const" in properties.get("type", {}):
        properties["type"].pop("default", None)
        required = body.setdefault("required", [])
        if "type" not in required:
            body["required"] = ["type", *required]


def _reached(defs: Schema, start: str) -> set[str]:
    """Names of the definitions that ``start`` is made of, itself included."""
    seen: set[str] = set()
    open_names = [start]
    while open_names:
        name = open_names.pop()
        if name not in seen:
            seen.add(name)
            open_names.extend(_references({key: value for key, value in defs[name].items() if key != "discriminator"}))
    return seen


def _references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"].rsplit("/", 1)[1]] if "$ref" in part else []
        return own + [name for value in part.values() for name in _references(value)]
    return [name for item in part for name in _references(item)] if isinstance(part, list) else []
