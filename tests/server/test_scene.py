"""Worlds over a real socket: queue, progress, previews, ready, cancel, one painting for many, refusals."""

from __future__ import annotations

import hashlib
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from assets.errors import PainterError
from assets.painters.scripted import ScriptedPainter
from assets.store import Store
from assets.store_files import FolderFiles
from library.store import Catalogue
from server.scenes import Scenes
from server.worlds import APPROVED_FILE, Worlds
from tests.server.client import Client
from tests.server.world import make_parts, running


@contextmanager
def serving(demo_home: Path, tmp_path: Path, painter: ScriptedPainter, **settings: Any) -> Iterator[int]:
    """A server whose worlds are painted by a script."""
    parts = make_parts(home=tmp_path, world_width_px=256, **settings)
    parts.store = Store(FolderFiles(tmp_path / "store"))
    catalogue = Catalogue.open(demo_home / "catalogue.sqlite")
    worlds = Worlds(catalogue, parts.settings, parts.store, painter)
    parts.scenes = Scenes(worlds, parts.workers, lambda: 0.0)
    with running(parts) as port:
        yield port
    catalogue.close()


@pytest.fixture
def gate() -> threading.Event:
    return threading.Event()


def test_a_world_is_queued_painted_shown_and_fetched(demo_home, tmp_path):
    painter = ScriptedPainter()
    with serving(demo_home, tmp_path, painter) as port:
        client = Client(port)
        client.say(type="open_world", id="w1", record_id="demo-0001", lang="en")
        ready = client.wait("world_ready")
        kinds = [message["type"] for message in client.got]
        assert "world_queued" in kinds
        assert {"world_progress", "world_preview"} & set(kinds)
        assert (ready["title"], ready["label"], ready["cached"]) == ("Pride and Prejudice", "algorithmic", False)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{ready['url']}") as answer:
            data = answer.read()
        assert hashlib.sha256(data).hexdigest() == ready["hash"]
        client.say(type="open_world", id="w2", record_id="demo-0001", lang="en")
        again = client.wait("world_ready", of="w2")
        assert (again["cached"], again["hash"]) == (True, ready["hash"])
        assert painter.painted == 1
        client.close()


def test_many_who_want_the_same_get_one_painting(demo_home, tmp_path, gate):
    painter = ScriptedPainter(before=lambda step: gate.wait(20) and None)
    with serving(demo_home, tmp_path, painter) as port:
        clients = [Client(port) for _ in range(8)]
        for client in clients:
            client.say(type="open_world", id="w", record_id="demo-0002", lang="en")
        for client in clients:
            client.wait("world_queued")
        gate.set()
        assert len({client.wait("world_ready")["hash"] for client in clients}) == 1
        assert painter.painted == 1
        for client in clients:
            client.close()


def test_cancel_stops_the_painting_and_the_next_one_begins(demo_home, tmp_path, gate):
    begun = threading.Event()

    def before(step: int) -> None:
        begun.set()
        gate.wait(20)

    painter = ScriptedPainter(before=before)
    with serving(demo_home, tmp_path, painter) as port:
        one, other = Client(port), Client(port)
        one.say(type="open_world", id="w", record_id="demo-0003")
        assert begun.wait(20)
        other.say(type="open_world", id="w", record_id="demo-0004")
        assert other.wait("world_queued")["position"] == 1
        one.say(type="cancel_world", of="w")
        one.wait("world_cancelled")
        gate.set()
        assert other.wait("world_ready")["of"] == "w"
        assert painter.painted == 1
        assert not [m for m in one.got if m["type"] == "world_ready"]
        one.close()
        other.close()


def test_a_painter_that_fails_once_is_tried_again_and_twice_is_told(demo_home, tmp_path):
    painter = ScriptedPainter(faults=tuple(PainterError("secret cause") for _ in range(3)))
    with serving(demo_home, tmp_path, painter) as port:
        client = Client(port)
        client.say(type="open_world", id="a", record_id="demo-0005")
        assert client.wait("error")["code"] == "cannot_paint"
        client.say(type="open_world", id="b", record_id="demo-0006")
        assert client.wait("world_ready")["of"] == "b"
        client.close()


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"record_id": "no-such"}, "unknown_record"),
        ({}, "bad_message"),
        ({"record_id": "demo-0001", "idea": "the sea"}, "bad_message"),
        ({"idea": "色 情"}, "blocked"),
        ({"idea": "qqq zzz"}, "cannot_paint"),
        ({"shelf": "qqqq zzzz"}, "cannot_paint"),
    ],
)
def test_refusals_have_a_code_and_say_no_more(demo_home, tmp_path, request_, code):
    with serving(demo_home, tmp_path, ScriptedPainter()) as port:
        client = Client(port)
        client.say(type="open_world", id="w", **request_)
        refused = client.wait("error")
        assert (refused["code"], refused["of"]) == (code, "w")
        client.close()


def test_where_staff_must_approve_readers_wait_for_them(demo_home, tmp_path):
    with serving(demo_home, tmp_path, ScriptedPainter(), worlds_reviewed=True) as port:
        client = Client(port)
        client.say(type="open_world", id="w", shelf="astronomy")
        assert client.wait("error")["code"] == "in_review"
        (entry,) = Store(FolderFiles(tmp_path / "store")).entries()
        (tmp_path / APPROVED_FILE).write_text(entry.hash + "\n")
        client.say(type="open_world", id="w2", shelf="astronomy")
        assert client.wait("world_ready")["hash"] == entry.hash
        client.close()
