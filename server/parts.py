"""The parts of a running server, joined once, and the few places where the home's own names are used."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from server.agreed import Kept
from server.audit import FILE as AUDIT
from server.audit import Audit
from server.commands.reader import open_kept
from server.ears import Ears
from server.gate import Gate
from server.hub import Hub
from server.moderation import BLOCKED_FILE, Moderation, WordModeration
from server.notebook import FILE as NOTES_FILE
from server.notebook import Notebook, NotesHolder
from server.privacy import Holder, KeptHolder, VisitsHolder
from server.readiness import Readiness
from server.rooms import Rooms
from server.sessions import Sessions, Visit
from server.settings import Settings
from server.telemetry import Telemetry
from server.workers import Stop, Workers
from wire.messages.base import Lang
from wire.messages.session import GoAway

if TYPE_CHECKING:
    from assets.store import Store
    from avatars.engines import EndOfTurn, Speaker
    from avatars.values import Located, Memory, Question, Reply
    from server.journeys.ask import Asked
    from server.line import Line
    from server.plan_changes import PlanChanges
    from server.review import Review
    from server.scenes import SceneQueue
    from server.suggest import Suggester
    from server.turns import Turns
    from server.visits_redis import RedisVisits
    from spatial.locate import Place
    from spatial.mesh import Building
    from spatial.plan import Plan
    from spatial.route import Position
    from spatial.tags import Tag


HEAR_OUT_S = 5.0
"""How long a server that ends lets readers hear out what is being said."""
REROUTED_AT_ONCE = 8
"""Readers led anew at the same time after a change of the plan; the pool would refuse hundreds at once."""


class Mind(Protocol):
    """Who answers (avatars/dialogue.py). Blocking; safe to call from several threads."""

    def answer(self, question: Question, memory: Memory) -> Reply:
        """The reply, with the memory to hand to the next question."""
        ...

    def heard(self, memory: Memory, text: str) -> Memory:
        """The memory with its last answer cut to what the reader heard of it."""
        ...


@runtime_checkable
class Composing(Protocol):
    """A mind with a language model behind it (avatars/thinking.py). Blocking; safe to call from several threads."""

    def plain(self, question: Question, memory: Memory) -> Reply:
        """The reply without the model."""
        ...

    def wants_model(self, question: Question, plain: Reply) -> bool:
        """May the model be asked, beyond the plain reply?"""
        ...

    def compose(
        self, question: Question, memory: Memory, plain: Reply, told: Callable[[Reply], None], stop: Stop | None
    ) -> Reply:
        """The model's answer; ``told`` is told the reply so far with each sentence that may be said."""
        ...


@runtime_checkable
class Drafting(Protocol):
    """A mind that writes answers for staff to approve (avatars/reviewed.py). Blocking."""

    def draft(self, question: Question, reply: Reply) -> None:
        """Keep a question that was held, with the model's answer."""
        ...


class Finds(Protocol):
    """Records with their shelves (server/finder.py)."""

    def find(self, query: str, limit: int) -> tuple[Located, ...]:
        """Records found, best first."""
        ...

    def locate(self, record_id: str) -> Located | None:
        """A record's best copy."""
        ...


class Connected(Protocol):
    """A connection, as the server's end sees it."""

    line: Line

    def end(self, code: int, reason: str) -> None: ...

    def end_unless_known(self) -> None: ...


