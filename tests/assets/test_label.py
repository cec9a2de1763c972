"""Labels of every format are written, read back, and give away every change."""

from __future__ import annotations

import contextlib
import io
import json
import wave
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from assets.errors import FormatError, LabelError
from assets.label import Labelled, find_carrier, label_bytes, read_label
from assets.label_aigc import Provenance
from assets.label_c2pa import C2paSigning
from assets.label_certificate import find_identity, make_identity, new_identity
from assets.label_mark import mark_height_px, mark_image
from tests.assets.sample_files import sample_files

FILES = sample_files()
SIDE = ("glb", "svg")
"""Formats whose signature lies beside the file. PDF has none."""
CODE = "001191110000000000000000001"
AI = Provenance("ai", CODE, "w-1", "some model", "CC-BY-4.0")
RULES = Provenance("algorithmic", CODE, "w-2", "shelfway procedural 1", "CC0-1.0")


@pytest.fixture(scope="module")
def signing() -> C2paSigning:
    pytest.importorskip("c2pa")
    return C2paSigning(new_identity("Test Library", datetime.now(UTC)))


@pytest.fixture(params=[AI, RULES], ids=["ai", "algorithmic"])
def provenance(request: pytest.FixtureRequest) -> Provenance:
    made: Provenance = request.param
    return made


@pytest.mark.parametrize("name", FILES)
def test_a_label_comes_back_whole(name: str, provenance: Provenance, signing: C2paSigning) -> None:
    made = label_bytes(FILES[name], provenance, signing)
    read = read_label(made.data, made.sidecar, signing)
    assert (read.label, read.intact, read.faults) == (provenance.kind, True, ())
    assert read.provenance is not None
    assert read.provenance.producer == CODE
    assert read.provenance.licence == provenance.licence
    if name == "pdf":
        assert made.sidecar is None
        return
    assert read.signature is not None
    assert (read.signature.state, read.signature.where) == ("trusted", "sidecar" if name in SIDE else "embedded")
    assert (made.sidecar is None) == (name not in SIDE)


@pytest.mark.parametrize("name", [n for n in FILES if n != "pdf"])
def test_a_strangers_signature_is_valid_but_not_trusted(name: str, signing: C2paSigning) -> None:
    made = label_bytes(FILES[name], RULES, signing)
    read = read_label(made.data, made.sidecar, C2paSigning(None))
    assert read.intact
    assert read.signature is not None
    assert read.signature.state == "valid"


@pytest.mark.parametrize("name", FILES)
def test_only_what_a_model_made_carries_the_aigc_fields(name: str) -> None:
    carrier = find_carrier(FILES[name])
    assert carrier is not None
    packet = carrier.get(label_bytes(FILES[name], AI).data)
    assert packet is not None
    assert b"AIGC" in packet.xmp
    assert b"AIGC" not in label_bytes(FILES[name], RULES).data
    assert b"trainedAlgorithmicMedia" not in label_bytes(FILES[name], RULES).data


def _changed(made: Labelled, at: int) -> bytes:
    data = bytearray(made.data)
    data[at] ^= 4
    return bytes(data)


def _noticed(data: bytes, made: Labelled, signing: C2paSigning) -> bool:
    try:
        return read_label(data, made.sidecar, signing).intact is False
    except FormatError:
        return True


