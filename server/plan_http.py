"""Closing and opening by HTTP: ``POST /v1/plan/close`` and ``/open`` for staff, ``GET /v1/plan/closed`` for everybody.

Staff show the setting ``token`` (as a bearer, or the password of a Basic login); without one only programs on the
server's own machine may, none that comes through a proxy, and no web page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from server.audit import AuditError
from server.auth_http import identity_of
from server.commands.plan import describe_closed, get_closable
from server.errors import CommandError
from server.telemetry import log
from spatial.changes import REASON_LENGTH
from spatial.errors import TwinError
from wire.messages.base import Lang, Message

if TYPE_CHECKING:
    from server.parts import Parts

_STATUS = {"unknown_place": 404, "ambiguous_place": 409}


class ChangeRequest(Message):
    """What to close or open, each by id or name, all or none of them; and what readers are told."""

    features: Annotated[tuple[Annotated[str, Field(max_length=300)], ...], Field(min_length=1, max_length=100)]
    reason: dict[Lang | Literal["und"], Annotated[str, Field(max_length=REASON_LENGTH)]] = Field(
        default_factory=dict, json_schema_extra={"propertyNames": {"enum": ["en", "zh", "und"]}}
    )


def plan_router() -> APIRouter:
    """The paths of the plan's changes."""
    router = APIRouter()

    @router.get("/v1/plan/closed")
    async def closed(request: Request) -> Response:
        """What is closed now."""
        return _state(request.app.state.parts)

    @router.post("/v1/plan/close")
    async def close(request: Request, asked: ChangeRequest) -> Response:
        """Lead nobody through these, from now on."""
        return await _change(request, asked, "close")

    @router.post("/v1/plan/open")
    async def open_(request: Request, asked: ChangeRequest) -> Response:
        """Let readers through again."""
        return await _change(request, asked, "open")

    return router


async def _change(request: Request, asked: ChangeRequest, act: Literal["close", "open"]) -> Response:
    parts: Parts = request.app.state.parts
    if parts.plan is None or parts.plan_changes is None:
        return _refusal("not_ready", "the home has no building; import a venue first", 404)
    try:
        ids = [get_closable(parts.plan, text).id for text in asked.features]
        reason = {str(lang): text for lang, text in asked.reason.items()}
        parts.audit.write(identity_of(request).who, f"plan.{act}", {"features": ids})
        if act == "close":
            await parts.plan_changes.change(close=ids, reason=reason)
        else:
            await parts.plan_changes.change(open_=ids)
    except CommandError as fault:
        return _refusal(fault.code, str(fault), _STATUS.get(fault.code, 422), fault.candidates)
    except (TwinError, AuditError, OSError) as fault:
        log.error("what is closed cannot be written", exc_info=fault)
        return _refusal("internal", "it could not be written; the server's log has the cause", 500)
    return _state(parts)


def _state(parts: Parts) -> Response:
    changes, plan = parts.plan_changes, parts.plan
    rows = describe_closed(plan, changes.now.closed) if changes is not None and plan is not None else []
    return JSONResponse({"closed": rows}, headers={"Cache-Control": "no-store"})


def _refusal(code: str, message: str, status: int, candidates: Any = None) -> Response:
    body = {"code": code, "message": message, **({"candidates": list(candidates)} if candidates else {})}
    return JSONResponse(body, status, headers={"Cache-Control": "no-store"})
