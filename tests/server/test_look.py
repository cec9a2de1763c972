"""Pictures of codes, through the real HTTP path: where a book belongs, where the camera is, and bad pictures."""

from __future__ import annotations

import io
import math
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import numpy as np
import pytest
import zxingcpp
from PIL import Image

from library.store import Catalogue
from server.build import build_parts
from server.settings import load_settings
from spatial.shelves import shelf_point
from spatial.twin_file import load_twin
from tests.server.world import running

ISBN = "9780306406157"
FACE = "3B-19"


@pytest.fixture(scope="module")
def look_home(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("look") / "home"
    shutil.copytree(demo_home, home)
    catalogue = Catalogue.open(home / "catalogue.sqlite")
    record = catalogue.get("demo-0041")
    assert record is not None
    catalogue.put([replace(record, isbns=(ISBN,))])
    catalogue.close()
    return home


@pytest.fixture(scope="module")
def http(look_home: Path) -> Iterator[httpx.Client]:
    with running(build_parts(load_settings(look_home, flags={"port": 0}).settings)) as port:
        yield httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30)


def picture(text: str, form: object, *, height: int = 200, size: tuple[int, int] = (900, 700), at: int = 300) -> bytes:
    """A PNG of a code ``height`` pixels high, its left edge at ``at``."""
    code = Image.fromarray(np.asarray(zxingcpp.create_barcode(text, form).to_image(scale=8)))  # type: ignore[attr-defined]
    code = code.resize((round(code.width * height / code.height), height), Image.Resampling.NEAREST)
    whole = Image.new("L", size, 235)
    whole.paste(code, (at, 220))
    out = io.BytesIO()
    whole.save(out, "PNG")
    return out.getvalue()


def test_a_book_held_to_the_camera_is_told_its_shelf(http: httpx.Client) -> None:
    body = http.post("/v1/look?lang=en", content=picture(ISBN, zxingcpp.BarcodeFormat.EAN13)).json()
    assert body["codes"] == [{"kind": "isbn", "text": ISBN}]
    assert body["items"][0]["record_id"] == "demo-0041"
    assert FACE in body["text"]
    chinese = http.post("/v1/look?lang=zh", content=picture(ISBN, zxingcpp.BarcodeFormat.EAN13)).json()
    assert "应放在" in chinese["text"]


def test_a_book_that_is_not_held(http: httpx.Client) -> None:
    body = http.post("/v1/look", content=picture("9781861972712", zxingcpp.BarcodeFormat.EAN13)).json()
    assert body["items"] == []
    assert "9781861972712" in body["text"]


def test_a_shelfs_mark_tells_where_the_camera_is(http: httpx.Client, look_home: Path) -> None:
    mark = picture(f"shelfway:shelf:{FACE}:bay2", zxingcpp.BarcodeFormat.QRCode, height=100, at=400)
    body = http.post("/v1/look?focal_px=1000&mark_m=0.1", content=mark).json()
    plan = load_twin(look_home / "twin")
    face = plan.get_face(FACE)
    at = body["fix"]["position"]
    away = math.dist((at["east_m"], at["north_m"]), shelf_point(face, 2))
    assert 0.8 < away < 1.6
    assert at["level"] == plan.get_level(face.level_id).ordinal
    coarse = http.post("/v1/look", content=mark).json()
    assert coarse["fix"]["accuracy_m"] > body["fix"]["accuracy_m"]
    turn = (body["fix"]["heading_deg"] - coarse["fix"]["heading_deg"] + 180) % 360 - 180
    assert abs(turn) < 10


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 415), (b"no picture", 415), (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, 415), (b"\0" * 6_100_000, 413)],
)
def test_what_is_no_picture_is_refused_by_name(http: httpx.Client, body: bytes, status: int) -> None:
    answer = http.post("/v1/look", content=body)
    assert answer.status_code == status
    assert answer.json()["code"] == "bad_message"


def test_a_picture_without_codes_says_so(http: httpx.Client) -> None:
    out = io.BytesIO()
    Image.effect_noise((640, 480), 60).save(out, "JPEG")
    body = http.post("/v1/look", content=out.getvalue()).json()
    assert body["codes"] == []
    assert body["text"]
