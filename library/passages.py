"""Passages: pieces of documents of at most 800 characters, inside one heading and one language, found by questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from library.document_headings import Heading, heading_path
from library.documents import read_document
from library.question import Question, passage_tokens, read_question
from library.sentence import Span, split_sentences
from library.store import Catalogue
from library.values import Passage, PassageHit

LONGEST = 800
_CANDIDATES = 80
_CJK = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")


def put_document(catalogue: Catalogue, path: Path, name: str = "") -> int:
    """Keep a document under its file name, replacing a former one of that name; how many passages it has.

    DocumentError when it cannot be read; the former one then stays.
    """
    text, headings = read_document(path)
    name = name or path.name
    found = list(split_passages(name, text, headings))
    with catalogue.writing() as connection:
        remove_rows(catalogue, name)
        document = connection.execute("INSERT INTO documents (name, text) VALUES (?, ?)", (name, text)).lastrowid
        for passage in found:
            row = connection.execute(
                "INSERT INTO passages (document, heading, start, stop, lang) VALUES (?, ?, ?, ?, ?)",
                (document, passage.heading, passage.start, passage.end, passage.lang),
            ).lastrowid
            words = (" ".join(passage_tokens(part)) for part in (passage.heading, passage.text))
            connection.execute("INSERT INTO passage_words (rowid, heading, body) VALUES (?, ?, ?)", (row, *words))
    return len(found)


def remove_rows(catalogue: Catalogue, name: str) -> None:
    """Take a document out; call inside ``catalogue.writing()``."""
    connection = catalogue.connection()
    found = connection.execute("SELECT row FROM documents WHERE name = ?", (name,)).fetchone()
    if found:
        connection.execute(
            "DELETE FROM passage_words WHERE rowid IN (SELECT row FROM passages WHERE document = ?)", found
        )
        connection.execute("DELETE FROM passages WHERE document = ?", found)
        connection.execute("DELETE FROM documents WHERE row = ?", found)


def remove_document(catalogue: Catalogue, name: str) -> None:
    with catalogue.writing():
        remove_rows(catalogue, name)


def list_documents(catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(name for (name,) in catalogue.connection().execute("SELECT name FROM documents ORDER BY name"))


def find_text(catalogue: Catalogue, name: str) -> str | None:
    """The whole text of a document, which spans count in; None when there is no such document."""
    row = catalogue.connection().execute("SELECT text FROM documents WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else None


def split_passages(name: str, text: str, headings: tuple[Heading, ...]) -> Iterator[Passage]:
    """Whole sentences packed up to 800 characters; a longer sentence is cut at a comma or space.

    A heading without text under it is a passage of its own.
    """
    starts = [heading.start for heading in headings] + [len(text)]
    sections = [(0, starts[0], "")] if starts[0] > 0 else []
    for number, heading in enumerate(headings):
        stop = starts[number + 1]
        path = heading_path(headings, number)
        deeper = number + 1 < len(headings) and headings[number + 1].level > heading.level
        begin = heading.end
        if not text[begin:stop].strip():
            if deeper:
                continue
            begin = heading.start
        sections.append((begin, stop, path))
    for begin, stop, path in sections:
        for start, end, lang in _pack(text, begin, stop):
            yield Passage(name, path, start, end, text[start:end], lang)


def _pack(text: str, begin: int, stop: int) -> Iterator[tuple[int, int, str]]:
    start = end = -1
    lang = ""
    for first, last in _short_sentences(text, begin, stop):
        spoken = language_of(text[first:last])
        if start >= 0 and (last - start > LONGEST or (spoken and lang and spoken != lang)):
            yield start, end, lang or "en"
            start, lang = -1, ""
        if start < 0:
            start = first
        end, lang = last, lang or spoken
    if start >= 0:
        yield start, end, lang or "en"


def _short_sentences(text: str, begin: int, stop: int) -> Iterator[Span]:
    for start, end in split_sentences(text[begin:stop]):
        start, end = start + begin, end + begin
        while end - start > LONGEST:
            window = text[start : start + LONGEST]
            cut = max(window.rfind(mark) for mark in "，,、：:\n ") + 1
            cut = cut if cut > LONGEST // 3 else LONGEST
            yield start, start + cut
            start += cut
        yield start, end


def language_of(text: str) -> str:
    """ "zh", "en", or "" when the text holds no words (numbers, marks)."""
    characters = len(_CJK.findall(text))
    words = len(_LATIN.findall(text))
    if not characters and not words:
        return ""
    return "zh" if characters >= words else "en"


def search_passages(
    catalogue: Catalogue, question: str, lang: str | None = None, limit: int = 5
) -> tuple[PassageHit, ...]:
    """Passages that hold the question's words, the best first. ``lang``: only passages in it.

    The score is the share of the question that a passage holds; in the order, a passage that holds it in one sentence
    comes before one that holds it scattered. Below about 0.5 the passage does not answer the question.
    """
    asked = read_question(question)
    if not asked.units:
        return ()
    asked = weigh(catalogue, asked)
    expression = " OR ".join(dict.fromkeys(atom for unit in asked.units for atom in unit.atoms()))
    if not expression:
        return ()
    rows = catalogue.connection().execute(
        "SELECT d.name, p.heading, p.start, p.stop, p.lang, substr(d.text, p.start + 1, p.stop - p.start)"
        " FROM passage_words w JOIN passages p ON p.row = w.rowid JOIN documents d ON d.row = p.document"
        " WHERE passage_words MATCH ? AND (? IS NULL OR p.lang = ?) ORDER BY bm25(passage_words, 2, 1), p.row LIMIT ?",
        (expression, lang, lang, _CANDIDATES),
    )
    hits = []
    for place, (name, heading, start, end, spoken, text) in enumerate(rows):
        score = asked.coverage(text, heading)
        if score > 0:
            sentences = (asked.coverage(text[first:last]) for first, last in split_sentences(text))
            order = -round(0.7 * score + 0.3 * max(sentences, default=0.0), 6)
            hits.append((order, place, PassageHit(Passage(name, heading, start, end, text, spoken), score)))
    return tuple(hit for _, _, hit in sorted(hits, key=lambda one: one[:2])[:limit])


def weigh(catalogue: Catalogue, question: Question) -> Question:
    """The question with its words weighed by their rarity among the passages."""
    connection = catalogue.connection()
    total = int(connection.execute("SELECT count(*) FROM passages").fetchone()[0])

    def count(token: str) -> int:
        row = connection.execute("SELECT doc FROM passage_terms WHERE term = ?", (token,)).fetchone()
        return int(row[0]) if row else 0

    return question.weighed(total, count)


def best_sentences(
    question: str, passage: Passage, catalogue: Catalogue | None = None, limit: int = 3
) -> tuple[tuple[int, int, str, float], ...]:
    """(start, end, text, score 0…1) of the passage's sentences that answer best, in document positions.

    With the catalogue, words are weighed by rarity. Words that the heading holds count half for every sentence.
    """
    asked = read_question(question)
    if catalogue is not None:
        asked = weigh(catalogue, asked)
    scored = []
    for number, (start, end) in enumerate(split_sentences(passage.text)):
        text = passage.text[start:end]
        score = 0.5 * asked.coverage(text, passage.heading) + 0.5 * asked.coverage(text)
        if score > 0:
            scored.append((-round(score, 6), number, (passage.start + start, passage.start + end, text, score)))
    return tuple(one for _, _, one in sorted(scored, key=lambda row: row[:2])[:limit])
