"""``shelfway listen FILE.wav``: hear a recorded question and answer it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from avatars.engines import EngineError, Transcript
from server.errors import CommandError
from server.settings import load_settings
from wire.messages.base import Lang

if TYPE_CHECKING:
    from server.home import Home


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("listen", help="hear a recorded question and answer it")
    parser.add_argument("file", type=Path, metavar="FILE.wav")
    parser.add_argument("--lang", choices=get_args(Lang), help="language spoken; default: found out, or English")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what was heard and the answer."""
    from avatars.listening_wav import SoundError, check_voice, read_wav
    from server.commands.ask import answer_text
    from server.home import open_home

    try:
        samples = read_wav(args.file)
        check_voice(samples)
    except SoundError as fault:
        raise CommandError(str(fault), fault.code, str(args.file)) from fault
    except EngineError as fault:
        raise CommandError(str(fault), "engine_missing", str(args.file)) from fault
    home = open_home(None, load_settings(args.home).settings)
    heard, engine = _transcribe(home, samples, args.lang)
    body: dict[str, Any] = {
        "transcript": heard.text,
        "lang": heard.lang,
        "rejected": heard.rejected,
        "confidence": round(heard.confidence, 3),
        "words": [
            {"text": word.text, "start_s": round(word.start_s, 3), "end_s": round(word.end_s, 3)}
            for word in heard.words
        ],
        "alternatives": [{"text": other.text, "record_id": other.record_id} for other in heard.alternatives],
        "engine": engine,
        "answer": answer_text(home, heard.text, heard.lang),
    }
    if args.json:
        print(json.dumps(body, ensure_ascii=False))
    else:
        print(f"“{heard.text}”" if heard.text else "(nothing understood)")
        print(body["answer"]["text"])
    return 0


def _transcribe(home: Home, samples: Any, lang: Lang | None) -> tuple[Transcript, str]:
    """The transcript and the name of the engine that made it."""
    from avatars.engines import find_missing, load_class
    from server.ears import find_ears
    from server.engines import hearing_model

    faults: list[str] = []
    speaker = load_class("espeak")() if find_missing("espeak") is None else None
    try:
        ears = find_ears(hearing_model(home.settings), home.vocabulary, speaker, faults)
        engine = ears.find(lang or "en") or (None if lang else ears.find("zh"))
        if engine is None:
            why = faults[0] if faults else find_missing("sphinx") if lang != "zh" else None
            raise CommandError(
                why or "hearing Chinese needs a model: shelfway models list; put its name into hearing_model",
                "listening_unavailable",
                f"--lang {lang}" if lang else "",
            )
        several = len(engine.capabilities.languages) > 1
        try:
            heard = engine.transcribe(samples, lang if lang or several else "en")
        except EngineError as fault:
            raise CommandError(str(fault), "engine_failed") from fault
    finally:
        if speaker is not None:
            speaker.close()
    return heard, _name_of(engine)


def _name_of(engine: object) -> str:
    """The engine's name in the table."""
    from avatars.engines import ENGINES

    where = f"{type(engine).__module__}:{type(engine).__name__}"
    return next((name for name, entry in ENGINES.items() if entry.where == where), type(engine).__name__)