@pytest.mark.parametrize("name", FILES)
def test_one_changed_bit_of_content_or_label_is_noticed(
    name: str, provenance: Provenance, signing: C2paSigning
) -> None:
    made = label_bytes(FILES[name], provenance, signing)
    stop = made.data.find(b"jumb") if made.sidecar is None else -1
    manifest = range(stop - 40, stop + 5000) if stop >= 0 else range(0)
    places = [at for at in range(0, len(made.data), max(1, len(made.data) // 97)) if at not in manifest]
    assert len(places) > 20
    assert [at for at in places if not _noticed(_changed(made, at), made, signing)] == []


@pytest.mark.parametrize("name", FILES)
def test_changed_content_is_noticed_without_any_signature(name: str, provenance: Provenance) -> None:
    made = label_bytes(FILES[name], provenance)
    at = len(made.data) - 20 if name in ("png", "glb", "svg") else made.data.find(FILES[name][-40:-30])
    assert at > 0
    read = read_label(_changed(made, at))
    assert read.intact is False
    assert read.faults


@pytest.mark.parametrize("name", [n for n in FILES if n not in (*SIDE, "pdf")])
def test_a_stripped_manifest_and_cut_files_are_noticed(name: str, signing: C2paSigning) -> None:
    made = label_bytes(FILES[name], AI, signing)
    carrier = find_carrier(made.data)
    assert carrier is not None
    packet = carrier.get(made.data)
    assert packet is not None
    stripped = read_label(carrier.put(made.data, packet), None, signing)
    assert stripped.intact is False
    assert "taken out" in " ".join(stripped.faults)
    assert read_label(made.data[:-9], None, signing).intact is False


def test_a_missing_sidecar_is_said_and_a_foreign_one_refused(signing: C2paSigning) -> None:
    made = label_bytes(FILES["glb"], RULES, signing)
    alone = read_label(made.data, None, signing)
    assert alone.intact
    assert alone.notes
    other = label_bytes(FILES["glb"], AI, signing)
    assert read_label(made.data, other.sidecar, signing).intact is False
    assert read_label(made.data, b"not a manifest", signing).intact is False


@pytest.mark.parametrize("name", FILES)
def test_labelling_again_leaves_one_label_and_readable_content(name: str) -> None:
    twice = label_bytes(label_bytes(FILES[name], AI).data, RULES).data
    assert twice == label_bytes(FILES[name], RULES).data
    if name not in ("svg", "pdf"):
        assert twice.count(b"urn:shelfway:label:1.0") == 1
    if name == "wav":
        with wave.open(io.BytesIO(twice)) as sound:
            assert sound.getnframes() == 501
    elif name not in (*SIDE, "pdf"):
        with Image.open(io.BytesIO(twice)) as image, Image.open(io.BytesIO(FILES[name])) as plain:
            assert np.array_equal(np.asarray(image.convert("RGB")), np.asarray(plain.convert("RGB")))


def test_files_without_labels_have_nothing_to_check(signing: C2paSigning) -> None:
    for data in FILES.values():
        read = read_label(data, None, signing)
        assert (read.label, read.intact) == ("none", None)


def test_the_aigc_fields_of_another_producer_are_understood() -> None:
    text = json.dumps({"Label": "1", "ContentProducer": "001X", "ProduceID": "7", "ReservedCode1": "free use"})
    chunk = b"AIGC" + len(text).to_bytes(4, "little") + text.encode() + b"\0" * (len(text) % 2)
    body = FILES["wav"][8:] + chunk
    read = read_label(b"RIFF" + len(body).to_bytes(4, "little") + body)
    assert (read.label, read.intact) == ("ai", None)
    assert read.provenance is not None
    assert read.provenance.producer == "001X"


@pytest.mark.parametrize("code", ["", "has space", '"', "\\", "中文", "x" * 300])
def test_codes_that_the_standard_forbids_are_refused(code: str) -> None:
    with pytest.raises(LabelError, match="printable ASCII"):
        label_bytes(FILES["png"], Provenance("ai", code, "1", ""))


@given(st.binary(max_size=400), st.sampled_from(sorted(FILES)), st.integers(0, 200))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_reading_or_a_named_error(noise: bytes, name: str, keep: int) -> None:
    with contextlib.suppress(FormatError):
        read_label(FILES[name][:keep] + noise)


def test_the_homes_certificate_is_made_once_and_kept_private(tmp_path: Path) -> None:
    pytest.importorskip("cryptography")
    assert find_identity(tmp_path) is None
    made = make_identity(tmp_path / "keys", "图书馆", datetime.now(UTC))
    assert find_identity(tmp_path / "keys") == made
    assert (tmp_path / "keys" / "label-key.pem").stat().st_mode & 0o077 == 0
    (tmp_path / "keys" / "label-ca.pem").unlink()
    with pytest.raises(LabelError, match="lacks label-ca"):
        find_identity(tmp_path / "keys")


def test_the_visible_mark_is_as_high_as_the_standard_asks() -> None:
    grey = Image.new("RGB", (600, 400), (128, 128, 128))
    marked = np.asarray(mark_image(grey, "ai"))
    assert mark_height_px(600, 400) >= 400 * 0.05
    rows = np.nonzero((marked > 220).any(axis=(1, 2)))[0]
    assert rows.max() - rows.min() >= 400 * 0.05 * 0.7
    assert (marked[:200] == 128).all()
