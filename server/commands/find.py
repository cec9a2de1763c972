"""``shelfway find QUERY``: search the catalogue; each hit with its shelf."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from server.errors import CommandError
from server.settings import load_settings

if TYPE_CHECKING:
    from server.home import Home


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("find", help="search the catalogue")
    parser.add_argument("query", nargs="?", metavar="QUERY")
    parser.add_argument("--limit", type=int, default=10, metavar="N")
    parser.add_argument("--batch", type=Path, metavar="FILE", help="many queries, one a line; one JSON document a line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print ranked records."""
    from server.home import open_home

    if (args.query is None) == (args.batch is None):
        raise SystemExit(_usage("give either QUERY or --batch FILE"))
    if not 1 <= args.limit <= 1000:
        raise SystemExit(_usage("--limit must be between 1 and 1000"))
    home = open_home(None, load_settings(args.home).settings)
    if args.batch is not None:
        for line in read_lines(args.batch, blank=True):
            print(json.dumps(_body(home, _query(line), args.limit), ensure_ascii=False))
        return 0
    body = _body(home, args.query, args.limit)
    if args.json:
        print(json.dumps(body, ensure_ascii=False))
        return 0
    for hit in body["hits"]:
        shelf = hit["shelf"]
        where = f"{shelf['label']}, bay {shelf['bay']}" if shelf else "no shelf on the map"
        print(f"{hit['record_id']}  {hit['title']}  {', '.join(hit['authors'])}  [{hit['call_number']}]  {where}")
    if not body["hits"]:
        print("nothing found")
    return 0


def read_lines(path: Path, blank: bool = False) -> list[str]:
    """The lines of a batch file. Raises CommandError when it cannot be read as UTF-8.

    ``blank``: keep blank lines, so that what is made of the lines pairs with them.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as fault:
        raise CommandError(fault.strerror or "cannot be read", "cannot_read", str(path)) from None
    except UnicodeDecodeError as fault:
        raise CommandError(
            f"the file is not UTF-8 (byte {fault.start}); save it as UTF-8", "bad_batch", str(path)
        ) from None
    if lines[-1] == "":
        lines.pop()
    return [line for line in lines if blank or line.strip()]


def _query(line: str) -> str:
    """A line of a batch: a JSON object with ``query`` (or ``question``), a JSON string, or plain text."""
    if line.lstrip().startswith(("{", '"')):
        try:
            value = json.loads(line)
        except ValueError:
            return line.strip()
        if isinstance(value, dict):
            return str(value.get("query", value.get("question", value.get("text", ""))))
        if isinstance(value, str):
            return value
    return line.strip()


def _body(home: Home, query: str, limit: int) -> dict[str, Any]:
    from server import translate

    hits = [translate.item_body(located, home.plan) for located in home.find_items(query, limit)]
    return {"query": query, "hits": [hit.model_dump(mode="json") for hit in hits]}


def _usage(text: str) -> int:
    import sys

    print(f"shelfway find: {text}", file=sys.stderr)
    return 2
