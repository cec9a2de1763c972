"""Nothing is kept on readers unless they agreed; what is kept they get, can erase, and it goes in time."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.__main__ import main
from server.agreed import DAY_S, FILE, POSE_EVERY_S, Kept
from server.sign_in import pseudonym
from tests.server.client import Client
from tests.server.test_sign_in import AUDIENCE, ISSUER, KEYS, sign
from tests.server.world import make_parts, running

WORD = "zanzibarian"
READER = pseudonym(ISSUER, "u-1")


def settings_for(home: Path) -> dict[str, Any]:
    (home / "keys.json").write_text(json.dumps(KEYS))
    return {"home": home, "oidc_issuer": ISSUER, "oidc_audience": AUDIENCE, "oidc_keys": str(home / "keys.json")}


def visit(port: int, token: str | None = None) -> Client:
    """A reader who asks and walks."""
    client = Client(port, client="browser", token=token)
    client.say(type="ask", id="q", text=f"Where is the {WORD} book?")
    client.wait("answer", of="q")
    client.say(type="pose", east_m=7.125, north_m=5.375, level=0)
    client.say(type="ping", id="p")
    client.wait("pong")
    return client


def bytes_in(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


@pytest.fixture
def served(tmp_path: Path) -> Any:
    parts = make_parts(**settings_for(tmp_path))
    with running(parts) as port:
        yield parts, f"http://127.0.0.1:{port}", port, {"Authorization": f"Bearer {sign()}"}


def test_nothing_is_written_of_who_has_not_agreed(tmp_path: Path) -> None:
    parts = make_parts(**settings_for(tmp_path))
    with running(parts) as port:
        url, bearer = f"http://127.0.0.1:{port}/v1/me", {"Authorization": f"Bearer {sign()}"}
        told = httpx.get(f"{url}/consents", headers=bearer).json()["consents"]
        assert [(c["purpose"], c["granted"], c["at_s"]) for c in told] == [
            ("history", False, None), ("poses", False, None),
        ]  # fmt: skip
        assert all(set(c["text"]) == {"en", "zh"} and str(c["days"]) in c["text"]["zh"] for c in told)
        httpx.put(f"{url}/consents", headers=bearer, json={"decisions": {"history": False, "poses": False}})
        for token in (None, sign()):
            visit(port, token).close()
        parts.kept.flush()
        held = httpx.get(f"{url}/data", headers=bearer).json()
        assert held["readers"]["kept"] == []
    assert WORD.encode() not in bytes_in(tmp_path)
    assert b"7.1" not in (tmp_path / FILE).read_bytes()
    assert b"u-1" not in (tmp_path / FILE).read_bytes()


def test_each_purpose_stands_alone_and_taking_it_back_erases(served: Any) -> None:
    _, base, port, bearer = served
    httpx.put(f"{base}/v1/me/consents", headers=bearer, json={"decisions": {"poses": True}})
    client = visit(port, sign())
    held = httpx.get(f"{base}/v1/me/data", headers=bearer)
    assert "attachment" in held.headers["content-disposition"]
    assert held.headers["cache-control"] == "no-store"
    body = held.json()
    (row,) = body["readers"]["kept"]
    assert (row["purpose"], row["east_m"], row["level"]) == ("poses", 7.1, 0)
    assert WORD in json.dumps(body["visits"])  # in memory while the visit lasts
    httpx.put(f"{base}/v1/me/consents", headers=bearer, json={"decisions": {"poses": False, "history": True}})
    client.say(type="ask", id="q2", text=f"And the other {WORD} book?")
    client.wait("answer", of="q2")
    body = httpx.get(f"{base}/v1/me/data", headers=bearer).json()
    (row,) = body["readers"]["kept"]
    assert row["question"] == f"And the other {WORD} book?"
    assert [(c["purpose"], c["granted"]) for c in body["readers"]["consents"]] == [("history", True), ("poses", False)]
    client.close()


def test_erasing_leaves_no_trace_in_the_files_and_ends_in_the_running_visit_too(served: Any) -> None:
    parts, base, port, bearer = served
    home = parts.settings.home
    httpx.put(f"{base}/v1/me/consents", headers=bearer, json={"decisions": {"history": True, "poses": True}})
    client = visit(port, sign())
    parts.kept.flush()
    assert WORD.encode() in bytes_in(home)
    erased = httpx.delete(f"{base}/v1/me/data", headers=bearer).json()["erased"]
    assert erased == {"readers": 4, "visits": 1, "notes": 0}
    assert WORD.encode() not in bytes_in(home)
    client.say(type="ask", id="q3", text=f"The {WORD} book again?")
    client.wait("answer", of="q3")
    parts.kept.flush()
    held = httpx.get(f"{base}/v1/me/data", headers=bearer).json()
    assert (held["readers"]["kept"], held["visits"]) == ([], [])
    assert WORD.encode() not in bytes_in(home)
    client.close()


def test_readers_get_their_own_and_nobody_elses(served: Any) -> None:
    parts, base, _, bearer = served
    httpx.put(f"{base}/v1/me/consents", headers=bearer, json={"decisions": {"history": True}})
    parts.kept.keep(READER, "history", {"question": WORD, "answer": ""}, time.time())
    parts.kept.flush()
    other = {"Authorization": f"Bearer {sign(sub='u-2')}"}
    assert WORD not in httpx.get(f"{base}/v1/me/data", headers=other).text
    assert httpx.delete(f"{base}/v1/me/data", headers=other).json()["erased"]["readers"] == 0
    assert WORD in httpx.get(f"{base}/v1/me/data", headers=bearer).text
    for path in ("/v1/me/data", "/v1/me/consents"):
        assert httpx.get(base + path, headers={"X-Forwarded-For": "6.6.6.6"}).status_code == 401
    wrong = {"decisions": {"everything": True}}
    assert httpx.put(f"{base}/v1/me/consents", headers=bearer, json=wrong).status_code == 422


def test_the_desk_exports_and_erases_and_it_is_written_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "shelfway.toml").write_text(f'oidc_issuer = "{ISSUER}"\noidc_audience = "{AUDIENCE}"\n')
    kept = Kept(tmp_path / FILE, {"history": 30, "poses": 7})
    kept.decide(READER, "history", True, time.time())
    kept.keep(READER, "history", {"question": WORD, "answer": "yes"}, time.time())
    kept.close()
    home = ["--home", str(tmp_path), "--json"]
    assert main(["reader", "export", "--subject", "u-1", *home]) == 0
    assert json.loads(capsys.readouterr().out)["readers"]["kept"][0]["question"] == WORD
    assert main(["reader", "consents", READER, *home]) == 0
    assert json.loads(capsys.readouterr().out)["consents"] == {"history": True, "poses": False}
    assert main(["reader", "erase", READER, *home]) == 0
    assert json.loads(capsys.readouterr().out)["erased"] == {"readers": 2}
    assert WORD.encode() not in bytes_in(tmp_path)
    assert main(["reader", "erase", "Mr Smith", *home]) == 1
    assert json.loads(capsys.readouterr().out)["code"] == "bad_reader"
    from server.audit import Audit

    assert [e.act for e in Audit(tmp_path / "audit.sqlite").read()] == [
        "reader.erase", "reader.consents", "reader.export",
    ]  # fmt: skip


def test_what_is_too_old_goes_and_poses_are_thin(tmp_path: Path) -> None:
    kept = Kept(tmp_path / FILE, {"history": 30, "poses": 7})
    for purpose in ("history", "poses"):
        kept.decide(READER, purpose, True, 0.0)  # type: ignore[arg-type]
    kept.keep(READER, "history", {"question": WORD}, 0.0)
    for tenth in range(100):
        kept.keep(READER, "poses", {"east_m": 1.0}, 100.0 + tenth / 10)
    assert kept.flush() == 1 + int(10 / POSE_EVERY_S)
    assert kept.expire(100.0 + 7 * DAY_S + 20) == 2
    assert [row["purpose"] for row in kept.export(READER)["kept"]] == ["history"]
    assert kept.expire(30 * DAY_S + 1) == 1
    assert WORD.encode() not in bytes_in(tmp_path)


def test_a_consent_to_an_older_text_counts_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept(tmp_path / FILE, {"history": 30, "poses": 7})
    kept.decide(READER, "history", True, 0.0)
    monkeypatch.setattr("server.agreed.TEXTS_VERSION", 2)
    assert not any(c.granted for c in kept.consents(READER))
    kept.keep(READER, "history", {"question": WORD}, 1.0)
    assert kept.flush() == 0
    kept.decide(READER, "history", True, 2.0)
    assert kept.consents(READER)[0].granted


def test_a_back_up_does_not_bring_back_who_was_forgotten(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    kept = Kept(home / FILE, {"history": 30, "poses": 7})
    kept.decide(READER, "history", True, time.time())
    kept.keep(READER, "history", {"question": WORD}, time.time())
    kept.close()
    assert main(["backup", "--home", str(home), "--out", str(tmp_path / "b.tar.gz")]) == 0
    assert main(["reader", "erase", READER, "--home", str(home)]) == 0
    assert main(["restore", str(tmp_path / "b.tar.gz"), "--home", str(home), "--force"]) == 0
    assert WORD.encode() not in bytes_in(home)
    assert not Kept(home / FILE, {}).consents(READER)[0].granted


def test_a_full_disk_loses_no_visit(served: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    parts, base, port, bearer = served
    httpx.put(f"{base}/v1/me/consents", headers=bearer, json={"decisions": {"history": True}})
    connection = parts.kept._open()
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    for _ in range(40):
        parts.kept.keep(READER, "history", {"question": WORD * 400, "answer": ""}, time.time())
    with pytest.raises(sqlite3.OperationalError, match="full"):
        parts.kept.flush()
    visit(port, sign()).close()
    assert httpx.get(f"{base}/health").status_code == 200
