"""The application: the one place where the parts of a server are joined."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, WebSocket
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from server.audit import FILE as AUDIT
from server.auth_http import auth_router
from server.guard import Guard
from server.http import add_routes
from server.journeys.notes import follow_notes
from server.look_http import look_router
from server.models_http import models_router
from server.openapi import describe
from server.pages import SecurityHeaders
from server.parts import Parts
from server.plan_http import plan_router
from server.presence_link import PresenceLink
from server.privacy import expire_all
from server.privacy_http import privacy_router
from server.review_http import review_router
from server.socket import serve_socket
from server.staff_http import staff_router
from server.store_http import store_router
from server.telemetry import log
from server.tours_http import tours_router
from server.visits_redis import RedisVisits
from server.worlds_http import worlds_router

EXPIRE_EVERY_S = 15.0
EXPIRE_OLD_EVERY_S = 3600.0
HTTP_CODES = {
    404: ("not_found", "There is no such path."),
    405: ("not_allowed", "This path does not take this method."),
}
COLLECT_AFTER = (10_000, 20, 50)
"""Objects made, and younger collections, after which the collector looks: seldom, for poses come by the thousand."""


def build_app(make_parts: Callable[[], Parts]) -> FastAPI:
    """The ASGI application. ``make_parts`` is called in a thread when the server starts; it may take its time."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        parts = await asyncio.to_thread(make_parts)
        app.state.parts = parts
        async with asyncio.TaskGroup() as group:
            chores = [
                group.create_task(_expire(parts)),
                group.create_task(_warm_up(parts)),
                group.create_task(_retain(parts)),
            ]
            chores.append(group.create_task(parts.rooms.run(time.monotonic)))
            chores.append(group.create_task(follow_notes(parts)))
            if parts.settings.hub_url is not None:
                parts.rooms.link = PresenceLink(parts.rooms, parts.hub, time.monotonic)
                chores.append(group.create_task(parts.rooms.link.run()))
                node, url = parts.rooms.link.node, parts.settings.hub_url
                parts.visits = RedisVisits(url, parts.sessions, parts.hub, node, time.monotonic)
                chores.append(group.create_task(parts.visits.run()))
            if parts.plan_changes is not None:
                chores.append(group.create_task(parts.plan_changes.run()))
            yield
            for chore in chores:
                chore.cancel()
        if parts.scenes is not None:
            await parts.scenes.close()
        if parts.visits is not None:
            await parts.visits.close()
        if parts.rooms.link is not None:
            parts.rooms.link.goodbye()
        await parts.hub.close()
        parts.workers.close()
        await parts.gate.close()
        parts.kept.close()
        parts.audit.close()
        parts.close_home()

    app = FastAPI(title="Shelfway", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url="/v1/openapi.json")
    app.add_middleware(Guard)
    app.add_middleware(SecurityHeaders)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, fault: RequestValidationError) -> JSONResponse:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return JSONResponse({"code": "bad_message", "message": f"{where}: {first['msg']}"}, 422)

    @app.exception_handler(HTTPException)
    async def refused(_: Request, fault: HTTPException) -> JSONResponse:
        code, text = HTTP_CODES.get(fault.status_code, ("bad_message", "The request is not understood."))
        return JSONResponse({"code": code, "message": text}, fault.status_code, headers=dict(fault.headers or {}))

    @app.websocket("/v1/ws")
    async def socket(websocket: WebSocket) -> None:
        await serve_socket(websocket, app.state.parts)

    app.include_router(auth_router())
    app.include_router(privacy_router())
    app.include_router(store_router())
    app.include_router(look_router())
    app.include_router(models_router())
    app.include_router(staff_router())
    app.include_router(worlds_router())
    app.include_router(review_router())
    app.include_router(plan_router())
    app.include_router(tours_router())
    add_routes(app)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


async def _expire(parts: Parts) -> None:
    while True:
        await parts.gate.read_keys()
        await asyncio.sleep(EXPIRE_EVERY_S)
        parts.sessions.expire(time.monotonic())
        parts.telemetry.visits.set(len(parts.sessions))
        parts.gate.issued.flush(time.time())
        for connection in list(parts.connections):
            connection.end_unless_known()


async def _retain(parts: Parts) -> None:
    """Write what readers agreed to be kept; every hour let go of what is too old."""
    expired_at = float("-inf")
    while True:
        try:
            if time.monotonic() - expired_at > EXPIRE_OLD_EVERY_S:
                expired_at = time.monotonic()
                await asyncio.to_thread(expire_all, parts.holders, time.time())
                if (parts.settings.home / AUDIT).is_file():
                    await asyncio.to_thread(parts.audit.expire, parts.settings.audit_days)
            await asyncio.to_thread(parts.kept.flush)
        except Exception as fault:  # a chore: a full disk today must not end it for ever
            log.error("what is kept on readers could not be written or let go", exc_info=fault)
        await asyncio.sleep(EXPIRE_EVERY_S)


async def _warm_up(parts: Parts) -> None:
    """Do once what the first reader would otherwise wait for; ready when it is done."""
    from server.warm import warm_up

    try:
        faults = await asyncio.to_thread(warm_up, parts)
    except Exception as fault:  # the edge of a task: a server that cannot warm up still says why
        log.error("the server could not be made ready", exc_info=fault)
        faults = ("a part failed when it was tried; see the log",)
    if threading.current_thread() is threading.main_thread():  # a process of its own, not a test's
        gc.collect()
        gc.set_threshold(*COLLECT_AFTER)
        gc.freeze()  # what is here stays; looking through it again would hold everybody up for a tenth of a second
    parts.faults = (*parts.faults, *faults)
    parts.ready = not faults and parts.plan is not None
