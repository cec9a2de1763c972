"""The store: one contract, run on a folder and on a bucket."""

from __future__ import annotations

import errno
import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from assets.errors import StoreError, StoreFullError
from assets.store import Facts, Files, Store
from assets.store_files import FolderFiles

FACTS = Facts("algorithmic", "CC0-1.0", "procedural", "r1", "海 · Sea", "a calm sea", "2026-11-24T08:00:00Z")
KEY = "k" * 64


@pytest.fixture(params=["folder", "bucket"])
def make_files(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Files]:
    """Opens the same files each time."""
    if request.param == "folder":
        return lambda: FolderFiles(tmp_path / "store")
    pytest.importorskip("obstore")
    from obstore.store import MemoryStore

    from assets.store_objects import ObjectFiles

    bucket = MemoryStore()
    return lambda: ObjectFiles("memory:///", bucket)


def test_a_file_comes_back_by_key_and_by_hash(make_files: Callable[[], Files]) -> None:
    entry = Store(make_files()).put(b"world", "glb", FACTS, KEY, sidecar=b"manifest")
    assert entry.hash == hashlib.sha256(b"world").hexdigest()
    store = Store(make_files())
    assert store.find(KEY) == entry == store.find_entry(entry.hash)
    assert store.read(entry.hash, "glb") == b"world"
    assert store.read(entry.hash, "glb", 1, 3) == b"or"
    assert store.read(entry.hash, "glb", 4, 99) == b"d"
    assert store.read(entry.hash, "c2pa") == b"manifest"
    assert store.size(entry.hash, "glb") == 5
    assert list(store.entries()) == [entry]


def test_what_is_not_there_is_none(make_files: Callable[[], Files]) -> None:
    store = Store(make_files())
    digest = "0" * 64
    assert store.find(KEY) is None
    assert store.find_entry(digest) is None
    assert store.read(digest, "glb") is None
    assert store.size(digest, "glb") is None
    for name in ("../../etc/passwd", "0" * 63, "", "A" * 64):
        assert store.read(name, "glb") is None
        assert store.size(name, "glb") is None
    assert store.read(digest, "json") is None


def test_names_that_leave_the_store_are_refused(make_files: Callable[[], Files]) -> None:
    store = Store(make_files())
    with pytest.raises(StoreError, match="no key"):
        store.put(b"x", "glb", FACTS, "../x")
    with pytest.raises(StoreError, match="not kept"):
        store.put(b"x", "exe", FACTS)


def test_the_least_recently_used_makes_room(make_files: Callable[[], Files]) -> None:
    files = make_files()
    store = Store(files, budget_bytes=30)
    old, new = (store.put(letter * 10, "glb", FACTS, key) for letter, key in ((b"a", "a"), (b"b", "b")))
    assert store.find("a") == old
    if isinstance(files, FolderFiles):  # the file system's clock may be too coarse to tell the two apart
        os.utime(files._folder / f"{new.hash[:2]}/{new.hash}.json", (1, 1))
        os.utime(files._folder / f"{new.hash[:2]}/{new.hash}.glb", (1, 1))
    third = store.put(b"c" * 15, "glb", FACTS, "c")
    assert store.find("c") == third
    assert store.find("b") is None
    assert store.find("a") == old


def test_a_file_over_the_whole_budget_is_refused_and_nothing_is_lost(make_files: Callable[[], Files]) -> None:
    store = Store(make_files(), budget_bytes=30)
    kept = store.put(b"a" * 10, "glb", FACTS, "a")
    with pytest.raises(StoreFullError, match="31 bytes"):
        store.put(b"b" * 31, "glb", FACTS, "b")
    assert store.find("a") == kept


def test_what_is_taken_down_stays_away(make_files: Callable[[], Files]) -> None:
    store = Store(make_files())
    entry = store.put(b"world", "glb", FACTS, KEY, sidecar=b"manifest")
    assert store.take_down(entry.hash, "a complaint", "2026-11-24") is True
    assert store.taken(entry.hash)
    assert store.find(KEY) is None
    assert store.read(entry.hash, "glb") is None
    assert store.read(entry.hash, "c2pa") is None
    with pytest.raises(StoreError, match="taken down"):
        store.put(b"world", "glb", FACTS, KEY)
    assert store.take_down("0" * 64, "unknown", "2026-11-24") is False
    with pytest.raises(StoreError, match="no hash"):
        store.take_down("world", "?", "?")


def test_a_full_disk_has_a_name_and_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(FolderFiles(tmp_path))

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreFullError, match="free some space"):
        store.put(b"world", "glb", FACTS, KEY)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    monkeypatch.undo()
    (tmp_path / "keys").write_text("in the way")
    with pytest.raises(StoreError):
        store.put(b"world", "glb", FACTS, KEY)


def test_a_broken_entry_is_named_and_a_cut_file_is_not_found(tmp_path: Path) -> None:
    store = Store(FolderFiles(tmp_path))
    entry = store.put(b"world", "glb", FACTS, KEY)
    path = tmp_path / entry.hash[:2] / entry.name
    path.write_bytes(b"wor")
    assert store.find(KEY) is None
    path.with_suffix(".json").write_text("{")
    with pytest.raises(StoreError, match="broken"):
        store.find(KEY)


def test_many_writers_of_one_file_leave_one_whole_file(tmp_path: Path) -> None:
    faults: list[Exception] = []

    def write() -> None:
        try:
            Store(FolderFiles(tmp_path)).put(b"w" * 100_000, "glb", FACTS, KEY)
        except StoreError as fault:
            faults.append(fault)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(list(Store(FolderFiles(tmp_path)).entries())) == 1
