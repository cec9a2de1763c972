"""Shelfway's own turn path behind a bare socket and engines that cost nothing, to compare with other voice servers.

Binary PCM16 both ways (16 kHz in, 24 kHz out), ``{"type": "interrupted"}`` when a reply is cut off. Everything between
is what readers use: resampling, turn core, workers, clauses, captions, mouth shapes, paced outbox. So what a client
measures is the time that this server itself adds to a turn.

    python bench/voice_stub.py --port 8799
    (then point a benchmark that speaks this codec to ws://127.0.0.1:8799/ws?reply_ms=300)
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import uvicorn
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

from avatars.engines import Capabilities, SpeechChunk, Transcript
from avatars.turn_values import TurnSettings
from avatars.values import Memory, Question, Reply
from server.connection import Connection
from server.ears import Ears
from server.hub_memory import MemoryHub
from server.line import Line
from server.parts import Parts
from server.serving import make_config
from server.settings import Settings
from server.telemetry import Telemetry
from server.turns import Turns
from server.workers import Workers
from wire.audio import HEADER, AudioFrame
from wire.messages.session import Hello
from wire.messages.speech import Listen

OUT_RATE, IN_RATE = 24_000, 16_000
REPLY = "The book is on the second floor."


class StubSpeaker:
    """Silence of a fixed length, at once."""

    capabilities = Capabilities(("en", "zh"), OUT_RATE, True)

    def __init__(self, reply_ms: int) -> None:
        self.pcm = np.zeros(OUT_RATE * reply_ms // 1000, np.int16)

    def speak(self, text: str, lang: str, stop: Callable[[], bool] | None = None) -> Iterator[SpeechChunk]:
        yield SpeechChunk(self.pcm, OUT_RATE)


class StubTranscriber:
    """Always the same words, at once."""

    capabilities = Capabilities(("en",), IN_RATE, False)

    def transcribe(self, samples: np.ndarray, lang: str | None = None) -> Transcript:
        return Transcript("where is the book", "en", confidence=1.0)


class Loud:
    """The energy gate that the benchmark's other servers use."""

    capabilities = Capabilities((), IN_RATE, True)

    def feed(self, frame: np.ndarray) -> bool:
        return float(np.abs(frame).max()) > 1000 / 32768


class StubMind:
    """Always the same answer, at once."""

    def answer(self, question: Question, memory: Memory) -> Reply:
        return Reply(REPLY, "en", "find_item", memory=replace(memory, turns=((question.text, REPLY),)))

    def heard(self, memory: Memory, text: str) -> Memory:
        return replace(memory, turns=(("", text),))


class StubFinder:
    """An empty catalogue."""

    def find(self, query: str, limit: int) -> tuple[()]:
        return ()

    def locate(self, record_id: str) -> None:
        return None


def build(start_ms: int, stop_ms: int) -> FastAPI:
    """The application; pauses as the benchmark's other servers have them: nothing is guessed, nothing softened."""
    start_s, stop_s = start_ms / 1000, stop_ms / 1000
    rules = TurnSettings(
        begin_s=start_s, duck_s=start_s, hold_s=start_s, decide_s=start_s, guess_s=stop_s, complete_s=stop_s,
        silence_s=stop_s, dangling_s=stop_s, echo_s=0.0, resume_s=0.0,
    )  # fmt: skip
    parts = Parts(
        settings=Settings(sessions_max=1000),
        plan=None,
        building=None,
        mind=StubMind(),
        finder=StubFinder(),
        hub=MemoryHub(),
        workers=Workers(),
        telemetry=Telemetry(),
        ears=Ears({"en": StubTranscriber()}),
        speaker=None,
        make_turns=lambda clock: Turns(clock, Loud(), rules),
        library_name={"en": "-"},
        librarian_name={"en": "-"},
    )
    app = FastAPI()

    @app.websocket("/ws")
    async def ws(socket: WebSocket) -> None:
        await socket.accept()
        mine = replace_speaker(parts, StubSpeaker(int(socket.query_params.get("reply_ms", 300))))
        try:
            async with asyncio.TaskGroup() as group:
                await converse(socket, mine, group)
        except* (WebSocketDisconnect, RuntimeError):
            pass

    return app


def replace_speaker(parts: Parts, speaker: StubSpeaker) -> Parts:
    """The same parts with this connection's speaker; visits are the connection's own."""
    return replace(parts, speaker=speaker)


async def converse(socket: WebSocket, parts: Parts, group: asyncio.TaskGroup) -> None:
    """Carry bare samples in and out of an ordinary connection."""
    line = Line(time.monotonic)
    hello = Hello(version=1, client="test", capabilities=("speech_in", "speech_out"))
    connection = Connection(parts, line, hello, group)
    connection.take(Listen(stream=1, mode="open", sample_rate=IN_RATE, lang="en"))

    async def write(frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            await socket.send_bytes(frame[HEADER.size :])
        elif json.loads(frame)["type"] == "flush":
            await socket.send_text('{"type":"interrupted"}')

    group.create_task(line.carry(write))
    first = number = 0
    while True:
        pcm = await socket.receive_bytes()
        connection.take_audio(AudioFrame(1, number, first, IN_RATE, pcm))
        first, number = first + len(pcm) // 2, number + 1


def main() -> None:
    parser = argparse.ArgumentParser(description="Shelfway's turn path behind a bare socket, for comparisons.")
    parser.add_argument("--port", type=int, default=8799)
    parser.add_argument("--start-ms", type=int, default=200, help="speech before a turn counts as begun")
    parser.add_argument("--stop-ms", type=int, default=200, help="silence after which a turn counts as ended")
    args = parser.parse_args()
    print(f"pid {os.getpid()}", flush=True)
    app = build(args.start_ms, args.stop_ms)
    uvicorn.Server(make_config(app, host="127.0.0.1", port=args.port)).run()


if __name__ == "__main__":
    main()
