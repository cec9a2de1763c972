"""One thing the librarian says, and how much of it a reader has heard."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from avatars.clauses import split_clauses
from avatars.gestures import find_cues
from avatars.playing import Playing
from avatars.speech import Spoken
from avatars.values import Reply
from server import translate
from server.turn_figures import TurnFigures
from wire.audio import AudioFrame
from wire.messages.base import Lang
from wire.messages.speech import SpeechClause, TimedViseme, TimedWord

FRAME_S = 0.04
Kind = Literal["answer", "step"]


@dataclass(slots=True, eq=False)
class Utterance:
    """Times in seconds on its own sample clock. ``before``: what was said of the same text in an earlier utterance.

    ``reply``: the answer it says, for gestures. ``queued``: it waits to be sent. ``playing``: its first sound was sent.
    ``done``: all of it was made. ``cut``: it was stopped. ``open``: its text is still being written. ``heir``: the
    utterance that went on with it after it had been stopped.
    """

    id: int
    of: str
    text: str
    lang: Lang
    kind: Kind
    asked_at: float
    before: str = ""
    figures: TurnFigures | None = None
    reply: Reply | None = None
    clauses: list[SpeechClause] = field(default_factory=list)
    playing: Playing | None = None
    queued: bool = False
    duration_s: float = 0.0
    done: bool = False
    cut: bool = False
    frames: int = 0
    open: bool = False
    heir: Utterance | None = None
    to_say: list[str] = field(init=False)
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.to_say = split_clauses(self.text, self.lang)

    def add(self, text: str, reply: Reply) -> None:
        """More of its text, whole sentences; ``reply``: the answer so far."""
        clauses = split_clauses(text, self.lang)
        if clauses and (self.text or self.before) and self.lang != "zh":
            clauses[0] = " " + clauses[0]
        self.text += "".join(clauses)
        self.to_say += clauses
        self.reply = reply
        self._more.set()

    def close(self) -> None:
        """Nothing more will be added."""
        self.open = False
        self._more.set()

    async def next_clause(self, index: int) -> str | None:
        """The clause to say, as soon as it is there; None when there is none."""
        while index >= len(self.to_say):
            if not self.open:
                return None
            self._more.clear()
            await self._more.wait()
        return self.to_say[index]

    def heard_s(self, now: float) -> float:
        """Seconds of it that have come out of the loudspeaker, as far as can be known."""
        return self.playing.heard(now, self.duration_s) if self.playing is not None else 0.0

    def sounds(self, now: float) -> bool:
        """Is it under way: sent or about to be, and not heard out?"""
        if not self.queued or self.cut:
            return False
        return not self.done or self.heard_s(now) < self.duration_s - 0.02

    def heard(self, now: float) -> str:
        """The part of the whole text that was heard."""
        return self.before + heard_text(self.clauses, self.heard_s(now))

    def split_at(self, now: float) -> tuple[str, str]:
        """What was said before the clause it is in, and the text from that clause on."""
        said, heard_s = 0, self.heard_s(now)
        for clause in self.clauses:
            if clause.end_s > heard_s + 0.02:
                break
            said += len(clause.text)
        return self.before + self.text[:said], self.text[said:]


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


def build_clause(utterance: Utterance, text: str, spoken: Spoken, first: int) -> SpeechClause:
    """The next clause's message. ``first``: index of its first sample in the utterance."""
    rate = spoken.sample_rate
    start_s, end_s = first / rate, (first + len(spoken.samples)) / rate

    def at(in_clause_s: float) -> float:
        return min(start_s + in_clause_s, end_s)  # nothing ends after its clause, not by a rounded bit

    words = tuple(TimedWord(text=w.text, start_s=at(w.start_s), end_s=at(w.end_s)) for w in spoken.words)
    cues = find_cues(text, words, start_s, end_s, utterance.reply) if utterance.reply is not None else ()
    return SpeechClause(
        utterance=utterance.id,
        index=len(utterance.clauses),
        text=text,
        start_s=start_s,
        end_s=end_s,
        words=words,
        visemes=tuple(TimedViseme(name=v.name, start_s=at(v.start_s), end_s=at(v.end_s)) for v in spoken.visemes),
        cues=tuple(translate.cue(made) for made in cues),
    )


def cut_frames(stream: int, spoken: Spoken, first: int, sequence: int) -> Iterator[AudioFrame]:
    """Audio frames of 40 ms. ``first``: index of the clause's first sample in the utterance; ``sequence``: of its
    first frame."""
    size = max(1, round(spoken.sample_rate * FRAME_S))
    samples = spoken.samples.astype("<i2", copy=False)
    for number, at in enumerate(range(0, len(samples), size), sequence):
        yield AudioFrame(stream, number, first + at, spoken.sample_rate, samples[at : at + size].tobytes())
