"""``shelfway backup --out FILE``: the home in one file, also while it is served."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from pathlib import Path

from server.audit import FILE as AUDIT
from server.audit import Audit
from server.backup import make_backup
from server.errors import CommandError
from server.settings import load_settings


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("backup", help="the home in one file, also while it is served")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write it (name.tar.gz)")
    parser.add_argument("--with-models", action="store_true", help="take fetched models too; they can be fetched again")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the back-up and tell what is in it."""
    home = load_settings(args.home).settings.home
    if not home.is_dir():
        raise CommandError("there is no library here", "no_home", str(home))
    with closing(Audit(home / AUDIT)) as audit:
        audit.write("staff:command", "home.backup", {"out": args.out.name})
    made = make_backup(home, args.out, args.with_models)
    if args.json:
        body = {"path": str(made.path), "files": made.files, "bytes": made.bytes, "left_out": list(made.left_out)}
        print(json.dumps(body, ensure_ascii=False))
    else:
        print(f"{made.path}: {made.files} files, {made.bytes / 1e6:.1f} MB before packing")
        for name in made.left_out:
            print(f"  not taken: {name}")
    return 0
