"""LoRA weights and upscaling, with tiny random models: they count, they are refused by name, they leave no seam."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from assets.brief import Brief
from assets.errors import ModelError, StoppedError
from assets.painters import Watch
from assets.painters.enlarge import LAP_PX, TILE_PX, starts

if importlib.util.find_spec("diffusers") is None or importlib.util.find_spec("peft") is None:
    pytest.skip("needs the extra [diffusion]", allow_module_level=True)

from assets.painters.diffusion import DiffusionPainter
from assets.painters.enlarge import Enlarger

BRIEF = Brief("t", "", "en", "sea", "", "day", "clear", "plain", 0.0, 7, "open sea", "text")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.assets.tiny_pipeline import save_tiny_pipeline

    return save_tiny_pipeline(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def upscaler(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Path:
    from tests.assets.tiny_pipeline import save_tiny_upscaler

    return save_tiny_upscaler(tmp_path_factory.mktemp("upscaler"), model)


def test_lora_weights_change_the_picture_the_same_way_each_time(model: Path, tmp_path: Path) -> None:
    from tests.assets.tiny_pipeline import save_tiny_lora

    weights = save_tiny_lora(tmp_path, model)
    plain, more = DiffusionPainter(model, steps=2), DiffusionPainter(model, steps=2, loras=(weights,))
    assert plain.name != more.name
    without, with_ = (painter.paint(BRIEF, 128, Watch()).panorama for painter in (plain, more))
    assert not np.array_equal(without, with_)
    again = DiffusionPainter(model, steps=2, loras=(weights,))
    assert np.array_equal(with_, again.paint(BRIEF, 128, Watch()).panorama)


def test_lora_weights_that_are_none_are_refused(model: Path, tmp_path: Path) -> None:
    (tmp_path / "pytorch_lora_weights.safetensors").write_bytes(b"not weights")
    with pytest.raises(ModelError, match="cannot be loaded"):
        DiffusionPainter(model, steps=2, loras=(tmp_path,)).paint(BRIEF, 128, Watch())


def test_an_upscaled_panorama_is_as_wide_as_asked_and_always_the_same(model: Path, upscaler: Path) -> None:
    painter = DiffusionPainter(model, steps=2, upscaler=upscaler)
    assert painter.name != DiffusionPainter(model, steps=2).name
    told: list[int] = []
    made = painter.paint(BRIEF, 256, Watch(lambda done, of, preview: told.append(done))).panorama
    assert made.shape == (128, 256, 3)
    assert told
    assert np.array_equal(made, painter.paint(BRIEF, 256, Watch()).panorama)


def test_the_sides_of_an_upscaled_picture_meet(upscaler: Path) -> None:
    rng = np.random.default_rng(1)
    smooth = np.cumsum(rng.normal(0, 1, (32, 192, 3)), axis=0)
    picture = np.clip(128 + 12 * smooth, 0, 255).astype(np.uint8)
    made = Enlarger(upscaler, steps=1).enlarge(picture, "sea", 3, Watch()).astype(float)
    assert made.shape == (128, 768, 3)
    steps = np.abs(np.diff(made, axis=1)).mean(axis=(0, 2))
    assert np.abs(made[:, 0] - made[:, -1]).mean() <= steps.max() * 1.05


def test_upscaling_is_stopped_within_a_step(upscaler: Path) -> None:
    seen: list[int] = []
    picture = np.full((32, 192, 3), 120, np.uint8)
    with pytest.raises(StoppedError):
        Enlarger(upscaler, steps=3).enlarge(
            picture, "sea", 3, Watch(lambda done, of, preview: seen.append(done), lambda: len(seen) >= 2)
        )
    assert len(seen) == 2


def test_a_folder_that_is_no_upscaler_is_refused(model: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no diffusers pipeline"):
        DiffusionPainter(model, upscaler=tmp_path)
    with pytest.raises(ModelError, match="cannot be loaded as an upscaling"):
        DiffusionPainter(model, steps=1, upscaler=model).paint(BRIEF, 256, Watch())


@pytest.mark.parametrize("length", [64, 128, 129, 192, 500, 512, 2048])
def test_tiles_cover_everything_and_lap_over(length: int) -> None:
    for around in (True, False):
        found = starts(length, TILE_PX, around)
        covered = np.zeros(length, int)
        for start in found:
            covered[np.arange(start, start + min(TILE_PX, length)) % length] += 1
        assert covered.min() >= 1
        ends = [*found[1:], found[0] + length] if around and len(found) > 1 else found[1:]
        assert all(b - a <= TILE_PX - LAP_PX for a, b in zip(found, ends, strict=False))
