"""Worlds as files: valid glTF, the same every time, with a way in, words, sources and a way back."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from assets.brief import Brief, Neighbour, Quotation
from assets.brief_words import MOTIFS
from assets.build import World, build_world
from assets.build_plates import title_plate, wrapped
from assets.build_props import PROPS
from assets.build_shapes import ground_disc, seen_from_above, sky_sphere
from assets.check import find_world_faults
from assets.fonts import load_font
from assets.glb_container import pack_glb, unpack_glb
from assets.label import label_bytes, read_label
from assets.label_aigc import Provenance
from assets.painters import Watch, load_painter
from tests.assets.gltf import validate

PAINTER = load_painter("procedural")
RULES = Provenance("algorithmic", "001X", "w1", PAINTER.name, "CC0-1.0")
BRIEF = Brief(
    "红楼梦", "曹雪芹", "zh", "garden", "", "dusk", "clear", "plain", 0.2, 77, "", "",
    (Quotation("满纸荒唐言，一把辛酸泪。", "record r1", "zh"),
     Quotation("A dream in a red chamber.", "guide.md › Books", "en")),
    (Neighbour("r2", "A very long title of a neighbouring book that must be wrapped"), Neighbour("r3", "西厢记")), "r1",
)  # fmt: skip
PICTURE = PAINTER.paint(BRIEF, 512, Watch()).panorama


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(BRIEF, PICTURE, RULES)


def test_the_khronos_validator_finds_nothing(world: World) -> None:
    assert validate(label_bytes(world.data, RULES).data) == []


def test_equal_input_gives_equal_bytes(world: World) -> None:
    assert build_world(BRIEF, PICTURE, RULES).data == world.data


def test_there_is_a_place_to_stand_words_with_sources_and_ways_out(world: World) -> None:
    document, _ = unpack_glb(world.data)
    nodes = {node["name"]: node for node in document["nodes"] if "name" in node}
    assert nodes["spawn"]["extras"]["spawn"] is True
    assert nodes["ground"]["extras"]["walkable"] is True
    spots = [node["extras"]["hotspot"] for node in document["nodes"] if "hotspot" in node.get("extras", {})]
    quotes = [spot for spot in spots if spot["kind"] == "quote"]
    assert {(q["text"], q["source"]) for q in quotes} == {(q.text, q.source) for q in BRIEF.quotations}
    portals = [spot for spot in spots if spot["kind"] == "portal"]
    assert [p.get("record_id") for p in portals] == ["r2", "r3", "r1"]
    assert portals[-1]["to"] == "shelf"
    assert (world.portals, world.hotspots) == (3, 6)
    assert find_world_faults(label_bytes(world.data, RULES).data, "algorithmic") == ()


def test_pictures_taken_out_of_the_file_keep_their_label(world: World) -> None:
    document, binary = unpack_glb(world.data)
    for image in document["images"]:
        if image["name"] in ("sky", "ground"):
            view = document["bufferViews"][image["bufferView"]]
            data = binary[view.get("byteOffset", 0) :][: view["byteLength"]]
            read = read_label(data)
            assert (read.label, read.intact) == ("algorithmic", True)
            with Image.open(io.BytesIO(data)) as picture:
                assert picture.size[0] >= 512


def test_the_sky_and_the_ground_show_the_panorama_where_it_was() -> None:
    points, uvs, _ = sky_sphere(1.0)
    ahead = np.argmin(np.linalg.norm(points - [0, 0, -1], axis=1))
    right = np.argmin(np.linalg.norm(points - [1, 0, 0], axis=1))
    assert uvs[ahead] == pytest.approx([0.5, 0.5])
    assert uvs[right] == pytest.approx([0.75, 0.5])
    panorama = np.zeros((256, 512, 3), np.uint8)
    panorama[128:, 240:272] = 255  # what lies ahead on the ground is white
    above = seen_from_above(panorama, 10.0, 64)
    assert above[8, 32].min() > 200
    assert above[56, 32].max() < 50
    disc, disc_uvs, _ = ground_disc(10.0)
    north = np.argmin(np.linalg.norm(disc - [0, 0, -10], axis=1))
    assert disc_uvs[north] == pytest.approx([0.5, 0.0], abs=1e-6)


@pytest.mark.parametrize(
    "title", ["", "x" * 80, "Antidisestablishmentarianism" * 3, "一" * 80, "مرحبا", "A B C D E F G"]
)
def test_any_title_fits_its_plate(title: str) -> None:
    image = title_plate(title, "x" * 80)
    assert image.size == (640, 840)
    assert np.asarray(image).std() > 3


def test_lines_are_no_wider_than_asked_and_keep_every_letter() -> None:
    face = load_font("serif", 30)
    text = "The quick brown fox 跳过了那只懒狗，然后回家。 " * 4
    lines = wrapped(text, face, 300)
    assert all(face.getlength(line) <= 340 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_every_motif_has_its_things() -> None:
    assert set(PROPS) == {motif.key for motif in MOTIFS}


@pytest.mark.parametrize("motif", sorted(PROPS))
def test_every_motif_becomes_a_fit_world(motif: str) -> None:
    made = build_world(replace(BRIEF, motif=motif), PICTURE, RULES)
    assert find_world_faults(label_bytes(made.data, RULES).data, "algorithmic") == ()


def test_an_unfit_world_is_told_apart(world: World) -> None:
    assert "no label" not in find_world_faults(world.data, "algorithmic")
    assert any("label says none" in fault for fault in find_world_faults(world.data, "algorithmic"))
    document, binary = unpack_glb(world.data)
    document["nodes"] = [n for n in document["nodes"] if n.get("extras", {}).get("hotspot", {}).get("to") != "shelf"]
    faults = find_world_faults(label_bytes(pack_glb(document, binary), RULES).data, "algorithmic")
    assert "no portal leads back to the shelf" in faults
    assert find_world_faults(b"glTF", "algorithmic")
