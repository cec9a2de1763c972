"""``shelfway check``: is this home fit for use? Every fault with what to do about it."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from server.settings import load_settings

if TYPE_CHECKING:
    from server.home import Home

_SHOWN = 20


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("check", help="is this home fit for use?")
    parser.add_argument("--config", action="store_true", help="the settings and what they name, not the library")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the faults; exit 0 when the home is fit, 1 when not."""
    from server.home import open_home

    if args.config:
        return run_config(args)
    faults = find_faults(open_home(None, load_settings(args.home).settings))
    fit = not faults
    if args.json:
        print(json.dumps({"fit": fit, "faults": faults}, ensure_ascii=False))
    else:
        for fault in faults:
            print(f"{fault['code']}: {fault['message']}")
        print("fit for use" if fit else f"not fit for use: {len(faults)} faults")
    return 0 if fit else 1


def run_config(args: argparse.Namespace) -> int:
    """Print what is wrong with the settings; exit 1 when the server would not start or serve as they say."""
    from server.check_config import check_config

    found = check_config(load_settings(args.home), ask_others=True)
    fit = not any(finding.grave for finding in found)
    if args.json:
        rows = [
            {"code": "fault" if f.grave else "warning", "setting": f.setting, "where": f.where, "message": f.message}
            for f in found
        ]
        print(json.dumps({"fit": fit, "faults": rows}, ensure_ascii=False))
    else:
        for f in found:
            print(f"{'fault' if f.grave else 'warning'}: {f.setting} ({f.where}): {f.message}")
        print("the settings are fit for use" if fit else "the server would not serve as these settings say")
    return 0 if fit else 1


def find_faults(home: Home) -> list[dict[str, Any]]:
    """Faults of the building, of the catalogue, and of the two together."""
    faults: list[dict[str, Any]] = []
    if home.plan is None:
        faults.append(_fault("no_building", "the home has no building: import a venue"))
    else:
        from spatial.check_plan import check_plan

        for found in check_plan(home.plan, home.building.opening(home.building.closed)):
            faults.append(_fault("building", found.message, feature_id=found.feature_id, file=found.file))
        if not home.plan.faces:
            faults.append(_fault("no_shelves", "the home has no shelf list: import shelves"))
    if home.catalogue.count() == 0:
        faults.append(_fault("no_catalogue", "the home has no records: import a catalogue"))
    elif home.plan is not None and home.plan.faces:
        faults += _unmapped(home)
    return faults


def _unmapped(home: Home) -> list[dict[str, Any]]:
    unread: list[str] = []
    off_map: list[str] = []
    for record in home.catalogue.records():
        for located in home.books.locate(record):
            if located.item is None or not located.item.call_number:
                continue
            told = f"{record.record_id} ({located.item.scheme} {located.item.call_number})"
            if not located.item.sort_key:
                unread.append(told)
            elif located.face is None:
                off_map.append(told)
    return [
        _fault(code, f"{len(found)} items {text}: {', '.join(found[:_SHOWN])}{' …' if len(found) > _SHOWN else ''}")
        for code, found, text in (
            ("unreadable_call_number", unread, "have a call number that cannot be read; correct it in the catalogue"),
            ("unmapped_call_number", off_map, "stand on no shelf face; add a range to the shelf list"),
        )
        if found
    ]


def _fault(code: str, message: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "message": message, **{k: v for k, v in more.items() if v}}
