"""Hearing English by pocketsphinx: a language model and a grammar of this library, both made from its own names.

First pass: a trigram model of every frame with every name, and beside it an open phone loop. What they heard picks a
few dozen names by sound. Second pass: an exact grammar of all frames over those names and the fixed phrases. The
second pass is believed when it fits the sound about as well as the phone loop, which can say anything: speech about
something else, and noise, are rejected rather than forced into a question.
"""

from __future__ import annotations

import math
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from avatars.engines import ENGINES, Alternative, EngineError, EngineMissing, Samples, Transcript, Word, find_missing
from avatars.grammar import Vocabulary, build_grammar
from avatars.grammar_graph import FINAL, START, Heard, Reader, build_graph
from avatars.grammar_model import write_arpa
from avatars.listening_match import Matcher
from avatars.pronounce import SayIpa, pronounce, read_dictionary

_FRAMES_A_SECOND: Final = 100
_LOOP_UNIT: Final = 1024  # pocketsphinx shifts acoustic scores by 10 bits, but not in its phone loop
_PEAK: Final = 20_000
_FLOOR: Final = 100  # 46 dB below the peak
_EDGE_S: Final = 0.4  # the searches want quiet before the first word: cut sound costs a third of the titles
_WIDE = {"beam": 1e-64, "pbeam": 1e-64, "wbeam": 1e-40, "lw": 5.0}
_BEAMS: Final[dict[str, dict[str, float]]] = {
    "phones": {"ds": 3},
    "titles": {"lw": 5.0, "fwdflat": False},
    "question": _WIDE,
}
_SILENT: Final = frozenset(("<sil>", "<s>", "</s>", "(NULL)", "SIL", "[NOISE]", "[SPEECH]", "+NSN+", "+SPN+"))


@dataclass(frozen=True, slots=True)
class SphinxSettings:
    """``reject_above``: the misfit at which a reading is not believed: the mean of its acoustic cost a frame and of how
    much that exceeds the phone loop's (natural logarithms; ``bench/listen.py`` shows what the figure buys).

    ``hypotheses``: readings of the first pass that pick names. Sound shorter than ``shortest_s`` is no speech, sound
    beyond ``longest_s`` is cut.
    """

    reject_above: float = 2.6
    hypotheses: int = 8
    shortest_s: float = 0.25
    longest_s: float = 20.0


@dataclass(frozen=True, slots=True)
class _Pass:
    """What one search heard. ``cost``: acoustic, of all frames; the phone loop's is in units 1,024 times as large."""

    words: tuple[Word, ...]
    cost: float
    frames: int
    rows: tuple[tuple[str, ...], ...] = ()


def _prepare(samples: Samples) -> bytes:
    """16-bit samples at a steady level on a faint floor of noise.

    The acoustic model comes from rooms: between words it expects their hum, and digital silence there drowns the
    quiet sounds when the mean spectrum is taken out.
    """
    peak = float(np.abs(samples).max())
    edge = np.zeros(int(_EDGE_S * 16_000), dtype=np.float32)
    level = np.concatenate([edge, samples * (_PEAK / peak), edge])
    floor = np.random.default_rng(1).normal(0, _FLOOR, len(level))
    return np.clip(level + floor, -32768, 32767).astype("<i2").tobytes()


