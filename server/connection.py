"""What one client may do once it has said hello: each message goes to the journey that it belongs to."""

from __future__ import annotations

import asyncio
import time
from datetime import date
from typing import TYPE_CHECKING

from server import translate
from server.journeys.ask import Asked, Asking
from server.journeys.company import Company
from server.journeys.guide import Guiding
from server.journeys.hear import Hearing
from server.journeys.meet import Meeting
from server.journeys.notes import Noting
from server.journeys.scene import Scening
from server.journeys.speak import Voice
from server.journeys.tour import Touring
from server.keys import handoff_address
from server.line import Line
from server.replay import Replay
from server.turn_figures import TurnFigures
from wire.audio import AudioFrame
from wire.codes import MAX_FRAME_BYTES, VERSION
from wire.messages import FromClient
from wire.messages.ask import Answer, Ask
from wire.messages.base import Lang, Message
from wire.messages.guide import Guide, Pose, StopGuide
from wire.messages.meet import Chat, Emote, Enter, Leave, Pin, Visibility
from wire.messages.rooms import FollowTour, LeadTour, Moderate, Note, RemoveNote, SteerTour, Unpin, Who
from wire.messages.scene import CancelWorld, OpenWorld
from wire.messages.session import ErrorMessage, Hello, Ping, Pong, Reset, SetLanguage, SetSpeech, Welcome
from wire.messages.speech import Interrupt, Listen, ListenEnd, Playback
from wire.pose import PoseRecord
from wire.schemas import schema_hash

if TYPE_CHECKING:
    from server.parts import Parts
    from spatial.plan import XY, Plan


