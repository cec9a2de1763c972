"""The grammar laid out as a net: openings, frames, names, endings; and labels that tell afterwards what was passed.

The net says a little more than the grammar does (any ending behind any frame of its kind, any author behind any title),
which keeps it small; ``read`` makes a question of what was passed and takes only what fits together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Final, Literal

from avatars.engines.sphinx_model import AcousticModel
from avatars.engines.sphinx_network import START, Arcs
from avatars.grammar import Form, Grammar
from avatars.grammar_frames import CLOSINGS, GAPS, OPENINGS, Kind, Words
from avatars.pronounce import Phones

Part = Literal["open", "before", "writer", "form", "by", "after", "close", "phrase"]


@dataclass(frozen=True, slots=True)
class Label:
    """What a way through the net has passed. ``words``: as said; ``cost``: what passing it was charged; ``after``: of a
    frame, the endings it may have.
    """

    part: Part
    words: Words
    cost: float = 0.0
    form: Form | None = None
    after: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Costs:
    """Natural logarithms, added to those of the sound. ``prior``: how much the usual weighs more than the unusual."""

    prior: float = 2.0
    pause: float = -2.0
    word: float = -1.0
    ending: float = -8.0
    writer: float = -10.0
    opening: float = -10.0
    kinds: Mapping[Kind, float] = field(
        default_factory=lambda: {"title": -4.0, "author": -8.0, "topic": -8.0, "place": -6.0, "phrase": -10.0}
    )


@dataclass(slots=True)
class Tree:
    """Rows of words, built as arcs; those that begin alike share their states."""

    arcs: Arcs
    ways: Mapping[str, Sequence[Phones]]
    costs: Costs
    labels: list[Label] = field(default_factory=list)
    _states: dict[tuple[int, Words], int] = field(default_factory=dict)

    def add(self, start: int, end: int, label: Label) -> None:
        """The words of the label from state to state, noted at their end."""
        self.labels.append(label)
        at = start
        for i, word in enumerate(label.words):
            said = self.ways.get(word) or (("AH",),)
            if i == len(label.words) - 1:
                self.arcs.word(at, end, said, label.cost + self.costs.word, len(self.labels) - 1)
                break
            key = (start, label.words[: i + 1])
            if key not in self._states:
                self._states[key] = self.pause(self.arcs.new())
                self.arcs.word(at, self._states[key], said, self.costs.word)
            at = self._states[key]

    def state_behind(self, start: int, label: Label) -> int:
        """The one state where this label leads from ``start``; words that go on without it do not pass there."""
        key = (start, (*label.words, label.part))
        if key not in self._states:
            self._states[key] = self.pause(self.arcs.new())
        return self._states[key]

    def pause(self, state: int) -> int:
        """The state, with leave to be silent there."""
        self.arcs.silence(state, self.costs.pause)
        return state


def lay_out(
    grammar: Grammar, ways: Mapping[str, Sequence[Phones]], model: AcousticModel, costs: Costs | None = None
) -> Tree:
    """The whole grammar. ``ways``: pronunciations of every word."""
    costs = costs or Costs()
    tree = Tree(Arcs(model), ways, costs)
    arcs = tree.arcs
    tree.pause(START)
    done = tree.pause(arcs.new())
    arcs.finals.add(done)
    for words in OPENINGS:
        tree.add(START, START, Label("open", words, costs.opening))
    for words in CLOSINGS:
        tree.add(done, done, Label("close", words, costs.ending))
    for words in grammar.phrases:
        tree.add(START, done, Label("phrase", words, costs.kinds["phrase"]))
    before, written = tree.pause(arcs.new()), tree.pause(arcs.new())
    for kind in GAPS:
        forms = grammar.forms.get(kind, ())
        if not forms:
            continue
        enter, leave = tree.pause(arcs.new()), tree.pause(arcs.new())
        arcs.finals.add(leave)
        frames = [frame for frame in grammar.frames if frame.kind == kind]
        total = sum(frame.weight for frame in frames)
        for frame in frames:
            cost = costs.kinds[kind] + max(costs.prior * log(frame.weight / total), -12.0)
            if not frame.before:
                arcs.starts.add(enter)
                for words in OPENINGS:
                    tree.add(START, enter, Label("open", words, cost + costs.opening))
                continue
            tree.add(START, enter, Label("before", frame.before, cost, None, frame.after))
            if kind == "title":
                tree.add(START, before, Label("before", frame.before, cost + costs.writer, None, frame.after))
        for form in forms:
            tree.add(enter, leave, Label("form", form.words, 0.0, form))
        for words in sorted({words for frame in frames for words in frame.after if words}):
            tree.add(leave, done, Label("after", words, costs.ending))
        for words in CLOSINGS:
            tree.add(leave, done, Label("close", words, costs.ending))
        if kind == "title":
            arcs.starts.add(before)
            by = tree.pause(arcs.new())
            tree.add(leave, by, Label("by", ("by",), costs.ending))
            arcs.finals.add(written)
            for form in grammar.forms.get("author", ()):
                tree.add(before, enter, Label("writer", form.words, 0.0, form))
                tree.add(by, written, Label("writer", form.words, 0.0, form))
            for words in sorted({words for frame in frames for words in frame.after if words}):
                tree.add(written, done, Label("after", words, costs.ending))
            for words in CLOSINGS:
                tree.add(written, done, Label("close", words, costs.ending))
    return tree


_SILENT: Final = frozenset(("open", "close"))


def meaning(form: Form) -> str:
    """What a form names: a record, or a name in one number, so that "toilet" and "toilets" are one thing."""
    return form.record_id or form.text.lower().rstrip("s")


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as passed. ``text``: as written; ``words``: as said; ``form``: what it names, None for a phrase."""

    text: str
    words: Words
    form: Form | None
    cost: float


