"""``shelfway bench voice --pauses``: how often a reader who pauses is cut off, how soon one who ended is answered.

Questions for books of the home, spoken by espeak-ng; in each, silence of 0.3, 0.5 or 0.7 s is put between two words
(every boundary in turn), and each is also asked without. One table: ``cut_off`` is the share of the paused questions
whose turn was ended before their last word; ``p50_ms`` and ``p95_ms`` go from the last voiced sample that was sent to
the first audio of the answer, over the questions that were not cut off and not rejected.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from voice_client import FRAME, RATE, Talker, quantile, speak, talk, voiced

PAUSES_S = (0.0, 0.3, 0.5, 0.7)
TIMEOUT_S = 8.0


@dataclass(frozen=True, slots=True)
class Case:
    """One question. ``pause_s``: put before word ``word``; 0: none. ``last``: index of its last voiced sample."""

    text: str
    record_id: str
    pause_s: float
    word: int
    samples: np.ndarray
    last: int


@dataclass(slots=True)
class Row:
    """The cases of one length of pause."""

    pause_s: float
    asked: int = 0
    cut: int = 0
    rejected: int = 0
    missed: int = 0
    wrong: int = 0
    guessed: int = 0
    sound_s: list[float] = field(default_factory=list)
    heard_s: list[float] = field(default_factory=list)

    def report(self) -> dict[str, Any]:
        return {
            "pause_s": self.pause_s,
            "asked": self.asked,
            "cut_off": round(self.cut / self.asked, 3) if self.asked else None,
            "rejected": self.rejected,
            "missed": self.missed,
            "wrong": self.wrong,
            "thought_ahead": self.guessed,
            "p50_ms": quantile(self.sound_s, 0.5),
            "p95_ms": quantile(self.sound_s, 0.95),
            "heard_p50_ms": quantile(self.heard_s, 0.5),
        }


def make_cases(titles: list[tuple[str, str]]) -> list[Case]:
    """Cases for (text, record id)."""
    from avatars.engines import load_class

    speaker, cases = load_class("espeak")(), []
    for number, (text, record_id) in enumerate(titles):
        samples, words = speak(speaker, text)
        for pause_s in PAUSES_S:
            word = 1 + (number + int(pause_s * 10)) % (len(words) - 1)
            at = int(words[word] * RATE)
            gap = np.zeros(int(pause_s * RATE), np.int16)
            whole = np.concatenate([samples[:at], gap, samples[at:]])
            cases.append(Case(text, record_id, pause_s, word, whole, voiced(whole)[1]))
    speaker.close()
    return cases


async def measure(url: str, cases: list[Case], sessions: int) -> list[Row]:
    """Every case once, by so many sessions at a time."""
    rows = {pause_s: Row(pause_s) for pause_s in PAUSES_S}
    waiting = list(cases)

    async def conversation(talker: Talker) -> None:
        while waiting:
            case = waiting.pop(0)
            await ask(talker, case, rows[case.pause_s])

    async with asyncio.TaskGroup() as group:
        for _ in range(sessions):
            group.create_task(talk(url, conversation))
    return list(rows.values())


async def ask(talker: Talker, case: Case, row: Row) -> None:
    """One question: judged by what came and when."""
    sent = await talker.say(case.samples[: (case.last // FRAME + 1) * FRAME])
    began, ended = sent[0], sent[-1]

    def settled() -> bool:
        rejected = talker.first("heard", ended, rejected=True)
        return rejected is not None or (
            talker.first("audio", ended) is not None and talker.first("answer", began) is not None
        )

    await talker.quiet(TIMEOUT_S, settled)
    await talker.quiet(0.1)
    row.asked += 1
    early = talker.first("heard", began)
    sound, answer, trace = (
        talker.first("audio", ended),
        talker.first("answer", ended),
        talker.first("turn_trace", ended),
    )
    if early is not None and early.at < ended:
        row.cut += 1
    elif early is not None and early.body["rejected"]:
        row.rejected += 1
    elif sound is None or answer is None:
        row.missed += 1
    else:
        row.sound_s.append(sound.at - ended)
        row.heard_s.append(early.at - ended if early is not None else 0.0)
        row.guessed += trace is not None and trace.body["guessed"]
        row.wrong += case.record_id not in [item["record_id"] for item in answer.body["items"]]
    await talker.send(type="interrupt")
    await talker.send(type="reset")
    await talker.quiet(1.2)
