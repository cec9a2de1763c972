"""Fetching a model: from the hub, a mirror of it, or a folder carried by hand; whole, checked, or not at all.

Files come into ``.NAME.part`` beside the finished models, where a broken fetch goes on later; the folder gets its name
when every file is there and its sum is right. ``manifest.json`` says what came from where, under which licence, with
SHA-256 of every file; a folder that is carried to another machine is checked by it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import quote

from server.errors import CommandError
from server.models_known import KnownModel
from server.models_web import Web

HUB: Final = "https://huggingface.co"
MANIFEST: Final = "manifest.json"
_PIECE: Final = 1 << 20
Progress = Callable[[str, int, int], None]
"""Told the file, bytes had and bytes in all."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to fetch. ``size`` 0 and ``sum`` "": its source does not say. ``sum``: "sha256:…" or git's "blob:…"."""

    path: str
    url: str
    size: int = 0
    sum: str = ""


def list_wanted(model: KnownModel, web: Web, hub: str = HUB) -> list[Wanted]:
    """The model's files as its source lists them. Raises CommandError."""
    found = [Wanted(name, url) for name, url in model.links]
    if model.repo:
        inside = f"/{model.folder}" if model.folder else ""
        address = f"{hub}/api/models/{model.repo}/tree/main{inside}?recursive=true"
        try:
            for entry in web.read_json(address):
                path = str(entry["path"])
                name = path.removeprefix(f"{model.folder}/") if model.folder else path
                if entry["type"] != "file" or name.startswith(".") or not _is_wanted(model, name):
                    continue
                large = (entry.get("lfs") or {}).get("oid")
                total = f"sha256:{large}" if large else f"blob:{entry['oid']}"
                where = f"{hub}/{model.repo}/resolve/main/{quote(path)}"
                found.append(Wanted(_safe(name), where, int(entry["size"]), total))
        except (KeyError, TypeError, ValueError, AttributeError):
            raise CommandError(
                "the address does not list files as a hub of models does", "cannot_fetch", address
            ) from None
    if not found:
        raise CommandError(f"the source lists no files of {model.name}", "cannot_fetch", model.repo)
    return found


def read_licence(repo: str, web: Web, hub: str = HUB) -> str:
    """The licence that the hub names for a model; "unknown" when it names none. Raises CommandError."""
    told = web.read_json(f"{hub}/api/models/{repo}")
    card = told.get("cardData") if isinstance(told, dict) else None
    return str((card or {}).get("license") or "unknown")


def fetch(
    model: KnownModel, wanted: list[Wanted], folder: Path, web: Web, progress: Progress, licence: str | None = None
) -> dict[str, Any]:
    """Fetch the files and return the manifest. Raises CommandError."""
    with _making(model.name, folder) as (part, finish):
        need = sum(max(0, one.size - _held(part / one.path)) for one in wanted)
        if need > shutil.disk_usage(part).free - (256 << 20):
            raise CommandError(f"{model.name} needs {need >> 20} MB more on this disk", "no_space", str(folder))
        sums: dict[str, str] = {}
        for one in wanted:
            target = part / one.path
            target.parent.mkdir(parents=True, exist_ok=True)
            if one.sum and not target.exists() and _has_sum(folder / model.name / one.path, one.sum):
                shutil.copyfile(folder / model.name / one.path, target)  # an earlier fetch has it already
            if not (one.sum and _has_sum(target, one.sum)):
                web.save(one.url, target, partial(progress, one.path), one.size)
                if one.sum and not _has_sum(target, one.sum):
                    target.unlink()
                    raise CommandError(
                        f"{one.path} arrived changed: its sum is not the one that its source gives",
                        "bad_checksum",
                        one.url,
                    )
            sums[one.path] = sum_of(target)
        return finish(_manifest(model, model.repo or "links", licence or model.licence, part, sums))


