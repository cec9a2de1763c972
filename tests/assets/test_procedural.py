"""The procedural painter: seamless, the same every time, and different for different books."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assets.brief import Brief, seed_of
from assets.brief_words import MOTIFS
from assets.errors import PainterError, StoppedError
from assets.painters import Watch, load_painter
from assets.painters.compose import LANDSCAPES
from assets.painters.procedural import SPECIAL
from assets.painters.rooms import ROOMS
from assets.painters.sphere import Sphere, sample, tile, waves

PAINTER = load_painter("procedural")


def brief(key: str, **more: object) -> Brief:
    motif = next(m for m in MOTIFS if m.key == key)
    made = Brief("t", "", "en", key, "", motif.time, motif.weather, motif.style, 0.1, seed_of(key), "", "")
    return replace(made, **more)  # type: ignore[arg-type]


def test_every_motif_of_the_vocabulary_is_painted() -> None:
    assert set(LANDSCAPES) | set(SPECIAL) | set(ROOMS) == {motif.key for motif in MOTIFS}


@pytest.mark.parametrize("key", [motif.key for motif in MOTIFS])
def test_the_seam_is_no_worse_than_any_other_place_and_the_picture_shows_something(key: str) -> None:
    picture = PAINTER.paint(brief(key), 512, Watch()).panorama.astype(float)
    assert picture.shape == (256, 512, 3)
    seam = np.abs(picture[:, 0] - picture[:, -1]).mean()
    inside = np.abs(np.diff(picture, axis=1)).mean(axis=(0, 2))
    assert seam <= inside.max() + 0.5  # a straight edge may stand at the seam, as in the middle
    assert picture.std() > 15
    assert np.abs(np.diff(picture[96:140], axis=1)).mean() > 0.5


@pytest.mark.parametrize("key", ["sea", "library", "ink_mountains", "space"])
def test_equal_briefs_give_equal_pictures_and_seeds_differ(key: str) -> None:
    one, two = (PAINTER.paint(brief(key), 256, Watch()).panorama for _ in range(2))
    assert np.array_equal(one, two)
    assert not np.array_equal(one, PAINTER.paint(brief(key, seed=7), 256, Watch()).panorama)


def test_noise_and_waves_are_whole_around_the_horizon() -> None:
    sphere = Sphere.of(720)
    step = np.abs(np.diff(waves(sphere.azimuth, 5, 2, 40)))
    values = waves(sphere.azimuth, 5, 2, 40)
    assert abs(values[0] - values[-1]) <= step.max() + 1e-6
    noise = tile(9)
    x = np.linspace(0, 20, 300, dtype=np.float32)
    assert np.allclose(sample(noise, x, x, 20.0), sample(noise, x + 20, x - 40, 20.0), atol=2e-3)


def test_the_hour_decides_how_bright_it_is() -> None:
    light = {t: PAINTER.paint(brief("steppe", time=t), 256, Watch()).panorama.mean() for t in ("night", "day")}
    assert light["night"] < 0.6 * light["day"]


def test_ink_is_grey_and_only_what_is_red_stays_red() -> None:
    picture = PAINTER.paint(brief("ink_mountains"), 256, Watch()).panorama.astype(float)
    spread = picture.max(axis=2) - picture.min(axis=2)
    assert np.median(spread) < 35


@pytest.mark.parametrize("width", [0, 100, 511, 1_000_000])
def test_impossible_widths_are_refused(width: int) -> None:
    with pytest.raises(PainterError, match="no width"):
        PAINTER.paint(brief("sea"), width, Watch())


def test_an_unknown_motif_and_an_unknown_painter_are_refused() -> None:
    with pytest.raises(PainterError, match="no motif"):
        PAINTER.paint(brief("sea", motif="nowhere"), 256, Watch())
    with pytest.raises(PainterError, match="no painter"):
        load_painter("leonardo")


def test_progress_is_told_and_a_stop_is_heard_at_the_next_step() -> None:
    told: list[int] = []
    PAINTER.paint(brief("sea"), 256, Watch(lambda done, of, preview: told.append(done)))
    assert told == sorted(told)
    assert told[-1] == 4
    seen: list[int] = []
    with pytest.raises(StoppedError):
        PAINTER.paint(brief("sea"), 256, Watch(lambda d, o, p: seen.append(d), lambda: len(seen) >= 2))
    assert len(seen) == 2
