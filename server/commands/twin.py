"""``shelfway twin --out FILE.glb``: the building as a glTF file, whole or one level of it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from server.errors import CommandError
from server.settings import load_settings


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("twin", help="the building as a 3-D model (glTF)")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE.glb")
    parser.add_argument(
        "--level", metavar="L", help="only this level: its short name in any language, or # and ordinal"
    )
    parser.add_argument("--pack", action="store_true", help="make it smaller with meshoptimizer (extra [pack])")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the file; the same plan gives the same bytes."""
    from assets.twin import build_twin
    from assets.twin_pack import pack_twin
    from server.home import open_home
    from spatial.levels import describe_levels, find_levels

    home = open_home(None, load_settings(args.home).settings)
    plan = home.plan
    if plan is None:
        raise CommandError("the home has no building; import a venue first", "no_plan", str(home.settings.home))
    ordinal = None
    if args.level is not None:
        found = sorted({level.ordinal for level in find_levels(plan.levels, args.level)})
        if len(found) != 1:
            known = describe_levels(plan.levels)
            raise CommandError(
                f"“{args.level}” names {len(found)} levels; they are {known}", "unknown_place", "--level"
            )
        ordinal = found[0]
    model = build_twin(plan, ordinal)
    data = pack_twin(model.data) if args.pack else model.data
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_bytes(data)
    told = {
        "file": str(args.out),
        "bytes": len(data),
        "revision": model.revision,
        "levels": list(model.levels),
        "shelves": model.shelves,
        "triangles": model.triangles,
        "packed": bool(args.pack),
    }
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(f"{args.out}: {len(data):,} bytes, {len(model.levels)} levels, {model.shelves} shelf faces")
    return 0
