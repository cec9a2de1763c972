"""HTTP: the building and the librarian as 3-D models, each made once and kept while it is asked for."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from server import translate
from server.telemetry import log
from wire.codes import ErrorCode

if TYPE_CHECKING:
    from server.parts import Parts

KEPT = 24
"""Models kept in memory: a whole building of three levels and a few librarians are under 2 MB."""

MEDIA = "model/gltf-binary"


class Models:
    """Finished models by name; each is made once, however many ask at the same time."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[object, ...], tuple[str, bytes, bytes]] = OrderedDict()
        self._locks: dict[tuple[object, ...], asyncio.Lock] = {}

    async def get(self, parts: Parts, key: tuple[object, ...], make: Callable[[], bytes]) -> tuple[str, bytes, bytes]:
        """(entity tag, bytes, the same gzipped) of the model ``key``, made by ``make`` in a worker when it is new."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                if key not in self._made:
                    self._made[key] = await parts.workers.run("thinking", lambda: _finish(make()))
                self._made.move_to_end(key)
                while len(self._made) > KEPT:
                    self._made.popitem(last=False)
                return self._made[key]
        finally:
            if not lock.locked():
                self._locks.pop(key, None)


def models_router() -> APIRouter:
    """``GET /twin/{revision}.glb`` with ``?level=`` for one level; ``GET /librarian/{look}.glb``."""
    router, models = APIRouter(), Models()

    @router.get("/twin/{revision}.glb")
    async def twin(request: Request, revision: str, level: int | None = None) -> Response:
        """The building of this revision as glTF; 404 when it is not the one that is served now."""
        parts: Parts = request.app.state.parts
        plan = parts.plan
        if plan is None:
            return _refusal("not_ready", 404)
        if revision not in (plan.revision, "current") or level not in (None, *(lv.ordinal for lv in plan.levels)):
            return _refusal("unknown_place", 404)

        def make() -> bytes:
            from assets.twin import build_twin

            return build_twin(plan, level).data

        # "current" is a way in for people and tests; a revision never changes what it means
        cache = "no-cache" if revision == "current" else "public, max-age=3600"
        return await _answer(request, models, ("twin", plan.revision, level), make, cache)

    @router.get("/librarian/{look}.glb")
    async def librarian(request: Request, look: str) -> Response:
        """The librarian as glTF in one of our looks, or in the home's own: ``persona``."""
        from assets.librarian_look import LOOKS, read_persona_look

        home = request.app.state.parts.settings.home
        if look != "persona" and look not in LOOKS:
            return _refusal("unknown_place", 404)

        def make() -> bytes:
            from assets.librarian import build_librarian

            return build_librarian(LOOKS[look] if look != "persona" else read_persona_look(home / "persona.toml"))

        return await _answer(request, models, ("librarian", look), make, "no-cache")

    return router


async def _answer(
    request: Request, models: Models, key: tuple[object, ...], make: Callable[[], bytes], cache: str
) -> Response:
    parts: Parts = request.app.state.parts
    try:
        tag, body, packed = await models.get(parts, key, make)
    except Exception as fault:  # a shell edge: clients get a code and a sentence
        log.error("a model could not be made", exc_info=fault)
        code = translate.code_of(fault)
        return _refusal(code, 503 if code in ("busy", "timed_out") else 500)
    headers = {"ETag": tag, "Cache-Control": cache, "Vary": "Accept-Encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, headers={**headers, "Content-Encoding": "gzip"}, media_type=MEDIA)
    return Response(body, headers=headers, media_type=MEDIA)


def _finish(data: bytes) -> tuple[str, bytes, bytes]:
    return f'"{hashlib.sha256(data).hexdigest()[:32]}"', data, gzip.compress(data, 6, mtime=0)


def _refusal(code: ErrorCode, status: int) -> Response:
    body: Any = translate.error(code, "en").model_dump_json()
    return Response(body, status, media_type="application/json")