def carry(model: KnownModel, source: Path, folder: Path, progress: Progress) -> dict[str, Any]:
    """Take a folder that was carried here, checked by its manifest when it has one. Raises CommandError."""
    if not source.is_dir():
        raise CommandError("there is no such folder", "cannot_read", str(source))
    inner = source / model.name
    source = inner if inner.is_dir() else source
    files = {str(path.relative_to(source)): path for path in sorted(source.rglob("*")) if path.is_file()}
    files.pop(MANIFEST, None)
    told = read_manifest(source)
    expected: Mapping[str, Any] = (told or {}).get("files", {})
    absent = [name for name in expected if name not in files]
    if absent or not files:
        raise CommandError(
            f"the folder is not whole: {', '.join(absent) or 'it is empty'}", "bad_checksum", str(source)
        )
    with _making(model.name, folder) as (part, finish):
        sums: dict[str, str] = {}
        for name, path in files.items():
            target = part / _safe(PurePosixPath(*Path(name).parts).as_posix())
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            sums[name] = sum_of(target)
            progress(name, target.stat().st_size, target.stat().st_size)
            if name in expected and sums[name] != expected[name]["sha256"]:
                raise CommandError(f"{name} is not the file that its manifest names", "bad_checksum", str(path))
        licence = str((told or {}).get("licence") or model.licence)
        return finish(_manifest(model, str((told or {}).get("source") or "carried by hand"), licence, part, sums))


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """What a fetched folder says about itself; None when it says nothing that can be read."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return told if isinstance(told, dict) and isinstance(told.get("files"), dict) else None
    except (OSError, ValueError):
        return None


def find_changed(folder: Path) -> str | None:
    """The first file of a fetched folder that is missing or not as it came, None when all are."""
    for name, one in (read_manifest(folder) or {}).get("files", {}).items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != one["size"] or sum_of(path) != one["sha256"]:
            return str(name)
    return None


def sum_of(path: Path, kind: str = "sha256") -> str:
    """The file's sum: SHA-256, or git's of a blob."""
    made = hashlib.sha256() if kind == "sha256" else hashlib.sha1(usedforsecurity=False)
    if kind == "blob":
        made.update(f"blob {path.stat().st_size}\0".encode())
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            made.update(piece)
    return made.hexdigest()


@contextmanager
def _making(name: str, folder: Path) -> Iterator[tuple[Path, Callable[[dict[str, Any]], dict[str, Any]]]]:
    """A folder to fill, which gets its name when told the manifest; one maker at a time."""
    part, whole = folder / f".{name}.part", folder / name
    try:
        part.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise CommandError("another model is being fetched into this folder", "busy", str(folder)) from None

            def finish(manifest: dict[str, Any]) -> dict[str, Any]:
                for stray in [path for path in part.rglob("*") if path.is_file()]:
                    if str(stray.relative_to(part)) not in manifest["files"]:
                        stray.unlink()
                text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
                (part / MANIFEST).write_text(text, encoding="utf-8")
                old = folder / f".{name}.old"
                shutil.rmtree(old, ignore_errors=True)
                if whole.exists():
                    whole.rename(old)
                part.rename(whole)
                shutil.rmtree(old, ignore_errors=True)
                return manifest

            yield part, finish
    except OSError as fault:
        raise CommandError(f"the model cannot be written: {fault.strerror}", "cannot_write", str(part)) from fault


def _manifest(model: KnownModel, source: str, licence: str, part: Path, sums: Mapping[str, str]) -> dict[str, Any]:
    files = {name: {"size": (part / name).stat().st_size, "sha256": total} for name, total in sorted(sums.items())}
    about = {key: value for key, value in asdict(model).items() if key in ("name", "purpose", "languages")}
    return {**about, "source": source, "licence": licence, "files": files}


def _is_wanted(model: KnownModel, name: str) -> bool:
    return not model.wanted or any(fnmatch(name, pattern) for pattern in model.wanted)


def _safe(name: str) -> str:
    """The name, when it stays inside the folder."""
    parts = PurePosixPath(name).parts
    if not parts or os.path.isabs(name) or "\\" in name or "\0" in name or ".." in parts:
        raise CommandError(f"the source names a file outside the model's folder: {name!r}", "cannot_fetch", name)
    return name


def _held(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _has_sum(path: Path, wanted: str) -> bool:
    kind, _, total = wanted.partition(":")
    return path.is_file() and sum_of(path, kind) == total
