"""``/v1/openapi.json``: what FastAPI finds in the routes, and what it cannot know: who may, refusals, content."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from server.http import program_version
from server.rights import EVERYBODY, STAFF, find_rule

REFUSAL: Final = {
    "type": "object",
    "description": "Why a request was refused; the codes stand in the reference.",
    "required": ["code", "message"],
    "properties": {
        "code": {"type": "string"},
        "message": {"type": "string", "description": "A sentence for people."},
        "retryable": {"type": "boolean"},
    },
}
CONTENT: Final[dict[str, tuple[str, ...]]] = {
    "/metrics": ("text/plain",),
    "/staff/turns": ("text/html", "application/json"),
    "/twin/{revision}.glb": ("model/gltf-binary",),
    "/librarian/{look}.glb": ("model/gltf-binary",),
    "/store/{digest}.{ext}": ("model/gltf-binary", "image/png", "image/jpeg", "image/webp", "application/json"),
}
"""Paths that answer with something else than JSON."""
PICTURES: Final = ("image/jpeg", "image/png", "image/webp")
SCHEMES: Final = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "The token, a key, or a sign-in."},
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "A key that was handed out."},
}


def describe(app: FastAPI) -> dict[str, Any]:
    """The document, made once."""
    if app.openapi_schema is not None:
        return app.openapi_schema
    parts_of_server = getattr(app.state, "parts", None)
    open_here = parts_of_server is not None and parts_of_server.settings.token is None
    body = get_openapi(title=app.title, version=program_version(), routes=app.routes)
    parts = body.setdefault("components", {})
    parts.setdefault("schemas", {})["Refusal"] = REFUSAL
    parts["securitySchemes"] = SCHEMES
    refusal = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    for path, operations in body["paths"].items():
        for method, operation in operations.items():
            answers = operation["responses"]
            answers.pop("422", None)  # FastAPI's own form of it is not ours
            answers["default"] = {"description": "Refused, or not possible now.", "content": refusal}
            _add_rights(operation, method.upper(), path, open_here)
            if path in CONTENT:
                binary = {"schema": {"type": "string", "format": "binary"}}
                answers["200"]["content"] = {kind: ({} if "json" in kind else binary) for kind in CONTENT[path]}
    body["paths"]["/v1/look"]["post"]["requestBody"] = {
        "required": True,
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in PICTURES},
    }
    body["paths"]["/ready"]["get"]["responses"]["503"] = {
        "description": "Readers cannot be served now; `faults` says why.",
        "content": {"application/json": {}},
    }
    app.openapi_schema = body
    return body


def _add_rights(operation: dict[str, Any], method: str, path: str, open_here: bool) -> None:
    """``open_here``: no token is set, so that staff on this machine need to show nothing."""
    rule = find_rule(method, path)
    roles = rule.roles if rule is not None else STAFF
    if roles != EVERYBODY:
        operation["security"] = [*([{}] if open_here else []), {"bearer": []}, {"key": []}]
        who = ", ".join(sorted(roles))
        operation["description"] = f"{operation.get('description', '')} For {who} only.".strip()
    else:
        operation["security"] = [{}, {"bearer": []}, {"key": []}]
