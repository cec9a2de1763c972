"""Visits: what is kept of a reader while connections come and go.

A visit outlives its connection by 120 s; a hello that names it gets the conversation, the language and the guidance
back. Told the time, no clock of its own. An id is a secret of 128 bits: who knows it owns the visit.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wire.messages.base import Lang, Message
from wire.messages.meet import Enter
from wire.messages.session import Hello

if TYPE_CHECKING:
    from avatars.values import Memory
    from server.journeys.guide import Guidance
    from spatial.route import Position

RESUME_WITHIN_S = 120.0
_PRIMARY = {"cmn": "zh", "yue": "zh", "wuu": "zh"}
"""Language tags of people who read Chinese."""


@dataclass(slots=True)
class Visit:
    """One reader's visit. ``at``: where the reader was last; ``None`` in ``memory``: nothing said yet.
    ``answered``: id of the question that the newest turn in memory answers. ``acts``: said to others lately."""

    id: str
    lang: Lang
    hello: Hello
    speech_on: bool = True
    memory: Memory | None = None
    at: Position | None = None
    guidance: Guidance | None = None
    entered: Enter | None = None
    acts: dict[str, Message] = field(default_factory=dict, repr=False)
    utterances: int = 0
    turns: int = 0
    answered: str = ""
    left_at: float | None = None
    holder: object | None = field(default=None, repr=False)
    _replace: Callable[[], None] | None = field(default=None, repr=False)

    def hold(self, holder: object, replace: Callable[[], None]) -> None:
        """A connection holds the visit from now on; ``replace`` ends it when another one resumes the visit."""
        if self._replace is not None:
            self._replace()
        self.holder, self._replace, self.left_at = holder, replace, None

    def next_utterance(self) -> int:
        """A stream id for speech, never reused within the visit."""
        self.utterances += 1
        return self.utterances

    def next_turn(self) -> str:
        """An id for a spoken turn."""
        self.turns += 1
        return f"turn-{self.turns}"

    def forget(self) -> None:
        """The reader has left: keep the connection, drop the rest. Where the kiosk stands is kept by its hello."""
        self.memory = None
        self.at = None
        self.guidance = None
        self.entered = None
        self.acts = {}


class Sessions:
    """All visits of one server."""

    def __init__(self, languages: tuple[Lang, ...]) -> None:
        self._languages = languages
        self._visits: dict[str, Visit] = {}

    def open(self, hello: Hello, now: float) -> tuple[Visit, bool]:
        """The visit that hello resumes, and True; or a new one, and False. It must be held, or it expires."""
        self.expire(now)
        visit = self._visits.get(hello.resume or "")
        if visit is not None:
            visit.hello = hello
            return visit, True
        visit = Visit(secrets.token_urlsafe(16), self.first_language(hello), hello, left_at=now)
        self._visits[visit.id] = visit
        return visit, False

    def find(self, session: str) -> Visit | None:
        """The visit with that id; whoever knows it owns the visit."""
        return self._visits.get(session)

    def first_language(self, hello: Hello) -> Lang:
        """The language a visit starts in: the first that the client and the library share, else the library's own."""
        wished = (
            _PRIMARY.get(tag, tag) for tag in (tag.lower().replace("_", "-").split("-")[0] for tag in hello.languages)
        )
        return next((lang for wish in wished for lang in self._languages if lang == wish), self._languages[0])

    def leave(self, visit: Visit, holder: object, now: float) -> None:
        """A connection is gone; if it held the visit, that may be resumed for 120 s."""
        if visit.holder is holder:
            visit.holder = visit._replace = None
            visit.left_at = now

    def expire(self, now: float) -> int:
        """Forget visits whose connection has been gone too long; how many."""
        old = [v.id for v in self._visits.values() if v.left_at is not None and now - v.left_at > RESUME_WITHIN_S]
        for key in old:
            del self._visits[key]
        return len(old)

    def __len__(self) -> int:
        return len(self._visits)
