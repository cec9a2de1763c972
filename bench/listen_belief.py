"""``python -m bench.listen_belief``: the weights by which the embedded engine believes what fits best.

Speaks questions for the home's books, places, subjects and authors, questions for books that it does not hold, and
sentences that are no questions (``bench/data/strangers.txt``), in several voices, speeds and levels of noise; fits a
logistic regression to what ``SphinxStream.fit`` tells of each; prints the weights for
``avatars/engines/sphinx_belief.py``
and, out of five parts each weighed by the other four, what share would be believed. About a second a question.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from avatars.engines.sphinx_belief import Fit
from bench.listen import read_vocabulary, speak

STRANGERS = Path(__file__).with_name("data") / "strangers.txt"
VOICES = ("en-us", "en-gb-x-rp", "en-gb-scotland", "en-us+f3", "en-us+m3", "en-us+f2", "en-gb-x-rp+f3")
NOISE = ("clean", "clean", "20", "10")
ASKED = {
    "title": ("where is {}", "take me to {}", "do you have {}", "i'm looking for {}", "can you show me {}",
              "where can i find {}", "can i borrow {}", "i'd like to read {}", "excuse me where is {}", "who wrote {}",
              "is {} available", "help me find {} please", "{}", "find {}", "could you take me to {}"),
    "place": ("where is the {}", "take me to the {}", "is there a {} here", "where's the nearest {}", "i need a {}"),
    "topic": ("do you have books on {}", "where are the books about {}", "i'm looking for a book about {}"),
    "author": ("do you have anything by {}", "where are the books by {}", "what books do you have by {}"),
}  # fmt: skip
LIKELY = {"title": 8, "place": 3, "phrase": 2, "topic": 1, "author": 1, "not held": 4, "no question": 4}
FEATURES = ("whole", "name", "lead", "size", "one")


@dataclass(frozen=True, slots=True)
class Question:
    """``meant``: what must be named, or the whole phrase, in small letters; None where nothing may be believed."""

    kind: str
    text: str
    meant: str | None


@dataclass(frozen=True, slots=True)
class Heard:
    kind: str
    fit: Fit
    right: bool


def list_questions(vocabulary: Any, count: int, seed: int) -> Iterator[Question]:
    """So many questions, the same for one seed."""
    from avatars.grammar import build_grammar

    grammar = build_grammar(vocabulary)
    forms, phrases = grammar.forms, list(grammar.phrases.values())
    held = {plain(text) for title in vocabulary.titles for text in title.forms}
    _, titles, sentences = re.split(r"\[.*\]\n", STRANGERS.read_text(encoding="utf-8"))
    strangers = {
        "not held": [line for line in titles.splitlines() if plain(line) not in held],
        "no question": sentences.splitlines(),
    }
    choose = random.Random(seed)
    for _ in range(count):
        kind = choose.choices(list(LIKELY), list(LIKELY.values()))[0]
        if kind in strangers:
            line = choose.choice(strangers[kind])
            yield Question(kind, choose.choice(ASKED["title"]).format(line) if kind == "not held" else line, None)
            continue
        if kind == "phrase":
            line = choose.choice(phrases)
            yield Question(kind, line, plain(line))
            continue
        form = choose.choice(forms[kind])
        yield Question(kind, choose.choice(ASKED[kind]).format(form.text), form.record_id or plain(form.text))


def plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def hear(engine: Any, question: Question, samples: npt.NDArray[np.float32]) -> Heard | None:
    """What fits best, or None when nothing does."""
    stream = engine.open("en")
    stream.feed(samples)
    found = stream.compare()
    if not found:
        return None
    form = found[0].reading.form
    named = plain(found[0].reading.text) if form is None else form.record_id or plain(form.text)
    return Heard(question.kind, stream.fit(found), question.meant is not None and named == question.meant)


def weigh(features: npt.NDArray[np.float64], right: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Logistic regression by Newton's steps. features: (n, k) with a column of ones; right: (n,), 0 or 1 → (k,)."""
    spread = np.where(features.std(axis=0) > 0, features.std(axis=0), 1.0)
    scaled = features / spread
    weights = np.zeros(scaled.shape[1])
    for _ in range(30):
        sure = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        curve = (scaled * (sure * (1 - sure))[:, None]).T @ scaled + 1e-3 * np.eye(len(weights))
        weights += np.linalg.solve(curve, scaled.T @ (right - sure) - 1e-3 * weights)
    found: npt.NDArray[np.float64] = weights / spread
    return found


def main() -> int:
    from avatars.engines import load_class

    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--home", type=Path, help="the library's home; default: the demo library")
    parser.add_argument("--questions", type=int, default=1_400)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        vocabulary = read_vocabulary(args.home, Path(folder))
    speaker = load_class("espeak")()
    engine = load_class("sphinx")(vocabulary, speaker.list_phonemes)
    choose = random.Random(args.seed)
    rows: list[Heard] = []
    for number, question in enumerate(list_questions(vocabulary, args.questions, args.seed)):
        voice, noise = choose.choice(VOICES), choose.choice(NOISE)
        heard = hear(
            engine, question, speak(speaker, question.text, voice, noise, number, choose.choice((140, 160, 175)))
        )
        if heard is not None:
            rows.append(heard)
        if number % 100 == 0:
            print(f"{number} of {args.questions} …", file=sys.stderr)
    speaker.close()
    features = np.array([[*row.fit.features(), 1.0] for row in rows])
    right = np.array([float(row.right) for row in rows])
    believed = np.zeros(len(rows), bool)
    part = np.arange(len(rows)) % 5
    for i in range(5):
        believed[part == i] = features[part == i] @ weigh(features[part != i], right[part != i]) > 0
    wrong = np.array([row.kind not in ("not held", "no question") and not row.right for row in rows])
    strange = {kind: np.array([row.kind == kind for row in rows]) for kind in ("not held", "no question")}
    print(json.dumps({
        "heard": len(rows),
        "weights": dict(zip(FEATURES, weigh(features, right).round(4).tolist(), strict=True)),
        "believed": {
            "right": round(float(believed[right > 0].mean()), 3),
            "another thing held": round(float(believed[wrong].mean()), 3),
            **{kind: round(float(believed[of].mean()), 3) for kind, of in strange.items()},
        },
    }, indent=1))  # fmt: skip
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
