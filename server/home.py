"""A library's home opened: plan, walkable building, catalogue, persona, and the librarian who knows them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from avatars.amenities import KINDS
from avatars.books import Books
from avatars.desk import Tools
from avatars.dialogue import Dialogue
from avatars.errors import EngineError
from avatars.facts import Facts
from avatars.grammar import Title, Vocabulary, sort_words
from avatars.persona import Persona, read_persona
from avatars.places import Places
from avatars.reviewed import ReviewedMind
from avatars.thinking import ThinkingMind
from avatars.translator import Translator
from avatars.values import Located
from library.search import search
from library.store import Catalogue
from server.commands.imports import CATALOGUE, TWIN
from server.engines import open_language_model
from server.errors import CommandError
from server.review import REVIEW, Review
from server.settings import Settings, load_settings
from server.telemetry import log
from spatial.changes import close_in, load_closed
from spatial.errors import PlaceError
from spatial.locate import Place, find_places, list_places, principal_entrance, why_unknown
from spatial.mesh import Building, build_building
from spatial.plan import Origin, Plan
from spatial.route import Position
from spatial.twin_file import load_twin

NO_PLAN = Plan(revision="", name={}, language="en", origin=Origin(0.0, 0.0), levels=(), units=())
"""The plan of a home that has no building yet: books and rules can still be asked about."""


class Home:
    """Everything one library owns, read once. Safe to share between threads; closed with ``close``."""

    def __init__(self, settings: Settings, plan: Plan | None, catalogue: Catalogue) -> None:
        self.settings = settings
        self.plan = plan
        self.catalogue = catalogue
        name = settings.library_name or (dict(plan.name) if plan else {})
        self.persona: Persona = read_persona(settings.home / "persona.toml", name)
        self.books = Books(catalogue, plan or NO_PLAN)
        self.review: Review | None = None

    def close(self) -> None:
        """Let go of the catalogue."""
        self.catalogue.close()

    @cached_property
    def building(self) -> Building:
        """The walkable building without what staff have closed; built on first use. Raises TwinError."""
        if self.plan is None:
            return build_building(NO_PLAN)
        return close_in(build_building(self.plan), load_closed(self.settings.home / TWIN).closed)

    @cached_property
    def here_place(self) -> Place | None:
        """Where a reader stands who did not say: the setting ``here``, else the principal entrance.

        Raises CommandError when the setting names no place, or several.
        """
        if self.plan is None:
            return None
        if self.settings.here:
            return get_place(self.plan, self.settings.here, "setting here")
        try:
            return principal_entrance(self.plan)
        except PlaceError:
            return None

    @property
    def here(self) -> Position | None:
        """The position of ``here_place``."""
        place = self.here_place
        return Position(place.point, place.ordinal) if place else None

    @cached_property
    def dialogue(self) -> Dialogue:
        """The librarian."""
        plan = self.plan or NO_PLAN
        names = [name for place in list_places(plan) for name in place.name.values()]
        facts = Facts(self.catalogue, names)
        tools = Tools(
            plan, self.building, self.books, Places(plan), facts, self.persona, self.here, self._open_translator()
        )
        return Dialogue(tools)

    def _open_translator(self) -> Translator | None:
        """The model that translates, if one is set; without it documents are told in the languages they are in."""
        try:
            model = open_language_model(self.settings, "translate")
        except EngineError as fault:
            log.warning("no translations: %s", fault)
            return None
        return None if model is None else Translator(model, _tell)

    @cached_property
    def mind(self) -> Dialogue | ThinkingMind | ReviewedMind:
        """Who answers: the librarian, with a language model behind her when one is set.

        Raises EngineError: the model cannot be opened; ReviewError: its answers cannot be held for staff.
        """
        model = open_language_model(self.settings, "think")
        if model is None:
            return self.dialogue
        thinking = ThinkingMind(self.dialogue, model, _tell)
        if not self.settings.review_answers:
            return thinking
        self.review = Review.open(self.settings.home / REVIEW)
        return ReviewedMind(thinking, self.review, self.locate)

    def locate(self, record_id: str) -> Located | None:
        """A record's best copy; None when the catalogue does not hold it any more."""
        record = self.catalogue.get(record_id)
        return self.books.locate(record)[0] if record is not None else None

    def find_items(self, query: str, limit: int) -> tuple[Located, ...]:
        """Ranked records for a query, each with its first copy and shelf."""
        return tuple(self.books.locate(hit.record)[0] for hit in search(self.catalogue, query, limit))

    def vocabulary(self) -> Vocabulary:
        """What can be named aloud here, for hearing: real titles before synthetic ones."""
        plan = self.plan or NO_PLAN
        records = sorted(self.catalogue.records(), key=lambda r: (r.synthetic, r.record_id))
        titles = tuple(Title(r.record_id, r.titles, r.author_forms) for r in records if not r.synthetic)
        named = tuple(
            name for place in list_places(plan) for tag, name in place.name.items() if not tag.startswith("zh")
        )
        held = [kind for kind in KINDS if Places(plan).of_kind(kind)]
        things, acts = sort_words(word for kind in held for word in kind.words if word.isascii())
        asked = tuple(f"{start} {act}" for act in acts for start in ("where can i", "i want to"))
        subjects = {s.lower() for r in records if not r.synthetic for s in r.subjects if s.isascii()}
        return Vocabulary(titles, tuple(dict.fromkeys(named)), things, tuple(sorted(subjects)), asked)

    def with_plan(self, plan: Plan) -> Home:
        """The same home over a changed plan."""
        return Home(self.settings, plan, self.catalogue)


def _tell(fault: EngineError) -> None:
    log.warning("the language model failed, the librarian answered without it: %s", fault)


def open_home(path: Path | None, settings: Settings | None = None) -> Home:
    """Open the home at ``path``. Raises CommandError: there is none; TwinError, CatalogueError: it is broken."""
    loaded = settings or load_settings(path).settings
    if path is not None and loaded.home != path:
        loaded = replace_home(loaded, path)
    folder = loaded.home
    twin, catalogue = folder / TWIN, folder / CATALOGUE
    if not twin.is_dir() and not catalogue.is_file():
        raise CommandError(
            "there is no library here; import a venue and a catalogue, or run `shelfway demo`", "no_home", str(folder)
        )
    plan = load_twin(twin) if twin.is_dir() else None
    return Home(loaded, plan, Catalogue.open(catalogue))


def replace_home(settings: Settings, path: Path) -> Settings:
    """The settings with another home."""
    return settings.model_copy(update={"home": path})


def get_place(plan: Plan, text: str, where: str) -> Place:
    """The one place that ``text`` names. Raises CommandError: unknown, or ambiguous with candidates."""
    found = find_places(plan, text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise CommandError(why_unknown(plan, text), "unknown_place", where)
    candidates = [
        {"id": p.id, "name": dict(p.name), "kind": p.kind, "level": p.ordinal,
         "point": {"east_m": round(p.point[0], 3), "north_m": round(p.point[1], 3), "level": p.ordinal}}
        for p in found
    ]  # fmt: skip
    raise CommandError(
        f"{len(found)} places are called “{text}”; name one by its id", "ambiguous_place", where, candidates
    )