def read(grammar: Grammar, passed: Sequence[Label]) -> Reading:
    """The question that these labels make. An author before or behind a title is written behind it."""
    said = tuple(word for label in passed for word in label.words)
    cost = sum(label.cost for label in passed)
    form = next((label.form for label in passed if label.part == "form"), None)
    writer = next((label.form for label in passed if label.part == "writer"), None)
    parts: list[str] = []
    for label in passed:
        if label.part in _SILENT or label.part in ("writer", "by"):
            continue
        if label.part == "phrase":
            parts.append(grammar.phrases[label.words])
        elif label.form is not None:
            parts.append(label.form.text)
            if writer is not None:
                parts.append(f"by {writer.text}")
        else:
            parts.append(" ".join(label.words))
    if not parts:  # nothing but "hello" or "thank you"
        parts = [" ".join(label.words) for label in passed]
    return Reading(" ".join(parts), said, form, cost)


def mend(passed: Sequence[Label]) -> list[Label]:
    """The labels without an ending that their frame does not have: a word left dangling there was not said."""
    allowed = {words for label in passed if label.part == "before" for words in label.after}
    return [label for label in passed if label.part != "after" or label.words in allowed]


def fits(passed: Sequence[Label]) -> bool:
    """Does the author named belong to the title named, and has the frame an ending that it may have?"""
    endings = [label.words for label in passed if label.part == "after"] or [()]
    if any(label.after and endings[0] not in label.after for label in passed if label.part == "before"):
        return False
    form = next((label.form for label in passed if label.part == "form"), None)
    writers = [label.words for label in passed if label.part == "writer"]
    return form is None or all(any(words == said for said, _ in form.by) for words in writers)


def swap(passed: Sequence[Label], other: Label) -> list[Label]:
    """The same question about something else of the same kind: its name taken out, another one put in."""

    def fill(label: Label) -> Label:
        same = label.form is not None and other.form is not None and label.form.kind == other.form.kind
        return other if label.part == "form" and same else label

    return [fill(label) for label in passed]
