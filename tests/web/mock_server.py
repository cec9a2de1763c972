"""A scripted librarian behind the real protocol, so that the page can be tested without the other rooms at work.

python -m tests.web.mock_server [PORT]     serves the built page with it
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import hypot
from threading import Thread

import uvicorn
from fastapi import FastAPI, Response, WebSocket, WebSocketDisconnect
from fastapi.staticfiles import StaticFiles

from server.pages import PAGES, SecurityHeaders
from tests.web import mock_answers, mock_plan, mock_speech
from tests.web.mock_plan import Corner, make_route, plan_body
from wire.audio import decode_audio
from wire.messages.ask import Thinking
from wire.messages.base import Message, Position
from wire.messages.guide import Arrived, GuideStopped, Progress, Route, StepDue
from wire.messages.session import ListeningState, Pong, Welcome
from wire.messages.speech import Flush, Heard, SpeechEnd, SpeechStart
from wire.messages.suggest import SuggestBody, Suggestion

OFF_M = 3.0


@dataclass
class Script:
    """What a test sets before it opens the page, and reads afterwards."""

    idle_reset_s: float = 300.0
    hears_zh: bool = False
    speaks: bool = True
    maybe: tuple[str, ...] = ()
    resumes: bool = True
    handoff: str = ""
    received: list[dict] = field(default_factory=list)
    audio_samples: int = 0
    audio_peak: int = 0

    def of_type(self, kind: str) -> list[dict]:
        """The messages of one type that came in."""
        return [message for message in self.received if message["type"] == kind]


class Visit:
    """One connection."""

    def __init__(self, socket: WebSocket, script: Script) -> None:
        self.socket, self.script = socket, script
        self.lang, self.utterance, self.revision = "en", 0, 0
        self.pose: Corner = mock_plan.HERE
        self.speaking: asyncio.Task[None] | None = None
        self.guide: dict | None = None
        self.points: tuple[Corner, ...] = ()
        self.step = -1
        self.lock = asyncio.Lock()

    async def send(self, message: Message) -> None:
        async with self.lock:
            await self.socket.send_text(message.model_dump_json())

    async def run(self) -> None:
        while True:
            frame = await self.socket.receive()
            if frame["type"] == "websocket.disconnect":
                raise WebSocketDisconnect
            if frame.get("bytes"):
                audio = decode_audio(frame["bytes"])
                self.script.audio_samples += audio.count
                peak = max(
                    abs(int.from_bytes(audio.samples[i : i + 2], "little", signed=True)) for i in range(0, 40, 2)
                )
                self.script.audio_peak = max(self.script.audio_peak, peak)
                continue
            message = json.loads(frame["text"])
            self.script.received.append(message)
            await getattr(self, f"on_{message['type']}", self.ignore)(message)

    async def ignore(self, message: dict) -> None:
        """Nothing to do."""

    async def on_hello(self, message: dict) -> None:
        resumed = bool(message.get("resume")) and self.script.resumes
        note = "" if self.script.hears_zh else "中文语音识别尚未安装，请输入您的问题。"
        await self.send(
            Welcome(
                version=1,
                session=message.get("resume") if resumed else "visit-1",
                resumed=resumed,
                library={"en": "Willow Lane Library", "zh": "柳巷图书馆"},
                librarian={"en": "Ms Lin", "zh": "林老师"},
                languages=("en", "zh"),
                lang="en",
                plan_revision=plan_body().revision,
                here=Position(east_m=mock_plan.HERE[0], north_m=mock_plan.HERE[1], level=0),
                listening=ListeningState(en=True, zh=self.script.hears_zh, note={"zh": note} if note else {}),
                speaking=("en", "zh") if self.script.speaks else (),
                max_frame_bytes=65536,
                idle_reset_s=self.script.idle_reset_s,
                handoff=self.script.handoff,
            )
        )

    async def on_ping(self, message: dict) -> None:
        await self.send(Pong(id=message.get("id", "")))

    async def on_set_language(self, message: dict) -> None:
        self.lang = message["lang"]

    async def on_ask(self, message: dict) -> None:
        lang = "zh" if any("\u4e00" <= c <= "\u9fff" for c in message["text"]) else "en"
        await self.reply(message["text"], lang, message["id"])

    async def on_listen_end(self, message: dict) -> None:
        text = "Where is Fluent Python?"
        if self.script.maybe:
            shown = self.script.maybe
            unsure = Heard(
                of="turn-1", stream=message["stream"], text="", lang="en", final=True, rejected=True, confidence=0.4,
                maybe=shown,
            )  # fmt: skip
            await self.send(unsure)
            return
        await self.send(Heard(of="turn-1", stream=message["stream"], text=text, lang="en", final=True, confidence=0.9))
        await self.reply(text, "en", "turn-1")

    async def reply(self, text: str, lang: str, of: str) -> None:
        await self.send(Thinking(state="thinking"))
        answer = mock_answers.answer(text, lang, of)
        utterance = await self.begin_speech() if self.script.speaks else None
        await self.send(answer.model_copy(update={"utterance": utterance}))
        if utterance is None:
            await self.send(Thinking(state="idle"))
            return
        self.speaking = asyncio.create_task(self.speak(answer.text, lang, of, utterance))

    async def begin_speech(self) -> int:
        await self.stop_speech("replaced")
        self.utterance += 1
        return self.utterance

    async def stop_speech(self, reason: str) -> None:
        if self.speaking is None:
            return
        self.speaking.cancel()
        self.speaking = None
        await self.send(Flush(utterance=self.utterance, reason=reason))

    async def speak(self, text: str, lang: str, of: str, utterance: int) -> None:
        await self.send(SpeechStart(utterance=utterance, of=of, lang=lang, sample_rate=mock_speech.RATE))
        await self.send(Thinking(state="speaking"))
        stops = "。，？" if lang == "zh" else ".,?"
        clauses = [""]
        for char in text:
            clauses[-1] += char
            if char in stops:
                clauses.append("")
        first = sequence = 0
        for index, clause_text in enumerate(clause for clause in clauses if clause.strip()):
            clause, pcm = mock_speech.make_clause(utterance, index, clause_text.strip(), lang, first / mock_speech.RATE)
            await self.send(clause)
            for frame in mock_speech.cut_frames(utterance, first, sequence, pcm):
                async with self.lock:
                    await self.socket.send_bytes(frame)
                sequence += 1
                await asyncio.sleep(0.02)
            first += len(pcm)
        await self.send(SpeechEnd(utterance=utterance, duration_s=first / mock_speech.RATE))
        await self.send(Thinking(state="idle"))

    async def on_interrupt(self, message: dict) -> None:
        await self.stop_speech("interrupted")

    async def on_reset(self, message: dict) -> None:
        await self.stop_speech("reset")
        self.guide = None

    async def on_guide(self, message: dict) -> None:
        if self.guide:
            await self.send(GuideStopped(of=self.guide["id"], reason="replaced"))
        self.guide, self.step, self.revision = message, -1, 0
        self.points = mock_plan.TO_SHELF if message.get("record_id") else mock_plan.TO_TOILET
        self.points = (self.pose, *self.points[1:])
        await self.send_route("start")

    async def send_route(self, reason: str) -> None:
        self.revision += 1
        book = bool(self.guide and self.guide.get("record_id"))
        goal = {"en": "shelf 3A-22", "zh": "书架3A-22"} if book else {"en": "Women's Toilet", "zh": "女洗手间"}
        await self.send(
            Route(
                revision=self.revision,
                of=self.guide["id"],
                reason=reason,
                goal=goal,
                range_id="3A-22" if book else None,
                bay=3 if book else None,
                route=make_route(self.points, self.lang, goal[self.lang]),
            )
        )

    async def on_stop_guide(self, message: dict) -> None:
        if self.guide:
            await self.send(GuideStopped(of=self.guide["id"], reason="asked"))
        self.guide = None

    async def on_pose(self, message: dict) -> None:
        self.pose = (message["east_m"], message["north_m"], message["level"])
        if not self.guide:
            return
        along, off, index = project(self.points, self.pose)
        if off > OFF_M:
            self.points = (self.pose, *self.points[index:])
            await self.send_route("off_route")
            along = off = 0.0
        route = make_route(self.points, self.lang, "")
        left = max(0.0, route.length_m - along)
        step = max(i for i, s in enumerate(route.steps) if s.at_m <= along + 0.5)
        await self.send(
            Progress(
                revision=self.revision, along_m=along, remaining_m=left, remaining_s=left / 1.4, step=step, off_m=off
            )
        )
        if step != self.step:
            self.step = step
            await self.send(StepDue(revision=self.revision, step=step, text=route.steps[step].text))
        if left < 0.7:
            book = bool(self.guide.get("record_id"))
            text = "您到了。请看第三列。" if self.lang == "zh" else "You are there. Look at the third bay."
            await self.send(
                Arrived(
                    revision=self.revision,
                    text=text,
                    range_id="3A-22" if book else None,
                    bay=3 if book else None,
                    level=self.pose[2],
                )
            )
            self.guide = None


SUGGESTIONS = (
    Suggestion(kind="title", text="Fluent Python", detail="Luciano Ramalho", ask="Where is “Fluent Python”?"),
    Suggestion(kind="place", text="Fluency Lab", detail="Level 2", ask="Where is Fluency Lab?"),
    Suggestion(kind="author", text="Fluck, Ann", detail="", ask="Do you have books by Fluck, Ann?"),
)


def project(points: tuple[Corner, ...], pose: Corner) -> tuple[float, float, int]:
    """(metres along, metres off, index of the next corner) of the nearest point of a way."""
    best, walked = (0.0, 1e9, 1), 0.0
    for i, (a, b) in enumerate(itertools.pairwise(points), start=1):
        if a[2] != b[2]:
            walked += 6.0
            continue
        length = hypot(b[0] - a[0], b[1] - a[1])
        t = ((pose[0] - a[0]) * (b[0] - a[0]) + (pose[1] - a[1]) * (b[1] - a[1])) / (length**2 or 1)
        t = min(1.0, max(0.0, t))
        off = hypot(a[0] + (b[0] - a[0]) * t - pose[0], a[1] + (b[1] - a[1]) * t - pose[1])
        if a[2] == pose[2] and off < best[1]:
            best = (walked + t * length, off, i)
        walked += length
    return best


def build(script: Script) -> FastAPI:
    """The application around one script."""
    app = FastAPI()
    app.add_middleware(SecurityHeaders)

    @app.get("/v1/plan")
    def plan() -> Response:
        return Response(plan_body().model_dump_json(), media_type="application/json")

    @app.get("/v1/suggest")
    def suggest(q: str, lang: str) -> Response:
        found = [one for one in SUGGESTIONS if one.text.lower().startswith(q.lower())]
        return Response(SuggestBody(suggestions=tuple(found)).model_dump_json(), media_type="application/json")

    @app.websocket("/v1/ws")
    async def socket(websocket: WebSocket) -> None:
        await websocket.accept(subprotocol="shelfway.v1")
        visit = Visit(websocket, script)
        try:
            await visit.run()
        except (WebSocketDisconnect, RuntimeError):
            if visit.speaking:
                visit.speaking.cancel()

    app.mount("/", StaticFiles(directory=PAGES, html=True))
    return app


@contextmanager
def serving(script: Script, port: int = 0) -> Iterator[str]:
    """Serve in a thread; the address without a slash at its end."""
    server = uvicorn.Server(
        uvicorn.Config(build(script), port=port, log_level="warning", lifespan="off", ws="websockets-sansio")
    )
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
        if not thread.is_alive():
            raise RuntimeError("the mock server did not start")
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(5)


if __name__ == "__main__":
    uvicorn.run(build(Script()), port=int(sys.argv[1]) if len(sys.argv) > 1 else 8899, ws="websockets-sansio")
