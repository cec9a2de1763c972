"""``shelfway bench NAME``: figures, measured by the scripts in the checkout's ``bench`` folder.

The scripts are not part of the installed package: they are loaded by path from the checkout that this package lies in.
Each has ``add_arguments(parser)`` and ``run(args) -> int`` and prints one JSON document.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from server.errors import CommandError

FOLDER = Path(__file__).resolve().parents[2] / "bench"
BENCHES = {
    "voice": "last voiced sample → first audio out, p50 and p95, with the embedded engines",
    "listen": "word error, right-book rate and false acceptance over spoken questions",
    "routing": "building time and time per route of a space and its pairs",
    "catalogue": "search time and right-title rate over a catalogue",
    "answers": "the test set of questions, answered and judged",
}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("bench", help="measure: voice, listen, routing, catalogue")
    names = parser.add_subparsers(dest="name", required=True, metavar="NAME")
    for name, line in BENCHES.items():
        if (FOLDER / f"{name}.py").is_file():
            child = names.add_parser(name, help=line)
            if name in sys.argv:
                load(name).add_arguments(child)
    if not names.choices:
        names.add_parser("voice", help=BENCHES["voice"])
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run one bench; its exit code."""
    code: int = load(args.name).run(args)
    return code


def load(name: str) -> ModuleType:
    """The bench's module. Raises CommandError outside a checkout."""
    path = FOLDER / f"{name}.py"
    if not path.is_file():
        text = "benches run from a checkout of the project; this is an installed package"
        raise CommandError(text, "not_installed", str(path))
    spec = importlib.util.spec_from_file_location(f"bench_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    if str(FOLDER) not in sys.path:
        sys.path.insert(0, str(FOLDER))
    spec.loader.exec_module(module)
    return module
