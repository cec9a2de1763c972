"""``shelfway bench NAME``: figures, measured by the scripts in the checkout's ``bench`` folder.

The scripts are not part of the installed package: they are loaded by path from the checkout that this package lies in.
What stands behind NAME is read by the bench itself; each prints one JSON document.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from server.errors import CommandError
from server.settings import load_settings

FOLDER = Path(__file__).resolve().parents[2] / "bench"
BENCHES = {
    "voice": "last voiced sample → first audio out, p50 and p95, with the embedded engines",
    "listen": "word error, right-book rate and false acceptance over spoken questions",
    "routing": "building time and time per route of a space and its pairs",
    "worlds": "worlds of books: seconds to paint and build, seam, cache, diffusion overhead",
    "twin": "the building as glTF: time, bytes, reading by three.js",
    "catalogue": "search time and right-title rate over a catalogue",
    "presence": "people on one core who see one another move, beside other servers; idle sessions; two servers",
    "questions": "the test set of questions, answered and judged",
    "dialogue": "conversations, answered twice and judged: accuracy, stability, speed, complex requests",
}

ALWAYS_JSON = {"catalogue", "twin", "worlds"}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    lines = "\n".join(f"  {name:10} {line}" for name, line in BENCHES.items())
    parser = subparsers.add_parser(
        "bench",
        help="measure: voice, listen, presence, routing, twin, worlds, catalogue, questions",
        epilog=f"benches:\n{lines}\n\n`shelfway bench NAME --help` tells a bench's own options",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", choices=BENCHES, metavar="NAME")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…", help="options of the bench")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run one bench; its exit code. Raises CommandError outside a checkout, and what the bench raises."""
    home = [] if args.home is None else ["--home", str(args.home)]
    rest = [*home, *(["--json"] if args.json else []), *args.rest]
    args.json = "--json" in rest
    module = load(args.name)
    if args.name == "routing":
        args.json = True
        return _routing(module, rest)
    if hasattr(module, "add_arguments"):
        return _own_arguments(module, args.name, rest)
    if args.name in ALWAYS_JSON:
        rest = [word for word in rest if word != "--json"]
    sys.argv = [f"shelfway bench {args.name}", *rest]
    return module.main() or 0


def load(name: str) -> ModuleType:
    """The bench's module. Raises CommandError outside a checkout."""
    path = FOLDER / f"{name}.py"
    if not path.is_file():
        text = "benches run from a checkout of the project, and this one is not there"
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


def _routing(module: ModuleType, rest: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="shelfway bench routing", description=BENCHES["routing"])
    parser.add_argument("--space", type=Path, help="GeoJSON: polygon(s), a feature or a collection")
    parser.add_argument("--pairs", type=Path, help="lines of x1,y1,x2,y2")
    parser.add_argument("--home", type=Path, help="without --space: routes through this home's building")
    parser.add_argument("--json", action="store_true", help="always so")
    options = parser.parse_args(rest)
    if (options.space is None) != (options.pairs is None):
        parser.error("--space and --pairs go together")
    if options.space is None:
        from server.home import open_home

        home = open_home(None, load_settings(options.home).settings)
        print(json.dumps(load("routing_home").measure(home)))
        return 0
    try:
        document = module.run_routing(options.space, options.pairs)
    except (ValueError, KeyError, TypeError) as fault:
        raise CommandError(str(fault), "bad_input", f"{options.space}, {options.pairs}") from fault
    print(json.dumps(document))
    return 0


def _own_arguments(module: ModuleType, name: str, rest: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog=f"shelfway bench {name}", description=BENCHES[name])
    module.add_arguments(parser)
    known = {option for action in parser._actions for option in action.option_strings}
    if "--home" not in known:
        parser.add_argument("--home", type=Path, default=None, metavar="DIR", help="the library's home")
    if "--json" not in known:
        parser.add_argument("--json", action="store_true", help="print one line of JSON")
    code: int = module.run(parser.parse_args(rest))
    return code
