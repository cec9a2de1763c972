"""``shelfway say TEXT --out FILE.wav``: speak a text into a file, with times of words and mouth shapes."""

from __future__ import annotations

import argparse
import json
import os
import wave
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from avatars.engines import EngineError, EngineMissing
from avatars.language import detect
from server.errors import CommandError
from server.labelling import label_file
from server.settings import load_settings
from wire.messages.base import Lang

if TYPE_CHECKING:
    from avatars.speech import Spoken
    from server.settings import Settings

LONGEST = 20_000


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("say", help="speak a text into a file, with times and mouth shapes")
    parser.add_argument("text", metavar="TEXT")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.wav")
    parser.add_argument("--lang", choices=get_args(Lang), help="language of the text; default: recognised")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the file and print its times."""
    if not any(c.isalnum() for c in args.text):
        raise CommandError("there is nothing to say; give a text with words in it", "empty_text", "TEXT")
    if len(args.text) > LONGEST:
        raise CommandError(
            f"the text has {len(args.text)} characters; at most {LONGEST} are spoken at once", "too_long", "TEXT"
        )
    if not args.out.parent.is_dir():
        raise CommandError(f"there is no folder {args.out.parent}; make it first", "cannot_write", "--out")
    settings = load_settings(args.home).settings
    lang = args.lang or detect(args.text) or "en"
    try:
        spoken = _speak(args.text, lang, settings)
    except EngineMissing as fault:
        raise CommandError(str(fault), "engine_missing") from fault
    except EngineError as fault:
        raise CommandError(str(fault), "engine_failed") from fault
    _write(spoken, args.out)
    learnt = ", ".join(path.name for path in settings.voices.values())
    label_file(args.out, settings, "ai" if learnt else "algorithmic", learnt or "espeak-ng")
    if args.json:
        print(json.dumps(_body(spoken, lang), ensure_ascii=False))
    else:
        print(f"{args.out}: {spoken.duration_s:.2f} s, “{spoken.spoken}”")
    return 0


def _speak(text: str, lang: str, settings: Settings) -> Spoken:
    """By the voice of the language. Raises EngineError: that voice, or any, cannot speak."""
    from avatars.speech import say
    from server.engines import open_speaker

    faults: list[str] = []
    speaker: Any = open_speaker(settings.model_copy(update={"speaker": "espeak"}), faults)
    if faults or speaker is None:
        raise EngineMissing("; ".join(faults))
    try:
        return say(speaker, text, lang)
    finally:
        speaker.close()


def _write(spoken: Spoken, path: Path) -> None:
    """Whole or not at all."""
    making = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with wave.open(str(making), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(spoken.sample_rate)
            out.writeframes(spoken.samples.astype("<i2").tobytes())
        making.replace(path)
    except OSError as fault:
        making.unlink(missing_ok=True)
        raise CommandError(f"the file cannot be written: {fault.strerror}", "cannot_write", str(path)) from fault


def _body(spoken: Spoken, lang: str) -> dict[str, Any]:
    return {
        "duration_s": round(spoken.duration_s, 4),
        "sample_rate": spoken.sample_rate,
        "lang": lang,
        "spoken": spoken.spoken,
        "words": [{"text": w.text, "start_s": round(w.start_s, 4), "end_s": round(w.end_s, 4)} for w in spoken.words],
        "visemes": [
            {"name": v.name, "start_s": round(v.start_s, 4), "end_s": round(v.end_s, 4)} for v in spoken.visemes
        ],
    }