class Connection:
    """The journeys of one client, running in the connection's task group."""

    def __init__(self, parts: Parts, line: Line, hello: Hello, group: asyncio.TaskGroup) -> None:
        self._parts, self._line = parts, line
        self.visit, self._resumed = parts.sessions.open(hello, line.clock())
        visit = self.visit
        self._told_levels: set[int] = set()
        self._plan: Plan | None = None
        self._ordinals: frozenset[int] = frozenset()
        if hello.at is not None and visit.at is None:
            visit.at = translate.from_position(hello.at)
        self._voice = Voice(line, visit, parts.speaker, parts.workers, parts.telemetry, self._heard_less)
        self._guiding = Guiding(parts, line, visit, self._voice)
        self._asking = Asking(parts, line, visit, self._voice, self._guiding)
        self._hearing = Hearing(parts, line, visit, self._voice, self._asking)
        self._scening = Scening(parts, line, visit)
        self._company = Company(parts, line, visit, self._voice, self._guiding)
        self._asking.on_given = self._company.share
        self._noting = Noting(parts, line, visit, self._company)
        self._touring = Touring(parts, line, visit, self._company)
        self._meeting = Meeting(parts, line, visit, self._company, self._noting)
        self._begin(hello)
        if self._resumed:
            parts.telemetry.resumed.inc()
            self._guiding.resume()
            self._meeting.resume()
            self._go_on()
        for journey in (self._meeting, self._company, self._voice, self._guiding, self._asking, self._scening):
            group.create_task(journey.run())
        group.create_task(self._watch_plan())

    def take(self, message: FromClient) -> None:
        """Carry out one message. Never waits; long work goes to the journeys' tasks."""
        match message:
            case Ask():
                at = translate.from_position(message.at) if message.at is not None else None
                now = self._line.clock()
                state = self.visit.asked.ask(message.id, message.text, message.lang)
                if state == "answered" and not self._misses_nothing:
                    self._line.put(self.visit.asked.answer_of(message.id))
                elif state == "new":
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
                self._moved((message.east_m, message.north_m), message.level, message.heading_deg, "none")
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
            case Who():
                self._company.who(message)
            case Unpin():
                self._company.unpin(message)
            case Moderate():
                self._company.moderate(message)
            case Note():
                self._noting.add(message)
            case RemoveNote():
                self._noting.remove(message)
            case LeadTour():
                self._touring.lead(message)
            case FollowTour():
                self._touring.follow(message)
            case SteerTour():
                self._touring.steer(message)
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

    def _levels(self, plan: Plan) -> frozenset[int]:
        """The ordinals of a building, looked up once for each."""
        if self._plan is not plan:
            self._plan, self._ordinals = plan, frozenset(level.ordinal for level in plan.levels)
        return self._ordinals

    def _has_level(self, ordinal: int) -> bool:
        """Whether the building has that level; the client is told once of one that it has not."""
        plan = self._parts.plan
        if plan is None or ordinal in self._levels(plan):
            return True
        if ordinal not in self._told_levels and len(self._told_levels) < 16:
            self._told_levels.add(ordinal)
            text = f"the building has no level {ordinal}; poses there are ignored"
            self._line.send(translate.error("unknown_place", self.visit.lang, "pose", text))
        return False

    def take_pose(self, level: int, pose: PoseRecord) -> None:
        """Where the client is, by a binary frame."""
        self._moved((pose.east_m, pose.north_m), level, pose.heading_deg, pose.gesture)

    def _moved(self, at: XY, level: int, heading_deg: float | None, gesture: str) -> None:
        """The client is somewhere else; in the world of a book that is nowhere in the building."""
        if not self._meeting.is_elsewhere:
            if not self._has_level(level):
                return
            self._guiding.moved(at, level, heading_deg)
            self._keep_pose(*at, level)
        self._meeting.moved(*at, level, heading_deg, gesture)

    def _keep_pose(self, east_m: float, north_m: float, level: int) -> None:
        """For signed-in readers who agreed to it, and nobody else."""
        if self.visit.reader is not None:
            body = {"east_m": round(east_m, 1), "north_m": round(north_m, 1), "level": level}
            self._parts.kept.keep(self.visit.reader, "poses", body, time.time())

    def take_audio(self, frame: AudioFrame) -> None:
        """A piece of what the client's microphone hears."""
        self._hearing.feed(frame)

    def leave(self, holder: object) -> None:
        """The connection is gone; the visit may be resumed."""
        if self.visit.holder is holder:
            self.visit.unsaid, self.visit.unsaid_by = self._voice.unsaid(), None
            self._touch()
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

    def _begin(self, hello: Hello) -> None:
        """Answer hello; to a client that numbers what it gets, say again what it has not seen."""
        visit, line, missing = self.visit, self._line, None
        if hello.seen is None:
            visit.replay = None
        else:
            visit.replay = visit.replay or Replay(hello.seen)
            missing = visit.replay.after(hello.seen)
        self._misses_nothing = hello.seen is not None and missing is not None
        """It has the answer to what was answered, or will get it by its number."""
        line.send(self._welcome(missed=hello.seen is not None and missing is None))
        for frame in missing or ():
            line.put_again(frame)
        line.replay = visit.replay
        line.heard = visit.heard
        line.on_message, line.on_numbered = self._sent, self._touch
        visits = self._parts.visits
        if visits is not None:
            line.before_numbered = lambda number: visits.written(visit, number)
        visit.unsaid_by = self._voice.unsaid
        self._touch()

    def _go_on(self) -> None:
        """Answer what was asked before the line broke, and say the rest of what she was saying."""
        visit, now = self.visit, self._line.clock()
        if visit.lead is not None and visit.guidance is None:
            self._guiding.begin_anew(visit.lead)
        visit.lead = None
        unsaid, visit.unsaid = visit.unsaid, None
        if unsaid is not None:
            self._voice.say(unsaid.text, unsaid.lang, unsaid.of, "answer", now, before=unsaid.before)
        for id_, question in visit.asked.waiting().items():
            figures = TurnFigures(id_, "text", now)
            lang: Lang | None = "zh" if question.lang == "zh" else "en" if question.lang == "en" else None
            self._asking.ask(Asked(id_, question.text, lang, visit.at, "text", now, figures))

    def _sent(self, message: Message, frame: str) -> None:
        """A message has been put on its way that must arrive."""
        if isinstance(message, Answer):
            self.visit.asked.answered(message.of, frame)
            self.visit.thoughts.pop(message.of, None)
        elif isinstance(message, ErrorMessage) and message.of is not None:
            self.visit.asked.dropped(message.of)
            self.visit.thoughts.pop(message.of, None)
        self._touch()

    def _touch(self) -> None:
        if self._parts.visits is not None:
            self._parts.visits.touch(self.visit)

    def _heard_less(self, of: str, text: str) -> None:
        """The answer to question ``of`` was cut short: what was not heard was not said."""
        memory = self.visit.memory
        if memory is not None and self.visit.answered == of:
            self.visit.memory = self._parts.mind.heard(memory, text)

    async def _watch_plan(self) -> None:
        building = self._parts.building
        async with self._parts.hub.subscribe("plan") as news:
            async for publication in news:
                changes = self._parts.plan_changes.take(publication.body) if self._parts.plan_changes else ()
                if changes:
                    self._line.send(translate.plan_changed(changes, self.visit.lang))
                if changes or self._parts.building is not building:  # else somebody only said again what is closed
                    building = self._parts.building
                    self._guiding.plan_changed(changes)

    def _welcome(self, missed: bool) -> Welcome:
        parts, visit = self._parts, self.visit
        here = visit.at or parts.here
        return Welcome(
            version=VERSION,
            session=visit.id,
            resumed=self._resumed,
            missed=missed,
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
