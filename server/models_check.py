"""Are the models that the settings name there, whole and fit for use? Each is loaded and tried once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from avatars.engines import ENGINES, EngineError, find_missing, load_class
from server.engines import (
    hearing_engine,
    hearing_model,
    models_folder,
    open_detector,
    open_language_model,
    resolve,
    speaking_engine,
)
from server.errors import CommandError
from server.models_fetch import find_changed
from server.settings import Settings


@dataclass(frozen=True, slots=True)
class Checked:
    """One use of an engine. ``fault``: what is missing or wrong, in one sentence; "" when it works."""

    task: str
    setting: str
    engine: str
    model: str
    present: bool
    loadable: bool
    fault: str = ""


def check_models(settings: Settings) -> list[Checked]:
    """What is set, in the order of a turn; what needs no model is looked at too. Blocking, seconds a model."""
    rows = [
        _hearing(settings),
        _try("voice detection", "voice_detector", settings.voice_detector, "", lambda: _listen(settings)),
    ]
    if settings.turn_model is not None:
        model = resolve(settings, settings.turn_model)
        rows.append(_try_model("end of turn", "turn_model", lambda: "turn-model", model, _judge))
    rows += [_language_model(settings, task) for task in settings.language_models]
    if settings.speaker != "none":
        rows.append(_try("speaking", "speaker", settings.speaker, "", lambda: _say_base(settings)))
        for lang, path in settings.voices.items():
            model = resolve(settings, path)
            rows.append(_try_model("speaking", f"voices.{lang}", lambda m=model: speaking_engine(m), model, _say))  # type: ignore[misc]
    return rows


def _hearing(settings: Settings) -> Checked:
    model = hearing_model(settings)
    if model is None:
        missing = find_missing("sphinx")
        deaf = "no model is set: English is heard by grammar, Chinese is not heard; shelfway models list"
        return Checked("hearing", "hearing_model", "sphinx", "", missing is None, missing is None, missing or deaf)
    return _try_model("hearing", "hearing_model", lambda: hearing_engine(model), model, _hear)


def _language_model(settings: Settings, task: Any) -> Checked:
    chosen = settings.language_models[task]
    name = f"language_models.{task}"

    def ask() -> None:
        model: Any = open_language_model(settings, task)
        if chosen.engine == "openai":
            offered = model.list_models()
            if chosen.model not in offered:
                raise EngineError(f"the server {chosen.url} offers no {chosen.model!r} but {', '.join(offered[:5])}")

    return _try(str(task), name, chosen.engine, chosen.model, ask)


def _try_model(
    task: str, setting: str, tell: Callable[[], str], model: Path, use: Callable[[str, Path], None]
) -> Checked:
    """Look at a folder or file, then load and use it."""
    if not model.exists():
        told = f"there is no model {model}: shelfway models fetch {model.name}, or put its path into {setting}"
        return Checked(task, setting, "", str(model), False, False, told)
    try:
        engine = tell()
        changed = find_changed(model) if model.is_dir() else None
    except EngineError as fault:
        return Checked(task, setting, "", str(model), True, False, str(fault))
    if changed:
        told = f"{changed} in {model} is missing or not as it was fetched: fetch the model again"
        return Checked(task, setting, engine, str(model), True, False, told)
    return _try(task, setting, engine, str(model), lambda: use(engine, model))


def _try(task: str, setting: str, engine: str, model: str, use: Callable[[], None]) -> Checked:
    missing = find_missing(engine) if engine in ENGINES else None
    if missing:
        return Checked(task, setting, engine, model, True, False, missing)
    try:
        use()
    except EngineError as fault:
        return Checked(task, setting, engine, model, True, False, str(fault))
    return Checked(task, setting, engine, model, True, True)


def _hear(engine: str, model: Path) -> None:
    load_class(engine)(model).transcribe((0.02 * np.random.default_rng(1).standard_normal(16_000)).astype(np.float32))


def _listen(settings: Settings) -> None:
    open_detector(settings).feed(np.zeros(320, np.float32))


def _judge(engine: str, model: Path) -> None:
    load_class(engine)(model).ended("where is the book", "en", 0.5)


def _say_base(settings: Settings) -> None:
    speaker: Any = load_class(settings.speaker)()
    try:
        _need_sound(sum(len(chunk.pcm) for chunk in speaker.speak("One.", "en")))
    finally:
        speaker.close()


def _say(engine: str, model: Path) -> None:
    base: Any = load_class("espeak")()
    try:
        voice = load_class(engine)(model, base.list_phonemes)
        lang = voice.capabilities.languages[0]
        _need_sound(sum(len(chunk.pcm) for chunk in voice.speak("一。" if lang == "zh" else "One.", lang)))
    finally:
        base.close()


def _need_sound(samples: int) -> None:
    if not samples:
        raise EngineError("the voice is loaded but says nothing")


def list_fetched(settings: Settings) -> set[str]:
    """Names of the models that are here. Raises CommandError."""
    folder = models_folder(settings)
    try:
        return {path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")}
    except FileNotFoundError:
        return set()
    except OSError as fault:
        raise CommandError(
            f"the folder of models cannot be read: {fault.strerror}", "cannot_read", str(folder)
        ) from fault
