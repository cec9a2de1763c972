"""One request to a model server, read by a thread: its events in order, and how it ended."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
from dataclasses import dataclass
from typing import Any, Final

_LONGEST_LINE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Event:
    """The data of one server-sent event, as text."""

    data: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The answer is over. ``status``: HTTP's, when it is not 200; ``fault``: what broke the connection."""

    status: int = 0
    fault: Exception | None = None


class Call:
    """The thread lives until the answer is over or ``close`` is called."""

    def __init__(self, client: Any, body: dict[str, Any]) -> None:
        self._client = client
        self._body = body
        self._events: queue.Queue[Event | Ended] = queue.Queue(64)
        self._closed = threading.Event()
        self._socket: socket.socket | None = None
        threading.Thread(target=self._run, name="model-server", daemon=True).start()

    def next(self, within_s: float) -> Event | Ended | None:
        """The next event; None when there is none within that time."""
        try:
            return self._events.get(timeout=within_s)
        except queue.Empty:
            return None

    def close(self) -> None:
        """Hang up; the server stops writing when it notices."""
        self._closed.set()
        held = self._socket
        if held is not None:
            with contextlib.suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)  # wakes the thread, which ``close`` alone would not

    def _run(self) -> None:
        import httpx

        try:
            with self._client.stream("POST", "chat/completions", json=self._body) as response:
                stream = response.extensions.get("network_stream")
                self._socket = stream.get_extra_info("socket") if stream is not None else None
                if response.status_code != 200:
                    self._put(Ended(status=response.status_code))
                    return
                waiting = b""
                for part in response.iter_bytes():
                    *lines, waiting = (waiting + part).split(b"\n")
                    for line in lines:
                        if not self._take(line):
                            return
                    if len(waiting) > _LONGEST_LINE:
                        raise ValueError("a line without end")
                if not self._take(waiting):
                    return
            self._put(Ended())
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError, ValueError) as fault:
            self._put(Ended(fault=fault))
        finally:
            self._socket = None

    def _take(self, line: bytes) -> bool:
        """False when reading is over."""
        if not line.startswith(b"data:"):
            return not self._closed.is_set()  # comments, names and blank lines of the event stream
        data = line.removeprefix(b"data:").strip()
        if data == b"[DONE]":
            self._put(Ended())
            return False
        return self._put(Event(data.decode("utf-8", "replace")))

    def _put(self, event: Event | Ended) -> bool:
        while not self._closed.is_set():
            with contextlib.suppress(queue.Full):
                self._events.put(event, timeout=0.05)
                return True
        return False
