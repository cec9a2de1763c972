"""Themes: the books of a shelf, of a subject, or of a list that staff have written, and the shelf where most stand.

A list is a text file: one record id or whole title a line; lines that begin with # are comments, the first
of them names the theme. Errors: CommandError.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from server.errors import CommandError

if TYPE_CHECKING:
    from avatars.books import Books
    from library.store import Catalogue
    from library.values import Record
    from spatial.plan import ShelfFace

MOST_BOOKS = 40


@dataclass(frozen=True, slots=True)
class Theme:
    """``records``: its books, those to name first in front. ``face``: where most of them stand; None when nowhere."""

    name: str
    records: tuple[Record, ...]
    face: ShelfFace | None = None


def find_theme(catalogue: Catalogue, words: str) -> Theme:
    """The books that a search for these words finds: a subject, a class, an author."""
    from library.search import search

    return Theme(words.strip(), tuple(hit.record for hit in search(catalogue, words[:200], limit=MOST_BOOKS)))


def theme_of_face(catalogue: Catalogue, books: Books, faces: tuple[ShelfFace, ...], name: str) -> Theme | None:
    """The books of the shelf face of this id or label; None when no face is called so."""
    face = next((one for one in faces if name in (one.range_id, one.label)), None)
    if face is None:
        return None
    held = []
    for record in catalogue.records():
        if any(place.face is not None and place.face.range_id == face.range_id for place in books.locate(record)):
            held.append(record)
            if len(held) == MOST_BOOKS:
                break
    return Theme(face.label or face.range_id, tuple(held), face)


def read_list(catalogue: Catalogue, path: Path) -> Theme:
    """The theme of a staff list. Raises CommandError: no such file, a book that is not held, an empty list."""
    from server.commands.world import find_record_id

    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as fault:
        raise CommandError("the list cannot be read; give a UTF-8 text file", "not_found", str(path)) from fault
    name = next((line.lstrip("# ").strip() for line in lines if line.startswith("#")), path.stem)
    found = [catalogue.get(find_record_id(catalogue, line)) for line in lines if not line.startswith("#")]
    records = tuple(dict.fromkeys(record for record in found if record is not None))
    if not records:
        raise CommandError("the list names no book; write one record id or title a line", "no_brief", str(path))
    return Theme(name, records[:MOST_BOOKS])


def with_shelf(theme: Theme, books: Books) -> Theme:
    """The theme with the face where most of its books stand."""
    if theme.face is not None:
        return theme
    faces = [place.face for record in theme.records for place in books.locate(record)[:1] if place.face is not None]
    count = Counter(face.range_id for face in faces)
    most = count.most_common(1)
    face = next((one for one in faces if most and one.range_id == most[0][0]), None)
    return Theme(theme.name, theme.records, face)
