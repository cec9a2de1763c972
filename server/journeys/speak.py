"""Speaking: a text becomes clauses, each clause speech with captions and mouth shapes, sent as it will be heard.

An answer replaces whatever is being said; a step of the way waits for an answer to end but replaces an older step. An
interruption stops the worker, drops what was not sent, tells the client to flush, and says how much was heard.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from avatars.clauses import split_clauses
from avatars.engines import EngineError, Speaker
from avatars.speech import Spoken, say
from server import translate
from server.line import Line
from server.sessions import Visit
from server.telemetry import Telemetry
from server.workers import Stop, WorkError, Workers
from wire.audio import AudioFrame, encode_audio
from wire.messages.ask import Thinking
from wire.messages.base import Lang
from wire.messages.speech import Flush, SpeechClause, SpeechEnd, SpeechStart, TimedViseme, TimedWord

FRAME_S = 0.04
MAKE_AHEAD_S = 3.0
"""Speech made before it is needed; little, so that an interruption wastes little."""

Kind = Literal["answer", "step"]
FlushReason = Literal["interrupted", "replaced", "reset", "failed"]


@dataclass(slots=True)
class Utterance:
    """One thing said. Times in seconds on its own sample clock."""

    id: int
    of: str
    text: str
    lang: Lang
    kind: Kind
    asked_at: float
    clauses: list[SpeechClause] = field(default_factory=list)
    started_at: float | None = None
    duration_s: float = 0.0
    done: bool = False
    played_s: float = 0.0
    played_at: float | None = None
    cut: bool = False
    frames: int = 0

    def heard_s(self, now: float) -> float:
        """Seconds of it that have come out of the loudspeaker, as far as can be known."""
        if self.played_at is not None:
            return min(self.duration_s, self.played_s + (0.0 if self.cut else max(0.0, now - self.played_at)))
        return min(self.duration_s, max(0.0, now - self.started_at)) if self.started_at is not None else 0.0


def heard_text(clauses: list[SpeechClause], heard_s: float) -> str:
    """The part of the text whose words were heard to their end."""
    parts: list[str] = []
    for clause in clauses:
        if clause.end_s <= heard_s + 0.02:
            parts.append(clause.text)
            continue
        end = 0
        for word in clause.words:
            at = clause.text.find(word.text, end)
            if word.end_s > heard_s or at < 0:
                break
            end = at + len(word.text)
        parts.append(clause.text[:end])
        break
    return "".join(parts)


class Voice:
    """The librarian's voice on one connection.

    ``on_heard``: told (turn id, text heard) when an answer is cut short. ``on_started``, ``on_ended``: told (utterance)
    when its first sound goes out, (utterance, seconds) when all of it has been made or it has been stopped.
    """

    def __init__(
        self,
        line: Line,
        visit: Visit,
        speaker: Speaker | None,
        workers: Workers,
        telemetry: Telemetry,
        on_heard: Callable[[str, str], None],
    ) -> None:
        self._line, self._visit, self._speaker, self._workers = line, visit, speaker, workers
        self._telemetry = telemetry
        self._on_heard = on_heard
        self._waiting: deque[Utterance] = deque()
        self._current: Utterance | None = None
        self._making: asyncio.Task[None] | None = None
        self._recent: deque[Utterance] = deque(maxlen=8)
        self._news = asyncio.Event()
        self.on_started: Callable[[int], None] = lambda _: None
        self.on_ended: Callable[[int, float], None] = lambda _, __: None

    @property
    def speaking(self) -> bool:
        """Something is being said, waits to be said, or lies at the client unheard."""
        return bool(self._waiting or self._current or self._line.ahead_s() > 0.05)

    def can_speak(self, lang: Lang) -> bool:
        """Is there a voice for this language, and does the reader want it?"""
        wanted = self._visit.speech_on and "speech_out" in self._visit.hello.capabilities
        return wanted and self._speaker is not None and lang in self._speaker.capabilities.languages

    def say(self, text: str, lang: Lang, of: str, kind: Kind, asked_at: float) -> int | None:
        """Begin to say a text; its utterance id, None when it will not be spoken."""
        if not text.strip() or not self.can_speak(lang):
            return None
        utterance = Utterance(self._visit.next_utterance(), of, text, lang, kind, asked_at)
        self.stop("replaced", only=None if kind == "answer" else "step")
        self._waiting.append(utterance)
        self._news.set()
        return utterance.id

    def stop(self, reason: FlushReason, only: Kind | None = None) -> bool:
        """Say no more (of one kind, if given); True when something was being said."""
        now = self._line.clock()
        self._waiting = deque(u for u in self._waiting if only is not None and u.kind != only)
        if self._making is not None and self._current is not None and only in (None, self._current.kind):
            self._making.cancel()
        stopped = [u for u in self._recent if only in (None, u.kind) and self._sounds(u, now)]
        for utterance in stopped:
            self._line.drop_speech(utterance.id)
            utterance.played_s, utterance.played_at = utterance.heard_s(now), now
            utterance.cut = True
            self._line.send(Flush(utterance=utterance.id, reason=reason))
            self._tell_heard(utterance)
            self.on_ended(utterance.id, utterance.played_s)
        return bool(stopped)

    def played(self, utterance_id: int, played_s: float) -> None:
        """The client says how much of an utterance has been heard."""
        for utterance in self._recent:
            if utterance.id == utterance_id:
                utterance.played_s, utterance.played_at = played_s, self._line.clock()
                if utterance.cut:
                    self._tell_heard(utterance)

    async def run(self) -> None:
        """Say one utterance after the other, for as long as the connection lasts."""
        while True:
            await self._news.wait()
            self._news.clear()
            while self._waiting:
                self._current = self._waiting.popleft()
                self._recent.append(self._current)
                self._making = asyncio.ensure_future(self._speak(self._current))
                try:
                    await self._making
                except asyncio.CancelledError:
                    task = asyncio.current_task()
                    if task is not None and task.cancelling():
                        self._making.cancel()
                        raise
                finally:
                    self._current = self._making = None

    async def _speak(self, utterance: Utterance) -> None:
        assert self._speaker is not None
        speaker, rate, first = self._speaker, 0, 0
        try:
            for index, text in enumerate(split_clauses(utterance.text, utterance.lang)):
                ahead_s = self._line.ahead_s()
                if index and ahead_s > MAKE_AHEAD_S:
                    await self._line.sleep(ahead_s - MAKE_AHEAD_S)
                spoken = await self._make(speaker, text, utterance.lang)
                if not rate:
                    rate = spoken.sample_rate
                    self._start(utterance, rate)
                first = self._send_clause(utterance, index, text, spoken, first)
        except (EngineError, WorkError) as fault:
            self._line.send(translate.error_message(fault, self._visit.lang, of=utterance.of, doing="speak"))
            if utterance.started_at is not None:
                self._line.drop_speech(utterance.id)
                self._line.send(Flush(utterance=utterance.id, reason="failed"))
                utterance.cut = True
                self.on_ended(utterance.id, 0.0)
            return
        utterance.done = True
        if rate:
            self.on_ended(utterance.id, utterance.duration_s)
            self._line.send_speech(utterance.id, SpeechEnd(utterance=utterance.id, duration_s=utterance.duration_s))
            self._line.send_speech(utterance.id, Thinking(state="idle"))

    async def _make(self, speaker: Speaker, text: str, lang: Lang) -> Spoken:
        stop = Stop()
        with self._telemetry.timed("speak"):
            return await self._workers.run("speaking", lambda: say(speaker, text, lang, stop), stop)

    def _start(self, utterance: Utterance, rate: int) -> None:
        now = self._line.clock()
        utterance.started_at = now + self._line.ahead_s()
        if utterance.kind == "answer":
            self._telemetry.observe("question_to_sound", now - utterance.asked_at)
        self._line.send_speech(utterance.id, Thinking(state="speaking"))
        start = SpeechStart(utterance=utterance.id, of=utterance.of, lang=utterance.lang, sample_rate=rate)
        self._line.send_speech(utterance.id, start)
        self.on_started(utterance.id)

    def _send_clause(self, utterance: Utterance, index: int, text: str, spoken: Spoken, first: int) -> int:
        """Queue one clause and its audio; the first sample of the next clause."""
        rate = spoken.sample_rate
        start_s, end_s = first / rate, (first + len(spoken.samples)) / rate
        clause = SpeechClause(
            utterance=utterance.id,
            index=index,
            text=text,
            start_s=start_s,
            end_s=end_s,
            words=tuple(
                TimedWord(text=w.text, start_s=start_s + w.start_s, end_s=start_s + w.end_s) for w in spoken.words
            ),
            visemes=tuple(
                TimedViseme(name=v.name, start_s=start_s + v.start_s, end_s=start_s + v.end_s) for v in spoken.visemes
            ),
        )
        utterance.clauses.append(clause)
        utterance.duration_s = end_s
        self._line.send_speech(utterance.id, clause)
        for frame in cut_frames(utterance.id, spoken, first, utterance.frames):
            self._line.send_speech(utterance.id, encode_audio(frame), frame.duration_s)
            utterance.frames += 1
        return first + len(spoken.samples)

    def _sounds(self, utterance: Utterance, now: float) -> bool:
        if utterance.started_at is None or utterance.cut:
            return False
        return not utterance.done or utterance.heard_s(now) < utterance.duration_s - 0.02

    def _tell_heard(self, utterance: Utterance) -> None:
        if utterance.kind == "answer":
            self._on_heard(utterance.of, heard_text(utterance.clauses, utterance.played_s))


def cut_frames(stream: int, spoken: Spoken, first: int, sequence: int) -> Iterator[AudioFrame]:
    """Audio frames of 40 ms. ``first``: index of the clause's first sample in the utterance; ``sequence``: of its
    first frame."""
    size = max(1, round(spoken.sample_rate * FRAME_S))
    samples = spoken.samples.astype("<i2", copy=False)
    for number, at in enumerate(range(0, len(samples), size), sequence):
        yield AudioFrame(stream, number, first + at, spoken.sample_rate, samples[at : at + size].tobytes())
