"""``shelfway import venue|shelves|catalogue|documents``: what a library has, read into its home.

An import that kept anything exits 0 and lists its faults; one that kept nothing is refused and leaves the home alone.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.errors import CommandError
from server.settings import load_settings
from spatial.plan import Fault

SHELVES, BAYS, TWIN, CATALOGUE, DOCUMENTS = "shelves.csv", "bays.csv", "twin", "catalogue.sqlite", "documents"


@dataclass(frozen=True, slots=True)
class Imported:
    """``body``: the JSON document of the command; ``lines``: the same for people."""

    body: dict[str, Any]
    lines: tuple[str, ...]


def import_venue(home: Path, src: Path) -> Imported:
    """IMDF folder or zip, or an OSM file, into ``home/twin``; a shelf list already there is placed anew."""
    from spatial.errors import VenueError
    from spatial.read_imdf import read_imdf
    from spatial.read_osm import read_osm
    from spatial.twin_file import save_twin

    _must_exist(src)
    elevations = load_settings(home).settings.elevations
    osm = src.is_file() and src.suffix.lower() in (".osm", ".xml")
    try:
        venue = read_osm(src, elevations) if osm else read_imdf(src, elevations)
    except VenueError as fault:
        first = f"; first fault: {fault.faults[0].file}: {fault.faults[0].message}" if fault.faults else ""
        told = [_fault(f, "feature_id") for f in fault.faults]
        raise CommandError(f"{fault}{first}", "bad_venue", str(src), faults=told) from fault
    plan, faults = venue.plan, list(venue.faults)
    shelves = home / TWIN / SHELVES
    if shelves.is_file():
        read = _read_shelves(shelves, plan, home / TWIN / BAYS)
        plan, faults = read[0], faults + list(read[1].faults)
    save_twin(plan, home / TWIN)
    origin = plan.origin
    body = {
        "counts": dict(venue.counts),
        "faults": [_fault(f, "feature_id") for f in faults],
        "origin": {"lat": origin.lat, "lon": origin.lon},
        "rotation_deg": origin.rotation_deg,
        "levels": [
            {"ordinal": lv.ordinal, "name": dict(lv.name), "short_name": dict(lv.short_name)} for lv in plan.levels
        ],
        "revision": plan.revision,
    }
    lines = [", ".join(f"{count} {kind}" for kind, count in venue.counts.items() if count)]
    return Imported(body, (*lines, *_people(faults)))


def import_shelves(home: Path, src: Path, bays: Path | None = None) -> Imported:
    """A shelf list (and bays) placed on the home's plan."""
    from spatial.twin_file import load_twin, save_twin

    _must_exist(src)
    if bays is not None:
        _must_exist(bays)
    plan, read = _read_shelves(src, load_twin(home / TWIN), bays)
    faults = read.faults
    if not read.faces:
        first = faults[0].message if faults else "the file has no rows"
        told = [_fault(f, "range_id") for f in faults]
        raise CommandError(
            f"no shelf face could be kept; first fault: {first}", "bad_shelf_list", str(src), faults=told
        )
    save_twin(plan, home / TWIN)
    _keep_copy(src, home / TWIN / SHELVES)
    if bays is not None:
        _keep_copy(bays, home / TWIN / BAYS)
    else:
        (home / TWIN / BAYS).unlink(missing_ok=True)
    body = {"read": read.read, "kept": len(read.faces), "faults": [_fault(f, "range_id") for f in faults]}
    return Imported(body, (f"{body['kept']} of {body['read']} shelf faces kept", *_people(faults)))


def import_catalogue(home: Path, sources: Sequence[Path]) -> Imported:
    """MARC files into ``home/catalogue.sqlite``; a record with an id that is there already replaces it."""
    from library.marc import iter_marc
    from library.store import Catalogue
    from library.values import Record, Refused

    for src in sources:
        _must_exist(src)
    refused: list[Refused] = []
    doubles: list[dict[str, Any]] = []
    read = kept = 0
    seen: dict[str, tuple[Path, int, int]] = {}

    def records() -> Iterator[Record]:
        nonlocal read, kept
        for src in sources:
            position = 0
            for found in iter_marc(src):
                if isinstance(found, Refused):
                    refused.append(found)
                    read += 1 if found.position else 0
                    position = found.position or position
                    continue
                read, kept, position = read + 1, kept + 1, position + 1
                earlier = seen.get(found.record_id)
                if earlier is not None and earlier[2] != hash(found):
                    doubles.append(_double(found.record_id, src, position, earlier))
                seen[found.record_id] = (src, position, hash(found))
                yield found

    stream = records()
    first = next(stream, None)
    if first is None:
        reason = refused[0].reason if refused else "no record found"
        raise CommandError(
            f"no record could be kept; first reason: {reason}", "bad_catalogue", ", ".join(map(str, sources))
        )
    home.mkdir(parents=True, exist_ok=True)
    with closing(Catalogue.open(home / CATALOGUE)) as catalogue:
        catalogue.put(_chain(first, stream))
    again = f", {kept - len(seen)} of them in place of an earlier one of the same id" if kept > len(seen) else ""
    body = {
        "read": read,
        "kept": kept,
        "replaced": kept - len(seen),
        "doubles": doubles,
        "refused": [{"file": r.file, "position": r.position, "reason": r.reason} for r in refused],
    }
    return Imported(
        body,
        (
            f"{kept} of {read} records kept{again}",
            *(f"{r.file}, record {r.position}: {r.reason}" for r in refused),
            *(f"{d['file']}, record {d['position']}: {d['message']}" for d in doubles),
        ),
    )


