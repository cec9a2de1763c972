"""``shelfway verify FILE``: who made a generated file, and is it still as it was made?"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from assets.errors import FormatError
from assets.label import describe_label
from server.errors import CommandError
from server.labelling import verify_file
from server.settings import load_settings


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("verify", help="labels and provenance of a generated file")
    parser.add_argument("file", type=Path, metavar="FILE", help="PNG, JPEG, WebP, WAV or GLB")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what the file says; exit 1 when it was altered."""
    try:
        read = verify_file(args.file, load_settings(args.home).settings.home)
    except FormatError as fault:
        raise CommandError(str(fault), "unknown_format", str(args.file)) from fault
    body = {"file": str(args.file), **describe_label(read)}
    if args.json:
        print(json.dumps(body, ensure_ascii=False))
    else:
        said = {"ai": "made by AI", "algorithmic": "made by rules, not by AI", "none": "no label"}[read.label]
        whole = {True: "intact", False: "ALTERED", None: "nothing to check"}[read.intact]
        by = f" by {read.provenance.producer} ({read.provenance.generator})" if read.provenance else ""
        print(f"{args.file}: {said}{by}; {whole}")
        for line in (*read.faults, *read.notes):
            print(f"  {line}")
    return 1 if read.intact is False else 0
