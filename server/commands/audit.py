"""``shelfway audit``: what staff did, the newest first, and whether the log is whole."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime

from server.audit import FILE, Audit
from server.settings import load_settings


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("audit", help="what staff did, and whether the log is whole")
    parser.add_argument("--limit", type=int, default=50, help="entries at most, the newest (default: 50)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the log; exit 1 when an entry was changed or taken out."""
    path = load_settings(args.home).settings.home / FILE
    if not path.is_file():
        print(json.dumps({"entries": [], "broken_at": None}) if args.json else "nothing is written down yet")
        return 0
    with closing(Audit(path)) as audit:
        entries, broken_at = audit.read(max(1, args.limit)), audit.verify()
    if args.json:
        rows = [asdict(entry) for entry in entries]
        print(json.dumps({"entries": rows, "broken_at": broken_at}, ensure_ascii=False))
    else:
        for entry in entries:
            at = datetime.fromtimestamp(entry.at_s, UTC).strftime("%Y-%m-%d %H:%M:%S")
            print(f"{entry.number:6} {at} {entry.who}  {entry.act}  {json.dumps(entry.what, ensure_ascii=False)}")
        if broken_at is not None:
            print(f"entry {broken_at} does not follow from the one before: the log was changed from outside")
    return 0 if broken_at is None else 1
