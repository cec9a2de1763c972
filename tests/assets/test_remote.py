"""The remote painter against a small HTTP service."""

from __future__ import annotations

import base64
import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest
from PIL import Image

from assets.brief import Brief
from assets.errors import ModelError, PainterError, StoppedError
from assets.painters import Watch
from assets.painters.remote import RemotePainter

BRIEF = Brief("t", "", "en", "sea", "", "day", "clear", "plain", 0.0, 7, "open sea", "text")


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 32), (10, 200, 30)).save(out, "PNG")
    return out.getvalue()


class Service(BaseHTTPRequestHandler):
    asked: ClassVar[list[dict[str, object]]] = []

    def do_POST(self) -> None:
        Service.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        answers = {
            "/raw": png(),
            "/json": json.dumps({"images": [base64.b64encode(png()).decode()]}).encode(),
            "/noise": b"no picture at all",
        }
        body = answers.get(self.path)
        self.send_response(200 if body else 500)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/raw", "/json"])
def test_the_picture_comes_back_at_the_size_asked_for(address: str, path: str) -> None:
    painting = RemotePainter(address + path).paint(BRIEF, 256, Watch())
    assert painting.panorama.shape == (128, 256, 3)
    assert painting.panorama[5, 5].tolist() == [10, 200, 30]
    assert Service.asked[-1]["prompt"] == BRIEF.prompt
    assert Service.asked[-1]["seed"] == 7


@pytest.mark.parametrize("path", ["/noise", "/broken"])
def test_what_is_no_picture_is_refused(address: str, path: str) -> None:
    with pytest.raises(PainterError):
        RemotePainter(address + path, 5).paint(BRIEF, 256, Watch())


def test_nobody_there_a_wrong_address_and_a_stop() -> None:
    with pytest.raises(PainterError, match="does not answer"):
        RemotePainter("http://127.0.0.1:9", 2).paint(BRIEF, 256, Watch())
    with pytest.raises(ModelError):
        RemotePainter("file:///etc/passwd")
    with pytest.raises(StoppedError):
        RemotePainter("http://127.0.0.1:9").paint(BRIEF, 256, Watch(stopped=lambda: True))
