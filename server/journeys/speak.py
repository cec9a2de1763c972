"""Speaking: a text becomes clauses, each clause speech with captions and mouth shapes, sent as it will be heard.

A typed question's answer replaces whatever is being said; a spoken one's waits its turn; a step of the way waits for an
answer to end but replaces an older step. An interruption stops the worker, drops what was not sent, tells the client to
flush, and says how much was heard. A false one lets her go on, at the same word or at the clause she was in.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Literal

from avatars.clauses import split_clauses
from avatars.engines import EngineError, Speaker
from avatars.playing import Playing
from avatars.speech import Spoken, say
from avatars.values import Reply
from server import translate
from server.journeys.utterance import Kind, Utterance, build_clause, cut_frames
from server.line import Line
from server.sessions import Visit
from server.telemetry import Telemetry
from server.turn_figures import TurnFigures
from server.workers import Stop, WorkError, Workers
from wire.audio import encode_audio
from wire.messages.ask import Thinking
from wire.messages.base import Lang
from wire.messages.speech import Duck, Flush, SpeechEnd, SpeechStart
from wire.visemes import FACES

MAKE_AHEAD_S = 3.0
"""Speech made before it is needed; little, so that an interruption wastes little."""

FlushReason = Literal["interrupted", "replaced", "reset", "failed"]


class Voice:
    """The librarian's voice on one connection.

    ``on_heard``: told (turn id, text heard) when an answer is cut short or taken up again. ``on_started``,
    ``on_ended``: told (utterance, text) when its first sound has gone out, (utterance, seconds) when all of it has been
    made or it has been stopped. ``on_grown``: told (utterance, text, seconds) when an open one goes on.
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
        self._prepared: tuple[tuple[str, Lang], asyncio.Task[Spoken]] | None = None
        self._news = asyncio.Event()
        self.on_started: Callable[[int, str], None] = lambda _, __: None
        self.on_ended: Callable[[int, float], None] = lambda _, __: None
        self.on_grown: Callable[[int, str, float], None] = lambda _, __, ___: None
        line.on_sounding = self._sounding

    @property
    def speaking(self) -> bool:
        """Something is being said, waits to be said, or lies at the client unheard."""
        return bool(self._waiting or self._current or self._line.ahead_s() > 0.05)

    def can_speak(self, lang: Lang) -> bool:
        """Is there a voice for this language, and does the reader want it?"""
        wanted = self._visit.speech_on and "speech_out" in self._visit.hello.capabilities
        return wanted and self._speaker is not None and lang in self._speaker.capabilities.languages

    def say(
        self, text: str, lang: Lang, of: str, kind: Kind, asked_at: float, *,
        after: bool = False, before: str = "", figures: TurnFigures | None = None, reply: Reply | None = None,
        open_: bool = False,
    ) -> int | None:  # fmt: skip
        """Begin to say a text; its utterance id, None when it will not be spoken.

        ``after``: when what is being said has ended. ``before``: text of the same answer that has been said. ``reply``:
        the answer that it says, for gestures. ``open_``: more sentences follow by ``add``, until ``close``.
        """
        if not (text.strip() or open_) or not self.can_speak(lang):
            return None
        utterance = Utterance(self._visit.next_utterance(), of, text, lang, kind, asked_at, before, figures, reply)
        utterance.open = open_
        if not after:
            self.stop("replaced", only=None if kind == "answer" else "step")
        self._waiting.append(utterance)
        self._news.set()
        return utterance.id

    def add(self, utterance_id: int, text: str, reply: Reply) -> None:
        """More sentences of an open utterance; one that was stopped keeps them, should she go on."""
        utterance = self._find(utterance_id)
        if utterance is not None:
            utterance.add(text, reply)

    def close(self, utterance_id: int) -> None:
        """The text of an open utterance is whole."""
        utterance = self._find(utterance_id)
        if utterance is not None:
            utterance.close()

    def is_cut(self, utterance_id: int) -> bool:
        """Was it stopped, and has she not gone on with it?"""
        utterance = self._find(utterance_id)
        return utterance is None or utterance.cut

    def tell_heard(self, utterance_id: int) -> None:
        """Say again how much of a stopped answer was heard."""
        utterance = self._find(utterance_id)
        if utterance is not None and utterance.cut:
            self._tell_heard(utterance)

    def _find(self, utterance_id: int) -> Utterance | None:
        """An utterance, or the one that went on with it."""
        found = next((u for u in (*self._waiting, *self._recent) if u.id == utterance_id), None)
        while found is not None and found.heir is not None:
            found = found.heir
        return found

    def prepare(self, text: str, lang: Lang) -> None:
        """Make the first clause of what will probably be said."""
        first = split_clauses(text, lang)[:1]
        if not first or self._speaker is None or not self.can_speak(lang):
            return
        if self._prepared is not None:
            self._prepared[1].cancel()
        making = asyncio.ensure_future(self._make(self._speaker, first[0], lang))
        making.add_done_callback(lambda task: task.cancelled() or task.exception())  # told when it is said
        self._prepared = ((first[0], lang), making)

    def stop(self, reason: FlushReason, only: Kind | None = None) -> bool:
        """Say no more (of one kind, if given); True when something was being said."""
        now = self._line.clock()
        dropped = [u for u in self._waiting if only in (None, u.kind)]
        self._waiting = deque(u for u in self._waiting if u not in dropped)
        if self._making is not None and self._current is not None and only in (None, self._current.kind):
            self._making.cancel()
            dropped += [] if self._current.queued else [self._current]
        for utterance in (u for u in dropped if u.open):
            utterance.cut = True
            if utterance is not self._current:
                self._recent.append(utterance)
            self._tell_heard(utterance)
        stopped = [u for u in self._recent if only in (None, u.kind) and u.sounds(now)]
        for utterance in stopped:
            self._line.drop_speech(utterance.id)
            if utterance.playing is not None:
                utterance.playing.stop(now)
            utterance.cut = True
            self._line.send(Flush(utterance=utterance.id, reason=reason))
            self._tell_heard(utterance)
            self.on_ended(utterance.id, utterance.heard_s(now))
        if only is None:
            self._line.release_speech()
        return bool(stopped)

    def duck(self, utterance_id: int, gain: float) -> None:
        """Let what is being heard be heard at this gain; at 0 it waits."""
        now = self._line.clock()
        for utterance in self._recent:
            if utterance.id != utterance_id and not (utterance.playing is not None and utterance.sounds(now)):
                continue
            self._line.send(Duck(utterance=utterance.id, gain=gain))
            if utterance.playing is not None:
                utterance.playing.hold(now) if gain == 0.0 else utterance.playing.release(now)
        self._line.hold_speech() if gain == 0.0 else self._line.release_speech()

    def resume(self, utterance_id: int) -> int | None:
        """Nobody interrupted: say the rest of a stopped utterance from the clause it was in, as a new one."""
        for old in self._recent:
            if old.id == utterance_id and old.cut:
                before, rest = old.split_at(self._line.clock())
                if old.kind == "answer":
                    self._on_heard(old.of, before + rest)
                again = self.say(
                    rest, old.lang, old.of, old.kind, old.asked_at, after=True, before=before, reply=old.reply,
                    open_=old.open,
                )  # fmt: skip
                old.heir = None if again is None else self._waiting[-1]
                return again
        return None

    def played(self, utterance_id: int, played_s: float) -> None:
        """The client says how much of an utterance has been heard."""
        now = self._line.clock()
        for utterance in self._recent:
            if utterance.id == utterance_id and utterance.playing is not None:
                utterance.playing.report(now, played_s)
                if utterance.figures is not None and played_s > 0 and "played" not in utterance.figures.marks:
                    utterance.figures.mark("played", now - played_s)
                    self._telemetry.observe_played(utterance.figures)
                    self._trace(utterance.figures)
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
        speaker, rate, first, index = self._speaker, 0, 0, 0
        try:
            while (text := await utterance.next_clause(index)) is not None:
                ahead_s = self._line.ahead_s()
                if index and ahead_s > MAKE_AHEAD_S:
                    await self._line.sleep(ahead_s - MAKE_AHEAD_S)
                spoken = await (self._take_prepared(text, utterance.lang) or self._make(speaker, text, utterance.lang))
                if not rate:
                    rate = spoken.sample_rate
                    self._start(utterance, rate)
                first = self._send_clause(utterance, text, spoken, first)
                index += 1
        except (EngineError, WorkError) as fault:
            self._fail(utterance, fault)
            return
        utterance.done = True
        if rate:
            self.on_ended(utterance.id, utterance.duration_s)
            self._line.send_speech(utterance.id, SpeechEnd(utterance=utterance.id, duration_s=utterance.duration_s))
            self._line.send_speech(utterance.id, Thinking(state="idle"))

    def _fail(self, utterance: Utterance, fault: Exception) -> None:
        self._line.send(translate.error_message(fault, self._visit.lang, of=utterance.of, doing="speak"))
        if utterance.queued:
            self._line.drop_speech(utterance.id)
            self._line.send(Flush(utterance=utterance.id, reason="failed"))
            utterance.cut = True
            self.on_ended(utterance.id, 0.0)

    async def _make(self, speaker: Speaker, text: str, lang: Lang) -> Spoken:
        stop = Stop()
        with self._telemetry.timed("speak"):
            return await self._workers.run("speaking", lambda: say(speaker, text, lang, stop), stop)

    def _take_prepared(self, text: str, lang: Lang) -> asyncio.Task[Spoken] | None:
        prepared, self._prepared = self._prepared, None
        if prepared is not None and prepared[0] == (text, lang) and not prepared[1].cancelled():
            return prepared[1]
        return None

    def _start(self, utterance: Utterance, rate: int) -> None:
        utterance.queued = True
        self._line.send_speech(utterance.id, Thinking(state="speaking"))
        wanted = self._visit.hello.capabilities
        faces = {name: {k: dict(v) for k, v in table.items()} for name, table in FACES.items() if name in wanted}
        start = SpeechStart(utterance=utterance.id, of=utterance.of, lang=utterance.lang, sample_rate=rate, faces=faces)
        self._line.send_speech(utterance.id, start)

    def _sounding(self, utterance_id: int) -> None:
        """Its first audio has been sent."""
        now = self._line.clock()
        for utterance in self._recent:
            if utterance.id == utterance_id and utterance.playing is None and not utterance.cut:
                utterance.playing = Playing(now)
                if utterance.kind == "answer" and not utterance.before:
                    self._telemetry.observe("question_to_sound", now - utterance.asked_at)
                if utterance.figures is not None:
                    utterance.figures.mark("sent", now)
                    self._telemetry.turns.add(utterance.figures)
                    self._trace(utterance.figures)
                self.on_started(utterance.id, utterance.text)

    def _send_clause(self, utterance: Utterance, text: str, spoken: Spoken, first: int) -> int:
        """Queue one clause and its audio; the first sample of the next clause."""
        if utterance.playing is not None:
            utterance.playing.starve(self._line.clock(), utterance.duration_s)
            self.on_grown(utterance.id, utterance.text, utterance.duration_s)
        clause = build_clause(utterance, text, spoken, first)
        utterance.clauses.append(clause)
        utterance.duration_s = clause.end_s
        self._line.send_speech(utterance.id, clause)
        for frame in cut_frames(utterance.id, spoken, first, utterance.frames):
            self._line.send_speech(utterance.id, encode_audio(frame), frame.duration_s)
            utterance.frames += 1
        return first + len(spoken.samples)

    def _trace(self, figures: TurnFigures) -> None:
        if "figures" in self._visit.hello.capabilities:
            self._line.send(figures.to_trace())

    def _tell_heard(self, utterance: Utterance) -> None:
        if utterance.kind == "answer":
            self._on_heard(utterance.of, utterance.heard(self._line.clock()))
