"""``shelfway bench listen``: how well the embedded engine hears spoken questions about the home.

The questions of ``bench/data/spoken_questions.jsonl`` are spoken by espeak-ng in several voices, with white noise at
several levels, and heard by pocketsphinx's model with the grammar of the home, in frames of 20 ms as from a microphone.
Those of the half ``dev`` were used while the engine was made (frames, threshold); those of the half ``held_out`` were
not. Synthetic voices show what breaks; they do not show how well people are understood.

Prints one JSON document; per voice, level and half: ``word_error`` (over all questions that can be understood; one
rejected counts as all words lost), ``right_book`` (share of questions for a book held whose record comes first),
``right_book_of_4`` (first or among the alternatives), ``wrong_book`` (another book, and believed), ``false_rejection``,
``false_acceptance`` (share of sentences that are no question to this library and yet are taken for one;
``false_acceptance_not_held``: for those that ask for a book that is not held), ``rtf`` (time to hear / length),
``finalise_p50_ms`` and ``_p95_ms`` (from the last sample to the transcript).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

QUESTIONS = Path(__file__).with_name("data") / "spoken_questions.jsonl"
VOICES = ("en-us", "en-gb-x-rp", "en-gb-scotland", "en-us+f3", "en-us+m3")
NOISE = ("clean", "20", "10")
RATE = 16_000
FRAME = 320


@dataclass(slots=True)
class Row:
    """Counts of one voice at one level."""

    voice: str
    noise: str
    half: str
    errors: int = 0
    words: int = 0
    books: int = 0
    right: int = 0
    wrong: int = 0
    near: int = 0
    known: int = 0
    rejected: int = 0
    strange: int = 0
    taken: int = 0
    absent: int = 0
    absent_taken: int = 0
    sound_s: float = 0.0
    heard_s: float = 0.0
    ended_s: list[float] = field(default_factory=list)
    missed: list[dict[str, str]] = field(default_factory=list)

    def report(self, verbose: bool) -> dict[str, Any]:
        ended = np.array(self.ended_s or [0.0])
        document = {
            "voice": self.voice,
            "noise_db": self.noise,
            "half": self.half,
            "word_error": _share(self.errors, self.words),
            "right_book": _share(self.right, self.books),
            "right_book_of_4": _share(self.near, self.books),
            "wrong_book": _share(self.wrong, self.books),
            "books": self.books,
            "false_rejection": _share(self.rejected, self.known),
            "false_acceptance": _share(self.taken, self.strange),
            "strange": self.strange,
            "false_acceptance_not_held": _share(self.absent_taken, self.absent),
            "not_held": self.absent,
            "rtf": round(self.heard_s / max(self.sound_s, 1e-9), 3),
            "finalise_p50_ms": round(float(np.quantile(ended, 0.5)) * 1000, 1),
            "finalise_p95_ms": round(float(np.quantile(ended, 0.95)) * 1000, 1),
        }
        return {**document, "missed": self.missed} if verbose else document


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--voices", default=",".join(VOICES), help=f"espeak-ng's voices (default: {','.join(VOICES)})")
    parser.add_argument(
        "--noise", default=",".join(NOISE), help="signal to noise in dB, or clean (default: clean,20,10)"
    )
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="JSON lines of {text, record_id, kind}")
    parser.add_argument("--half", choices=("dev", "held_out"), help="questions of one half only (default: both)")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take every N-th question only")
    parser.add_argument("--verbose", action="store_true", help="list what was misheard")


def run(args: argparse.Namespace) -> int:
    """Measure and print."""
    from avatars.engines import load_class

    with tempfile.TemporaryDirectory() as folder:
        vocabulary = read_vocabulary(args.home, Path(folder))
    speaker = load_class("espeak")()
    began = time.perf_counter()
    engine = load_class("sphinx")(vocabulary, speaker.list_phonemes)
    learn_s = time.perf_counter() - began
    questions = [json.loads(line) for line in args.questions.read_text(encoding="utf-8").splitlines()][:: args.every]
    rows = []
    for voice in args.voices.split(","):
        for noise in args.noise.split(","):
            print(f"{voice}, {noise} …", file=sys.stderr)
            for half in (args.half,) if args.half else ("dev", "held_out"):
                chosen = [question for question in questions if question["half"] == half]
                rows.append(measure(engine, speaker, chosen, voice, noise, half))
    document = {
        "bench": "listen",
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "engine": "sphinx",
        "titles": len(vocabulary.titles),
        "questions": len(questions),
        "learn_s": round(learn_s, 2),
        "rows": [row.report(args.verbose) for row in rows],
    }
    speaker.close()
    print(json.dumps(document, ensure_ascii=False, indent=None if args.json else 1))
    return 0


def read_vocabulary(home: Path | None, folder: Path) -> Any:
    """Of the home, or of a demo home made for the occasion."""
    from server.demo_home import make_demo_home
    from server.home import open_home
    from server.settings import load_settings

    settings = load_settings(home).settings
    path = settings.home
    if not (path / "catalogue.sqlite").is_file():
        path = folder / "home"
        make_demo_home(path, lambda step: print(step, file=sys.stderr))
    opened = open_home(path)
    try:
        return opened.vocabulary()
    finally:
        opened.close()


def measure(engine: Any, speaker: Any, questions: Sequence[dict[str, Any]], voice: str, noise: str, half: str) -> Row:
    """These questions in one voice at one level."""
    from avatars.pronounce import list_spoken_words

    row = Row(voice, noise, half)
    for number, question in enumerate(questions):
        samples = speak(speaker, question["text"], voice, noise, number)
        began = time.perf_counter()
        stream = engine.open("en")
        for at in range(0, len(samples), FRAME):
            stream.feed(samples[at : at + FRAME])
        last = time.perf_counter()
        heard = stream.finish()
        row.ended_s.append(time.perf_counter() - last)
        row.heard_s += time.perf_counter() - began
        row.sound_s += len(samples) / RATE
        if question["kind"] == "out_of_grammar":
            absent = "not held" in question.get("why", "")
            row.absent += absent
            row.strange += not absent
            row.absent_taken += absent and not heard.rejected
            row.taken += not absent and not heard.rejected
            wrong = not heard.rejected
        else:
            row.known += 1
            row.rejected += heard.rejected
            expected = list_spoken_words(question["text"])
            row.errors += distance(expected, [] if heard.rejected else list_spoken_words(heard.text))
            row.words += len(expected)
            wrong = heard.rejected
            if question["record_id"]:
                row.books += 1
                right = not heard.rejected and heard.record_id == question["record_id"]
                row.right += right
                row.wrong += not heard.rejected and not right
                others = [other.record_id for other in heard.alternatives[:3]]
                row.near += right or question["record_id"] in others
                wrong = not right
        if wrong:
            row.missed.append({"said": question["text"], "heard": heard.text, "kind": question["kind"]})
    return row


def speak(speaker: Any, text: str, voice: str, noise: str, seed: int, rate_wpm: int = 150) -> np.ndarray:
    """float32 (n,), 16 kHz, a third of a second of room before and behind, white noise over all of it."""
    import soxr

    made = np.concatenate([chunk.pcm for chunk in speaker.speak(text, "en", voice=voice, rate_wpm=rate_wpm)])
    samples = soxr.resample(made.astype(np.float32) / 32768, speaker.capabilities.sample_rate, RATE)
    samples = np.pad(samples, RATE // 3)
    if noise != "clean":
        loud = samples[np.abs(samples) > 1e-3]
        level = np.sqrt(np.mean(np.square(loud)) / 10 ** (float(noise) / 10))
        samples = samples + np.random.default_rng(seed).normal(0, level, len(samples))
    return np.clip(samples, -1, 1).astype(np.float32)


def distance(expected: Sequence[str], heard: Sequence[str]) -> int:
    """Words to change, add or take away."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(expected, 1):
        last, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (word != other))
    return row[-1]


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
