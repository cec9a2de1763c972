"""A server that speaks OpenAI's chat completions by a script, on a real socket: it can hang, babble and break off."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def event(**delta: Any) -> bytes:
    """One event with that delta."""
    return b"data: " + json.dumps({"choices": [{"index": 0, "delta": delta}]}).encode() + b"\n\n"


def ended(reason: str = "stop") -> bytes:
    """The event that says why the model stopped, and the end of the stream."""
    body = {"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}
    return b"data: " + json.dumps(body).encode() + b"\n\ndata: [DONE]\n\n"


def tool_call(name: str, arguments: Any, call_id: str = "c1", index: int = 0, pieces: int = 3) -> list[bytes]:
    """A tool call in pieces."""
    text = json.dumps(arguments, ensure_ascii=False)
    size = max(1, len(text) // pieces)
    told = [event(tool_calls=[{"index": index, "id": call_id, "type": "function", "function": {"name": name}}])]
    for at in range(0, len(text), size):
        told.append(event(tool_calls=[{"index": index, "function": {"arguments": text[at : at + size]}}]))
    return told


def say(text: str) -> list[bytes]:
    """An answer, a word at a time."""
    return [event(role="assistant", content=""), *(event(content=f"{word} ") for word in text.split()), ended()]


@dataclass(slots=True)
class Turn:
    """What the server does with one request. ``hang``: after the parts say nothing more until told to.

    An event among the parts is waited for: what follows is held back until the test sets it.
    """

    parts: Sequence[bytes | threading.Event] = ()
    status: int = 200
    hang: bool = False
    cut: bool = False  # close the connection in mid-body
    silent: bool = False  # not even a status line


@dataclass(slots=True)
class ModelServer:
    """``asked``: the bodies received. ``release`` lets hanging turns end. ``left``: set when a client hung up."""

    url: str
    turns: list[Turn]
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serve_model(*turns: Turn | Sequence[bytes | threading.Event]) -> Iterator[ModelServer]:
    """Serve the turns one after another; the last one again and again."""
    script = [turn if isinstance(turn, Turn) else Turn(turn) for turn in turns]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            pass

        def do_GET(self) -> None:
            body = json.dumps({"object": "list", "data": [{"id": "tiny"}, {"id": "other"}]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            server.headers.append({key.lower(): value for key, value in self.headers.items()})
            turn = server.turns.pop(0) if len(server.turns) > 1 else server.turns[0]
            self.close_connection = True
            if turn.silent:
                self._hang()
                return
            self.send_response(turn.status)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            try:
                for part in turn.parts:
                    if isinstance(part, threading.Event):
                        self._hang(part)
                        if server.left.is_set():
                            return
                        continue
                    self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
                    self.wfile.flush()
                if turn.hang:
                    self._hang()
                if not turn.cut:
                    self.wfile.write(b"0\r\n\r\n")
            except OSError:
                server.left.set()

        def _hang(self, until: threading.Event | None = None) -> None:
            """Until told to go on, or the client hangs up."""
            self.connection.settimeout(0.05)
            while not server.release.is_set() and not (until is not None and until.is_set()):
                try:
                    if not self.connection.recv(1):
                        server.left.set()
                        return
                except TimeoutError:
                    continue
                except OSError:
                    server.left.set()
                    return

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.daemon_threads = True
    server = ModelServer(f"http://127.0.0.1:{listener.server_port}/v1", script)
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.release.set()
        listener.shutdown()
        listener.server_close()
        thread.join()
