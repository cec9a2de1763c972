"""``shelfway bench voice``: from the last voiced sample of a spoken question to the first audio of its answer.

Questions for books of the home are spoken by espeak-ng and streamed to a real server over its real socket at the pace
of a microphone (frames of 20 ms), by 1 and by 8 sessions at once. Two ways: ``open`` (the server finds the end of the
turn, so its end-of-speech pause is inside the figure) and ``push`` (the button is let go with the last voiced sample).
Each answer is checked: it must be about the book that was asked for.

Other figures: ``--pauses`` (cut off or not, by length of pause: ``voice_pauses.py``), ``--barge`` (how soon she is
silent: ``voice_barge.py``), ``--peers SCRIPT`` (overhead beside other servers: ``voice_beside.py``).

Prints one JSON document with a row each: ``turns`` answered, ``missed`` (no answer in 12 s), ``rejected`` (not
understood), ``wrong`` (another book), ``p50_ms`` and ``p95_ms`` until the first sound, ``heard_p50_ms`` until the
transcript, ``lag_p95_ms``: how late this client's own pacing was (large: discard the row).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import voice_barge
import voice_beside
import voice_pauses
import websockets

from wire.audio import AudioFrame, encode_audio

RATE, FRAME = 16_000, 320
FRAME_S = FRAME / RATE
TIMEOUT_S = 12.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """A question as samples. ``voiced``: samples up to and including the last voiced one."""

    text: str
    record_id: str
    samples: np.ndarray
    voiced: int


@dataclass(slots=True)
class Row:
    """What one way of asking gave, in milliseconds."""

    sessions: int
    mode: str
    sound_ms: list[float] = field(default_factory=list)
    heard_ms: list[float] = field(default_factory=list)
    lag_ms: list[float] = field(default_factory=list)
    missed: int = 0
    rejected: int = 0
    wrong: int = 0

    def report(self) -> dict[str, Any]:
        return {
            "sessions": self.sessions,
            "mode": self.mode,
            "turns": len(self.sound_ms),
            "missed": self.missed,
            "rejected": self.rejected,
            "wrong": self.wrong,
            "p50_ms": _quantile(self.sound_ms, 0.5),
            "p95_ms": _quantile(self.sound_ms, 0.95),
            "heard_p50_ms": _quantile(self.heard_ms, 0.5),
            "lag_p95_ms": _quantile(self.lag_ms, 0.95),
        }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sessions", default="1,8", help="numbers of sessions at once (default: 1,8)")
    parser.add_argument("--turns", type=int, default=5, help="questions per session (default: 5)")
    parser.add_argument("--modes", default="open,push", help="open, push or both (default)")
    parser.add_argument("--pauses", action="store_true", help="questions with pauses in mid-sentence")
    parser.add_argument("--barge", action="store_true", help="readers who speak into the answer")
    parser.add_argument(
        "--question", default="What are the library rules for borrowing books?", help="whose answer is spoken into"
    )
    parser.add_argument("--peers", type=Path, metavar="SCRIPT", help="benchmark of other voice servers, beside ours")
    parser.add_argument(
        "--peers-python", default=sys.executable, metavar="PYTHON", help="interpreter that has the peers"
    )
    parser.add_argument("--peer-names", default="bare,pipecat", help="peers to run (default: bare,pipecat)")
    parser.add_argument("--url", help="a running server's ws://…/v1/ws; default: one of our own on a free port")


def run(args: argparse.Namespace) -> int:
    """Measure and print; 1 when no turn was answered."""
    from server.settings import load_settings

    if args.peers is not None:
        rows = voice_beside.run(args.peers, args.peers_python, args.peer_names, args.sessions, args.turns)
        return _print(args, rows, "stubs that cost nothing")
    with tempfile.TemporaryDirectory() as folder:
        home = load_settings(args.home).settings.home
        if not (home / "twin").is_dir():
            from server.demo_home import make_demo_home

            home = Path(folder) / "home"
            make_demo_home(home, lambda step: print(step, file=sys.stderr))
        questions = make_questions(home, max(args.turns, 8))
        titles = [(question.text, question.record_id) for question in questions]
        server = (
            None
            if args.url
            else subprocess.Popen(
                [sys.executable, "-m", "server", "serve", "--port", "0", "--home", str(home)],
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        try:
            url = args.url or _url(server)
            if args.barge:
                return _print(args, [voice_barge.run(url, args.question, args.turns)])
            if args.pauses:
                cases = voice_pauses.make_cases(titles)
                at_once = int(args.sessions.split(",")[0])
                paused = asyncio.run(voice_pauses.measure(url, cases, at_once))
                return _print(args, [row.report() for row in paused])
            rows = asyncio.run(measure(url, questions, args))
        finally:
            if server is not None:
                server.terminate()
                server.wait(10)
    _print(args, [row.report() for row in rows])
    return 0 if any(row.sound_ms for row in rows) else 1


def _print(args: argparse.Namespace, rows: list[dict[str, Any]], engines: str = "espeak, sphinx") -> int:
    load = round(os.getloadavg()[0] / (os.cpu_count() or 1), 2)
    document = {"bench": "voice", "machine": machine(), "load": load, "engines": engines, "rows": rows}
    print(json.dumps(document, ensure_ascii=False, indent=None if args.json else 1))
    return 0


def make_questions(home: Path, count: int) -> list[Spoken]:
    """Questions for ``count`` books of the home with short English titles, spoken."""
    from avatars.engines import load_class
    from avatars.speech import say
    from library.store import Catalogue
    from server.journeys.resample import ToHearing

    catalogue, speaker, questions = Catalogue.open(home / "catalogue.sqlite"), load_class("espeak")(), []
    for record in sorted(catalogue.records(), key=lambda r: r.record_id):
        words = record.title.split()
        if record.synthetic or not record.title.isascii() or not 2 <= len(words) <= 4 or not record.items:
            continue
        text = f"Where is {record.title}?"
        spoken = say(speaker, text, "en")
        stream = ToHearing(spoken.sample_rate)
        samples = np.concatenate([*stream.feed(spoken.samples.astype("<i2").tobytes()), *stream.flush()])
        loud = np.nonzero(np.abs(samples) > 0.02)[0]
        questions.append(Spoken(text, record.record_id, (samples * 32767).astype("<i2"), int(loud[-1]) + 1))
        if len(questions) == count:
            break
    catalogue.close()
    speaker.close()
    return questions


async def measure(url: str, questions: list[Spoken], args: argparse.Namespace) -> list[Row]:
    """Every number of sessions in every mode, one after the other."""
    rows = []
    for mode in args.modes.split(","):
        for sessions in map(int, args.sessions.split(",")):
            row = Row(sessions, mode)
            async with asyncio.TaskGroup() as group:
                for number in range(sessions):
                    group.create_task(Asker(url, mode, row, number).run(questions, args.turns))
            rows.append(row)
    return rows


class Asker:
    """One client: asks its questions at a microphone's pace and listens for the answers."""

    def __init__(self, url: str, mode: str, row: Row, number: int) -> None:
        self.url, self.mode, self.row, self.number = url, mode, row, number
        self.sound_at: float | None = None
        self.heard_at: float | None = None
        self.answer: dict[str, Any] | None = None
        self.rejected = False

    async def run(self, questions: list[Spoken], turns: int) -> None:
        await asyncio.sleep(self.number * 0.137)  # people do not begin together
        async with websockets.connect(
            self.url, subprotocols=["shelfway.v1"], max_size=None, compression=None
        ) as socket:
            hello = {"type": "hello", "version": 1, "client": "test", "languages": ["en"]}
            await socket.send(json.dumps({**hello, "capabilities": ["speech_in", "speech_out"]}))
            reader = asyncio.ensure_future(self._listen(socket))
            for turn in range(turns):
                await self._ask(socket, questions[(self.number + turn) % len(questions)], turn + 1)
            reader.cancel()

    async def _ask(self, socket: websockets.ClientConnection, question: Spoken, stream: int) -> None:
        self.sound_at = self.heard_at = self.answer = None
        self.rejected = False
        opening = {"type": "listen", "stream": stream, "mode": self.mode, "sample_rate": RATE, "lang": "en"}
        await socket.send(json.dumps(opening))
        samples = np.concatenate([np.zeros(FRAME * 10, "<i2"), question.samples])
        last = (FRAME * 10 + question.voiced - 1) // FRAME
        due, sent_last, number = time.perf_counter(), None, 0
        while not self.rejected and (self.sound_at is None or self.answer is None):
            due += FRAME_S
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            self.row.lag_ms.append((time.perf_counter() - due) * 1000)
            if sent_last is not None and time.perf_counter() - sent_last > TIMEOUT_S:
                break
            if self.mode == "push" and sent_last is not None:
                continue
            piece = samples[number * FRAME : (number + 1) * FRAME]
            piece = np.pad(piece, (0, FRAME - len(piece)))
            await socket.send(encode_audio(AudioFrame(stream, number, number * FRAME, RATE, piece.tobytes())))
            if number == last:
                sent_last = time.perf_counter()
                if self.mode == "push":
                    await socket.send(json.dumps({"type": "listen_end", "stream": stream}))
            number += 1
        if self.mode == "open":
            await socket.send(json.dumps({"type": "listen_end", "stream": stream}))
        await socket.send(json.dumps({"type": "interrupt"}))
        self._judge(question, sent_last)
        await asyncio.sleep(0.3)

    def _judge(self, question: Spoken, since: float | None) -> None:
        if self.rejected:
            self.row.rejected += 1
            return
        if self.sound_at is None or self.answer is None or since is None:
            self.row.missed += 1
            return
        self.row.sound_ms.append((self.sound_at - since) * 1000)
        if self.heard_at is not None:
            self.row.heard_ms.append((self.heard_at - since) * 1000)
        if question.record_id not in [item["record_id"] for item in self.answer["items"]]:
            self.row.wrong += 1

    async def _listen(self, socket: websockets.ClientConnection) -> None:
        async for frame in socket:
            now = time.perf_counter()
            if isinstance(frame, bytes):
                self.sound_at = self.sound_at or now
                continue
            message = json.loads(frame)
            if message["type"] == "heard" and message["final"]:
                self.heard_at = now
                self.rejected = message["rejected"]
            elif message["type"] == "answer":
                self.answer = message
            elif message["type"] == "flush":
                self.sound_at = None


def machine() -> str:
    """The machine's name and size, for comparing figures."""
    return f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _url(server: subprocess.Popen[str] | None) -> str:
    assert server is not None
    assert server.stdout is not None
    line = server.stdout.readline().strip()
    if not line.startswith("http"):
        raise SystemExit("the server did not start; run `shelfway serve` to see why")
    return line.replace("http://", "ws://") + "v1/ws"


def _quantile(values: list[float], q: float) -> float | None:
    return round(float(np.quantile(values, q)), 1) if values else None
