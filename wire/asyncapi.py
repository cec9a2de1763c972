"""The AsyncAPI 3 document of the websocket: who may send what."""

from __future__ import annotations

from typing import Any

from wire.codes import SUBPROTOCOL, VERSION

Schema = dict[str, Any]


def build_asyncapi(schema: Schema) -> Schema:
    """The document, from the schema of ``build_schema``; schema references point into its own components."""
    defs: Schema = schema["$defs"]
    sent = {"FromClient": "receive", "ToClient": "send"}
    messages: Schema = {}
    operations: Schema = {}
    for union, action in sent.items():
        names = [member["$ref"].rsplit("/", 1)[1] for member in defs[union]["oneOf"]]
        for name in names:
            messages[name] = {
                "name": defs[name]["properties"]["type"]["const"],
                "summary": defs[name].get("description", name),
                "contentType": "application/json",
                "payload": {"$ref": f"#/components/schemas/{name}"},
            }
        operations[union] = {
            "action": action,
            "channel": {"$ref": "#/channels/session"},
            "messages": [{"$ref": f"#/channels/session/messages/{name}"} for name in names],
        }
    messages["Audio"] = {
        "name": "audio",
        "summary": "Binary audio frame, both ways: 24 bytes of header, then PCM16 (wire/audio.py).",
        "contentType": "application/octet-stream",
    }
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Shelfway",
            "version": str(VERSION),
            "description": "Ask a librarian, be led to the shelf.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {
            "session": {
                "address": "/v1/ws",
                "description": f"One websocket per client, subprotocol {SUBPROTOCOL}.",
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
            }
        },
        "operations": operations,
        "components": {"messages": messages, "schemas": _moved(defs)},
    }


def _moved(part: Any) -> Any:
    if isinstance(part, dict):
        return {
            key: value.replace("#/$defs/", "#/components/schemas/") if key == "$ref" else _moved(value)
            for key, value in part.items()
            if key != "discriminator"
        }
    return [_moved(item) for item in part] if isinstance(part, list) else part
