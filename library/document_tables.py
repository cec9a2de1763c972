"""Rows of tables in documents, read as sentences: "Undergraduates: 8 items; loan period 14 days"."""

from __future__ import annotations

import re

from library.sentence import Span

_RULER = re.compile(r"[\s|:+-]+")
_NUMBER = re.compile(r"[\d.,]+")
_TIMES = re.compile(r"renewals?|extensions?|续借次数|续借", re.IGNORECASE)
_NONE = re.compile(r"(?:none|no|–|—|-|无|不可)", re.IGNORECASE)


def cells(line: str) -> list[str]:
    """The cells of a row "| a | b |" or "a | b"; none when the line is no row."""
    line = line.strip()
    if line.count("|") < 1 or "\n" in line:
        return []
    found = [cell.strip() for cell in line.strip("|").split("|")]
    return found if len(found) > 1 else []


def read_rows(text: str, spans: list[Span]) -> dict[int, str]:
    """For each span that is a table's row: what it says, "" for the header and the ruler under it.

    A first row with words only, over at least one row of as many cells, is the header; its words go with each cell.
    """
    rows = [cells(text[start:end]) for start, end in spans]
    said: dict[int, str] = {}
    header: list[str] = []
    for number, row in enumerate(rows):
        if not row:
            header = []
            continue
        if _RULER.fullmatch(text[slice(*spans[number])]):
            said[number] = ""
            continue
        before, after = rows[number - 1] if number else [], rows[number + 1] if number + 1 < len(rows) else []
        if not before and len(after) == len(row) and not any(re.search(r"\d", cell) for cell in row):
            header, said[number] = row, ""
            continue
        said[number] = _sentence(row, header if len(header) == len(row) else [])
    return said


def _sentence(row: list[str], header: list[str]) -> str:
    if not header:
        return ": ".join(cell for cell in row if cell)
    parts = []
    for name, cell in zip(header[1:], row[1:], strict=True):
        if not cell:
            continue
        if _NONE.fullmatch(cell):
            parts.append(f"{name}: {cell}")
        elif _NUMBER.fullmatch(cell) and not _TIMES.fullmatch(name.strip()):
            parts.append(f"{cell} {name.lower()}")
        elif _NUMBER.fullmatch(cell):
            parts.append(f"{name.lower()} {cell}{'次' if re.search('[一-鿿]', name) else ' times'}")
        else:
            parts.append(f"{name.lower()} {cell}")
    return f"{row[0]}: {'; '.join(parts)}" if parts else row[0]
