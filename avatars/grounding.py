"""Whether a sentence that a language model wrote is supported by what the tools found; sentence by sentence.

Figures, times, addresses and quoted titles must stand in the evidence; most of the sentence's other words must, too. A
sentence that fails is withheld: it is never mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from avatars.asking_words import left_over
from avatars.language import Lang, fold, has_han
from avatars.sentences import loose_figures
from library.normal import stem
from library.sentence import split_sentences

TITLE = re.compile(r"《([^《》]+)》|“([^“”]+)”|\"([^\"]+)\"|「([^「」]+)」")
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w'’-]+(?:\s+(?:of|the|and|de|van|von|[A-Z][\w'’.-]+))*")
_WORDS_HELD = 0.6
"""Share of a sentence's words, apart from the plain ones, that the evidence must hold."""
_WORDS_ALIKE = 0.4
"""Share of a withheld sentence's words that a sentence of the evidence must hold more than, to stand in its place."""
_LONGEST_QUOTE = 200
_FIGURES = re.compile(r"\d+(?:[:.,]\d+)*")
_POLITE = re.compile(
    r"^(?:yes|no|of course|certainly|sure|here (?:it|you) (?:is|are|go)|you're welcome|let me know|shall i|would you like|anything else|"
    r"i(?:'m| am) (?:sorry|afraid)|happy to help|好的|当然|可以|没问题|抱歉|不好意思|需要我|还有什么)",
    re.IGNORECASE,
)


def supported(text: str, evidence: Iterable[str], question: str = "") -> str:
    """The sentences of ``text`` that the evidence supports, "" when only politeness is left.

    ``question``: what the reader said; its words are no evidence for figures, but may be repeated.
    """
    told = " ".join(evidence)
    kept = [(s, text[s:e].strip()) for s, e in split_sentences(text) if text[s:e].strip()]
    held = [sentence for _, sentence in kept if is_supported(sentence, told, question)]
    if all(is_polite(sentence) for sentence in held):
        return ""
    return ("" if has_han(text) else " ").join(held)


def is_supported(sentence: str, told: str, question: str = "") -> bool:
    """Does the evidence hold one sentence?"""
    plain, said_before = even(told), even(question)
    if loose_figures(sentence, told):
        return False
    for title in TITLE.finditer(sentence):
        said = even(next(part for part in title.groups() if part))
        if said not in plain and said not in said_before:
            return False
    for name in _NAME.finditer(sentence):
        if even(name[0]) not in plain and even(name[0]) not in said_before:
            return False
    return _share(sentence, plain, said_before) >= _WORDS_HELD


def is_polite(sentence: str) -> bool:
    """Does a sentence tell nothing: "Of course.", "Here it is."?"""
    return not left_over(sentence, zh=has_han(sentence)) or _POLITE.match(sentence) is not None


def instead_of(sentence: str, evidence: Sequence[str], lang: Lang) -> str:
    """The sentence of the evidence, in that language, that tells most of what a withheld one was about; "" for none."""
    best, most, about = "", _WORDS_ALIKE, _FIGURES.sub(" ", sentence)
    for text in evidence:
        for start, end in split_sentences(text):
            found = text[start:end].strip()
            if found.startswith("[") or has_han(found) != (lang == "zh") or len(found) > _LONGEST_QUOTE:
                continue
            share = _share(about, even(found), "")
            if share > most:
                best, most = found, share
    return best


def even(text: str) -> str:
    """Folded, hyphens and apostrophes evened out: Moby-Dick and Moby Dick are one."""
    return re.sub(r"[-–—]", " ", fold(text)).replace("'s", "")


def _share(sentence: str, told: str, question: str) -> float:
    rest = left_over(sentence, zh=has_han(sentence))
    units: list[str] = []
    for word in (word.strip(".'-") for word in rest.split()):
        units += [word[i : i + 2] for i in range(len(word) - 1)] or [word] if has_han(word) else [word]
    if not units:
        return 1.0
    stems = {stem(w) for w in re.findall(r"[a-z0-9']+", f"{told} {question}")}
    held = sum(u in told or u in question if has_han(u) else stem(u) in stems for u in units)
    return held / len(units)
