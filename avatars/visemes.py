"""Sounds → mouth shapes: espeak-ng's IPA to the 15 names of ``wire/visemes.py``, as one track without gaps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from wire.visemes import VISEMES

_MERGE_BELOW_S: Final = 0.02  # a shape shorter than a video frame joins its neighbour
_SHORTEST_S: Final = 0.005
_CLOSE_S: Final = 0.08

# Longest first. Affricates and diphthongs are one entry each, so that a diphthong can have two shapes.
_SOUNDS: Final[dict[str, tuple[str, ...]]] = {
    "p": ("PP",),
    "b": ("PP",),
    "m": ("PP",),
    "ph": ("PP",),
    "th": ("DD",),
    "kh": ("kk",),
    "ɿ": ("SS",),
    "f": ("FF",),
    "v": ("FF",),
    "θ": ("TH",),
    "ð": ("TH",),
    "t": ("DD",),
    "d": ("DD",),
    "ɾ": ("DD",),
    "ʔ": ("kk",),
    "l": ("nn",),
    "ɫ": ("nn",),
    "n": ("nn",),
    "ŋ": ("nn",),
    "ɲ": ("nn",),
    "k": ("kk",),
    "ɡ": ("kk",),
    "g": ("kk",),
    "x": ("kk",),
    "h": ("kk",),
    "χ": ("kk",),
    "ʃ": ("CH",),
    "ʒ": ("CH",),
    "ɕ": ("CH",),
    "ʂ": ("CH",),
    "ʑ": ("CH",),
    "ʐ": ("CH",),
    "tʃ": ("CH",),
    "dʒ": ("CH",),
    "tɕ": ("CH",),
    "tʂ": ("CH",),
    "s.": ("CH",),
    "z.": ("CH",),
    "ts.": ("CH",),
    "ts.h": ("CH",),
    "tɕh": ("CH",),
    "s": ("SS",),
    "z": ("SS",),
    "ts": ("SS",),
    "tsh": ("SS",),
    "dz": ("SS",),
    "ɹ": ("RR",),
    "r": ("RR",),
    "ɻ": ("RR",),
    "ɚ": ("RR",),
    "ɝ": ("RR",),
    "ɜ": ("RR",),
    "əɻ": ("RR",),
    "ər": ("RR",),
    "j": ("ih",),
    "w": ("ou",),
    "ɥ": ("ou",),
    "a": ("aa",),
    "ɑ": ("aa",),
    "æ": ("aa",),
    "ʌ": ("aa",),
    "ɐ": ("aa",),
    "ɒ": ("oh",),
    "e": ("E",),
    "ɛ": ("E",),
    "ə": ("E",),
    "ɤ": ("E",),
    "ᵻ": ("ih",),
    "i": ("ih",),
    "ɪ": ("ih",),
    "i.": ("CH",),
    "ɨ": ("ih",),
    "o": ("oh",),
    "ɔ": ("oh",),
    "u": ("ou",),
    "ʊ": ("ou",),
    "y": ("ou",),
    "ʉ": ("ou",),
    "aɪ": ("aa", "ih"),
    "aʊ": ("aa", "ou"),
    "eɪ": ("E", "ih"),
    "ɔɪ": ("oh", "ih"),
    "oʊ": ("oh", "ou"),
    "əʊ": ("oh", "ou"),
    "ai": ("aa", "ih"),
    "ei": ("E", "ih"),
    "au": ("aa", "ou"),
    "ɑu": ("aa", "ou"),
    "ou": ("oh", "ou"),
    "iou": ("ih", "ou"),
    "uo": ("ou", "oh"),
    "uei": ("ou", "E"),
    "iɛ": ("ih", "E"),
    "yɛ": ("ou", "E"),
    "ia": ("ih", "aa"),
    "ua": ("ou", "aa"),
    "iɑu": ("ih", "aa"),
    "iau": ("ih", "aa"),
    "ɔːɹ": ("oh", "RR"),
    "ɑːɹ": ("aa", "RR"),
    "ɪɹ": ("ih", "RR"),
    "ɛɹ": ("E", "RR"),
    "ʊɹ": ("ou", "RR"),
}
_LONGEST: Final = max(map(len, _SOUNDS))
_IGNORED: Final = frozenset("ˈˌː‿'`,|_-^~")


@dataclass(frozen=True, slots=True)
class Viseme:
    """A mouth shape (name of ``wire.visemes``) and when it is held, in seconds from the first sample."""

    name: str
    start_s: float
    end_s: float


def shapes(ipa: str) -> tuple[str, ...]:
    """Mouth shapes of one sound or of several in a row, in order; () for silence and for language switches."""
    if ipa.startswith("(") or not ipa.strip():
        return ()
    text = "".join(c for c in unicodedata.normalize("NFD", ipa.replace("i̪", "ɿ")) if not unicodedata.combining(c))
    bare = re.sub(r"[˥˦˧˨˩0-9]", "", "".join(c for c in text if c not in _IGNORED or c == "ː"))
    found: list[str] = []
    i = 0
    while i < len(bare):
        for length in range(min(_LONGEST, len(bare) - i), 0, -1):
            names = _SOUNDS.get(bare[i : i + length]) or _SOUNDS.get(bare[i : i + length].replace("ː", ""))
            if names:
                found.extend(names)
                i += length
                break
        else:
            i += 1
    return tuple(found)


def build_track(sounds: Sequence[tuple[str, float]], duration_s: float) -> tuple[Viseme, ...]:
    """A track from 0 to ``duration_s`` without gap or overlap, closed at both ends.

    ``sounds``: (IPA, start in seconds) in order; "" is a pause. A diphthong holds its first shape for 60 % of its time.
    """
    if duration_s <= 0:
        return ()
    spans: list[tuple[str, float]] = [("sil", 0.0)]
    for i, (ipa, at_s) in enumerate(sounds):
        if ipa.startswith("("):
            continue
        until_s = next((t for later, t in sounds[i + 1 :] if not later.startswith("(")), duration_s)
        names = shapes(ipa) or (("sil",) if not ipa.strip() else ())
        if not names:
            continue
        length_s = max(0.0, until_s - at_s)
        at = at_s
        for k, name in enumerate(names):
            spans.append((name, at))
            share = 1 / len(names) if len(names) != 2 else (0.6 if k == 0 else 0.4)
            at += length_s * share
    return _close_ends(_merge(spans, duration_s), duration_s)


def _merge(spans: list[tuple[str, float]], duration_s: float) -> list[Viseme]:
    track: list[Viseme] = []
    for i, (name, at_s) in enumerate(spans):
        start_s = min(max(0.0, at_s), duration_s)
        end_s = min(max(start_s, spans[i + 1][1] if i + 1 < len(spans) else duration_s), duration_s)
        start_s = track[-1].end_s if track else 0.0
        if end_s - start_s < _SHORTEST_S:
            continue
        if track and (track[-1].name == name or (end_s - start_s < _MERGE_BELOW_S and name != "PP")):
            track[-1] = Viseme(track[-1].name, track[-1].start_s, end_s)
        else:
            track.append(Viseme(name, start_s, end_s))
    return track


def _close_ends(track: list[Viseme], duration_s: float) -> tuple[Viseme, ...]:
    """The mouth is shut in the first and the last moment."""
    if not track:
        return (Viseme("sil", 0.0, duration_s),)
    rest_s = min(_CLOSE_S, duration_s / 4)
    first, last = track[0], track[-1]
    if first.name != "sil":
        cut_s = min(rest_s / 4, (first.end_s - first.start_s) / 2)
        track[:1] = [Viseme("sil", 0.0, cut_s), Viseme(first.name, cut_s, first.end_s)]
        last = track[-1]
    if last.name != "sil":
        cut_s = last.end_s - min(rest_s, (last.end_s - last.start_s) / 2)
        track[-1:] = [Viseme(last.name, last.start_s, cut_s), Viseme("sil", cut_s, duration_s)]
    end = track[-1]
    track[-1] = Viseme(end.name, end.start_s, duration_s)
    return tuple(track)


assert {name for names in _SOUNDS.values() for name in names} <= set(VISEMES)
