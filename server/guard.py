"""The guard in front of every path: whose address it is, how often, how much, and by what right.

It looks at each request and each attempt to open a socket before anything else does. What it refuses costs next to
nothing: 429 with ``Retry-After``, 413, 403, 401. The identity it found lies in ``scope["identity"]``, the client's
address in ``scope["address"]``.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server import translate
from server.identity import ANYONE, Identity
from server.limits import limit_key
from server.rights import BODY_MAX, STAFF, find_rule, methods_of
from server.sign_in import KeysError
from server.telemetry import log
from server.workers import WorkError

if TYPE_CHECKING:
    from server.parts import Parts

SAFE = ("GET", "HEAD", "OPTIONS")
NO_STORE = {"Cache-Control": "no-store"}


class Guard:
    """ASGI middleware. Before the parts are joined it lets pass what asks whether the server is there."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        parts: Parts | None = getattr(scope["app"].state, "parts", None) if "app" in scope else None
        if scope["type"] not in ("http", "websocket") or parts is None:
            await self.app(scope, receive, send)
            return
        headers = _joined(Headers(scope=scope))
        peer = (scope.get("client") or ("", 0))[0]
        scope["address"] = address = parts.gate.proxies.address(peer, headers.get("x-forwarded-for", ""))
        if parts.gate.proxies.trusts(peer) and headers.get("x-forwarded-proto") in ("https", "wss"):
            scope["scheme"] = "https" if scope["type"] == "http" else "wss"
        if scope["type"] == "websocket":
            wait_s = parts.gate.attempts.take(limit_key(address), time.monotonic())
            if wait_s > 0:
                parts.telemetry.refused.labels("connect").inc()
                await too_many(wait_s)(scope, receive, send)
                return
            await self.app(scope, receive, send)
            return
        refusal = await self._judge(parts, scope, peer, headers)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        rule = find_rule(scope["method"], scope["path"])
        await _with_limit(self.app, scope, receive, send, rule.body_max if rule is not None else BODY_MAX)

    async def _judge(self, parts: Parts, scope: Scope, peer: str, headers: Mapping[str, str]) -> Response | None:
        """The refusal of a request; None: it may pass."""
        gate, method, path, address = parts.gate, scope["method"], scope["path"], scope["address"]
        rule = find_rule(method, path)
        if rule is None or rule.counted:
            wait_s = gate.requests.take(limit_key(address), time.monotonic())
            if wait_s > 0:
                return self._slow_down(parts, wait_s)
        methods = methods_of(path) if rule is None else ()
        if methods:
            body = {"code": "not_allowed", "message": "This path does not take this method."}
            return JSONResponse(body, 405, headers={**NO_STORE, "Allow": ", ".join(methods)})
        try:
            found = await gate.identify_request(peer, headers, address)
        except (KeysError, WorkError) as fault:
            log.warning("a sign-in cannot be verified now: %s", fault)
            return _refusal("busy", 503, {"Retry-After": "10"})
        if found == "too_many":
            return self._slow_down(parts, 5.0)
        identity = found if isinstance(found, Identity) else ANYONE
        scope["identity"] = identity
        if rule is not None and rule.counted:
            wait_s = gate.issued.use(identity, time.time())
            if wait_s > 0:
                return self._slow_down(parts, wait_s)
        if identity.key.startswith("tk_") or identity.reader is not None:
            wait_s = gate.requests.take(f"key {identity.reader or identity.key}", time.monotonic())
            if wait_s > 0:
                return self._slow_down(parts, wait_s)
        wanted = rule.roles if rule is not None else STAFF
        if method not in SAFE and (not _own_page(headers, parts) or _sent_from_elsewhere(path, headers)):
            return _refusal("not_allowed", 403)
        if found == "unknown" or identity.role not in wanted:
            return self._unknown(parts, found == "unknown", identity, path)
        return None

    def _slow_down(self, parts: Parts, wait_s: float) -> Response:
        parts.telemetry.refused.labels("request").inc()
        return too_many(wait_s)

    def _unknown(self, parts: Parts, unknown: bool, identity: Identity, path: str) -> Response:
        """401 where showing a key would help, 403 where it would not."""
        parts.telemetry.refused.labels("rights").inc()
        could = parts.settings.token is not None or parts.gate.sign_in is not None
        if unknown or (identity.role in ("anyone", "visitor") and could):
            realm = "Basic" if path.startswith("/staff/") else "Bearer"
            return _refusal("not_authorised", 401, {"WWW-Authenticate": f'{realm} realm="Shelfway"'})
        return _refusal("not_allowed", 403)


def too_many(wait_s: float) -> Response:
    """Come back later."""
    return _refusal("rate_limited", 429, {"Retry-After": str(max(1, math.ceil(wait_s)))})


def _refusal(code: Any, status: int, headers: Mapping[str, str] | None = None) -> Response:
    body = translate.error(code, "en").model_dump(exclude={"type", "of"})
    return JSONResponse(body, status, headers={**NO_STORE, **(headers or {})})


def _own_page(headers: Mapping[str, str], parts: Parts) -> bool:
    from server.socket import origin_allowed

    return origin_allowed(headers.get("origin"), headers.get("host", ""), parts.settings)


def _sent_from_elsewhere(path: str, headers: Mapping[str, str]) -> bool:
    """A form of another site, whose browser would show our key along with it."""
    return path.startswith("/staff/") and headers.get("sec-fetch-site", "none") not in ("none", "same-origin")


def _joined(headers: Headers) -> dict[str, str]:
    """Header → value; of a repeated one all values, as a list of one header."""
    joined: dict[str, str] = {}
    for name, value in headers.items():
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


async def _with_limit(app: ASGIApp, scope: Scope, receive: Receive, send: Send, most: int) -> None:
    """Run the application, and end it where the body is longer than ``most`` bytes."""
    told = Headers(scope=scope).get("content-length", "")
    if told.isdigit() and int(told) > most:
        await _refusal("too_long", 413)(scope, receive, send)
        return
    got, over, answered = 0, False, False

    async def counted() -> Message:
        nonlocal got, over
        message = await receive()
        if message["type"] == "http.request":
            got += len(message.get("body", b""))
            if got > most:
                over = True
                return {"type": "http.disconnect"}
        return message

    async def watched(message: Message) -> None:
        nonlocal answered
        if over and not answered:
            return
        answered = answered or message["type"] == "http.response.start"
        await send(message)

    try:
        await app(scope, counted, watched)
    except Exception:
        if not over:
            raise
    if over and not answered:
        await _refusal("too_long", 413)(scope, receive, send)
