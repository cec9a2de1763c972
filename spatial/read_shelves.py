"""The shelf list (``shelves.csv``, fixed by the house) → shelf faces, with a fault for each row that is not usable.

This room knows no call numbers: whoever calls hands over ``span`` (first and last call number → half-open range of
sort keys) and ``key`` (call number → sort key); both raise ValueError for what they cannot read.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from shapely.geometry import Point

from spatial.errors import ShelfListError
from spatial.frames import Frame
from spatial.levels import describe_levels, find_levels
from spatial.plan import XY, Fault, Plan, ShelfFace, text_in

Span = Callable[[str, str, str], tuple[str, str]]
Key = Callable[[str, str], str]

SCHEMES = ("clc", "lcc", "ddc", "title", "local")
NEEDED = ("range_id", "label", "level", "scheme", "from", "to", "collection", "bays")
LONLAT = ("start_lon", "start_lat", "end_lon", "end_lat")
METRES = ("start_east_m", "start_north_m", "end_east_m", "end_north_m")
BAYS = ("range_id", "bay", "from")
MAX_BAYS = 1000
OUTSIDE_M = 1.0
"""How far the middle of a face may lie outside its level: walls have a thickness and outlines are drawn by hand."""
MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ShelvesRead:
    """Usable faces in file order, how many rows were read, and what was wrong (``row`` is the line in the file)."""

    faces: tuple[ShelfFace, ...]
    read: int
    faults: tuple[Fault, ...]


class _RowError(ValueError):
    pass


def read_shelves(src: Path, plan: Plan, span: Span, key: Key, bays: Path | None = None) -> ShelvesRead:
    """Faces of ``src`` placed on ``plan``. Raises ShelfListError when the file as a whole cannot be read.

    Rows with a fault are left out; ranges that overlap within one scheme and collection are kept and reported.
    """
    header, rows = _read_table(src, NEEDED)
    if not set(LONLAT) <= set(header) and not set(METRES) <= set(header):
        raise ShelfListError(
            f"{src.name} has neither the columns {','.join(LONLAT)} nor {','.join(METRES)}: add them", where=str(src)
        )
    faults: list[Fault] = []
    faces: dict[str, ShelfFace] = {}
    lines: dict[str, int] = {}
    frame, read = Frame(plan.origin), 0
    for line, row in rows:
        read += 1
        range_id = row.get("range_id", "")
        try:
            face = _face(row, plan, frame, span)
            if face.range_id in faces:
                raise _RowError(f"range_id {range_id} is on line {lines[range_id]} already: give each face its own id")
        except _RowError as fault:
            faults.append(Fault(src.name, str(fault), range_id or None, line))
            continue
        faces[face.range_id], lines[face.range_id] = face, line
    faults.extend(
        Fault(src.name, message, b.range_id, lines[b.range_id]) for _, b, message in overlapping(faces.values())
    )
    if bays is not None:
        faults.extend(_read_bays(bays, faces, key))
    return ShelvesRead(tuple(faces.values()), read, tuple(faults))


def overlapping(faces: Iterable[ShelfFace]) -> list[tuple[ShelfFace, ShelfFace, str]]:
    """Pairs of faces of one scheme and collection whose ranges share keys, and a sentence on each pair."""
    shelves: dict[tuple[str, str], list[ShelfFace]] = {}
    for face in faces:
        shelves.setdefault((face.scheme, face.collection), []).append(face)
    found = []
    for group in shelves.values():
        group.sort(key=lambda f: (f.low_key, f.high_key))
        widest: ShelfFace | None = None
        for face in group:
            if widest is not None and face.low_key < widest.high_key:
                message = (
                    f"{face.range_id} ({face.from_text}…{face.to_text}) overlaps {widest.range_id} "
                    f"({widest.from_text}…{widest.to_text}): let each range begin after the one before it ends"
                )
                found.append((widest, face, message))
            if widest is None or face.high_key > widest.high_key:
                widest = face
    return found


def _face(row: Mapping[str, str], plan: Plan, frame: Frame, span: Span) -> ShelfFace:
    if not row["range_id"]:
        raise _RowError("range_id is empty: give the face an id")
    levels = find_levels(plan.levels, row["level"])
    if not levels:
        known = describe_levels(plan.levels)
        raise _RowError(f"level {row['level']!r} is not in the venue: write one of {known}")
    if len(levels) > 1:
        raise _RowError(f"level {row['level']!r} names {len(levels)} levels: write one of {describe_levels(levels)}")
    scheme = row["scheme"].lower()
    if scheme not in SCHEMES:
        raise _RowError(f"scheme {row['scheme']!r} is unknown: write one of {', '.join(SCHEMES)}")
    if not row["from"] or not row["to"]:
        raise _RowError("from or to is empty: write the first and the last call number on the face")
    try:
        low, high = span(scheme, row["from"], row["to"])
    except ValueError as error:
        raise _RowError(f"range {row['from']!r}…{row['to']!r}: {error}") from error
    if low >= high:
        raise _RowError(f"range {row['from']!r}…{row['to']!r} is reversed: write the first call number in from")
    start, end = _line(row, frame)
    if math.dist(start, end) < 0.05:
        raise _RowError("start and end are the same place: give the two ends of the face")
    middle = Point((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    outside = float(levels[0].outline.distance(middle))
    if outside > OUTSIDE_M:
        here = text_in(levels[0].name, plan.language) or row["level"]
        raise _RowError(f"the face lies {outside:.1f} m outside {here}: check its coordinates and its level")
    extra = {k: v for k, v in row.items() if k not in (*NEEDED, *LONLAT, *METRES) and v}
    return ShelfFace(
        row["range_id"], row["label"] or row["range_id"], levels[0].id, scheme, row["from"], row["to"], low, high,
        row["collection"], _bays(row["bays"]), start, end, (), extra,
    )  # fmt: skip


def _bays(text: str, column: str = "bays") -> int:
    try:
        bays = int(text)
    except ValueError:
        raise _RowError(f"{column} is {text!r}: write a whole number") from None
    if not 1 <= bays <= MAX_BAYS:
        raise _RowError(f"{column} is {bays}: write a number from 1 to {MAX_BAYS}")
    return bays


def _line(row: Mapping[str, str], frame: Frame) -> tuple[XY, XY]:
    for columns in (METRES, LONLAT):
        texts = [row.get(c, "") for c in columns]
        if not any(texts):
            continue
        numbers = []
        for column, text in zip(columns, texts, strict=True):
            try:
                number = float(text)
            except ValueError:
                number = math.nan
            if not math.isfinite(number):
                raise _RowError(f"{column} is {text!r}: write a number")
            numbers.append(number)
        if columns is METRES:
            return (numbers[0], numbers[1]), (numbers[2], numbers[3])
        if any(abs(lon) > 180 for lon in numbers[::2]) or any(abs(lat) > 90 for lat in numbers[1::2]):
            raise _RowError(f"{','.join(texts)} is not on Earth: longitude within ±180, latitude within ±90")
        return frame.to_map(numbers[0], numbers[1]), frame.to_map(numbers[2], numbers[3])
    raise _RowError("start and end have no coordinates: fill in the lon/lat or the east/north columns")


def _read_bays(src: Path, faces: dict[str, ShelfFace], key: Key) -> list[Fault]:
    """Put the bay starts of ``src`` on ``faces``; rows that do not fit are faults."""
    faults: list[Fault] = []
    starts: dict[str, dict[int, str]] = {}
    _, rows = _read_table(src, BAYS)
    for line, row in rows:
        range_id = row["range_id"]
        face = faces.get(range_id)
        try:
            if face is None:
                raise _RowError(f"range_id {range_id!r} is not in the shelf list: correct it or add the face")
            bay = _bays(row["bay"], "bay")
            if bay > face.bays:
                raise _RowError(f"bay {bay} of {range_id}, which has {face.bays} bays: correct one of the two")
            if bay in starts.get(range_id, {}):
                raise _RowError(f"bay {bay} of {range_id} is given twice: keep one row")
            try:
                low = key(face.scheme, row["from"])
            except ValueError as error:
                raise _RowError(f"from {row['from']!r}: {error}") from error
        except _RowError as fault:
            faults.append(Fault(src.name, str(fault), range_id or None, line))
            continue
        starts.setdefault(range_id, {})[bay] = low
    for range_id, by_bay in starts.items():
        ordered = sorted(by_bay.items())
        if any(a[1] > b[1] for a, b in pairwise(ordered)):
            message = f"the bays of {range_id} do not begin in rising order: bays there are estimated until put right"
            faults.append(Fault(src.name, message, range_id))
            continue
        faces[range_id] = replace(faces[range_id], bay_starts=tuple(ordered))
    return faults


def _read_table(src: Path, needed: tuple[str, ...]) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Header and (line, row) of a CSV file; blank lines are skipped, cells are trimmed."""
    try:
        if src.stat().st_size > MAX_BYTES:
            raise ShelfListError(
                f"{src.name} is larger than {MAX_BYTES} bytes: this is not a shelf list", where=str(src)
            )
        text = src.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ShelfListError(
            f"{src.name} is not UTF-8 (byte {error.start}): save it as CSV UTF-8", where=str(src)
        ) from error
    except OSError as error:
        raise ShelfListError(f"{src} cannot be read: {error.strerror}", where=str(src)) from error
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        missing = [column for column in needed if column not in header]
        if missing:
            raise ShelfListError(
                f"{src.name} lacks the columns {', '.join(missing)}: its first line must name them", where=str(src)
            )
        rows = []
        for cells in reader:
            if any(cell.strip() for cell in cells):
                padded = [cell.strip() for cell in cells] + [""] * (len(header) - len(cells))
                rows.append((reader.line_num, dict(zip(header, padded, strict=False))))
    except csv.Error as error:
        raise ShelfListError(f"{src.name}, line {reader.line_num}: {error}", where=str(src)) from error
    return header, rows
