"""A small exact grammar: all frames over a few candidate forms, as a graph of words; and the way back from words.

A flat graph is the surest way to tell titles apart but slow beyond some hundred of them, so that it is made anew for
each question, of the forms that the language model's pass finds likely.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from avatars.grammar import Form, Grammar
from avatars.grammar_frames import POLITE_AFTER, POLITE_BEFORE, Frame, Kind, Words

Arc = tuple[int, int, float, str | None]
_POLITE: Final = 0.02
_BY: Final = 0.1
_KINDS: Final[tuple[Kind, ...]] = ("title", "author", "topic", "place")


@dataclass(frozen=True, slots=True)
class Heard:
    """One reading of a row of words. ``form``: what it names, None for a fixed phrase. ``written``: words as spans."""

    text: str
    form: Form | None
    kind: Kind


@dataclass(slots=True)
class _Node:
    """A knot of a tree of words. ``ends``: states that are reached here without a further word, with weights."""

    weight: float = 0.0
    nexts: dict[str, _Node] = field(default_factory=dict)
    ends: dict[int, float] = field(default_factory=dict)

    def add(self, words: Words, end: int, weight: float) -> None:
        at = self
        at.weight += weight
        for word in words:
            at = at.nexts.setdefault(word, _Node())
            at.weight += weight
        at.ends[end] = at.ends.get(end, 0.0) + weight


@dataclass(slots=True)
class _Builder:
    arcs: list[Arc] = field(default_factory=list)
    states: int = 2

    def new(self) -> int:
        self.states += 1
        return self.states - 1

    def tree(self, start: int, root: _Node) -> None:
        """Rows of words from ``start`` to their ends; rows that begin alike share their beginning."""
        waiting = [(start, root)]
        while waiting:
            state, node = waiting.pop()
            for end, weight in node.ends.items():
                self.arcs.append((state, end, weight / node.weight, None))
            for word, child in node.nexts.items():
                share = child.weight / node.weight
                if not child.nexts and len(child.ends) == 1:
                    self.arcs.append((state, next(iter(child.ends)), share, word))
                else:
                    after = self.new()
                    self.arcs.append((state, after, share, word))
                    waiting.append((after, child))


START: Final = 0
FINAL: Final = 1


def build_graph(grammar: Grammar, candidates: Mapping[Kind, Sequence[Form]]) -> list[Arc]:
    """Arcs (from, to, probability, word or None) from state 0 to state 1: phrases, and frames over the candidates.

    Beginnings are one tree. Frames of one kind with the same endings share one copy of the forms.
    """
    build = _Builder()
    end = build.new()
    build.arcs += [(end, FINAL, 1 - _POLITE, None), (end, FINAL, _POLITE, POLITE_AFTER[0])]
    present = [kind for kind in _KINDS if candidates.get(kind)]
    share = 1 / (len(present) + 1)
    begin = _Node()
    for phrase in grammar.phrases:
        begin.add(phrase, end, share / len(grammar.phrases))
    for kind in present:
        groups: dict[tuple[Words, ...], list[Frame]] = defaultdict(list)
        for frame in grammar.frames:
            if frame.kind == kind:
                groups[frame.after].append(frame)
        total = sum(frame.weight for frames in groups.values() for frame in frames)
        for after, frames in groups.items():
            entry = build.new()
            leave = end if after == ((),) else build.new()
            for frame in frames:
                begin.add(frame.before, entry, share * frame.weight / total)
            if leave != end:
                endings = _Node()
                for words in after:
                    endings.add(words, end, 1.0)
                build.tree(leave, endings)
            _add_forms(build, candidates[kind], entry, leave)
    build.arcs.append((START, begin_state := build.new(), 1 - _POLITE, None))
    build.arcs.append((START, begin_state, _POLITE, POLITE_BEFORE[0]))
    build.tree(begin_state, begin)
    return _close(build.arcs)


def _add_forms(build: _Builder, forms: Sequence[Form], entry: int, leave: int) -> None:
    root = _Node()
    writers: dict[tuple[Words, ...], int] = {}
    for form in {form.words: form for form in forms}.values():
        by = tuple(said for said, _ in form.by)
        if by and by not in writers:
            writers[by] = build.new()
        root.add(form.words, writers[by] if by else leave, 1.0)
    for by, joint in writers.items():
        tail = _Node()
        tail.add((), leave, 1 - _BY)
        for said in by:
            tail.add(("by", *said), leave, _BY / len(by))
        build.tree(joint, tail)
    build.tree(entry, root)


def _close(arcs: Sequence[Arc]) -> list[Arc]:
    """Adds an empty arc wherever a row of empty arcs leads: pocketsphinx follows one at a time only."""
    empty: dict[int, dict[int, float]] = defaultdict(dict)
    for start, end, weight, word in arcs:
        if word is None and start != end:
            empty[start][end] = max(weight, empty[start].get(end, 0.0))
    closed: list[Arc] = [arc for arc in arcs if arc[3] is not None]
    for start, nexts in list(empty.items()):
        reached: dict[int, float] = {}
        waiting = list(nexts.items())
        while waiting:
            state, weight = waiting.pop()
            if weight > reached.get(state, 0.0) and state != start:
                reached[state] = weight
                waiting += [(further, weight * more) for further, more in empty.get(state, {}).items()]
        closed += [(start, end, weight, None) for end, weight in reached.items()]
    return closed


class Reader:
    """Words heard → what they mean, for one grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._frames: dict[Words, list[Frame]] = defaultdict(list)
        for frame in grammar.frames:
            self._frames[frame.before].append(frame)
        self._longest = max(map(len, self._frames))
        self._forms: dict[tuple[Kind, Words], list[Form]] = defaultdict(list)
        for kind, forms in grammar.forms.items():
            for form in forms:
                self._forms[kind, form.words].append(form)

    def read(self, words: Sequence[str]) -> list[Heard]:
        """All readings of the words; several when a title is shared by books, [] when the grammar cannot say them."""
        said = tuple(words)
        polite = ""
        if said not in self._grammar.phrases:
            if said[:1] == POLITE_BEFORE:
                said = said[1:]
            if said[-1:] == POLITE_AFTER:
                said, polite = said[:-1], " please"
        if said in self._grammar.phrases:
            return [Heard(self._grammar.phrases[said], None, "phrase")]
        found: list[Heard] = []
        for length in range(min(self._longest, len(said)), -1, -1):
            for frame in self._frames.get(said[:length], ()):
                for after in frame.after:
                    if after and said[-len(after) :] != after:
                        continue
                    middle = said[length : len(said) - len(after)]
                    for form, by in self._fill(frame.kind, middle):
                        parts = [*frame.before, form.text, *([f"by {by}"] if by else []), *after]
                        found.append(Heard(" ".join(parts) + polite, form, frame.kind))
        return found

    def _fill(self, kind: Kind, middle: Words) -> list[tuple[Form, str]]:
        if not middle:
            return []
        found = [(form, "") for form in self._forms.get((kind, middle), ())]
        if kind == "title" and "by" in middle:
            for i, word in enumerate(middle):
                if word == "by":
                    for form in self._forms.get((kind, middle[:i]), ()):
                        found += [(form, text) for said, text in form.by if said == middle[i + 1 :]]
        return found
