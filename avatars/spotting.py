"""Finding what the home knows inside a sentence: titles, authors, floors, shelves, places, wherever they stand.

A sentence is understood this way when nothing is left over: every word is part of something known or is one of the
plain words of asking (``asking_words``). "Is Brave New World in, or is it checked out?" leaves nothing; "Dune Messiah"
leaves "Messiah" beside Dune, so it is not taken for Dune.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from avatars.asking_words import left_over
from avatars.books import Books
from avatars.language import fold, has_han
from avatars.places import Places
from library.normal import joined_form
from library.search_sql import any_of, rows_by_forms, rows_by_words
from library.values import Record
from spatial.plan import Level, ShelfFace

_TOKEN = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*|[^\W_]")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_LONGEST_WORDS = 10
_LONGEST_HAN = 16
_FLOOR = re.compile(
    r"(?:the |on |to )*(?:ground|first|second|third|fourth|fifth|top|1st|2nd|3rd|4th|5th) (?:floor|level)|"
    r"\b(?:floor|level) (?:\d|one|two|three|four|five)\b|\bL\d\b|(?:第)?[一二两三四五六七八九\d]+(?:楼|层)|顶楼|底楼",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?<![\d-])(?:97[89][- ]?)?\d[\d -]{7,13}[\dXx](?![\d-])")
_CALL_NUMBER = re.compile(
    r"\b\d{3}(?:\.\d+)? [A-Z]{1,4}\b|\b[A-Z]{1,3}\d[\w.\-]*/[\w.()\-]+|\b[A-Z]{1,3}\d+(?:\.\d+)? ?\.[A-Z]\d+(?: \w+)*"
)
_SHELF_WORD = re.compile(r"(?:shelf|shelves|face|range|bay|书架|架|排架)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A known thing named at ``text[start:end]``; exactly one of the values is set."""

    start: int
    end: int
    records: tuple[Record, ...] = ()
    author: str = ""
    level: Level | None = None
    face: ShelfFace | None = None


@dataclass(frozen=True, slots=True)
class Spotted:
    """What was found in a sentence. ``rest``: the sentence with the mentions taken out."""

    titles: tuple[Mention, ...] = ()
    authors: tuple[Mention, ...] = ()
    levels: tuple[Mention, ...] = ()
    faces: tuple[Mention, ...] = ()
    rest: str = ""

    def leaves(self, *, zh: bool) -> str:
        """The words that neither a mention nor the way of asking explains."""
        return left_over(self.rest, zh=zh)


NOTHING_SPOTTED = Spotted()


def spot(text: str, books: Books, places: Places) -> Spotted:
    """The titles, authors, floors and shelves named in a sentence, longest first, none overlapping another."""
    taken: list[Mention] = []
    faces = list(_keep(taken, _faces(text, books)))
    titles = list(_keep(taken, _titles(text, books)))
    authors = list(_keep(taken, _authors(text, books)))
    levels = list(_keep(taken, _levels(text, places)))
    rest = list(text)
    for mention in taken:
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    return Spotted(tuple(titles), tuple(authors), tuple(levels), tuple(faces), "".join(rest))


