"""Asking: a typed or heard question goes to the librarian's mind, its answer to the page, the voice and the guide.

Questions of one visit are answered in order. A failure becomes an error message for its question; the visit goes on.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from server import translate
from server.journeys.guide import Guiding
from server.journeys.speak import Voice
from server.line import Line
from server.sessions import Visit
from server.telemetry import log
from wire.messages.ask import Thinking
from wire.messages.base import Lang

if TYPE_CHECKING:
    from avatars.values import Reply
    from server.parts import Parts
    from spatial.route import Position

WAITING_MAX = 4
"""Questions of one visit that may wait; more is refused as busy."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. ``of``: id that its answer carries; ``asked_at``: the line's clock when it was complete."""

    of: str
    text: str
    lang: Lang | None
    at: Position | None
    channel: Literal["text", "voice"]
    asked_at: float


class Asking:
    """The questions of one connection. ``on_silent``: told when an answer makes no sound."""

    def __init__(self, parts: Parts, line: Line, visit: Visit, voice: Voice, guiding: Guiding) -> None:
        self._parts, self._line, self._visit = parts, line, visit
        self._voice, self._guiding = voice, guiding
        self._waiting: deque[Asked] = deque()
        self._news = asyncio.Event()
        self._cancelled = 0
        self.on_silent: Callable[[], None] = lambda: None

    def ask(self, asked: Asked) -> None:
        """Take a question; the librarian stops talking to listen."""
        if len(self._waiting) >= WAITING_MAX:
            self._line.send(translate.error("busy", self._visit.lang, asked.of))
            return
        self._voice.stop("replaced")
        self._waiting.append(asked)
        self._line.send(Thinking(state="thinking"))
        self._news.set()

    def cancel(self) -> None:
        """Answer nothing that was asked before: the reader goes on speaking, or has left."""
        self._waiting.clear()
        self._cancelled += 1

    async def run(self) -> None:
        """Answer questions one after the other, for as long as the connection lasts."""
        while True:
            await self._news.wait()
            self._news.clear()
            while self._waiting:
                await self._answer(self._waiting.popleft())

    async def _answer(self, asked: Asked) -> None:
        visit, before = self._visit, self._cancelled
        try:
            with self._parts.telemetry.timed("think"):
                reply = await self._parts.workers.run("thinking", lambda: self._parts.think(visit, asked))
        except Exception as fault:  # a shell edge: whatever fails inside, the reader gets a sentence
            if before == self._cancelled:
                log.error("a question could not be answered", exc_info=fault)
                self._line.send(translate.error_message(fault, visit.lang, asked.of, "think"))
                self._line.send(Thinking(state="idle"))
                self.on_silent()
            return
        if before == self._cancelled:
            self._give(reply, asked)

    def _give(self, reply: Reply, asked: Asked) -> None:
        visit, plan = self._visit, self._parts.plan
        visit.memory, visit.answered = reply.memory, asked.of
        visit.lang = reply.lang
        utterance = self._voice.say(reply.text, reply.lang, asked.of, "answer", asked.asked_at)
        self._line.send(translate.answer(reply, asked.of, plan, utterance))
        if utterance is None:
            self._line.send(Thinking(state="idle"))
            self.on_silent()
        self._parts.telemetry.answers.labels(asked.channel, reply.intent, str(reply.refused).lower()).inc()
        if reply.intent == "guide" and reply.route is not None and not reply.refused:
            self._guiding.begin_reply(reply, asked.of)
