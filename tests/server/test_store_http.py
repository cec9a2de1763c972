"""Stored files over HTTP: entity tags, ranges, taken down."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assets.store import Entry, Facts, Store
from assets.store_files import FolderFiles
from server.store_http import find_range, store_router
from tests.server.world import make_parts

DATA = bytes(range(256)) * 4


@pytest.fixture
def stored(tmp_path: Path) -> tuple[TestClient, Store, Entry]:
    parts = make_parts()
    parts.store = Store(FolderFiles(tmp_path))
    app = FastAPI()
    app.state.parts = parts
    app.include_router(store_router())
    return TestClient(app), parts.store, parts.store.put(DATA, "glb", Facts("algorithmic", "CC0-1.0", "p"))


def test_a_file_is_given_whole_once_and_then_never_again(stored):
    client, _, entry = stored
    got = client.get(f"/store/{entry.name}")
    assert (got.status_code, got.content, got.headers["content-type"]) == (200, DATA, "model/gltf-binary")
    assert "immutable" in got.headers["cache-control"]
    again = client.get(f"/store/{entry.name}", headers={"If-None-Match": got.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(f"/store/{entry.name}")
    assert (head.headers["content-length"], head.content) == (str(len(DATA)), b"")


@pytest.mark.parametrize(
    ("text", "status", "part"),
    [
        ("bytes=0-9", 206, DATA[:10]),
        ("bytes=1000-", 206, DATA[1000:]),
        ("bytes=-5", 206, DATA[-5:]),
        ("bytes=1020-9999", 206, DATA[1020:]),
        ("bytes=5000-", 416, b""),
        ("bytes=9-3", 200, DATA),
        ("lines=1-2", 200, DATA),
    ],
)
def test_ranges(stored, text, status, part):
    client, _, entry = stored
    got = client.get(f"/store/{entry.name}", headers={"Range": text})
    assert (got.status_code, got.content) == (status, part)
    if status == 206:
        assert got.headers["content-range"].endswith(f"/{len(DATA)}")


def test_a_range_of_another_version_is_the_whole(stored):
    client, _, entry = stored
    got = client.get(f"/store/{entry.name}", headers={"Range": "bytes=0-9", "If-Range": '"other"'})
    assert (got.status_code, len(got.content)) == (200, len(DATA))
    assert find_range("bytes=-0", 10) == "unsatisfiable"


def test_what_is_not_there_or_taken_down(stored):
    client, store, entry = stored
    for name in ("0" * 64 + ".glb", "x.glb", entry.hash + ".json", "..%2F..%2Fetc.glb"):
        assert client.get(f"/store/{name}").status_code == 404
    store.take_down(entry.hash, "a complaint", "now")
    assert client.get(f"/store/{entry.name}").status_code == 410
