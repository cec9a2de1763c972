"""A hub of models on a real socket: lists files with their sums and serves them, also in parts and broken off."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(slots=True)
class HubServer:
    """``files``: path in the repository → content. ``cut_after``: bytes after which an answer breaks off, by path.

    ``served``: (path, first byte) of each request for a file. ``status``: what every request gets instead, if set.
    """

    url: str
    files: dict[str, bytes]
    licence: str | None = "mit"
    cut_after: dict[str, int] = field(default_factory=dict)
    served: list[tuple[str, int]] = field(default_factory=list)
    lies: dict[str, bytes] = field(default_factory=dict)
    status: int = 0
    listing: Any = None
    tokens: list[str] = field(default_factory=list)


@contextmanager
def serve_hub(files: Mapping[str, bytes]) -> Iterator[HubServer]:
    """Serve one repository, "maker/tiny", at the hub's addresses; every other name is the same one."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def do_GET(self) -> None:
            hub.tokens.append(self.headers.get("Authorization", ""))
            path = self.path.partition("?")[0]
            if hub.status:
                self._say(hub.status, b"no")
            elif path.startswith("/api/models/"):
                if "/tree/main" in path:
                    below = path.partition("/tree/main")[2].strip("/")
                    self._say(200, json.dumps(hub.listing or self._list(below)).encode())
                else:
                    self._say(200, json.dumps({"cardData": {"license": hub.licence}}).encode())
            else:
                self._serve(path.partition("/resolve/main/")[2])

        def _list(self, below: str) -> list[dict[str, Any]]:
            rows: list[dict[str, Any]] = [{"type": "directory", "path": "onnx", "oid": "0" * 40, "size": 0}]
            for name, body in hub.files.items():
                if not name.startswith(below):
                    continue
                blob = hashlib.sha1(b"blob %d\0" % len(body) + body, usedforsecurity=False).hexdigest()
                row: dict[str, Any] = {"type": "file", "path": name, "size": len(body), "oid": blob}
                if len(body) > 1000:
                    row["lfs"] = {"oid": hashlib.sha256(body).hexdigest(), "size": len(body), "pointerSize": 134}
                rows.append(row)
            return rows

        def _serve(self, name: str) -> None:
            body = hub.lies.get(name, hub.files.get(name))
            if body is None:
                self._say(404, b"no")
                return
            told = self.headers.get("Range", "")
            first = int(told.removeprefix("bytes=").removesuffix("-")) if told else 0
            hub.served.append((name, first))
            if first >= len(body) > 0:
                self._say(416, b"")
                return
            self.send_response(206 if told else 200)
            rest = body[first:]
            self.send_header("Content-Length", str(len(rest)))
            self.end_headers()
            cut = hub.cut_after.pop(name, None)
            self.wfile.write(rest if cut is None else rest[:cut])
            self.close_connection = True

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.daemon_threads = True
    hub = HubServer(f"http://127.0.0.1:{listener.server_port}", dict(files))
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()
