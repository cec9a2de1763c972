"""Asking: a typed or heard question goes to the librarian's mind, its answer to the page, the voice and the guide.

Questions of one visit are answered in order. A failure becomes an error message for its question; the visit goes on.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from server import translate
from server.journeys.compose import Composer
from server.journeys.guide import Guiding
from server.journeys.speak import Voice
from server.line import Line
from server.sessions import Visit
from server.telemetry import log
from server.turn_figures import TurnFigures
from wire.messages.ask import Thinking
from wire.messages.base import Lang

if TYPE_CHECKING:
    from avatars.values import Memory, Reply
    from server.parts import Parts
    from spatial.route import Position

WAITING_MAX = 4
"""Questions of one visit that may wait; more is refused as busy."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. ``of``: id that its answer carries; ``asked_at``: the line's clock when it was complete.
    ``tentative``: the reader may not have finished; think, but do nothing for it."""

    of: str
    text: str
    lang: Lang | None
    at: Position | None
    channel: Literal["text", "voice"]
    asked_at: float
    figures: TurnFigures | None = None
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class Ahead:
    """A question that is thought about before it is surely complete, and what the visit remembered then."""

    asked: Asked
    memory: Memory | None
    thinking: asyncio.Task[Reply]


class Asking:
    """The questions of one connection. ``on_silent``: told when an answer makes no sound."""

    def __init__(self, parts: Parts, line: Line, visit: Visit, voice: Voice, guiding: Guiding) -> None:
        self._parts, self._line, self._visit = parts, line, visit
        self._voice, self._guiding = voice, guiding
        self._composer = Composer(parts, line, visit, voice)
        self._waiting: deque[Asked] = deque()
        self._news = asyncio.Event()
        self._cancelled = 0
        self._ahead: Ahead | None = None
        self._busy = False
        self.on_silent: Callable[[], None] = lambda: None

    def ask(self, asked: Asked) -> None:
        """Take a question. A typed one silences the librarian; spoken ones are one queue, whoever speaks."""
        if len(self._waiting) >= WAITING_MAX:
            self._line.send(translate.error("busy", self._visit.lang, asked.of))
            return
        if asked.channel == "text":
            self._voice.stop("replaced")
        self._composer.interrupt(only_if_cut=True)
        self._waiting.append(asked)
        self._line.send(Thinking(state="thinking"))
        self._news.set()

    def guess(self, asked: Asked, done: Callable[[Reply], None]) -> None:
        """Think about a question that may not be complete; say and do nothing. ``done`` is told the reply, if any."""
        self.drop_guess()
        self._composer.interrupt(only_if_cut=True)
        if self._waiting or self._busy:
            return  # what it leans on is not known yet
        memory, tentative = self._visit.memory, replace(asked, tentative=True)
        thinking = asyncio.ensure_future(
            self._parts.workers.run("thinking", lambda: self._parts.think(self._visit, tentative))
        )
        ahead = self._ahead = Ahead(asked, memory, thinking)

        def end(task: asyncio.Task[Reply]) -> None:
            if task.cancelled() or task.exception() is not None or self._ahead is not ahead:
                return  # asked in earnest it fails again, and then it is told
            reply = task.result()
            if not self._wants_model(asked, reply):
                self._voice.prepare(reply.text, reply.lang)
            done(reply)

        thinking.add_done_callback(end)

    def drop_guess(self) -> None:
        """The reader goes on."""
        if self._ahead is not None:
            self._ahead.thinking.cancel()
            self._ahead = None

    def cancel(self) -> None:
        """Answer nothing that was asked before: the reader goes on speaking, or has left."""
        self._waiting.clear()
        self.drop_guess()
        self._composer.forget()
        self._cancelled += 1

    def interrupt(self) -> None:
        """The reader wants quiet: of an answer that is still written, what was said by now is the answer."""
        self._composer.interrupt()

    async def run(self) -> None:
        """Answer questions one after the other, for as long as the connection lasts."""
        while True:
            await self._news.wait()
            self._news.clear()
            while self._waiting:
                self._busy = True
                try:
                    await self._answer(self._waiting.popleft())
                finally:
                    self._busy = False

    async def _answer(self, asked: Asked) -> None:
        visit, before, composing, utterance = self._visit, self._cancelled, self._parts.composing, None
        try:
            with self._parts.telemetry.timed("think"):
                reply = await self._think(asked)
            if composing is not None and before == self._cancelled and self._wants_model(asked, reply):
                with self._parts.telemetry.timed("compose"):
                    reply, utterance = await self._composer.write(composing, asked, reply)
        except Exception as fault:  # a shell edge: whatever fails inside, the reader gets a sentence
            if before == self._cancelled:
                log.error("a question could not be answered", exc_info=fault)
                self._line.send(translate.error_message(fault, visit.lang, asked.of, "think"))
                self._line.send(Thinking(state="idle"))
                self.on_silent()
            return
        if before == self._cancelled:
            self._give(reply, asked, utterance)

    def _draft(self, reply: Reply, asked: Asked) -> None:
        """What the reply holds back for staff is written without a reader who waits."""
        drafting = self._parts.drafting
        if drafting is None or reply.action is None or reply.action.kind != "review":
            return
        question, parts = self._parts.question(self._visit, asked)[0], self._parts
        job = asyncio.ensure_future(parts.workers.run("composing", lambda: drafting.draft(question, reply)))
        parts.drafts.add(job)
        job.add_done_callback(lambda task: _drafted(task, parts))

    def _wants_model(self, asked: Asked, reply: Reply) -> bool:
        composing = self._parts.composing
        return composing is not None and composing.wants_model(self._parts.question(self._visit, asked)[0], reply)

    async def _think(self, asked: Asked) -> Reply:
        """The reply, from thinking ahead where that was about the same."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            same = (ahead.asked.text, ahead.asked.lang, ahead.asked.at) == (asked.text, asked.lang, asked.at)
            if same and ahead.memory == self._visit.memory and not _failed(ahead.thinking):
                reply = await ahead.thinking
                if reply.action is None:  # what is to be done is done now, by thinking in earnest
                    if asked.figures is not None:
                        asked.figures.guessed = True
                    return reply
            ahead.thinking.cancel()
        return await self._parts.workers.run("thinking", lambda: self._parts.think(self._visit, asked))

    def _give(self, reply: Reply, asked: Asked, utterance: int | None) -> None:
        """Give the reply. ``utterance``: that says it already."""
        visit, plan = self._visit, self._parts.plan
        visit.memory, visit.answered = reply.memory, asked.of
        visit.lang = reply.lang
        if asked.figures is not None:
            asked.figures.mark("first_token", self._line.clock())  # of a model's answer it is marked already
            asked.figures.mark("thought", self._line.clock())
        if utterance is not None:
            self._voice.tell_heard(utterance)
        else:
            utterance = self._voice.say(
                reply.text, reply.lang, asked.of, "answer", asked.asked_at,
                after=asked.channel == "voice", reply=reply, figures=asked.figures,
            )  # fmt: skip
        self._line.send(translate.answer(reply, asked.of, plan, utterance))
        if utterance is None:
            self._line.send(Thinking(state="idle"))
            self.on_silent()
            if asked.figures is not None:
                self._parts.telemetry.turns.add(asked.figures)
        self._draft(reply, asked)
        self._parts.telemetry.answers.labels(asked.channel, reply.intent, str(reply.refused).lower()).inc()
        if reply.intent == "guide" and reply.route is not None and not reply.refused:
            self._guiding.begin_reply(reply, asked.of)


def _drafted(task: asyncio.Task[None], parts: Parts) -> None:
    parts.drafts.discard(task)
    if not task.cancelled() and task.exception() is not None:
        log.error("an answer for review could not be written", exc_info=task.exception())


def _failed(task: asyncio.Task[Reply]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
