"""The engines that the settings ask for: told by what lies in a model's folder, then opened."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avatars.engines import EngineError, EngineMissing, find_missing, load_class
from server.model_settings import Task
from server.telemetry import log

if TYPE_CHECKING:
    from avatars.engines import EndOfTurn, LanguageModel, Speaker, VoiceActivity
    from server.settings import Settings


def models_folder(settings: Settings) -> Path:
    """Where fetched models lie."""
    return settings.models_dir or settings.home / "models"


def resolve(settings: Settings, model: Path) -> Path:
    """A model named by its path, or by its name among the fetched ones."""
    fetched = models_folder(settings) / model
    return fetched if not model.exists() and not model.is_absolute() and fetched.exists() else model


def hearing_model(settings: Settings) -> Path | None:
    """The model for hearing that is set, if any."""
    chosen = settings.hearing_model or settings.whisper_model
    return None if chosen is None else resolve(settings, chosen)


def hearing_engine(model: Path) -> str:
    """The transcriber that reads this kind of model. Raises EngineMissing, EngineError."""
    if not model.exists():
        raise EngineMissing(f"there is no model {model}")
    if model.is_file() and model.suffix == ".pt":
        return "whisper-openai"
    if (model / "model.bin").is_file():
        return "whisper-faster"
    if (model / "config.json").is_file():
        return "whisper-hf"
    if (model / "tokens.txt").is_file():
        parts = {path.name.split(".")[0].split("-")[0] for path in model.glob("*.onnx")}
        return "sherpa-streaming" if "encoder" in parts or _is_streaming(model) else "sherpa"
    raise EngineError(
        f"{model} is no model for hearing: no .pt file, nor a folder with model.bin, config.json or tokens.txt"
    )


def speaking_engine(model: Path) -> str:
    """The speaker that reads this kind of model. Raises EngineMissing, EngineError."""
    if not model.exists():
        raise EngineMissing(f"there is no model {model}")
    if model.suffix == ".onnx" or any(model.glob("*.onnx.json")):
        return "piper"
    if any(model.glob("*.pth")):
        return "coqui"
    if (model / "lexicon.txt").is_file():
        return "sherpa-speaker"
    if any(model.glob("*.onnx")) and any((*model.glob("*.bin"), *model.glob("*.npz"))):
        return "kokoro"
    raise EngineError(f"{model} is no voice: neither Piper's, Coqui's, Kokoro's nor sherpa-onnx's files are in it")


def open_speaker(settings: Settings, faults: list[str]) -> Speaker | None:
    """The voice of each language; espeak-ng where no other is set. ``faults`` gets a sentence for each that fails."""
    if settings.speaker == "none":
        return None
    try:
        base: Any = load_class(settings.speaker)()
    except EngineError as fault:
        log.warning("no voice: %s", fault)
        faults.append(f"no voice: {fault}")
        return None
    from avatars.engines.by_language import SpeakerByLanguage

    found: dict[str, Speaker] = {}
    for lang, path in settings.voices.items():
        model = resolve(settings, path)
        try:
            name = speaking_engine(model)
            how = {"lang": lang} if name == "coqui" else {}
            found[lang] = load_class(name)(model, base.list_phonemes, **how)
        except EngineError as fault:
            log.warning("no voice by %s: %s", path, fault)
            faults.append(f"the voice {path} cannot be used, espeak-ng speaks instead: {fault}")
    speaker: Speaker = SpeakerByLanguage(found, base) if found else base
    return speaker


def open_language_model(
    settings: Settings, task: Task, environ: Mapping[str, str] | None = None
) -> LanguageModel | None:
    """The model for a task, None when none is set; does not connect yet. Raises EngineError."""
    chosen = settings.language_models.get(task) or settings.language_models.get("default")
    if chosen is None:
        return None
    made: LanguageModel
    if chosen.engine == "transformers":
        from avatars.engines.transformers_lm import TransformersModel, TransformersSettings

        folder = resolve(settings, chosen.folder)
        made = TransformersModel(folder, TransformersSettings(longest_tokens=chosen.longest_tokens))
        return made
    from avatars.engines.openai_http import OpenAIModel, OpenAISettings

    key = (os.environ if environ is None else environ).get(chosen.key_env, "") if chosen.key_env else ""
    if chosen.key_env and not key:
        raise EngineMissing(f"the variable {chosen.key_env} with the key of {chosen.url} is not set")
    made = OpenAIModel(
        OpenAISettings(
            chosen.url, chosen.model, key, first_s=chosen.first_s, longest_s=chosen.longest_s,
            longest_tokens=chosen.longest_tokens, extra=chosen.extra,
        )
    )  # fmt: skip
    return made


def open_end_of_turn(settings: Settings, faults: list[str]) -> EndOfTurn:
    """The classifier that is set, else the rules."""
    if settings.turn_model is not None:
        try:
            made: EndOfTurn = load_class("turn-model")(resolve(settings, settings.turn_model))
        except EngineError as fault:
            faults.append(f"the turn detector {settings.turn_model} cannot be used, rules decide instead: {fault}")
        else:
            return made
    rules: EndOfTurn = load_class("turn-rules")()
    return rules


def open_detector(settings: Settings) -> VoiceActivity:
    """A voice detector for one listener: the one that is set, or the best that needs no model. Raises EngineError."""
    name = settings.voice_detector
    if name == "auto":
        name = "webrtc" if find_missing("webrtc") is None else "energy"
    make: Any = load_class(name)
    if name == "silero":
        fetched = models_folder(settings) / "silero-vad" / "silero_vad.onnx"
        make = partial(make, fetched if fetched.is_file() else None)
    made: VoiceActivity = make()
    return made


def _is_streaming(model: Path) -> bool:
    from avatars.engines.sherpa_files import read_folder

    return read_folder(model).kind.startswith("streaming")
