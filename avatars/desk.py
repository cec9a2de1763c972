"""What the librarian works with at one question: the home's tools, the reader, and the words of the language."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

from avatars import wording_en, wording_zh
from avatars.books import Books, authors_in, title_in
from avatars.facts import Facts
from avatars.frame import Frame
from avatars.language import Lang
from avatars.persona import Persona
from avatars.places import Places
from avatars.spotting import NOTHING_SPOTTED, Spotted
from avatars.translator import Translator
from avatars.values import Intent, Located, Memory, Question, Reply, Source
from spatial.locate import Place
from spatial.mesh import Building
from spatial.plan import Plan
from spatial.route import NoRoute, Position, Profile, Route, find_route, nearest

if TYPE_CHECKING:
    from avatars.remembering import Keeper

_AFTER_STOP = re.compile(r"(?<=[，。；：？！、）》])\s+|\s+(?=[，。；：？！、（《])")
WORDS: dict[str, ModuleType] = {"en": wording_en, "zh": wording_zh}


@dataclass(frozen=True, slots=True)
class Tools:
    """The home as the librarian sees it. Nothing in it changes while a question is answered."""

    plan: Plan
    building: Building
    books: Books
    places: Places
    facts: Facts
    persona: Persona
    here: Position | None
    translator: Translator | None = None
    keeper: Keeper | None = None

    @staticmethod
    def words(lang: Lang) -> Any:
        """The wording of a language."""
        return WORDS[lang]


@dataclass(frozen=True, slots=True)
class Desk:
    """One question at the desk. ``spotted``: what the home knows in it, looked for once."""

    tools: Tools
    question: Question
    frame: Frame
    lang: Lang
    memory: Memory
    spotted: Spotted = NOTHING_SPOTTED

    @property
    def words(self) -> Any:
        """The wording of the language."""
        return WORDS[self.lang]

    @property
    def at(self) -> Position | None:
        """Where the reader stands."""
        return self.question.at or self.tools.here

    @property
    def profile(self) -> Profile:
        """How the reader walks."""
        return "step-free" if self.frame.step_free else "walk"

    def reply(self, text: str, intent: Intent, **more: Any) -> Reply:
        """A reply in the language of the question; memory is kept unless given."""
        more.setdefault("memory", self.memory)
        more.setdefault("profile", self.profile)
        text = " ".join(text.split())
        if self.lang == "zh":
            text = _AFTER_STOP.sub("", text)
        return Reply(text, self.lang, intent, **more)

    def refuse(self, text: str, intent: Intent, **more: Any) -> Reply:
        """A refusal, with what can be done instead."""
        return self.reply(text.format_map(_Desk(self)), intent, refused=True, **more)

    def ask_back(self, text: str, intent: Intent, candidates: tuple[Located | Place, ...] = (), **more: Any) -> Reply:
        """One question back; the candidates are remembered for "the second one"."""
        memory = replace(self.memory, candidates=candidates, pending=intent, chosen=None, place=None, items=())
        return self.reply(text, intent, clarify=True, candidates=candidates, memory=memory, **more)

    def help_desk(self) -> str:
        """Where people can be asked, in one sentence."""
        kind = self.tools.places.understand("information desk")
        if kind.places:
            return str(self.words.DESK.format(desk=self.tools.places.name(kind.places[0], self.lang)))
        return str(self.words.DESK_ANY)

    def book(self, located: Located) -> str:
        """A book's name in a sentence."""
        return str(self.words.book(title_in(located.record, self.lang), authors_in(located.record, self.lang)))

    def title(self, located: Located) -> str:
        """A book's bare title."""
        return title_in(located.record, self.lang)

    def level(self, ordinal: int) -> str:
        """A floor's name."""
        return self.tools.places.level_name(ordinal, self.lang)

    def place(self, place: Place) -> str:
        """A place's name in a sentence."""
        return self.tools.places.name(place, self.lang)

    def route(self, place: Place, bay: int | None = None) -> Route | NoRoute | None:
        """The way from the reader to a place (and bay); None when nobody knows where the reader stands."""
        if self.at is None:
            return None
        return find_route(self.tools.building, self.at, Position(place.point, place.ordinal), self.profile, place, bay)

    def nearest(self, places: tuple[Place, ...]) -> tuple[Place, Route | NoRoute | None]:
        """The place with the shortest way, and the way; the first place when none can be reached."""
        if self.at is None or not self.tools.plan.levels:
            return places[0], None
        found = nearest(self.tools.building, self.at, places, self.profile)
        return (places[0], found) if isinstance(found, NoRoute) else found


def source_of(located: Located) -> tuple[Source, ...]:
    """What a sentence about a book rests on: its record, and the shelf on the map."""
    record = (Source(record_id=located.record.record_id),)
    return (*record, Source(feature_id=located.face.range_id)) if located.face else record


class _Desk(dict[str, str]):
    """Fills {desk} in a refusal only when it is asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def __missing__(self, name: str) -> str:
        return self._desk.help_desk() if name == "desk" else "{" + name + "}"
