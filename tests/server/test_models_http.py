"""The building over HTTP: by revision, by level, kept, packed for the way, refused when it is another one."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from assets.glb_container import unpack_glb
from assets.twin import build_twin
from server.__main__ import main
from server.models_http import Models
from tests.server.world import PLAN


@pytest.fixture(scope="module")
def http(port: int) -> httpx.Client:
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20)


def test_the_model_is_the_one_that_the_command_writes(http: httpx.Client) -> None:
    answer = http.get("/twin/r1.glb")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "model/gltf-binary"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == build_twin(PLAN).data
    again = http.get("/twin/r1.glb", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = http.get("/twin/current.glb", headers={"Accept-Encoding": "identity"})
    assert plain.content == answer.content
    assert plain.headers["cache-control"] == "no-cache"


def test_one_level_and_none(http: httpx.Client) -> None:
    document, _ = unpack_glb(http.get("/twin/r1.glb", params={"level": 0}).content)
    assert [n["name"] for n in document["nodes"] if n["name"].startswith("level")] == ["level 0"]
    for path in ("/twin/r1.glb?level=9", "/twin/r2.glb", "/twin/..%2f..%2fsecret.glb"):
        answer = http.get(path)
        assert answer.status_code == 404, path
        assert answer.json()["code"] in ("unknown_place", "not_found")
    assert http.get("/twin/r1.glb?level=ground").json()["code"] == "bad_message"


def test_the_librarian_in_each_look_and_in_none(http: httpx.Client) -> None:
    from assets.librarian import build_librarian
    from assets.librarian_look import LOOKS

    for look, shown in (("mei", "mei"), ("persona", "lin")):
        answer = http.get(f"/librarian/{look}.glb")
        assert answer.headers["content-type"] == "model/gltf-binary"
        assert answer.content == build_librarian(LOOKS[shown])
    assert http.get("/librarian/nobody.glb").status_code == 404


class Counting:
    """Workers that only count."""

    def __init__(self) -> None:
        self.jobs = 0

    async def run(self, pool: str, job: Any) -> Any:
        self.jobs += 1
        await asyncio.sleep(0)
        return job()


def test_many_who_ask_at_once_wait_for_one_model() -> None:
    workers = Counting()
    parts: Any = type("Parts", (), {"workers": workers})()
    models = Models()

    async def ask(count: int) -> list[tuple[str, bytes, bytes]]:
        return await asyncio.gather(*(models.get(parts, ("twin", "r", None), lambda: b"glTF") for _ in range(count)))

    assert {body for _, body, _ in asyncio.run(ask(32))} == {b"glTF"}
    assert workers.jobs == 1


def test_a_model_that_fails_is_tried_again() -> None:
    parts: Any = type("Parts", (), {"workers": Counting()})()
    models = Models()

    def broken() -> bytes:
        raise ValueError("no")

    async def both() -> bytes:
        with pytest.raises(ValueError):
            await models.get(parts, ("k",), broken)
        return (await models.get(parts, ("k",), lambda: b"whole"))[1]

    assert asyncio.run(both()) == b"whole"


def test_the_command_names_what_it_wrote(demo_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new" / "twin.glb"
    assert main(["twin", "--home", str(demo_home), "--out", str(out), "--json"]) == 0
    told = capsys.readouterr().out
    assert '"shelves": 116' in told
    document, _ = unpack_glb(out.read_bytes())
    named = [r for node in document["nodes"] for r in node.get("extras", {}).get("range_ids", ())]
    assert len(set(named)) == 116
    assert main(["twin", "--home", str(demo_home), "--out", str(out), "--level", "L2"]) == 0
    assert "1 levels, 48 shelf faces" in capsys.readouterr().out
    assert main(["twin", "--home", str(demo_home), "--out", str(out), "--level", "roof", "--json"]) == 1
    assert "L1 (#0)" in capsys.readouterr().out