def _keep(taken: list[Mention], found: list[Mention]) -> Iterator[Mention]:
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if all(mention.end <= other.start or mention.start >= other.end for other in taken):
            taken.append(mention)
            yield mention


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Every run of whole words, and every run of two or more Chinese characters, that could be a title."""
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(re.sub(r"[\u3400-\u9fff]", " ", text))]
    for first in range(len(tokens)):
        for last in range(first, min(len(tokens), first + _LONGEST_WORDS)):
            yield tokens[first][0], tokens[last][1]
    for run in _HAN_RUN.finditer(text):
        for start in range(run.start(), run.end() - 1):
            for end in range(start + 2, min(run.end(), start + _LONGEST_HAN) + 1):
                yield start, end
    for mixed in re.finditer(r"[\u3400-\u9fffA-Za-z0-9·:：,，]*[\u3400-\u9fff][\u3400-\u9fffA-Za-z0-9·:：]*", text):
        yield mixed.start(), mixed.end()


def _titles(text: str, books: Books) -> list[Mention]:
    spans = [(s, e, joined_form(text[s:e])) for s, e in _spans(text)]
    rows = rows_by_forms(books.catalogue, "joined", {form for _, _, form in spans if len(form) > 1})
    records = books.catalogue.get_rows(row for found in rows.values() for row in found)
    mentions = _numbers(text, books)
    for start, end, form in spans:
        held = [records[row] for row in rows.get(form, ()) if row in records]
        real = tuple(r for r in held if not r.synthetic) or tuple(held)
        if real and _telling(text, start, end):
            mentions.append(Mention(start, end, records=real))
    return mentions


def _numbers(text: str, books: Books) -> list[Mention]:
    """Books named by ISBN or by a whole call number."""
    mentions = []
    for hit in NUMBER.finditer(text):
        held = books.by_isbn(hit[0])
        mentions += [Mention(hit.start(), hit.end(), records=held)] if held else []
    for hit in _CALL_NUMBER.finditer(text):
        held = books.by_number(hit[0])
        mentions += [Mention(hit.start(), hit.end(), records=held)] if held else []
    return mentions


def _telling(text: str, start: int, end: int) -> bool:
    """Is this span distinct enough to be a title in the middle of a sentence?"""
    said = text[start:end]
    if has_han(said):
        return len(said) > 1 and left_over(said, zh=True) != ""
    words = fold(said).split()
    if left_over(said, zh=False) == "":
        return False
    return len(words) > 1 or len(said) > 3 or any(c.isupper() or c.isdigit() for c in said)


def _authors(text: str, books: Books) -> list[Mention]:
    folded = text.lower() if len(fold(text)) != len(text) else fold(text)
    words = [w for w in re.findall(r"[a-z]{3,}", folded) if left_over(w, zh=False)]
    runs = _HAN_RUN.findall(folded)
    if len(folded) != len(text) or not (words or runs):
        return []
    rows = rows_by_words(books.catalogue, any_of([*words, *runs], "author"), 60)
    mentions: list[Mention] = []
    for record in books.catalogue.get_rows(row for row, _ in rows).values():
        for form in (*record.author_forms, *record.authors):
            mentions += _named(form, folded)
    return [replace(m, author=re.sub(r"'s$", "", text[m.start : m.end])) for m in mentions]


def _named(form: str, folded: str) -> Iterator[Mention]:
    """Where an author's name stands in the text: the whole name, or a surname of five letters and more."""
    name = fold(re.sub(r"[\[(（［].*?[\])）］]", "", form)).strip(" .,")
    if has_han(name):
        for part in {re.sub(r"[\s·.・]", "", name), *re.split(r"[\s·.・]", name)[-1:]}:
            at = folded.find(part) if len(part) >= 2 else -1
            if at >= 0:
                yield Mention(at, at + len(part), author=folded[at : at + len(part)])
        return
    last, _, first = name.partition(",") if "," in name else (name.split()[-1] if name else "", "", name)
    for said in dict.fromkeys((name, f"{first} {last}".strip() if "," in name else name, last.strip())):
        if len(said) < 5 and " " not in said:
            continue
        for hit in re.finditer(rf"(?<![a-z0-9]){re.escape(said)}(?:'s)?(?![a-z0-9])", folded):
            yield Mention(hit.start(), hit.end(), author=said)


def _levels(text: str, places: Places) -> list[Mention]:
    found = ((hit, places.find_level(re.sub(r"^(?:the |on |to )+", "", fold(hit[0])))) for hit in _FLOOR.finditer(text))
    return [Mention(hit.start(), hit.end(), level=level) for hit, level in found if level is not None]


def _faces(text: str, books: Books) -> list[Mention]:
    """Shelves by label or id; a label of letters alone, or a bare number, only after the word "shelf"."""
    mentions = []
    folded = fold(text)
    if len(folded) != len(text):
        return []
    for face in books.plan.faces:
        for label in {fold(face.label), fold(face.range_id)} - {""}:
            for hit in re.finditer(rf"(?<![a-z0-9.]){re.escape(label)}(?![a-z0-9.])", folded):
                after = re.match(r"\s*(?:号)?(?:书架|架|shelf)", folded[hit.end() :])
                marked = after or _SHELF_WORD.search(folded[: hit.start()])
                if marked or (re.search(r"[a-z]", label) and re.search(r"\d", label) and len(label) > 3):
                    mentions.append(Mention(hit.start(), hit.end(), face=face))
    return mentions
