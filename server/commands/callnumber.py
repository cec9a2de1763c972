"""``shelfway callnumber sort|key --scheme S [FILE]``: call numbers in shelf order or with their keys."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from library.callnumber import SCHEMES, key, sort_lines
from library.errors import CallNumberError


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("callnumber", help="sort call numbers, or show their keys")
    actions = parser.add_subparsers(dest="action", required=True, metavar="sort|key")
    for name, does in (("sort", "the lines in shelf order, unreadable ones last"), ("key", "each line's sort key")):
        action = actions.add_parser(name, help=does)
        action.add_argument("--scheme", required=True, choices=SCHEMES, help="classification of the call numbers")
        action.add_argument("file", nargs="?", default="-", metavar="FILE", help="one a line (default: stdin)")
        action.add_argument("--json", action="store_true", help="print one JSON document")
        action.add_argument("--home", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 when the lines were read, 1 when the file cannot be read as UTF-8 text."""
    try:
        lines = _read_lines(args.file)
    except (OSError, UnicodeDecodeError) as error:
        return _refuse(args, error)
    faults = _faults(args.scheme, lines)
    if args.action == "sort":
        ordered = sort_lines(args.scheme, lines)
        if args.json:
            _print({"scheme": args.scheme, "lines": ordered, "unreadable": faults})
        else:
            sys.stdout.writelines(line + "\n" for line in ordered)
    elif args.json:
        rows = [{"line": line, "key": _key_or_none(args.scheme, line)} for line in lines]
        _print({"scheme": args.scheme, "keys": rows, "unreadable": faults})
    else:
        sys.stdout.writelines(f"{_key_or_none(args.scheme, line) or ''}\t{line}\n" for line in lines)
    if not args.json:
        for fault in faults:
            print(f"row {fault['row']}: {fault['message']}", file=sys.stderr)
    return 0


def _read_lines(name: str) -> list[str]:
    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    lines = [line.removesuffix("\r") for line in data.decode("utf-8-sig").split("\n")]
    return lines[:-1] if lines[-1] == "" else lines


def _key_or_none(scheme: str, line: str) -> str | None:
    try:
        return key(scheme, line)
    except CallNumberError:
        return None


def _faults(scheme: str, lines: list[str]) -> list[dict[str, str | int]]:
    faults: list[dict[str, str | int]] = []
    for row, line in enumerate(lines, 1):
        try:
            key(scheme, line)
        except CallNumberError as error:
            faults.append({"row": row, "line": line, "message": str(error)})
    return faults


def _refuse(args: argparse.Namespace, error: OSError | UnicodeDecodeError) -> int:
    if isinstance(error, UnicodeDecodeError):
        why = f"not UTF-8 text: byte 0x{error.object[error.start]:02x} at offset {error.start}; save it as UTF-8"
        fault = {"error": why, "code": "bad_encoding", "where": args.file}
    else:
        fault = {"error": error.strerror or "cannot be read", "code": "cannot_read", "where": args.file}
    if args.json:
        _print(fault)
    else:
        print(f"{fault['where']}: {fault['error']}", file=sys.stderr)
    return 1


def _print(document: object) -> None:
    print(json.dumps(document, ensure_ascii=False))
