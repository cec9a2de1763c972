"""``shelfway route --from PLACE --to PLACE``: the exact walking way, in points and in words."""

from __future__ import annotations

import argparse
import json

from server.errors import CommandError
from server.settings import load_settings

MOVED_TOLD_M = 0.6
"""Ends moved by less only keep their distance from a wall or the thing itself."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("route", help="the walking way between two places")
    parser.add_argument("--from", dest="start", metavar="PLACE", help="default: where the home's readers stand")
    parser.add_argument("--to", dest="goal", required=True, metavar="PLACE")
    parser.add_argument("--profile", choices=("walk", "step-free", "robot"), default="walk")
    parser.add_argument("--lang", choices=("zh", "en"), default="en")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the way; a way that does not exist is an answer too (exit 0, with the reason)."""
    from server import translate
    from server.home import get_place, open_home
    from spatial.route import Position, find_route

    home = open_home(None, load_settings(args.home).settings)
    if home.plan is None:
        raise CommandError("the home has no building; import a venue first", "no_plan", str(home.settings.home))
    start = get_place(home.plan, args.start, "--from") if args.start else home.here_place
    if start is None:
        raise CommandError("nobody knows where to start; give --from PLACE", "unknown_place", "--from")
    goal = get_place(home.plan, args.goal, "--to")
    route = find_route(
        home.building, Position(start.point, start.ordinal), Position(goal.point, goal.ordinal), args.profile, goal
    )
    body = translate.route_body(route, home.plan, args.lang)
    if args.json:
        print(json.dumps(body.model_dump(mode="json"), ensure_ascii=False))
        return 0
    if body.length_m is None:
        print(body.reason)
        return 0
    print(f"{body.length_m:.1f} m, {body.duration_s:.0f} s")
    for end, moved in (("start", body.start_moved_m), ("goal", body.goal_moved_m)):
        if moved >= MOVED_TOLD_M:
            print(f"the {end} lies {moved:.1f} m from where one can walk; the way is told from there")
    for number, step in enumerate(body.steps, start=1):
        print(f"{number:3}. {step.text}")
    return 0
