"""Hearing English with pocketsphinx's acoustic model and a grammar of this library, made from its own names.

While the reader speaks, one search walks a net of every frame with every name (``grammar_net.py``), and beside it a
loop of any phones at all. When the reader has finished, the dozen likeliest questions are compared exactly, with the
mean of the whole sound taken out of it. The best is believed when it fits about as well as any phones would, as a whole
and in the name, and clearly better than a question for something else: speech about something else, and noise, are
rejected rather than forced into a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from avatars.engines import (
    ENGINES,
    HEARING_RATE,
    Alternative,
    EngineError,
    EngineMissing,
    Partial,
    Samples,
    Transcript,
    Word,
    find_missing,
)
from avatars.engines.sphinx_belief import MOST_LEAD, Fit, Weights
from avatars.engines.sphinx_model import F32, I32, AcousticModel, read_model
from avatars.engines.sphinx_network import START, Arcs, Net, compile_net
from avatars.engines.sphinx_search import Loop, Note, Search
from avatars.engines.sphinx_sound import FRAMES_A_SECOND, Cepstra, to_features
from avatars.grammar import Grammar, Vocabulary, build_grammar
from avatars.grammar_net import Label, Reading, Tree, fits, lay_out, meaning, mend, read, swap
from avatars.pronounce import Phones, SayIpa, accents, pronounce, read_dictionary

_EDGE_S: Final = 0.4  # the search wants quiet before the first word and behind the last
_BLOCK: Final = 1_600  # samples worked on at a time, so that the same sound gives the same text however it arrives
_EDGE_BLOCKS: Final = int(_EDGE_S * HEARING_RATE) // _BLOCK
_STEADY: Final = 2.0  # 3 dB between its quiet and its loud tenths of a second
_AHEAD: Final = 40  # frames heard before the first is searched: the mean must settle
_MEAN: Final = np.array(
    [41.0, -5.29, -0.12, 5.09, 2.48, -4.07, -1.37, -1.78, -5.08, -2.05, -6.45, -1.42, 1.17], np.float32
)
_MEAN_FRAMES: Final = 3.0  # how many frames the usual mean counts for
_WEIGHTS: Final = Weights()
_QUIETEST: Final = 0.03  # the peak that is expected until something louder is heard


@dataclass(frozen=True, slots=True)
class SphinxSettings:
    """``believe_above``: how likely a question must be to be believed, ``believe_place_above``: one for a place, where
    a mistake costs a reader little (``bench/listen.py`` shows what they buy).

    ``candidates``: questions compared at the end. ``beam``, ``exit_beam``: how far behind the best a way is given up.

    Sound shorter than ``shortest_s`` is no speech, sound beyond ``longest_s`` is not heard.
    """

    believe_above: float = 0.5
    believe_place_above: float = 0.2
    candidates: int = 12
    beam: float = 220.0
    exit_beam: float = 170.0
    shortest_s: float = 0.25
    longest_s: float = 20.0


@dataclass(frozen=True, slots=True)
class _Ear:
    """Everything that does not change while one vocabulary is listened for."""

    model: AcousticModel
    grammar: Grammar
    ways: dict[str, list[Phones]]
    tree: Tree
    net: Net
    wanted: I32


class SphinxTranscriber:
    """Hears questions about one library, in English. Any number at once, from any threads."""

    capabilities = ENGINES["sphinx"].capabilities

    def __init__(self, vocabulary: Vocabulary, say_ipa: SayIpa | None, settings: SphinxSettings | None = None) -> None:
        """``say_ipa``: pronunciations of words that no dictionary has (``EspeakSpeaker.list_phonemes``)."""
        missing = find_missing("sphinx")
        if missing:
            raise EngineMissing(missing)
        if say_ipa is None:
            raise EngineMissing(
                "hearing by grammar needs espeak-ng for the sound of names: pip install 'shelfway[speech]'"
            )
        self.settings = settings or SphinxSettings()
        self._say_ipa = say_ipa
        self.learn(vocabulary)

    def learn(self, vocabulary: Vocabulary) -> None:
        """Listens for this vocabulary from now on; streams that are open keep the old one. Takes a second or so per
        thousand titles.
        """
        import pocketsphinx

        folder = Path(pocketsphinx.get_model_path("en-us"))
        model = read_model(folder / "en-us")
        grammar = build_grammar(vocabulary)
        words = grammar.list_words()
        bases = {word[:-2] for word in words if word.endswith("'s")}
        known = read_dictionary(folder / "cmudict-en-us.dict", words | bases)
        ways = pronounce(sorted(words), known, self._say_ipa, grammar.list_names())
        for word, said in ways.items():
            ways[word] = list(dict.fromkeys([*said, *(way for usual in said[:2] for way in accents(usual))]))
        tree = lay_out(grammar, ways, model)
        net = compile_net(tree.arcs)
        loop = model.senones[model.alone].ravel()
        wanted = np.unique(np.concatenate([net.row.ravel(), loop])).astype(np.int32)
        self._ear = _Ear(model, grammar, ways, tree, net, wanted)
        self.transcribe(np.random.default_rng(1).normal(0, 0.1, HEARING_RATE).astype(np.float32))  # compiles it all

    def open(self, lang: str | None) -> SphinxStream:
        """A stream for one utterance. Raises EngineError for a language other than English."""
        if lang is not None and not lang.startswith("en"):
            raise EngineError(f"pocketsphinx hears English here, not {lang!r}: configure a Whisper model for it")
        return SphinxStream(self._ear, self.settings)

    def transcribe(self, samples: Samples, lang: str | None = None) -> Transcript:
        """samples: float32 (n,), 16 kHz mono, −1…1. Raises EngineError for a language other than English."""
        stream = self.open(lang)
        stream.feed(samples)
        return stream.finish()


@dataclass(frozen=True, slots=True)
class Found:
    """A question compared exactly. ``notes``: where each of its words ends."""

    reading: Reading
    labels: tuple[Label, ...]
    score: float
    notes: tuple[Note, ...] = field(repr=False)


def _meaning(found: Found) -> str:
    form = found.reading.form
    return meaning(form) if form else found.reading.text


class SphinxStream:
    """One utterance. Not thread safe."""

    def __init__(self, ear: _Ear, settings: SphinxSettings) -> None:
        self._ear, self._settings = ear, settings
        self._cepstra = Cepstra()
        self._waiting = np.zeros(int(_EDGE_S * HEARING_RATE), np.float32)
        self._peak = _QUIETEST
        self._taken = 0
        self._loud = False
        self._powers: list[float] = []
        self._sound: F32 = np.zeros((0, 13), np.float32)
        self._done = self._told_at = 0
        self._told = Partial("", 0)
        self._search = Search(ear.net, ear.model, settings.beam, settings.exit_beam)
        self._loop = Loop(ear.model)

    def feed(self, samples: Samples) -> Partial:
        """samples: float32 (n,), 16 kHz mono, −1…1, the next ones. What is heard so far."""
        room = int(self._settings.longest_s * HEARING_RATE) - self._taken
        samples = np.asarray(samples[: max(0, room)], np.float32)
        self._taken += len(samples)
        self._loud = self._loud or bool(np.any(samples))
        self._waiting = np.concatenate([self._waiting, samples])
        while len(self._waiting) >= _BLOCK:
            self._powers.append(float(np.mean(np.square(self._waiting[:_BLOCK], dtype=np.float64))))
            self._hear(self._waiting[:_BLOCK])
            self._waiting = self._waiting[_BLOCK:]
        if self._told_at < self._done:
            self._told_at, self._told = self._done, self._partial()
        return self._told

    def finish(self) -> Transcript:
        """What was said, when it is over."""
        if self._taken < self._settings.shortest_s * HEARING_RATE or not self._loud or self._is_steady():
            return Transcript("", "en", rejected=True)
        return self._judge(self.compare())

    def _is_steady(self) -> bool:
        """Whether it is one even noise: speech rises and falls, also where it lies in noise."""
        powers = np.array(self._powers[_EDGE_BLOCKS:])
        if len(powers) < _EDGE_BLOCKS:
            return False
        low, high = np.quantile(powers, (0.1, 0.95))
        return bool(high < _STEADY * low)

    def compare(self) -> list[Found]:
        """The likeliest questions when all is said, best first, each compared exactly."""
        self._hear(np.concatenate([self._waiting, np.zeros(int(_EDGE_S * HEARING_RATE), np.float32)]))
        self._look(len(self._sound))
        return self._search_exactly(self._list_candidates())

    def abandon(self) -> None:
        """Forget the utterance."""
        self._sound = np.zeros((0, 13), np.float32)

    def _hear(self, samples: Samples) -> None:
        """A block of sound: cepstra now, and a search of what lies far enough back."""
        self._peak = max(self._peak, float(np.abs(samples).max(initial=0.0)))
        self._sound = np.concatenate([self._sound, self._cepstra.feed(samples, self._peak)])
        self._look(len(self._sound) - _AHEAD)

    def _look(self, until: int) -> None:
        if until <= self._done:
            return
        mean = (self._sound.sum(axis=0) + _MEAN_FRAMES * _MEAN) / (len(self._sound) + _MEAN_FRAMES)
        low = max(0, self._done - 3)
        features = to_features(self._sound[low : until + 3], mean)[self._done - low : until - low]
        scores = self._ear.model.score(features, self._ear.wanted)
        self._search.feed(scores)
        self._loop.feed(scores)
        self._done = until

    def _partial(self) -> Partial:
        labels = self._ear.tree.labels
        best = [labels[note.label] for note in self._search.best_notes()]
        sure = [labels[note.label] for note in self._search.sure_notes()]
        if not best:
            return Partial("", 0)
        grammar = self._ear.grammar
        text = read(grammar, best).text
        firm = read(grammar, sure).text if sure and sure == best[: len(sure)] else ""
        return Partial(text, len(firm) if text.startswith(firm) else 0)

    def _list_candidates(self) -> list[list[Label]]:
        """Questions worth comparing: the best ways through, and those with other names in the same place."""
        labels, wanted = self._ear.tree.labels, self._settings.candidates
        found: dict[tuple[Label, ...], None] = {}
        ways = [mend([labels[note.label] for note in notes]) for _, notes in self._search.ends(4 * wanted)]
        for passed in ways:
            if passed and fits(passed):
                found.setdefault(tuple(passed))
        for passed in ways[:3]:
            form = next((label.form for label in passed if label.part == "form"), None)
            if form is None or fits(passed):
                continue
            plain = [label for label in passed if label.part not in ("writer", "by")]
            if fits(plain):
                found.setdefault(tuple(plain))
            writers = [label.words for label in passed if label.part == "writer"]
            for label in labels:  # books by the author heard
                if label.part == "form" and label.form is not None and label.form.by:
                    other = swap(passed, label)
                    if writers and fits(other):
                        found.setdefault(tuple(other))
        best = self._search.ends(1)
        if best:
            notes = best[0][1]
            named = next((note for note in notes if labels[note.label].part == "form"), None)
            if named is not None and named.frame < self._done - 60:
                passed = mend([labels[note.label] for note in notes])
                near = self._search.best_labels(named.frame - 12, named.frame + 12)
                for other in [swap(passed, labels[n]) for _, n in near if labels[n].part == "form"][:wanted]:
                    if fits(other):
                        found.setdefault(tuple(other))
        return [list(passed) for passed in list(found)[: 3 * wanted]]

    def _search_exactly(self, candidates: Sequence[Sequence[Label]]) -> list[Found]:
        """The candidates, best first, each searched on its own with the exact mean."""
        if not candidates:
            return []
        ear = self._ear
        arcs = Arcs(ear.model)
        tree = Tree(arcs, ear.ways, ear.tree.costs)
        tree.pause(START)
        ends: dict[int, Sequence[Label]] = {}
        for passed in candidates:
            at = START
            for i, label in enumerate(passed):
                last = i == len(passed) - 1
                end = arcs.new() if last else tree.state_behind(at, label)
                tree.add(at, end, label)
                at = end
            tree.pause(at)
            arcs.finals.add(at)
            ends[at] = passed
        net = compile_net(arcs)
        sound = to_features(self._sound, self._sound.mean(axis=0))
        search = Search(net, ear.model, 1e9, 1e9)
        search.feed(ear.model.score(sound, np.unique(net.row).astype(np.int32)))
        found: dict[tuple[Label, ...], Found] = {}
        for score, notes in search.ends():
            passed = tuple(tree.labels[note.label] for note in notes)
            if passed not in found:
                found[passed] = Found(read(ear.grammar, passed), passed, score, tuple(notes))
        return list(found.values())

    def _judge(self, found: Sequence[Found]) -> Transcript:
        """Is the best believed?"""
        if not found:
            return Transcript("", "en", rejected=True)
        best = found[0]
        limits = self._settings
        confidence = _WEIGHTS.sure(self.fit(found))
        named = best.reading.form
        enough = limits.believe_place_above if named and named.kind == "place" else limits.believe_above
        rejected = confidence < enough
        alternatives: list[Alternative] = []
        taken = {best.reading.text} if not rejected else set()
        for other in found:
            if other.reading.text not in taken and len(alternatives) < 5:
                taken.add(other.reading.text)
                share = float(np.exp(min(0.0, (other.score - best.score) / 50)))
                record = other.reading.form.record_id if other.reading.form else None
                alternatives.append(Alternative(other.reading.text, confidence * share, record))
        if rejected:
            return Transcript("", "en", (), confidence, True, tuple(alternatives))
        form = best.reading.form
        return Transcript(
            best.reading.text, "en", self._time(best), confidence, False, tuple(alternatives),
            form.record_id if form else None,
        )  # fmt: skip

    def fit(self, found: Sequence[Found]) -> Fit:
        """How well the best fits, and how far it is ahead of another meaning."""
        best = found[0]
        loop = self._loop.total()
        whole = (float(loop[-1]) - best.score) / max(1, len(loop))
        name, phones, start, before = 0.0, 0, 0, 0.0
        for note, label in zip(best.notes, best.labels, strict=True):
            if label.part in ("form", "phrase"):
                fit = note.score - before
                any_fit = float(loop[note.frame] - (loop[start - 1] if start else 0.0))
                name = max(name, (any_fit - fit) / max(1, note.frame - start + 1))
                phones += sum(len((self._ear.ways.get(word) or [()])[0]) for word in label.words)
            start, before = note.frame + 1, note.score
        meant = _meaning(best)
        others = (o for o in found[1:] if o.reading.words != best.reading.words and _meaning(o) != meant)
        other = next(others, None)
        lead = best.score - other.score if other else MOST_LEAD
        return Fit(whole, name, lead, phones)

    def _time(self, best: Found) -> tuple[Word, ...]:
        """Words with times: within a label they share its time by their length."""
        words: list[Word] = []
        start = 0
        for note, label in zip(best.notes, best.labels, strict=True):
            sizes = [max(1, len((self._ear.ways.get(word) or [()])[0])) for word in label.words]
            ends = start + np.cumsum(sizes) / sum(sizes) * (note.frame + 1 - start)
            for word, begin, end in zip(label.words, [start, *ends[:-1]], ends, strict=True):
                at, until = (max(0.0, float(x) / FRAMES_A_SECOND - _EDGE_S) for x in (begin, end))
                words.append(Word(word, at, until))
            start = note.frame + 1
        return tuple(words)
