"""Books as values: what a catalogue record says, ready to find and to shelve."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One copy: call number, scheme and where it is kept.

    ``scheme``: clc, lcc, ddc, title or local. ``sort_key``: opaque key from ``callnumber.key``, "" when the call number
    cannot be read. ``location``: code that a shelf face's ``collection`` must match. ``status``: "available", or the
    library system's word ("checked out", "on order", …), "available" when the catalogue says nothing.
    """

    call_number: str
    scheme: str
    sort_key: str
    location: str = ""
    barcode: str = ""
    status: str = "available"


@dataclass(frozen=True, slots=True)
class Record:
    """One title. ``record_id`` is MARC 001.

    ``title`` is the display title; ``titles`` holds every form readers may say: the title, title with subtitle,
    parallel, uniform, varying and other-script titles, without ISBD punctuation, without repeats. ``authors``: display
    names, main one first; ``author_forms``: every form of every name, inverted and direct, each script.
    ``languages``: ISO 639-2 codes as catalogued. ``year``: first year of publication, None when unknown.
    ``series``: the series and sets that it is a part of, without numbers.
    """

    record_id: str
    title: str
    titles: tuple[str, ...]
    authors: tuple[str, ...]
    author_forms: tuple[str, ...]
    year: int | None
    languages: tuple[str, ...]
    publisher: str
    isbns: tuple[str, ...]
    subjects: tuple[str, ...]
    summary: str
    items: tuple[Item, ...]
    synthetic: bool = False
    series: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found. ``score`` falls with rank; ``exact``: the whole query is one of its titles."""

    record: Record
    score: float
    exact: bool
    matched: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A record or document that was not kept, and why. ``position``: 1-based place in the file, 0 for the whole."""

    file: str
    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document: ``text == document_text[start:end]``, under its heading path ("Borrowing › Renewals")."""

    document: str
    heading: str
    start: int
    end: int
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage found. ``score`` 0…1: the weighted share of the question's words that the passage holds."""

    passage: Passage
    score: float
