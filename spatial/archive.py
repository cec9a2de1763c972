"""Opening what a library hands over: an IMDF folder or zip, as file names and bytes, with limits.

Nothing is ever written to disk from an archive, and an archive that tries to climb out of itself or to swell beyond
``MAX_BYTES`` is refused whole: it was not made by a map editor.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from spatial.errors import VenueError

MAX_BYTES = 256 * 1024 * 1024
MAX_FILES = 10_000
MAX_RATIO = 400
"""Times a member may grow when unpacked (GeoJSON grows 5 to 20 times)."""

MANIFEST = "manifest.json"


def read_archive(src: Path) -> dict[str, bytes]:
    """The manifest and the ``.geojson`` files of an IMDF folder or zip, by bare lower-case file name.

    A single folder around the files is looked through. Raises VenueError when ``src`` is absent, not an archive,
    unsafe, or holds no ``.geojson`` file.
    """
    if src.is_dir():
        files = _read_folder(src)
    elif not src.exists():
        raise VenueError(f"{src} does not exist: give the IMDF folder or zip file")
    else:
        files = _read_zip(src)
    if not any(name.endswith(".geojson") for name in files):
        raise VenueError(f"{src} holds no .geojson file: an IMDF archive has venue, level, unit … as *.geojson")
    return files


def _wanted(name: str) -> bool:
    return not name.startswith(".") and (name == MANIFEST or name.endswith(".geojson"))


def _read_folder(src: Path) -> dict[str, bytes]:
    folder = src
    if not any(_wanted(p.name.lower()) for p in src.iterdir()):
        inner = [p for p in src.iterdir() if p.is_dir() and not p.name.startswith((".", "__"))]
        if len(inner) == 1:
            folder = inner[0]
    files: dict[str, bytes] = {}
    total = 0
    for path in sorted(folder.iterdir()):
        if path.is_file() and _wanted(path.name.lower()):
            total += path.stat().st_size
            if total > MAX_BYTES:
                raise VenueError(f"{src} holds more than {MAX_BYTES} bytes: this is not an IMDF archive")
            files[path.name.lower()] = path.read_bytes()
    return files


def _read_zip(src: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(src) as archive:
            members = archive.infolist()
            _check_members(src, members)
            return _read_members(src, archive, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise VenueError(f"{src} is not a readable zip file ({error}): export the IMDF archive again") from error


def _check_members(src: Path, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_FILES:
        raise VenueError(f"{src} has {len(members)} entries, more than {MAX_FILES}: this is not an IMDF archive")
    total = 0
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0:1]:
            raise VenueError(f"{src} has an entry that points outside the archive ({member.filename!r}): refused")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise VenueError(f"{src} has a link ({member.filename!r}): refused, pack plain files")
        if member.flag_bits & 0x1:
            raise VenueError(f"{src} is encrypted ({member.filename!r}): pack it without a password")
        total += member.file_size
        swollen = member.file_size > 1_000_000 and member.file_size > MAX_RATIO * max(1, member.compress_size)
        if total > MAX_BYTES or swollen:
            raise VenueError(
                f"{src} would unpack to more than {MAX_BYTES} bytes or {MAX_RATIO} times its size "
                f"({member.filename!r}): refused as a zip bomb"
            )


def _read_members(src: Path, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    by_folder: dict[str, dict[str, bytes]] = {}
    total = 0
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        name = path.name.lower()
        if member.is_dir() or "__MACOSX" in path.parts or not _wanted(name):
            continue
        with archive.open(member) as stream:
            data = stream.read(MAX_BYTES - total + 1)  # the declared size may lie
        total += len(data)
        if total > MAX_BYTES:
            raise VenueError(f"{src} unpacks to more than {MAX_BYTES} bytes: refused as a zip bomb")
        by_folder.setdefault(str(path.parent), {})[name] = data
    if not by_folder:
        return {}
    # the files lie at the top or in one folder; where there are several, the one that looks most like an archive wins
    best = max(by_folder, key=lambda f: (MANIFEST in by_folder[f], len(by_folder[f]), -len(f)))
    return by_folder[best]
