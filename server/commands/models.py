"""``shelfway models list|fetch|check``: the engines' models: which there are, getting one, and what is missing."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from server.errors import CommandError
from server.settings import load_settings

if TYPE_CHECKING:
    from server.models_fetch import Progress
    from server.models_known import KnownModel


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("models", help="the engines' models: list, fetch, check")
    inner = parser.add_subparsers(required=True, metavar="list|fetch|check")
    listing = inner.add_parser("list", help="models that are known to work here")
    listing.set_defaults(run=run_list)
    fetching = inner.add_parser("fetch", help="get a model, after its licence has been shown and accepted")
    fetching.add_argument("name", metavar="NAME", help="a name of the list, or owner/name on the hub")
    fetching.add_argument("--from", dest="source", type=Path, metavar="DIR", help="take it from a folder carried here")
    fetching.add_argument("--mirror", metavar="URL", help="another address of the hub (default: $HF_ENDPOINT)")
    fetching.add_argument("--yes", action="store_true", help="the licence has been read and is accepted")
    fetching.set_defaults(run=run_fetch)
    checking = inner.add_parser("check", help="load what the settings name and say what is missing")
    checking.set_defaults(run=run_check)


def run_list(args: argparse.Namespace) -> int:
    """Print the known models and which of them are here."""
    from server.engines import models_folder
    from server.models_check import list_fetched
    from server.models_known import KNOWN

    settings = load_settings(args.home).settings
    here = list_fetched(settings)
    rows: list[dict[str, Any]] = [
        {
            "name": model.name, "for": model.purpose, "languages": list(model.languages), "licence": model.licence,
            "size_mb": model.size_mb, "source": model.repo or model.links[0][1], "note": model.note,
            "setting": model.setting.replace("%", model.name), "fetched": model.name in here,
        }
        for model in KNOWN
    ]  # fmt: skip
    others = sorted(here - {model.name for model in KNOWN})
    if args.json:
        body = {"folder": str(models_folder(settings)), "models": rows, "others": others}
        print(json.dumps(body, ensure_ascii=False))
        return 0
    for row in rows:
        mark = "here " if row["fetched"] else "     "
        langs = ", ".join(row["languages"]) or "any language"
        print(f"{mark} {row['name']}: {row['for']}, {langs}, {row['size_mb']} MB, {row['licence']}")
        print(f"       {row['note']}; {row['source']}\n       {row['setting']}")
    for name in others:
        print(f"here  {name}: not listed")
    return 0


def run_fetch(args: argparse.Namespace) -> int:
    """Show the licence, fetch, check, and say which setting uses the model."""
    from server.engines import models_folder
    from server.models_fetch import HUB, carry, fetch, list_wanted, read_licence, read_manifest
    from server.models_known import find_known, of_hub
    from server.models_web import Web

    settings = load_settings(args.home).settings
    folder = models_folder(settings)
    hub = (args.mirror or os.environ.get("HF_ENDPOINT") or HUB).rstrip("/")
    web = Web(os.environ.get("HF_TOKEN", ""))
    known = find_known(args.name)
    if known is None and ("/" not in args.name or args.source is not None):
        known = _carried(args.name, args.source)
    wanted = []
    if args.source is not None:
        assert known is not None
        told = read_manifest(args.source / known.name) or read_manifest(args.source) or {}
        licence, size = str(told.get("licence") or known.licence), known.size_mb
    else:
        licence = known.licence if known is not None else read_licence(args.name, web, hub)
        known = known or of_hub(args.name, licence, 0)
        wanted = list_wanted(known, web, hub)
        size = sum(one.size for one in wanted) >> 20 or known.size_mb
    _accept(args, known, licence, size, folder)
    progress, done = _show_progress(args.json)
    try:
        if args.source is not None:
            made = carry(known, args.source, folder, progress)
        else:
            made = fetch(known, wanted, folder, web, progress, licence)
    finally:
        done()
    path = folder / known.name
    setting = known.setting.replace("%", known.name)
    if args.json:
        print(json.dumps({**made, "path": str(path), "setting": setting}, ensure_ascii=False))
    else:
        megabytes = sum(one["size"] for one in made["files"].values()) >> 20
        print(f"{path}: {len(made['files'])} files, {megabytes} MB, checked")
        if setting:
            print(f"to use it, write into shelfway.toml:  {setting}")
    return 0


def run_check(args: argparse.Namespace) -> int:
    """Try everything that the settings name; 1 when something that was asked for does not work."""
    from server.models_check import check_models

    rows = check_models(load_settings(args.home).settings)
    sound = all(row.loadable for row in rows)
    if args.json:
        print(json.dumps({"sound": sound, "models": [asdict(row) for row in rows]}, ensure_ascii=False))
    else:
        for row in rows:
            mark = "ok     " if row.loadable else "MISSING" if not row.present else "broken "
            what = " ".join(part for part in (row.engine, row.model) if part)
            print(f"{mark}  {row.task} ({row.setting}): {what}" + (f"\n         {row.fault}" if row.fault else ""))
    return 0 if sound else 1


def _carried(name: str, source: Path | None) -> KnownModel:
    """A model that is not listed but lies in a folder carried here."""
    from server.models_known import KNOWN, of_hub

    if source is None or not all(c.isalnum() or c in "-_." for c in name) or name.startswith("."):
        raise CommandError(
            f"no model is called {name!r}: give a name of the list, or owner/name on the hub", "unknown_model", "NAME",
            candidates=[model.name for model in KNOWN],
        )  # fmt: skip
    return of_hub(name, "unknown", 0)


def _accept(args: argparse.Namespace, model: KnownModel, licence: str, size_mb: int, folder: Path) -> None:
    """Show what is fetched under which licence; go on only when that is accepted."""
    about = f"{model.name}: {model.purpose}, {size_mb} MB, from {args.source or model.repo or model.links[0][1]}"
    print(f"{about}\nlicence: {licence}\ninto {folder / model.name}", file=sys.stderr)
    if args.yes:
        return
    if args.json or not sys.stdin.isatty():
        raise CommandError(
            f"the licence of {model.name} ({licence}) has not been accepted: read it, then say --yes",
            "licence_not_accepted",
            "--yes",
        )
    if input("Accept the licence and fetch? [y/N] ").strip().lower() not in ("y", "yes"):
        raise CommandError(f"the licence of {model.name} was not accepted", "licence_not_accepted", "--yes")


def _show_progress(quiet: bool) -> tuple[Progress, Any]:
    """A bar a file on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        return (lambda name, had, total: None), (lambda: None)
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    bars = Bars(
        TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn(),
        console=Console(stderr=True),
    )  # fmt: skip
    tasks: dict[str, Any] = {}

    def show(name: str, had: int, total: int) -> None:
        if name not in tasks:
            tasks[name] = bars.add_task(name, total=total or None)
        bars.update(tasks[name], completed=had)

    bars.start()
    return show, bars.stop
