"""The log of what staff did: append-only, whole or known not to be, refused when a newer program wrote it."""

from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from library.migrations import version_of
from server.__main__ import main
from server.audit import DAY_S, Audit, AuditError
from server.build import build_parts
from server.errors import CommandError
from server.settings import Settings
from server.sqlite_file import open_file
from tests.server.world import running


@pytest.fixture
def own_home(demo_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_home, tmp_path / "home"))


def test_entries_are_kept_in_order_and_follow_from_one_another(tmp_path: Path) -> None:
    audit = Audit(tmp_path / "audit.sqlite")
    for number in range(1, 4):
        assert audit.write("staff", "plan.close", {"features": [f"lift-{number}"]}) == number
    assert [entry.what["features"] for entry in audit.read(limit=2)] == [["lift-3"], ["lift-2"]]
    assert [entry.number for entry in audit.read(before=2)] == [1]
    assert audit.verify() is None
    audit.close()
    assert len(Audit(tmp_path / "audit.sqlite").read()) == 3


def test_two_processes_write_one_chain(tmp_path: Path) -> None:
    logs = [Audit(tmp_path / "audit.sqlite") for _ in range(2)]
    logs[0].write("staff", "first")
    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(lambda n: logs[n % 2].write("staff", f"act-{n}"), range(60)))
    assert sorted(numbers) == list(range(2, 62))
    assert logs[1].verify() is None


def test_nobody_changes_it_and_who_does_from_outside_is_seen(tmp_path: Path) -> None:
    home, audit = ["--home", str(tmp_path), "--json"], Audit(tmp_path / "audit.sqlite")
    assert main(["audit", *home]) == 0
    for act in ("one", "two", "three"):
        audit.write("staff", act)
    raw = sqlite3.connect(tmp_path / "audit.sqlite")
    for statement in ("UPDATE entries SET who = 'nobody'", "DELETE FROM entries"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(statement)
    raw.rollback()
    raw.execute("DROP TRIGGER entries_are_kept")
    raw.execute("DELETE FROM entries WHERE number = 2")
    raw.commit()
    assert audit.verify() == 3
    assert main(["audit", *home]) == 1


def test_old_entries_go_and_the_rest_is_still_whole(tmp_path: Path) -> None:
    now = [0.0]
    audit = Audit(tmp_path / "audit.sqlite", lambda: now[0])
    audit.write("staff", "old")
    now[0] = 31 * DAY_S
    audit.write("staff", "new")
    assert audit.expire(days=1) == 1
    assert [entry.act for entry in audit.read()] == ["new"]
    assert audit.verify() is None


def test_what_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    audit = Audit(tmp_path / "audit.sqlite")
    audit.write("staff", "one")
    other = sqlite3.connect(tmp_path / "audit.sqlite")
    other.execute("DROP TABLE entries")
    other.commit()
    with pytest.raises(AuditError):
        audit.write("staff", "two")


def test_what_cannot_be_written_down_is_not_done(own_home: Path) -> None:
    (own_home / "audit.sqlite").mkdir()
    with running(build_parts(Settings(home=own_home, port=0, speaker="none"))) as port:
        answer = httpx.post(f"http://127.0.0.1:{port}/v1/plan/close", json={"features": ["Lift"]})
        assert (answer.status_code, answer.json()["code"]) == (500, "internal")
        assert httpx.get(f"http://127.0.0.1:{port}/v1/plan/closed").json() == {"closed": []}
        assert httpx.get(f"http://127.0.0.1:{port}/staff/audit").status_code == 500


def test_staff_read_who_closed_what_by_http_and_by_command(own_home: Path) -> None:
    with running(build_parts(Settings(home=own_home, port=0, speaker="none"))) as port:
        httpx.post(f"http://127.0.0.1:{port}/v1/plan/close", json={"features": ["Lift"]})
        assert main(["plan", "open", "Lift", "--home", str(own_home)]) == 0
        entries = httpx.get(f"http://127.0.0.1:{port}/staff/audit").json()["entries"]
    told = [(e["who"], e["act"], len(e["what"]["features"])) for e in entries]
    assert told == [("staff:command", "plan.open", 1), ("staff:this-machine", "plan.close", 1)]


def test_a_file_of_a_newer_program_is_refused_by_name_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "some.sqlite"
    first = open_file(path, ["CREATE TABLE a (x);"])
    first.execute("INSERT INTO a VALUES (7)")
    first.close()
    second = open_file(path, ["CREATE TABLE a (x);", "ALTER TABLE a ADD COLUMN y;\nUPDATE a SET y = x + 1;"])
    assert version_of(second) == 2
    assert second.execute("SELECT x, y FROM a").fetchone() == (7, 8)
    second.close()
    with pytest.raises(CommandError, match="newer Shelfway") as refused:
        open_file(path, ["CREATE TABLE a (x);"])
    assert (refused.value.code, refused.value.where) == ("newer_file", str(path))


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "some.sqlite"
    open_file(path, ["CREATE TABLE a (x);"]).close()
    with pytest.raises(CommandError, match="cannot be used"):
        open_file(path, ["CREATE TABLE a (x);", "CREATE TABLE b (x);\nCREATE TABLE a (x);"])
    again = open_file(path, ["CREATE TABLE a (x);"])
    assert again.execute("SELECT name FROM sqlite_master WHERE name = 'b'").fetchone() is None
    assert version_of(again) == 1


def test_what_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "some.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(CommandError) as refused:
        open_file(tmp_path / "some.sqlite", ["CREATE TABLE a (x);"])
    assert refused.value.code == "broken_file"
