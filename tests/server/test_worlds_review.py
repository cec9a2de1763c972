"""Review of worlds: what waits is given to nobody, what is approved to all, what is taken down to nobody ever."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from assets.brief import Brief
from assets.errors import StoreError
from assets.painters import Watch
from assets.painters.scripted import ScriptedPainter
from assets.store import Entry, Store
from assets.store_files import FolderFiles
from assets.view import panorama_of, picture_of
from server.app import build_app
from server.scenes import Scenes
from server.worlds import APPROVED_FILE, AUDIT_FILE, Worlds
from tests.server.world import make_parts

BRIEF = Brief("The <Sea>", "", "en", "sea", "", "day", "clear", "plain", 0.0, 1, "open sea", "text", record_id="b1")
STAFF = {"Authorization": "Bearer abc"}


class Home:
    """A server with one finished world."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.folder = folder
        parts = make_parts(home=folder, world_width_px=256, token="abc", **settings)
        self.store = parts.store = Store(FolderFiles(folder / "store"))
        worlds = Worlds(cast(Any, None), parts.settings, parts.store, ScriptedPainter())
        parts.scenes = Scenes(worlds, parts.workers, lambda: 0.0)
        self.entry: Entry = worlds.keep(worlds.make(BRIEF, Watch()))
        self.data = self.store.read(self.entry.hash, "glb") or b""
        self.client = TestClient(build_app(lambda: parts), follow_redirects=False)

    def audit(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in (self.folder / AUDIT_FILE).read_text().splitlines()]


@pytest.fixture
def home(tmp_path: Path):
    made = Home(tmp_path, worlds_reviewed=True)
    with made.client:
        yield made


def test_what_waits_is_given_to_staff_only_until_they_approve_it(home: Home) -> None:
    entry, get = home.entry, home.client.get
    picture = f"/v1/worlds/{entry.hash}.jpg"
    assert get("/v1/worlds").json() == []
    assert (get(f"/store/{entry.name}").status_code, get(picture).status_code) == (404, 404)
    assert get(f"/store/{entry.name}", headers=STAFF).status_code == 200
    assert "immutable" not in get(f"/store/{entry.name}", headers=STAFF).headers["cache-control"]
    assert get("/staff/worlds").status_code == 401
    page = get("/staff/worlds", headers=STAFF).text
    assert "The &lt;Sea&gt;" in page
    assert 'value="approve"' in page
    answer = home.client.post(f"/staff/worlds/{entry.hash}", data={"act": "approve"}, headers=STAFF)
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/worlds")
    assert [one["hash"] for one in get("/v1/worlds").json()] == [entry.hash]
    given = get(f"/store/{entry.name}")
    assert hashlib.sha256(given.content).hexdigest() == entry.hash
    with Image.open(io.BytesIO(get(picture).content)) as image:
        assert image.size == (480, 300)
    assert home.audit()[-1] | {"when": ""} == {
        "when": "", "what": "review", "subject": entry.hash, "verdict": "allowed", "reason": "approve", "by": "staff"
    }  # fmt: skip


def test_approval_can_be_taken_back(home: Home) -> None:
    for act, shown in (("approve", 1), ("withdraw", 0), ("approve", 1), ("approve", 1)):
        home.client.post(f"/staff/worlds/{home.entry.hash}", data={"act": act}, headers=STAFF)
        assert len(home.client.get("/v1/worlds").json()) == shown
    assert (home.folder / APPROVED_FILE).read_text().split() == [home.entry.hash]


def test_what_is_taken_down_is_gone_for_good(home: Home) -> None:
    form = {"act": "remove", "reason": "a complaint"}
    told = home.client.post(
        f"/staff/worlds/{home.entry.hash}", data=form, headers={**STAFF, "Accept": "application/json"}
    )
    assert told.json() == {"hash": home.entry.hash, "act": "remove"}
    assert home.client.get(f"/store/{home.entry.name}", headers=STAFF).status_code == 410
    assert home.client.get(f"/v1/worlds/{home.entry.hash}.jpg", headers=STAFF).status_code == 404
    with pytest.raises(StoreError, match="taken down"):
        home.store.put(home.data, "glb", home.entry.facts)
    assert home.audit()[-1]["verdict"] == "blocked"
    assert "complaint" not in (home.folder / AUDIT_FILE).read_text()


@pytest.mark.parametrize(
    ("headers", "form", "status"),
    [
        ({}, {"act": "approve"}, 401),
        ({"Authorization": "Bearer wrong"}, {"act": "approve"}, 401),
        ({**STAFF, "Origin": "https://elsewhere.example"}, {"act": "approve"}, 403),
        (STAFF, {"act": "explode"}, 422),
        (STAFF, {}, 422),
    ],
)
def test_nobody_else_may_act(home: Home, headers: dict[str, str], form: dict[str, str], status: int) -> None:
    answer = home.client.post(f"/staff/worlds/{home.entry.hash}", data=form, headers=headers)
    assert answer.status_code == status
    assert home.client.get("/v1/worlds").json() == []


@pytest.mark.parametrize("digest", ["0" * 64, "..", "x", "%2e%2e%2fshelfway"])
def test_a_world_that_is_not_there_is_not_found(home: Home, digest: str) -> None:
    assert home.client.post(f"/staff/worlds/{digest}", data={"act": "approve"}, headers=STAFF).status_code in (404, 405)
    assert home.client.get(f"/v1/worlds/{digest}.jpg").status_code in (401, 404)  # the gate knows no such path


def test_without_review_readers_get_worlds_at_once_and_staff_may_still_take_down(tmp_path: Path) -> None:
    made = Home(tmp_path)
    with made.client as client:
        assert [one["title"] for one in client.get("/v1/worlds").json()] == ["The <Sea>"]
        assert 'value="approve"' not in client.get("/staff/worlds", headers=STAFF).text
        client.post(f"/staff/worlds/{made.entry.hash}", data={"act": "remove"}, headers=STAFF)
        assert client.get("/v1/worlds").json() == []


def test_a_worlds_picture_is_its_own(home: Home) -> None:
    data = home.store.read(home.entry.hash, "glb") or b""
    colour = panorama_of(data)[10, 10]
    assert abs(int(colour[2]) - BRIEF.seed) < 6
    assert len(picture_of(data, "ai")) < 60_000
