"""The demo library: read into a home from the files in ``demo/data`` by the same imports that a real library uses."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

from server.commands.imports import import_catalogue, import_documents, import_shelves, import_venue
from server.errors import CommandError

COPIED = ("shelfway.toml", "persona.toml")
MARC = (".mrc", ".xml", ".json", ".marc")


def is_home(home: Path) -> bool:
    """Does this folder hold a building already?"""
    return (home / "twin").is_dir()


_BEFORE = ("keys", "store", "models")
"""What commands may leave in a home before it holds a library: the key of labels, finished files, fetched models."""


def make_demo_home(home: Path, say: Callable[[str], None]) -> None:
    """Make the demo home at ``home``; nothing is left there when it fails. ``say`` gets a sentence per step.

    Raises CommandError when the folder holds something else, or when the demo's files are not installed.
    """
    if home.exists() and any(p.name not in (*COPIED, *_BEFORE) for p in home.iterdir()):
        raise CommandError(
            "the folder is not empty and holds no library; choose another --home", "not_a_home", str(home)
        )
    making = home.with_name(f".{home.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    try:
        with as_file(files("demo") / "data") as data:
            _fill(making, data, say)
        for own in home.iterdir() if home.exists() else ():
            if own.is_dir():
                shutil.copytree(own, making / own.name, dirs_exist_ok=True)
            else:
                shutil.copy2(own, making / own.name)
        if home.exists():
            shutil.rmtree(home)
        making.rename(home)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _fill(home: Path, data: Path, say: Callable[[str], None]) -> None:
    if not (data / "imdf").exists():
        raise CommandError("the demo's files are not installed", "not_found", str(data))
    home.mkdir(parents=True)
    for name in COPIED:
        if (data / name).is_file():
            shutil.copy2(data / name, home / name)
    if (data / "tours").is_dir():
        shutil.copytree(data / "tours", home / "tours")
    say("the building …")
    import_venue(home, data / "imdf")
    say("the shelves …")
    bays = data / "bays.csv"
    import_shelves(home, data / "shelves.csv", bays if bays.is_file() else None)
    records = sorted(p for p in data.rglob("*") if p.suffix in MARC and "imdf" not in p.relative_to(data).parts)
    if records:
        say("the books …")
        import_catalogue(home, records)
    if (data / "documents").is_dir():
        say("the documents …")
        import_documents(home, [data / "documents"])
