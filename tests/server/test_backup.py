"""Back-up while served, restore whole or not at all."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.__main__ import main
from server.audit import Audit
from server.backup import LIST, make_backup, restore_backup
from server.build import build_parts
from server.errors import CommandError
from server.settings import Settings
from tests.server.world import running


def files_of(home: Path) -> dict[str, bytes]:
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and ".sqlite" not in path.name
    }


def test_a_home_is_backed_up_while_it_is_served_and_written_and_serves_again(demo_home: Path, tmp_path: Path) -> None:
    import shutil

    home, stop, written = tmp_path / "home", threading.Event(), [0]
    shutil.copytree(demo_home, home)
    (home / "models" / "big").mkdir(parents=True)
    (home / "models" / "big" / "weights").write_bytes(b"x" * 1000)
    (home / "link").symlink_to("/etc/passwd")
    audit = Audit(home / "audit.sqlite")

    def write() -> None:
        while not stop.is_set():
            written[0] = audit.write("staff", "busy", {"text": "x" * 500})

    with running(build_parts(Settings(home=home, port=0, speaker="none"))) as port:
        writer = threading.Thread(target=write)
        writer.start()
        try:
            while written[0] < 20:
                pass
            assert main(["backup", "--home", str(home), "--out", str(tmp_path / "b.tar.gz")]) == 0
        finally:
            stop.set()
            writer.join()
        assert httpx.get(f"http://127.0.0.1:{port}/v1/find?q=Pride").json()["hits"]
    assert (tmp_path / "b.tar.gz").stat().st_mode & 0o777 == 0o600

    again = tmp_path / "again"
    assert main(["restore", str(tmp_path / "b.tar.gz"), "--home", str(again)]) == 0
    kept = {name: data for name, data in files_of(home).items() if not name.startswith(("models/", "link"))}
    assert files_of(again) == kept
    restored = Audit(again / "audit.sqlite")
    entries = restored.read(limit=1000)
    assert restored.verify() is None
    assert [entries[0].act, sum(e.act == "home.backup" for e in entries)] == ["home.restore", 1]
    assert len(entries) >= 20
    with running(build_parts(Settings(home=again, port=0, speaker="none"))) as port:
        assert httpx.get(f"http://127.0.0.1:{port}/v1/find?q=Pride").json()["hits"]
    assert sqlite3.connect(again / "catalogue.sqlite").execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Path]:
    """A home and its back-up."""
    home = tmp_path / "small"
    (home / "twin").mkdir(parents=True)
    (home / "twin" / "plan.json").write_text('{"a": 1}')
    Audit(home / "audit.sqlite").write("staff", "one")
    made = make_backup(home, tmp_path / "small.tar.gz")
    assert (made.files, made.left_out) == (2, ())
    return home, made.path


def test_a_home_that_is_there_is_put_aside_only_when_told(small: tuple[Path, Path]) -> None:
    home, backup = small
    (home / "twin" / "plan.json").write_text("newer")
    with pytest.raises(CommandError) as refused:
        restore_backup(backup, home)
    assert refused.value.code == "exists"
    assert (home / "twin" / "plan.json").read_text() == "newer"
    aside = restore_backup(backup, home, force=True)
    assert aside is not None
    assert (aside / "twin" / "plan.json").read_text() == "newer"
    assert (home / "twin" / "plan.json").read_text() == '{"a": 1}'


def repacked(backup: Path, change: Callable[[list[tuple[tarfile.TarInfo, bytes]]], Any]) -> Path:
    with tarfile.open(backup) as tar:
        members = [(m, tar.extractfile(m).read()) for m in tar]  # type: ignore[union-attr]
    change(members)
    target = backup.with_name("changed.tar.gz")
    with tarfile.open(target, "w:gz") as tar:
        for member, data in members:
            member.size = len(data) if member.isreg() else 0
            tar.addfile(member, io.BytesIO(data))
    return target


def add(name: str, kind: bytes = tarfile.REGTYPE) -> Callable[[list[tuple[tarfile.TarInfo, bytes]]], None]:
    def change(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "/etc/passwd"
        listed = json.loads(members[-1][1])
        listed["files"][name] = {
            "size": 0,
            "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        }
        members[-1] = (members[-1][0], json.dumps(listed).encode())
        members.insert(0, (member, b""))

    return change


def newer(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members[-1] = (members[-1][0], json.dumps({**json.loads(members[-1][1]), "format": 99}).encode())


def altered(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    at = next(n for n, (m, _) in enumerate(members) if m.name == "twin/plan.json")
    members[at] = (members[at][0], b'{"a": 2}')


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (add("../outside"), "bad_backup"),
        (add("/etc/outside"), "bad_backup"),
        (add("twin/link", tarfile.SYMTYPE), "bad_backup"),
        (add("twin/hard", tarfile.LNKTYPE), "bad_backup"),
        (altered, "bad_backup"),
        (newer, "newer_file"),
        (lambda members: members.pop(0), "bad_backup"),
        (lambda members: members.pop(), "bad_backup"),
    ],
)
def test_what_is_no_whole_back_up_of_ours_changes_nothing(
    change: Callable[..., Any], code: str, small: tuple[Path, Path], tmp_path: Path
) -> None:
    home, backup = small
    before = files_of(home)
    with pytest.raises(CommandError) as refused:
        restore_backup(repacked(backup, change), home, force=True)
    assert refused.value.code == code
    assert files_of(home) == before
    assert not (tmp_path / "outside").exists()
    assert not [p for p in tmp_path.iterdir() if p.name.endswith(".restoring")]


@pytest.mark.parametrize("data", [b"", b"nonsense", gzip.compress(b"nonsense", mtime=0)])
def test_nonsense_is_named(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.tar.gz").write_bytes(data)
    assert main(["restore", str(tmp_path / "x.tar.gz"), "--home", str(tmp_path / "home"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["code"] == "bad_backup"
    assert not (tmp_path / "home").exists()


def test_half_a_back_up_is_named_and_a_full_disk_leaves_none(
    small: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, backup = small
    half = backup.with_name("half.tar.gz")
    half.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    with pytest.raises(CommandError) as refused:
        restore_backup(half, home, force=True)
    assert refused.value.code == "bad_backup"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("server.backup.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        make_backup(home, backup.with_name("full.tar.gz"))
    assert not list(backup.parent.glob("full*"))


def test_it_is_written_beside_the_home_and_over_nothing(small: tuple[Path, Path]) -> None:
    home, backup = small
    for target, code in ((home / "in.tar.gz", "bad_target"), (backup, "exists")):
        with pytest.raises(CommandError) as refused:
            make_backup(home, target)
        assert refused.value.code == code


def test_the_list_is_last_so_that_half_a_file_has_none(small: tuple[Path, Path]) -> None:
    with tarfile.open(small[1]) as tar:
        assert tar.getnames()[-1] == LIST
