"""What readers may ask aloud in this library: question frames filled with its titles, authors, topics and places.

Plain data in, plain data out; ``grammar_net.py`` lays it out as a net of sounds, ``engines/sphinx.py`` listens with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from avatars.grammar_frames import CLOSINGS, FRAMES, OPENINGS, Frame, Kind, list_phrases
from avatars.pronounce import list_spoken_words

_CHINESE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ARTICLES: Final = frozenset(("the", "a", "an"))
_MOST_WORDS: Final = 12
MOST_TITLES: Final = 6000


@dataclass(frozen=True, slots=True)
class Title:
    """A book by the names readers give it. ``forms``: title, with or without subtitle, other titles."""

    record_id: str
    forms: tuple[str, ...]
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a library has that can be named aloud. Names in scripts other than Latin are left out of English hearing.

    ``titles``: most wanted first; beyond ``MOST_TITLES`` books they are not listened for. ``places``: named rooms,
    desks, shelves' labels; ``amenities``: kinds of thing with a nearest one ("toilet"); ``topics``: subjects;
    ``phrases``: whole sentences to know, beside the built-in ones.
    """

    titles: tuple[Title, ...] = ()
    places: tuple[str, ...] = ()
    amenities: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One way of saying one thing. ``words`` as said, ``text`` as written; ``by``: ways of saying its authors."""

    kind: Kind
    words: tuple[str, ...]
    text: str
    record_id: str | None = None
    by: tuple[tuple[tuple[str, ...], str], ...] = ()


@dataclass(frozen=True, slots=True)
class Grammar:
    """Frames, and forms by kind. ``phrases``: whole sentences, words → text as written."""

    frames: tuple[Frame, ...]
    forms: dict[Kind, tuple[Form, ...]]
    phrases: dict[tuple[str, ...], str] = field(default_factory=dict)

    def list_words(self) -> set[str]:
        """Every word that may be heard."""
        words = {word for forms in self.forms.values() for form in forms for word in form.words}
        words |= {word for forms in self.forms.values() for form in forms for said, _ in form.by for word in said}
        words |= {word for frame in self.frames for part in (frame.before, *frame.after) for word in part}
        words |= {word for phrase in self.phrases for word in phrase}
        return words | {word for extra in (*OPENINGS, *CLOSINGS) for word in extra} | {"by"}

    def list_names(self) -> set[str]:
        """Words of authors' names, which may be pinyin."""
        return {word for form in self.forms["author"] for word in form.words}


_ACTS: Final = frozenset(
    ("breastfeed", "buy", "change", "charge", "check", "drink", "eat", "feed", "fill", "get", "have", "leave", "make",
     "photocopy", "print", "read", "refill", "return", "scan", "sit", "store", "study", "use", "wash", "work")
)  # fmt: skip
_KINDS_OF_PLACE: Final = frozenset(("area", "checkout", "desk", "machine", "room", "space", "station"))
_NO_THINGS: Final = frozenset(
    ("charging", "food", "human", "plaster", "plug", "power", "printing", "socket", "sockets", "staff", "steps",
     "study", "thirsty", "water")
)  # fmt: skip
_LEADING: Final = frozenset(("a", "an", "the", "something", "somewhere", "someone"))


