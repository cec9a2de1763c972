"""HTTP: health, readiness, figures, plan, search, pages, headers."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from server import pages
from server.parts import Parts
from tests.server.world import make_parts, running


@pytest.fixture(scope="module")
def http(port: int) -> httpx.Client:
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20)


def test_health_and_ready(http: httpx.Client, parts: Parts) -> None:
    assert http.get("/health").json()["status"] == "ok"
    for _ in range(400):
        answer = http.get("/ready")
        if answer.status_code == 200:
            break
    assert answer.json() == {
        "ready": True,
        "plan_revision": "r1",
        "hearing": ["en"],
        "speaking": ["en", "zh"],
        "faults": [],
    }


def test_ready_is_truthful_without_a_building() -> None:
    parts = make_parts()
    parts.plan = parts.building = None
    with running(parts) as port:
        http = httpx.Client(base_url=f"http://127.0.0.1:{port}")
        while not http.get("/ready").json()["faults"]:
            pass
        assert http.get("/ready").status_code == 503
        assert "import a venue" in http.get("/ready").json()["faults"][0]
        assert http.get("/v1/plan").status_code == 404
        assert http.get("/v1/plan").json()["code"] == "not_ready"


def test_the_plan_is_sent_once(http: httpx.Client) -> None:
    first = http.get("/v1/plan", headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    body = first.json()
    assert body["revision"] == "r1"
    ring = body["units"][0]["shape"][0][0]
    assert ring[0] == ring[-1]
    assert body["faces"][0]["range_id"] == "S1"
    assert body["pins"][0] == {
        "id": "toilet",
        "level": 0,
        "kind": "amenity",
        "category": "restroom",
        "name": {"en": "Toilet", "zh": "洗手间"},
        "point": [18.0, 8.0],
    }
    again = http.get("/v1/plan", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = http.get("/v1/plan", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == body


def test_find(http: httpx.Client) -> None:
    hits = http.get("/v1/find", params={"q": "test book"}).json()["hits"]
    assert hits[0]["shelf"]["range_id"] == "S1"
    assert http.get("/v1/find", params={"q": "nothing"}).json() == {"hits": []}
    failed = http.get("/v1/find", params={"q": "explode", "lang": "zh"})
    assert (failed.status_code, failed.json()["code"]) == (500, "internal")
    assert "secret" not in failed.text
    assert http.get("/v1/find").status_code == 422
    assert http.get("/v1/find", params={"q": "x", "limit": 0}).json()["code"] == "bad_message"


def test_metrics_count_and_tell_no_words(http: httpx.Client) -> None:
    text = http.get("/metrics").text
    assert "shelfway_stage_seconds_bucket" in text
    assert "shelfway_connections" in text
    assert "test book" not in text


def test_pages_and_headers(http: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = tmp_path / "pages"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("<title>kiosk</title>")
    (built / "assets/a-1.js").write_text("1")
    (tmp_path / "secret.txt").write_text("no")
    monkeypatch.setattr(pages.find_page, "__defaults__", (built,))
    page = http.get("/")
    assert "kiosk" in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'self'")
    assert page.headers["x-content-type-options"] == "nosniff"
    assert "immutable" in http.get("/assets/a-1.js").headers["cache-control"]
    for path in ("/nothing.html", "/../secret.txt", "/%2e%2e/secret.txt", "/assets"):
        assert http.get(path).status_code == 404


def test_without_a_built_page_the_server_says_how_to_get_one(
    http: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages.find_page, "__defaults__", (tmp_path,))
    page = http.get("/")
    assert page.status_code == 200
    assert "make run" in page.text
