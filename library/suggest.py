"""What a reader may be about to type: titles and authors that begin so, in any script, by pinyin or by initials.

Made to be asked at every key: each way is one look into an index, and only the few rows that are shown are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from library.callnumber_text import HIGHEST
from library.normal import ARTICLES, is_cjk, joined_form, pieces, pinyin, title_form, tokens
from library.search_sql import rows_by_prefix, rows_by_sound, rows_by_words
from library.store import Catalogue
from library.values import Record

_READ = 4
"""Rows looked at for each one shown: several may be other forms of the same title."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """Something to go on with. ``text``: the title or the author's name as displayed; ``record``: the title's record.

    ``also``: the other form of the title that was begun ("Thunderstorm" of 雷雨), "" when it is the one displayed.
    """

    kind: Literal["title", "author"]
    text: str
    record: Record
    also: str = ""


def suggest(catalogue: Catalogue, text: str, limit: int) -> tuple[Suggested, ...]:
    """Titles first, then authors; nothing for less than two letters or one Chinese character."""
    found = pieces(text)
    typed = " ".join([piece for piece in found if piece not in ARTICLES] or found)
    if limit < 1 or len(typed) < (1 if any(map(is_cjk, typed)) else 2):
        return ()
    most = limit * _READ
    rows = list(dict.fromkeys(_title_rows(catalogue, text, most)))[:most]
    names = list(dict.fromkeys(_author_rows(catalogue, text, most)))[:most]
    records = catalogue.get_rows([*rows, *names])
    titles: dict[str, Suggested] = {}
    for record in sorted((records[row] for row in rows if row in records), key=lambda record: record.synthetic):
        titles.setdefault(record.title, Suggested("title", record.title, record, _begun(record, typed)))
    authors: dict[str, Suggested] = {}
    for record in (records[row] for row in names if row in records):
        if name := _author(record, typed):
            authors.setdefault(name, Suggested("author", name, record))
    kept = list(titles.values())[: limit - min(len(authors), limit // 3)]
    return (*kept, *list(authors.values())[: limit - len(kept)])


def _title_rows(catalogue: Catalogue, text: str, most: int) -> Iterator[int]:
    yield from (row for row, _ in rows_by_prefix(catalogue, title_form(text), most))
    joined = joined_form(text)
    sound = joined if joined.isascii() else pinyin(text)
    if len(joined) >= 2:
        yield from _rows_by_start(catalogue, "pinyin", sound, most)
    if len(joined) >= 2 and joined.isascii():
        yield from _rows_by_start(catalogue, "initials", joined, most)
    if expression := _beginnings(text, "title"):
        yield from (row for row, _ in rows_by_words(catalogue, expression, most))


def _author_rows(catalogue: Catalogue, text: str, most: int) -> Iterator[int]:
    if expression := _beginnings(text, "author"):
        yield from (row for row, _ in rows_by_words(catalogue, expression, most))
    joined = joined_form(text)
    if joined.isascii():
        yield from rows_by_sound(catalogue, joined, most)


def _rows_by_start(catalogue: Catalogue, column: str, start: str, most: int) -> list[int]:
    """Rows whose pinyin or initials begin so, the shortest first."""
    sql = (
        f"SELECT row FROM forms WHERE {column} <> '' AND {column} >= ? AND {column} < ?"
        f" ORDER BY length({column}), {column}, row LIMIT ?"
    )
    return [row for (row,) in catalogue.connection().execute(sql, (start, start + HIGHEST, most))]


def _beginnings(text: str, column: str) -> str:
    """An FTS5 expression: every word but the last as it stands, the last as a beginning."""
    words = [token for piece in pieces(text) if piece not in ARTICLES for token in _atoms(piece)]
    if not words or (len(words) == 1 and len(words[0]) < 2 and not is_cjk(words[0])):
        return ""
    atoms = [f'"{word}"' for word in words[:-1]] + [f'"{words[-1]}"*']
    return f"{column} : ({' AND '.join(atoms)})"


def _atoms(piece: str) -> list[str]:
    if not is_cjk(piece):
        return [piece]
    return [two for two in tokens(piece) if len(two) == 2] or [piece]


def _begun(record: Record, typed: str) -> str:
    """The form of the title that the reader has begun, if it is not the one displayed."""
    begun = [form for form in record.titles if _fits(form, typed) or pinyin(form).startswith(typed.replace(" ", ""))]
    return "" if any(form.startswith(record.title) for form in begun) else next(iter(begun), "")


def _author(record: Record, typed: str) -> str:
    """The author that was begun, as the record displays the name; "" when it is none of its authors."""
    for form in record.author_forms:
        if _fits(form, typed) or pinyin(form).startswith(typed.replace(" ", "")):
            parts = set(pieces(form))
            return next((name for name in record.authors if parts & set(pieces(name))), form)
    return ""


def _fits(text: str, typed: str) -> bool:
    """Every typed word begins one of the text's, or stands in its Chinese characters."""
    held = pieces(text)
    return all(any(p.startswith(word) or (is_cjk(word) and word in p) for p in held) for word in typed.split())
