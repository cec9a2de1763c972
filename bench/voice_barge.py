"""``shelfway bench voice --barge``: how soon the librarian is soft and silent when a reader speaks into her answer.

A long answer is asked for; 1.5 s into it a reader says something, spoken by espeak-ng, at a microphone's pace. Times
go from the first voiced sample that was sent to the message that softens (``duck``), silences (``duck`` to 0, or
``flush``) and stops (``flush``) her; a client fades within 20 ms of it. ``back_channels``: said instead; ``stopped``
counts those after which the answer was flushed, ``held_p50_ms`` how long she waited in silence.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from voice_client import FRAME, Came, Talker, quantile, speak, talk, voiced

WORDS = (
    "wait, where is the lift?",
    "where are the toilets?",
    "no, I want another book",
    "stop please",
    "how do I get to the reading room?",
    "when do you close today?",
)
BACK_CHANNELS = ("uh-huh", "mm", "mm-hmm", "okay", "yeah", "I see", "hm", "oh")
FADE_S = 0.02


@dataclass(slots=True)
class Row:
    """What was measured, in seconds."""

    soft_s: list[float] = field(default_factory=list)
    silent_s: list[float] = field(default_factory=list)
    stopped_s: list[float] = field(default_factory=list)
    said: int = 0
    missed: int = 0
    hums: int = 0
    stopped_by: list[str] = field(default_factory=list)
    held_s: list[float] = field(default_factory=list)

    def report(self) -> dict[str, Any]:
        return {
            "interruptions": self.said,
            "missed": self.missed,
            "soft_p50_ms": quantile(self.soft_s, 0.5),
            "soft_p95_ms": quantile(self.soft_s, 0.95),
            "silent_p50_ms": quantile(self.silent_s, 0.5),
            "silent_p95_ms": quantile(self.silent_s, 0.95),
            "stopped_p50_ms": quantile(self.stopped_s, 0.5),
            "stopped_p95_ms": quantile(self.stopped_s, 0.95),
            "back_channels": self.hums,
            "stopped": len(self.stopped_by),
            "stopped_by": sorted(set(self.stopped_by)),
            "held_p50_ms": quantile(self.held_s, 0.5),
        }


async def measure(url: str, question: str, rounds: int) -> Row:
    """Every phrase so many times, one session."""
    from avatars.engines import load_class

    speaker, row = load_class("espeak")(), Row()
    phrases = [(text, speak(speaker, text)[0], False) for text in WORDS]
    phrases += [(text, speak(speaker, text)[0], True) for text in BACK_CHANNELS]
    speaker.close()

    async def conversation(talker: Talker) -> None:
        for number in range(rounds):
            for text, samples, hum in phrases:
                await barge(talker, f"q{number}-{text}", question, text, samples, hum, row)

    await talk(url, conversation)
    return row


async def barge(talker: Talker, of: str, question: str, text: str, samples: np.ndarray, hum: bool, row: Row) -> None:
    """One answer, and something said into it."""
    began = talker.due
    await talker.send(type="ask", id=of, text=question, lang="en")
    await talker.quiet(8.0, lambda: talker.first("audio", began) is not None)
    await talker.quiet(1.5)
    first, last = voiced(samples)
    sent = await talker.say(samples[: (last // FRAME + 1) * FRAME])
    voice_at = sent[first // FRAME]
    await talker.quiet(2.5)
    soft = talker.first("duck", voice_at)
    flush = talker.first("flush", voice_at, reason="interrupted")
    silent = _earlier(talker.first("duck", voice_at, gain=0.0), flush)
    if hum:
        row.hums += 1
        if flush is not None:
            row.stopped_by.append(text)
        elif silent is not None:
            freed = talker.first("duck", silent.at, gain=1.0)
            row.held_s.append((freed.at if freed is not None else talker.due) - silent.at)
    else:
        row.said += 1
        if flush is None or silent is None:
            row.missed += 1
        else:
            row.soft_s.append((_earlier(soft, flush) or flush).at - voice_at + FADE_S)
            row.silent_s.append(silent.at - voice_at + FADE_S)
            row.stopped_s.append(flush.at - voice_at + FADE_S)
    await talker.send(type="interrupt")
    await talker.send(type="reset")
    await talker.quiet(1.5)


def _earlier(one: Came | None, other: Came | None) -> Came | None:
    came = [message for message in (one, other) if message is not None]
    return min(came, key=lambda message: message.at) if came else None


def run(url: str, question: str, rounds: int) -> dict[str, Any]:
    """Measure; the table's row."""
    return asyncio.run(measure(url, question, rounds)).report()
