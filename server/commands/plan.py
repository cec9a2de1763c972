"""``shelfway plan close|open FEATURE…``, ``plan list``: what readers cannot pass at the moment.

It is written into the home; a server that runs on it takes it over at once and leads its readers another way.
"""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from server.audit import FILE as AUDIT
from server.audit import Audit
from server.errors import CommandError
from server.settings import load_settings

if TYPE_CHECKING:
    from spatial.changes import Change, Closable, Closed
    from spatial.plan import Plan


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("plan", help="close or open a door, lift, stairs or room")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    for name, line in (("close", "lead nobody through these"), ("open", "let readers through again")):
        act = acts.add_parser(name, help=line)
        act.add_argument("features", nargs="+", metavar="FEATURE", help="id or name of a door, lift, stairs or room")
        if name == "close":
            act.add_argument("--reason", metavar="TEXT", help="what readers are told, in any language")
        act.set_defaults(run=run_change)
    acts.add_parser("list", help="what is closed").set_defaults(run=run_list)


def run_change(args: argparse.Namespace) -> int:
    """Close or open; exit 1 when a feature is unknown or ambiguous, and then nothing is changed."""
    from spatial.changes import REASON_LENGTH, change, compare, update_closed

    plan, twin = _open(args)
    ids = [get_closable(plan, text).id for text in args.features]
    reason = getattr(args, "reason", None)
    if reason is not None and len(reason) > REASON_LENGTH:
        raise CommandError(f"a reason has at most {REASON_LENGTH} characters", "bad_reason", "--reason")
    labels = {"und": reason} if reason else None
    close, open_ = (ids, []) if args.act == "close" else ([], ids)
    with closing(Audit(twin.parent / AUDIT)) as audit:
        audit.write("staff:command", f"plan.{args.act}", {"features": ids})
    before, after = update_closed(twin, lambda now: change(now, close, open_, labels))
    _print(args, plan, after.closed, compare(plan, before.closed, after.closed))
    return 0


def run_list(args: argparse.Namespace) -> int:
    """Print what is closed."""
    from spatial.changes import load_closed

    plan, twin = _open(args)
    _print(args, plan, load_closed(twin).closed, ())
    return 0


def get_closable(plan: Plan, text: str) -> Closable:
    """The one thing that ``text`` names. Raises CommandError: unknown, or ambiguous with candidates."""
    from spatial.changes import find_closable

    found = find_closable(plan, text)
    if len(found) == 1:
        return found[0]
    if not found:
        told = f"there is no door, lift, stairs or room called “{text}”; use a name or id from the plan"
        raise CommandError(told, "unknown_place", text)
    candidates = [describe(thing) for thing in found]
    told = f"{len(found)} things are called “{text}”; name one by its id"
    raise CommandError(told, "ambiguous_place", text, candidates)


def describe(thing: Closable) -> dict[str, Any]:
    """A thing that can be closed, as JSON."""
    return {"id": thing.id, "kind": thing.kind, "name": dict(thing.name)}


def describe_closed(plan: Plan, closed: Closed) -> list[dict[str, Any]]:
    """Everything that is closed, as JSON; what the plan does not have has no kind."""
    from spatial.changes import list_closable

    known = {thing.id: thing for thing in reversed(list_closable(plan))}
    return [
        {**(describe(known[id_]) if id_ in known else {"id": id_, "kind": None, "name": {}}), "reason": dict(reason)}
        for id_, reason in closed.items()
    ]


def _open(args: argparse.Namespace) -> tuple[Plan, Path]:
    from server.commands.imports import TWIN
    from spatial.twin_file import load_twin

    twin = load_settings(args.home).settings.home / TWIN
    return load_twin(twin), twin


def _print(args: argparse.Namespace, plan: Plan, closed: Closed, changes: tuple[Change, ...]) -> None:
    from spatial.changes import say_change

    if args.json:
        changed = [{"id": c.what.id, "closed": c.closed} for c in changes]
        print(json.dumps({"closed": describe_closed(plan, closed), "changed": changed}, ensure_ascii=False))
        return
    for told in changes:
        print(say_change(told, "en"))
    if args.act == "list":
        for row in describe_closed(plan, closed):
            name = next(iter(row["name"].values()), "")
            print("  ".join(part for part in (row["id"], name, *row["reason"].values()) if part))
    if not changes and (args.act != "list" or not closed):
        print("nothing is closed" if not closed else "nothing changed")
