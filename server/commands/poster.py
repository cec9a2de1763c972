"""``shelfway poster RECORD --out FILE``: a poster and a short script that recommend a book, with a QR code."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import get_args
from urllib.parse import quote

from server.errors import CommandError
from server.labelling import label_file, write_whole
from server.settings import load_settings
from wire.messages.base import Lang

FORMATS = ("png", "pdf", "svg")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("poster", help="a poster and a script that recommend a book")
    parser.add_argument("record", metavar="RECORD", help="a record id, or a title that only one record has")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="FILE.png, .pdf or .svg")
    parser.add_argument("--lang", choices=get_args(Lang), help="default: the first language here")
    parser.add_argument("--url", default=None, metavar="URL", help="this server's address, for the QR code")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make the poster and print its script."""
    from assets.painters import Watch
    from assets.poster import Place, draw_poster, poster_script, to_file
    from server.commands.world import find_record_id
    from server.home import open_home
    from server.worlds import Worlds

    ending = args.out.suffix.lower().lstrip(".")
    if ending not in FORMATS:
        raise CommandError(f"a poster is a .png, .pdf or .svg file, not {args.out.name!r}", "unknown_format", "--out")
    if not args.out.parent.is_dir():
        raise CommandError(f"there is no folder {args.out.parent}; make it first", "cannot_write", "--out")
    settings = load_settings(args.home).settings
    home = open_home(None, settings)
    try:
        worlds = Worlds(home.catalogue, settings)
        record_id = find_record_id(home.catalogue, args.record)
        brief = worlds.brief(record_id, None, None, args.lang or settings.languages[0])
        record = home.catalogue.get(record_id)
        located = home.books.locate(record)[0] if record is not None else None
    finally:
        home.close()
    face = located.face if located is not None else None
    shelf = f"{face.label} · {located.item.call_number}" if face and located and located.item else ""
    base = (args.url or f"http://{settings.host}:{settings.port}").rstrip("/")
    place = Place(shelf, f"{base}/#record={quote(record_id)}&lang={brief.lang}")
    painter = worlds.painter
    panorama = painter.paint(brief, settings.world_width_px, Watch()).panorama
    write_whole(args.out, to_file(draw_poster(brief, panorama, place, painter.label), ending, brief.title))
    label_file(args.out, settings, painter.label, painter.name)
    body = {
        "file": str(args.out),
        "bytes": args.out.stat().st_size,
        "record_id": record_id,
        "title": brief.title,
        "label": painter.label,
        "url": place.url,
        "shelf": shelf,
        "script": poster_script(brief, place),
    }
    print(json.dumps(body, ensure_ascii=False) if args.json else f"{args.out}\n{body['script']}")
    return 0
