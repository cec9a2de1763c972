"""A net of words as phones in their neighbourhoods: what the search of hearing walks through.

Arcs between states carry a phone each. ``compile_net`` gives each arc one knot for every way it sounds beside its
neighbours (ways that the acoustic model does not tell apart are one), and joins the knots that may follow each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from avatars.engines.sphinx_model import BEGIN, END, F32, I32, INSIDE, SINGLE, AcousticModel
from avatars.pronounce import Phones

START = 0


@dataclass(frozen=True, slots=True)
class Net:
    """Knots as arrays. ``follow[first[i]:first[i + 1]]`` are the knots behind knot i; ``weight`` is added on leaving
    it, where label ``label`` is noted unless it is −1. ``begin``: knots that may come first, ``ends``: those that may
    be last. ``row``: the senones of each knot, int32 (knots, 3); ``phone``: its phone.
    """

    row: I32
    phone: I32
    weight: F32
    label: I32
    first: I32
    follow: I32
    begin: I32
    ends: I32


@dataclass(slots=True)
class Arcs:
    """States and arcs being built. Words that begin alike share their beginning."""

    model: AcousticModel
    states: int = 1
    rows: list[tuple[int, int, int, int, float, int]] = field(
        default_factory=list
    )  # from, to, phone, place, weight, label
    starts: set[int] = field(default_factory=lambda: {START})
    finals: set[int] = field(default_factory=set)
    _shared: dict[tuple[int, int, int], int] = field(default_factory=dict)
    _quiet: set[int] = field(default_factory=set)

    def new(self) -> int:
        """A state more."""
        self.states += 1
        return self.states - 1

    def word(self, start: int, end: int, ways: Sequence[Phones], weight: float = 0.0, label: int = -1) -> None:
        """A word from ``start`` to ``end``, with all its pronunciations."""
        for way in dict.fromkeys(ways):
            phones = [self.model.number[phone] for phone in way if phone in self.model.number]
            at = start
            for i, phone in enumerate(phones):
                if i == len(phones) - 1:
                    self.rows.append((at, end, phone, SINGLE if i == 0 else END, weight, label))
                    break
                place = BEGIN if i == 0 else INSIDE
                key = (at, phone, place)
                if key not in self._shared:
                    self._shared[key] = self.new()
                    self.rows.append((at, self._shared[key], phone, place, 0.0, -1))
                at = self._shared[key]

    def silence(self, state: int, weight: float) -> None:
        """A pause may be made here."""
        if state not in self._quiet:
            self._quiet.add(state)
            self.rows.append((state, state, self.model.number["SIL"], SINGLE, weight, -1))


def compile_net(arcs: Arcs) -> Net:
    """The knots. A second or so for a hundred thousand arcs."""
    model, rows = arcs.model, arcs.rows
    silence, quiet = model.number["SIL"], set(model.quiet)
    into: list[list[int]] = [[] for _ in range(arcs.states)]
    out: list[list[int]] = [[] for _ in range(arcs.states)]
    for i, (start, end, *_) in enumerate(rows):
        out[start].append(i)
        into[end].append(i)
    lefts = [{rows[i][2] for i in arriving} for arriving in into]
    rights = [{rows[i][2] for i in leaving} for leaving in out]
    for state in arcs.starts:
        lefts[state].add(silence)
    for state in arcs.finals:
        rights[state].add(silence)
    knot_row: list[int] = []
    knot_arc: list[int] = []
    by_left: list[dict[int, list[int]]] = [{} for _ in rows]  # knots of an arc by the phone before it
    by_right: list[dict[int, list[int]]] = [{} for _ in rows]
    triphone = model.triphone
    for i, (start, end, phone, place, _, _) in enumerate(rows):
        found: dict[int, tuple[set[int], set[int]]] = {}
        if phone in quiet:
            found[int(triphone[0, phone, 0, 0])] = (lefts[start], rights[end])
        else:
            table = triphone[place, phone]
            for left in lefts[start]:
                line = table[silence if left in quiet else left]
                for right in rights[end]:
                    row = int(line[silence if right in quiet else right])
                    pair = found.get(row)
                    if pair is None:
                        found[row] = ({left}, {right})
                    else:
                        pair[0].add(left)
                        pair[1].add(right)
        for row, (before, behind) in found.items():
            knot = len(knot_row)
            knot_row.append(row)
            knot_arc.append(i)
            for left in before:
                by_left[i].setdefault(left, []).append(knot)
            for right in behind:
                by_right[i].setdefault(right, []).append(knot)
    first = np.zeros(len(knot_row) + 1, np.int32)
    follow: list[int] = []
    nexts: list[list[int]] = [[] for _ in knot_row]
    for state in range(arcs.states):
        leaving: dict[int, list[int]] = {}
        for j in out[state]:
            leaving.setdefault(rows[j][2], []).append(j)
        for i in into[state]:
            mine = rows[i][2]
            for right, knots in by_right[i].items():
                targets = [knot for j in leaving.get(right, ()) for knot in by_left[j].get(mine, ())]
                for knot in knots:
                    nexts[knot].extend(targets)
    for knot, targets in enumerate(nexts):
        follow.extend(targets)
        first[knot + 1] = len(follow)
    begin = [knot for state in sorted(arcs.starts) for i in out[state] for knot in by_left[i].get(silence, ())]
    ends = [knot for state in sorted(arcs.finals) for i in into[state] for knot in by_right[i].get(silence, ())]
    arc = np.array(knot_arc, np.int32)
    table = np.array([row[2:] for row in rows], np.float64).reshape(-1, 4)
    return Net(
        row=np.ascontiguousarray(model.senones[np.array(knot_row, np.int32)]),
        phone=table[arc, 0].astype(np.int32),
        weight=table[arc, 2].astype(np.float32),
        label=table[arc, 3].astype(np.int32),
        first=first,
        follow=np.array(follow, np.int32),
        begin=np.array(sorted(set(begin)), np.int32),
        ends=np.array(sorted(set(ends)), np.int32),
    )