def sort_words(words: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What readers type for things on the map → what they say: things ("toilet"), and acts ("charge my phone").

    Left out: words of fewer than four letters, which sound like too much else, and single words that name no thing.
    """
    things, acts = list[str](), list[str]()
    for word in dict.fromkeys(words):
        parts = word.split()
        if parts[0] in _ACTS and len(parts) > 1 and parts[-1] not in _KINDS_OF_PLACE:
            acts.append(word)
        elif parts[0] in _LEADING or parts[-1] == "out":
            continue
        elif len(parts) > 1 or (len(word) >= 4 and word not in _NO_THINGS and word not in _ACTS):
            things.append(word)
    return tuple(things), tuple(acts)


def short_titles(text: str) -> list[str]:
    """A title as readers say it: whole, without subtitle, without "or, The Whale" and what stands in brackets."""
    forms = [text]
    bare = re.sub(r"\s*[(\[][^)\]]*[)\]]", "", text).strip()
    forms.append(bare)
    forms.append(re.split(r"\s*[:;/=]\s+|\s+[-–—]\s+|[;,] or,? ", bare)[0].strip())
    return [form for form in dict.fromkeys(forms) if form]


def _names_of(author: str) -> list[tuple[tuple[str, ...], str]]:
    """Ways of saying an author: the whole name, and the surname alone when it is long enough to tell apart."""
    if "," in author:
        last, _, first = author.partition(",")
        author = f"{first.strip()} {last.strip()}".strip()
    author = re.sub(r"\s*\([^)]*\)|,? \d{4}-?(\d{4})?\.?$", "", author).strip()
    whole = tuple(list_spoken_words(author))
    ways = [(whole, author)]
    initials = re.sub(r"\b[A-Z]\.\s*", "", author).strip()
    if initials != author and initials:
        ways.append((tuple(list_spoken_words(initials)), author))
    surname = author.split()[-1:] if author else []
    if surname and len(surname[0]) >= 4 and len(whole) > 1:
        ways.append((tuple(list_spoken_words(surname[0])), author))
    return [(words, text) for words, text in dict.fromkeys(ways) if words]


def _pair_digits(text: str) -> str:
    """Numbers as many say them: "Fahrenheit 451" → "Fahrenheit 4 51", "2001" → "20 01"."""
    return re.sub(r"(?<!\d)(\d{1,2})(\d\d)(?!\d)", r"\1 \2", text)


def _forms_of_title(title: Title) -> Iterator[Form]:
    by = tuple(way for author in title.authors[:2] if not _CHINESE.search(author) for way in _names_of(author))
    seen: set[tuple[str, ...]] = set()
    for given in title.forms:
        if _CHINESE.search(given):
            continue
        for text in short_titles(given):
            words = tuple(list_spoken_words(text))
            ways = [words, tuple(list_spoken_words(_pair_digits(text)))]
            if words[:1] and words[0] in _ARTICLES and len(words) > 2:
                ways.append(words[1:])
            for way in ways:
                if way and len(way) <= _MOST_WORDS and way not in seen:
                    seen.add(way)
                    yield Form("title", way, text, title.record_id, by)


def _forms_of_names(kind: Kind, names: Iterable[str]) -> Iterator[Form]:
    seen: set[tuple[str, ...]] = set()
    for name in names:
        words = tuple(list_spoken_words(name))
        if kind in ("place", "topic") and words[:1] and words[0] in _ARTICLES:
            words = words[1:]
        if words and len(words) <= _MOST_WORDS and words not in seen and not _CHINESE.search(name):
            seen.add(words)
            yield Form(kind, words, name)


def build_grammar(vocabulary: Vocabulary) -> Grammar:
    """The grammar of a home."""
    titles = vocabulary.titles[:MOST_TITLES]
    authors: dict[tuple[str, ...], Form] = {}
    for title in titles:
        for author in title.authors:
            if not _CHINESE.search(author):
                for words, text in _names_of(author):
                    authors.setdefault(words, Form("author", words, text))
    phrases = {tuple(list_spoken_words(line)): line for line in list_phrases()}
    phrases |= {tuple(list_spoken_words(line)): line for line in vocabulary.phrases if not _CHINESE.search(line)}
    return Grammar(
        FRAMES,
        {
            "title": tuple(form for title in titles for form in _forms_of_title(title)),
            "author": tuple(authors.values()),
            "topic": tuple(_forms_of_names("topic", vocabulary.topics)),
            "place": tuple(_forms_of_names("place", [*vocabulary.amenities, *vocabulary.places])),
            "phrase": (),
        },
        {words: text for words, text in phrases.items() if words},
    )
