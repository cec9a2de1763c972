"""``GET /store/{hash}.{ext}``: finished files by their hash, with entity tags and byte ranges (RFC 9110)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from assets.store import MEDIA_TYPES
from server import translate
from server.auth_http import identity_of
from server.telemetry import log

if TYPE_CHECKING:
    from assets.store import Store
    from server.parts import Parts

RANGE = re.compile(r"bytes=(\d*)-(\d*)")
FOREVER = "public, max-age=31536000, immutable"


def store_router() -> APIRouter:
    """The store's paths. Files never change, so a client that has one need not ask again."""
    router = APIRouter()

    @router.head("/store/{digest}.{ext}", include_in_schema=False)
    @router.get("/store/{digest}.{ext}")
    async def stored(request: Request, digest: str, ext: str) -> Response:
        """A finished file; 304 to a matching If-None-Match, 206 to a range, 410 when it was taken down."""
        parts: Parts = request.app.state.parts
        store = parts.store
        if store is None:
            return _missing(404)
        staff = identity_of(request).role == "staff"

        def given() -> Response:
            if ext == "glb" and parts.scenes is not None and not staff:
                entry = store.find_entry(digest)
                if entry is not None and not parts.scenes.worlds.may_be_shown(entry):
                    return _missing(404)  # it waits for staff: nobody else gets it, not even by its hash
            made = answer(store, request.method, request.headers.get, digest, ext)
            if staff and parts.settings.worlds_reviewed:
                made.headers["Cache-Control"] = "private, no-cache"  # no cache between may keep it for readers
            return made

        try:
            return await parts.workers.run("thinking", given)
        except Exception as fault:  # a shell edge: clients get a code and a sentence
            log.error("a stored file could not be given", exc_info=fault)
            code = translate.code_of(fault)
            body = translate.error(code, "en").model_dump_json()
            return Response(body, 503 if code in ("busy", "timed_out") else 500, media_type="application/json")

    return router


def answer(store: Store, method: str, header: Callable[[str], str | None], digest: str, ext: str) -> Response:
    """The response to a request for a file; blocking."""
    size = store.size(digest, ext)
    if size is None:
        return _missing(410 if store.taken(digest) else 404)
    tag = f'"{digest}.{ext}"'
    headers = {"ETag": tag, "Cache-Control": FOREVER, "Accept-Ranges": "bytes"}
    asked_tags = header("if-none-match") or ""
    if tag in asked_tags or asked_tags.strip() == "*":
        return Response(status_code=304, headers=headers)
    wanted = header("range")
    start, stop, status = 0, size, 200
    if wanted is not None and header("if-range") in (None, tag):
        cut = find_range(wanted, size)
        if cut == "unsatisfiable":
            return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
        if cut is not None and not isinstance(cut, str):
            start, stop = cut
            status = 206
            headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    media = MEDIA_TYPES[ext]
    if method == "HEAD":
        return Response(status_code=status, headers={**headers, "Content-Length": str(stop - start)}, media_type=media)
    data = store.read(digest, ext, start, stop)
    return Response(data, status, headers, media) if data is not None else _missing(404)


def find_range(text: str, size: int) -> tuple[int, int] | str | None:
    """(start, stop) of one range; "unsatisfiable"; None for what is not understood, which is then ignored."""
    found = RANGE.fullmatch(text.strip())
    if found is None or found[0] == "bytes=-":
        return None
    first, last = found[1], found[2]
    if not first:
        length = min(int(last), size)
        return (size - length, size) if length else "unsatisfiable"
    start, stop = int(first), min(int(last) + 1, size) if last else size
    if last and int(last) < int(first):
        return None
    return (start, stop) if start < size else "unsatisfiable"


def _missing(status: int) -> Response:
    text = "This file was taken down." if status == 410 else "The store holds no such file."
    return JSONResponse({"code": "not_found", "message": text}, status)
