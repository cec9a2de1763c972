"""Worlds by HTTP: what readers may have (``GET /v1/worlds``, a picture of each), and the staff's page of review.

``GET /staff/worlds`` shows every world with its picture, its prompt and who painted it; ``POST /staff/worlds/{hash}``
approves it, takes it back, or takes it down for good. Staff show the setting ``token`` as everywhere; a page of another
site cannot act for them. Lists hold worlds of books only: what readers thought up themselves is nobody else's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from assets.errors import AssetError
from assets.view import picture_of
from server.audit import AuditError
from server.auth_http import identity_of
from server.errors import CommandError
from server.store_http import FOREVER
from server.telemetry import log
from server.worlds_page import write_page
from server.worlds_review import Act, Kept, Review

if TYPE_CHECKING:
    from server.parts import Parts

MOST_LISTED, LONGEST_FORM = 200, 4096


def worlds_router() -> APIRouter:
    """The paths of worlds."""
    router = APIRouter()

    @router.get("/v1/worlds")
    async def worlds(request: Request) -> Response:
        """Worlds of books that readers may have, the newest first."""
        review = _review(request.app.state.parts)
        kept = await _run(request, review.list) if review is not None else ()
        books = [_told(one) for one in kept if one.shown and one.entry.facts.record_id]
        return JSONResponse(books[:MOST_LISTED])

    @router.get("/v1/worlds/{digest}.jpg")
    async def picture(request: Request, digest: str) -> Response:
        """What one sees on entering a world, with its mark."""
        parts: Parts = request.app.state.parts
        review = _review(parts)
        found = await _run(request, lambda: review.find(digest)) if review is not None else None
        if found is None or parts.store is None or not (found.shown or identity_of(request).role == "staff"):
            return JSONResponse({"code": "not_found", "message": "There is no such world."}, 404)
        tag, store = f'"{digest}.view"', parts.store
        caching = FOREVER if found.shown else "no-store"
        headers = {"ETag": tag, "Cache-Control": caching}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        try:
            kind: Any = found.entry.facts.label
            data = await _run(request, lambda: picture_of(store.read(digest, "glb") or b"", kind))
        except AssetError as fault:
            log.warning("a world has no picture: %s", type(fault).__name__)
            return JSONResponse({"code": "not_found", "message": "This world has no picture."}, 404)
        return Response(data, headers=headers, media_type="image/jpeg")

    @router.get("/staff/worlds")
    async def page(request: Request) -> Response:
        """Every world that is kept, those that wait first."""
        parts: Parts = request.app.state.parts
        review = _review(parts)
        kept = await _run(request, review.list) if review is not None else ()
        no_store = {"Cache-Control": "no-store"}
        if "application/json" in request.headers.get("accept", ""):
            told = [_told(one) | {"shown": one.shown, "prompt": one.entry.facts.prompt} for one in kept]
            return JSONResponse(told, headers=no_store)
        settings = parts.settings
        return HTMLResponse(write_page(kept, settings.worlds_reviewed, settings.languages[0]), headers=no_store)

    @router.post("/staff/worlds/{digest}")
    async def act(request: Request, digest: str) -> Response:
        """Approve, withdraw or remove a world: the form fields ``act`` and, to remove, ``reason``."""
        parts: Parts = request.app.state.parts
        form = parse_qs((await request.body())[:LONGEST_FORM].decode("utf-8", "replace"))
        asked: Any = form.get("act", [""])[0]
        review = _review(parts)
        if asked not in get_args(Act) or review is None:
            return JSONResponse({"code": "bad_message", "message": f"act is one of {', '.join(get_args(Act))}"}, 422)
        reason = form.get("reason", [""])[0]
        try:
            parts.audit.write(identity_of(request).who, f"worlds.{asked}", {"hash": digest})
            there = await _run(request, lambda: review.act(digest, asked, reason))
        except (AssetError, AuditError, CommandError) as fault:
            log.error("a review could not be kept", exc_info=fault)
            return JSONResponse({"code": "internal", "message": "It could not be written; see the server's log."}, 500)
        if not there:
            return JSONResponse({"code": "not_found", "message": "There is no such world."}, 404)
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse({"hash": digest, "act": asked})
        return RedirectResponse("/staff/worlds", 303)

    return router


def _review(parts: Parts) -> Review | None:
    return Review(parts.scenes.worlds, parts.store) if parts.scenes is not None and parts.store is not None else None


async def _run(request: Request, job: Any) -> Any:
    parts: Parts = request.app.state.parts
    return await parts.workers.run("thinking", job)


def _told(kept: Kept) -> dict[str, Any]:
    entry, facts = kept.entry, kept.entry.facts
    return {
        "hash": entry.hash,
        "url": f"/store/{entry.name}",
        "picture": f"/v1/worlds/{entry.hash}.jpg",
        "bytes": entry.size,
        "title": facts.title,
        "record_id": facts.record_id,
        "label": facts.label,
        "painter": facts.painter,
        "licence": facts.licence,
        "made_at": facts.made_at,
    }
