"""The search: which way through a net fits the sound best (Viterbi, with a beam), and how well any phones at all would.

All sums are natural logarithms of likelihoods. The compiled functions let go of Python's lock, so that as many readers
are heard at once as there are cores.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Final

import numba as nb
import numpy as np
import numpy.typing as npt

from avatars.engines.sphinx_model import F32, AcousticModel
from avatars.engines.sphinx_network import Net

_NEVER: Final = np.float32(-1e30)
_NOTES: Final = 4096


@dataclass(frozen=True, slots=True)
class Note:
    """A label passed: at the end of which frame, and how well all up to there fitted."""

    label: int
    frame: int
    score: float


class Search:
    """One walk through a net, frame by frame."""

    def __init__(self, net: Net, model: AcousticModel, beam: float, exit_beam: float) -> None:
        self._net, self._moves = net, model.moves
        self._beam, self._exit_beam = np.float32(beam), np.float32(exit_beam)
        knots = len(net.phone)
        self._score = np.full((knots, 3), _NEVER, np.float32)
        self._trace = np.full((knots, 3), -1, np.int32)
        self._entry = np.full(knots, _NEVER, np.float32)
        self._entry_trace = np.full(knots, -1, np.int32)
        self._entry[net.begin] = 0
        self._alive = np.zeros(knots, np.uint8)
        self._alive[net.begin] = 1
        self._active = np.zeros(knots, np.int32)
        self._active[: len(net.begin)] = net.begin
        self._count = len(net.begin)
        self._notes = np.zeros((_NOTES, 3), np.int32)  # label, frame, note before
        self._note_scores = np.zeros(_NOTES, np.float32)
        self._noted = 0
        self.frames = 0
        self.best = 0.0

    def feed(self, scores: F32) -> None:
        """scores: float32 (frames, senones), the next frames."""
        for row in range(0, len(scores), 50):
            part = scores[row : row + 50]
            while True:
                need = self._noted + 8192
                if len(self._notes) < need:
                    self._notes = np.concatenate([self._notes, np.zeros((need, 3), np.int32)])
                    self._note_scores = np.concatenate([self._note_scores, np.zeros(need, np.float32)])
                net = self._net
                done, self._count, self._noted, best = _walk(
                    part, self.frames, net.row, net.phone, net.weight, net.label, net.first, net.follow, self._moves,
                    self._score, self._trace, self._entry, self._entry_trace, self._alive, self._active, self._count,
                    self._notes, self._note_scores, self._noted, self._beam, self._exit_beam,
                )  # fmt: skip
                self.frames += done
                self.best = float(best)
                part = part[done:]
                if not len(part):
                    break

    def ends(self, most: int = 10_000) -> list[tuple[float, list[Note]]]:
        """Ways that may end here, at most so many, best first: score and labels passed, in order."""
        net = self._net
        out = self._score[net.ends] + self._moves[net.phone[net.ends], :, 3]
        which = out.argmax(axis=1)
        best = out[np.arange(len(out)), which] + net.weight[net.ends]
        found = []
        for i in np.argsort(-best, kind="stable")[:most]:
            if best[i] < -1e29:
                break
            knot = int(net.ends[i])
            notes = self._follow_back(int(self._trace[knot, which[i]]))
            if net.label[knot] >= 0:
                notes.append(Note(int(net.label[knot]), self.frames - 1, float(best[i])))
            found.append((float(best[i]), notes))
        return found

    def best_labels(self, first: int, last: int) -> list[tuple[float, int]]:
        """The labels noted from one frame to another, best first: score and label."""
        at, to = np.searchsorted(self._notes[: self._noted, 1], (first, last + 1))
        labels, place = np.unique(self._notes[at:to, 0], return_inverse=True)
        best = np.full(len(labels), _NEVER, np.float32)
        np.maximum.at(best, place, self._note_scores[at:to])
        return [(float(best[i]), int(labels[i])) for i in np.argsort(-best, kind="stable")]

    def best_notes(self) -> list[Note]:
        """Labels passed by the way that is best so far, whether or not it may end here."""
        active = self._active[: self._count]
        if not len(active):
            return []
        i, state = divmod(int(self._score[active].argmax()), 3)
        return self._follow_back(int(self._trace[active[i], state]))

    def sure_notes(self) -> list[Note]:
        """Labels passed by every way that is still walked: these do not change any more."""
        active = self._active[: self._count]
        walked = self._trace[active][self._score[active] > -1e29]
        entered = self._entry_trace[active][self._entry[active] > -1e29]
        newest = [-int(number) for number in np.unique(np.concatenate([walked, entered]))]
        heapify(newest)
        while len(newest) > 1:  # the newest note is followed back until all ways have met
            number = -heappop(newest)
            if -newest[0] != number:
                heappush(newest, -int(self._notes[number, 2]))
        return self._follow_back(-newest[0]) if newest else []

    def _follow_back(self, number: int) -> list[Note]:
        found = []
        while number >= 0:
            label, frame, before = (int(n) for n in self._notes[number])
            found.append(Note(label, frame, float(self._note_scores[number])))
            number = before
        return found[::-1]


@nb.njit(nogil=True, cache=True, boundscheck=False)
def _walk(  # type: ignore[no-untyped-def]
    sound,
    start,
    row,
    phone,
    weight,
    label,
    first,
    follow,
    moves,
    score,
    trace,
    entry,
    entry_trace,
    alive,
    active,
    count,
    notes,
    note_scores,
    noted,
    beam,
    exit_beam,
):  # pragma: no cover
    """Frames until the notes are nearly full: (frames done, active knots, notes, best score)."""
    never = np.float32(-1e30)
    best = never
    for t in range(sound.shape[0]):
        if noted + 2048 > notes.shape[0]:
            return t, count, noted, best
        best = never
        for i in range(count):
            k = active[i]
            m = moves[phone[k]]
            s0, s1, s2 = score[k, 0], score[k, 1], score[k, 2]
            # third state
            a, ta = s2 + m[2, 2], trace[k, 2]
            b = s1 + m[1, 2]
            if b > a:
                a, ta = b, trace[k, 1]
            b = s0 + m[0, 2]
            if b > a:
                a, ta = b, trace[k, 0]
            n2 = a + sound[t, row[k, 2]]
            t2 = ta
            a, ta = s1 + m[1, 1], trace[k, 1]
            b = s0 + m[0, 1]
            if b > a:
                a, ta = b, trace[k, 0]
            n1 = a + sound[t, row[k, 1]]
            t1 = ta
            a, ta = s0 + m[0, 0], trace[k, 0]
            if entry[k] > a:
                a, ta = entry[k], entry_trace[k]
            n0 = a + sound[t, row[k, 0]]
            score[k, 0], score[k, 1], score[k, 2] = n0, n1, n2
            trace[k, 0], trace[k, 1], trace[k, 2] = ta, t1, t2
            entry[k] = never
            best = max(best, n0, n1, n2)
        kept = 0
        floor = best - beam
        for i in range(count):
            k = active[i]
            if max(score[k, 0], score[k, 1], score[k, 2]) < floor:
                score[k, 0], score[k, 1], score[k, 2] = never, never, never
                alive[k] = 0
            else:
                active[kept] = k
                kept += 1
        count = kept
        exit_floor = best - exit_beam
        for i in range(kept):
            k = active[i]
            m = moves[phone[k]]
            a, ta = score[k, 2] + m[2, 3], trace[k, 2]
            b = score[k, 1] + m[1, 3]
            if b > a:
                a, ta = b, trace[k, 1]
            a += weight[k]
            if a < exit_floor:
                continue
            if label[k] >= 0:
                if noted >= notes.shape[0]:
                    continue
                notes[noted, 0], notes[noted, 1], notes[noted, 2] = label[k], start + t, ta
                note_scores[noted] = a
                ta = noted
                noted += 1
            for j in range(first[k], first[k + 1]):
                n = follow[j]
                if a > entry[n]:
                    entry[n] = a
                    entry_trace[n] = ta
                    if alive[n] == 0:
                        alive[n] = 1
                        active[count] = n
                        count += 1
    return sound.shape[0], count, noted, best


class Loop:
    """Any phones in any order: what questions are compared with. ``change``: the cost of each new phone."""

    def __init__(self, model: AcousticModel, change: float = 3.0) -> None:
        plain = [i for i in range(len(model.phones)) if i not in model.quiet] + [model.number["SIL"]]
        self._row = np.ascontiguousarray(model.senones[model.alone[plain]])
        self._moves = np.ascontiguousarray(model.moves[plain])
        self._score = np.full((len(plain), 3), _NEVER, np.float32)
        self._enter = np.float32(0)
        self._change = np.float32(change)
        self.totals: list[npt.NDArray[np.float32]] = []

    def feed(self, scores: F32) -> None:
        """scores: float32 (frames, senones), the next frames."""
        out = np.empty(len(scores), np.float32)
        self._enter = _loop(scores, self._row, self._moves, self._score, self._enter, self._change, out)
        self.totals.append(out)

    def total(self) -> F32:
        """The best score up to and with each frame, float32 (frames,)."""
        return np.concatenate(self.totals) if self.totals else np.zeros(0, np.float32)


@nb.njit(nogil=True, cache=True, boundscheck=False)
def _loop(sound, row, moves, score, enter, change, out):  # type: ignore[no-untyped-def]  # pragma: no cover
    for t in range(sound.shape[0]):
        leave = np.float32(-1e30)
        best = np.float32(-1e30)
        for k in range(row.shape[0]):
            m = moves[k]
            s0, s1, s2 = score[k, 0], score[k, 1], score[k, 2]
            n2 = max(s2 + m[2, 2], s1 + m[1, 2], s0 + m[0, 2]) + sound[t, row[k, 2]]
            n1 = max(s1 + m[1, 1], s0 + m[0, 1]) + sound[t, row[k, 1]]
            n0 = max(s0 + m[0, 0], enter) + sound[t, row[k, 0]]
            score[k, 0], score[k, 1], score[k, 2] = n0, n1, n2
            leave = max(leave, n2 + m[2, 3], n1 + m[1, 3])
            best = max(best, n0, n1, n2)
        enter = leave - change
        out[t] = best
    return enter
