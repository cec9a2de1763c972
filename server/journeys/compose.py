"""An answer that a language model is still writing: each sentence that may be said goes to the voice at once.

One at a time on a connection. It ends with the model, or before: when the reader asks something else, or has waited too
long for a first sentence. What was said by then is the answer; when nothing was, the grounded reply is.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from avatars.thinking import broken_off
from server.journeys.speak import Voice
from server.line import Line
from server.sessions import Visit
from server.telemetry import log
from server.workers import Stop

if TYPE_CHECKING:
    from avatars.values import Memory, Reply
    from server.journeys.ask import Asked
    from server.parts import Composing, Parts


@dataclass(slots=True, eq=False)
class Writing:
    """One answer. ``so_far``: what may be said of it; ``utterance``: that says it, None when it is not spoken."""

    asked: Asked
    plain: Reply
    before: Memory | None
    stop: Stop = field(default_factory=Stop)
    so_far: Reply | None = None
    utterance: int | None = None
    task: asyncio.Task[Reply] | None = None

    def lose_patience(self) -> None:
        """Nothing can be said yet, and the reader has waited long enough."""
        if self.so_far is None:
            self.stop.set()


class Composer:
    """The answers of one connection that a model writes."""

    def __init__(self, parts: Parts, line: Line, visit: Visit, voice: Voice) -> None:
        self._parts, self._line, self._visit, self._voice = parts, line, visit, voice
        self._writing: Writing | None = None

    async def write(self, mind: Composing, asked: Asked, plain: Reply) -> tuple[Reply, int | None]:
        """The whole answer, and the utterance that says it, if one has begun. Never raises what the model raises."""
        loop = asyncio.get_running_loop()
        question, memory = self._parts.question(self._visit, asked)
        writing = self._writing = Writing(asked, plain, self._visit.memory)
        patience = loop.call_later(self._parts.patience_s, writing.lose_patience)

        def told(reply: Reply) -> None:
            loop.call_soon_threadsafe(self._told, writing, reply)

        def job() -> Reply:
            return mind.compose(question, memory, plain, told, writing.stop)

        writing.task = asyncio.ensure_future(self._parts.workers.run("composing", job, writing.stop))
        try:
            reply = await writing.task
        except asyncio.CancelledError:
            here = asyncio.current_task()
            if here is not None and here.cancelling():
                writing.stop.set()
                writing.task.cancel()
                raise
            reply = writing.so_far or plain
        except Exception as fault:  # a shell edge: the model is an extra, the reader has an answer without it
            log.error("a language model's answer could not be written", exc_info=fault)
            reply = broken_off(writing.so_far) if writing.so_far is not None else plain
        finally:
            patience.cancel()
            self._writing = None
        if writing.so_far is None and reply is not plain:
            self._told(writing, reply)
        if writing.utterance is not None:
            self._say_rest(writing, reply)
            self._voice.close(writing.utterance)
        return reply, writing.utterance

    def interrupt(self, only_if_cut: bool = False) -> None:
        """End it here; what has been said is the answer. ``only_if_cut``: when the reader has stopped her saying it."""
        writing = self._writing
        if writing is None or writing.task is None:
            return
        if only_if_cut and (writing.utterance is None or not self._voice.is_cut(writing.utterance)):
            return
        writing.stop.set()
        writing.task.cancel()

    def forget(self) -> None:
        """End it as if it had not been asked."""
        writing = self._writing
        if writing is None:
            return
        self.interrupt()
        if writing.utterance is not None:
            self._voice.stop("interrupted")
            self._visit.memory = writing.before

    def _told(self, writing: Writing, reply: Reply) -> None:
        """A sentence may be said."""
        if writing.stop():
            return
        asked, visit = writing.asked, self._visit
        if writing.so_far is None:
            if asked.figures is not None:
                asked.figures.mark("first_token", self._line.clock())
            visit.lang = reply.lang
            writing.utterance = self._voice.say(
                reply.text, reply.lang, asked.of, "answer", asked.asked_at,
                after=asked.channel == "voice", figures=asked.figures, reply=reply, open_=True,
            )  # fmt: skip
        elif writing.utterance is not None:
            self._say_rest(writing, reply)
        writing.so_far = reply
        if writing.utterance is not None and not self._voice.is_cut(writing.utterance):
            visit.memory, visit.answered = reply.memory, asked.of

    def _say_rest(self, writing: Writing, reply: Reply) -> None:
        said = writing.so_far.text if writing.so_far is not None else ""
        if writing.utterance is not None and len(reply.text) > len(said) and reply.text.startswith(said):
            self._voice.add(writing.utterance, reply.text[len(said) :].strip(), reply)
