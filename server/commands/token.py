"""``shelfway token add|list|remove``: keys for devices, robots, kiosks, and programs that read open data."""

from __future__ import annotations

import argparse
import json
import time
from contextlib import closing

from server.audit import FILE as AUDIT
from server.audit import Audit
from server.errors import CommandError
from server.issued import FILE, ISSUED, Issued, today
from server.settings import load_settings

WHO = "staff:command"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("token", help="keys for devices, robots and programs: add, list, remove")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    add = acts.add_parser("add", help="make a key; it is shown this once")
    add.add_argument("--role", required=True, choices=ISSUED, help="what the key opens")
    add.add_argument("--name", required=True, help="who has it, for the list (“cart 1”)")
    add.add_argument("--days", type=float, help="days for which it is good (default: until it is removed)")
    add.add_argument("--quota", type=int, help="HTTP requests a day, from midnight UTC (default: no quota)")
    add.set_defaults(run=run_add)
    acts.add_parser("list", help="every key, without its secret").set_defaults(run=run_list)
    remove = acts.add_parser("remove", help="take a key back")
    remove.add_argument("id", help="the eight signs after sw_")
    remove.set_defaults(run=run_remove)


def run_add(args: argparse.Namespace) -> int:
    """Print the new key."""
    home = load_settings(args.home).settings.home
    if not home.is_dir():
        raise CommandError("there is no library here", "no_home", str(home))
    with closing(Issued(home / FILE)) as issued, closing(Audit(home / AUDIT)) as audit:
        made = issued.add(args.name, args.role, time.time(), args.days, args.quota)
        number = made.split("_")[1]
        audit.write(WHO, "token.add", {"id": number, "role": args.role, "days": args.days, "quota": args.quota})
    if args.json:
        print(json.dumps({"id": number, "role": args.role, "token": made}))
    else:
        print(made)
    return 0


def run_list(args: argparse.Namespace) -> int:
    """Print the keys."""
    home = load_settings(args.home).settings.home
    now = time.time()
    with closing(Issued(home / FILE)) as issued:
        keys = issued.list(now)
    if args.json:
        rows = [
            {"id": k.id, "name": k.name, "role": k.role, "made": today(k.made_s), "quota": k.quota,
             "until": today(k.until_s) if k.until_s is not None else None, "used_today": k.used_today}
            for k in keys
        ]  # fmt: skip
        print(json.dumps({"tokens": rows}, ensure_ascii=False))
        return 0
    for key in keys:
        until = (
            "for good" if key.until_s is None else f"{'until' if key.until_s > now else 'ended'} {today(key.until_s)}"
        )
        quota = f", {key.used_today} of {key.quota} today" if key.quota is not None else ""
        print(f"{key.id}  {key.role:8} {key.name}  ({until}{quota})")
    if not keys:
        print("there are no keys")
    return 0


def run_remove(args: argparse.Namespace) -> int:
    """Take it back."""
    home = load_settings(args.home).settings.home
    with closing(Issued(home / FILE)) as issued, closing(Audit(home / AUDIT)) as audit:
        if not issued.remove(args.id.removeprefix("sw_")[:8]):
            raise CommandError("there is no key of this id; see `shelfway token list`", "unknown_token", args.id)
        audit.write(WHO, "token.remove", {"id": args.id.removeprefix("sw_")[:8]})
    print(json.dumps({"removed": args.id}) if args.json else f"{args.id} opens nothing any more")
    return 0
