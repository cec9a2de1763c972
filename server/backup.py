"""Back up a home while it is served, and put one back.

A back-up is one ``.tar.gz``: every SQLite file copied by SQLite's own back-up (a state that was whole at one moment, in
the midst of writing), every other file as it is, and last a list of all with size and SHA-256. It holds keys and what
readers agreed to be kept, so only its owner may read it. Restoring checks everything before it touches the home.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from server.errors import CommandError

LIST: Final = "shelfway-backup.json"
FORMAT: Final = 1
SQLITE: Final = b"SQLite format 3\0"
BESIDES: Final = ("-wal", "-shm", "-journal", ".part", ".tmp")


@dataclass(frozen=True, slots=True)
class Made:
    """What a back-up holds. ``left_out``: paths that were not taken, as models and links."""

    path: Path
    files: int
    bytes: int
    left_out: tuple[str, ...]


def make_backup(home: Path, target: Path, with_models: bool = False) -> Made:
    """Write the back-up; it appears whole or not at all. Raises CommandError, OSError (disk full)."""
    if not home.is_dir():
        raise CommandError("there is no library here", "no_home", str(home))
    if target.resolve().is_relative_to(home.resolve()):
        raise CommandError(
            "the back-up would lie in the home and hold itself; choose another --out", "bad_target", str(target)
        )
    if target.exists():
        raise CommandError("the file is there already; choose another --out", "exists", str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    listed: dict[str, dict[str, Any]] = {}
    left_out: list[str] = []
    try:
        with open(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            with (
                tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar,
                tempfile.TemporaryDirectory() as copies,
            ):
                for path, name in _files(home, with_models, left_out):
                    data = _read(path, Path(copies))
                    if data is None:
                        continue  # gone since it was listed
                    listed[name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
                    _add(tar, name, data, path)
                made = {"format": FORMAT, "made_s": round(time.time(), 3), "files": listed}
                _add(tar, LIST, json.dumps(made, indent=1, sort_keys=True).encode())
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return Made(target, len(listed), sum(entry["size"] for entry in listed.values()), tuple(left_out))


def restore_backup(source: Path, home: Path, force: bool = False) -> Path | None:
    """Put a back-up in place of a home; where the home before it lies now, None when there was none.

    Nothing is changed until every file of the back-up is checked. Raises CommandError.
    """
    there = home.is_dir() and any(home.iterdir())
    if there and not force:
        raise CommandError("there is a home already; --force puts it aside", "exists", str(home))
    making = home.with_name(f".{home.name}.restoring")
    shutil.rmtree(making, ignore_errors=True)
    try:
        _unpack(source, making)
        aside = None
        if home.exists():
            aside = home.with_name(f"{home.name}.before-{time.strftime('%Y%m%d-%H%M%S')}")
            home.rename(aside)
        making.rename(home)
        if aside is not None and not there:
            aside.rmdir()
            aside = None
        return aside
    finally:
        shutil.rmtree(making, ignore_errors=True)


def made_at(source: Path) -> float:
    """When a back-up was made, Unix seconds. Raises CommandError."""
    with _opened(source) as tar:
        return float(_list_of(tar, source)["made_s"])


def _files(home: Path, with_models: bool, left_out: list[str]) -> Iterator[tuple[Path, str]]:
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).as_posix()
        if path.is_symlink():
            left_out.append(name)
        elif path.is_file() and not name.endswith(BESIDES):
            if name.startswith("models/") and not with_models:
                if "models/" not in left_out:
                    left_out.append("models/")
            else:
                yield path, name


def _read(path: Path, copies: Path) -> bytes | None:
    """The file's bytes; of a SQLite file those of a copy made by SQLite."""
    try:
        with path.open("rb") as file:
            if file.read(len(SQLITE)) != SQLITE:
                file.seek(0)
                return file.read()
    except FileNotFoundError:
        return None
    copy = copies / "copy.sqlite"
    copy.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path, timeout=10.0)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new, pages=2048, sleep=0.01)
            new.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as fault:
        raise CommandError(f"the file cannot be copied: {fault}", "broken_file", str(path)) from None
    return copy.read_bytes()


def _add(tar: tarfile.TarFile, name: str, data: bytes, path: Path | None = None) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(data), 0o600
    entry.mtime = path.stat().st_mtime if path is not None and path.exists() else time.time()
    tar.addfile(entry, io.BytesIO(data))


def _opened(source: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(source, "r:gz")
    except FileNotFoundError:
        raise CommandError("there is no such file", "not_found", str(source)) from None
    except (tarfile.TarError, OSError, EOFError, zlib.error) as fault:
        raise CommandError(f"the file is no back-up: {fault}", "bad_backup", str(source)) from None


def _list_of(tar: tarfile.TarFile, source: Path) -> dict[str, Any]:
    try:
        member = tar.getmember(LIST)
        file = tar.extractfile(member)
        body: dict[str, Any] = json.loads(file.read()) if file is not None else {}
        if body["format"] > FORMAT:
            text = f"it was made by a newer Shelfway (format {body['format']}, known is {FORMAT}): update Shelfway"
            raise CommandError(text, "newer_file", str(source))
        float(body["made_s"])
        dict(body["files"])
        return body
    except (KeyError, TypeError, ValueError, tarfile.TarError, OSError, EOFError, zlib.error) as fault:
        raise CommandError(f"the file is no whole back-up: {type(fault).__name__}", "bad_backup", str(source)) from None


def _unpack(source: Path, folder: Path) -> None:
    folder.mkdir(parents=True, mode=0o700)
    with _opened(source) as tar:
        listed: dict[str, Any] = _list_of(tar, source)["files"]
        seen: set[str] = set()
        try:
            for member in tar:
                if member.name == LIST:
                    continue
                path, wanted = PurePosixPath(member.name), listed.get(member.name)
                if wanted is None or not member.isreg() or path.is_absolute() or ".." in path.parts:
                    raise CommandError(
                        f"it holds {member.name!r}, which no back-up of ours holds", "bad_backup", str(source)
                    )
                file = tar.extractfile(member)
                data = file.read() if file is not None else b""
                if len(data) != wanted["size"] or hashlib.sha256(data).hexdigest() != wanted["sha256"]:
                    raise CommandError(f"{member.name} is not what was backed up", "bad_backup", str(source))
                at = folder / path
                at.parent.mkdir(parents=True, exist_ok=True)
                at.write_bytes(data)
                at.chmod(0o600 if path.suffix == ".sqlite" or path.parts[0] == "keys" else 0o644)
                os.utime(at, (member.mtime, member.mtime))
                seen.add(member.name)
        except (tarfile.TarError, OSError, EOFError, zlib.error) as fault:
            raise CommandError(f"the back-up cannot be unpacked: {fault}", "bad_backup", str(source)) from None
        missing = sorted(set(listed) - seen)
        if missing:
            raise CommandError(f"{missing[0]} is missing from it", "bad_backup", str(source))
