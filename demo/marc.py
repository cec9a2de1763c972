"""Writes the demo catalogue as MARC 21 in UTF-8: the real books, and synthetic records for volume.

A copy in English is shelved by Dewey number and the first letters of its author (``823.7 AUS``), a copy in Chinese by
CLC number and book number (``I247.55/1``). Title and names in the other language stand in 246 and 880.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from pymarc import Field, Indicators, Leader, Record, Subfield

from demo.read_books import Book, read_books
from demo.shelving import Face, build_faces

SYNTHETIC_COUNT = 1200
GENERAL = "MAIN"
"""Location code of what stands in no special collection."""

BODIES = {"University of Chicago Press", "新华辞书社", "中国社会科学院语言研究所"}
"""Authors that are no persons."""

LANGUAGE = {"en": "eng", "zh": "chi"}


def write_catalogue() -> bytes:
    """The real books, ISO 2709."""
    taken: Counter[str] = Counter()
    out = []
    for book in read_books():
        taken[book.number] += 1
        out.append(_book_record(book, taken[book.number]).as_marc())
    return b"".join(out)


def write_synthetic() -> bytes:
    """Records that only fill the shelves, spread evenly over all faces, ISO 2709."""
    faces = build_faces()
    rounds = (divmod(i, len(faces)) for i in range(SYNTHETIC_COUNT))
    records = (_synthetic_record(number, faces[place], turn) for number, (turn, place) in enumerate(rounds, start=1))
    return b"".join(record.as_marc() for record in records)


def _field(tag: str, indicators: str, *parts: tuple[str, str]) -> Field:
    subfields = [Subfield(code, text) for code, text in parts if text]
    return Field(tag=tag, indicators=Indicators(indicators[0], indicators[1]), subfields=subfields)


def _start(record_id: str, language: str, year: int | None) -> Record:
    record = Record(force_utf8=True)
    record.leader = Leader("00000nam a2200000 i 4500")
    record.add_field(Field(tag="001", data=record_id))
    record.add_field(Field(tag="003", data="SWDEMO"))
    record.add_field(Field(tag="005", data="20250101000000.0"))
    date = f"s{year:04d}    " if year else "nuuuuuuuu"
    record.add_field(Field(tag="008", data=f"250101{date}xx{' ' * 18}{language} d".ljust(40)))
    return record


def _book_record(book: Book, place: int) -> Record:
    record = _start(book.id, LANGUAGE[book.edition], book.year)
    if book.edition == "en":
        record.add_field(_field("082", "04", ("a", book.number), ("2", "23")))
        holding = ("1 ", ("h", book.number), ("i", cutter(book.authors[0])))
    else:
        record.add_field(_field("084", "  ", ("a", book.number), ("2", "clc")))
        holding = ("7 ", ("h", book.number), ("i", str(place)), ("2", "clc"))
    main, *others = zip(book.authors, _padded(book.other_authors, len(book.authors)), strict=True)
    linked: list[Field] = []
    record.add_field(_name("100", main, linked))
    head, rest = split_title(book.title)
    responsible = "; ".join(direct(name) for name in book.authors)
    title = [("a", f"{head} :" if rest else f"{head} /"), ("b", f"{rest} /" if rest else ""), ("c", responsible)]
    record.add_field(_field("245", f"1{skipped(book.title)}", *title))
    if book.other_title:
        head, rest = split_title(book.other_title)
        record.add_field(_field("246", "31", ("a", f"{head} :" if rest else head), ("b", rest)))
    if book.year:
        record.add_field(_field("264", " 1", ("c", str(book.year))))
    record.add_field(_field("336", "  ", ("a", "text"), ("b", "txt"), ("2", "rdacontent")))
    ordered = [book.summary_en, book.summary_zh] if book.edition == "en" else [book.summary_zh, book.summary_en]
    for summary in ordered:
        record.add_field(_field("520", "  ", ("a", summary)))
    for subject in book.subjects_en:
        record.add_field(_field("650", " 7", ("a", subject), ("2", "local")))
    for subject in book.subjects_zh:
        record.add_field(_field("650", " 7", ("a", subject), ("2", "local")))
    for pair in others:
        record.add_field(_name("700", pair, linked))
    indicators, *call = holding
    record.add_field(
        _field("852", str(indicators), ("b", book.location), *call, ("p", f"SW{int(book.id[-4:]):08d}"))  # type: ignore[arg-type]
    )
    record.add_field(*linked)
    return record


def _padded(names: tuple[str, ...], count: int) -> tuple[str, ...]:
    return (names + ("",) * count)[:count]


def _name(tag: str, pair: tuple[str, str], linked: list[Field]) -> Field:
    """The name in the edition's language; its form in the other one goes to a linked 880."""
    name, other = pair
    tag, kind = (f"{tag[0]}10", "2") if name in BODIES else (tag, "1" if "," in name else "0")
    if not other:
        return _field(tag, f"{kind} ", ("a", name))
    number = len(linked) + 1
    linked_kind = kind if kind == "2" else "1" if "," in other else "0"
    linked.append(_field("880", f"{linked_kind} ", ("6", f"{tag}-{number:02d}"), ("a", other)))
    return _field(tag, f"{kind} ", ("6", f"880-{number:02d}"), ("a", name))


def direct(name: str) -> str:
    """The name as it is spoken: Austen, Jane → Jane Austen."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma else name


def split_title(title: str) -> tuple[str, str]:
    """Title and subtitle, parted by a colon of either script."""
    head, _, rest = re.sub("：", ": ", title).partition(": ")
    return head, rest


def skipped(title: str) -> int:
    """How many characters of an article sorting leaves out (second indicator of 245)."""
    found = re.match(r"(?:The|An|A) ", title)
    return len(found[0]) if found else 0


def cutter(name: str) -> str:
    """The first three letters of the name, without accents, in capitals."""
    plain = unicodedata.normalize("NFD", name)
    return "".join(ch for ch in plain if ch.isascii() and ch.isalpha())[:3].upper()


def _synthetic_record(number: int, face: Face, turn: int) -> Record:
    """``turn``: how many records the face got before; they take its first and its last class by turns."""
    english = face.scheme == "ddc"
    record = _start(f"synthetic-{number:04d}", "eng" if english else "chi", None)
    base = face.first if turn % 2 == 0 else face.last
    author = f"Sample Author {number % 50 + 1:02d}"
    if english:
        base = f"{base}{'' if '.' in base else '.'}{turn + 1}"
        call: list[tuple[str, str]] = [("h", base), ("i", f"S{number:04d}")]
    else:
        call = [("h", base), ("i", str(900 + turn)), ("2", "clc")]
    record.add_field(_field("082", "04", ("a", base)) if english else _field("084", "  ", ("a", base), ("2", "clc")))
    record.add_field(_field("100", "0 ", ("a", author)))
    title = f"Synthetic record {number:04d}: filler volume of face {face.label}"
    record.add_field(_field("245", "10", ("a", title)))
    record.add_field(_field("500", "  ", ("a", "Synthetic record made for volume; there is no such book.")))
    record.add_field(_field("599", "  ", ("a", "SYNTHETIC")))
    record.add_field(
        _field("852", "1 " if english else "7 ", ("b", face.collection or GENERAL), *call, ("p", f"SX{number:08d}"))
    )
    return record
