"""The truth for ``/ready``: can readers be served now, and what does not work?

Parts are tried when they are asked about, at most once a second. What keeps readers away makes the server not ready: no
building, no catalogue, no answers. What they can do without (voice, Redis, sign-in, room on the disk) is listed.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Final

from server.check_config import SPACE_NEEDED
from server.commands.imports import CATALOGUE
from server.telemetry import FAILING_FOR_S

if TYPE_CHECKING:
    from server.parts import Parts

FRESH_S: Final = 1.0
ASK_WITHIN_S: Final = 1.0
WORK: Final = {"hear": "hearing", "think": "answering", "speak": "speaking", "route": "finding ways"}


class Readiness:
    """Looks at one server's parts."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._had_catalogue = (parts.settings.home / CATALOGUE).is_file()
        self._seen: tuple[float, bool, tuple[str, ...]] = (float("-inf"), False, ())
        self._lock = asyncio.Lock()

    async def look(self) -> tuple[bool, tuple[str, ...]]:
        """(ready, what does not work: a sentence each)."""
        async with self._lock:
            if time.monotonic() - self._seen[0] > FRESH_S:
                grave, light = await asyncio.to_thread(self._try)
                light += await self._try_redis()
                self._seen = time.monotonic(), not grave, (*grave, *light)
        _, fit, faults = self._seen
        return self._parts.ready and fit, (*self._parts.faults, *faults)

    def _try(self) -> tuple[list[str], list[str]]:
        """What keeps readers away, and what does not. Blocking."""
        grave: list[str] = []
        light: list[str] = []
        home = self._parts.settings.home
        if self._had_catalogue:
            fault = _try_catalogue(self._parts)
            grave += [fault] if fault else []
        for stage, doing in WORK.items():
            failed = self._parts.telemetry.failing(stage)
            if failed:
                text = f"{doing} has failed {failed} times in a row within {FAILING_FOR_S:.0f} s; see the log"
                (grave if stage == "think" else light).append(text)
        if home.is_dir() and shutil.disk_usage(home).free < SPACE_NEEDED:
            light.append("the disk of the home is full: nothing can be kept or made; make room")
        sign_in = self._parts.gate.sign_in
        if sign_in is not None and not sign_in.has_keys:
            light.append("nobody can sign in: the identity provider's keys could not be read")
        return grave, light

    async def _try_redis(self) -> list[str]:
        url = self._parts.settings.hub_url
        if url is None:
            return []
        from redis.asyncio import Redis
        from redis.exceptions import RedisError

        try:
            redis = Redis.from_url(url, socket_timeout=ASK_WITHIN_S, socket_connect_timeout=ASK_WITHIN_S, retry=None)
            async with asyncio.timeout(ASK_WITHIN_S), redis:
                await redis.ping()
            return []
        except (RedisError, OSError, TimeoutError):
            return ["Redis does not answer: this server serves its own readers alone, and gives out no tickets"]


def _try_catalogue(parts: Parts) -> str | None:
    path = parts.settings.home / CATALOGUE
    if not path.is_file():
        return f"{CATALOGUE} is gone from the home: restore it from a back-up, or import it again"
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=ASK_WITHIN_S)) as connection:
            connection.execute("SELECT row FROM records LIMIT 1").fetchone()
    except sqlite3.Error as fault:
        return f"{CATALOGUE} cannot be read ({type(fault).__name__}): restore it from a back-up, or import it again"
    return None
