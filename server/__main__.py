"""``shelfway COMMAND``: one file in ``server/commands`` per command, imported only when it is asked for.

Exit codes: 0 done; 1 the input was refused, ambiguous or broken, with one document ``{error, code, where,
candidates?}`` under ``--json`` and a sentence on stderr otherwise; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "make the demo library if absent, then serve it"),
    "serve": ("serve", "serve a home to kiosks, glasses, Unity and robots"),
    "import": ("imports", "read a venue, shelf list, catalogue or documents into a home"),
    "check": ("check", "is this home fit for use?"),
    "find": ("find", "search the catalogue"),
    "route": ("route", "the walking way between two places"),
    "ask": ("ask", "ask the librarian"),
    "listen": ("listen", "hear a recorded question and answer it"),
    "say": ("say", "speak a text into a file, with times and mouth shapes"),
    "plan": ("plan", "close or open a door, lift, stairs or room"),
    "reader": ("reader", "what the home holds on a reader: export, erase, consents"),
    "token": ("token", "keys for devices, robots and programs: add, list, remove"),
    "twin": ("twin", "the building as a 3-D model (glTF)"),
    "world": ("world", "the world of a book, to be entered in glasses or Unity"),
    "worker": ("worker", "paint worlds for the servers of a library, on this machine"),
    "poster": ("poster", "a poster and a script that recommend a book"),
    "verify": ("verify", "labels and provenance of a generated file"),
    "audit": ("audit", "what staff did, and whether the log is whole"),
    "backup": ("backup", "the home in one file, also while it is served"),
    "restore": ("restore", "a home from a back-up"),
    "callnumber": ("callnumber", "sort call numbers, or show their keys"),
    "bench": ("bench", "measure: voice, listen, routing, twin, worlds, catalogue, questions"),
    "models": ("models", "the engines' models: list, fetch, check"),
    "doctor": ("doctor", "what is installed and what is missing"),
    "settings": ("settings", "every setting, its value and its origin"),
}
"""Command → (module in server.commands, help line)."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    parser = build_parser(_named(given))
    args = parser.parse_args(given)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as fault:  # the outermost edge: people get a sentence, never a traceback
        try:
            return refuse(fault, as_json=bool(getattr(args, "json", False)))
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1


def build_parser(command: str | None = None) -> argparse.ArgumentParser:
    """The parser; only ``command``'s own file is imported, the others are known by name."""
    parser = argparse.ArgumentParser(
        prog="shelfway", description="A library that answers by voice and leads to the shelf."
    )
    table = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", title="commands")
    for name, (module, line) in COMMANDS.items():
        if name == command:
            importlib.import_module(f"server.commands.{module}").add_parser(table)
            _complete(table.choices[name])
            table._choices_actions[-1].help = line
        else:
            table.add_parser(name, help=line)
    return parser


def refuse(fault: Exception, as_json: bool) -> int:
    """Tell why a command failed: a JSON document on stdout, or a sentence on stderr. Returns the exit code."""
    document = describe_fault(fault)
    if as_json:
        print(json.dumps(document, ensure_ascii=False), flush=True)
    else:
        where = f"{document['where']}: " if document["where"] else ""
        print(f"shelfway: {where}{document['error']}", file=sys.stderr)
        for candidate in document.get("candidates", ()):
            print(f"  {json.dumps(candidate, ensure_ascii=False)}", file=sys.stderr)
    return 1


def describe_fault(fault: Exception) -> dict[str, Any]:
    """``{error, code, where, candidates?}`` of any exception that reached the outermost edge."""
    from library.errors import LibraryError
    from server.errors import CommandError, SettingsError
    from server.refusals import code_of
    from spatial.errors import SpatialError

    document: dict[str, Any] = {"error": str(fault), "code": code_of(fault), "where": ""}
    if isinstance(fault, CommandError):
        document["where"] = fault.where
        if fault.candidates is not None:
            document["candidates"] = list(fault.candidates)
        if fault.faults is not None:
            document["faults"] = list(fault.faults)
    elif isinstance(fault, SettingsError | SpatialError | LibraryError):
        document["where"] = fault.where
    elif isinstance(fault, OSError):
        document["error"] = fault.strerror or type(fault).__name__
        document["where"] = str(fault.filename or "")
    if document["code"] == "internal":
        if sys.flags.dev_mode:
            traceback.print_exception(fault)
        last = traceback.extract_tb(fault.__traceback__)[-1:]
        document["where"] = "".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in last)
        document["error"] = f"a fault of the program: {type(fault).__name__}: {fault}"
    return document


def _named(given: list[str]) -> str | None:
    return next((word for word in given if not word.startswith("-")), None)


def _complete(parser: argparse.ArgumentParser) -> None:
    """Give every innermost parser ``--home`` and ``--json`` where the command has not declared them."""
    inner = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    for action in inner:
        for child in dict.fromkeys(action.choices.values()):
            _complete(child)
    if not inner:
        known = {option for a in parser._actions for option in a.option_strings}
        if "--home" not in known:
            help_text = "the library's home (default: $SHELFWAY_HOME, else ./home)"
            parser.add_argument("--home", type=Path, default=None, metavar="DIR", help=help_text)
        if "--json" not in known:
            parser.add_argument("--json", action="store_true", help="print one JSON document")


if __name__ == "__main__":
    sys.exit(main())
