"""A panorama made four times larger by a diffusion model that upscales (extra ``diffusion``), tile by tile.

Any folder of diffusers' StableDiffusionUpscalePipeline. Tiles overlap, also from the last column to the first, and are
blended, so that the larger picture has no seam either and memory does not grow with it. A stop is heard within a step.

Errors: ModelError, StoppedError, MemoryShortError, PainterError.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assets.errors import ModelError
from assets.painters import Watch

FACTOR, TILE_PX, LAP_PX = 4, 128, 32
Picture = npt.NDArray[np.uint8]


class Enlarger:
    """``model``: folder with ``model_index.json``. ``steps``: the pipeline's own when None."""

    def __init__(self, model: Path, steps: int | None = None, device: str | None = None) -> None:
        self._folder, self._steps, self._device = Path(model), steps, device
        self._pipe: Any = None

    def enlarge(self, picture: Picture, prompt: str, seed: int, watch: Watch) -> Picture:
        """The picture four times as wide and high: uint8 (h, w, 3) → (4 h, 4 w, 3)."""
        import torch
        from PIL import Image

        pipe = self._load()
        height, width, _ = picture.shape
        tall, wide = min(TILE_PX, height), min(TILE_PX, width)
        columns, rows = starts(width, wide, True), starts(height, tall, False)
        total = np.zeros((height * FACTOR, width * FACTOR, 3), np.float32)
        weights = np.zeros((height * FACTOR, width * FACTOR, 1), np.float32)
        ramp = _ramp(tall, len(rows) > 1)[:, None, None] * _ramp(wide, len(columns) > 1)[None, :, None]
        given = {"num_inference_steps": self._steps} if self._steps is not None else {}
        of = len(columns) * len(rows)
        for number, (top, left) in enumerate((top, left) for top in rows for left in columns):
            across = np.arange(left, left + wide) % width
            tile = Image.fromarray(np.ascontiguousarray(picture[top : top + tall][:, across]))

            def step(at: int, when: Any, latents: Any, done: int = number) -> None:
                watch.step(done, of)

            made = pipe(
                prompt=prompt, image=tile, generator=torch.Generator("cpu").manual_seed(seed + number),
                callback=step, callback_steps=1, output_type="np", **given,
            ).images[0]  # fmt: skip
            over = np.arange(left * FACTOR, (left + wide) * FACTOR) % (width * FACTOR)
            down = slice(top * FACTOR, (top + tall) * FACTOR)
            total[down, over] += np.asarray(made, np.float32) * ramp
            weights[down, over] += ramp
        watch.step(of, of)
        whole: Picture = (np.clip(total / weights, 0, 1) * 255 + 0.5).astype(np.uint8)
        return whole

    def _load(self) -> Any:
        if self._pipe is not None:
            return self._pipe
        try:
            import torch
            from diffusers import StableDiffusionUpscalePipeline
        except ImportError as fault:
            raise ModelError("upscaling needs packages: pip install 'shelfway[diffusion]'") from fault
        device = self._device or ("cuda" if torch.cuda.is_available() else "cpu")
        half = {"torch_dtype": torch.float16} if device.startswith("cuda") else {}
        try:
            load: Any = StableDiffusionUpscalePipeline.from_pretrained
            pipe = load(str(self._folder), local_files_only=True, **half).to(device)
        except (OSError, ValueError, TypeError, AttributeError, KeyError, RuntimeError) as fault:
            raise ModelError(
                f"{self._folder} cannot be loaded as an upscaling pipeline ({type(fault).__name__}); fetch it again"
            ) from fault
        pipe.set_progress_bar_config(disable=True)
        self._pipe = pipe
        return pipe


def starts(length: int, tile: int, around: bool) -> tuple[int, ...]:
    """Where tiles begin so that neighbours share ``LAP_PX`` or more; ``around``: the last one laps over the first."""
    if length <= tile:
        return (0,)
    stride = tile - LAP_PX
    if around:
        count = -(-length // stride)
        return tuple(number * length // count for number in range(count))
    count = -(-(length - tile) // stride) + 1
    return tuple(number * (length - tile) // (count - 1) for number in range(count))


def _ramp(tile: int, laps: bool) -> npt.NDArray[np.float32]:
    """Weights along a tile: they rise and fall where it laps over its neighbours, and are never 0."""
    if not laps:
        return np.ones(tile * FACTOR, np.float32)
    place = (np.arange(tile * FACTOR) + 0.5) / (LAP_PX * FACTOR)
    return np.clip(np.minimum(place, place[::-1]), 1e-3, 1.0).astype(np.float32)
