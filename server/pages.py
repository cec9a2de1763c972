"""The built kiosk page and the headers that every HTTP answer carries."""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGES = Path(__file__).parent / "pages"

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "worker-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
        "form-action 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "microphone=(self), camera=(self), xr-spatial-tracking=(self), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

ABSENT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Shelfway</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:18px/1.5 system-ui,sans-serif;max-width:38rem;margin:15vh auto;padding:0 1rem}code{background:#eee;
padding:.1em .3em;border-radius:.2em}</style>
<h1>The server runs; the kiosk page is not built</h1>
<p>Run <code>make run</code> in the checkout, or <code>npm ci &amp;&amp; npm run build</code> in <code>web/</code>,
then reload this page. Programs can connect to <code>/v1/ws</code> already.</p></html>"""


class SecurityHeaders:
    """Adds the headers to every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; websockets are untouched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope.get("scheme") == "https":
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        await self.app(scope, receive, with_headers)


def find_page(path: str, folder: Path = PAGES) -> Response | None:
    """The built file for a URL path, None when there is none. Files with a hash in their name may be kept for ever."""
    if not (folder / "index.html").is_file():
        return HTMLResponse(ABSENT, 200, {"Cache-Control": "no-store"}) if path in ("", "index.html") else None
    wanted = (folder / (path or "index.html")).resolve()
    if not wanted.is_relative_to(folder.resolve()) or not wanted.is_file():
        return None
    kept = path.startswith("assets/")
    cache = "public, max-age=31536000, immutable" if kept else "no-cache"
    return FileResponse(wanted, headers={"Cache-Control": cache})
