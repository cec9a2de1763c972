"""HTTP: health, readiness, figures, the plan for drawing, a catalogue search, the kiosk page."""

from __future__ import annotations

import gzip
import hashlib
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request, Response
from fastapi.responses import JSONResponse

from server import translate
from server.pages import find_page
from server.plan_body import build_plan_body
from server.telemetry import log
from server.workers import WorkError
from wire.messages.ask import ItemBody
from wire.messages.base import Lang, Message
from wire.messages.suggest import SuggestBody, Suggestion

if TYPE_CHECKING:
    from server.parts import Parts


class FindBody(Message):
    """Records found, best first."""

    hits: tuple[ItemBody, ...]


class PlanCache:
    """The plan as bytes, made once per revision: (entity tag, JSON, the same gzipped)."""

    def __init__(self) -> None:
        self._made: tuple[object, str, bytes, bytes] | None = None

    def get(self, plan: Any) -> tuple[str, bytes, bytes]:
        """The current plan's bytes."""
        if self._made is None or self._made[0] is not plan:
            body = build_plan_body(plan).model_dump_json().encode()
            tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
            self._made = (plan, tag, body, gzip.compress(body, 6, mtime=0))
        return self._made[1:]


def add_routes(app: FastAPI) -> None:
    """Every HTTP path. ``app.state.parts`` holds the parts once the server has started."""
    router, cache = APIRouter(), PlanCache()

    @router.get("/health")
    async def health() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok", "version": program_version()}

    @router.get("/ready")
    async def ready(request: Request) -> JSONResponse:
        """Can readers be served? 503 with the reasons while they cannot."""
        parts: Parts | None = getattr(request.app.state, "parts", None)
        if parts is None:
            return JSONResponse({"ready": False, "faults": ["the server is starting"]}, 503)
        heard, (fit, faults) = parts.ears.state(), await parts.readiness.look()
        body = {
            "ready": fit,
            "plan_revision": parts.plan.revision if parts.plan is not None else None,
            "hearing": [lang for lang in ("en", "zh") if getattr(heard, lang)],
            "speaking": list(parts.speaking),
            "faults": list(faults),
        }
        return JSONResponse(body, 200 if fit else 503)

    @router.get("/metrics")
    async def metrics(request: Request) -> Response:
        """Figures in Prometheus' text format."""
        return Response(request.app.state.parts.telemetry.render(), media_type="text/plain; version=0.0.4")

    @router.get("/v1/plan")
    async def plan(request: Request) -> Response:
        """The building for drawing (``PlanBody``); answers 304 to a matching If-None-Match."""
        parts: Parts = request.app.state.parts
        if parts.plan is None:
            return _refusal("not_ready", 404)
        tag, body, packed = cache.get(parts.plan)
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(packed, headers={**headers, "Content-Encoding": "gzip"}, media_type="application/json")
        return Response(body, headers=headers, media_type="application/json")

    @router.get("/v1/find")
    async def find(
        request: Request,
        q: Annotated[str, Query(max_length=300)],
        lang: Lang = "en",
        limit: Annotated[int, Query(ge=1, le=50)] = 10,
    ) -> Response:
        """Search the catalogue; each hit with its shelf."""
        parts: Parts = request.app.state.parts
        try:
            hits = await parts.workers.run("thinking", lambda: parts.finder.find(q, limit))
        except Exception as fault:  # a shell edge: clients get a code and a sentence
            log.error("a search failed", exc_info=fault)
            code = translate.code_of(fault)
            return _refusal(code, 503 if code in ("busy", "timed_out") else 500, lang)
        body = FindBody(hits=tuple(translate.item_body(hit, parts.plan) for hit in hits))
        return Response(body.model_dump_json(), media_type="application/json")

    @router.get("/v1/suggest")
    async def suggest(request: Request, q: Annotated[str, Query(max_length=100)], lang: Lang = "en") -> Response:
        """Titles, authors and places that begin so; nothing rather than an error while there is too much to do."""
        parts: Parts = request.app.state.parts
        suggester, found = parts.suggester, tuple[Suggestion, ...]()
        if suggester is not None:
            try:
                found = await parts.workers.run("thinking", lambda: suggester.suggest(q, lang))
            except WorkError:
                pass  # the reader types on
            except Exception as fault:  # a shell edge: the reader types on, the log tells why
                log.error("suggestions failed", exc_info=fault)
        body = SuggestBody(suggestions=found)
        return Response(body.model_dump_json(), media_type="application/json", headers={"Cache-Control": "no-store"})

    @router.get("/{path:path}", include_in_schema=False)
    async def page(path: str) -> Response:
        """The built kiosk page and its files."""
        return find_page(path) or JSONResponse({"code": "not_found", "message": "There is no such page."}, 404)

    app.include_router(router)


def _refusal(code: Any, status: int, lang: Lang = "en") -> Response:
    return Response(translate.error(code, lang).model_dump_json(), status, media_type="application/json")


def program_version() -> str:
    try:
        return version("shelfway")
    except PackageNotFoundError:
        return "unknown"
