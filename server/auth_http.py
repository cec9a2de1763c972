"""HTTP: tickets for the websocket, who one is to the server, and the log of what staff did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from server.identity import ANYONE, ON_THIS_MACHINE, VISITOR, Identity
from server.rights import Role, may_send
from server.telemetry import log
from server.tickets import GOOD_FOR_S
from wire.messages.base import Message

if TYPE_CHECKING:
    from server.parts import Parts

NO_STORE = {"Cache-Control": "no-store"}


class TicketBody(Message):
    """A ticket for one connection: ``/v1/ws?ticket=…``."""

    ticket: str
    expires_in_s: int


class MeBody(Message):
    """Who the bearer is here."""

    role: Role
    key: str = Field(description="What let the bearer in, never the key itself.")
    reader: str | None = Field(description="The signed-in reader's pseudonym.")


class AuditEntry(Message):
    """One act of staff."""

    number: int
    at_s: float = Field(description="Unix seconds.")
    who: str
    act: str
    what: dict[str, object]
    hash: str


class AuditBody(Message):
    """The newest entries, newest first. ``broken_at``: number of the first entry that was tampered with, or null."""

    entries: tuple[AuditEntry, ...]
    broken_at: int | None


def identity_of(request: Request) -> Identity:
    """Who makes a request, as the guard found out."""
    return request.scope.get("identity") or ANYONE


def auth_router() -> APIRouter:
    """The paths of this file."""
    router = APIRouter()

    @router.post("/v1/tickets", response_model=TicketBody)
    async def tickets(request: Request) -> Response:
        """A ticket for one connection, in the name of whoever asks; good for 30 s."""
        parts: Parts = request.app.state.parts
        identity = identity_of(request)
        if identity is ON_THIS_MACHINE:
            identity = VISITOR  # on the socket staff need a key: a kiosk's page runs on this machine too
        if not may_send(identity.role, "hello"):
            return JSONResponse({"code": "not_allowed", "message": "This key opens no connection."}, 403)
        try:
            ticket = await parts.gate.tickets.issue(identity)
        except Exception as fault:  # a shell edge: the shared store of tickets may be away
            log.error("a ticket could not be issued", exc_info=fault)
            body = {"code": "busy", "message": "Tickets cannot be given just now."}
            return JSONResponse(body, 503, headers={**NO_STORE, "Retry-After": "2"})
        body_ = TicketBody(ticket=ticket, expires_in_s=GOOD_FOR_S)
        return Response(body_.model_dump_json(), media_type="application/json", headers=NO_STORE)

    @router.get("/v1/me", response_model=MeBody)
    async def me(request: Request) -> Response:
        """Who one is to this server."""
        identity = identity_of(request)
        body = MeBody(role=identity.role, key=identity.key, reader=identity.reader)
        return Response(body.model_dump_json(), media_type="application/json", headers=NO_STORE)

    @router.get("/staff/audit", response_model=AuditBody)
    async def audit(
        request: Request,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    ) -> Response:
        """What staff did, newest first."""
        parts: Parts = request.app.state.parts

        def read() -> AuditBody:
            entries = tuple(
                AuditEntry(number=e.number, at_s=e.at_s, who=e.who, act=e.act, what=dict(e.what), hash=e.hash)
                for e in parts.audit.read(limit, before)
            )
            return AuditBody(entries=entries, broken_at=parts.audit.verify())

        try:
            body = await parts.workers.run("thinking", read)
        except Exception as fault:  # a shell edge: staff get a sentence, the log the cause
            log.error("the audit log cannot be read", exc_info=fault)
            return JSONResponse({"code": "internal", "message": "The audit log cannot be read; see the log."}, 500)
        return Response(body.model_dump_json(), media_type="application/json", headers=NO_STORE)

    return router
