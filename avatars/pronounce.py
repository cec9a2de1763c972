"""Pronunciations for hearing English: words in the 39 phones of CMUdict, from a dictionary or from espeak-ng's IPA."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from avatars.spoken import spoken

Phones = tuple[str, ...]
SayIpa = Callable[[Sequence[str]], list[str]]

_ARPABET: Final[dict[str, Phones]] = {
    "p": ("P",), "b": ("B",), "t": ("T",), "d": ("D",), "k": ("K",), "ɡ": ("G",), "g": ("G",), "ɾ": ("T",),
    "tʃ": ("CH",), "dʒ": ("JH",), "f": ("F",), "v": ("V",), "θ": ("TH",), "ð": ("DH",), "s": ("S",), "z": ("Z",),
    "ʃ": ("SH",), "ʒ": ("ZH",), "h": ("HH",), "x": ("K",), "ç": ("HH",), "m": ("M",), "n": ("N",), "ŋ": ("NG",),
    "l": ("L",), "ɬ": ("L",), "ɹ": ("R",), "r": ("R",), "j": ("Y",), "w": ("W",), "ʔ": (), "n̩": ("AH", "N"),
    "iː": ("IY",), "i": ("IY",), "ɪ": ("IH",), "ᵻ": ("IH",), "ɛ": ("EH",), "e": ("EH",), "æ": ("AE",), "a": ("AE",),
    "aː": ("AA",), "ɑː": ("AA",), "ɑ": ("AA",), "ɒ": ("AA",), "ɔː": ("AO",), "ɔ": ("AO",), "ʌ": ("AH",), "ɐ": ("AH",),
    "ə": ("AH",), "ʊ": ("UH",), "uː": ("UW",), "u": ("UW",), "o": ("OW",), "oː": ("AO",), "ɜː": ("ER",), "ɜ": ("ER",),
    "ɚ": ("ER",), "əl": ("AH", "L"), "ʊɹ": ("UH", "R"),
    "aɪ": ("AY",), "aʊ": ("AW",), "eɪ": ("EY",), "ɔɪ": ("OY",), "oɪ": ("OY",), "oʊ": ("OW",), "əʊ": ("OW",),
    "aɪə": ("AY", "AH"), "aɪɚ": ("AY", "ER"), "iə": ("IY", "AH"), "ɪɹ": ("IH", "R"), "ɛɹ": ("EH", "R"),
    "ɑːɹ": ("AA", "R"), "ɔːɹ": ("AO", "R"), "oːɹ": ("AO", "R"), "ɑ̃": ("AA", "N"), "ɔ̃": ("AO", "N"),
    "y": ("UW",), "ø": ("ER",), "œ": ("ER",), "ɲ": ("N", "Y"), "ɣ": ("G",), "ɕ": ("SH",), "ʑ": ("ZH",), "ɭ": ("L",),
}  # fmt: skip
_LONGEST: Final = max(map(len, _ARPABET))

# Pinyin as an English reader says it, close to the Chinese: initials and finals of a syllable.
_INITIALS: Final[dict[str, Phones]] = {
    "b": ("B",), "p": ("P",), "m": ("M",), "f": ("F",), "d": ("D",), "t": ("T",), "n": ("N",), "l": ("L",),
    "g": ("G",), "k": ("K",), "h": ("HH",), "j": ("JH",), "q": ("CH",), "x": ("SH",), "zh": ("JH",), "ch": ("CH",),
    "sh": ("SH",), "r": ("R",), "z": ("D", "Z"), "c": ("T", "S"), "s": ("S",), "y": ("Y",), "w": ("W",), "": (),
}  # fmt: skip
_FINALS: Final[dict[str, Phones]] = {
    "a": ("AA",), "o": ("AO",), "e": ("AH",), "i": ("IY",), "u": ("UW",), "ü": ("UW",), "ai": ("AY",), "ei": ("EY",),
    "ao": ("AW",), "ou": ("OW",), "an": ("AA", "N"), "en": ("AH", "N"), "ang": ("AA", "NG"), "eng": ("AH", "NG"),
    "ong": ("UH", "NG"), "er": ("AA", "R"), "ia": ("Y", "AA"), "ie": ("Y", "EH"), "iao": ("Y", "AW"),
    "iu": ("Y", "OW"), "ian": ("Y", "EH", "N"), "in": ("IH", "N"), "iang": ("Y", "AA", "NG"), "ing": ("IH", "NG"),
    "iong": ("Y", "UH", "NG"), "ua": ("W", "AA"), "uo": ("W", "AO"), "uai": ("W", "AY"), "ui": ("W", "EY"),
    "uan": ("W", "AA", "N"), "un": ("UH", "N"), "uang": ("W", "AA", "NG"), "ue": ("W", "EH"), "üe": ("W", "EH"),
}  # fmt: skip
_SYLLABLE: Final = re.compile(
    "(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(" + "|".join(sorted(_FINALS, key=len, reverse=True)) + ")"
)


def list_spoken_words(text: str) -> list[str]:
    """The words of English text as said, in the letters of the dictionary: "Catch-22" → catch, twenty, two."""
    said = unicodedata.normalize("NFD", spoken(text.replace("’", "'"), "en"))
    said = "".join(c for c in said if not unicodedata.combining(c)).lower()
    for odd, plain in (("ø", "o"), ("ł", "l"), ("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("đ", "d"), ("&", " and ")):
        said = said.replace(odd, plain)
    words = (word.strip("'") for word in re.findall(r"[a-z']+", said))
    return [word for word in words if word]


def to_arpabet(ipa: str) -> Phones:
    """espeak-ng's IPA of one word as CMUdict phones; sounds without a counterpart are left out."""
    text = re.sub(r"\([a-z-]+\)|[ˈˌ_‿'~]", "", ipa)
    phones: list[str] = []
    i = 0
    while i < len(text):
        for length in range(min(_LONGEST, len(text) - i), 0, -1):
            found = _ARPABET.get(text[i : i + length])
            if found is not None:
                phones.extend(found)
                i += length
                break
        else:
            i += 1
    return tuple(phones)


