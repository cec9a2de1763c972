"""The store: finished files under the hash of their bytes, with licence, prompt and origin beside each.

Names: ``ab/abcd….glb`` the file, ``ab/abcd….c2pa`` its manifest, ``ab/abcd….json`` its entry, ``keys/<key>`` which file
a brief has led to, ``taken/<hash>`` what was taken down and why. A file is never changed; the same bytes are kept once.
Where they lie is a ``Files``: a folder (``store_files.py``) or a bucket (``store_objects.py``). Blocking; safe to call
from several threads and processes.

Errors: StoreFullError (budget or disk), StoreError.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Protocol

from assets.errors import StoreError, StoreFullError

HASH = re.compile(r"[0-9a-f]{64}")
MEDIA_TYPES = {
    "glb": "model/gltf-binary",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "wav": "audio/wav",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "c2pa": "application/c2pa",
}
"""What may be kept, by ending."""


@dataclass(frozen=True, slots=True)
class Held:
    """A name in ``Files``: bytes and seconds of the epoch at which it was last used."""

    name: str
    size: int
    used_s: float


class Files(Protocol):
    """Where bytes lie. Every implementation passes ``tests/assets/test_store.py``."""

    def write(self, name: str, data: bytes) -> None:
        """Whole or not at all. Raises StoreFullError, StoreError."""
        ...

    def read(self, name: str, start: int = 0, stop: int | None = None) -> bytes | None:
        """Bytes from start up to, not including, stop; None when there is no such name."""
        ...

    def size(self, name: str) -> int | None: ...

    def remove(self, name: str) -> None:
        """Nothing happens when it is not there."""
        ...

    def touch(self, name: str) -> None:
        """Remember that it was used now."""
        ...

    def list(self) -> Iterator[Held]: ...


@dataclass(frozen=True, slots=True)
class Facts:
    """What is recorded with a file. ``label``: ai or algorithmic. ``prompt``: the words it was made from."""

    label: str
    licence: str
    painter: str
    record_id: str = ""
    title: str = ""
    prompt: str = ""
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that the store holds. ``hash``: SHA-256 of its bytes, hex."""

    hash: str
    ext: str
    size: int
    facts: Facts
    key: str = ""

    @property
    def name(self) -> str:
        """The last part of its address: ``/store/{name}``."""
        return f"{self.hash}.{self.ext}"


class Store:
    """``budget_bytes``: what all files together may take; the least recently used make room. 0: no limit."""

    def __init__(self, files: Files, budget_bytes: int = 0) -> None:
        self._files, self._budget = files, budget_bytes
        self._lock = threading.Lock()

    def put(self, data: bytes, ext: str, facts: Facts, key: str = "", sidecar: bytes | None = None) -> Entry:
        """Keep a file; ``key``: what ``find`` finds it by. Raises StoreFullError and StoreError."""
        if ext not in MEDIA_TYPES:
            raise StoreError(f"files that end in .{ext} are not kept; use {', '.join(MEDIA_TYPES)}")
        digest = hashlib.sha256(data).hexdigest()
        if self._files.size(f"taken/{digest}") is not None:
            raise StoreError(f"{digest} was taken down and is not kept again")
        entry = Entry(digest, ext, len(data), facts, key)
        with self._lock:
            self._make_room(len(data) + len(sidecar or b""), keep=digest)
            self._files.write(_path(digest, ext), data)
            if sidecar is not None:
                self._files.write(_path(digest, "c2pa"), sidecar)
            self._files.write(_path(digest, "json"), json.dumps(asdict(entry), ensure_ascii=False).encode())
            if key:
                self._files.write(f"keys/{_checked(key)}", digest.encode())
        return entry

    def find(self, key: str) -> Entry | None:
        """The file that a key has led to; None when there is none any more."""
        found = self._files.read(f"keys/{_checked(key)}")
        return self.find_entry(found.decode()) if found is not None else None

    def find_entry(self, digest: str) -> Entry | None:
        """The entry of a hash; None when the store does not hold it."""
        if not HASH.fullmatch(digest):
            return None
        body = self._files.read(_path(digest, "json"))
        if body is None:
            return None
        try:
            value = json.loads(body)
            entry = Entry(**{**value, "facts": Facts(**value["facts"])})
        except (ValueError, TypeError, KeyError) as fault:
            raise StoreError(f"the entry of {digest} is broken; take it down and make it anew") from fault
        if self._files.size(_path(digest, entry.ext)) != entry.size:
            return None
        self._files.touch(_path(digest, "json"))
        return entry

    def size(self, digest: str, ext: str) -> int | None:
        """Bytes of a file; None when the store does not hold it."""
        return self._files.size(_path(digest, ext)) if HASH.fullmatch(digest) and ext in MEDIA_TYPES else None

    def read(self, digest: str, ext: str, start: int = 0, stop: int | None = None) -> bytes | None:
        """Bytes of a file, or a part of it; None when the store does not hold it."""
        if not HASH.fullmatch(digest) or ext not in MEDIA_TYPES:
            return None
        return self._files.read(_path(digest, ext), start, stop)

    def take_down(self, digest: str, reason: str, when: str) -> bool:
        """Remove a file for good, with its manifest: it is not kept again. Was it there?

        ``when``: a time as text, kept with the reason.
        """
        if not HASH.fullmatch(digest):
            raise StoreError(f"{digest!r} is no hash; give 64 hexadecimal digits")
        with self._lock:
            there = any(held.name.startswith(f"{digest[:2]}/{digest}.") for held in self._files.list())
            self._files.write(f"taken/{digest}", json.dumps({"reason": reason, "when": when}).encode())
            self._remove(digest)
        return there

    def taken(self, digest: str) -> bool:
        """Was this file taken down?"""
        return bool(HASH.fullmatch(digest)) and self._files.size(f"taken/{digest}") is not None

    def entries(self) -> Iterator[Entry]:
        """Every file that the store holds."""
        for held in self._files.list():
            if held.name.endswith(".json"):
                entry = self.find_entry(held.name.rsplit("/", 1)[1].removesuffix(".json"))
                if entry is not None:
                    yield entry

    def _make_room(self, wanted: int, keep: str) -> None:
        if not self._budget:
            return
        if wanted > self._budget:
            raise StoreFullError(f"a file of {wanted} bytes does not fit into a store of {self._budget} bytes")
        sizes: dict[str, int] = {}
        used: dict[str, float] = {}
        for held in self._files.list():
            if "/" in held.name and not held.name.startswith(("keys/", "taken/")):
                digest = held.name.rsplit("/", 1)[1].split(".")[0]
                sizes[digest] = sizes.get(digest, 0) + (0 if held.name.endswith(".json") else held.size)
                used[digest] = max(used.get(digest, 0.0), held.used_s)
        total = sum(size for digest, size in sizes.items() if digest != keep)
        for digest in sorted(used, key=lambda one: (used[one], one)):
            if total + wanted <= self._budget:
                return
            if digest != keep:
                self._remove(digest)
                total -= sizes[digest]

    def _remove(self, digest: str) -> None:
        for ext in ("json", *MEDIA_TYPES):
            self._files.remove(_path(digest, ext))


def _path(digest: str, ext: str) -> str:
    return f"{digest[:2]}/{digest}.{ext}"


def _checked(key: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z_-]{1,128}", key):
        raise StoreError(f"{key!r} is no key: up to 128 letters, digits, _ and -")
    return key