def import_documents(home: Path, sources: Sequence[Path]) -> Imported:
    """Documents (folders are walked) into passages; the files are copied to ``home/documents``."""
    from library.errors import DocumentError
    from library.passages import put_document
    from library.store import Catalogue

    files = list(_files(sources))
    refused: list[dict[str, str]] = []
    documents = passages = 0
    made = not (home / CATALOGUE).exists()
    home.mkdir(parents=True, exist_ok=True)
    with closing(Catalogue.open(home / CATALOGUE)) as catalogue:
        for file in files:
            try:
                passages += put_document(catalogue, file)
            except (DocumentError, OSError) as fault:
                refused.append({"file": str(file), "reason": str(fault)})
                continue
            documents += 1
            _keep_copy(file, home / DOCUMENTS / file.name)
    if not documents:
        if made:
            for part in home.glob(CATALOGUE + "*"):
                part.unlink()
        reason = refused[0]["reason"] if refused else "no file found"
        raise CommandError(
            f"no document could be kept; first reason: {reason}", "bad_document", ", ".join(map(str, sources))
        )
    body = {"documents": documents, "passages": passages, "refused": refused}
    told = (f"{r['file']}: {r['reason']}" for r in refused)
    counted = f"{documents} document{'s' if documents != 1 else ''}, {passages} passage{'s' if passages != 1 else ''}"
    return Imported(body, (counted, *told))


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("import", help="read a venue, shelf list, catalogue or documents into a home")
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="WHAT")
    venue = kinds.add_parser("venue", help="IMDF folder or zip, or an OSM file")
    venue.add_argument("src", type=Path, metavar="SRC")
    shelves = kinds.add_parser("shelves", help="shelf list, CSV")
    shelves.add_argument("src", type=Path, metavar="FILE.csv")
    shelves.add_argument("--bays", type=Path, metavar="FILE.csv", help="where each bay begins")
    catalogue = kinds.add_parser("catalogue", help="MARC 21, UNIMARC, MARCXML, MARC in JSON")
    catalogue.add_argument("src", type=Path, nargs="+", metavar="FILE")
    documents = kinds.add_parser("documents", help="txt, md, html, pdf, docx; folders are walked")
    documents.add_argument("src", type=Path, nargs="+", metavar="PATH")
    for child in (venue, shelves, catalogue, documents):
        child.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Import, then say what was kept and what not."""
    home = load_settings(args.home).settings.home
    if args.kind == "venue":
        done = import_venue(home, args.src)
    elif args.kind == "shelves":
        done = import_shelves(home, args.src, args.bays)
    elif args.kind == "catalogue":
        done = import_catalogue(home, args.src)
    else:
        done = import_documents(home, args.src)
    if args.json:
        print(json.dumps(done.body, ensure_ascii=False))
    else:
        print("\n".join(done.lines))
    return 0


def _read_shelves(src: Path, plan: Any, bays: Path | None) -> tuple[Any, Any]:
    from library.callnumber import key, span
    from spatial.read_shelves import read_shelves
    from spatial.twin_file import with_faces

    read = read_shelves(src, plan, span, key, bays if bays is not None and bays.is_file() else None)
    return with_faces(plan, read.faces), read


def _must_exist(src: Path) -> None:
    if not src.exists():
        raise CommandError("there is no such file or folder", "not_found", str(src))


def _keep_copy(src: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if src.resolve() != target.resolve():
        shutil.copyfile(src, target)


def _files(sources: Sequence[Path]) -> Iterator[Path]:
    for src in sources:
        _must_exist(src)
        if src.is_dir():
            yield from sorted(p for p in src.rglob("*") if p.is_file() and not p.name.startswith("."))
        else:
            yield src


def _double(record_id: str, src: Path, position: int, earlier: tuple[Path, int, int]) -> dict[str, Any]:
    message = (
        f"has the id {record_id} (001) of another record ({earlier[0]}, record {earlier[1]}), which it took the place "
        "of: give each record its own"
    )
    return {"file": str(src), "position": position, "record_id": record_id, "message": message}


def _chain(first: Any, rest: Iterable[Any]) -> Iterator[Any]:
    yield first
    yield from rest


def _fault(fault: Fault, id_name: str) -> dict[str, Any]:
    body: dict[str, Any] = {id_name: fault.feature_id, "file": fault.file, "message": fault.message}
    if fault.row is not None:
        body["row"] = fault.row
    return body


def _people(faults: Iterable[Fault]) -> Iterator[str]:
    for fault in faults:
        where = (
            f"{fault.file}"
            + (f", line {fault.row}" if fault.row else "")
            + (f", {fault.feature_id}" if fault.feature_id else "")
        )
        yield f"  {where}: {fault.message}"
