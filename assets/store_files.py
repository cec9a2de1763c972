"""The store's files in a folder, written whole: first beside, then renamed.

Errors: StoreFullError (no space, quota), StoreError.
"""

from __future__ import annotations

import errno
import itertools
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from assets.errors import StoreError, StoreFullError
from assets.store import Held

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_PART = ".part"


class FolderFiles:
    """Files under one folder, made on the first write."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = itertools.count()

    def write(self, name: str, data: bytes) -> None:
        """Whole or not at all, also when the machine stops: flushed to disk before it gets its name."""
        path = self._folder / name
        making = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.{next(self._number)}{_PART}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with making.open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            making.replace(path)
        except OSError as fault:
            with suppress(OSError):
                making.unlink(missing_ok=True)
            if fault.errno in _FULL:
                raise StoreFullError(f"no room for {len(data)} bytes in {self._folder}; free some space") from fault
            raise StoreError(f"{self._folder} cannot be written to: {fault.strerror}") from fault

    def read(self, name: str, start: int = 0, stop: int | None = None) -> bytes | None:
        """Bytes from start up to, not including, stop."""
        try:
            with (self._folder / name).open("rb") as file:
                file.seek(start)
                return file.read() if stop is None else file.read(max(0, stop - start))
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise StoreError(f"{self._folder / name} cannot be read: {fault.strerror}") from fault

    def size(self, name: str) -> int | None:
        """Bytes of a file."""
        try:
            return (self._folder / name).stat().st_size
        except OSError:
            return None

    def remove(self, name: str) -> None:
        """Nothing happens when it is not there."""
        (self._folder / name).unlink(missing_ok=True)

    def touch(self, name: str) -> None:
        """Its time becomes now; a folder that cannot be written to stays as it is."""
        try:
            os.utime(self._folder / name)
        except OSError:
            return

    def list(self) -> Iterator[Held]:
        """Every finished file."""
        for path in sorted(self._folder.rglob("*")):
            try:
                about = path.stat()
            except OSError:
                continue  # another process removed it
            if path.is_file() and not path.name.endswith(_PART):
                yield Held(path.relative_to(self._folder).as_posix(), about.st_size, about.st_mtime)
