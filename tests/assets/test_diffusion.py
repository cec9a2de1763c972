"""The diffusion painter on a tiny pipeline with random weights: loading, previews, stopping, seam, sameness."""

from __future__ import annotations

import importlib.util
import io
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assets.brief import Brief
from assets.errors import MemoryShortError, ModelError, PainterError, StoppedError
from assets.painters import Watch

if importlib.util.find_spec("diffusers") is None or importlib.util.find_spec("transformers") is None:
    pytest.skip("needs the extra [diffusion]", allow_module_level=True)

from assets.painters.diffusion import DiffusionPainter, make_round

BRIEF = Brief("t", "", "en", "sea", "", "day", "clear", "plain", 0.0, 7, "open sea", "text")
WIDTH = 256


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.assets.tiny_pipeline import save_tiny_pipeline

    return save_tiny_pipeline(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def painter(model: Path) -> DiffusionPainter:
    return DiffusionPainter(model, steps=4)


def test_it_paints_and_is_the_same_each_time_and_after_loading_again(painter: DiffusionPainter, model: Path) -> None:
    one = painter.paint(BRIEF, WIDTH, Watch()).panorama
    assert one.shape == (WIDTH // 2, WIDTH, 3)
    assert np.array_equal(one, painter.paint(BRIEF, WIDTH, Watch()).panorama)
    again = DiffusionPainter(model, steps=4)
    assert again.name == painter.name
    assert np.array_equal(one, again.paint(BRIEF, WIDTH, Watch()).panorama)
    assert not np.array_equal(one, painter.paint(replace(BRIEF, seed=8), WIDTH, Watch()).panorama)


def test_every_step_is_told_with_a_small_preview(painter: DiffusionPainter) -> None:
    told: list[tuple[int, int, bytes | None]] = []
    painter.paint(BRIEF, WIDTH, Watch(lambda *one: told.append(one)))
    steps = [(done, of) for done, of, preview in told if preview is not None]
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    for _, _, preview in told:
        if preview is not None:
            assert len(preview) < 12_000
            with Image.open(io.BytesIO(preview)) as image:
                assert image.size == (256, 128)


def test_a_stop_is_heard_within_the_step_and_leaves_the_painter_whole(painter: DiffusionPainter) -> None:
    before = painter.paint(BRIEF, WIDTH, Watch()).panorama
    seen: list[int] = []
    with pytest.raises(StoppedError):
        painter.paint(BRIEF, WIDTH, Watch(lambda done, of, preview: seen.append(done), lambda: len(seen) >= 2))
    assert seen == [0, 1]
    assert np.array_equal(before, painter.paint(BRIEF, WIDTH, Watch()).panorama)


def test_networks_made_round_do_not_know_where_the_edge_is(painter: DiffusionPainter) -> None:
    import torch

    pipe = painter._load()
    torch.manual_seed(1)
    latents, words = torch.randn(1, 4, 16, 32), torch.randn(1, 5, 32)
    with torch.no_grad():
        plain = pipe.unet(latents, 10, words).sample
        rolled = pipe.unet(torch.roll(latents, 8, -1), 10, words).sample
        picture = pipe.vae.decode(latents).sample
        turned = pipe.vae.decode(torch.roll(latents, 8, -1)).sample
    assert float((torch.roll(plain, 8, -1) - rolled).abs().max()) < 1e-5
    assert float((torch.roll(picture, 64, -1) - turned).abs().max()) < 1e-4


def test_making_round_changes_what_an_ordinary_network_does_at_its_sides_only() -> None:
    import torch

    torch.manual_seed(2)
    layer = torch.nn.Conv2d(2, 3, 3, padding=1)
    values = torch.randn(1, 2, 6, 8)
    before = layer(values)
    assert make_round(layer) == 1
    after = layer(values)
    assert torch.allclose(before[..., 1:-1], after[..., 1:-1], atol=1e-6)
    assert not torch.allclose(before[..., 0], after[..., 0])


def test_it_paints_over_a_picture(painter: DiffusionPainter) -> None:
    start = np.full((WIDTH // 2, WIDTH, 3), 128, np.uint8)
    made = painter.paint_over(BRIEF, start, 0.5, Watch()).panorama
    assert made.shape == start.shape
    assert not np.array_equal(made, painter.paint(BRIEF, WIDTH, Watch()).panorama)


def test_many_threads_get_their_own_right_pictures(painter: DiffusionPainter) -> None:
    briefs = [replace(BRIEF, seed=seed) for seed in (1, 2, 3)]
    alone = [painter.paint(one, 128, Watch()).panorama for one in briefs]
    made: dict[int, np.ndarray] = {}

    def paint(number: int) -> None:
        made[number] = painter.paint(briefs[number % 3], 128, Watch()).panorama

    threads = [threading.Thread(target=paint, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.array_equal(made[number], alone[number % 3]) for number in range(6))


def test_a_folder_that_is_no_model_is_refused_by_name(tmp_path: Path, model: Path) -> None:
    with pytest.raises(ModelError, match="no readable model_index"):
        DiffusionPainter(tmp_path)
    (tmp_path / "model_index.json").write_text("[]")
    with pytest.raises(ModelError, match="names no pipeline"):
        DiffusionPainter(tmp_path)
    (tmp_path / "model_index.json").write_text((model / "model_index.json").read_text())
    with pytest.raises(ModelError, match="cannot be loaded"):
        DiffusionPainter(tmp_path).paint(BRIEF, WIDTH, Watch())


def test_too_little_memory_and_wrong_sizes_have_names(
    painter: DiffusionPainter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(PainterError, match="multiple of 64"):
        painter.paint(BRIEF, 100, Watch())
    pipe = painter._load()

    def short(*_: object, **__: object) -> None:
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 99 bytes")

    monkeypatch.setattr(pipe.unet, "forward", short)
    with pytest.raises(MemoryShortError, match="narrower"):
        painter.paint(BRIEF, WIDTH, Watch())