@dataclass(slots=True)
class Parts:
    """Everything a connection needs. ``faults``: what does not work and why, one sentence each, for /ready.
    ``read_book``: the book in a picture without codes, by a vision model, blocking.
    ``patience_s``: how long a reader waits for a model's first sentence before the grounded reply is given."""

    settings: Settings
    plan: Plan | None
    building: Building | None
    mind: Mind
    finder: Finds
    hub: Hub
    workers: Workers
    telemetry: Telemetry
    ears: Ears
    speaker: Speaker | None
    make_turns: Callable[[Callable[[], float]], Turns]
    library_name: dict[str, str]
    librarian_name: dict[str, str]
    here: Position | None = None
    here_name: dict[str, str] = field(default_factory=dict)
    tags: tuple[Tag, ...] = ()
    read_book: Callable[[bytes], Located | None] | None = None
    store: Store | None = None
    scenes: SceneQueue | None = None
    suggester: Suggester | None = None
    end_of_turn: EndOfTurn | None = None
    plan_changes: PlanChanges | None = None
    review: Review | None = None
    close_home: Callable[[], None] = lambda: None
    faults: tuple[str, ...] = ()
    patience_s: float = 8.0
    ready: bool = False
    sessions: Sessions = field(init=False)
    visits: RedisVisits | None = None
    draining: bool = False
    connections: set[Connected] = field(default_factory=set)
    drafts: set[asyncio.Task[None]] = field(default_factory=set)
    rooms: Rooms = field(default_factory=Rooms)
    moderation: Moderation = field(init=False)
    notebook: Notebook = field(init=False)
    audit: Audit = field(init=False)
    kept: Kept = field(init=False)
    holders: list[Holder] = field(init=False)
    gate: Gate = field(init=False)
    readiness: Readiness = field(init=False)
    rerouting: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(REROUTED_AT_ONCE))

    def __post_init__(self) -> None:
        self.sessions = Sessions(self.settings.languages)
        self.moderation = WordModeration(self.settings.words_refused, self.settings.home / BLOCKED_FILE)
        self.notebook = Notebook(self.settings.home / NOTES_FILE, self.settings.notes_days)
        self.audit = Audit(self.settings.home / AUDIT)
        self.kept = open_kept(self.settings)
        self.holders = [KeptHolder(self.kept), VisitsHolder(self.sessions), NotesHolder(self.notebook)]
        self.gate = Gate(self.settings, self.workers)
        self.readiness = Readiness(self)

    @property
    def speaking(self) -> tuple[Lang, ...]:
        """Languages that can be spoken."""
        if self.speaker is None:
            return ()
        return tuple(lang for lang in self.settings.languages if lang in self.speaker.capabilities.languages)

    @property
    def composing(self) -> Composing | None:
        """The mind, when it has a language model."""
        return self.mind if isinstance(self.mind, Composing) else None

    def think(self, visit: Visit, asked: Asked) -> Reply:
        """Answer a question of a visit, without a language model where that can be asked afterwards; blocking."""
        question, memory = self.question(visit, asked)
        composing = self.composing
        if composing is not None:
            return composing.plain(question=question, memory=memory)
        return self.mind.answer(question=question, memory=memory)

    @property
    def drafting(self) -> Drafting | None:
        """The mind, when what its model writes goes to staff."""
        return self.mind if isinstance(self.mind, Drafting) else None

    def question(self, visit: Visit, asked: Asked) -> tuple[Question, Memory]:
        """A question of a visit and what it may lean on, as the mind takes them."""
        from avatars.values import Memory, Question

        memory = visit.memory or Memory(lang=visit.lang)
        question = Question(asked.text, asked.lang, asked.at or self.here, datetime.now(), tentative=asked.tentative)
        return question, memory

    def sure_of_end(self, text: str, lang: Lang, silence_s: float) -> float:
        """How sure it is that somebody who then says nothing for so long has said it all, 0…1. May block a little."""
        if self.end_of_turn is None or not text.strip():
            return 1.0
        return self.end_of_turn.ended(text, lang, silence_s)

    async def say_goodbye(self, within_s: float = 0.5) -> None:
        """Take nobody new, tell every client to go, to another server if there is one, and let the message out.

        With another server there, what is being said is said on there; else it may be heard out, for some seconds.
        """
        self.draining, self.ready = True, False
        loop, elsewhere = asyncio.get_running_loop(), self.rooms.link is not None and self.rooms.link.alive()
        for number, connection in enumerate(list(self.connections)):
            wait_s = 0.05 * (number % 20) if elsewhere else 1.0 + 0.25 * (number % 12)
            connection.line.send(GoAway(reconnect_in_s=wait_s, elsewhere=elsewhere))
        begun = loop.time()
        while any(c.line.owes for c in self.connections) and loop.time() < begun + within_s:
            await asyncio.sleep(0.01)
        while (
            not elsewhere
            and any(c.line.ahead_s() > 0.05 for c in self.connections)
            and loop.time() < begun + HEAR_OUT_S
        ):
            await asyncio.sleep(0.05)

    def place_of(self, text: str) -> tuple[Place, ...]:
        """Places that a PLACE text may mean; none when there is no building."""
        from spatial.locate import find_places

        return find_places(self.plan, text) if self.plan is not None else ()