class SphinxTranscriber:
    """Hears questions about one library, in English. One utterance at a time; calls from threads queue."""

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
        self._lock = threading.Lock()
        self.learn(vocabulary)

    def learn(self, vocabulary: Vocabulary) -> None:
        """Listens for this vocabulary from now on. Takes a second or so per thousand titles."""
        import pocketsphinx

        grammar = build_grammar(vocabulary)
        model = Path(pocketsphinx.get_model_path("en-us"))
        words = grammar.list_words()
        bases = {word[:-2] for word in words if word.endswith("'s")}
        known = read_dictionary(model / "cmudict-en-us.dict", words | bases)
        pronunciations = pronounce(sorted(words), known, self._say_ipa, grammar.list_names())
        pocketsphinx.set_loglevel("FATAL")
        with tempfile.TemporaryDirectory() as folder:
            dictionary, trigrams = Path(folder, "words.dict"), Path(folder, "words.arpa")
            with dictionary.open("w", encoding="utf-8") as out:
                for word in sorted(pronunciations):
                    for i, phones in enumerate(pronunciations[word]):
                        out.write(f"{word}{f'({i + 1})' if i else ''} {' '.join(phones)}\n")
            with trigrams.open("w", encoding="utf-8") as out:
                write_arpa(grammar, out)
            decoders: dict[str, Any] = {
                search: pocketsphinx.Decoder(
                    hmm=str(model / "en-us"),
                    dict=str(dictionary),
                    lm=None,
                    loglevel="FATAL",
                    allphone_ci=True,
                    cmn="batch",  # the mean of this sound alone, whatever was heard before
                    **_BEAMS[search],
                )
                for search in ("phones", "titles", "question")
            }
            decoders["titles"].add_lm_file("titles", str(trigrams))
            decoders["phones"].add_allphone_file("phones", str(model / "en-us-phone.lm.bin"))
        with self._lock:
            self._decoders = decoders
            self._grammar = grammar
            self._reader = Reader(grammar)
            self._matcher = Matcher(grammar, pronunciations)

    def transcribe(self, samples: Samples, lang: str | None = None) -> Transcript:
        """samples: float32 (n,), 16 kHz mono, −1…1. Raises EngineError for a language other than English."""
        if lang is not None and not lang.startswith("en"):
            raise EngineError(f"pocketsphinx hears English here, not {lang!r}: configure a Whisper model for it")
        seconds = len(samples) / self.capabilities.sample_rate
        if seconds < self.settings.shortest_s or not np.any(samples):
            return Transcript("", "en", rejected=True)
        if seconds > self.settings.longest_s:
            samples = samples[: int(self.settings.longest_s * self.capabilities.sample_rate)]
        with self._lock:
            return self._hear(_prepare(samples))

    def _hear(self, pcm: bytes) -> Transcript:
        loop = self._decode("phones", pcm)
        first = self._decode("titles", pcm, self.settings.hypotheses)
        if loop is None or first is None:
            return Transcript("", "en", rejected=True)
        candidates = self._matcher.list_candidates(first.rows, [word.text for word in loop.words])
        arcs = build_graph(self._grammar, {kind: [form for form, _ in found] for kind, found in candidates.items()})
        decoder = self._decoders["question"]
        graph = decoder.create_fsg("question", START, FINAL, [arc if arc[3] else arc[:3] for arc in arcs])
        decoder.add_fsg("question", graph)
        exact = self._decode("question", pcm) or first
        said = [word.text for word in exact.words]
        readings = self._reader.read(said) or self._reader.read(said[:-1])  # a path may end one word too late
        worse = (exact.cost - _LOOP_UNIT * loop.cost) / max(1, exact.frames)
        misfit = (worse + exact.cost / max(1, exact.frames)) / 2
        confidence = float(np.clip(1 - misfit / (2 * self.settings.reject_above), 0, 1))
        alternatives = self._alternatives(readings, candidates.get("title", []), confidence)
        if not readings or misfit > self.settings.reject_above:
            return Transcript("", "en", (), confidence, True, alternatives)
        best = readings[0]
        record_id = best.form.record_id if best.form else None
        return Transcript(best.text, "en", exact.words, confidence, False, alternatives, record_id)

    def _alternatives(
        self, readings: Sequence[Heard], titles: Sequence[tuple[Any, float]], confidence: float
    ) -> tuple[Alternative, ...]:
        """Other readings of the same words, then other books whose titles sound alike."""
        found = [
            Alternative(other.text, confidence, other.form.record_id if other.form else None) for other in readings[1:]
        ]
        taken = {reading.form.record_id for reading in readings if reading.form}
        for form, likeness in titles:
            if form.record_id not in taken and len(found) < 5 and likeness > 0.5:
                taken.add(form.record_id)
                found.append(Alternative(form.text, confidence * likeness, form.record_id))
        return tuple(found)

    def _decode(self, search: str, pcm: bytes, hypotheses: int = 0) -> _Pass | None:
        decoder = self._decoders[search]
        decoder.activate_search(search)
        decoder.start_utt()
        decoder.process_raw(pcm, full_utt=True)
        decoder.end_utt()
        if decoder.hyp() is None:
            return None
        words, cost, frames = [], 0.0, 0
        for segment in decoder.seg() or ():
            frames += segment.end_frame - segment.start_frame + 1
            cost -= math.log(max(segment.ascore, 1e-300))
            name = segment.word.partition("(")[0]
            if name and segment.word not in _SILENT:
                start_s = segment.start_frame / _FRAMES_A_SECOND - _EDGE_S
                end_s = (segment.end_frame + 1) / _FRAMES_A_SECOND - _EDGE_S
                words.append(Word(name, max(0.0, start_s), max(0.0, end_s)))
        rows: dict[tuple[str, ...], None] = {tuple(word.text for word in words): None}
        for i, other in enumerate((decoder.nbest() or ()) if hypotheses else ()):
            if i >= hypotheses * 3 or len(rows) >= hypotheses:
                break
            if other is not None:
                said = (word.partition("(")[0] for word in other.hypstr.split() if not word.startswith(("<", "[")))
                rows.setdefault(tuple(said))
        return _Pass(tuple(words), cost, frames, tuple(row for row in rows if row))