def say_pinyin(word: str) -> Phones | None:
    """Phones of toneless pinyin ("cixin" → T S IH SH IH N); None when the word cannot be pinyin."""
    phones: list[str] = []
    at = 0
    word = word.replace("'", "")
    while at < len(word):
        match = _SYLLABLE.match(word, at)
        if match is None:
            return None
        initial, final = match.groups()
        # take back a final n or g when the rest would not start a syllable: "xinan" is read xi-nan
        while (
            final[-1:] in "ngr" and len(final) > 1 and word[match.start() + len(initial + final) :][:1] in set("aeiouü")
        ):
            if final[:-1] not in _FINALS:
                break
            final = final[:-1]
        at += len(initial) + len(final)
        if final == "i" and initial in ("zh", "ch", "sh", "r"):
            phones += [*_INITIALS[initial], "ER"]
        elif final == "i" and initial in ("z", "c", "s"):
            phones += [*_INITIALS[initial], "IH"]
        elif initial in ("y", "w") and _FINALS[final][0] in ("IY", "Y", "W", "UW", "IH"):
            phones += [*(_INITIALS[initial] if final != "i" else ()), *_FINALS[final]]
        elif initial in ("j", "q", "x") and _FINALS[final][0] == "Y":
            phones += [*_INITIALS[initial], *_FINALS[final][1:]]
        else:
            phones += [*_INITIALS[initial], *_FINALS[final]]
    return tuple(phones)


def read_dictionary(path: Path, wanted: Iterable[str]) -> dict[str, list[Phones]]:
    """Pronunciations of the wanted words from a CMUdict file (``word PH ON``, ``word(2) PH ON``)."""
    wanted = set(wanted)
    found: dict[str, list[Phones]] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            head, _, phones = line.partition(" ")
            word = head.partition("(")[0]
            if word in wanted:
                found.setdefault(word, []).append(tuple(phones.split()))
    return found


def pronounce(
    words: Iterable[str], known: Mapping[str, Sequence[Phones]], say_ipa: SayIpa, names: Iterable[str] = ()
) -> dict[str, list[Phones]]:
    """Pronunciations of all words: the known ones, else espeak-ng's, with pinyin beside it for words among ``names``.

    ``say_ipa`` gives IPA for each text. A word that comes out silent is spelled.
    """
    result: dict[str, list[Phones]] = {}
    names = set(names)
    unknown: list[str] = []
    for word in dict.fromkeys(words):
        if word in known:
            result[word] = list(known[word])
        elif word.endswith("'s") and word[:-2] in known:
            result[word] = [(*phones, _plural(phones[-1])) for phones in known[word[:-2]]]
        else:
            unknown.append(word)
    for word, ipa in zip(unknown, say_ipa(unknown) if unknown else [], strict=True):
        phones = to_arpabet(ipa)
        result[word] = [phones] if phones else [("AH",)]
    for word in names & set(result):
        chinese = say_pinyin(word)
        if chinese and len(chinese) > 1 and chinese not in result[word] and (word in unknown or len(word) <= 5):
            result[word] = [*result[word], chinese]
    return result


_VOWELS: Final = frozenset(["AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"])


def accents(phones: Phones) -> list[Phones]:
    """How the same word sounds in the south of England and in Scotland, when that differs: rules, not recordings.

    England: no r unless a vowel follows, a broad a in "path" and "dance". Scotland: every r sounded behind a plain
    vowel, "face" and "goat" with one vowel each, short "oo".
    """
    south: list[str] = []
    scots: list[str] = []
    for i, phone in enumerate(phones):
        following = phones[i + 1 : i + 3]
        vowel_next = bool(following) and following[0] in _VOWELS
        if phone == "ER":
            south += ["AH", "R"] if vowel_next else ["AH"] if i == len(phones) - 1 else ["ER"]
            scots += ["EH", "R"]
        elif phone == "R" and not vowel_next and i:
            scots.append("R")
        else:
            broad = phone == "AE" and (
                following[:1] in (("S",), ("F",), ("TH",)) or following in (("N", "S"), ("N", "T"))
            )
            south.append("AA" if broad else phone)
            scots.append({"EY": "EH", "OW": "AO", "UW": "UH", "AA": "AO"}.get(phone, phone))
    return [way for way in dict.fromkeys((tuple(south), tuple(scots))) if way and way != tuple(phones)]


def _plural(last: str) -> str:
    return "S" if last in ("P", "T", "K", "F", "TH") else "Z"
