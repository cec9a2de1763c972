"""Passages: pieces of documents of at most 800 characters, inside one heading and one language, found by questions."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from library.document_headings import Heading, heading_path
from library.documents import read_document
from library.ideas import KIND, Term, is_han, likeness, names, read_terms, words_of
from library.normal import bigrams, is_cjk, pieces, stem
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


def passage_tokens(text: str) -> list[str]:
    """Tokens of a passage for the index: stems of words, bigrams and last characters of CJK runs."""
    out: list[str] = []
    for piece in pieces(text):
        out += bigrams(piece) if is_cjk(piece) else [stem(piece)]
    return out


def list_candidates(catalogue: Catalogue, terms: tuple[str, ...], lang: str | None, limit: int) -> list[Passage]:
    """Passages by BM25 over every word that may stand for the terms (names of ideas, stems, runs), the best first."""
    atoms = dict.fromkeys(atom for name in terms for atom in _atoms(name))
    if not atoms:
        return []
    rows = catalogue.connection().execute(
        "SELECT d.name, p.heading, p.start, p.stop, substr(d.text, p.start + 1, p.stop - p.start), p.lang"
        " FROM passage_words w JOIN passages p ON p.row = w.rowid JOIN documents d ON d.row = p.document"
        " WHERE passage_words MATCH ? AND (? IS NULL OR p.lang = ?) ORDER BY bm25(passage_words, 2, 1), p.row LIMIT ?",
        (" OR ".join(atoms), lang, lang, limit),
    )
    return [Passage(*row) for row in rows]


def list_containing(catalogue: Catalogue, mark: str, lang: str) -> list[Passage]:
    """Passages in a language that hold a mark which the index leaves out, such as "@"; at most 20."""
    text = "substr(d.text, p.start + 1, p.stop - p.start)"
    rows = catalogue.connection().execute(
        f"SELECT d.name, p.heading, p.start, p.stop, {text}, p.lang FROM passages p"
        f" JOIN documents d ON d.row = p.document WHERE p.lang = ? AND instr({text}, ?) ORDER BY p.row LIMIT 20",
        (lang, mark),
    )
    return [Passage(*row) for row in rows]


def search_passages(
    catalogue: Catalogue, question: str, lang: str | None = None, limit: int = 5
) -> tuple[PassageHit, ...]:
    """Passages that hold what the question is about, the best first. ``lang``: only passages in it.

    The score is the share of the question's terms, weighed by rarity, that a passage and its heading hold; in the
    order, a passage that holds them in one sentence comes before one that holds them scattered.
    """
    terms = read_terms(question)
    asked = {term.name: weight for term in terms if (weight := _weight(catalogue, term)) > 0}
    total = sum(asked.values())
    spoken = language_of(question)
    hits = []
    for place, passage in enumerate(list_candidates(catalogue, tuple(asked), lang, _CANDIDATES)):
        score = _share(asked, f"{passage.heading}\n{passage.text}") / total
        if score > 0:
            sentences = (_share(asked, passage.text[s:e]) / total for s, e in split_sentences(passage.text))
            hits.append(
                (
                    -round(0.7 * score + 0.3 * max(sentences, default=0.0) + 0.01 * (passage.lang == spoken), 6),
                    place,
                    PassageHit(passage, score),
                )
            )
    return tuple(hit for _, _, hit in sorted(hits, key=lambda one: one[:2])[:limit])


def _share(asked: dict[str, float], text: str) -> float:
    told = names(read_terms(text))
    return sum(weight * held(name, told, text) for name, weight in asked.items())


def held(name: str, told: frozenset[str], plain: str) -> float:
    """How far a text speaks of a term, 0…1: by its own terms, or for a run of characters by the pairs it shares."""
    best = 1.0 if name in told else max((likeness(name, other) for other in told), default=0.0)
    if best < 1.0 and name not in KIND and is_han(name):
        pairs = [name[i : i + 2] for i in range(len(name) - 1)]
        best = max(best, sum(pair in plain for pair in pairs) / len(pairs))
    return best


def _weight(catalogue: Catalogue, term: Term) -> float:
    """1 for a term in no passage, less the more passages hold its commonest word."""
    connection = catalogue.connection()
    total = int(connection.execute("SELECT count(*) FROM passages").fetchone()[0])
    seen = 0
    for word in words_of(term.name):
        tokens = [word[i : i + 2] for i in range(len(word) - 1)] if is_han(word) and len(word) > 1 else [stem(word)]
        rows = (
            connection.execute("SELECT doc FROM passage_terms WHERE term = ?", (token,)).fetchone() for token in tokens
        )
        seen = max(seen, min(int(row[0]) if row else 0 for row in rows))
    top = math.log(1 + (total + 0.5) / 0.5)
    return max(0.15, math.log(1 + (total - min(seen, total) + 0.5) / (seen + 0.5)) / top)


def occurs(catalogue: Catalogue, name: str) -> bool:
    """Does any passage hold a plain word, by its stem or a longer form of it?"""
    start = name[: max(4, len(name) - 1)]
    sql = "SELECT 1 FROM passage_terms WHERE term >= ? AND term < ? LIMIT 1"
    return catalogue.connection().execute(sql, (start, start + "\uffff")).fetchone() is not None


@lru_cache(maxsize=4096)
def _atoms(name: str) -> tuple[str, ...]:
    """What may stand for a term in a passage, as FTS5 phrases of index tokens."""
    if name not in KIND and not is_han(name) and len(name) > 2:
        return (f'"{name[: max(5, round(0.75 * len(name)))]}"*',)
    out = []
    for word in words_of(name):
        tokens = [
            t
            for piece in pieces(word)
            for t in (bigrams(piece)[: max(1, len(piece) - 1)] if is_cjk(piece) else [stem(piece)])
        ]
        if tokens:
            out.append('"' + " ".join(tokens) + '"' + ("*" if len(word) == 1 and is_han(word) else ""))
    return tuple(dict.fromkeys(out))
