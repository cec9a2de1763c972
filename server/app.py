"""The application: the one place where the parts of a server are joined."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, WebSocket
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from server.http import add_routes
from server.look_http import look_router
from server.models_http import models_router
from server.pages import SecurityHeaders
from server.parts import Parts
from server.plan_http import plan_router
from server.review_http import review_router
from server.socket import serve_socket
from server.staff_http import staff_router
from server.store_http import store_router
from server.telemetry import log
from server.worlds_http import worlds_router

EXPIRE_EVERY_S = 15.0


def build_app(make_parts: Callable[[], Parts]) -> FastAPI:
    """The ASGI application. ``make_parts`` is called in a thread when the server starts; it may take its time."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        parts = await asyncio.to_thread(make_parts)
        app.state.parts = parts
        async with asyncio.TaskGroup() as group:
            chores = [group.create_task(_expire(parts)), group.create_task(_warm_up(parts))]
            chores.append(group.create_task(parts.rooms.run(time.monotonic)))
            if parts.plan_changes is not None:
                chores.append(group.create_task(parts.plan_changes.run()))
            yield
            for chore in chores:
                chore.cancel()
        if parts.scenes is not None:
            await parts.scenes.close()
        await parts.hub.close()
        parts.workers.close()
        parts.close_home()

    app = FastAPI(title="Shelfway", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url="/v1/openapi.json")
    app.add_middleware(SecurityHeaders)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, fault: RequestValidationError) -> JSONResponse:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return JSONResponse({"code": "bad_message", "message": f"{where}: {first['msg']}"}, 422)

    @app.websocket("/v1/ws")
    async def socket(websocket: WebSocket) -> None:
        await serve_socket(websocket, app.state.parts)

    app.include_router(store_router())
    app.include_router(look_router())
    app.include_router(models_router())
    app.include_router(staff_router())
    app.include_router(worlds_router())
    app.include_router(review_router())
    app.include_router(plan_router())
    add_routes(app)
    return app


async def _expire(parts: Parts) -> None:
    while True:
        await asyncio.sleep(EXPIRE_EVERY_S)
        parts.sessions.expire(time.monotonic())
        parts.telemetry.visits.set(len(parts.sessions))


async def _warm_up(parts: Parts) -> None:
    """Do once what the first reader would otherwise wait for; ready when it is done."""
    from server.warm import warm_up

    try:
        faults = await asyncio.to_thread(warm_up, parts)
    except Exception as fault:  # the edge of a task: a server that cannot warm up still says why
        log.error("the server could not be made ready", exc_info=fault)
        faults = ("a part failed when it was tried; see the log",)
    parts.faults = (*parts.faults, *faults)
    parts.ready = not faults and parts.plan is not None
