"""``shelfway poster``: a poster and a short script for a book, a shelf, a subject or a list, with a QR code."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args
from urllib.parse import quote

from server.errors import CommandError
from server.labelling import label_file, write_whole
from server.settings import Settings, load_settings
from wire.messages.base import Lang

if TYPE_CHECKING:
    from assets.brief import Brief
    from server.home import Home
    from server.worlds import Worlds

FORMATS = ("png", "pdf", "svg")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a poster is about. ``shelf``: where it is, in words; ``way``: the fragment that leads there."""

    brief: Brief
    record_id: str
    shelf: str
    way: str
    books: tuple[str, ...] = ()


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("poster", help="a poster and a script that recommend a book, a shelf or a theme")
    add_what(parser, idea=False)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="FILE.png, .pdf or .svg")
    parser.add_argument("--lang", choices=get_args(Lang), help="default: the first language here")
    parser.add_argument("--url", default=None, metavar="URL", help="this server's address, for the QR code")
    parser.set_defaults(run=run)


def add_what(parser: argparse.ArgumentParser, idea: bool) -> None:
    """Which book or theme, as ``world`` has it too."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("record", nargs="?", metavar="RECORD", help="a record id, or a title that only one record has")
    what.add_argument("--shelf", metavar="WORDS", help="a shelf's id or label, or words that find the books of a theme")
    what.add_argument("--list", type=Path, metavar="FILE", help="a text file with one record id or title a line")
    if idea:
        what.add_argument("--idea", metavar="WORDS", help="what somebody would like to see")
    parser.add_argument("--level", choices=("full", "easy"), default="full", help="easy: friendlier, short sentences")


def run(args: argparse.Namespace) -> int:
    """Make the poster and print its script."""
    from assets.painters import Watch
    from assets.poster import Place, draw_poster, poster_script, to_file
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
        about = _about(home, worlds, settings, args)
    finally:
        home.close()
    brief = about.brief
    base = (args.url or f"http://{settings.host}:{settings.port}").rstrip("/")
    place = Place(about.shelf, f"{base}/#{about.way}lang={brief.lang}")
    painter = worlds.painter
    panorama = painter.paint(brief, settings.world_width_px, Watch()).panorama
    page = draw_poster(brief, panorama, place, painter.label, about.books)
    write_whole(args.out, to_file(page, ending, brief.title))
    label_file(args.out, settings, painter.label, painter.name)
    body = {
        "file": str(args.out),
        "bytes": args.out.stat().st_size,
        "record_id": about.record_id,
        "title": brief.title,
        "books": list(about.books),
        "label": painter.label,
        "url": place.url,
        "shelf": about.shelf,
        "script": poster_script(brief, place, about.books),
    }
    print(json.dumps(body, ensure_ascii=False) if args.json else f"{args.out}\n{body['script']}")
    return 0


def _about(home: Home, worlds: Worlds, settings: Settings, args: argparse.Namespace) -> Subject:
    from server.commands.world import find_record_id, find_theme_of

    lang = args.lang or settings.languages[0]
    theme = find_theme_of(home, args.shelf, args.list)
    if theme is not None:
        brief = worlds.brief_of_theme(theme.name, theme.records, lang, args.level)
        names = tuple(dict.fromkeys(one.title for one in brief.neighbours))
        label = theme.face.label or theme.face.range_id if theme.face is not None else ""
        way = f"to={quote(theme.face.range_id)}&" if theme.face is not None else ""
        return Subject(brief, "", label, way, names)
    record_id = find_record_id(home.catalogue, args.record)
    brief = worlds.brief(record_id, None, None, lang, args.level)
    record = home.catalogue.get(record_id)
    located = home.books.locate(record)[0] if record is not None else None
    face = located.face if located is not None else None
    shelf = f"{face.label} · {located.item.call_number}" if face and located and located.item else ""
    return Subject(brief, record_id, shelf, f"record={quote(record_id)}&")
