"""``shelfway world RECORD --out FILE.glb``: the world of a book, a theme or an idea as one glTF file, labelled."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from server.commands.poster import add_what
from server.errors import CommandError
from server.labelling import sidecar_of, write_whole
from server.settings import load_settings
from wire.messages.base import Lang

if TYPE_CHECKING:
    from library.store import Catalogue
    from server.home import Home
    from server.themes import Theme
    from server.worlds import Finished


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("world", help="the world of a book, to be entered in glasses or Unity")
    add_what(parser, idea=True)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.glb")
    parser.add_argument("--painter", choices=("procedural", "diffusion"), help="default: the setting painter")
    parser.add_argument("--model", type=Path, metavar="DIR", help="a diffusers pipeline folder, for diffusion")
    parser.add_argument("--lang", choices=get_args(Lang), help="language of the words in it; default: the first here")
    parser.add_argument("--width", type=int, metavar="PX", help="width of the panorama; default: world_width_px")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make the world and write it. The same record and home give the same GLB."""
    from server.home import open_home
    from server.worlds import Worlds

    flags = {"painter": args.painter, "painter_model": args.model, "world_width_px": args.width}
    settings = load_settings(args.home, flags=flags).settings
    if not args.out.parent.is_dir():
        raise CommandError(f"there is no folder {args.out.parent}; make it first", "cannot_write", "--out")
    home = open_home(None, settings)
    try:
        worlds = Worlds(home.catalogue, settings)
        lang = args.lang or settings.languages[0]
        theme = find_theme_of(home, args.shelf, args.list)
        if theme is not None:
            brief = worlds.brief_of_theme(theme.name, theme.records, lang, args.level)
        elif args.idea is not None:
            brief = worlds.brief(None, None, args.idea, lang, args.level)
        else:
            brief = worlds.brief(find_record_id(home.catalogue, args.record), None, None, lang, args.level)
        finished = worlds.make(brief, _watch(args.json))
    finally:
        home.close()
    write_whole(args.out, finished.labelled.data)
    sidecar = sidecar_of(args.out)
    if finished.labelled.sidecar is not None:
        write_whole(sidecar, finished.labelled.sidecar)
    else:
        sidecar.unlink(missing_ok=True)
    body = _body(args.out, finished)
    if args.json:
        print(json.dumps(body, ensure_ascii=False))
    else:
        print(f"{args.out}: “{body['title']}”, {body['motif']}, {body['bytes']:,} bytes, {body['label']}")
    return 0


def find_theme_of(home: Home, shelf: str | None, listed: Path | None) -> Theme | None:
    """The theme that ``--shelf`` or ``--list`` names; None without either. Raises CommandError."""
    from server.themes import find_theme, read_list, theme_of_face, with_shelf

    if listed is not None:
        return with_shelf(read_list(home.catalogue, listed), home.books)
    if shelf is None:
        return None
    faces = home.plan.faces if home.plan is not None else ()
    named = theme_of_face(home.catalogue, home.books, faces, shelf.strip())
    return with_shelf(named or find_theme(home.catalogue, shelf), home.books)


def find_record_id(catalogue: Catalogue, text: str) -> str:
    """The record of an id, or of a whole title. Raises CommandError: unknown, or several with candidates."""
    if catalogue.get(text) is not None:
        return text
    from library.search import search

    found = [hit.record for hit in search(catalogue, text[:300], limit=10) if hit.exact]
    if len(found) == 1:
        return found[0].record_id
    if not found:
        raise CommandError(
            f"the catalogue holds no record {text[:80]!r}; shelfway find shows ids", "unknown_record", "RECORD"
        )
    candidates = [{"record_id": r.record_id, "title": r.title, "authors": list(r.authors)} for r in found]
    raise CommandError(f"{len(found)} records are called that; give an id", "ambiguous_record", "RECORD", candidates)


def _watch(quiet: bool) -> Any:
    from assets.painters import Watch

    if quiet or not sys.stderr.isatty():
        return Watch()
    return Watch(lambda done, of, preview: print(f"\r{done}/{of}", end="" if done < of else "\n", file=sys.stderr))


def _body(path: Path, finished: Finished) -> dict[str, Any]:
    data, brief, facts = finished.labelled.data, finished.brief, finished.facts
    return {
        "file": str(path),
        "bytes": len(data),
        "hash": hashlib.sha256(data).hexdigest(),
        "sidecar": str(sidecar_of(path)) if finished.labelled.sidecar is not None else None,
        "record_id": brief.record_id,
        "title": brief.title,
        "lang": brief.lang,
        "motif": brief.motif,
        "time": brief.time,
        "painter": facts.painter,
        "label": facts.label,
        "licence": facts.licence,
        "prompt": facts.prompt,
        "quotations": [{"text": q.text, "source": q.source, "lang": q.lang} for q in brief.quotations],
        "hotspots": finished.hotspots,
        "portals": finished.portals,
        "props": finished.props,
    }
