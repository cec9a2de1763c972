"""``shelfway restore FILE``: a home from a back-up; the one before it is put aside."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from pathlib import Path

from server.agreed import FILE as READERS
from server.agreed import Kept
from server.audit import FILE as AUDIT
from server.audit import Audit
from server.backup import made_at, restore_backup
from server.settings import load_settings


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("restore", help="a home from a back-up; stop the server first")
    parser.add_argument("file", type=Path, metavar="FILE", help="what `shelfway backup` wrote")
    parser.add_argument("--force", action="store_true", help="put a home that is there aside")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check everything, then put it in place."""
    home = load_settings(args.home).settings.home
    made_s = made_at(args.file)
    aside = restore_backup(args.file, home, args.force)
    again = erase_again(aside, home, made_s) if aside is not None else 0
    with closing(Audit(home / AUDIT)) as audit:
        audit.write("staff:command", "home.restore", {"from": args.file.name, "erased_again": again})
    if args.json:
        print(json.dumps({"home": str(home), "aside": str(aside) if aside else None, "erased_again": again}))
    else:
        print(f"{home} is as it was backed up" + (f"; what was there lies in {aside}" if aside else ""))
    return 0


def erase_again(aside: Path, home: Path, made_s: float) -> int:
    """Forget in the restored home whoever was forgotten since the back-up was made; how many readers."""
    with closing(Kept(aside / READERS, {})) as before, closing(Kept(home / READERS, {})) as now:
        readers = before.erased_since(made_s)
        for reader in readers:
            now.erase(reader)
        return len(readers)
