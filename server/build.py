"""Joining the parts of a server from a home and its settings."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from avatars.errors import EngineError
from avatars.seeing_model import BookReader
from avatars.turn import TurnSettings
from server.commands.imports import TWIN
from server.ears import find_ears
from server.engines import hearing_model, open_detector, open_end_of_turn, open_language_model, open_speaker
from server.errors import ReviewError, SettingsError
from server.finder import Finder
from server.home import Home, open_home
from server.hub_memory import MemoryHub
from server.hub_redis import RedisHub
from server.kept import VISITS, KeptVisits
from server.parts import Mind, Parts
from server.plan_changes import PlanChanges
from server.scenes import SceneQueue, Scenes
from server.scenes_redis import RedisScenes
from server.settings import Settings
from server.suggest import Suggester
from server.telemetry import Telemetry, log
from server.tracing import Tracing, open_tracing
from server.turns import Turns
from server.workers import Workers
from server.worlds import Worlds
from spatial.tags import read_tags

if TYPE_CHECKING:
    from assets.store import Store
    from avatars.engines import Speaker
    from avatars.values import Located
    from spatial.mesh import Building


TAGS = "tags.csv"
"""In the home: which AprilTag hangs where."""


def build_parts(settings: Settings) -> Parts:
    """Open the home and start the engines; blocking, seconds. An engine that cannot start is a fault, not an end.

    Raises what ``open_home`` raises.
    """
    home = open_home(settings.home, settings)
    settings = _of_persona(settings, home)
    tags, wrong = read_tags(settings.home / TAGS, home.plan) if home.plan is not None else ((), ())
    faults = [f"{fault.file}: {fault.message}" for fault in wrong]
    speaker = open_speaker(settings, faults)
    ears = find_ears(hearing_model(settings), home.vocabulary, speaker, faults)
    if settings.remember_days:
        keeper = KeptVisits(settings.home / VISITS, settings.remember_days)
        home.dialogue.tools = replace(home.dialogue.tools, keeper=keeper)
    place = home.here_place
    telemetry, tracing = Telemetry(), open_tracing(settings.otlp_url, faults)
    if tracing is not None:
        telemetry.on_turn = tracing.turn
    store, workers = open_store(settings), Workers()
    scenes = open_scenes(Worlds(home.catalogue, settings, store), workers, settings)
    parts = Parts(
        settings=settings,
        plan=home.plan,
        building=home.building if home.plan is not None else None,
        mind=_open_mind(home, faults),
        finder=Finder(home.catalogue, home.books),
        review=home.review,
        tags=tags,
        read_book=_open_book_reader(home, faults),
        suggester=Suggester(home.catalogue, home.plan),
        hub=MemoryHub() if settings.hub_url is None else RedisHub(settings.hub_url),
        workers=workers,
        telemetry=telemetry,
        ears=ears,
        speaker=speaker,
        make_turns=lambda clock: make_turns(clock, settings),
        end_of_turn=open_end_of_turn(settings, faults),
        library_name=_named(dict(home.persona.library), "Library", "图书馆"),
        librarian_name=_named(dict(home.persona.name), "the librarian", "馆员"),
        here=home.here,
        here_name=dict(place.name) if place is not None else {},
        store=store,
        scenes=scenes,
        close_home=lambda: _close(home, speaker, tracing),
        faults=tuple(faults),
    )
    parts.notebook.prepare()
    if home.plan is not None:
        parts.plan_changes = PlanChanges(parts, settings.home / TWIN, lambda building: _adopt(home, building))
    return parts


def _of_persona(settings: Settings, home: Home) -> Settings:
    """Readers are offered the languages that the librarian speaks."""
    spoken = home.persona.languages
    offered = tuple(lang for lang in settings.languages if lang in spoken) or spoken
    return settings.model_copy(update={"languages": offered})


def _adopt(home: Home, building: Building) -> None:
    """The librarian leads through the building as it is now."""
    home.dialogue.tools = replace(home.dialogue.tools, building=building)


def _open_mind(home: Home, faults: list[str]) -> Mind:
    """The librarian with her language model, or without it when that cannot be opened."""
    try:
        return home.mind
    except ReviewError as fault:
        faults.append(f"answers cannot be reviewed, so the librarian answers without a language model: {fault}")
        return home.dialogue
    except EngineError as fault:
        faults.append(f"the language model cannot be used, the librarian answers without it: {fault}")
        return home.dialogue


def _open_book_reader(home: Home, faults: list[str]) -> Callable[[bytes], Located | None] | None:
    """The model that sees, only where a home names one for that: pictures go to no other."""
    if "see" not in home.settings.language_models:
        return None
    try:
        model = open_language_model(home.settings, "see")
    except EngineError as fault:
        faults.append(f"the model that sees cannot be used: {fault}")
        return None
    return None if model is None else BookReader(model, home.books, _tell).read


def _tell(fault: EngineError) -> None:
    log.warning("the model that sees failed: %s", fault)


def open_store(settings: Settings) -> Store:
    """The store of generated files. Raises StoreError when its bucket cannot be opened."""
    from assets.store import Store
    from assets.store_files import FolderFiles
    from assets.store_objects import ObjectFiles

    files = ObjectFiles(settings.store_url) if settings.store_url else FolderFiles(settings.home / "store")
    return Store(files, settings.store_budget_mb * 1_000_000)


def open_scenes(worlds: Worlds, workers: Workers, settings: Settings) -> SceneQueue:
    """The queue of worlds: in this process, or in Redis for workers anywhere."""
    if settings.worlds_painted == "workers":
        if settings.hub_url is None:
            raise SettingsError('worlds_painted = "workers" needs the Redis that joins them: set hub_url', "hub_url")
        return RedisScenes(worlds, workers, settings.hub_url)
    return Scenes(worlds, workers, time.monotonic)


def make_turns(clock: Callable[[], float], settings: Settings) -> Turns:
    """One reader's turns, with the voice detector that is set."""
    return Turns(clock, open_detector(settings), TurnSettings(wake=settings.wake_phrases))


def _close(home: Home, speaker: Speaker | None, tracing: Tracing | None) -> None:
    if tracing is not None:
        tracing.close()
    home.close()
    close = getattr(speaker, "close", None)
    if close is not None:
        close()


def _named(names: dict[str, str], english: str, chinese: str) -> dict[str, str]:
    """Both languages have a name."""
    first = next(iter(names.values()), "")
    return {**names, "en": names.get("en") or first or english, "zh": names.get("zh") or first or chinese}
