"""``shelfway doctor``: what is installed, what is missing and how to get it."""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import platform
import shutil
import sys
from dataclasses import asdict, dataclass

from avatars.engines import ENGINES, find_missing
from server.demo_home import is_home
from server.engines import hearing_model
from server.pages import PAGES
from server.settings import Settings, load_settings

NEEDED = ("fastapi", "uvicorn", "websockets", "pydantic", "numpy", "numba", "shapely", "pyproj", "pymarc")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``needed``: the server cannot work without it."""

    what: str
    ok: bool
    detail: str
    needed: bool = False


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("doctor", help="what is installed and what is missing")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Look at everything; 1 when something that is needed is missing."""
    settings = load_settings(args.home).settings
    findings = examine(settings)
    sound = all(f.ok for f in findings if f.needed)
    if args.json:
        print(json.dumps({"sound": sound, "findings": [asdict(f) for f in findings]}, ensure_ascii=False))
    else:
        for finding in findings:
            mark = "ok     " if finding.ok else ("MISSING" if finding.needed else "absent ")
            print(f"{mark}  {finding.what}: {finding.detail}")
    return 0 if sound else 1


def examine(settings: Settings) -> list[Finding]:
    """Every finding, in the order in which a person would fix them."""
    python_ok = sys.version_info >= (3, 11)
    found = [Finding("python", python_ok, f"{platform.python_version()}, 3.11 or newer is needed", True)]
    found += [_package(name) for name in NEEDED]
    for name, entry in ENGINES.items():
        if not name.startswith("scripted"):
            missing = find_missing(name)
            found.append(Finding(f"{entry.kind} {name}", missing is None, missing or _languages(name)))
    model = hearing_model(settings)
    if model is not None:
        found.append(Finding("hearing model", model.exists(), str(model)))
    found.append(_home(settings))
    page = (PAGES / "index.html").is_file()
    found.append(Finding("kiosk page", page, str(PAGES) if page else "not built: run `make run` in the checkout"))
    for program, purpose in (
        ("node", "builds the kiosk page"),
        ("chromium", "browser test"),
        ("redis-server", "tests"),
    ):
        where = shutil.which(program)
        found.append(Finding(program, where is not None, where or f"not found ({purpose})"))
    return found


def _package(name: str) -> Finding:
    try:
        return Finding(name, True, importlib.metadata.version(name), True)
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, False, "not installed: pip install shelfway", True)


def _languages(name: str) -> str:
    languages = ENGINES[name].capabilities.languages
    if ENGINES[name].capabilities.needs_model:
        return f"installed; takes {ENGINES[name].model}"
    return f"ready for {', '.join(languages)}" if languages else "ready"


def _home(settings: Settings) -> Finding:
    if is_home(settings.home):
        return Finding("home", True, str(settings.home))
    return Finding("home", False, f"{settings.home} holds no building: shelfway import venue SRC, or shelfway demo")
