"""``shelfway worker``: paints the worlds of books for all servers of a library, on this machine."""

from __future__ import annotations

import argparse
import asyncio

from server.errors import CommandError
from server.settings import load_settings


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("worker", help="paint worlds for the servers of a library, on this machine")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Work until SIGTERM or Ctrl-C. One world at a time: start one worker for each graphics card."""
    settings = load_settings(args.home).settings
    if settings.hub_url is None:
        raise CommandError("a worker finds its work in Redis: set hub_url, as the servers have it", "no_hub", "hub_url")
    from server.build import open_store
    from server.home import open_home
    from server.painting import PaintingWorker
    from server.worlds import Worlds

    home = open_home(None, settings)
    try:
        worlds = Worlds(home.catalogue, settings, open_store(settings))
        painter = worlds.painter.name  # a model that is missing is told now, not at the first job
        if not args.json:
            print(f"painting with {painter} for {settings.hub_url.rpartition('@')[2]}", flush=True)
        asyncio.run(PaintingWorker(worlds, settings.hub_url).run())
    finally:
        home.close()
    return 0
