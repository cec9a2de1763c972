"""Spelling repair against the words of the catalogue.

Each word of four letters or more is stored under itself and under itself less one letter; two words that share such a
cut are at most one edit apart (insertion, deletion, substitution, transposition of neighbours). Longer words two edits
away are found by a scan.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4


def cuts(term: str) -> set[str]:
    """The word and the word less one letter; nothing for words too short or long to repair."""
    if not SHORTEST <= len(term) <= 24:
        return set()
    return {term} | {term[:at] + term[at + 1 :] for at in range(len(term))}


def distance(one: str, other: str) -> int:
    """Edits between two words, a swap of neighbours counting one."""
    return int(OSA.distance(one, other))


def near_terms(connection: sqlite3.Connection, word: str) -> list[str]:
    """Catalogue words one edit away, the commonest first."""
    keys = sorted(cuts(word))
    if not keys:
        return []
    marks = ",".join("?" * len(keys))
    found = connection.execute(f"SELECT DISTINCT term FROM spellings WHERE cut IN ({marks})", keys).fetchall()
    terms = [term for (term,) in found if distance(term, word) == 1]
    return _by_use(connection, terms)


def far_terms(connection: sqlite3.Connection, word: str, known: Sequence[str]) -> list[str]:
    """Words of ``known`` two edits away from a word of seven letters or more, the commonest first."""
    if len(word) < 7:
        return []
    near = [term for term in known if abs(len(term) - len(word)) <= 2]
    found = process.extract(word, near, scorer=OSA.distance, score_cutoff=2, limit=8)
    return _by_use(connection, [term for term, _, _ in found])


def uses(connection: sqlite3.Connection, term: str) -> int:
    """In how many records a word stands."""
    row = connection.execute("SELECT doc FROM terms WHERE term = ?", (term,)).fetchone()
    return int(row[0]) if row else 0


def _by_use(connection: sqlite3.Connection, terms: Sequence[str]) -> list[str]:
    counted = [(-uses(connection, term), term) for term in terms]
    return [term for count, term in sorted(counted) if count < 0]
