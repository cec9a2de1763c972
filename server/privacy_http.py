"""HTTP for signed-in readers: what they agree to, what is held on them, and forgetting it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from server.agreed import PURPOSES, TEXTS, TEXTS_VERSION, Purpose
from server.auth_http import NO_STORE, identity_of
from server.privacy import erase_reader, export_reader
from server.telemetry import log
from wire.messages.base import Message

if TYPE_CHECKING:
    from server.parts import Parts

T = TypeVar("T")


class ConsentBody(Message):
    """One purpose, what is agreed to word for word, and what the reader has said."""

    purpose: Purpose
    text: dict[str, str]
    version: int
    days: int = Field(description="Days after which it is let go.")
    granted: bool
    at_s: float | None = Field(description="Unix seconds of the last change; null: never asked.")


class ConsentsBody(Message):
    """Every purpose."""

    consents: tuple[ConsentBody, ...]


class Decision(Message):
    """The reader's word, purpose by purpose; one that is left out stays as it is."""

    decisions: Annotated[dict[Purpose, bool], Field(min_length=1, max_length=len(PURPOSES))]


def privacy_router() -> APIRouter:
    """The paths of this file; the table of rights opens them to signed-in readers only."""
    router = APIRouter()

    @router.get("/v1/me/consents", response_model=ConsentsBody)
    async def consents(request: Request) -> Response:
        """What one has agreed to."""
        return await _answer(request, lambda parts, reader: _consents(parts, reader))

    @router.put("/v1/me/consents", response_model=ConsentsBody)
    async def decide(request: Request, asked: Decision) -> Response:
        """Agree, or take it back; taking it back erases what was kept for it."""

        def carry_out(parts: Parts, reader: str) -> ConsentsBody:
            for purpose, granted in asked.decisions.items():
                parts.kept.decide(reader, purpose, granted, time.time())
            return _consents(parts, reader)

        return await _answer(request, carry_out)

    @router.get("/v1/me/data")
    async def data(request: Request) -> Response:
        """Everything that is held on the reader."""
        answer = await _answer(request, lambda parts, reader: export_reader(parts.holders, reader))
        answer.headers["Content-Disposition"] = 'attachment; filename="shelfway.json"'
        return answer

    @router.delete("/v1/me/data")
    async def erase(request: Request) -> Response:
        """Forget the reader, also what was agreed to; how many things, by holder."""
        return await _answer(request, lambda parts, reader: {"erased": erase_reader(parts.holders, reader)})

    return router


def _consents(parts: Parts, reader: str) -> ConsentsBody:
    bodies = []
    for consent in parts.kept.consents(reader):
        days = parts.kept.days[consent.purpose]
        text = {lang: words.format(days=days) for lang, words in TEXTS[consent.purpose].items()}
        bodies.append(
            ConsentBody(
                purpose=consent.purpose,
                text=text,
                version=TEXTS_VERSION,
                days=days,
                granted=consent.granted,
                at_s=consent.at_s,
            )
        )
    return ConsentsBody(consents=tuple(bodies))


async def _answer(request: Request, make: Callable[[Parts, str], Any]) -> Response:
    parts: Parts = request.app.state.parts
    reader = identity_of(request).reader
    if reader is None:
        return JSONResponse({"code": "not_allowed", "message": "Sign in as a reader."}, 403, headers=NO_STORE)
    try:
        body = await parts.workers.run("thinking", lambda: make(parts, reader))
    except Exception as fault:  # a shell edge: readers get a sentence, the log the cause
        log.error("what is held on a reader could not be read or changed", exc_info=fault)
        text = "It could not be done; please ask at the desk."
        return JSONResponse({"code": "internal", "message": text}, 500, headers=NO_STORE)
    return JSONResponse(body.model_dump(mode="json") if isinstance(body, Message) else body, headers=NO_STORE)
