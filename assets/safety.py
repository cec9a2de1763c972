"""What may not become a picture: words first, finished pictures afterwards, people last.

Words are made comparable before they are looked up: compatibility forms, invisible characters, look-alikes of other
scripts, digits written for letters, marks between letters, Traditional characters, and pinyin written for characters.
A picture is looked at by an ``ImageCheck`` when the home has one; a check that is wanted but cannot run says no.

A core: no files, no clock. Errors: BlockedError.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from assets.errors import AssetError, BlockedError
from assets.safety_words import BLOCKED, HARMLESS, LOOKALIKES
from library.normal import fold

Verdict = Literal["allowed", "blocked"]
_NOT_LETTERS = re.compile(r"[\W_]+")
_CJK = re.compile(r"[\u3400-\u9fff]")


class ImageCheck(Protocol):
    """Looks at finished pictures. ``image``: uint8 (height, width, 3)."""

    def look(self, image: npt.NDArray[np.uint8]) -> Verdict:
        """May people see this? Any exception counts as no."""
        ...


@dataclass(frozen=True, slots=True)
class Audited:
    """What is kept about a decision: never the words themselves. ``subject``: SHA-256 of the text or picture."""

    what: Literal["idea", "title", "image", "review"]
    subject: str
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class BlockList:
    """Words that may not be asked for here, ready for comparison: our own and the home's ``blocked.txt``."""

    words: frozenset[str]
    sounds: frozenset[str]
    home: tuple[str, ...] = ()

    @classmethod
    def of(cls, home: Iterable[str] = (), ours: Iterable[str] = BLOCKED) -> BlockList:
        """``home``: one word or phrase each; lines that begin with # are comments. ``ours``: the list that we ship."""
        given = [line.strip() for line in home if line.strip() and not line.lstrip().startswith("#")]
        plain = {squeezed(word) for word in (*ours, *given)} - {""}
        # two syllables and more: shorter pinyin is in half of all words
        sounds = {sound for word in (*ours, *given) if len(_CJK.findall(word)) > 1 and (sound := _pinyin(word))}
        return cls(frozenset(plain), frozenset(sounds), tuple(given))

    def of_home(self) -> BlockList:
        """Only what the home has listed: for titles that its librarians have chosen, which our list may not refuse."""
        return BlockList.of(self.home, ())

    def find(self, text: str) -> str | None:
        """The blocked word in a text, however it is written; None when there is none."""
        spaced = comparable(text)
        for harmless in HARMLESS:
            spaced = spaced.replace(harmless, " ")
        joined, words = _NOT_LETTERS.sub("", spaced), set(_NOT_LETTERS.split(spaced))
        for word in sorted(self.words):
            # short Latin words must stand alone, or "Essex" could not be asked for
            if word in words or ((len(word) > 4 or not word.isascii()) and word in joined):
                return word
        letters = {w for w in words if len(w) > 4}
        spelled = re.findall(r"(?:\b[a-z0-9]\b[\W_]*){4,}", spaced)
        for run in (_NOT_LETTERS.sub("", s) for s in spelled):
            if run in self.words:
                return run
        for sound in sorted(self.sounds):
            if sound in letters or sound in _NOT_LETTERS.sub("", " ".join(w for w in spaced.split() if w.isascii())):
                return sound
        return None


def comparable(text: str) -> str:
    """A text with every disguise taken off that does not change its look."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Me", "Cf", "Cc", "Co", "Cs"))
    return fold(unicodedata.normalize("NFKC", plain)).translate(LOOKALIKES)


def squeezed(text: str) -> str:
    """A comparable text without anything between its letters."""
    return _NOT_LETTERS.sub("", comparable(text))


def check_words(text: str, blocked: BlockList, what: Literal["idea", "title"]) -> Audited:
    """May this be asked for? The record for the audit says so without the words. Raises BlockedError."""
    found = blocked.find(text)
    subject = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if found is not None:
        raise BlockedError("this cannot be asked for here", Audited(what, subject, "blocked", "word"))
    return Audited(what, subject, "allowed", "")


def check_image(image: npt.NDArray[np.uint8], check: ImageCheck | None, wanted: bool) -> Audited:
    """May people see this? ``wanted``: the home demands a check, so none at hand means no. Raises BlockedError."""
    subject = hashlib.sha256(np.ascontiguousarray(image).tobytes()).hexdigest()
    if check is None:
        if wanted:
            raise BlockedError("no picture check is at hand", Audited("image", subject, "blocked", "no check"))
        return Audited("image", subject, "allowed", "not wanted")
    try:
        verdict = check.look(image)
    except (AssetError, RuntimeError, ValueError, OSError) as fault:
        raise BlockedError("the picture check failed", Audited("image", subject, "blocked", "check failed")) from fault
    if verdict != "allowed":
        raise BlockedError("the picture check says no", Audited("image", subject, "blocked", "check"))
    return Audited("image", subject, "allowed", "check")


def audit_line(audited: Audited, when: str, by: str = "") -> Mapping[str, str]:
    """The line that a home keeps about a decision. ``when``: ISO 8601; ``by``: role, never a name."""
    return {
        "when": when,
        "what": audited.what,
        "subject": audited.subject,
        "verdict": audited.verdict,
        "reason": audited.reason,
        "by": by,
    }


def _pinyin(word: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(word, errors="ignore"))
