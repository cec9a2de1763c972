"""The journey "scene": a reader opens the world of a book."""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING

from assets.brief import Brief
from assets.errors import BlockedError, BriefError
from assets.job import Place
from assets.store import Entry
from server import translate
from server.errors import CommandError
from server.line import Line
from server.scenes import Watcher
from server.telemetry import log
from spatial.rooms.gathering import room_of_world
from wire.codes import ErrorCode
from wire.messages import scene as wire

if TYPE_CHECKING:
    from server.parts import Parts
    from server.sessions import Visit

PREVIEW_MOST = 24_000
"""A larger preview is not worth its frame."""


class Scening:
    """One client's worlds."""

    def __init__(self, parts: Parts, line: Line, visit: Visit) -> None:
        self._parts, self._line, self._visit = parts, line, visit
        self._asked: asyncio.Queue[wire.OpenWorld] = asyncio.Queue(8)
        self._withdrawn: set[str] = set()

    def begin(self, message: wire.OpenWorld) -> None:
        """Take a request; the rest happens in ``run``."""
        if sum(part is not None for part in (message.record_id, message.shelf, message.idea)) != 1:
            text = "open_world takes exactly one of record_id, shelf and idea"
            self._line.send(translate.error("bad_message", self._visit.lang, message.id, text))
        elif self._parts.scenes is None:
            self._refuse("not_ready", message.id)
        else:
            try:
                self._asked.put_nowait(message)
            except asyncio.QueueFull:
                self._refuse("busy", message.id)

    def cancel(self, of: str) -> None:
        """Withdraw a request."""
        self._withdrawn.add(of)
        if self._parts.scenes is not None:
            self._parts.scenes.cancel((self._visit.id, of))
        self._line.send(wire.WorldCancelled(of=of))

    def leave(self) -> None:
        """The client is gone; what it alone waited for is stopped. What is finished stays in the store."""
        if self._parts.scenes is not None:
            self._parts.scenes.leave(self._visit.id)

    async def run(self) -> None:
        """For as long as the connection lasts."""
        while True:
            message = await self._asked.get()
            try:
                await self._open(message)
            except Exception as fault:  # a shell edge: the reader gets a sentence
                self._fail(message.id, fault)

    async def _open(self, message: wire.OpenWorld) -> None:
        scenes = self._parts.scenes
        assert scenes is not None
        lang = message.lang or self._visit.lang

        def prepare() -> tuple[Brief, str, Entry | None]:
            brief = scenes.worlds.brief(message.record_id, message.shelf, message.idea, lang, message.level)
            key = scenes.worlds.key(brief)
            return brief, key, scenes.worlds.find(key)

        brief, key, kept = await self._parts.workers.run("thinking", prepare)
        if message.id in self._withdrawn:
            self._withdrawn.discard(message.id)
            return
        if kept is not None:
            self._ready(message.id, kept, True)
            return
        refused = await scenes.request(key, brief, (self._visit.id, message.id), self._watcher(message.id))
        if refused is not None:
            self._refuse("not_ready" if refused.reason == "no_painter" else "busy", message.id)
        elif message.id in self._withdrawn:
            self._withdrawn.discard(message.id)
            scenes.cancel((self._visit.id, message.id))

    def _watcher(self, of: str) -> Watcher:
        def placed(place: Place) -> None:
            self._line.send_latest(f"world {of}", wire.WorldQueued(
                of=of, position=place.position, wait_s=place.wait_s, shared=place.shared
            ))  # fmt: skip

        def progress(done: int, steps: int, preview: bytes | None) -> None:
            self._line.send_latest(f"world progress {of}", wire.WorldProgress(of=of, done=done, steps=steps))
            if preview is not None and len(preview) <= PREVIEW_MOST:
                jpeg = base64.b64encode(preview).decode()
                self._line.send_latest(f"world preview {of}", wire.WorldPreview(of=of, jpeg=jpeg))

        return Watcher(placed, progress, lambda entry: self._ready(of, entry, False), lambda e: self._fail(of, e))

    def _ready(self, of: str, entry: Entry, cached: bool) -> None:
        scenes = self._parts.scenes
        assert scenes is not None
        if not scenes.worlds.may_be_shown(entry):
            self._refuse("in_review", of)
            return
        facts = entry.facts
        self._line.send(
            wire.WorldReady(
                of=of, url=f"/store/{entry.name}", hash=entry.hash, bytes=entry.size, title=facts.title,
                record_id=facts.record_id, label="ai" if facts.label == "ai" else "algorithmic", licence=facts.licence,
                painter=facts.painter, cached=cached, room=room_of_world(entry.hash),
            )
        )  # fmt: skip

    def _fail(self, of: str, fault: BaseException) -> None:
        if isinstance(fault, CommandError):
            self._refuse("not_allowed" if fault.code == "not_allowed" else "unknown_record", of)
            return
        if not isinstance(fault, BlockedError | BriefError):
            log.error("a world failed", exc_info=fault)
        self._line.send(translate.error_message(fault, self._visit.lang, of))

    def _refuse(self, code: ErrorCode, of: str) -> None:
        self._line.send(translate.error(code, self._visit.lang, of))
