"""Reading from the hub or a mirror: JSON, and files that go on where they broke off. Blocking."""

from __future__ import annotations

import http.client
import json
import os
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from server.errors import CommandError

_PIECE: Final = 1 << 20
_LONGEST_JSON: Final = 8 << 20
_TRIES: Final = 5
_LOST: Final = (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError, ssl.SSLError)


class Web:
    """``token``: the hub's, for models whose licence wants an account; sent to the hub only, never after a redirect."""

    def __init__(self, token: str = "", timeout_s: float = 30.0) -> None:
        self._token = token
        self._timeout_s = timeout_s

    def read_json(self, url: str) -> Any:
        """Raises CommandError."""
        try:
            with self._open(url, {}) as answer:
                return json.loads(answer.read(_LONGEST_JSON))
        except urllib.error.HTTPError as fault:
            raise _refused(url, fault.code) from fault
        except _LOST as fault:
            raise _gone(url, fault) from fault
        except ValueError:
            raise CommandError("the address does not answer as a hub of models does", "cannot_fetch", url) from None

    def save(self, url: str, path: Path, progress: Callable[[int, int], None], size: int = 0) -> None:
        """Into ``path``, after what is there already; tried again while anything arrives. Raises CommandError."""
        idle = 0
        while True:
            had = path.stat().st_size if path.is_file() else 0
            try:
                if self._go_on(url, path, had, progress, size):
                    return
                fault: Exception = http.client.IncompleteRead(b"")
            except urllib.error.HTTPError as error:
                if error.code != 416:
                    raise _refused(url, error.code) from error
                path.unlink(missing_ok=True)  # it holds more than the source has
                fault = error
            except _LOST as error:
                fault = error
            now = path.stat().st_size if path.is_file() else 0
            idle = 0 if now > had else idle + 1
            if idle >= _TRIES:
                raise _gone(url, fault) from fault

    def _go_on(self, url: str, path: Path, had: int, progress: Callable[[int, int], None], size: int) -> bool:
        """False when the source broke off."""
        if size and had == size:
            return True
        with self._open(url, {"Range": f"bytes={had}-"} if had else {}) as answer:
            if had and answer.status != 206:
                had = 0
            left = answer.headers.get("Content-Length")
            total = size or (had + int(left) if left and left.isdecimal() else 0)
            with path.open("ab" if had else "wb") as file:
                while piece := answer.read(_PIECE):
                    file.write(piece)
                    had += len(piece)
                    progress(had, total)
                file.flush()
                os.fsync(file.fileno())
            return not total or had >= total

    def _open(self, url: str, headers: Mapping[str, str]) -> Any:
        if not url.startswith(("http://", "https://")):
            raise CommandError("a mirror is an address that begins with http:// or https://", "bad_address", url)
        request = urllib.request.Request(url, headers={"User-Agent": "shelfway", **headers})
        if self._token:
            request.add_unredirected_header("Authorization", f"Bearer {self._token}")
        return urllib.request.urlopen(request, timeout=self._timeout_s)


def _refused(url: str, status: int) -> CommandError:
    why = {
        401: "asks for an account: accept the licence there and put the token into HF_TOKEN",
        403: "asks for an account: accept the licence there and put the token into HF_TOKEN",
        404: "has no such file or model",
    }.get(status, "refuses")
    return CommandError(f"the source {why} (HTTP {status})", "cannot_fetch", url)


def _gone(url: str, fault: Exception) -> CommandError:
    return CommandError(
        f"the source cannot be reached ({type(fault).__name__}); on a closed network fetch on another machine, "
        "carry the folder here and say --from DIR",
        "cannot_fetch",
        url,
    )
