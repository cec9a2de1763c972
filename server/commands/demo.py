"""``shelfway demo``: make the demo library if it is absent, then serve it."""

from __future__ import annotations

import argparse
import sys

from server.commands.serve import add_address, flags_of, look_at
from server.settings import load_settings


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("demo", help="make the demo library if absent, then serve it")
    add_address(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make the home on the first run, then serve until SIGTERM or Ctrl-C."""
    flags = flags_of(args)
    home = load_settings(args.home, flags=flags).settings.home
    from server.demo_home import is_home, make_demo_home

    if not is_home(home):
        _say(f"making the demo library in {home}")
        make_demo_home(home, lambda step: _say(f"  {step}"))
    loaded = load_settings(args.home, flags=flags)
    settings = loaded.settings
    look_at(loaded)
    from server.build import build_parts
    from server.serving import serve

    _say("starting; open this address in a browser when it appears:")
    return serve(settings, lambda: build_parts(settings), lambda address: print(address, flush=True))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
