"""What search asks of the catalogue's tables: rows by form, by sound, by words, by call number."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import cast

from library.callnumber import key, span
from library.callnumber_text import HIGHEST
from library.errors import CallNumberError
from library.normal import CJK, STOP_WORDS, bigrams, fold, is_cjk, pieces
from library.spelling import far_terms, near_terms, uses
from library.store import Catalogue, isbn_forms

_MOST_KEPT = 200_000
_PIECE = re.compile(rf"([{CJK}]+)|([^\W_{CJK}]+)")


def rows_by_form(catalogue: Catalogue, column: str, value: str, limit: int = 50) -> list[int]:
    """Rows with this form; ``column``: form, joined, pinyin or initials."""
    if not value:
        return []
    # "<> ''" lets SQLite use the partial indexes; "+row" keeps it from walking the table in the order of rows
    sql = f"SELECT DISTINCT row FROM forms WHERE {column} = ? AND {column} <> '' ORDER BY +row LIMIT ?"
    return [row for (row,) in catalogue.connection().execute(sql, (value, limit))]


def rows_by_forms(catalogue: Catalogue, column: str, values: Iterable[str]) -> dict[str, list[int]]:
    """The rows of each of many forms that some record has; ``column`` as in rows_by_form. One question to the file."""
    wanted = sorted(value for value in values if value)
    found: dict[str, list[int]] = {}
    for at in range(0, len(wanted), 500):
        part = wanted[at : at + 500]
        marks = ",".join("?" * len(part))
        sql = f"SELECT DISTINCT {column}, row FROM forms WHERE {column} IN ({marks}) ORDER BY {column}, row"
        for value, row in catalogue.connection().execute(sql, part):
            found.setdefault(value, []).append(row)
    return found


def rows_by_prefix(catalogue: Catalogue, form: str, limit: int) -> list[tuple[int, str]]:
    """(row, form) of titles that start so, the shortest first."""
    if not form:
        return []
    sql = "SELECT row, form FROM forms WHERE form > ? AND form < ? ORDER BY length(form), form, row LIMIT ?"
    return list(catalogue.connection().execute(sql, (form, form + HIGHEST, limit)))


def rows_by_sound(catalogue: Catalogue, sound: str, limit: int) -> list[int]:
    """Rows whose title or author, as joined pinyin, holds this; needs three letters."""
    if len(sound) < 3 or not sound.isalnum():
        return []
    sql = "SELECT rowid FROM sounds WHERE sounds MATCH ? AND rank MATCH 'bm25(10, 6)' ORDER BY rank, rowid LIMIT ?"
    return [row for (row,) in catalogue.connection().execute(sql, (f'"{sound}"', limit))]


def rows_by_words(catalogue: Catalogue, expression: str, limit: int) -> list[tuple[int, float]]:
    """(row, rank) for an FTS5 expression; rank falls with relevance (bm25 with weights 10, 6, 3)."""
    if not expression:
        return []
    sql = (
        "SELECT rowid, rank FROM words WHERE words MATCH ? AND rank MATCH 'bm25(10, 6, 3)' ORDER BY rank, rowid LIMIT ?"
    )
    return [(row, -rank) for row, rank in catalogue.connection().execute(sql, (expression, limit))]


def rows_by_isbn(catalogue: Catalogue, text: str) -> list[int]:
    plain = re.sub(r"[\s-]", "", text).upper().removeprefix("ISBN").strip(":")
    if not re.fullmatch(r"\d{9}[\dX]|\d{13}", plain):
        return []
    forms = sorted(isbn_forms(plain))
    marks = ",".join("?" * len(forms))
    sql = f"SELECT DISTINCT row FROM isbns WHERE isbn IN ({marks}) ORDER BY row"
    return [row for (row,) in catalogue.connection().execute(sql, forms)]


def rows_by_call_number(catalogue: Catalogue, text: str, limit: int) -> list[int]:
    """Rows of items whose call number starts so, in shelf order, when the text has the form of one."""
    plain = text.strip()
    if not re.fullmatch(r"[A-Za-z]{1,3} ?\d[\w.\-/()\"=<>:+ ]*|\d{3}(?:\.\d+)?(?:[ /][\w. /]*)?", plain):
        return []
    rows: list[int] = []
    for scheme in ("clc", "lcc", "ddc"):
        try:
            key(scheme, plain)
            low, high = span(scheme, plain, plain)
        except CallNumberError:
            continue
        sql = "SELECT row FROM items WHERE scheme = ? AND sort_key >= ? AND sort_key < ? ORDER BY sort_key, row LIMIT ?"
        rows += [row for (row,) in catalogue.connection().execute(sql, (scheme, low, high, limit))]
    return list(dict.fromkeys(rows))


def rarity_of(catalogue: Catalogue) -> Callable[[str], float]:
    """Weight of a word 0.25…1: 1 in no record, less the more records hold it."""
    connection = catalogue.connection()
    total = max(1, catalogue.newest_row())
    version = catalogue.version()
    kept = catalogue.cache.get("rarity")
    if kept is None or kept[0] != version or not isinstance(kept[1], dict) or len(kept[1]) > _MOST_KEPT:
        kept = (version, {})
        catalogue.cache["rarity"] = kept
    known: dict[str, float] = cast("dict[str, float]", kept[1])

    def rarity(word: str) -> float:
        if word not in known:
            share = math.log((total + 1) / (uses(connection, word) + 0.5)) / math.log((total + 1) / 0.5)
            known[word] = max(0.25, min(1.0, share))
        return known[word]

    return rarity


def word_groups(query: str) -> list[list[str]]:
    """The query as FTS5 atoms: two spellings of it (as written; folded further), each a list to be joined by AND."""
    written = [run or word for run, word in _PIECE.findall(fold(query))]
    groups = [[_atom(piece) for piece in _content(way)] for way in (written, pieces(query))]
    return [group for number, group in enumerate(groups) if group and group not in groups[:number]]


def all_of(groups: Sequence[Sequence[str]], last_is_prefix: bool = False) -> str:
    """An expression that every atom of one of the groups must meet."""
    ways = []
    for group in groups:
        atoms = list(group)
        if last_is_prefix and not atoms[-1].endswith("*") and len(atoms[-1]) > 4:
            atoms[-1] += "*"
        ways.append("(" + " AND ".join(atoms) + ")")
    return " OR ".join(ways)


def some_of(catalogue: Catalogue, words: Sequence[str], column: str, most: int = 6) -> str:
    """Like any_of, with only the rarest words and bigrams that records hold: common ones cost time and tell little."""
    connection = catalogue.connection()
    parts: list[str] = []
    for word in words:
        parts += [two for two in bigrams(word) if len(two) == 2] or [word] if is_cjk(word) else [word]
    counted = sorted((uses(connection, part), part) for part in dict.fromkeys(parts))
    held = [(count, part) for count, part in counted if count]
    if not held:
        return ""
    limit = max(held[0][0], 500)
    chosen = [f'"{part}"' for count, part in held[:most] if count <= limit]
    return f"{column} : ({' OR '.join(chosen)})"


def any_of(words: Sequence[str], column: str = "") -> str:
    """An expression that one of the words or bigrams must meet."""
    atoms: list[str] = []
    for word in words:
        atoms += (
            [f'"{two}"' for two in bigrams(word) if len(two) == 2 or len(word) == 1] if is_cjk(word) else [f'"{word}"']
        )
    if not atoms:
        return ""
    joined = " OR ".join(dict.fromkeys(atoms))
    return f"{column} : ({joined})" if column else joined


def repair(catalogue: Catalogue, words: Sequence[str]) -> list[str] | None:
    """The words with those that no record holds replaced by the likeliest of the catalogue; None when none can be."""
    connection = catalogue.connection()
    out, changed = [], False
    for word in words:
        better = word
        if not is_cjk(word) and word.isalpha() and word not in STOP_WORDS and not uses(connection, word):
            found = near_terms(connection, word) or far_terms(connection, word, _known(catalogue))
            if found:
                better, changed = found[0], True
        out.append(better)
    return out if changed else None


def _known(catalogue: Catalogue) -> list[str]:
    version = catalogue.version()
    kept = catalogue.cache.get("terms")
    if kept is None or kept[0] != version:
        sql = "SELECT term FROM terms WHERE length(term) BETWEEN 5 AND 24"
        found = [term for (term,) in catalogue.connection().execute(sql) if term.isalpha() and not is_cjk(term)]
        kept = (version, found)
        catalogue.cache["terms"] = kept
    return list(kept[1]) if isinstance(kept[1], list) else []


def _content(found: Sequence[str]) -> list[str]:
    return [piece for piece in found if piece not in STOP_WORDS] or list(found)


def _atom(piece: str) -> str:
    if not is_cjk(piece):
        return f'"{piece}"'
    if len(piece) == 1:
        return f'"{piece}"*'
    return '"' + " ".join(piece[at : at + 2] for at in range(len(piece) - 1)) + '"'
