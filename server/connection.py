"""What one client may do once it has said hello: each message goes to the journey that it belongs to."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

from server import translate
from server.journeys.ask import Asked, Asking
from server.journeys.guide import Guiding
from server.journeys.hear import Hearing
from server.journeys.meet import Meeting
from server.journeys.scene import Scening
from server.journeys.speak import Voice
from server.keys import handoff_address
from server.line import Line
from server.turn_figures import TurnFigures
from wire.audio import AudioFrame
from wire.codes import MAX_FRAME_BYTES, VERSION
from wire.messages import FromClient
from wire.messages.ask import Ask
from wire.messages.guide import Guide, Pose, StopGuide
from wire.messages.meet import Chat, Emote, Enter, Leave, Pin, Visibility
from wire.messages.scene import CancelWorld, OpenWorld
from wire.messages.session import Hello, Ping, Pong, Reset, SetLanguage, SetSpeech, Welcome
from wire.messages.speech import Interrupt, Listen, ListenEnd, Playback
from wire.pose import PoseRecord
from wire.schemas import schema_hash

if TYPE_CHECKING:
    from server.parts import Parts


class Connection:
    """The journeys of one client, running in the connection's task group."""

    def __init__(self, parts: Parts, line: Line, hello: Hello, group: asyncio.TaskGroup) -> None:
        self._parts, self._line = parts, line
        self.visit, self._resumed = parts.sessions.open(hello, line.clock())
        visit = self.visit
        self._told_levels: set[int] = set()
        if hello.at is not None and visit.at is None:
            visit.at = translate.from_position(hello.at)
        self._voice = Voice(line, visit, parts.speaker, parts.workers, parts.telemetry, self._heard_less)
        self._guiding = Guiding(parts, line, visit, self._voice)
        self._asking = Asking(parts, line, visit, self._voice, self._guiding)
        self._hearing = Hearing(parts, line, visit, self._voice, self._asking)
        self._scening = Scening(parts, line, visit)
        self._meeting = Meeting(parts, line, visit)
        line.send(self._welcome())
        if self._resumed:
            parts.telemetry.resumed.inc()
            self._guiding.resume()
            self._meeting.resume()
        for journey in (self._meeting, self._voice, self._guiding, self._asking, self._scening):
            group.create_task(journey.run())
        group.create_task(self._watch_plan())

    def take(self, message: FromClient) -> None:
        """Carry out one message. Never waits; long work goes to the journeys' tasks."""
        match message:
            case Ask():
                at = translate.from_position(message.at) if message.at is not None else None
                now = self._line.clock()
                at, figures = at or self.visit.at, TurnFigures(message.id, "text", now)
                self._asking.ask(Asked(message.id, message.text, message.lang, at, "text", now, figures))
            case Guide():
                self._guiding.begin(message)
            case OpenWorld():
                self._scening.begin(message)
            case CancelWorld():
                self._scening.cancel(message.of)
            case StopGuide():
                self._guiding.stop("asked")
            case Pose():
                if self._has_level(message.level):
                    self._guiding.moved(message)
                    self._meeting.moved(message.east_m, message.north_m, message.level, message.heading_deg, "none")
            case Enter():
                self._meeting.enter(message)
            case Leave():
                self._meeting.exit()
            case Visibility():
                self._meeting.show(message)
            case Chat():
                self._meeting.chat(message)
            case Pin():
                self._meeting.pin(message)
            case Emote():
                self._meeting.emote(message)
            case Listen():
                self._hearing.begin(message)
            case ListenEnd():
                self._hearing.end(message.stream)
            case Interrupt():
                self._hearing.interrupt()
                self._voice.stop("interrupted")
                self._asking.interrupt()
            case Playback():
                self._voice.played(message.utterance, message.played_s)
                self._hearing.played(message.utterance, message.played_s)
            case SetLanguage():
                self.visit.lang = message.lang
            case SetSpeech():
                self.visit.speech_on = message.on
                if not message.on:
                    self._voice.stop("interrupted")
            case Reset():
                self._reset()
            case Ping():
                self._line.send(Pong(id=message.id))
            case Hello():
                pass  # the session core answers a second hello

    def _has_level(self, ordinal: int) -> bool:
        """Whether the building has that level; the client is told once of one that it has not."""
        plan = self._parts.plan
        if plan is None or any(level.ordinal == ordinal for level in plan.levels):
            return True
        if ordinal not in self._told_levels and len(self._told_levels) < 16:
            self._told_levels.add(ordinal)
            text = f"the building has no level {ordinal}; poses there are ignored"
            self._line.send(translate.error("unknown_place", self.visit.lang, "pose", text))
        return False

    def take_pose(self, level: int, pose: PoseRecord) -> None:
        """Where the client is, by a binary frame."""
        if self._has_level(level):
            east, north, heading = pose.east_m, pose.north_m, pose.heading_deg
            self._guiding.moved(Pose(east_m=east, north_m=north, level=level, heading_deg=heading))
            self._meeting.moved(east, north, level, heading, pose.gesture)

    def take_audio(self, frame: AudioFrame) -> None:
        """A piece of what the client's microphone hears."""
        self._hearing.feed(frame)

    def leave(self, holder: object) -> None:
        """The connection is gone; the visit may be resumed."""
        self._meeting.gone()
        self._hearing.forget()
        self._scening.leave()
        self._parts.sessions.leave(self.visit, holder, self._line.clock())

    def _reset(self) -> None:
        self._asking.cancel()
        self._hearing.forget()
        self._voice.stop("reset")
        self._guiding.stop("reset")
        self._meeting.exit()
        self.visit.forget()
        hello = self.visit.hello
        self.visit.lang = self._parts.sessions.first_language(hello)
        self.visit.at = translate.from_position(hello.at) if hello.at is not None else None

    def _heard_less(self, of: str, text: str) -> None:
        """The answer to question ``of`` was cut short: what was not heard was not said."""
        memory = self.visit.memory
        if memory is not None and self.visit.answered == of:
            self.visit.memory = self._parts.mind.heard(memory, text)

    async def _watch_plan(self) -> None:
        async with self._parts.hub.subscribe("plan") as news:
            async for publication in news:
                changes = self._parts.plan_changes.take(publication.body) if self._parts.plan_changes else ()
                if changes:
                    self._line.send(translate.plan_changed(changes, self.visit.lang))
                self._guiding.plan_changed(changes)

    def _welcome(self) -> Welcome:
        parts, visit = self._parts, self.visit
        here = visit.at or parts.here
        return Welcome(
            version=VERSION,
            session=visit.id,
            resumed=self._resumed,
            library=parts.library_name,
            librarian=parts.librarian_name,
            languages=parts.settings.languages,
            lang=visit.lang,
            plan_revision=parts.plan.revision if parts.plan is not None else "",
            here=translate.to_position(here) if here is not None else None,
            here_name=parts.here_name if visit.at is None else {},
            listening=parts.ears.state(),
            speaking=parts.speaking,
            max_frame_bytes=MAX_FRAME_BYTES,
            idle_reset_s=parts.settings.idle_reset_s,
            handoff=handoff_address(parts.settings.public_url, parts.settings.token, date.today()),
            schema_hash=schema_hash(),
        )
