"""``shelfway settings``: every setting, its value and its origin."""

from __future__ import annotations

import argparse
import json

from server.settings import describe, load_settings


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("settings", help="every setting, its value and its origin")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the effective settings; SettingsError when one is unknown or wrong."""
    rows = describe(load_settings(args.home))
    if args.json:
        print(json.dumps({"settings": rows}, ensure_ascii=False))
        return 0
    for row in rows:
        value = json.dumps(row["value"], ensure_ascii=False)
        print(f"{row['name']} = {value}\n    {row['description']}  [{row['origin']}]")
    return 0
